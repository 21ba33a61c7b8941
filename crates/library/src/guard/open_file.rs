//! Counts the connections of this process to each library file. On Unix, a process that closes any descriptor of a file
//! loses all its locks on that file (POSIX `fcntl`), also those that SQLite holds through other descriptors
//! (<https://www.sqlite.org/howtocorrupt.html>, 2.2). A program with an SQLite older than 3.51 then takes the library for
//! unused and deletes its WAL, into which this process goes on writing. So a file to which this process has a connection
//! must not be opened by other means than SQLite.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

/// Device and inode of a file.
type FileId = (u64, u64);

static OPEN: LazyLock<Mutex<HashMap<FileId, Entry>>> = LazyLock::new(Mutex::default);

/// Connections to one file.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    count: usize,
    /// Whether the file was a library in WAL mode when the first connection was opened.
    has_log: bool,
}

/// A connection of this process to a library file, from before it is opened until after it is closed.
#[derive(Debug)]
pub(crate) struct OpenFile(Option<FileId>);

impl Drop for OpenFile {
    fn drop(&mut self) {
        let Some(file) = self.0 else { return };
        let mut open = lock();
        if let Some(entry) = open.get_mut(&file) {
            entry.count -= 1;
            if entry.count == 0 {
                open.remove(&file);
            }
        }
    }
}

/// The files that are open, which no other thread can change meanwhile.
pub(super) struct OpenFiles(MutexGuard<'static, HashMap<FileId, Entry>>);

impl OpenFiles {
    /// Waits until no other thread looks at a file or opens a connection to a new one.
    pub(super) fn lock() -> Self {
        Self(lock())
    }

    /// Returns whether this process has a connection to the file, and whether that is a library in WAL mode.
    pub(super) fn has_log(&self, path: &Path) -> Option<bool> {
        id(path).and_then(|file| self.0.get(&file)).map(|entry| entry.has_log)
    }

    /// Counts a connection to the file.
    pub(super) fn register(&mut self, path: &Path, has_log: bool) -> OpenFile {
        let file = id(path);
        if let Some(file) = file {
            self.0.entry(file).or_insert(Entry { count: 0, has_log }).count += 1;
        }
        OpenFile(file)
    }
}

/// Returns whether this process has more than one connection to the file, or is opening another one.
pub(super) fn is_shared(path: &Path) -> bool {
    id(path).is_some_and(|file| lock().get(&file).is_some_and(|entry| entry.count > 1))
}

fn lock() -> MutexGuard<'static, HashMap<FileId, Entry>> {
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Identifies a file without opening it. Returns `None` if it does not exist.
#[cfg(unix)]
fn id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

/// Elsewhere, locks belong to the descriptor and not to the process.
#[cfg(not(unix))]
const fn id(_path: &Path) -> Option<FileId> {
    None
}

#[cfg(target_os = "linux")]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Library, Origin};
    use std::os::unix::fs::MetadataExt;

    /// Returns the number of locks that this process holds on the file.
    fn locks(path: &Path) -> usize {
        let inode = std::fs::metadata(path).unwrap().ino();
        let (process, file) = (format!(" {} ", std::process::id()), format!(":{inode} "));
        let locks = std::fs::read_to_string("/proc/locks").unwrap();
        locks.lines().filter(|line| line.contains(&process) && line.contains(&file)).count()
    }

    #[test]
    fn a_second_connection_leaves_the_locks_of_the_first() {
        let folder = std::env::temp_dir().join(format!("dateline-locks-{}", std::process::id()));
        let path = folder.join("library.db");
        let library = Library::open_or_create(&path).unwrap().used_on(Origin::CommandLine);
        let held = locks(&path);
        assert!(held > 0, "an open library is not locked");
        let linked = folder.join("linked.db");
        std::os::unix::fs::symlink(&path, &linked).unwrap();
        for other in [&path, &linked] {
            drop(Library::open_read_only(other).unwrap());
            drop(Library::open(other).unwrap());
            assert_eq!(locks(&path), held, "another connection in this process has dropped the locks");
        }
        drop(library);
        assert!(OpenFiles::lock().has_log(&path).is_none(), "a closed library is counted");
        assert_eq!(locks(&path), 0);
        let _ = std::fs::remove_dir_all(folder);
    }
}
