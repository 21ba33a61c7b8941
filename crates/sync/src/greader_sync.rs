//! Syncs with a server that speaks the Google Reader API. It cannot list what has changed, so whole lists are compared
//! with the states at the last sync: the starred entries, and either the read or the unread ones, whichever are fewer. All
//! IDs are listed only if one of these lists, the newest entries or the number of entries shows a change, and once a day.
//! The entries of each label are listed every time. A server without labels is asked for them only with the list of all.

use super::account::{Account, Secret};
use super::error::SyncError;
use super::greader::{GoogleReader, IdList, IdPage, READ, STARRED, label};
use super::page::{Feeds, store};
use super::synced::{Synced, check_feeds, check_shrunk};
use dateline_fetch::Fetcher;
use dateline_library::{Flag, Library, SyncServer};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Number of entries per page, each of which is stored in one transaction.
const PAGE: usize = 200;
/// Number of the newest entries whose IDs are looked at in every sync.
const NEWEST: usize = 100;
/// Maximum number of entries whose texts one sync requests. The next sync requests more.
const MAX_NEW: usize = 100_000;
/// Number of entries per request that changes their states.
const SENT: usize = 250;
/// Maximum time between two lists of all entries, in seconds of the server.
const FULL: i64 = 24 * 3600;

/// What the last list of all entries has shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Cursor {
    /// The server's clock at that time, in Unix seconds.
    full: i64,
    /// Number of entries listed.
    count: usize,
    /// Whether the server has labels.
    labels: bool,
}

/// The IDs of entries by their labels.
type Labels = BTreeMap<String, HashSet<i64>>;

/// The IDs of all entries, and of those with a state.
struct Lists {
    unread: HashSet<i64>,
    starred: HashSet<i64>,
    /// All entries, newest first.
    all: Vec<i64>,
}

/// Runs a sync. Returns what it did and the cursor for the next one. A token may expire at any request, so the sync begins
/// again with a new one.
pub(crate) fn run(
    library: &mut Library,
    server: &SyncServer,
    account: &Account,
    secret: &mut Secret,
    fetcher: &Fetcher,
    report: &mut dyn FnMut(usize),
) -> Result<(Synced, String), SyncError> {
    match run_once(library, server, account, secret, fetcher, report) {
        Err(SyncError::Refused) => {
            secret.token = None;
            run_once(library, server, account, secret, fetcher, report)
        }
        outcome => outcome,
    }
}

fn run_once(
    library: &mut Library,
    server: &SyncServer,
    account: &Account,
    secret: &mut Secret,
    fetcher: &Fetcher,
    report: &mut dyn FnMut(usize),
) -> Result<(Synced, String), SyncError> {
    let mut synced = Synced::default();
    let client = GoogleReader::new(fetcher, account, secret)?;
    let (listed, folders) = client.feeds()?;
    check_feeds(library, server, &listed)?;
    let (feeds, archived) = Feeds::follow(library, server, &listed)?;
    synced.counts.archived += archived;
    let known = library.sync_base(server.id)?;
    let (lists, mut cursor) = list(&client, server, &known)?;
    let labels = if lists.is_some() || cursor.labels { client.labels(&folders)? } else { BTreeMap::new() };
    check_labels(library, server, &labels)?;
    cursor.labels = !labels.is_empty();
    let mut token = None;
    if let Some(lists) = lists {
        let token = token.insert(client.edit_token()?);
        take_over(library, server, &client, &feeds, &known, &lists, token, &mut synced, report)?;
    }
    synced.counts.states += library.sync_labels(server.id, &labels)?;
    synced.sent = send(library, server, &client, (&labels, &folders), token)?;
    Ok((synced, serde_json::to_string(&cursor).unwrap_or_default()))
}

/// Lists all entries and their states, unless nothing indicates a change. Returns also the cursor for the next sync.
fn list(
    client: &GoogleReader,
    server: &SyncServer,
    known: &HashMap<i64, (bool, bool)>,
) -> Result<(Option<Lists>, Cursor), SyncError> {
    let cursor: Cursor = serde_json::from_str(&server.cursor).unwrap_or_default();
    let newest = client.page(IdList::ALL, NEWEST, None)?;
    let date = newest.date.unwrap_or(cursor.full);
    // The shorter list shows the same changes: an entry that leaves one of them enters the other or no longer exists.
    let by_read = known.values().filter(|(read, _)| *read).count() * 2 < known.len();
    let states = client.ids(if by_read { IdList::READ } else { IdList::UNREAD })?.into_iter().collect();
    let starred = client.ids(IdList::STARRED)?.into_iter().collect();
    let were = |holds: fn(bool, bool) -> bool| -> HashSet<i64> {
        known.iter().filter(|(_, (read, starred))| holds(*read, *starred)).map(|(id, _)| *id).collect()
    };
    let is_same = cursor.full > 0
        && (0..FULL).contains(&(date - cursor.full))
        && newest.ids.iter().all(|id| known.contains_key(id))
        && states == if by_read { were(|read, _| read) } else { were(|read, _| !read) }
        && starred == were(|_, starred| starred)
        && has_count(client, &newest, cursor.count)?;
    if is_same {
        return Ok((None, cursor));
    }
    // The read entries show only that something has changed, because a server may list them differently.
    let unread = if by_read { client.ids(IdList::UNREAD)?.into_iter().collect() } else { states };
    let all = client.ids(IdList::ALL)?;
    let cursor = Cursor { full: date, count: all.len(), ..cursor };
    Ok((Some(Lists { unread, starred, all }), cursor))
}

