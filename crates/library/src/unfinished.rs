//! Writes files requested by the user under a temporary name in the same folder, and renames them once they are
//! complete. A full disk or a crash then leaves nothing under the requested name.

use super::guard::beside;
use super::{Error, Result};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Writes a new file at `to` and returns the result of `write`. The file gets its name only when it is complete.
///
/// # Errors
/// Returns an error if `to` exists, its folder cannot be written to, or `write` fails. No part of the file is then left.
pub fn write_new_file<T>(to: &Path, write: impl FnOnce(&mut BufWriter<File>) -> Result<T>) -> Result<T> {
    Unfinished::new(to)?.write(write)
}

/// A file that is not yet complete. It is deleted if it is dropped before `Unfinished::publish` is called.
#[derive(Debug)]
pub(crate) struct Unfinished {
    to: PathBuf,
    path: PathBuf,
}

impl Unfinished {
    /// Creates a temporary file that will be published at `to`.
    ///
    /// # Errors
    /// Returns an error if `to` exists or its folder cannot be written to.
    pub(crate) fn new(to: &Path) -> Result<Self> {
        if to.symlink_metadata().is_ok() {
            return Err(Error::File(to.to_owned(), already_there()));
        }
        // The process ID makes the temporary name unique.
        let path = beside(to, &format!(".{}.unfinished", std::process::id()));
        let made = OpenOptions::new().write(true).create_new(true).open(&path);
        made.map_err(|error| Error::File(to.to_owned(), error))?;
        Ok(Self { to: to.to_owned(), path })
    }

    /// Returns the temporary path of the file.
    #[must_use]
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Fills the file with `write` and publishes it.
    ///
    /// # Errors
    /// Returns an error if `write` fails or the file cannot be published. The file is then deleted.
    fn write<T>(self, write: impl FnOnce(&mut BufWriter<File>) -> Result<T>) -> Result<T> {
        let outcome = (|| {
            let mut file = BufWriter::new(OpenOptions::new().write(true).open(&self.path)?);
            let out = write(&mut file)?;
            file.flush()?;
            Ok(out)
        })();
        let out = outcome.map_err(|error| self.with_path(error))?;
        self.publish()?;
        Ok(out)
    }

    /// Gives the file its final name, after its contents have been synced to disk.
    ///
    /// # Errors
    /// Returns an error if the disk fails, or if another file has got that name in the meantime.
    pub(crate) fn publish(self) -> Result<()> {
        self.rename().map_err(|error| self.with_path(error.into()))
    }

    fn rename(&self) -> io::Result<()> {
        File::open(&self.path)?.sync_all()?;
        // Unlike a rename, a hard link never replaces a file created in the meantime. Some file systems do not support
        // links, though.
        match fs::hard_link(&self.path, &self.to) {
            Ok(()) => fs::remove_file(&self.path)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(already_there()),
            Err(_) if self.to.symlink_metadata().is_ok() => return Err(already_there()),
            Err(_) => fs::rename(&self.path, &self.to)?,
        }
        // The new name is durable only once the folder has been synced. Some systems cannot open a folder.
        let folder = self.to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder).map_or(Ok(()), |folder| folder.sync_all())
    }

    /// Adds the name of the file to an output error, and mentions that the file was deleted.
    fn with_path(&self, error: Error) -> Error {
        match error {
            Error::Output(error) => {
                let reason = format!("{error}; the incomplete file was deleted");
                Error::File(self.to.clone(), io::Error::new(error.kind(), reason))
            }
            other => other,
        }
    }
}

fn already_there() -> io::Error {
    io::Error::new(io::ErrorKind::AlreadyExists, "file already exists; not overwritten")
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // SQLite may have created a journal or WAL beside the file.
        for ending in ["", "-journal", "-wal", "-shm"] {
            let _ = fs::remove_file(beside(&self.path, ending));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let path = std::env::temp_dir().join(format!("dateline-unfinished-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        path
    }

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_has_its_name_when_it_is_whole_and_never_before() {
        let folder = folder("whole");
        let to = folder.join("all.jsonl");
        let write = |file: &mut BufWriter<File>| {
            writeln!(file, "one")?;
            file.flush()?;
            assert!(!to.exists(), "it has its name too early");
            Ok(7)
        };
        assert_eq!(write_new_file(&to, write).unwrap(), 7);
        assert_eq!(fs::read_to_string(&to).unwrap(), "one\n");
        assert!(Unfinished::new(&to).unwrap_err().to_string().contains("already"));
        assert_eq!(names(&folder), ["all.jsonl"]);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_failure_leaves_nothing_and_what_another_wrote_meanwhile_stays() {
        let folder = folder("failure");
        let to = folder.join("all.jsonl");
        let full = |_: &mut BufWriter<File>| Err::<(), _>(io::Error::from(io::ErrorKind::StorageFull).into());
        let error = write_new_file(&to, full).unwrap_err().to_string();
        assert!(error.contains("all.jsonl") && error.contains("the incomplete file was deleted"), "{error}");
        assert_eq!(names(&folder), Vec::<String>::new());
        let unfinished = Unfinished::new(&to).unwrap();
        fs::write(&to, "another's").unwrap();
        assert!(unfinished.publish().is_err());
        assert_eq!((fs::read_to_string(&to).unwrap().as_str(), names(&folder).len()), ("another's", 1));
        fs::remove_dir_all(folder).unwrap();
    }
}
