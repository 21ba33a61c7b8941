//! Converts bytes to articles: character encodings, formats, limits. Each format has its own file. This crate does not
//! depend on the analysis.
//!
//! ```
//! let page = b"<html><body><article><h1>Bridge reopens</h1>
//!     <p>The bridge over the Varde reopened on Monday after two years of repairs, the county said.</p>
//!     <p>Lorries have to wait until spring, when the second lane is finished.</p></article></body></html>";
//! let articles = dateline_ingest::articles("bridge.html", page)?;
//! let article = &articles[0];
//! assert_eq!(article.title(), "Bridge reopens");
//! assert!(article.text.contains("after two years of repairs"));
//! # Ok::<(), dateline_ingest::Error>(())
//! ```

pub(crate) mod address;
mod boilerplate;
mod decode;
mod dump;
mod epub;
mod error;
mod extension;
mod feed;
mod format;
mod html;
mod json;
mod jsonl;
mod lexicon;
mod line_limit;
mod mail;
mod markdown;
mod mbox;
mod metadata;
mod newsml;
mod opml;
mod record;
mod script;
mod sentence;
mod signature;
mod sniff;
pub mod source;
pub mod training;
mod warc;
mod xml;

pub use decode::encoding::{ENCODINGS, articles_in};
pub use feed::{FeedEntry, article_of_entry, drop_cut_item, is_feed};
pub use html::feeds::feed_links;
pub use jsonl::{JsonLine, JsonLines, articles as articles_in_line};
pub use line_limit::set_max_lines;
pub use metadata::spans_in_line;
pub use record::article as article_of_record;

use dateline_core::article::Article;
use dateline_core::text::without_invisible;
use decode::charset;
use decode::compression::{self, Source};
pub use error::Error;
use error::{MAX_BYTES_READ, MAX_FILE_BYTES, unreadable};
use format::Reader;
pub use format::{Format, is_extension};
use std::io::{self, BufRead, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Callback that receives each article, or the reason why one could not be read. It returns `false` to stop reading.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(Result<Article, Error>) -> bool;

/// Returns the articles in a source. `id` identifies the source.
///
/// # Errors
/// Returns an error if the bytes are not text, the source is empty, or none of its articles can be read.
pub fn articles(id: &str, bytes: &[u8]) -> Result<Vec<Article>, Error> {
    let mut out = Vec::new();
    let mut refused = None;
    read(id, None, bytes, &mut |article| {
        match article {
            Ok(article) => out.push(article),
            Err(error) => refused = Some(error),
        }
        true
    })?;
    match refused {
        Some(error) if out.is_empty() => Err(error),
        _ => Ok(out),
    }
}

/// Reads a source of any length, in the given or the detected format. Passes each article to `sink` until it returns
/// `false`. If part of a stream cannot be read, passes on the reason and continues.
///
/// # Errors
/// Returns an error if no part of the source can be read.
pub fn read(id: &str, format: Option<Format>, source: impl Read, sink: Sink<'_>) -> Result<(), Error> {
    let (format, source) = match format {
        Some(format) => (format, decompressed(source)?),
        None => detected(id, source)?,
    };
    let sink = &mut |article: Result<Article, Error>| sink(article.and_then(line_limit::checked));
    match format.row().reader {
        Reader::Stream(each) | Reader::Pieces(each, _) => each(id, source, sink),
        Reader::Pages(each) => each(id, source, page, sink),
        Reader::Bytes(_) | Reader::Text(_) | Reader::Markup(_) => undivided(id, format, Vec::new(), source, sink),
    }
}

/// Removes gzip or zstd compression from a source.
///
/// # Errors
/// Returns an error if the source cannot be read.
pub fn decompressed<'a>(source: impl Read + 'a) -> Result<Box<dyn BufRead + 'a>, Error> {
    compression::decompressed(Box::new(io::BufReader::new(source))).map_err(|error| unreadable(&error))
}

/// Detects the format of a source, by its content or, if that is inconclusive, by its name. Returns the format and the
/// decompressed source.
///
/// # Errors
/// Returns an error if the source cannot be read, or is binary data in an unknown format.
pub fn detected<'a>(id: &str, source: impl Read + 'a) -> Result<(Format, Box<dyn BufRead + 'a>), Error> {
    let (head, source) = compression::peeked(decompressed(source)?, sniff::HEAD).map_err(|error| unreadable(&error))?;
    let format = match sniff::by_bytes(&head) {
        Some(format) => format,
        None if charset::is_binary(&head) => {
            sniff::by_name_of_binary(id).ok_or(Error::NotText(sniff::binary(&head).unwrap_or("a zero byte")))?
        }
        None => sniff::by_text(id, &charset::decode(&head)?.0),
    };
    Ok((format, source))
}

