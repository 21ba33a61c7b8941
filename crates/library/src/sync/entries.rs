//! Entries of a feed server: stores their stories, and takes over their read and starred states by a three-way
//! comparison with the states at the last sync.

use crate::edit::Flag;
use crate::incoming::Prepared;
use crate::{Error, Library, Outcome, Result, now, present, store};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{HashMap, HashSet};

/// An entry of a feed server, as the server describes it now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemoteEntry {
    /// ID of the entry on the server.
    pub id: i64,
    /// ID of its feed on the server.
    pub feed: String,
    /// Whether it has been read.
    pub read: bool,
    /// Whether it is starred.
    pub starred: bool,
    /// Hash of its URL.
    pub page: i64,
    /// Hash of everything that becomes text.
    pub content: i64,
    /// Index of its story among those that come with it; `None` if the library has the story with this content.
    pub story: Option<usize>,
}

/// What a sync has changed in the library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyncCounts {
    /// Number of stories added.
    pub new: usize,
    /// Number of stories with a changed text.
    pub changed: usize,
    /// Number of stories whose states or labels were taken over from the server.
    pub states: usize,
    /// Number of stories archived because the server no longer has them.
    pub archived: usize,
}

impl std::ops::AddAssign for SyncCounts {
    fn add_assign(&mut self, other: Self) {
        self.new += other.new;
        self.changed += other.changed;
        self.states += other.states;
        self.archived += other.archived;
    }
}

/// Row of the table of entries.
struct Base {
    article: Option<i64>,
    read: bool,
    starred: bool,
}

impl Library {
    /// Returns the hashes of URL and content of those of a server's entries that the library knows.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn sync_known(&self, server: i64, ids: &[i64]) -> Result<HashMap<i64, (i64, i64)>> {
        let read = || -> rusqlite::Result<_> {
            let sql = "SELECT page, content FROM sync_entries WHERE server_id = ? AND entry = ?";
            let mut statement = self.connection().prepare_cached(sql)?;
            let mut out = HashMap::new();
            for &id in ids {
                let hashes = statement.query_row([server, id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
                out.extend(hashes.map(|hashes| (id, hashes)));
            }
            Ok(out)
        };
        read().map_err(|error| self.with_path(error))
    }

    /// Returns the headline of the story of a known entry; `None` if the story was deleted.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn sync_headline(&self, server: i64, entry: i64) -> Result<Option<String>> {
        let sql = "SELECT a.headline FROM sync_entries e JOIN articles a ON a.id = e.article_id
            WHERE e.server_id = ? AND e.entry = ?";
        let found = self.connection().query_row(sql, [server, entry], |row| row.get(0)).optional();
        found.map_err(|error| self.with_path(error))
    }

    /// Returns the read and starred states at the last sync of all of a server's entries that the library knows.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn sync_base(&self, server: i64) -> Result<HashMap<i64, (bool, bool)>> {
        let base: rusqlite::Result<HashMap<i64, (bool, bool)>> = self
            .connection()
            .prepare_cached("SELECT entry, read, starred FROM sync_entries WHERE server_id = ?")
            .and_then(|mut statement| {
                let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)));
                statement.query_map([server], read)?.collect()
            });
        base.map_err(|error| self.with_path(error))
    }

    /// Stores a page of a server's entries with their `stories`, takes over their states, and records `cursor`: either all
    /// of it or, if the process is killed, nothing. The stories of one feed must follow each other.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn sync_page(
        &mut self,
        server: i64,
        entries: &[RemoteEntry],
        stories: &[Prepared],
        cursor: &str,
    ) -> Result<SyncCounts> {
        self.write(|db| {
            let mut counts = SyncCounts::default();
            let added = store::store_all(db, stories, &[], now())?;
            counts.new = added.iter().filter(|story| story.outcome == Outcome::New).count();
            counts.changed = added.iter().filter(|story| story.outcome == Outcome::Changed).count();
            for entry in entries {
                let story = entry.story.and_then(|at| added.get(at));
                match (base(db, server, entry.id)?, story) {
                    (Some(base), _) => {
                        counts.states += usize::from(take_over(db, server, entry, &base)?);
                    }
                    (None, Some(story)) => {
                        let new = story.outcome == Outcome::New;
                        meet(db, server, entry, story.id, new)?;
                    }
                    (None, None) => {}
                }
            }
            db.prepare_cached("UPDATE sync_servers SET cursor = ?2 WHERE id = ?1")?.execute(params![server, cursor])?;
            Ok(counts)
        })
    }

    /// Takes over the states of all known entries from the server's lists: `listed` has the IDs of all entries, `unread`
    /// and `starred` those of some. Entries that are not in `listed` are archived.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn sync_states(
        &mut self,
        server: i64,
        listed: &HashSet<i64>,
        unread: &HashSet<i64>,
        starred: &HashSet<i64>,
    ) -> Result<SyncCounts> {
        self.write(|db| {
            let rows: Vec<(i64, Base)> = db
                .prepare_cached("SELECT entry, article_id, read, starred FROM sync_entries WHERE server_id = ?")?
                .query_map([server], |row| {
                    Ok((row.get(0)?, Base { article: row.get(1)?, read: row.get(2)?, starred: row.get(3)? }))
                })?
                .collect::<rusqlite::Result<_>>()?;
            let mut counts = SyncCounts::default();
            let mut gone = Vec::new();
            for (id, base) in rows {
                if !listed.contains(&id) {
                    gone.push(id);
                    continue;
                }
                let (read, starred) = (!unread.contains(&id), starred.contains(&id));
                if (read, starred) != (base.read, base.starred) {
                    let entry = RemoteEntry { id, read, starred, ..RemoteEntry::default() };
                    counts.states += usize::from(take_over(db, server, &entry, &base)?);
                }
            }
            counts.archived = drop_entries(db, server, &gone)?;
            Ok(counts)
        })
    }

    /// Archives the stories of entries that the server no longer has. Returns their number.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub fn sync_dropped(&mut self, server: i64, entries: &[i64]) -> Result<usize> {
        if entries.is_empty() {
            return Ok(0);
        }
        self.write(|db| drop_entries(db, server, entries))
    }
}

