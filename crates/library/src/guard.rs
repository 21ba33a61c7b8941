//! Checks a file before it is opened as a library. SQLite itself would turn an empty or foreign file into a library,
//! and would roll back any journal that it finds beside an intact one.

pub(super) mod lock_owner;
pub(super) mod open_file;
mod unshared;

use super::{Error, Result};
use open_file::{OpenFile, OpenFiles};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Value of the SQLite header field `application_id` in a Dateline library: "DLNE".
pub(super) const APPLICATION_ID: i64 = 0x444c_4e45;

/// Maximum time to wait for a lock held by another connection.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Size of a connection's page cache in kilobytes, and size of the WAL in pages at which SQLite runs a checkpoint. The
/// constants `BULK_*` are the values for bulk writes.
const CACHE_KILOBYTES: usize = 8_000;
const WAL_PAGES: usize = 1_000;
const BULK_CACHE_KILOBYTES: usize = 24_000;
const BULK_WAL_PAGES: usize = 16_000;

/// Access mode of a connection to a library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// The library is opened for reading only.
    Read,
    /// The library is opened for reading and writing.
    Write,
    /// The library is opened for reading and writing, and created if the file does not exist.
    Create,
}

/// Required fields of the 100-byte header of an SQLite file
/// (<https://www.sqlite.org/fileformat.html#the_database_header>).
struct Header {
    /// Size of a database page, in bytes.
    page: u64,
    /// Size of the database as recorded in the header, in pages.
    pages: u64,
    /// Whether the database is in WAL mode.
    has_log: bool,
    /// Application ID, which identifies the program that owns the file.
    application: i64,
}

/// Opens a file as a library. A file that is not a library is rejected and left unchanged. The first value must be
/// dropped after the connection.
pub(crate) fn open(path: &Path, access: Access) -> Result<(OpenFile, Connection)> {
    let mut files = OpenFiles::lock();
    let has_log = match files.has_log(path) {
        Some(has_log) => has_log,
        None => check(path, access)?,
    };
    if has_log && access != Access::Read {
        put_journal_aside(path)?;
    }
    if path.exists() {
        let file = files.register(path, has_log);
        drop(files);
        let connection = connect_shared_or_not(path, access)?;
        Ok((file, connection))
    } else {
        // No other thread may look at the file before it is counted.
        let connection = connect_shared_or_not(path, access)?;
        Ok((files.register(path, false), connection))
    }
}

/// Checks a file that is about to be opened, and creates its folder if needed. Returns whether it is a library in WAL mode
/// with more than one page.
fn check(path: &Path, access: Access) -> Result<bool> {
    match read_header(path)? {
        None if access == Access::Create => {
            if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                fs::create_dir_all(folder).map_err(|error| cannot_make(path, &error))?;
            }
            Ok(false)
        }
        None if !path.exists() => Err(Error::Missing(path.to_owned())),
        // The file is empty: the process that was creating the library was stopped before its first write.
        None if access == Access::Read => Err(Error::Older(path.to_owned())),
        None => Ok(false),
        Some(header) => {
            let cut = header.pages * header.page > fs::metadata(path).map_or(0, |file| file.len());
            if cut && length(&beside(path, "-wal")) == 0 {
                let why = format!("cut short: {} of {} bytes", length(path), header.pages * header.page);
                return Err(Error::Damaged(path.to_owned(), why));
            }
            Ok(header.has_log && header.pages > 1)
        }
    }
}

/// Opens a connection. In a folder that cannot be written to, a library in WAL mode is read without shared memory,
/// because SQLite cannot create it there.
fn connect_shared_or_not(path: &Path, access: Access) -> Result<Connection> {
    match connect(path, access) {
        Err(Error::Sqlite(error))
            if access == Access::Read
                && matches!(error.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)) =>
        {
            unshared::connect(path).map_err(|error| error.at(path))
        }
        outcome => outcome.map_err(|error| error.at(path)),
    }
}

/// Opens the copy of a damaged library, with settings that allow as much of it as possible to be read.
pub(super) fn open_damaged(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    check_application(&connection, path).map_err(|error| error.at(path))?;
    configure(&connection)?;
    Ok(connection)
}

/// Returns the length that a library should have according to its header, in bytes. This process must not have a
/// connection to it.
pub(super) fn stated_length(path: &Path) -> Result<u64> {
    match read_header(path)? {
        Some(header) => Ok(header.pages * header.page),
        None => Err(Error::Missing(path.to_owned())),
    }
}

