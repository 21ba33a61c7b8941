//! Reads a library in a folder in which nothing can be created. Processes share the index of a WAL through a file beside
//! the library, which SQLite cannot create there.

use super::{beside, check_application, configure, length, open_file};
use crate::{Error, Result};
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Implementation of SQLite's file system without locks. It keeps the index of the WAL in memory.
const WITHOUT_LOCKS: &str = if cfg!(windows) { "win32-none" } else { "unix-none" };

/// Opens a library for reading only, without locks and without the shared index of its WAL. Changes that are still in the
/// WAL are read from there.
///
/// # Errors
/// Returns an error if the WAL or its index exists but cannot be read, because the library without it would lack its
/// latest changes or be in use by another process. Returns an error as [`super::open`] does, too.
pub(super) fn connect(path: &Path) -> Result<Connection> {
    if let Some((companion, reason)) = unreadable_companion(path) {
        return Err(Error::Open(
            path.to_owned(),
            format!(
                "{} holds its latest changes and cannot be read ({reason}). Make that file readable, or copy it \
                 together with the library into a folder of your own",
                companion.display()
            ),
        ));
    }
    let has_changes = length(&beside(path, "-wal")) > 0;
    let options = if has_changes { format!("?vfs={WITHOUT_LOCKS}") } else { "?immutable=1".to_owned() };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(uri(path) + &options, flags)?;
    if has_changes {
        // Before the first read, because only a connection without others keeps the index of the WAL in memory.
        connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE")?;
    }
    check_application(&connection, path)?;
    configure(&connection)?;
    Ok(connection)
}

/// Returns the WAL or its index if it exists and cannot be read, with the reason. If this process has another connection,
/// it can read both, and closing the index here would drop the locks of that connection.
fn unreadable_companion(path: &Path) -> Option<(PathBuf, std::io::Error)> {
    if open_file::is_shared(path) {
        return None;
    }
    ["-wal", "-shm"].into_iter().find_map(|ending| {
        let companion = beside(path, ending);
        let error = File::open(&companion).err().filter(|error| error.kind() != std::io::ErrorKind::NotFound)?;
        Some((companion, error))
    })
}

/// Returns the URI of a file as SQLite reads it.
fn uri(path: &Path) -> String {
    let mut uri = "file:".to_owned();
    for &byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            uri.push(byte.into());
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guard::{Access, open};
    use std::fs;

    /// Creates a library file with one row in its WAL, in a folder of its own.
    fn library(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("dateline-unshared-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (path, copy) = (folder.join("first.db"), folder.join("a copy?.db"));
        let (_file, connection) = open(&path, Access::Create).unwrap();
        connection.execute_batch("PRAGMA application_id = 0x444c4e45; CREATE TABLE marks (word TEXT)").unwrap();
        connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); INSERT INTO marks VALUES ('late')").unwrap();
        fs::copy(&path, &copy).unwrap();
        fs::copy(beside(&path, "-wal"), beside(&copy, "-wal")).unwrap();
        copy
    }

    #[test]
    fn the_log_is_read_without_its_shared_index() {
        let path = library("read");
        let connection = connect(&path).unwrap();
        let count = |connection: &Connection| {
            connection.query_row("SELECT count(*) FROM marks", [], |row| row.get::<_, i64>(0)).unwrap()
        };
        assert_eq!(count(&connection), 1, "the changes in the log are missing");
        assert!(!beside(&path, "-shm").exists());
        assert!(connection.execute("DELETE FROM marks", []).is_err());
        drop(connection);
        assert!(length(&beside(&path, "-wal")) > 0, "reading moved the log");
        fs::remove_file(beside(&path, "-wal")).unwrap();
        assert_eq!(count(&connect(&path).unwrap()), 0);
        let _ = fs::remove_dir_all(path.parent().unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_log_or_an_index_that_cannot_be_read_is_named() {
        for ending in ["-wal", "-shm"] {
            let path = library(ending);
            let companion = beside(&path, ending);
            let _ = fs::remove_file(&companion);
            // A link to itself cannot be opened by any user.
            std::os::unix::fs::symlink(&companion, &companion).unwrap();
            let error = connect(&path).unwrap_err().to_string();
            assert!(
                error.contains(&format!("a copy?.db{ending} holds its latest changes and cannot be read")),
                "{error}"
            );
            assert!(error.contains("copy it together with the library"), "{error}");
            let _ = fs::remove_dir_all(path.parent().unwrap());
        }
    }
}
