//! One article: its text, the blocks of that text, and what is known about it.
//! Knows nothing of the format it came in, of analysis, or of a screen.

mod builder;
pub mod calendar;
mod footnote;

pub use builder::Builder;
pub use footnote::{Footnote, footnotes};

use crate::text::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An article as every part of the program sees it.
///
/// `text` is one string: first the front matter (kicker, headline, standfirst, byline …, each a
/// block of its own), then from byte `body` on the story. Blocks are in order, do not overlap,
/// and are separated by a blank line unless the text was given verbatim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Names the article: from its record, or the path it was read from.
    pub id: String,
    /// Front matter and body.
    pub text: String,
    /// Where the body begins, in bytes of `text`; 0 when there is no front matter in the text.
    pub body: usize,
    /// All blocks, front matter first.
    pub blocks: Vec<Block>,
    /// The title of the story.
    pub headline: Option<Datum<String>>,
    /// A short label above the headline.
    pub kicker: Option<Datum<String>>,
    /// The summary under the headline.
    pub standfirst: Option<Datum<String>>,
    /// Crumbs: from the widest section to the narrowest.
    pub section: Vec<String>,
    /// Who wrote it, one name an entry, without "By".
    pub byline: Vec<Datum<String>>,
    /// The place and date that open an agency report.
    pub dateline: Option<Dateline>,
    /// Who published it.
    pub publisher: Option<Datum<String>>,
    /// Where it stood.
    pub url: Option<String>,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// When it was published, as far as the source says so.
    pub published: Option<Published>,
    /// When it was last changed, as far as the source says so.
    pub modified: Option<Published>,
    /// Where its words lead, in order; none overlaps another.
    pub links: Vec<Link>,
    /// Words that the source sets off, in order: emphasised or strong.
    pub emphasis: Vec<Span>,
    /// Sound, films and pictures that come with it: their addresses.
    pub media: Vec<String>,
    /// Lines that the page held and the story does not: navigation, share bars, footers.
    pub left_out: Vec<LeftOut>,
    /// What reading it cost: limits reached, bytes replaced, guesses made. One sentence each.
    pub notes: Vec<String>,
}

/// A value with the place that it was read from, if that place is in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Datum<T> {
    /// The value, white space folded.
    pub value: T,
    /// Where the text says so.
    pub span: Option<Span>,
}

impl<T> Datum<T> {
    /// A value that stands at `span` of the text.
    pub const fn at(value: T, span: Span) -> Self {
        Self { value, span: Some(span) }
    }

    /// A value that metadata gave.
    pub const fn given(value: T) -> Self {
        Self { value, span: None }
    }
}

/// Words of the text that lead somewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The words.
    pub span: Span,
    /// Where they lead: an absolute address, `http`, `https` or `mailto`.
    pub url: String,
}

/// The opening of an agency report: `GENEVA, May 3 (Agency) —`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// The place, as written.
    pub place: Option<String>,
    /// The date, as written.
    pub date: Option<String>,
    /// The whole dateline in the text, dash included.
    pub span: Span,
}

/// A publication date and how it is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The day.
    #[serde(with = "calendar::day")]
    pub date: Date,
    /// The full moment as RFC 3339, when the source gives one.
    pub moment: Option<String>,
    /// How it is known.
    pub source: DateSource,
    /// The words that say so, if they stand in the text.
    pub evidence: Option<Span>,
}

/// How a publication date is known, from the surest to the least sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSource {
    /// The reader set it, or `--date` did.
    Option,
    /// The record or the page's metadata.
    Metadata,
    /// The dateline of the report.
    Dateline,
    /// A date line of the page.
    Text,
    /// Worked out from captions and weekdays.
    Inferred,
}

impl DateSource {
    /// The name in the JSON interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Metadata => "metadata",
            Self::Dateline => "dateline",
            Self::Text => "text",
            Self::Inferred => "inferred",
        }
    }
}

/// One block of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its bytes in the article's text, without white space at its ends.
    pub span: Span,
    /// Level of a heading (1 to 6) or depth of a list item (1 the outermost).
    pub level: Option<u8>,
    /// Whose picture a caption belongs to; the words stand inside `span`.
    pub credit: Option<Datum<String>>,
}

