//! An article: its text, the blocks of that text, and its metadata. Knows nothing of input formats, analysis or
//! screens.

mod builder;
pub mod calendar;
mod footnote;

pub use builder::Builder;
pub use footnote::{Footnote, footnotes};

use crate::text::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An article, as used by every part of the program.
///
/// `text` is one string: first the front matter (kicker, headline, standfirst, byline …, each a block of its own),
/// then, from byte `body` on, the story. Blocks are in order, do not overlap, and are separated by a blank line unless
/// the text was given verbatim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Identifier: from the input record, or else the path of the file.
    pub id: String,
    /// Front matter and body.
    pub text: String,
    /// Byte offset in `text` at which the body begins; 0 when there is no front matter in the text.
    pub body: usize,
    /// All blocks, front matter first.
    pub blocks: Vec<Block>,
    /// Title of the story.
    pub headline: Option<Datum<String>>,
    /// Short label above the headline.
    pub kicker: Option<Datum<String>>,
    /// Summary under the headline.
    pub standfirst: Option<Datum<String>>,
    /// Breadcrumbs: from the widest section to the narrowest.
    pub section: Vec<String>,
    /// Authors, one name per entry, without "By".
    pub byline: Vec<Datum<String>>,
    /// Place and date that open an agency report.
    pub dateline: Option<Dateline>,
    /// Publisher.
    pub publisher: Option<Datum<String>>,
    /// URL of the page.
    pub url: Option<String>,
    /// Language as an ISO 639-1 code.
    pub language: Option<String>,
    /// Publication date, if the source states one.
    pub published: Option<Published>,
    /// Date of the last change, if the source states one.
    pub modified: Option<Published>,
    /// Links in the text, in order, without overlaps.
    pub links: Vec<Link>,
    /// Words marked as emphasised or strong in the source, in order.
    pub emphasis: Vec<Span>,
    /// URLs of the article's audio, video and pictures.
    pub media: Vec<String>,
    /// Lines of the page that are not part of the story: navigation, share bars, footers.
    pub left_out: Vec<LeftOut>,
    /// Notes from parsing: limits reached, bytes replaced, guesses made. One sentence each.
    pub notes: Vec<String>,
}

/// A value and the span it was read from, if the text contains it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Datum<T> {
    /// Value, with white space collapsed.
    pub value: T,
    /// Span of the words that state the value.
    pub span: Option<Span>,
}

impl<T> Datum<T> {
    /// Creates a value read from `span` of the text.
    pub const fn at(value: T, span: Span) -> Self {
        Self { value, span: Some(span) }
    }

    /// Creates a value given by metadata.
    pub const fn given(value: T) -> Self {
        Self { value, span: None }
    }
}

/// A hyperlink in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Span of the link text.
    pub span: Span,
    /// Target of the link: an absolute `http`, `https` or `mailto` URL.
    pub url: String,
}

/// The dateline of an agency report: `GENEVA, May 3 (Agency) —`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// Place, as written.
    pub place: Option<String>,
    /// Date, as written.
    pub date: Option<String>,
    /// Span of the whole dateline in the text, including the dash.
    pub span: Span,
}

/// A publication date and its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Day of publication.
    #[serde(with = "calendar::day")]
    pub date: Date,
    /// Full date and time as RFC 3339, when the source gives one.
    pub moment: Option<String>,
    /// Source of the date.
    pub source: DateSource,
    /// Span of the words that state the date, if the text contains them.
    pub evidence: Option<Span>,
}

/// Source of a publication date, from the most to the least reliable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSource {
    /// Set by the user, for example with `--date`.
    Option,
    /// The input record or the page's metadata.
    Metadata,
    /// The dateline of the report.
    Dateline,
    /// A date line on the page.
    Text,
    /// Inferred from captions and weekdays.
    Inferred,
}

impl DateSource {
    /// Returns the name in the JSON interface.
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

/// A block of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Kind of block.
    pub kind: BlockKind,
    /// Byte span in the article's text, without leading or trailing white space.
    pub span: Span,
    /// Heading level (1 to 6) or nesting depth of a list item (1 is the outermost).
    pub level: Option<u8>,
    /// Picture credit of a caption; its words lie inside `span`.
    pub credit: Option<Datum<String>>,
}

impl Block {
    /// Creates a block without level or credit.
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
    /// Front matter: the authors.
    Byline,
    /// Front matter: the line with the publication date.
    #[serde(rename = "date_line")]
    TimestampLine,
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
    /// A table, one line per row, cells separated by tabs.
    Table,
    /// Preformatted text.
    Code,
}

impl BlockKind {
    /// Returns the name in the JSON interface.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kicker => "kicker",
            Self::Headline => "headline",
            Self::Standfirst => "standfirst",
            Self::Byline => "byline",
            Self::TimestampLine => "date_line",
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::Caption => "caption",
            Self::Quote => "quote",
            Self::ListItem => "list_item",
            Self::Table => "table",
            Self::Code => "code",
        }
    }

    /// Returns whether the block precedes the story.
    #[must_use]
    pub const fn is_front(self) -> bool {
        matches!(self, Self::Kicker | Self::Headline | Self::Standfirst | Self::Byline | Self::TimestampLine)
    }
}

/// Boilerplate left out of the story, kept so that the user can inspect it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Text, as in the source.
    pub text: String,
    /// Kind of boilerplate it was classified as.
    pub why: Boilerplate,
}

/// The kinds of boilerplate on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Boilerplate {
    /// Menus, breadcrumbs, skip links.
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
    /// Copyright lines, postal addresses and other page footers.
    Footer,
    /// Short lines that belong to the page's controls.
    Furniture,
}

impl Boilerplate {
    /// Returns a plain label for display.
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
    /// Creates an article from verbatim text: each paragraph becomes a block, and nothing is left out.
    ///
    /// Blank lines separate the paragraphs of a text that looks hard-wrapped; in any other text, each line is a
    /// paragraph.
    #[must_use]
    pub fn verbatim(id: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let blocks =
            builder::paragraphs(&text).into_iter().map(|span| Block::new(BlockKind::Paragraph, span)).collect();
        Self { id: id.into(), text, blocks, ..Self::default() }
    }

    /// Returns the index of the block that contains byte `offset`, if any.
    #[must_use]
    pub fn block_at(&self, offset: usize) -> Option<usize> {
        let index = self.blocks.partition_point(|block| block.span.end <= offset);
        (self.blocks.get(index)?.span.start <= offset).then_some(index)
    }

    /// Returns the headline, or else the first words of the text, or else the ID. Empty only if all three are.
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

/// Truncates a line to its first words, because a text without paragraphs may be one line of a million characters.
fn first_words(line: &str) -> &str {
    const MAX_LENGTH: usize = 240;
    let Some((limit, _)) = line.char_indices().nth(MAX_LENGTH) else { return line };
    let head = line.get(..limit).unwrap_or(line);
    head.rfind(char::is_whitespace).and_then(|end| head.get(..end)).unwrap_or(head).trim_end()
}
