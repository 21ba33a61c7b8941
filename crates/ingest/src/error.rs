//! Errors of unreadable inputs, and the size limits of inputs.

use std::io;
use thiserror::Error;

/// Maximum bytes of one article, and of a source that is read whole; the rest of such a source is left out, with a
/// note. News is far shorter.
pub const MAX_BYTES_READ: usize = 32 << 20;

/// Maximum bytes of a source that is read whole: a longer one is refused, because an article made of its beginning
/// would pass for the story. Sources whose articles are read one by one have no limit.
pub const MAX_FILE_BYTES: u64 = 256 << 20;

/// Reason why an input could not be read. The message is one sentence without the input's name.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// Not text at all.
    #[error("it is not text (found {0})")]
    NotText(&'static str),
    /// Only white space.
    #[error("it is empty")]
    Empty,
    /// Not accessible, or its compressed data are damaged.
    #[error("{0}")]
    Unreadable(String),
    /// Not a valid JSON record.
    #[error("not a JSON record: {0}")]
    Record(String),
    /// Longer than a source that is read whole may be.
    #[error("it is longer than {} MB, the limit for a file that is read whole; split it", MAX_FILE_BYTES >> 20)]
    TooLong,
    /// A valid input without an article, or without one that may be extracted.
    #[error("{0}")]
    Refused(String),
    /// Panic of a loader.
    #[error("it is damaged in an unexpected way")]
    Lost,
}

/// Wraps the reason given by the system, or by the decoder, as an error.
pub(super) fn unreadable(error: &io::Error) -> Error {
    Error::Unreadable(reason(error))
}

/// Returns the reason of a read error, in plain words without the system's error number.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}
