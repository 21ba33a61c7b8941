//! Edits a note in the user's own editor. The editor is run as a program with arguments, never through a shell.

use super::{private, signals};
use rustix::process::{Pid, WaitOptions, waitpid};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, process};

/// Editor to use if neither `$VISUAL` nor `$EDITOR` is set.
const DEFAULT_EDITOR: &str = "vi";

/// Error while editing a note. The note in the library is unchanged.
#[derive(Debug, thiserror::Error)]
pub(super) enum EditorError {
    /// The temporary file cannot be written.
    #[error("The note could not be written to a file for the editor: {0}")]
    File(io::Error),
    /// The editor with this name cannot be started.
    #[error("The editor {0} could not be started: {1} · set $VISUAL or $EDITOR")]
    Start(String, io::Error),
    /// The edited file cannot be read.
    #[error("The edited note could not be read back: {0}")]
    ReadBack(io::Error),
}

/// Returns the editor's program and arguments. The command line is split at white space, since no shell parses it.
fn command() -> Vec<String> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| env::var(name).ok());
    let parts = |line: String| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    named.map(parts).find(|parts| !parts.is_empty()).unwrap_or_else(|| vec![DEFAULT_EDITOR.to_owned()])
}

/// What the user has done with a note in the editor.
#[derive(Debug)]
pub(super) enum Edited {
    /// The new text of the note.
    Text(String),
    /// The editor exited with a failure, as some do when the user cancels. If it had saved something else than the note,
    /// that is in this file.
    Failed(Option<PathBuf>),
}

/// Opens a note in the editor. The caller must release the terminal first.
///
/// The file contains only the note and none of the story's text, because editors obey lines that look like editor
/// settings.
///
/// # Errors
/// Returns an error if the file cannot be written or read, or if the editor cannot be started.
pub(super) fn edit(note: &str) -> Result<Edited, EditorError> {
    let path = file(note).map_err(EditorError::File)?;
    let done = run(&path).map_err(|(editor, error)| EditorError::Start(editor, error));
    let edited = fs::read(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let is_lost = matches!((&done, &edited), (Ok(false), Ok(text)) if text.trim_end() != note.trim_end());
    if is_lost {
        // The next note that is edited gets the name of this file.
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let kept = path.with_file_name(format!("unsaved-note-{seconds}.md"));
        fs::rename(&path, &kept).map_err(EditorError::ReadBack)?;
        return Ok(Edited::Failed(Some(kept)));
    }
    let _ = fs::remove_file(&path);
    if !done? {
        return Ok(Edited::Failed(None));
    }
    edited.map(Edited::Text).map_err(EditorError::ReadBack)
}

/// Creates a private file that contains the note.
fn file(note: &str) -> io::Result<PathBuf> {
    let (path, mut file) = private::create(&format!("note-{}.md", process::id()))?;
    writeln!(file, "{note}")?;
    Ok(path)
}

/// Runs the editor until it exits. Returns whether it succeeded. If a key suspends the editor, the TUI is suspended as
/// well, so that the shell gets the terminal back; both resume together.
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
