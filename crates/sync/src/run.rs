//! Runs a sync: reads what has changed on the server, then sends what has changed here.

use super::account::{Account, Protocol, Secret};
use super::error::SyncError;
use super::synced::Synced;
use super::{greader_sync, miniflux_sync};
use dateline_fetch::Fetcher;
use dateline_library::{Library, SyncServer};
use url::Url;

/// Syncs the library with a server. The stories are annotated later ([`Library::annotate`]). `report` is called with the
/// number of entries read so far. `secret` gets a new token if the old one has expired.
///
/// # Errors
/// Returns an error if the server cannot be used or the library cannot be written to. The library is then as after the
/// last complete page, and the next sync goes on from there.
pub fn sync(
    library: &mut Library,
    server: &SyncServer,
    secret: &mut Secret,
    fetcher: &Fetcher,
    report: impl FnMut(usize),
) -> Result<Synced, SyncError> {
    let outcome = run(library, server, secret, fetcher, report);
    let ended = match &outcome {
        Ok((_, cursor)) => library.sync_ended(server.id, Ok(cursor)),
        Err(error) => library.sync_ended(server.id, Err(&error.to_string())),
    };
    let (synced, _) = outcome?;
    ended?;
    Ok(synced)
}

/// Runs a sync. Returns what it did and the cursor for the next one.
fn run(
    library: &mut Library,
    server: &SyncServer,
    secret: &mut Secret,
    fetcher: &Fetcher,
    mut report: impl FnMut(usize),
) -> Result<(Synced, String), SyncError> {
    let protocol = Protocol::of_name(&server.kind).ok_or(SyncError::Protocol)?;
    let url = Url::parse(&server.url).map_err(|_| SyncError::Unknown)?;
    let account = Account { protocol, url, user: server.user.clone() };
    match protocol {
        Protocol::Miniflux => miniflux_sync::run(library, server, &account, secret, fetcher, &mut report),
        Protocol::GoogleReader => greader_sync::run(library, server, &account, secret, fetcher, &mut report),
    }
}
