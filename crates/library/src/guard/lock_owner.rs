//! Names the process that is writing to the library, in a small file beside it. A process that has to wait can then
//! report which process it is waiting for. The file is not a lock, since SQLite does the locking.

use super::beside;
use std::fs;
use std::path::{Path, PathBuf};

/// Path of the file that names this process as the writer. The file is deleted on drop. After a crash, the next writer
/// overwrites it.
#[derive(Debug)]
pub(crate) struct LockOwner(PathBuf);

impl LockOwner {
    /// Names this process as the writer, unless it is already named. Otherwise the same as [`LockOwner::claim`].
    #[must_use]
    pub(crate) fn claim_if_free(library: &Path, what: &str) -> Option<Self> {
        let ours = read(&beside(library, ".lock")).is_some_and(|(process, _)| process == std::process::id());
        (!ours).then(|| Self::claim(library, what))
    }

    /// Names this process as the writer and describes what it is doing, such as "adding stories". In a read-only
    /// folder, nothing is written.
    #[must_use]
    pub(crate) fn claim(library: &Path, what: &str) -> Self {
        let path = beside(library, ".lock");
        let _ = fs::write(&path, format!("{} {what}\n", std::process::id()));
        Self(path)
    }
}

impl Drop for LockOwner {
    fn drop(&mut self) {
        if read(&self.0).is_some_and(|(process, _)| process == std::process::id()) {
            let _ = fs::remove_file(&self.0);
        }
    }
}

/// Describes the process that is writing to the library.
pub(crate) fn name(library: &Path) -> String {
    match read(&beside(library, ".lock")).filter(|&(process, _)| is_running(process)) {
        Some((process, what)) => format!("another Dateline (process {process}, {what})"),
        None => "another program".to_owned(),
    }
}

fn read(path: &Path) -> Option<(u32, String)> {
    let words = fs::read_to_string(path).ok().filter(|words| words.len() < 200)?;
    let (process, what) = words.trim_end().split_once(' ')?;
    Some((process.parse().ok()?, what.to_owned()))
}

/// Returns whether a process is running. On a system without `/proc`, always returns `true`.
fn is_running(process: u32) -> bool {
    !Path::new("/proc/self").exists() || Path::new(&format!("/proc/{process}")).exists()
}
