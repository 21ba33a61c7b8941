//! The journal: every change that the reader made by hand, who made it, and undoing and redoing each.
//!
//! Only the changes of articles that are deleted for good are removed from it, because the values that an undone change
//! wrote, for example a note, are kept nowhere else.

use super::conflict::Fit;
use super::edit::Edit;
use super::{Error, Library, Result, now};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where a change was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// On the reader's screen.
    Screen,
    /// By a command, or by another program through this library.
    CommandLine,
}

impl Origin {
    const fn name(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::CommandLine => "cli",
        }
    }
}

/// Which changes to look for, by who last made, undid or redid them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// This session: the [`Library`] that is asked.
    Session,
    /// Any command.
    CommandLine,
    /// Every session.
    Anyone,
}

/// Undo or redo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the new value to the old one.
    Undo,
    /// From the old value to the new one.
    Redo,
}

/// A change in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalEntry {
    /// Number of the change in this library.
    pub id: i64,
    /// Time of the change, in Unix seconds; `None` for corrections of programs that did not record the time.
    pub at: Option<i64>,
    /// Description: "starred 3 articles".
    pub label: String,
    /// Headline of the article, if it changed a single one that is still there.
    pub headline: Option<String>,
    /// Whether it is undone.
    pub undone: bool,
    /// Where it was made; `None` for changes of older programs.
    pub origin: Option<Origin>,
    /// Whether this session was the last to make, undo or redo it.
    pub own: bool,
    /// Article whose note would be removed or replaced by undoing it or, once it is undone, by redoing it.
    pub rewrites_note_of: Option<i64>,
}

/// The outcome of an undo or a redo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Description of the change.
    pub label: String,
    /// Number of its edits that were left out because newer changes or deletions are in their way.
    pub left_out: usize,
}

/// The session that makes the changes of one connection.
#[derive(Debug)]
pub(super) struct Session {
    origin: Origin,
    id: String,
    /// Changes that could not be undone or redone, so that the next undo continues with the one before.
    refused: BTreeSet<i64>,
}

impl Session {
    pub(crate) fn new(origin: Origin) -> Self {
        // One process may hold several connections, and a process id is reused after a while.
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let moment = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        Self { origin, id: format!("{:x}-{moment:x}-{count:x}", std::process::id()), refused: BTreeSet::new() }
    }

    /// Returns origin and session as the journal stores them.
    fn name(&self) -> String {
        format!("{} {}", self.origin.name(), self.id)
    }
}

/// Applies edits and records them as one change; does nothing for edits that change nothing.
pub(super) fn perform(db: &Connection, made_by: &str, label: &str, edits: &[Edit]) -> Result<()> {
    let edits: Vec<&Edit> = edits.iter().filter(|edit| !edit.is_idle()).collect();
    if edits.is_empty() {
        return Ok(());
    }
    for edit in &edits {
        edit.apply(db)?;
    }
    let json = serde_json::to_string(&edits).map_err(|_| Error::Packed("change"))?;
    db.prepare_cached(
        "INSERT INTO changes (at, label, edits, made_by, last_by, sequence) VALUES (?, ?, ?, ?4, ?4, ?5)",
    )?
    .execute(params![now(), label, json, made_by, next_sequence(db)?])?;
    Ok(())
}

/// Records corrections that have no change of their own, as those of an import, so that they can be undone.
pub(super) fn adopt_corrections(db: &Connection) -> rusqlite::Result<()> {
    db.execute(
        "WITH known AS MATERIALIZED (
             SELECT e.value ->> '$.correction.article' AS article, e.value ->> '$.correction.payload' AS payload
             FROM changes, json_each(changes.edits) AS e WHERE e.value -> '$.correction' IS NOT NULL)
         INSERT INTO changes (at, label, edits)
         SELECT 0, 'corrected an annotation', json_array(json_object('correction', json_object(
             'article', article_id, 'payload', payload, 'was', json('false'), 'is', json('true'))))
         FROM corrections WHERE (article_id, payload) NOT IN (SELECT article, payload FROM known) ORDER BY id",
        [],
    )
    .map(|_| ())
}

