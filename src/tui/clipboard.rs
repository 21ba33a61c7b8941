//! Copies words for other programs: to the clipboard via the terminal, and to a file as well, since not every terminal
//! supports this and none reports success.

use super::private;
use std::io::{self, Write};
use std::path::PathBuf;

/// Maximum length for the clipboard, in bytes. Terminals drop longer sequences, so longer words go only to the file.
pub(super) const MAX_BYTES: usize = 50_000;

/// Saves the words in a file that only the user can read, and returns its path.
///
/// # Errors
/// Returns an error if the system has no folder for the file or it cannot be written.
pub(super) fn keep(words: &str) -> io::Result<PathBuf> {
    let (path, mut file) = private::create("clipboard.txt")?;
    file.write_all(words.as_bytes())?;
    Ok(path)
}
