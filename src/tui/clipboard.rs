//! Words for other programs: into the clipboard by the terminal, and into a file, since not every
//! terminal obeys and none says whether it did.

use super::private;
use std::io::{self, Write};
use std::path::PathBuf;

/// Terminals drop longer sequences; the words then go to the file alone.
pub(super) const MOST_BYTES: usize = 50_000;

/// Keeps the words in a file that only the reader's own user can read; gives its path.
///
/// # Errors
/// When the system has no place for it or it cannot be written.
pub(super) fn keep(words: &str) -> io::Result<PathBuf> {
    let (path, mut file) = private::create("clipboard.txt")?;
    file.write_all(words.as_bytes())?;
    Ok(path)
}
