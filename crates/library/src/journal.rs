//! Journal of the changes made by the user, with the session that made each, and their undo and redo.
//!
//! A change is removed from the journal only after its articles have been permanently deleted, because a value that an
//! undo replaced, such as a note, is kept nowhere else.

use super::conflict::Fit;
use super::edit::Edit;
use super::{Error, Library, Result, now};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// Interface through which a change was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The change was made in the TUI.
    Screen,
    /// The change was made by a command, or by another program that uses this crate.
    CommandLine,
    /// The change was made by a rule of the user.
    Rule,
}

impl Origin {
    const fn name(self) -> &'static str {
        match self {
            Self::Screen => "screen",
            Self::CommandLine => "cli",
            Self::Rule => "rule",
        }
    }
}

/// Filter for changes by the session that last made, undid or redid them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Only changes of the session of this [`Library`].
    Session,
    /// Only changes made by commands.
    CommandLine,
    /// Changes of every session.
    Anyone,
}

/// Direction in which a change is replayed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Replaces new values with old ones.
    Undo,
    /// Replaces old values with new ones.
    Redo,
}

/// A change in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JournalEntry {
    /// ID of the change in this library.
    pub id: i64,
    /// Time of the change, in Unix seconds; `None` for a correction made by an older program, which did not record the
    /// time.
    pub at: Option<i64>,
    /// Description of the change, such as "starred 3 articles".
    pub label: String,
    /// Headline of the changed article; `None` if there were several or the article has been deleted.
    pub headline: Option<String>,
    /// Whether the change is currently undone.
    pub undone: bool,
    /// Interface through which the change was made; `None` for changes made by older programs.
    pub origin: Option<Origin>,
    /// Whether the current session was the last to make, undo or redo the change.
    pub own: bool,
    /// ID of the article whose note would be removed or replaced by replaying the change. Replaying is an undo or, if
    /// the change is currently undone, a redo.
    pub rewrites_note_of: Option<i64>,
}

/// Outcome of an undo or redo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Description of the replayed change.
    pub label: String,
    /// Number of edits skipped because of newer changes or deletions.
    pub left_out: usize,
}

/// A session, to which all changes made through one connection belong.
#[derive(Debug)]
pub(super) struct Session {
    origin: Origin,
    id: String,
    /// IDs of changes that could not be undone or redone. They are skipped, so that the next undo tries an earlier
    /// change.
    refused: BTreeSet<i64>,
}

impl Session {
    pub(crate) fn new(origin: Origin) -> Self {
        // A process may open several connections, and operating systems reuse process IDs.
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let moment = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        Self { origin, id: format!("{:x}-{moment:x}-{count:x}", std::process::id()), refused: BTreeSet::new() }
    }

    /// Returns the origin and the session ID, in the form stored in the journal.
    fn name(&self) -> String {
        format!("{} {}", self.origin.name(), self.id)
    }
}

/// Applies edits and records them as one change. Edits that change nothing are ignored.
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

/// Records corrections that the journal lacks, such as imported ones, so that they can be undone.
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

/// Deletes changes that concern only permanently deleted articles. They cannot be undone, and no words of such articles
/// may remain in the file.
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

    /// Returns the edits of the change for a direction, in the order in which to apply them.
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
            [Origin::Screen, Origin::CommandLine, Origin::Rule]
                .into_iter()
                .find(|origin| made_by.starts_with(origin.name()))
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

/// Counts of the edits in a change, by outcome.
#[derive(Default)]
struct Tally {
    applied: usize,
    left_out: usize,
    reason: Option<String>,
}

/// Applies all edits except those that conflict with newer changes or deletions.
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
    /// Starts a new session with this origin, to which later changes are attributed. A newly opened library attributes
    /// changes to the command line.
    #[must_use]
    pub fn used_on(mut self, origin: Origin) -> Self {
        self.session = Session::new(origin);
        self
    }

    /// Changes the library in one transaction. `work` receives the name of the session, for the journal.
    pub(super) fn change<T>(&mut self, work: impl FnOnce(&Connection, &str) -> Result<T>) -> Result<T> {
        let made_by = self.session.name();
        self.write(|db| work(db, &made_by))
    }

    /// Returns the change that would be undone or redone next. Changes that this session failed to undo or redo are
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
        .map_err(|error: Error| self.with_path(error))
    }

    /// Returns every change in the journal, latest first.
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
        .map_err(|error: Error| self.with_path(error))
    }

    /// Undoes a change or redoes an undone one, except for edits of data changed since.
    ///
    /// # Errors
    /// Returns an error if the change does not exist, if it is already undone or, for a redo, not undone, if every edit
    /// would be skipped, or if the library cannot be written to.
    pub fn replay(&mut self, direction: Direction, id: i64) -> Result<Replayed> {
        let session = self.session.name();
        let undo = direction == Direction::Undo;
        let outcome = self.write(|db| {
            let sql = format!("SELECT {COLUMNS} FROM changes WHERE id = ?");
            let found = db.query_row(&sql, [id], Recorded::read).optional()?;
            let recorded = found.ok_or_else(|| Error::Refused(format!("no change {id} to undo or redo")))?;
            if recorded.undone == undo {
                let state = if undo { "already been undone" } else { "not been undone, so it cannot be redone" };
                return Err(Error::Refused(format!("change {id} (“{}”) has {state}", recorded.label)));
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
