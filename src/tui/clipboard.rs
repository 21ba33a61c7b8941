//! Copies words for other programs: to the clipboard by the terminal, and to a file, because not every terminal obeys
//! and none reports whether it did.

use super::private;
use std::io::{self, Write};
use std::path::PathBuf;

/// Maximum length, in bytes, for the clipboard: terminals drop longer sequences, so the words then go only to the file.
pub(super) const MAX_BYTES: usize = 50_000;

/// Saves the words in a file that only the user can read. Returns its path.
///
/// # Errors
/// When the system has no folder for it or it cannot be written.
pub(super) fn keep(words: &str) -> io::Result<PathBuf> {
    let (path, mut file) = private::create("clipboard.txt")?;
    file.write_all(words.as_bytes())?;
    Ok(path)
}