/// Deletes changes that concern only articles that are no longer there, because they cannot be undone and articles
/// deleted for good must leave no words in the file.
pub(super) fn forget_deleted(db: &Connection) -> rusqlite::Result<()> {
    db.execute(
        "DELETE FROM changes WHERE NOT EXISTS (
             SELECT 1 FROM json_each(changes.edits) AS edit, json_each(edit.value) AS inner
             WHERE inner.value ->> '$.article' IS NULL OR inner.value ->> '$.article' IN (SELECT id FROM articles))",
        [],
    )
    .map(|_| ())
}

fn next_sequence(db: &Connection) -> rusqlite::Result<i64> {
    db.prepare_cached("SELECT coalesce(max(sequence), 0) + 1 FROM changes")?.query_row([], |row| row.get(0))
}

const COLUMNS: &str = "id, at, label, edits, undone, made_by, last_by";

/// A row of the journal.
struct Recorded {
    id: i64,
    at: i64,
    label: String,
    edits: String,
    undone: bool,
    made_by: Option<String>,
    last_by: Option<String>,
}

impl Recorded {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let (id, at, label, edits) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(Self { id, at, label, edits, undone: row.get(4)?, made_by: row.get(5)?, last_by: row.get(6)? })
    }

    /// Returns the edits that lead in that direction, in the order in which they are applied.
    fn edits(&self, direction: Direction) -> Result<Vec<Edit>> {
        let edits: Vec<Edit> = serde_json::from_str(&self.edits).map_err(|_| Error::Packed("change"))?;
        Ok(match direction {
            Direction::Undo => edits.into_iter().rev().map(Edit::inverse).collect(),
            Direction::Redo => edits,
        })
    }

    fn entry(self, db: &Connection, session: &str) -> Result<JournalEntry> {
        let edits = self.edits(if self.undone { Direction::Redo } else { Direction::Undo })?;
        let articles: BTreeSet<Option<i64>> = edits.iter().map(Edit::article).collect();
        let single = articles.first().copied().flatten().filter(|_| articles.len() == 1);
        let headline = single.map(|id| {
            let sql = "SELECT headline FROM articles WHERE id = ?";
            db.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()
        });
        let origin = self.made_by.as_deref().and_then(|made_by| {
            [Origin::Screen, Origin::CommandLine].into_iter().find(|origin| made_by.starts_with(origin.name()))
        });
        Ok(JournalEntry {
            id: self.id,
            at: Some(self.at).filter(|at| *at > 0),
            headline: headline.transpose()?.flatten(),
            undone: self.undone,
            origin,
            own: self.last_by.as_deref() == Some(session),
            rewrites_note_of: edits.iter().find(|edit| edit.rewrites_note()).and_then(Edit::article),
            label: self.label,
        })
    }
}

/// Totals of the applied edits of a change.
#[derive(Default)]
struct Tally {
    applied: usize,
    left_out: usize,
    reason: Option<String>,
}

/// Applies all edits except those that newer changes or deletions are in the way of.
fn apply(db: &Connection, edits: &[Edit]) -> Result<Tally> {
    let mut tally = Tally::default();
    for edit in edits {
        match edit.fit(db)? {
            Fit::Applies => {
                edit.apply(db)?;
                tally.applied += 1;
            }
            Fit::Idle => tally.applied += 1,
            Fit::Conflict(reason) => {
                tally.left_out += 1;
                tally.reason.get_or_insert(reason);
            }
        }
    }
    Ok(tally)
}

impl Library {
    /// Returns the same library with its changes recorded as made there. A library that is opened records them as made
    /// on the command line.
    #[must_use]
    pub fn used_on(mut self, origin: Origin) -> Self {
        self.session = Session::new(origin);
        self
    }

