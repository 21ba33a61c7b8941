//! Syncs with Miniflux, which can list the entries changed since a moment of its own clock.

use super::account::{Account, Secret};
use super::error::SyncError;
use super::miniflux::Miniflux;
use super::page::{Feeds, store};
use super::synced::{Synced, check_feeds};
use dateline_fetch::Fetcher;
use dateline_library::{Flag, Library, SyncServer};
use serde::{Deserialize, Serialize};

/// Number of entries per page, each of which is stored in one transaction.
const PAGE: usize = 250;
/// Maximum number of entries that one sync reads.
const MAX_ENTRIES: usize = 500_000;
/// Number of entries per request that changes their states.
const SENT: usize = 500;
/// Number of stars sent between two transactions. Each star takes two requests.
const STARS: usize = 50;
/// Time before the start of a sync from which the next one lists changes again, in seconds. Transactions of the server
/// may commit late, and its database may be on a machine with a slightly different clock.
const MARGIN: i64 = 60;

/// How far the entries have been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Cursor {
    /// Moment since which changes are listed, in Unix seconds of the server; 0 lists everything.
    since: i64,
    /// The same for the next sync; 0 until the time of the server is known. Never the clock of this machine, which may be
    /// wrong.
    next: i64,
    /// ID of the last entry stored; 0 if a new list begins.
    after: i64,
}

impl Cursor {
    fn json(self) -> String {
        serde_json::to_string(&self).unwrap_or_default()
    }
}

/// Runs a sync. Returns what it did and the cursor for the next one.
pub(crate) fn run(
    library: &mut Library,
    server: &SyncServer,
    account: &Account,
    secret: &Secret,
    fetcher: &Fetcher,
    report: &mut dyn FnMut(usize),
) -> Result<(Synced, String), SyncError> {
    let client = Miniflux::new(fetcher, account, secret)?;
    let mut synced = Synced::default();
    let mut feeds = follow(library, server, &client, &mut synced)?;
    let mut cursor: Cursor = serde_json::from_str(&server.cursor).unwrap_or_default();
    let mut done = 0;
    loop {
        let page = client.page(cursor.after, cursor.since, PAGE)?;
        if cursor.next == 0 {
            cursor.next = page.date.map_or(cursor.since, |date| (date - MARGIN).max(1));
        }
        let count = page.entries.len() + page.removed.len();
        let Some(last) = page.last else { break };
        if done > MAX_ENTRIES {
            return Err(SyncError::Endless);
        }
        if !feeds.have_all(&page.entries) {
            // The user has followed a feed since the feeds were listed.
            feeds = follow(library, server, &client, &mut synced)?;
        }
        cursor.after = last;
        synced.counts += store(library, server, &feeds, page.entries, &cursor.json())?;
        synced.counts.archived += library.sync_dropped(server.id, &page.removed)?;
        done += count;
        report(done);
        if count < PAGE {
            break;
        }
    }
    synced.sent = send(library, server, &client)?;
    Ok((synced, Cursor { since: cursor.next, ..Cursor::default() }.json()))
}

fn follow(
    library: &mut Library,
    server: &SyncServer,
    client: &Miniflux,
    synced: &mut Synced,
) -> Result<Feeds, SyncError> {
    let listed = client.feeds()?;
    check_feeds(library, server, &listed)?;
    let (feeds, archived) = Feeds::follow(library, server, &listed)?;
    synced.counts.archived += archived;
    Ok(feeds)
}

/// Sends the states that have changed here. Returns their number.
fn send(library: &mut Library, server: &SyncServer, client: &Miniflux) -> Result<usize, SyncError> {
    let pending = library.sync_pending(server.id)?;
    let mut sent = 0;
    for (entries, read) in [(&pending.read, true), (&pending.unread, false)] {
        for chunk in entries.chunks(SENT) {
            client.mark(chunk, read)?;
            library.sync_sent(server.id, chunk, Flag::Read, read)?;
            sent += chunk.len();
        }
    }
    for (entries, starred) in [(&pending.starred, true), (&pending.unstarred, false)] {
        for chunk in entries.chunks(STARS) {
            let mut gone = Vec::new();
            for &entry in chunk {
                if !client.star(entry, starred)? {
                    gone.push(entry);
                }
            }
            library.sync_sent(server.id, chunk, Flag::Starred, starred)?;
            library.sync_dropped(server.id, &gone)?;
            sent += chunk.len() - gone.len();
        }
    }
    Ok(sent)
}
