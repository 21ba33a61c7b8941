//! A note written in the user's own editor: a program and its arguments, never a shell.

use super::{private, signals};
use rustix::process::{Pid, WaitOptions, waitpid};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, process};

/// What edits where the user named nothing.
const USUAL: &str = "vi";

/// The editor's program and arguments. Blanks part them: there is no shell to ask.
fn command() -> Vec<String> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| env::var(name).ok());
    let parts = |line: String| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    named.map(parts).find(|parts| !parts.is_empty()).unwrap_or_else(|| vec![USUAL.to_owned()])
}

/// Has a note edited and gives what it is then; nothing when the editor says that it failed. The terminal must be
/// the editor's meanwhile.
///
/// The file holds the note alone, no word of the story: editors obey lines in a file that look like settings.
///
/// # Errors
/// When the file cannot be written or read, or the editor cannot be started: a sentence.
pub(super) fn edit(note: &str) -> Result<Option<String>, String> {
    let path = file(note).map_err(|error| format!("The note could not be given to an editor: {error}"))?;
    let done = run(&path).map_err(|(editor, error)| format!("{editor} could not be started: {error}"));
    let edited = fs::read(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let _ = fs::remove_file(&path);
    if !done? {
        return Ok(None);
    }
    edited.map(Some).map_err(|error| format!("The note could not be read back: {error}"))
}

/// A file with the note.
fn file(note: &str) -> io::Result<PathBuf> {
    let (path, mut file) = private::create(&format!("note-{}.md", process::id()))?;
    writeln!(file, "{note}")?;
    Ok(path)
}

/// Runs the editor to its end; says whether it ended well. Stopped by a key, it stops the reader with it, so that
/// the shell is there, and both go on together.
fn run(path: &Path) -> Result<bool, (String, io::Error)> {
    let mut parts = command().into_iter();
    let editor = parts.next().unwrap_or_default();
    let failed = |error: io::Error| (editor.clone(), error);
    let child = Command::new(&editor).args(parts).arg(path).spawn().map_err(failed)?;
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    loop {
        match waitpid(pid, WaitOptions::UNTRACED) {
            Ok(Some((_, status))) if status.stopped() => drop(signals::stop()),
            Ok(Some((_, status))) => return Ok(status.exit_status() == Some(0)),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(failed(error.into())),
        }
    }
}
