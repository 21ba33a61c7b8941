//! A copy of the whole library while it is in use, by SQLite's online backup.

use super::unfinished::Unfinished;
use super::{Error, Library, Result};
use jiff::civil::Date;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Number of pages that are copied at once; writers get their turn in between.
const PAGES: i32 = 512;

/// Prefix and suffix of the names of daily copies.
const BEFORE: &str = "library-";
const BEHIND: &str = ".db";

/// Parses the day in the name of a daily copy.
fn day(name: &str) -> Option<Date> {
    name.strip_prefix(BEFORE)?.strip_suffix(BEHIND)?.parse().ok()
}

impl Library {
    /// Copies the library to a new file.
    ///
    /// # Errors
    /// Returns an error if there is a file already, or it cannot be written.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        let unfinished = Unfinished::new(to)?;
        copy(&self.connection, unfinished.path()).map_err(|error: rusqlite::Error| Error::from(error).at(to))?;
        unfinished.publish()
    }

    /// Makes today's copy in a folder unless there is one, and deletes the oldest of such copies beyond `keep`. Returns
    /// the path of the new copy.
    ///
    /// # Errors
    /// Returns an error if the copy cannot be made or an old one cannot be deleted; the other copies are kept then.
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

/// Copies a database and the contents of its log to an empty file; writers get their turn in between.
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
    // Leaves one file that is complete in itself.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    copy.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
}
