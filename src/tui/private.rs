//! Creates files that only the user can read: words copied to the clipboard, a note being edited.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::PathBuf;

/// Creates an empty file with this name. It is in the runtime folder, which lasts as long as the login session, or in
/// the cache folder if there is no runtime folder. Returns the path and the open file.
///
/// # Errors
/// Returns an error if the system has no folder for the file or the file cannot be created.
pub(super) fn create(name: &str) -> io::Result<(PathBuf, File)> {
    let places = directories::ProjectDirs::from("", "", "dateline").ok_or(io::ErrorKind::NotFound)?;
    let folder = places.runtime_dir().unwrap_or_else(|| places.cache_dir()).to_owned();
    DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
    let path = folder.join(name);
    let file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
    Ok((path, file))
}
