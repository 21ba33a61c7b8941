//! The copy of the old file that is kept beside a library while it is migrated: `library.db.before-4`.

use crate::guard::beside;
use crate::{Error, Result, backup};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// Returns the path of the copy that is kept while the library becomes `form`.
pub(super) fn place(path: &Path, form: i64) -> PathBuf {
    beside(path, &format!(".before-{form}"))
}

/// Copies the library and the contents of its log. The caller holds the writer's lock, so nothing is written meanwhile.
///
/// # Errors
/// Returns an error if the copy cannot be written; a partial one is removed.
pub(super) fn make(path: &Path, form: i64) -> Result<()> {
    let copy = place(path, form);
    // Gets its name once it is complete, because a kill may come at any time.
    let unfinished = beside(&copy, ".unfinished");
    let outcome = fill(path, &unfinished).and_then(|()| put(&unfinished, &copy));
    outcome.map_err(|reason| {
        remove_with_log(&unfinished);
        Error::NoCopy { path: path.to_owned(), copy, size: fs::metadata(path).map_or(0, |file| file.len()), reason }
    })
}

/// Removes the copy, if there is one.
pub(super) fn remove(path: &Path, form: i64) {
    let copy = place(path, form);
    remove_with_log(&copy);
    remove_with_log(&beside(&copy, ".unfinished"));
}

fn fill(path: &Path, to: &Path) -> std::result::Result<(), String> {
    remove_with_log(to);
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let library = Connection::open_with_flags(path, flags).map_err(|error| error.to_string())?;
    backup::copy(&library, to).map_err(|error| error.to_string())
}

/// Writes the copy to the disk and gives it its name.
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
        // Most of them are not there; one that stays is overwritten by the next migration.
        let _ = fs::remove_file(beside(file, ending));
    }
}
