//! Backs up the whole library while it is in use, with SQLite's online backup API.

use super::unfinished::Unfinished;
use super::{Error, Library, Result};
use jiff::civil::Date;
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Number of database pages copied per step. Other connections can write between steps.
const PAGES: i32 = 512;

/// Prefix and suffix of the file names of daily backups.
const PREFIX: &str = "library-";
const SUFFIX: &str = ".db";

/// Parses the day from the file name of a daily backup.
fn day(name: &str) -> Option<Date> {
    name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.parse().ok()
}

impl Library {
    /// Backs up the library to a new file.
    ///
    /// # Errors
    /// Returns an error if the file already exists or cannot be written.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        let unfinished = Unfinished::new(to)?;
        copy(&self.connection, unfinished.path()).map_err(|error: rusqlite::Error| Error::from(error).at(to))?;
        unfinished.publish()
    }

    /// Creates today's backup in a folder unless it exists, and deletes the oldest daily backups beyond `keep`. Copies
    /// of later days are kept. Returns the path of the new backup, if one was created.
    ///
    /// # Errors
    /// Returns an error if the backup cannot be created or an old one cannot be deleted. All other backups are then
    /// kept.
    pub fn back_up_daily(&self, folder: &Path, keep: usize, today: Date) -> Result<Option<PathBuf>> {
        let failed = |error| Error::File(folder.to_owned(), error);
        let name = |day: Date| format!("{PREFIX}{day}{SUFFIX}");
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
        // A copy of a later day, made when the clock was wrong, does not count until that day.
        days.retain(|day| *day <= today);
        days.sort_unstable();
        days.truncate(days.len().saturating_sub(keep.max(1)));
        for day in days {
            std::fs::remove_file(folder.join(name(day))).map_err(failed)?;
        }
        Ok(made.then_some(file))
    }
}

/// Copies a database, including its WAL, to an empty file. Other connections can write between steps.
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
    // Leaving WAL mode checkpoints the copy and deletes its WAL, so that the copy is a single complete file.
    copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    copy.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn copies_of_later_days_do_not_cost_the_copy_of_today() {
        let folder = std::env::temp_dir().join(format!("dateline-daily-{}", std::process::id()));
        let library = Library::open_or_create(&folder.join("library.db")).unwrap();
        // The clock was a month ahead for two days.
        for day in [date(2026, 12, 30), date(2026, 12, 31)] {
            library.back_up_daily(&folder, 2, day).unwrap();
        }
        let made = library.back_up_daily(&folder, 2, date(2026, 12, 1)).unwrap().unwrap();
        assert!(made.exists(), "the copy that was just reported is gone");
        let copies = std::fs::read_dir(&folder).unwrap();
        let names = copies.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| day(name).is_some()).collect();
        names.sort();
        let days: Vec<String> = names.iter().map(|name| day(name).unwrap().to_string()).collect();
        assert_eq!(days, ["2026-12-01", "2026-12-30", "2026-12-31"]);
        drop(library);
        let _ = std::fs::remove_dir_all(folder);
    }
}
