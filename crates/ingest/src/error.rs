//! Why an input could not be read, and how much of one is read.

use std::io;
use thiserror::Error;

/// Maximum bytes of one article, and of a source that is read whole; the rest of such a source is left out, which a note
/// says. News is far below it.
pub const MOST_BYTES: usize = 32 << 20;

/// Maximum bytes of a source that is read whole: a longer one is refused, because an article made of its beginning would
/// pass for the story. Sources of articles that come one by one have no limit.
pub const LONGEST: u64 = 256 << 20;

/// Why an input could not be read. The message is one sentence without the input's name.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Error {
    /// Not text at all.
    #[error("it is not text (found {0})")]
    NotText(&'static str),
    /// Nothing but white space.
    #[error("it is empty")]
    Empty,
    /// It cannot be read from where it lies, or what packs it is damaged.
    #[error("{0}")]
    Unreadable(String),
    /// A JSON record that is none.
    #[error("not a JSON record: {0}")]
    Record(String),
    /// It is read whole, and longer than what is read whole.
    #[error("it is longer than {} MB, the limit for a file that is read whole; split it", LONGEST >> 20)]
    TooLong,
    /// It is what it says it is, and there is no article in it, or none that may be taken out.
    #[error("{0}")]
    Refused(String),
    /// A loader gave up in a way that it should not.
    #[error("it is damaged in a way that its reader does not know")]
    Lost,
}

/// Wraps the reason of the system, or of the decoder, as an error.
pub(super) fn unreadable(error: &io::Error) -> Error {
    Error::Unreadable(reason(error))
}

/// The reason why something could not be read, in plain words without the system's error number.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission is denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string(),
    }
}
