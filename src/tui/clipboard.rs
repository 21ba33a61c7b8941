//! Copies text for other programs: to the clipboard through the terminal, and to a file. The file is needed because not
//! every terminal supports the clipboard and none reports success.

use super::private;
use std::io::{self, Write};
use std::path::PathBuf;

/// Maximum length in bytes of text sent to the terminal's clipboard. Terminals drop longer sequences, so longer text is
/// only written to the file.
pub(super) const MAX_BYTES: usize = 50_000;

/// Saves text in a file that only the user can read. Returns its path.
///
/// # Errors
/// Returns an error if the system has no folder for the file or the file cannot be written.
pub(super) fn keep(words: &str) -> io::Result<PathBuf> {
    let (path, mut file) = private::create("clipboard.txt")?;
    file.write_all(words.as_bytes())?;
    Ok(path)
}
