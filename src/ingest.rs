//! Bytes to articles: charset, format, limits. One file a format. Knows nothing of analysis.

pub mod dump;
pub mod record;

use crate::article::Article;
use thiserror::Error;

/// Why an input could not be read. The message is one sentence without the input's name.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Error {
    /// Not text at all.
    #[error("it is not text (found {0})")]
    NotText(&'static str),
    /// Nothing but white space.
    #[error("it is empty")]
    Empty,
    /// A JSON record that is none.
    #[error("not a JSON record: {0}")]
    Record(String),
}

/// The formats that can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Text scraped from a page.
    Dump,
    /// One JSON record a line, its text taken verbatim.
    JsonLines,
}

/// Reads the articles of one text dump. `id` names the source.
///
/// # Errors
/// When the bytes are no text or hold nothing.
pub fn articles(id: &str, bytes: &[u8]) -> Result<Vec<Article>, Error> {
    if bytes.contains(&0) {
        return Err(Error::NotText("a zero byte"));
    }
    let text = String::from_utf8_lossy(bytes);
    if text.trim().is_empty() {
        return Err(Error::Empty);
    }
    Ok(dump::articles(id, &text))
}