fn base(db: &Connection, server: i64, entry: i64) -> rusqlite::Result<Option<Base>> {
    db.prepare_cached("SELECT article_id, read, starred FROM sync_entries WHERE server_id = ? AND entry = ?")?
        .query_row([server, entry], |row| Ok(Base { article: row.get(0)?, read: row.get(1)?, starred: row.get(2)? }))
        .optional()
}

/// Records an entry seen for the first time. A story that came with it gets its states. If the library had the story
/// before, there is no earlier sync to compare with, so that read and starred win.
fn meet(db: &Connection, server: i64, entry: &RemoteEntry, article: i64, new: bool) -> Result<()> {
    for (flag, is) in [(Flag::Read, entry.read), (Flag::Starred, entry.starred)] {
        if is {
            set(db, article, flag, true)?;
        }
    }
    let inserted = db
        .prepare_cached(
            "INSERT INTO sync_entries (server_id, entry, sync_feed, article_id, brought, read, starred, page, content)
             SELECT ?1, ?2, id, ?4, ?5, ?6, ?7, ?8, ?9 FROM sync_feeds WHERE server_id = ?1 AND remote = ?3",
        )?
        .execute(params![
            server,
            entry.id,
            entry.feed,
            article,
            new,
            entry.read,
            entry.starred,
            entry.page,
            entry.content
        ])?;
    if inserted == 0 {
        return Err(Error::Refused(format!("entry {} belongs to no feed of the server", entry.id)));
    }
    Ok(())
}

/// Takes over the states of a known entry that have changed on the server since the last sync. A state has two values, so
/// if it has changed here as well, both sides agree. Returns whether the story has changed.
fn take_over(db: &Connection, server: i64, entry: &RemoteEntry, base: &Base) -> Result<bool> {
    let mut changed = false;
    if let Some(article) = base.article {
        for (flag, was, is) in [(Flag::Read, base.read, entry.read), (Flag::Starred, base.starred, entry.starred)] {
            changed |= was != is && set(db, article, flag, is)?;
        }
    }
    let content = entry.story.is_some();
    if content || (base.read, base.starred) != (entry.read, entry.starred) {
        db.prepare_cached(
            "UPDATE sync_entries SET read = ?3, starred = ?4, page = iif(?7, ?5, page), content = iif(?7, ?6, content)
             WHERE server_id = ?1 AND entry = ?2",
        )?
        .execute(params![server, entry.id, entry.read, entry.starred, entry.page, entry.content, content])?;
    }
    Ok(changed)
}

/// Sets a flag of an article. The journal does not record it, because the user has not changed it here. Returns whether
/// it was different.
fn set(db: &Connection, article: i64, flag: Flag, is: bool) -> Result<bool> {
    if present::flag(db, article, flag)? == is {
        return Ok(false);
    }
    db.prepare_cached(flag.sql().1)?.execute(params![article, is])?;
    Ok(true)
}

/// Forgets entries and archives their stories, unless other entries have the same story or it did not come from the
/// server. Returns the number of stories archived. Must be called within a transaction.
pub(super) fn drop_entries(db: &Connection, server: i64, entries: &[i64]) -> Result<usize> {
    let mut archived = 0;
    for &entry in entries {
        let brought: Option<(Option<i64>, bool)> = db
            .prepare_cached("SELECT article_id, brought FROM sync_entries WHERE server_id = ? AND entry = ?")?
            .query_row([server, entry], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        db.prepare_cached("DELETE FROM sync_entries WHERE server_id = ? AND entry = ?")?.execute([server, entry])?;
        let Some((Some(article), true)) = brought else { continue };
        let others = db.prepare_cached("SELECT 1 FROM sync_entries WHERE article_id = ?")?.exists([article])?;
        if !others && set(db, article, Flag::Archived, true)? {
            archived += 1;
        }
    }
    Ok(archived)
}
