//! Files that only the user can read: words for the clipboard, a note that is edited.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::PathBuf;

/// Creates an empty file of this name in the runtime folder, which lasts as long as the login session, or else in the
/// cache folder. Returns its path with it.
///
/// # Errors
/// When the system has no folder for it or it cannot be written.
pub(super) fn create(name: &str) -> io::Result<(PathBuf, File)> {
    let places = directories::ProjectDirs::from("", "", "dateline").ok_or(io::ErrorKind::NotFound)?;
    let folder = places.runtime_dir().unwrap_or_else(|| places.cache_dir()).to_owned();
    DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
    let path = folder.join(name);
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
    Ok((path, file))
}