impl Block {
    /// A block without level or credit.
    #[must_use]
    pub const fn new(kind: BlockKind, span: Span) -> Self {
        Self { kind, span, level: None, credit: None }
    }
}

/// The kinds of blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Front matter: the label above the headline.
    Kicker,
    /// Front matter: the headline.
    Headline,
    /// Front matter: the summary under the headline.
    Standfirst,
    /// Front matter: who wrote it.
    Byline,
    /// Front matter: the line that tells when it was published.
    DateLine,
    /// A paragraph of the story.
    Paragraph,
    /// A subheading.
    Heading,
    /// The caption of a picture.
    Caption,
    /// A block quote or pull quote.
    Quote,
    /// An entry of a list.
    ListItem,
    /// A table, a row a line, cells separated by tabs.
    Table,
    /// Preformatted text.
    Code,
}

impl BlockKind {
    /// The name in the JSON interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kicker => "kicker",
            Self::Headline => "headline",
            Self::Standfirst => "standfirst",
            Self::Byline => "byline",
            Self::DateLine => "date_line",
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::Caption => "caption",
            Self::Quote => "quote",
            Self::ListItem => "list_item",
            Self::Table => "table",
            Self::Code => "code",
        }
    }

    /// Whether the block stands before the story.
    #[must_use]
    pub const fn is_front(self) -> bool {
        matches!(self, Self::Kicker | Self::Headline | Self::Standfirst | Self::Byline | Self::DateLine)
    }
}

/// Text of the page that is no part of the story, kept to be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The words, as the source had them.
    pub text: String,
    /// What it was taken for.
    pub why: Boilerplate,
}

/// The kinds of text that a page holds beside its story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Boilerplate {
    /// Menus, crumbs, skip links.
    Navigation,
    /// "Share on …".
    Share,
    /// "Read more:", lists of other stories.
    Related,
    /// Newsletter boxes, subscription offers.
    Newsletter,
    /// Cookie and privacy notices.
    Cookies,
    /// Comment counts and comments.
    Comments,
    /// Advertisements.
    Advertisement,
    /// Copyright lines, addresses, what ends the page.
    Footer,
    /// Short lines that belong to the page's machinery.
    Furniture,
}

impl Boilerplate {
    /// One plain word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Navigation => "navigation",
            Self::Share => "share bar",
            Self::Related => "related stories",
            Self::Newsletter => "newsletter",
            Self::Cookies => "cookie notice",
            Self::Comments => "comments",
            Self::Advertisement => "advertisement",
            Self::Footer => "footer",
            Self::Furniture => "page furniture",
        }
    }
}

impl Article {
    /// An article whose text is given verbatim: each paragraph becomes a block, nothing is left out.
    ///
    /// Paragraphs are separated by blank lines when the lines look hard-wrapped, else each line
    /// is one.
    #[must_use]
    pub fn verbatim(id: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let blocks =
            builder::paragraphs(&text).into_iter().map(|span| Block::new(BlockKind::Paragraph, span)).collect();
        Self { id: id.into(), text, blocks, ..Self::default() }
    }

    /// The block that holds byte `offset`, if any: its index.
    #[must_use]
    pub fn block_at(&self, offset: usize) -> Option<usize> {
        let index = self.blocks.partition_point(|block| block.span.end <= offset);
        (self.blocks.get(index)?.span.start <= offset).then_some(index)
    }

    /// The headline, or else the first words of the story, or else the id: never empty unless
    /// all of them are.
    #[must_use]
    pub fn title(&self) -> &str {
        if let Some(headline) = &self.headline {
            return &headline.value;
        }
        let first = self.blocks.first().map_or("", |block| block.span.of(&self.text));
        let line = first.lines().next().unwrap_or_default();
        if line.is_empty() { &self.id } else { first_words(line) }
    }
}

/// A line cut to its first words: a text without paragraphs may be one line of a million characters.
fn first_words(line: &str) -> &str {
    const LONGEST: usize = 240;
    let Some((limit, _)) = line.char_indices().nth(LONGEST) else { return line };
    let head = line.get(..limit).unwrap_or(line);
    head.rfind(char::is_whitespace).and_then(|end| head.get(..end)).unwrap_or(head).trim_end()
}
