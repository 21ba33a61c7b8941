//! Syncs with the feed servers, on the thread and the connection of a fetch. The library records why a sync failed, and the
//! sources page shows it.

use crate::credentials::Credentials;
use crate::remedy::{LOCAL_ON_SCREEN, explain_sync};
use crate::tui::library_messages::{FetchProgress, SyncReport};
use dateline_fetch::Fetcher;
use dateline_library::{Library, SyncServer};
use dateline_sync::{self as sync, Synced};

/// Syncs with all servers, and adds the outcome to that of the fetch before, `ended`.
///
/// # Errors
/// Returns an error if the library fails. A server that fails is only counted.
pub(super) fn run(
    library: &mut Library,
    fetcher: &Fetcher,
    ended: FetchProgress,
) -> dateline_library::Result<FetchProgress> {
    let FetchProgress::Ended { mut new, mut changed, failed, asked, paired, .. } = ended else {
        return Ok(ended);
    };
    let servers = library.sync_servers()?;
    let mut report = SyncReport { servers: servers.len(), ..SyncReport::default() };
    for server in servers {
        match run_one(library, &server, fetcher) {
            Ok(synced) => {
                new += synced.counts.new;
                changed += synced.counts.changed;
                report.marks += synced.counts.states + synced.sent;
            }
            Err(reason) => {
                report.failed += 1;
                library.sync_ended(server.id, Err(&reason))?;
            }
        }
    }
    Ok(FetchProgress::Ended { new, changed, failed, asked, synced: report, paired })
}

/// Syncs with one server. The error is one sentence for the user.
fn run_one(library: &mut Library, server: &SyncServer, fetcher: &Fetcher) -> Result<Synced, String> {
    let credentials = Credentials::of_user().map_err(|error| error.to_string())?;
    let stored = credentials.get(&server.url, &server.user).map_err(|error| error.to_string())?;
    let stored = stored.ok_or("its password is not stored; `dateline sync add` asks for it")?;
    let mut secret = stored.clone();
    let outcome = sync::sync(library, server, &mut secret, fetcher, |_| ());
    if secret != stored {
        credentials.set(&server.url, &server.user, Some(&secret)).map_err(|error| error.to_string())?;
    }
    outcome.map_err(|error| explain_sync(&error, LOCAL_ON_SCREEN))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pairing::PairReport;

    #[test]
    fn a_server_that_fails_is_counted_and_says_why() {
        let mut library = Library::open_in_memory().unwrap();
        // No password is stored for it, so no connection is made.
        library.add_sync_server("https://reader.invalid/", "miniflux", "nobody of this name").unwrap();
        let fetched = FetchProgress::Ended {
            new: 2,
            changed: 1,
            failed: 0,
            asked: 3,
            synced: SyncReport::default(),
            paired: PairReport::default(),
        };
        let ended = run(&mut library, &Fetcher::default(), fetched).unwrap();
        let synced = SyncReport { servers: 1, failed: 1, marks: 0 };
        assert_eq!(
            ended,
            FetchProgress::Ended { new: 2, changed: 1, failed: 0, asked: 3, synced, paired: PairReport::default() }
        );
        assert!(library.sync_servers().unwrap()[0].error.is_some());
    }
}
