//! The input formats, each declared once: name, file extensions, signs, reader, documentation. `--from`, the sniffer,
//! the extension checks, the README's table and the fuzz target for all formats come from this table.

use super::packed::Source;
use super::{Error, dump, epub, feed, html, json, lines, mail, markdown, mbox, news, opml, sniff, warc};
use dateline_core::article::Article;

/// Receives each article, or the reason why one could not be read, until it returns false.
pub type Sink<'a> = &'a mut dyn FnMut(Result<Article, Error>) -> bool;

/// A reader of articles that come one by one.
type Stream = fn(&str, Source<'_>, Sink<'_>) -> Result<(), Error>;
/// A reader of decoded text.
type Text = fn(&str, &str) -> Result<Vec<Article>, Error>;

/// How a format is read. The first argument of every reader is the source's id.
pub(super) enum Reader {
    /// Article by article, whatever the length.
    Stream(Stream),
    /// In pieces when the source is long; a short one or a piece is read as markup.
    Pieces(Stream, Text),
    /// As bytes, whole.
    Bytes(fn(&str, &[u8]) -> Result<Vec<Article>, Error>),
    /// As decoded text, whole.
    Text(Text),
    /// As decoded text, whole, once its document type is known to declare nothing dangerous.
    Markup(Text),
}

/// The signs that a source is of a format. They are tried in the order of the fields; a format needs one at most.
pub(super) struct Signs {
    /// Recognizes the first bytes, whatever the charset.
    pub magic: fn(&[u8]) -> bool,
    /// Recognizes the first characters of a text that cannot be anything else.
    pub opening: fn(&str) -> bool,
    /// Outermost elements, without prefix, in lower case.
    pub roots: &'static [&'static str],
    /// Recognizes the beginning of a text by its shape.
    pub shape: fn(&str) -> bool,
    /// When the file extension decides.
    pub extension: ByExtension,
    /// Recognizes a layout that other texts share; the extension outweighs it.
    pub layout: fn(&str) -> bool,
}

/// When the file extension decides, since content cannot.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ByExtension {
    /// Never: the content always shows the format.
    Never,
    /// For a text without any other sign.
    Text,
    /// For bytes that are not text.
    Binary,
}

/// No sign at all.
const NONE: Signs = Signs {
    magic: |_| false,
    opening: |_| false,
    roots: &[],
    shape: |_| false,
    extension: ByExtension::Never,
    layout: |_| false,
};

/// Everything that is known of a format.
pub(super) struct Row {
    pub name: &'static str,
    pub extensions: &'static [&'static str],
    pub help: &'static str,
    pub result: &'static str,
    pub signs: Signs,
    pub reader: Reader,
}

/// Extensions of compressed files, which may hold any format.
pub const PACKINGS: [&str; 2] = ["gz", "zst"];

/// Extensions of what lies beside articles in a folder and never is one.
const NEVER_ARTICLES: [&str; 34] = [
    "avif", "bmp", "gif", "heic", "ico", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp", "aac", "flac", "m4a",
    "mp3", "ogg", "opus", "wav", "avi", "mkv", "mov", "mp4", "webm", "css", "js", "map", "mjs", "wasm", "eot", "otf",
    "ttf", "woff", "woff2",
];

/// Declares the formats.
macro_rules! formats {
    ($($variant:ident { help: $help:literal, $($field:ident: $value:expr),+ $(,)? })+) => {
        /// An input format.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Format {
            $(#[doc = $help] $variant,)+
        }

        impl Format {
            /// Every format, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The format's row of the table.
            pub(super) fn row(self) -> &'static Row {
                match self {
                    $(Self::$variant => {
                        static ROW: Row = Row { help: $help, $($field: $value),+ };
                        &ROW
                    })+
                }
            }
        }
    };
}

