//! State of this library among those that are paired: its ID, and the folders that it shares with others.

use super::capture;
use super::log_file::Position;
use crate::{Error, Result};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::hash::{BuildHasher, RandomState};
use std::path::{Path, PathBuf};

/// A folder that the library is paired through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Folder {
    pub id: i64,
    pub path: PathBuf,
    /// Name of this library's file; empty if it has none yet.
    pub file: String,
    /// ID of the last register in the file.
    pub written: i64,
    pub at: Position,
    /// Whether the texts of marked stories are written.
    pub stories: bool,
}

const COLUMNS: &str = "id, path, file, written, length, chain, stories";

impl Folder {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let path: String = row.get(1)?;
        // Line numbers of the own file are not shown.
        let at = Position { length: row.get::<_, i64>(4)? as u64, lines: 0, chain: row.get(5)? };
        let (file, written, stories) = (row.get(2)?, row.get(3)?, row.get(6)?);
        Ok(Self { id: row.get(0)?, path: path.into(), file, written, at, stories })
    }

    /// Stores what this library has written into its file.
    pub(super) fn put(&self, db: &Connection, now: i64) -> Result<()> {
        db.prepare_cached(
            "UPDATE pair_folders SET file = ?2, written = ?3, length = ?4, chain = ?5, at = ?6 WHERE id = ?1",
        )?
        .execute(params![self.id, self.file, self.written, self.at.length as i64, self.at.chain, now])?;
        Ok(())
    }
}

/// Returns a random ID.
fn new_id() -> String {
    let random = || RandomState::new().hash_one(std::process::id());
    let mut id = format!("{:016x}{:016x}", random(), random());
    id.truncate(16);
    id
}

/// Returns the ID of this library among those that are paired, which is new if the library is paired for the first time
/// or was copied from another place. Must be called in a transaction.
pub(super) fn library_id(db: &Connection, place: &str) -> Result<String> {
    let known: Option<(String, String)> =
        db.query_row("SELECT id, place FROM pair_machine", [], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    match known {
        Some((id, known)) if known == place => Ok(id),
        Some(_) => renew_id(db, Some(place)),
        None => {
            let id = new_id();
            db.execute("INSERT INTO pair_machine (id, place) VALUES (?, ?)", [&id, place])?;
            capture::touch_all(db)?;
            Ok(id)
        }
    }
}

/// Gives the library a new ID, so that it begins new files. Two libraries must not write to one file.
pub(super) fn renew_id(db: &Connection, place: Option<&str>) -> Result<String> {
    let id = new_id();
    db.execute("UPDATE pair_machine SET id = ?1, place = coalesce(?2, place)", params![id, place])?;
    db.execute("UPDATE pair_folders SET file = '', written = 0, length = 0, chain = ''", [])?;
    Ok(id)
}

/// Returns whether the library has an ID at this place.
pub(super) fn known_id(db: &Connection, place: &str) -> Result<Option<String>> {
    let sql = "SELECT id FROM pair_machine WHERE place = ?";
    Ok(db.query_row(sql, [place], |row| row.get(0)).optional()?)
}

/// Returns the folder with a path.
pub(super) fn find(db: &Connection, path: &str) -> Result<Option<Folder>> {
    let sql = format!("SELECT {COLUMNS} FROM pair_folders WHERE path = ?");
    Ok(db.query_row(&sql, [path], Folder::read).optional()?)
}

/// Returns all folders.
pub(super) fn all(db: &Connection) -> Result<Vec<Folder>> {
    let sql = format!("SELECT {COLUMNS} FROM pair_folders ORDER BY id");
    let mut statement = db.prepare(&sql)?;
    Ok(statement.query_map([], Folder::read)?.collect::<rusqlite::Result<_>>()?)
}

/// Returns the folder with a path, after adding it if it is new. `stories` changes whether texts are written.
pub(super) fn ensure(db: &Connection, path: &str, stories: Option<bool>) -> Result<Folder> {
    db.execute("INSERT OR IGNORE INTO pair_folders (path) VALUES (?)", [path])?;
    if let Some(stories) = stories {
        db.execute("UPDATE pair_folders SET stories = ?2 WHERE path = ?1", params![path, stories])?;
    }
    find(db, path)?.ok_or(Error::Packed("folder"))
}

/// Records when the library was paired through a folder, or why that failed.
pub(super) fn ended(db: &Connection, path: &str, failure: Option<&str>, now: i64) -> Result<()> {
    db.execute(
        "UPDATE pair_folders SET error = ?2, at = iif(?2 IS NULL, ?3, at) WHERE path = ?1",
        params![path, failure, now],
    )?;
    Ok(())
}

/// Returns the path of an existing folder without links, as text.
///
/// # Errors
/// Returns an error if it is not a folder or its path is not UTF-8.
pub(super) fn full_path(folder: &Path) -> Result<String> {
    let path = folder.canonicalize().map_err(|error| Error::File(folder.to_owned(), error))?;
    if !path.is_dir() {
        return Err(Error::Refused(format!("{} is not a folder", folder.display())));
    }
    path.into_os_string().into_string().map_err(|_| Error::Refused("the path of the folder is not UTF-8".to_owned()))
}

/// Removes a folder. Returns whether there was one. Without any folder, nothing is recorded any more.
pub(super) fn remove(db: &Connection, path: &str) -> Result<bool> {
    let removed = db.execute("DELETE FROM pair_folders WHERE path = ?", [path])? > 0;
    db.execute_batch(
        "DELETE FROM pair_machine WHERE NOT EXISTS (SELECT 1 FROM pair_folders);
         DELETE FROM pair_stories WHERE NOT EXISTS (SELECT 1 FROM pair_folders);
         DELETE FROM pair_registers WHERE NOT EXISTS (SELECT 1 FROM pair_folders);
         DELETE FROM pair_highlights WHERE NOT EXISTS (SELECT 1 FROM pair_folders);
         DELETE FROM pair_touched WHERE NOT EXISTS (SELECT 1 FROM pair_folders);",
    )?;
    Ok(removed)
}
