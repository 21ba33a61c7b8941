//! Pairs the library through the folders that the user has named, and records the outcome for the list of folders.

use dateline_library::{Library, Paired, PairedFolder, Result};
use std::path::Path;

/// Outcome of pairing through all folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PairReport {
    /// Number of folders.
    pub(crate) folders: usize,
    /// Number of folders that could not be read or written completely.
    pub(crate) failed: usize,
    /// Changes that came from other machines, as counts with their nouns.
    pub(crate) received: Vec<String>,
}

/// Pairs through all folders.
///
/// # Errors
/// Returns an error if the library fails. A folder that fails is only counted.
pub(crate) fn pair_all(library: &mut Library) -> Result<PairReport> {
    let folders = library.paired_folders()?;
    let mut report = PairReport { folders: folders.len(), ..PairReport::default() };
    for PairedFolder { path, .. } in folders {
        match pair(library, &path, None) {
            Ok(paired) => {
                report.failed += usize::from(!paired.faults.is_empty());
                report.received.extend(paired.received);
            }
            Err(_) => report.failed += 1,
        }
    }
    Ok(report)
}

/// Pairs through a folder and records the outcome. `stories` sets whether the texts of marked stories are written.
///
/// # Errors
/// Returns the error of [`Library::pair`], or of recording it.
pub(crate) fn pair(library: &mut Library, folder: &Path, stories: Option<bool>) -> Result<Paired> {
    let outcome = library.pair(folder, &machine(), stories);
    let failure = match &outcome {
        Ok(paired) => paired.faults.first().cloned(),
        Err(error) => Some(error.to_string()),
    };
    library.pair_ended(folder, failure.as_deref())?;
    outcome
}

/// Returns the name of this machine, for messages on the others.
fn machine() -> String {
    #[cfg(unix)]
    let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
    #[cfg(not(unix))]
    let name = std::env::var("COMPUTERNAME").unwrap_or_default();
    if name.trim().is_empty() { "a machine".to_owned() } else { name }
}
