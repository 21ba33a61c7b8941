//! A copy of the whole library while it is in use, by SQLite's online backup.

use super::{Error, Library, Result};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::path::Path;
use std::time::Duration;

/// How many pages are copied at once; writers come in between.
const PAGES: i32 = 512;

impl Library {
    /// Copies the library to a new file.
    ///
    /// # Errors
    /// When there is a file already, or it cannot be written.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        // Made here and now: nothing that another makes meanwhile is overwritten.
        std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(to)
            .map_err(|error| Error::File(to.to_owned(), error))?;
        let outcome = self.copy(to);
        if outcome.is_err() {
            let _ = std::fs::remove_file(to);
        }
        outcome.map_err(|error: rusqlite::Error| Error::from(error).at(to))
    }

    fn copy(&self, to: &Path) -> rusqlite::Result<()> {
        let mut copy = Connection::open(to)?;
        {
            let backup = Backup::new(&self.connection, &mut copy)?;
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
}