/// Reads the rest of a source into memory, up to the limit, and passes on its articles. `bytes` is the part already
/// read.
fn undivided(
    id: &str,
    format: Format,
    mut bytes: Vec<u8>,
    mut source: Source<'_>,
    sink: Sink<'_>,
) -> Result<(), Error> {
    let wanted = (MAX_BYTES_READ + 1).saturating_sub(bytes.len()) as u64;
    source.by_ref().take(wanted).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    let cut = bytes.len() > MAX_BYTES_READ;
    if cut {
        // Count and discard the rest, up to the limit, so that reading stops even if the source is endless.
        let rest = (MAX_FILE_BYTES + 1).saturating_sub(bytes.len() as u64);
        let counted = io::copy(&mut source.take(rest), &mut io::sink()).map_err(|error| unreadable(&error))?;
        if counted == rest {
            return Err(Error::TooLong);
        }
    }
    bytes.truncate(MAX_BYTES_READ);
    for mut article in whole(id, format, &bytes)? {
        if cut {
            article.notes.push(format!("Only the first {} MB of its file were read.", MAX_BYTES_READ >> 20));
        }
        if !sink(Ok(article)) {
            break;
        }
    }
    Ok(())
}

/// Reads a source held in memory. If a loader panics, only this source is lost.
fn whole(id: &str, format: Format, bytes: &[u8]) -> Result<Vec<Article>, Error> {
    guarded(|| match format.row().reader {
        Reader::Stream(each) => collected(|sink| each(id, Box::new(bytes), sink)),
        Reader::Pages(each) => collected(|sink| each(id, Box::new(bytes), page, sink)),
        Reader::Bytes(read) => read(id, bytes),
        Reader::Text(read) => text(id, bytes, |_| Ok(()), read),
        Reader::Pieces(_, read) | Reader::Markup(read) => text(id, bytes, refused_markup, read),
    })
}

/// Collects the articles passed on by a streaming reader. Unreadable ones are dropped.
fn collected(read: impl FnOnce(Sink<'_>) -> Result<(), Error>) -> Result<Vec<Article>, Error> {
    let mut out = Vec::new();
    read(&mut |article| {
        out.extend(article);
        true
    })?;
    Ok(out)
}

/// Reads a page of a crawl, in any format except the streamed ones.
fn page(id: &str, bytes: &[u8]) -> Result<Vec<Article>, Error> {
    if let Some(format) = sniff::by_bytes(bytes).filter(|format| !format.is_stream()) {
        return whole(id, format, bytes);
    }
    let (head, _) = charset::decode(bytes.get(..sniff::HEAD).unwrap_or(bytes))?;
    match sniff::by_text(id, &head) {
        format if format.is_stream() => whole(id, Format::Json, bytes),
        format => whole(id, format, bytes),
    }
}

/// Calls a loader and catches panics, which may come from third-party code. Only the current input is lost.
fn guarded<T>(loader: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(loader)).unwrap_or(Err(Error::Lost))
}

/// Decodes a text source and reads it, unless `check` rejects it.
fn text(
    id: &str,
    bytes: &[u8],
    check: impl FnOnce(&str) -> Result<(), Error>,
    read: impl FnOnce(&str, &str) -> Result<Vec<Article>, Error>,
) -> Result<Vec<Article>, Error> {
    let (text, notes) = charset::decode_and_mend(bytes)?;
    let text = without_invisible(&text);
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    check(&text)?;
    line_limit::check_text(&text)?;
    let mut articles = read(id, &text)?;
    for article in &mut articles {
        article.notes.extend(notes.iter().cloned());
    }
    Ok(articles)
}

/// Returns an error if markup declares dangerous entities, since resolving them could exhaust memory or read files.
fn refused_markup(text: &str) -> Result<(), Error> {
    match xml::dangerous_entity(text) {
        Some(kind) => Err(Error::Refused(format!("it declares {kind}, and such are never resolved"))),
        None => Ok(()),
    }
}
