//! Copy of the old file that is kept beside a library during its migration: `library.db.before-4`.

use crate::guard::beside;
use crate::{Error, Result, backup};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Returns the path of the copy kept during a migration to schema version `version`.
pub(super) fn place(path: &Path, version: i64) -> PathBuf {
    beside(path, &format!(".before-{version}"))
}

/// Copies the library, including its WAL. The caller must hold the write lock, so that nothing is written in the
/// meantime.
///
/// # Errors
/// Returns an error if the copy cannot be written. A partial copy is removed.
pub(super) fn make(path: &Path, version: i64) -> Result<()> {
    let copy = place(path, version);
    // The copy gets its final name only once it is complete, because the process may be killed at any time.
    let unfinished = beside(&copy, ".unfinished");
    let outcome = fill(path, &unfinished).and_then(|()| put(&unfinished, &copy));
    outcome.map_err(|reason| {
        remove_with_log(&unfinished);
        Error::NoCopy { path: path.to_owned(), copy, size: fs::metadata(path).map_or(0, |file| file.len()), reason }
    })
}

/// Removes the copy, if it exists.
pub(super) fn remove(path: &Path, version: i64) {
    let copy = place(path, version);
    remove_with_log(&copy);
    remove_with_log(&beside(&copy, ".unfinished"));
}

fn fill(path: &Path, to: &Path) -> std::result::Result<(), String> {
    remove_with_log(to);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let library = Connection::open_with_flags(path, flags).map_err(|error| error.to_string())?;
    backup::copy(&library, to).map_err(|error| error.to_string())
}

/// Syncs the copy to disk and renames it to its final name.
fn put(unfinished: &Path, copy: &Path) -> std::result::Result<(), String> {
    let named = || -> io::Result<()> {
        File::open(unfinished)?.sync_all()?;
        fs::rename(unfinished, copy)?;
        match copy.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            Some(folder) => File::open(folder)?.sync_all(),
            None => File::open(".")?.sync_all(),
        }
    };
    named().map_err(|error| error.to_string())
}

fn remove_with_log(file: &Path) {
    for ending in ["", "-wal", "-shm", "-journal"] {
        // Most of these files do not exist. If one cannot be removed, the next migration overwrites it.
        let _ = fs::remove_file(beside(file, ending));
    }
}
