//! Errors of the library, each in one sentence for the user.

use super::guard::lock_owner;
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Reason why a library operation failed. Data stored before the failure is not affected.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The library file does not exist.
    #[error("there is no library at {place}", place = .0.display())]
    Missing(PathBuf),
    /// The file is not a library. The string gives the reason.
    #[error("{place} is not a Dateline library ({1}); it was not changed", place = .0.display())]
    Foreign(PathBuf, &'static str),
    /// The library was written by a newer program.
    #[error(
        "the library {} was written by a newer Dateline (schema version {found}; this one supports up to {known}); \
        it was not changed",
        .path.display()
    )]
    Newer {
        /// Path of the library.
        path: PathBuf,
        /// Schema version of the library.
        found: i64,
        /// Newest schema version that this program supports.
        known: i64,
    },
    /// The library has an older schema but was opened for reading only, so it could not be migrated.
    #[error("the library {place} has an older schema; open it for writing once to upgrade it", place = .0.display())]
    Older(PathBuf),
    /// The library was not migrated because the old file could not be copied.
    #[error(
        "the library {} was not upgraded because no copy of the old one could be written to {} ({reason}); it was \
        not changed. Free {} MB there, or move the library to a disk that has room",
        .path.display(), .copy.display(), .size.div_ceil(1_000_000)
    )]
    NoCopy {
        /// Path of the library.
        path: PathBuf,
        /// Path at which the copy was to be written.
        copy: PathBuf,
        /// Size of the intended copy, in bytes.
        size: u64,
        /// Reason why the copy could not be written.
        reason: String,
    },
    /// The library of an older program cannot be migrated without loss.
    #[error("the library {place} was not upgraded ({1}); it was not changed", place = .0.display())]
    Migration(PathBuf, String),
    /// The library file is damaged or is not an SQLite file.
    #[error("the library {place} is damaged ({1}); it was not changed", place = .0.display())]
    Damaged(PathBuf, String),
    /// Another program held the write lock for longer than the timeout. The string names that program.
    #[error("the library {place} is being written to by {1}; waited 5 seconds", place = .0.display())]
    Locked(PathBuf, String),
    /// The library file or its folder is read-only.
    #[error("the library {place} cannot be written to: the file or its folder is read-only", place = .0.display())]
    ReadOnly(PathBuf),
    /// The disk that contains the library is full.
    #[error("no room to write the library {place}: the disk is full or a size limit was reached; everything stored before is safe", place = .0.display())]
    Full(PathBuf),
    /// The library file cannot be opened or created.
    #[error("cannot open the library {place}: {1}", place = .0.display())]
    Open(PathBuf, String),
    /// The article does not exist.
    #[error("no such story in the library")]
    NoArticle,
    /// A stored value cannot be packed or unpacked. The string names the kind of value.
    #[error("a stored {0} cannot be read back")]
    Packed(&'static str),
    /// The request or the input is invalid. The string gives the reason.
    #[error("{0}")]
    Refused(String),
    /// An undo or redo would overwrite a newer value.
    #[error("{0}")]
    Conflict(String),
    /// A file other than the library could not be read or written.
    #[error("{place}: {1}", place = .0.display())]
    File(PathBuf, io::Error),
    /// The output could not be written.
    #[error("{0}")]
    Output(#[from] io::Error),
    /// Any other SQLite error.
    #[error("library database error: {0}")]
    Sqlite(#[from] rusqlite::Error),
}

impl Error {
    /// Converts an SQLite error to the matching variant that names the library at `path`.
    #[must_use]
    pub(crate) fn at(self, path: &Path) -> Self {
        use rusqlite::ErrorCode as Code;
        let Self::Sqlite(error) = self else { return self };
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => {
                let lock_owner = lock_owner::name(&path);
                Self::Locked(path, lock_owner)
            }
            Some(Code::ReadOnly | Code::PermissionDenied) => Self::ReadOnly(path),
            Some(Code::DiskFull | Code::SystemIoFailure) => Self::Full(path),
            Some(Code::DatabaseCorrupt) => Self::Damaged(path, error.to_string()),
            Some(Code::NotADatabase) => Self::Foreign(path, "not an SQLite file"),
            Some(Code::CannotOpen) => Self::Open(path, error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}
