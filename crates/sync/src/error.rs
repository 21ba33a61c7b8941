//! Errors of a sync.

use dateline_fetch::FetchError;
use thiserror::Error;

/// Reason why a sync failed. Every message is a clause that can follow the URL of the server and a colon. None contains
/// credentials or anything that the server has sent.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SyncError {
    /// The server could not be reached, or its response did not arrive.
    #[error(transparent)]
    Fetch(#[from] FetchError),
    /// The server redirects to another address.
    #[error("it redirects to {0}, perhaps to the login page of a proxy; nothing was sent there")]
    Redirect(String),
    /// The server rejects the credentials.
    #[error("the server does not accept the user name and password")]
    Refused,
    /// The server responded with an error status.
    #[error("the server returned {0}")]
    Status(u16),
    /// The response is an HTML page.
    #[error("the response is a web page and not data, perhaps the login page of a proxy")]
    WebPage,
    /// The response ends early.
    #[error("the response is incomplete")]
    Incomplete,
    /// The response is not what the protocol requires.
    #[error("the response is not in the format of the protocol")]
    Malformed,
    /// A list goes on forever.
    #[error("the server's list of entries does not end")]
    Endless,
    /// No supported API answers at the URL.
    #[error("neither Miniflux nor the Google Reader API answers there")]
    Unknown,
    /// The library stores the name of a protocol that this program does not know.
    #[error("its protocol needs a newer Dateline")]
    Protocol,
    /// An ID of the server names another story than before. It is the ID of the entry.
    #[error("the entry {0} is another story than before, as if the server had been set up again")]
    ChangedIds(i64),
    /// The server lists far fewer entries or feeds than before.
    #[error("the server lists only {listed} of {known} known {what}, so nothing was taken over")]
    Shrunk {
        /// Number of known ones that the server still lists.
        listed: usize,
        /// Number of known ones.
        known: usize,
        /// Name of what is listed.
        what: &'static str,
    },
    /// An operation on the library failed.
    #[error(transparent)]
    Library(#[from] dateline_library::Error),
}

impl SyncError {
    /// Returns whether the server was not contacted because it is on this machine or its network.
    #[must_use]
    pub const fn is_local(&self) -> bool {
        matches!(self, Self::Fetch(FetchError::Local(_)))
    }

    /// Returns whether the server rejects the credentials.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        matches!(self, Self::Refused)
    }
}