formats! {
    Dump {
        help: "Text scraped from a page",
        name: "text",
        extensions: &["txt", "text", "dump", "asc"],
        result: "crumbs, headline, standfirst, byline, date line, agency dateline, captions with their credits, subheadings, paragraphs (hard-wrapped ones too), lists, pull quotes; menus, share bars, related stories, newsletter boxes and footers are left out of the story and kept apart (`b` shows them); a file with several articles is cut at their seams",
        signs: NONE,
        reader: Reader::Text(|id, text| Ok(dump::articles(id, text))),
    }
    Html {
        help: "Saved page",
        name: "html",
        extensions: &["html", "htm", "xhtml"],
        result: "the same, with what the page declares (JSON-LD, Open Graph, microdata, `time`), its links and what it sets off",
        signs: Signs { roots: &["html", "head", "body"], shape: |start| html::is_page(start) || start.starts_with("<?xml"), ..NONE },
        reader: Reader::Markup(|id, text| Ok(vec![html::article(id, text)?])),
    }
    Feed {
        help: "Feed: RSS 0.9x to 2.0, RDF, Atom",
        name: "feed",
        extensions: &["rss", "atom", "rdf", "xml"],
        result: "an article an item: full text or teaser, author, date, categories, enclosures; broken feeds too: bare `&`, cut off, a server's warning before them, tags in capitals or unclosed",
        signs: Signs { roots: &["rss", "rdf", "feed", "channel"], ..NONE },
        reader: Reader::Pieces(feed::long::each, feed::articles),
    }
    Json {
        help: "JSON Feed, ninjs, schema.org, arrays of records, our own results",
        name: "json",
        extensions: &["json"],
        result: "what agencies and programs deliver; our own results can be read again",
        signs: Signs { opening: sniff::is_json, extension: ByExtension::Text, ..NONE },
        reader: Reader::Text(json::articles),
    }
    JsonLines {
        help: "JSON records, one a line",
        name: "jsonl",
        extensions: &["jsonl", "ndjson"],
        result: "an article a line; with `--from jsonl` the text taken verbatim, for corpora",
        signs: Signs { opening: sniff::is_json_lines, extension: ByExtension::Text, ..NONE },
        reader: Reader::Stream(lines::each),
    }
    Markdown {
        help: "Markdown",
        name: "markdown",
        extensions: &["md", "markdown"],
        result: "front matter (YAML-like or TOML), structure, links",
        signs: Signs { extension: ByExtension::Text, layout: sniff::is_markdown, ..NONE },
        reader: Reader::Text(|id, text| Ok(vec![markdown::article(id, text)?])),
    }
    Mail {
        help: "Mail, or a page saved as MHTML",
        name: "mail",
        extensions: &["eml", "mht", "mhtml"],
        result: "a letter in plain text or HTML, a saved page",
        signs: Signs { shape: sniff::is_mail, ..NONE },
        reader: Reader::Bytes(|id, bytes| Ok(vec![mail::article(id, bytes)?])),
    }
    Mbox {
        help: "Mail folder (mbox)",
        name: "mbox",
        extensions: &["mbox"],
        result: "an article a message, whatever the length of the folder",
        signs: Signs { magic: sniff::is_mbox, ..NONE },
        reader: Reader::Stream(mbox::each),
    }
    Epub {
        help: "Book (EPUB)",
        name: "epub",
        extensions: &["epub"],
        result: "an article a chapter; encrypted books are refused by name",
        signs: Signs { magic: sniff::is_zip, extension: ByExtension::Binary, ..NONE },
        reader: Reader::Bytes(epub::articles),
    }
    Opml {
        help: "List of feeds (OPML)",
        name: "opml",
        extensions: &["opml"],
        result: "shown as a list of feeds",
        signs: Signs { roots: &["opml"], ..NONE },
        reader: Reader::Markup(|id, text| Ok(vec![opml::article(id, text)?])),
    }
    News {
        help: "Agency wire: NITF, NewsML-G2",
        name: "news",
        extensions: &["nitf", "newsml"],
        result: "headline, byline, dateline, captions, text",
        signs: Signs { roots: &["nitf", "newsml", "newsmessage", "newsitem", "packageitem", "newsitemset", "itemset"], ..NONE },
        reader: Reader::Markup(news::articles),
    }
    Warc {
        help: "Crawl (WARC)",
        name: "warc",
        extensions: &["warc"],
        result: "an article a page, in order, whatever the length of the crawl",
        signs: Signs { magic: |head| head.starts_with(b"WARC/"), ..NONE },
        reader: Reader::Stream(warc::each),
    }
}

impl Format {
    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The format with this name on the command line.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// File extensions, in lower case.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        self.row().extensions
    }

    /// What it is, in a few words.
    #[must_use]
    pub fn help(self) -> &'static str {
        self.row().help
    }

    /// What becomes of it, for the documentation.
    #[must_use]
    pub fn result(self) -> &'static str {
        self.row().result
    }

    /// Whether its articles come one by one, so that a source of any length can be read.
    #[must_use]
    pub fn is_stream(self) -> bool {
        matches!(self.row().reader, Reader::Stream(_))
    }

    /// The format that the extension of a file name belongs to, compressed or not.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let mut stem = name;
        while let Some((rest, _)) = stem.rsplit_once('.').filter(|(_, end)| is_one_of(&PACKINGS, end)) {
            stem = rest;
        }
        let (_, extension) = stem.rsplit_once('.')?;
        Self::ALL.iter().copied().find(|format| is_one_of(format.extensions(), extension))
    }
}

/// Whether a file extension belongs to an input format or to a compressed one.
#[must_use]
pub fn is_extension(extension: &str) -> bool {
    is_one_of(&PACKINGS, extension) || Format::ALL.iter().any(|format| is_one_of(format.extensions(), extension))
}

/// Whether a file extension belongs to pictures, sounds, styles, scripts or fonts.
pub(super) fn is_never_article(extension: &str) -> bool {
    is_one_of(&NEVER_ARTICLES, extension)
}

fn is_one_of(list: &[&str], extension: &str) -> bool {
    list.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_extensions_are_unique() {
        let mut names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        let mut extensions: Vec<&str> = Format::ALL.iter().flat_map(|format| format.extensions()).copied().collect();
        extensions.extend(PACKINGS);
        extensions.extend(NEVER_ARTICLES);
        for list in [&mut names, &mut extensions] {
            let count = list.len();
            list.sort_unstable();
            list.dedup();
            assert_eq!(list.len(), count, "{list:?}");
        }
        assert!(Format::ALL.iter().all(|format| Format::named(format.name()) == Some(*format)));
    }

    #[test]
    fn an_extension_is_read_whatever_its_case_and_packing() {
        assert_eq!(Format::of_name("B.TXT"), Some(Format::Dump));
        assert_eq!(Format::of_name("https://post.example/wire.ndjson.gz.zst"), Some(Format::JsonLines));
        assert_eq!(Format::of_name("notes"), None);
        assert!(is_extension("Opml") && is_extension("zst") && !is_extension("png"));
    }
}
