//! Table of input formats. Each is declared once, with its name, file extensions, signatures, reader and documentation.
//! `--from`, format detection, extension checks, the table in docs/formats.md and the fuzz target for all formats are
//! derived from it.

use super::error::Error;
use super::extension::{COMPRESSIONS, is_one_of};
use super::signature::{self, ByExtension, NONE, Signatures};
use super::{Sink, dump, epub, feed, html, json, jsonl, mail, markdown, mbox, newsml, opml, warc};
use crate::decode::compression::Source;
use dateline_core::Named;
use dateline_core::article::Article;

/// Reader that passes on articles one at a time.
type Stream = fn(&str, Source<'_>, Sink<'_>) -> Result<(), Error>;
/// Reader that takes the whole decoded text.
type Text = fn(&str, &str) -> Result<Vec<Article>, Error>;

/// Reader that passes on articles one at a time. It reads each page, which may have any format, with the given
/// function.
type Pages = fn(&str, Source<'_>, warc::PageReader, Sink<'_>) -> Result<(), Error>;

/// Method of reading a format. The first argument of every reader is the ID of the source.
pub(crate) enum Reader {
    /// Reads one article at a time, with no limit on the size of the source.
    Stream(Stream),
    /// Reads one page at a time, with no limit on the size of the source.
    Pages(Pages),
    /// Reads a long source in pieces. A source too short to be split is read as markup, by the second function.
    Pieces(Stream, Text),
    /// Reads all bytes of a source at once.
    Bytes(fn(&str, &[u8]) -> Result<Vec<Article>, Error>),
    /// Reads the whole decoded text at once.
    Text(Text),
    /// Reads the whole decoded text at once, after rejecting dangerous entity declarations.
    Markup(Text),
}

/// Row of the format table.
pub(crate) struct Row {
    pub name: &'static str,
    pub extensions: &'static [&'static str],
    pub help: &'static str,
    pub result: &'static str,
    pub(crate) signatures: Signatures,
    pub(crate) reader: Reader,
}

/// Declares the [`Format`] enum and its table.
macro_rules! formats {
    ($($variant:ident { help: $help:literal, $($field:ident: $value:expr),+ $(,)? })+) => {
        /// Format of an input.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Format {
            $(#[doc = $help] $variant,)+
        }

        impl Format {
            /// All formats, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Returns the row of the format table.
            pub(crate) fn row(self) -> &'static Row {
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
        result: "breadcrumbs, headline, standfirst, byline, date line, agency dateline, captions with their credits, subheadings, paragraphs (hard-wrapped ones too), lists, pull quotes; menus, share bars, related stories, newsletter boxes and footers are left out of the story and kept apart (`b` shows them); a file with several stories is split into them",
        signatures: NONE,
        reader: Reader::Text(|id, text| Ok(dump::articles(id, text))),
    }
    Html {
        help: "Saved page",
        name: "html",
        extensions: &["html", "htm", "xhtml"],
        result: "the same, with the page's metadata (JSON-LD, Open Graph, microdata, `time`), links and asides; a forum, or a question with answers, is read as its posts, each under its author and time",
        signatures: Signatures { roots: &["html", "head", "body"], shape: |start| html::is_page(start) || start.starts_with("<?xml"), ..NONE },
        reader: Reader::Markup(|id, text| Ok(vec![html::article(id, text)?])),
    }
    Feed {
        help: "Feed: RSS 0.9x to 2.0, RDF, Atom",
        name: "feed",
        extensions: &["rss", "atom", "rdf", "xml"],
        result: "one story per item: full text or teaser, author, date, categories, enclosures; broken feeds too: bare `&`, truncation, a server's warning before the feed, tags in capitals or unclosed",
        signatures: Signatures { roots: &["rss", "rdf", "feed", "channel"], ..NONE },
        reader: Reader::Pieces(feed::long::each, feed::articles),
    }
    Json {
        help: "JSON Feed, ninjs, schema.org, arrays of records, Dateline's own JSON output",
        name: "json",
        extensions: &["json"],
        result: "one story per object, as written by agencies, extractors and feed readers; Dateline's own output can be read back",
        signatures: Signatures { opening: signature::is_json, extension: ByExtension::Text, ..NONE },
        reader: Reader::Text(json::articles),
    }
    JsonLines {
        help: "JSON Lines: one record per line",
        name: "jsonl",
        extensions: &["jsonl", "ndjson"],
        result: "one story per line; with the format named, the text is taken verbatim, for corpora",
        signatures: Signatures { opening: signature::is_json_lines, extension: ByExtension::Text, ..NONE },
        reader: Reader::Stream(jsonl::each),
    }
    Markdown {
        help: "Markdown",
        name: "markdown",
        extensions: &["md", "markdown"],
        result: "front matter (YAML-like or TOML), structure, links; the menu above a clipping is left out",
        signatures: Signatures { extension: ByExtension::Text, layout: signature::is_markdown, ..NONE },
        reader: Reader::Text(|id, text| Ok(vec![markdown::article(id, text)?])),
    }
    Mail {
        help: "Mail, or a page saved as MHTML",
        name: "mail",
        extensions: &["eml", "mht", "mhtml"],
        result: "a message in plain text or HTML, or a saved page",
        signatures: Signatures { opening: signature::is_mail, ..NONE },
        reader: Reader::Bytes(|id, bytes| Ok(vec![mail::article(id, bytes)?])),
    }
    Mbox {
        help: "Mail folder (mbox)",
        name: "mbox",
        extensions: &["mbox"],
        result: "one story per message, however long the folder",
        signatures: Signatures { magic: signature::is_mbox, ..NONE },
        reader: Reader::Stream(mbox::each),
    }
    Epub {
        help: "Book (EPUB)",
        name: "epub",
        extensions: &["epub"],
        result: "one story per chapter of the table of contents; cover, title page, contents and notes are left out and named; encrypted books are rejected with an error that names them",
        signatures: Signatures { magic: signature::is_zip, extension: ByExtension::Binary, ..NONE },
        reader: Reader::Bytes(epub::articles),
    }
    Opml {
        help: "List of feeds (OPML)",
        name: "opml",
        extensions: &["opml"],
        result: "shown as a list of feeds in their folders, with categories and web pages",
        signatures: Signatures { roots: &["opml"], ..NONE },
        reader: Reader::Markup(|id, text| Ok(vec![opml::article(id, text)?])),
    }
    News {
        help: "News-agency XML: NITF, NewsML-G2",
        name: "news",
        extensions: &["nitf", "newsml"],
        result: "headline, byline, dateline, captions, text",
        signatures: Signatures { roots: &["nitf", "newsml", "newsmessage", "newsitem", "packageitem", "newsitemset", "itemset"], ..NONE },
        reader: Reader::Markup(newsml::articles),
    }
    Warc {
        help: "Web archive (WARC)",
        name: "warc",
        extensions: &["warc"],
        result: "one story per page, in order, however long the crawl; the crawler's own records, robots.txt and sitemaps are skipped; pages may be compressed with gzip, deflate, brotli or zstd",
        signatures: Signatures { magic: |head| head.starts_with(b"WARC/"), ..NONE },
        reader: Reader::Pages(warc::each),
    }
}

impl Named for Format {
    fn name(self) -> &'static str {
        self.row().name
    }
}

