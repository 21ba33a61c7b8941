//! Errors for unreadable inputs, and size limits of inputs.

use std::io;
use thiserror::Error;

/// Maximum size of an article, and of what is used of a source that is read whole, in bytes; the rest is left out, with
/// a note. News is far shorter.
pub(crate) const MAX_BYTES_READ: usize = 32 << 20;

/// Maximum size of a source that is read whole, in bytes. A longer one is refused, because an article made from its
/// beginning would pass for the story. Sources whose articles are read one by one have no limit.
pub(crate) const MAX_FILE_BYTES: u64 = 256 << 20;

/// Reason why an input could not be read. The message is one sentence, without the input's name.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// Not text at all.
    #[error("it is not text (found {0})")]
    NotText(&'static str),
    /// Nothing but white space.
    #[error("it is empty")]
    Empty,
    /// Not accessible, or damaged compressed data.
    #[error("{0}")]
    Unreadable(String),
    /// Not a valid JSON record.
    #[error("not a JSON record: {0}")]
    Record(String),
    /// Exceeds the size limit for a source that is read whole.
    #[error("it is longer than {} MB, the limit for a file that is read whole; split it", MAX_FILE_BYTES >> 20)]
    TooLong,
    /// A valid input without an article, or without one that may be extracted.
    #[error("{0}")]
    Refused(String),
    /// A loader panicked.
    #[error("it is damaged in an unexpected way")]
    Lost,
}

/// Wraps an error of the system or of a decoder.
pub(super) fn unreadable(error: &io::Error) -> Error {
    Error::Unreadable(reason(error))
}

/// Returns the reason for a read error in plain words, without the system's error number.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}
