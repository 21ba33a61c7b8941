//! Articles: their text, the blocks of that text, and metadata. Independent of input formats, analysis and screens.

mod builder;
pub mod calendar;
mod footnote;

pub use builder::Builder;
pub use footnote::{Footnote, footnotes};

use crate::named::Named;
use crate::text::{Span, folded};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// An article, as used by every part of the program.
///
/// `text` is a single string. It begins with the front matter (kicker, headline, standfirst, byline …), where each part
/// is a block of its own. The story follows from byte `body` on. Blocks are in order, do not overlap, and are separated
/// by a blank line, unless the text was given verbatim.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Identifier of the article: the ID in its input record or, without one, the path of the file.
    pub id: String,
    /// Full text of the article: front matter and body.
    pub text: String,
    /// Byte offset in `text` at which the body begins; 0 if the text contains no front matter.
    pub body: usize,
    /// Blocks of the text in order, front matter first.
    pub blocks: Vec<Block>,
    /// Headline of the article.
    pub headline: Option<Datum<String>>,
    /// Short label printed above the headline.
    pub kicker: Option<Datum<String>>,
    /// Summary printed below the headline.
    pub standfirst: Option<Datum<String>>,
    /// Section of the site to which the article belongs, as breadcrumbs: from the widest to the narrowest.
    pub section: Vec<String>,
    /// Authors, one name per entry, without "By".
    pub byline: Vec<Datum<String>>,
    /// Place and date at the beginning of an agency report.
    pub dateline: Option<Dateline>,
    /// Name of the publisher.
    pub publisher: Option<Datum<String>>,
    /// URL of the article's page.
    pub url: Option<String>,
    /// Language of the article as an ISO 639-1 code, such as "en".
    pub language: Option<String>,
    /// Publication date, if stated by the source.
    pub published: Option<Published>,
    /// Date of the last modification, if stated by the source.
    pub modified: Option<Published>,
    /// Links in the text, in order and without overlaps.
    pub links: Vec<Link>,
    /// Spans marked as emphasised or strong in the source, in order.
    pub emphasis: Vec<Span>,
    /// URLs of the article's audio, video and pictures.
    pub media: Vec<String>,
    /// Lines of the page that do not belong to the story, such as navigation, share bars and footers.
    pub left_out: Vec<LeftOut>,
    /// Notes about the parsing, one sentence each: limits reached, bytes replaced, guesses made.
    pub notes: Vec<String>,
}

/// A value, and the span in the text that states it, if any.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Datum<T> {
    /// The value itself, with white space collapsed.
    pub value: T,
    /// Span of the words that state the value; `None` if the value comes from metadata.
    pub span: Option<Span>,
}

impl<T> Datum<T> {
    /// Creates a value stated in the text at `span`.
    pub const fn at(value: T, span: Span) -> Self {
        Self { value, span: Some(span) }
    }

    /// Creates a value that comes from metadata.
    pub const fn given(value: T) -> Self {
        Self { value, span: None }
    }
}

/// A hyperlink in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Span of the link text.
    pub span: Span,
    /// Target of the link, an absolute URL with the scheme `http`, `https` or `mailto`.
    pub url: String,
}

/// Dateline of an agency report, such as `GENEVA, May 3 (Agency) —`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// Place in the dateline, as written.
    pub place: Option<String>,
    /// Date in the dateline, as written.
    pub date: Option<String>,
    /// Span of the whole dateline in the text, including the dash after it.
    pub span: Span,
}

/// A publication or modification date, and its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// Calendar day of publication.
    #[serde(with = "calendar")]
    pub date: Date,
    /// Date and time of publication as RFC 3339; `None` if the source gives only the day.
    pub moment: Option<String>,
    /// Source of the publication date.
    pub source: DateSource,
    /// Span of the words that state the date; `None` if the text does not contain them.
    pub evidence: Option<Span>,
}

/// Source of a publication date, in descending order of reliability.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateSource {
    /// The date was set by the user, for example with `--date`.
    Option,
    /// The date was given by the input record or by metadata in the page.
    Metadata,
    /// The date was read from the dateline of the report.
    Dateline,
    /// The date was read from a line with the publication date on the page.
    Text,
    /// The date was inferred from captions and weekdays in the text.
    Inferred,
}

impl Named for DateSource {
    fn name(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Metadata => "metadata",
            Self::Dateline => "dateline",
            Self::Text => "text",
            Self::Inferred => "inferred",
        }
    }
}

/// A block of an article's text, such as a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Kind of block.
    pub kind: BlockKind,
    /// Span of the block in the article's text, in bytes, without leading or trailing white space.
    pub span: Span,
    /// Level of a heading (1 to 6), or nesting depth of a list item (1 is the outermost).
    pub level: Option<u8>,
    /// Picture credit in a caption. The words of the credit lie inside `span`.
    pub credit: Option<Datum<String>>,
}

impl Block {
    /// Creates a block without a level or a credit.
    #[must_use]
    pub const fn new(kind: BlockKind, span: Span) -> Self {
        Self { kind, span, level: None, credit: None }
    }
}

