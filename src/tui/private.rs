//! Files that only the reader's own user can read: words for the clipboard, a note that is edited.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::PathBuf;

/// An empty file of this name in the folder for what lasts as long as one is logged in, or else for what can be
/// made anew; gives its path with it.
///
/// # Errors
/// When the system has no place for it or it cannot be written.
pub(super) fn create(name: &str) -> io::Result<(PathBuf, File)> {
    let places = directories::ProjectDirs::from("", "", "dateline").ok_or(io::ErrorKind::NotFound)?;
    let folder = places.runtime_dir().unwrap_or_else(|| places.cache_dir()).to_owned();
    DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
    let path = folder.join(name);
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
    Ok((path, file))
}
