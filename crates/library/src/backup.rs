//! A copy of the whole library while it is in use, by SQLite's online backup.

use super::unfinished::Unfinished;
use super::{Error, Library, Result};
use jiff::civil::Date;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How many pages are copied at once; writers come in between.
const PAGES: i32 = 512;

/// What the names of daily copies begin and end with.
const BEFORE: &str = "library-";
const BEHIND: &str = ".db";

/// The day of a daily copy.
fn day(name: &str) -> Option<Date> {
    name.strip_prefix(BEFORE)?.strip_suffix(BEHIND)?.parse().ok()
}

impl Library {
    /// Copies the library to a new file.
    ///
    /// # Errors
    /// When there is a file already, or it cannot be written.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        let unfinished = Unfinished::new(to)?;
        copy(&self.connection, unfinished.path()).map_err(|error: rusqlite::Error| Error::from(error).at(to))?;
        unfinished.publish()
    }

    /// Makes today's copy in a folder unless there is one, and deletes the oldest of such copies
    /// beyond `keep`; the copy that was made.
    ///
    /// # Errors
    /// When the copy cannot be made or an old one cannot be deleted; the others are there then.
    pub fn back_up_daily(&self, folder: &Path, keep: usize, today: Date) -> Result<Option<PathBuf>> {
        let failed = |error| Error::File(folder.to_owned(), error);
        let name = |day: Date| format!("{BEFORE}{day}{BEHIND}");
        std::fs::create_dir_all(folder).map_err(failed)?;
        let file = folder.join(name(today));
        let made = !file.exists();
        if made {
            self.back_up(&file)?;
        }
        let mut days: Vec<Date> = std::fs::read_dir(folder)
            .map_err(failed)?
            .filter_map(|entry| day(&entry.ok()?.file_name().to_string_lossy()))
            .collect();
        days.sort_unstable();
        days.truncate(days.len().saturating_sub(keep.max(1)));
        for day in days {
            std::fs::remove_file(folder.join(name(day))).map_err(failed)?;
        }
        Ok(made.then_some(file))
    }
}

/// Copies a database, with what its log holds, to an empty file; writers come in between.
pub(super) fn copy(from: &Connection, to: &Path) -> rusqlite::Result<()> {
    let mut copy = Connection::open(to)?;
    {
        let backup = Backup::new(from, &mut copy)?;
        loop {
            match backup.step(PAGES)? {
                StepResult::Done => break,
                StepResult::More => {}
                _ => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }
    // One file, whole in itself.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    copy.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
}