fn connect(path: &Path, access: Access) -> Result<Connection> {
    let flags = match access {
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Create => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    };
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    check_application(&connection, path)?;
    if access != Access::Read {
        if connection.is_readonly("main")? {
            return Err(Error::ReadOnly(path.to_owned()));
        }
        // Large pages waste less space because packed texts take a few kilobytes each. The pragma only takes effect
        // when the file is created.
        connection.execute_batch("PRAGMA page_size = 16384")?;
        retry_while_busy(|| connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())))?;
    }
    configure(&connection)?;
    Ok(connection)
}

/// Retries `work` while SQLite reports that the database is busy. If two processes create a library at the same time,
/// one of them gets that error at once, in spite of the busy timeout.
fn retry_while_busy<T>(mut work: impl FnMut() -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    let begin = Instant::now();
    loop {
        match work() {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && begin.elapsed() < BUSY_TIMEOUT =>
            {
                std::thread::sleep(Duration::from_millis(20));
            }
            outcome => return outcome,
        }
    }
}

/// Configures a connection: commits are durable, nothing in the file is trusted, and foreign keys are enforced.
pub(super) fn configure(connection: &Connection) -> Result<()> {
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Keep SQLite from replanning a statement whenever new values are bound to it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.set_prepared_statement_cache_capacity(96);
    super::query::function::install(connection)?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
         PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;
         PRAGMA journal_size_limit = 16777216;",
    )?;
    connection.execute_batch(&format!("PRAGMA cache_size = -{CACHE_KILOBYTES}"))?;
    Ok(())
}

impl super::Library {
    /// Frees the page cache. SQLite rereads the pages when they are needed.
    pub fn shrink(&self) {
        // Failing to free memory is harmless.
        let _ = self.connection.execute_batch("PRAGMA shrink_memory");
    }

    /// Sets whether the connection is used for bulk writes. If so, it gets a larger page cache and a longer WAL. A page
    /// that many batches change is then written to the library once for all of them.
    pub(super) fn set_bulk(&self, bulk: bool) -> Result<()> {
        let (memory, log) = if bulk { (BULK_CACHE_KILOBYTES, BULK_WAL_PAGES) } else { (CACHE_KILOBYTES, WAL_PAGES) };
        let set = format!("PRAGMA cache_size = -{memory}; PRAGMA wal_autocheckpoint = {log};");
        self.connection.execute_batch(&set).map_err(|error| self.with_path(error))
    }
}

/// Reads the SQLite header of a file to which this process has no connection. Returns `None` if the file is missing or
/// empty.
fn read_header(path: &Path) -> Result<Option<Header>> {
    let foreign = |why| Err(Error::Foreign(path.to_owned(), why));
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(100).read_to_end(&mut bytes)) {
        Ok(0) => return Ok(None),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => return foreign("a folder"),
        Err(error) => return Err(Error::Open(path.to_owned(), error.to_string())),
    }
    if !bytes.starts_with(b"SQLite format 3\0") {
        return foreign("not an SQLite file");
    }
    let number = |at: usize, length: usize| {
        bytes.get(at..at + length).map(|digits| digits.iter().fold(0_u64, |sum, &digit| sum << 8 | u64::from(digit)))
    };
    let (Some(page), Some(pages), Some(application)) = (number(16, 2), number(28, 4), number(68, 4)) else {
        return Err(Error::Damaged(path.to_owned(), "cut short".to_owned()));
    };
    let page = if page == 1 { 65_536 } else { page };
    let header = Header { page, pages, has_log: bytes.get(18) == Some(&2), application: application as i64 };
    if header.application != APPLICATION_ID && header.application != 0 {
        return foreign("another program's file");
    }
    Ok(Some(header))
}

/// Rejects the database of another program, which has a different application ID, or tables but no application ID.
fn check_application(connection: &Connection, path: &Path) -> Result<()> {
    let application: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == APPLICATION_ID || (application == 0 && tables == 0) {
        return Ok(());
    }
    Err(Error::Foreign(path.to_owned(), "another program's file"))
}

/// Renames a rollback journal found beside a library in WAL mode. Such a journal does not belong to the library, but
/// SQLite would overwrite the library with its contents.
fn put_journal_aside(path: &Path) -> Result<()> {
    let journal = beside(path, "-journal");
    if !journal.exists() {
        return Ok(());
    }
    let mut number = 0;
    let aside = loop {
        let aside = beside(path, &format!("-journal.foreign{number}"));
        if !aside.exists() {
            break aside;
        }
        number += 1;
    };
    fs::rename(&journal, aside).map_err(|error| Error::File(journal, error))
}

/// Returns the path of a companion file: the path of the library with `ending` appended.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |file| file.len())
}

fn cannot_make(path: &Path, error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Error::ReadOnly(path.to_owned()),
        io::ErrorKind::StorageFull => Error::Full(path.to_owned()),
        _ => Error::Open(path.to_owned(), error.to_string()),
    }
}
