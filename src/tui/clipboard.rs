//! Words for other programs: into the clipboard by the terminal, and into a file, since not every
//! terminal obeys and none says whether it did.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::PathBuf;

/// Terminals drop longer sequences; the words then go to the file alone.
pub const MOST_BYTES: usize = 50_000;

/// Keeps the words in a file that only the reader's own user can read; gives its path.
///
/// # Errors
/// When the system has no place for it or it cannot be written.
pub fn keep(words: &str) -> io::Result<PathBuf> {
    let places = directories::ProjectDirs::from("", "", "dateline").ok_or(io::ErrorKind::NotFound)?;
    let folder = places.runtime_dir().unwrap_or_else(|| places.cache_dir()).to_owned();
    DirBuilder::new().recursive(true).mode(0o700).create(&folder)?;
    let path = folder.join("clipboard.txt");
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
    file.write_all(words.as_bytes())?;
    Ok(path)
}
