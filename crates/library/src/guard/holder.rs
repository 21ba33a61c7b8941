//! The process that is writing: a small file beside the library that names it, so that a process that has to wait can
//! name it. It is a note, not a lock: the lock is SQLite's.

use super::beside;
use std::fs;
use std::path::{Path, PathBuf};

/// The note of this process. It is deleted when dropped; after a crash the next one overwrites it.
#[derive(Debug)]
pub(crate) struct Holder(PathBuf);

impl Holder {
    /// Like [`Holder::claim`], unless this process has a note there already.
    #[must_use]
    pub(crate) fn claim_if_free(library: &Path, what: &str) -> Option<Self> {
        let ours = read(&beside(library, ".lock")).is_some_and(|(process, _)| process == std::process::id());
        (!ours).then(|| Self::claim(library, what))
    }

    /// Writes that this process is doing `what` ("adding articles"). In a folder that cannot be written to there is no
    /// note.
    #[must_use]
    pub(crate) fn claim(library: &Path, what: &str) -> Self {
        let path = beside(library, ".lock");
        let _ = fs::write(&path, format!("{} {what}\n", std::process::id()));
        Self(path)
    }
}

impl Drop for Holder {
    fn drop(&mut self) {
        if read(&self.0).is_some_and(|(process, _)| process == std::process::id()) {
            let _ = fs::remove_file(&self.0);
        }
    }
}

/// Describes the process that writes to the library.
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

/// Returns whether a process is running, if the system can say.
fn is_running(process: u32) -> bool {
    !Path::new("/proc/self").exists() || Path::new(&format!("/proc/{process}")).exists()
}