    /// Changes the library; `work` gets the name under which the change is recorded.
    pub(super) fn change<T>(&mut self, work: impl FnOnce(&Connection, &str) -> Result<T>) -> Result<T> {
        let made_by = self.session.name();
        self.write(|db| work(db, &made_by))
    }

    /// Returns the change that an undo or a redo takes next. Changes that this session could not undo or redo are
    /// skipped.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn last_change(&self, direction: Direction, by: By) -> Result<Option<JournalEntry>> {
        let undone = direction == Direction::Redo;
        let session = self.session.name();
        let last_by = match by {
            By::Session => session.as_str(),
            By::CommandLine => "cli *",
            By::Anyone => "*",
        };
        let sql = format!(
            "SELECT {COLUMNS} FROM changes WHERE undone = ? AND coalesce(last_by, '') GLOB ? ORDER BY sequence DESC, id DESC"
        );
        (|| {
            let db = &self.connection;
            let mut statement = db.prepare_cached(&sql)?;
            let rows = statement.query_map(params![undone, last_by], Recorded::read)?;
            for recorded in rows {
                let recorded = recorded?;
                if !self.session.refused.contains(&recorded.id) {
                    return recorded.entry(db, &session).map(Some);
                }
            }
            Ok(None)
        })()
        .map_err(|error: Error| self.tell(error))
    }

    /// Returns every change in the journal, the latest first.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub fn journal(&self) -> Result<Vec<JournalEntry>> {
        let session = self.session.name();
        (|| {
            let db = &self.connection;
            let mut statement = db.prepare(&format!("SELECT {COLUMNS} FROM changes ORDER BY id DESC"))?;
            let rows = statement.query_map([], Recorded::read)?;
            rows.map(|recorded| recorded?.entry(db, &session)).collect::<Result<Vec<_>>>()
        })()
        .map_err(|error: Error| self.tell(error))
    }

    /// Undoes a change. Edits whose datum has changed since are left out.
    ///
    /// # Errors
    /// Returns an error if there is no such change, it is undone already, every edit of it would be left out, or the
    /// library cannot be written to.
    pub fn undo(&mut self, id: i64) -> Result<Replayed> {
        self.replay(Direction::Undo, id)
    }

    /// Redoes an undone change. Edits whose datum has changed since are left out.
    ///
    /// # Errors
    /// Returns an error if there is no such change, it is not undone, every edit of it would be left out, or the
    /// library cannot be written to.
    pub fn redo(&mut self, id: i64) -> Result<Replayed> {
        self.replay(Direction::Redo, id)
    }

    fn replay(&mut self, direction: Direction, id: i64) -> Result<Replayed> {
        let session = self.session.name();
        let undo = direction == Direction::Undo;
        let outcome = self.write(|db| {
            let sql = format!("SELECT {COLUMNS} FROM changes WHERE id = ?");
            let found = db.query_row(&sql, [id], Recorded::read).optional()?;
            let recorded = found.ok_or_else(|| Error::Refused(format!("there is no change {id} to undo or redo")))?;
            if recorded.undone == undo {
                let state = if undo { "is undone already" } else { "is not undone" };
                return Err(Error::Refused(format!("change {id}, “{}”, {state}", recorded.label)));
            }
            let tally = apply(db, &recorded.edits(direction)?)?;
            if tally.applied == 0
                && let Some(reason) = tally.reason
            {
                let verb = if undo { "undo" } else { "redo" };
                return Err(Error::Conflict(format!("cannot {verb} “{}” because {reason}", recorded.label)));
            }
            db.execute(
                "UPDATE changes SET undone = ?2, last_by = ?3, sequence = ?4 WHERE id = ?1",
                params![id, undo, session, next_sequence(db)?],
            )?;
            Ok(Replayed { label: recorded.label, left_out: tally.left_out })
        });
        match &outcome {
            Err(Error::Conflict(_)) => drop(self.session.refused.insert(id)),
            _ => drop(self.session.refused.remove(&id)),
        }
        outcome
    }
}