impl Format {
    /// Returns the file extensions of the format, in lower case.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        self.row().extensions
    }

    /// Returns a short description of the format, for help texts.
    #[must_use]
    pub fn help(self) -> &'static str {
        self.row().help
    }

    /// Returns the documentation of the articles that an input in this format becomes.
    #[must_use]
    pub fn result(self) -> &'static str {
        self.row().result
    }

    /// Returns whether articles are read one at a time, so that a source may have any length.
    #[must_use]
    pub(crate) fn is_stream(self) -> bool {
        matches!(self.row().reader, Reader::Stream(_) | Reader::Pages(_))
    }

    /// Returns the format to which a file name's extension belongs. Compression suffixes are ignored.
    #[must_use]
    pub(crate) fn of_name(name: &str) -> Option<Self> {
        let mut stem = name;
        while let Some((rest, _)) = stem.rsplit_once('.').filter(|(_, end)| is_one_of(&COMPRESSIONS, end)) {
            stem = rest;
        }
        let (_, extension) = stem.rsplit_once('.')?;
        Self::ALL.iter().copied().find(|format| is_one_of(format.extensions(), extension))
    }
}

/// Returns whether a file extension belongs to an input format or a compressed file.
#[must_use]
pub fn is_extension(extension: &str) -> bool {
    is_one_of(&COMPRESSIONS, extension) || Format::ALL.iter().any(|format| is_one_of(format.extensions(), extension))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::NEVER_ARTICLES;

    #[test]
    fn names_and_extensions_are_unique() {
        let mut names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        let mut extensions: Vec<&str> = Format::ALL.iter().flat_map(|format| format.extensions()).copied().collect();
        extensions.extend(COMPRESSIONS);
        extensions.extend(NEVER_ARTICLES.iter());
        for list in [&mut names, &mut extensions] {
            let count = list.len();
            list.sort_unstable();
            list.dedup();
            assert_eq!(list.len(), count, "{list:?}");
        }
    }

    #[test]
    fn an_extension_is_read_whatever_its_case_and_packing() {
        assert_eq!(Format::of_name("B.TXT"), Some(Format::Dump));
        assert_eq!(Format::of_name("https://post.example/wire.ndjson.gz.zst"), Some(Format::JsonLines));
        assert_eq!(Format::of_name("notes"), None);
        assert!(is_extension("Opml") && is_extension("zst") && !is_extension("png"));
    }
}