/// Kind of block in an article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A short label above the headline, part of the front matter.
    Kicker,
    /// The headline, part of the front matter.
    Headline,
    /// A summary below the headline, part of the front matter.
    Standfirst,
    /// The names of the authors, part of the front matter.
    Byline,
    /// A line with the publication date, part of the front matter.
    #[serde(rename = "date_line")]
    TimestampLine,
    /// A paragraph of the story.
    Paragraph,
    /// A subheading.
    Heading,
    /// The caption of a picture.
    Caption,
    /// A block quote or a pull quote.
    Quote,
    /// An item of a list.
    ListItem,
    /// A table, with one line per row and tabs between cells.
    Table,
    /// Preformatted text, such as source code.
    Code,
}

impl Named for BlockKind {
    fn name(self) -> &'static str {
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
}

impl BlockKind {
    /// Returns whether blocks of this kind are front matter.
    #[must_use]
    pub const fn is_front(self) -> bool {
        matches!(self, Self::Kicker | Self::Headline | Self::Standfirst | Self::Byline | Self::TimestampLine)
    }
}

/// A piece of boilerplate that is not part of the story, kept so that the user can inspect it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Text of the boilerplate, as in the source.
    pub text: String,
    /// Kind of boilerplate, as classified.
    pub why: Boilerplate,
}

/// Kind of boilerplate on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Boilerplate {
    /// Menus, breadcrumbs or skip links.
    Navigation,
    /// Links for sharing the page ("Share on …").
    Share,
    /// Links to other stories ("Read more: …").
    Related,
    /// Newsletter boxes or subscription offers.
    Newsletter,
    /// Cookie or privacy notices.
    Cookies,
    /// Comments, or their number.
    Comments,
    /// Advertisements.
    Advertisement,
    /// Copyright lines, postal addresses or other parts of a page footer.
    Footer,
    /// Short lines that belong to the controls of the page.
    Furniture,
}

impl Named for Boilerplate {
    fn name(self) -> &'static str {
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
    /// Creates an article from verbatim text. Each paragraph becomes a block, and nothing is left out.
    ///
    /// If the text looks hard-wrapped, paragraphs are separated by blank lines. If not, each line is a paragraph.
    #[must_use]
    pub fn verbatim(id: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let blocks =
            builder::paragraphs(&text).into_iter().map(|span| Block::new(BlockKind::Paragraph, span)).collect();
        Self { id: id.into(), text, blocks, ..Self::default() }
    }

    /// Returns the index of the block that contains byte `offset`, if there is one.
    #[must_use]
    pub fn block_at(&self, offset: usize) -> Option<usize> {
        let index = self.blocks.partition_point(|block| block.span.end <= offset);
        (self.blocks.get(index)?.span.start <= offset).then_some(index)
    }

    /// Returns the headline, else the first words of the text, else the ID. The result is empty only if all three are.
    #[must_use]
    pub fn title(&self) -> &str {
        if let Some(headline) = &self.headline {
            return &headline.value;
        }
        let first = self.blocks.first().map_or("", |block| block.span.of(&self.text));
        let line = first.lines().next().unwrap_or_default();
        if line.is_empty() { &self.id } else { first_words(line) }
    }

    /// Returns the index of a heading that opens the body and repeats the headline.
    #[must_use]
    pub fn repeated_headline(&self) -> Option<usize> {
        let headline = self.headline.as_ref()?;
        let index = self.blocks.iter().position(|block| !block.kind.is_front())?;
        let is_other = |block: &&Block| block.kind == BlockKind::Heading && headline.span != Some(block.span);
        let block = self.blocks.get(index).filter(is_other)?;
        let [one, other] =
            [headline.value.as_str(), block.span.of(&self.text)].map(|words| folded(words).to_lowercase());
        (one == other).then_some(index)
    }

    /// Returns whether the first lines of the text already contain `name`, an author or publisher from the metadata. If
    /// so, the name need not be shown again before the text. Lines of the front matter count only if `front` is set.
    #[must_use]
    pub fn opens_with_credit(&self, name: &str, front: bool) -> bool {
        const LINES: usize = 2;
        const LONGEST: usize = 160;
        let is_credit =
            |block: &&Block| !matches!(block.kind, BlockKind::Headline | BlockKind::Kicker | BlockKind::Standfirst);
        let name = folded(name).to_lowercase();
        let body = |block: &&Block| !block.kind.is_front() && Some(block.span) != self.repeated_headline_span();
        let lines = self.blocks.iter().filter(|block| block.kind.is_front()).filter(is_credit);
        let opening = self.blocks.iter().filter(body).take(LINES);
        lines.filter(|_| front).chain(opening).any(|block| {
            let line = folded(block.span.of(&self.text)).to_lowercase();
            let is_byline = block.kind == BlockKind::Byline || line.len() <= LONGEST && line.starts_with("by ");
            line == name || is_byline && line.contains(&name)
        })
    }

    fn repeated_headline_span(&self) -> Option<Span> {
        self.repeated_headline().and_then(|index| self.blocks.get(index)).map(|block| block.span)
    }
}

/// Truncates a line to its first words, since a text without paragraphs may be a single line of a million characters.
fn first_words(line: &str) -> &str {
    const MAX_LENGTH: usize = 240;
    let Some((limit, _)) = line.char_indices().nth(MAX_LENGTH) else { return line };
    let head = line.get(..limit).unwrap_or(line);
    head.rfind(char::is_whitespace).and_then(|end| head.get(..end)).unwrap_or(head).trim_end()
}