/// Returns whether the server lists as many entries as before. `newest` is the first page of them. Miniflux sorts entries
/// by their publication, so that a new entry with an old date is not among the newest. A server that does not continue
/// lists at positions cannot be asked, but lists its newest entries in the order in which they came in.
fn has_count(client: &GoogleReader, newest: &IdPage, count: usize) -> Result<bool, SyncError> {
    if !newest.shows_positions() {
        return Ok(newest.continuation.is_some() || newest.ids.len() == count);
    }
    let Some(last) = count.checked_sub(1) else { return Ok(false) };
    let end = client.page(IdList::ALL, 2, Some(&last.to_string()))?;
    Ok(end.ids.len() == 1)
}

/// Rejects labels that lack most of the entries that they had.
fn check_labels(library: &Library, server: &SyncServer, labels: &Labels) -> Result<(), SyncError> {
    let (mut known, mut kept) = (0, 0);
    for (label, before) in library.sync_label_base(server.id)? {
        let Some(now) = labels.get(&label) else { continue };
        known += before.len();
        kept += before.intersection(now).count();
    }
    check_shrunk(kept, known, "labelled stories")
}

/// Takes over the states of known entries, and requests the texts of the others, newest first.
#[allow(clippy::too_many_arguments, reason = "one step of a sync, which needs all of it")]
fn take_over(
    library: &mut Library,
    server: &SyncServer,
    client: &GoogleReader,
    feeds: &Feeds,
    known: &HashMap<i64, (bool, bool)>,
    lists: &Lists,
    token: &str,
    synced: &mut Synced,
    report: &mut dyn FnMut(usize),
) -> Result<(), SyncError> {
    let all = &lists.all;
    let listed: HashSet<i64> = all.iter().copied().collect();
    let kept = known.keys().filter(|id| listed.contains(id)).count();
    check_shrunk(kept, known.len(), "entries")?;
    if let Some(id) = all.iter().find(|id| known.contains_key(id)) {
        // Only the text of an entry shows whether its ID still names the same story.
        let entries = client.contents(&[*id], token)?;
        synced.counts += store(library, server, feeds, entries, &server.cursor)?;
    }
    synced.counts += library.sync_states(server.id, &listed, &lists.unread, &lists.starred)?;
    let new: Vec<i64> = all.iter().copied().filter(|id| !known.contains_key(id)).take(MAX_NEW).collect();
    let mut done = 0;
    for chunk in new.chunks(PAGE) {
        let mut entries = client.contents(chunk, token)?;
        // A server that sends other entries than those requested must not have them stored twice.
        entries.retain(|entry| chunk.contains(&entry.id));
        synced.counts += store(library, server, feeds, entries, &server.cursor)?;
        done += chunk.len();
        report(done);
    }
    Ok(())
}

/// Sends the states and, to a server with labels, the tags that have changed here. Returns their number.
fn send(
    library: &mut Library,
    server: &SyncServer,
    client: &GoogleReader,
    (labels, folders): (&Labels, &HashSet<String>),
    token: Option<String>,
) -> Result<usize, SyncError> {
    let pending = library.sync_pending(server.id)?;
    let groups = [
        (&pending.read, READ, Flag::Read, true),
        (&pending.unread, READ, Flag::Read, false),
        (&pending.starred, STARRED, Flag::Starred, true),
        (&pending.unstarred, STARRED, Flag::Starred, false),
    ];
    // Nothing shows that a server without labels could have some. Miniflux, for one, refuses them.
    let mut tags = if labels.is_empty() { Vec::new() } else { library.sync_pending_labels(server.id, labels)? };
    // The label of a feed with the same name would be confused with that of its stories.
    tags.retain(|change| !folders.contains(&change.label));
    if tags.is_empty() && groups.iter().all(|(entries, ..)| entries.is_empty()) {
        return Ok(0);
    }
    let token = token.map_or_else(|| client.edit_token(), Ok)?;
    let mut sent = 0;
    for (entries, tag, flag, is) in groups {
        for chunk in entries.chunks(SENT) {
            client.tag(chunk, tag, is, &token)?;
            library.sync_sent(server.id, chunk, flag, is)?;
            sent += chunk.len();
        }
    }
    for change in tags {
        for chunk in change.entries.chunks(SENT) {
            client.tag(chunk, &label(&change.label), change.is, &token)?;
            library.sync_labelled(server.id, &change.label, chunk, change.is)?;
            sent += chunk.len();
        }
    }
    Ok(sent)
}
