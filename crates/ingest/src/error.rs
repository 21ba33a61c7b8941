//! Errors and size limits for inputs.

use std::io;
use thiserror::Error;

/// Maximum size of an article, in bytes, and maximum number of bytes used of a source that is read as a whole. Anything
/// beyond is left out, with a note. News stories are far shorter.
pub(crate) const MAX_BYTES_READ: usize = 32 << 20;

/// Maximum size of a source that is read as a whole, in bytes. Longer ones are rejected: an article made from only
/// their beginning would pass for the complete story. Sources read article by article have no limit.
pub(crate) const MAX_FILE_BYTES: u64 = 256 << 20;

/// Reason why an input could not be read. Displayed as one sentence that does not name the input.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The input is binary data. Carries a description of its type.
    #[error("it is not text (found {0})")]
    NotText(&'static str),
    /// The input contains only white space.
    #[error("it is empty")]
    Empty,
    /// The input is inaccessible, or its compressed data is damaged.
    #[error("{0}")]
    Unreadable(String),
    /// A record is not valid JSON, or contains no article.
    #[error("not a JSON record: {0}")]
    Record(String),
    /// The input exceeds the size limit for sources that are read as a whole.
    #[error("it is longer than {} MB, the limit for a file that is read whole; split it", MAX_FILE_BYTES >> 20)]
    TooLong,
    /// The text has too many lines for its length.
    #[error(
        "it has {lines} lines, more than the {most} that its length allows; split it, or raise “max_lines” in the settings"
    )]
    TooManyLines {
        /// Number of lines.
        lines: usize,
        /// Maximum number of lines of a text of this length.
        most: usize,
    },
    /// The input is valid, but has no article that may be extracted.
    #[error("{0}")]
    Refused(String),
    /// The input is a complete feed without items.
    #[error("it is a feed without items")]
    NoItems,
    /// The loader panicked.
    #[error("it is damaged in a way that Dateline cannot read")]
    Lost,
}

/// Converts an I/O or decompression error.
pub(super) fn unreadable(error: &io::Error) -> Error {
    Error::Unreadable(reason(error))
}

/// Describes an I/O error in plain words, without the operating system's error number.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}
