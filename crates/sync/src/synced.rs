//! What a sync did, and the checks that keep a faulty server from undoing the work of earlier ones.

use super::error::SyncError;
use dateline_library::{Library, RemoteFeed, SyncCounts, SyncServer};

/// Number of feeds or entries below which the disappearance of most of them is taken for the user's doing.
const FEW: usize = 20;

/// What a sync did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Synced {
    /// Changes of the library.
    pub counts: SyncCounts,
    /// Number of states and labels sent to the server.
    pub sent: usize,
}

/// Rejects a list of feeds that lacks most of those known, which a faulty server or another account would send.
pub(crate) fn check_feeds(library: &Library, server: &SyncServer, feeds: &[RemoteFeed]) -> Result<(), SyncError> {
    let known = library.feeds()?.into_iter().filter(|feed| feed.server == Some(server.id));
    let (mut total, mut listed) = (0, 0);
    for feed in known {
        total += 1;
        listed += usize::from(feeds.iter().any(|other| other.url == feed.url));
    }
    check_shrunk(listed, total, "feeds")
}

/// Rejects a list that lacks most of what is known.
pub(crate) const fn check_shrunk(listed: usize, known: usize, what: &'static str) -> Result<(), SyncError> {
    if known >= FEW && listed < known / 2 {
        return Err(SyncError::Shrunk { listed, known, what });
    }
    Ok(())
}
