//! States that have changed in the library since the last sync and are yet to be sent to the feed server.

use crate::edit::Flag;
use crate::{Library, Result};
use rusqlite::{Connection, params};
use std::collections::HashSet;

/// IDs of the server's entries whose states have changed here since the last sync, by the new state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PendingStates {
    /// Entries that have been read.
    pub read: Vec<i64>,
    /// Entries that were marked as unread by hand.
    pub unread: Vec<i64>,
    /// Entries that have been starred.
    pub starred: Vec<i64>,
    /// Entries that have been unstarred.
    pub unstarred: Vec<i64>,
}

impl Library {
    /// Returns the states to be sent to a server. A story that is unread only because its text has changed stays read on
    /// the server.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn sync_pending(&self, server: i64) -> Result<PendingStates> {
        pending(self.connection(), server).map_err(|error| self.with_path(error))
    }

    /// Records that the server has taken over a state of these entries.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn sync_sent(&mut self, server: i64, entries: &[i64], flag: Flag, is: bool) -> Result<()> {
        let sql = match flag {
            Flag::Starred => "UPDATE sync_entries SET starred = ?3 WHERE server_id = ?1 AND entry = ?2",
            Flag::Read | Flag::Archived => "UPDATE sync_entries SET read = ?3 WHERE server_id = ?1 AND entry = ?2",
        };
        self.write(|db| {
            let mut update = db.prepare_cached(sql)?;
            for entry in entries {
                update.execute(params![server, entry, is])?;
            }
            Ok(())
        })
    }
}

fn pending(db: &Connection, server: i64) -> rusqlite::Result<PendingStates> {
    let mut out = PendingStates::default();
    let mut unread = Vec::new();
    let mut statement = db.prepare_cached(
        "SELECT e.entry, e.article_id, a.read, e.read, a.starred, e.starred
         FROM sync_entries e JOIN articles a ON a.id = e.article_id
         WHERE e.server_id = ? AND (a.read <> e.read OR a.starred <> e.starred) ORDER BY e.entry",
    )?;
    let mut rows = statement.query([server])?;
    while let Some(row) = rows.next()? {
        let (entry, article): (i64, i64) = (row.get(0)?, row.get(1)?);
        let (read, was_read, starred, was_starred): (bool, bool, bool, bool) =
            (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
        match (was_read, read) {
            (false, true) => out.read.push(entry),
            (true, false) => unread.push((entry, article)),
            _ => {}
        }
        match (was_starred, starred) {
            (false, true) => out.starred.push(entry),
            (true, false) => out.unstarred.push(entry),
            _ => {}
        }
    }
    if !unread.is_empty() {
        let by_hand = unread_by_hand(db)?;
        out.unread =
            unread.into_iter().filter(|(_, article)| by_hand.contains(article)).map(|(entry, _)| entry).collect();
    }
    Ok(out)
}

/// Returns the IDs of the articles that the user has marked as unread, or whose mark as read the user has undone.
fn unread_by_hand(db: &Connection) -> rusqlite::Result<HashSet<i64>> {
    db.prepare_cached(
        "SELECT e.value ->> '$.flag.article' FROM changes c, json_each(c.edits) e
         WHERE e.value ->> '$.flag.flag' = 'read' AND (e.value ->> '$.flag.is') = c.undone",
    )?
    .query_map([], |row| row.get(0))?
    .collect()
}
