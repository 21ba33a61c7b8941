//! `dateline undo`: undoes, redoes and lists changes to the library.

use super::library_arg::LibraryArg;
use super::maintenance::report_outcome;
use clap::Args;
use dateline_core::text::clean;
use dateline_library::{By, Direction, Error, JournalEntry, Library, Origin, Replayed, Result};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::io::{self, Write};

/// The arguments of `dateline undo`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Id of the change to undo or redo, as printed by `--list`, wherever it was made.
    #[arg(value_name = "ID")]
    change: Option<i64>,
    #[command(flatten)]
    library_arg: LibraryArg,
    /// Redo instead of undoing, latest first.
    #[arg(long)]
    redo: bool,
    /// Undo or redo the last change wherever it was made, not only on the command line.
    #[arg(long, conflicts_with = "change")]
    any: bool,
    /// List all changes, latest first: id, time, state, origin, description.
    #[arg(long, conflicts_with_all = ["change", "redo", "any"])]
    list: bool,
}

/// Undoes, redoes or lists changes.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn undo(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    report_outcome(if arguments.list { list(&arguments.library_arg, out) } else { replay(arguments, out) })
}

fn replay(arguments: &Arguments, out: &mut impl Write) -> Result<bool> {
    let direction = if arguments.redo { Direction::Redo } else { Direction::Undo };
    let mut library = arguments.library_arg.open()?;
    let Some(id) = arguments.change.map_or_else(|| last(&library, direction, arguments.any), |id| Ok(Some(id)))? else {
        let verb = if arguments.redo { "redo" } else { "undo" };
        writeln!(out, "nothing to {verb}")?;
        return Ok(true);
    };
    let verb = match direction {
        Direction::Undo => "undid",
        Direction::Redo => "redid",
    };
    let Replayed { label, left_out } = library.replay(direction, id).map_err(|error| match error {
        Error::Conflict(reason) => {
            Error::Refused(format!("{reason}; `dateline undo --list` lists what else can be undone or redone"))
        }
        other => other,
    })?;
    writeln!(out, "{verb}: {}", clean(&label))?;
    if left_out > 0 {
        writeln!(out, "skipped {left_out} changed or deleted since")?;
    }
    Ok(true)
}

/// Returns the change to undo or redo. Unless `any` is set, it must have been made on the command line.
fn last(library: &Library, direction: Direction, any: bool) -> Result<Option<i64>> {
    let by = if any { By::Anyone } else { By::CommandLine };
    if let Some(entry) = library.last_change(direction, by)? {
        return Ok(Some(entry.id));
    }
    let Some(entry) = library.last_change(direction, By::Anyone)? else { return Ok(None) };
    let (verb, option) = match direction {
        Direction::Undo => ("undo", "--any"),
        Direction::Redo => ("redo", "--redo --any"),
    };
    Err(Error::Refused(format!(
        "no more command-line changes to {verb}; the last change, “{}”, was made {}{}: `dateline undo {option}` {verb}es it",
        entry.label,
        maker(&entry),
        time(&entry).map(|time| format!(" on {time}")).unwrap_or_default(),
    )))
}

fn list(library_arg: &LibraryArg, out: &mut impl Write) -> Result<bool> {
    for entry in library_arg.read()?.journal()? {
        let time = time(&entry).unwrap_or_else(|| "unknown".to_owned());
        let state = if entry.undone { "undone" } else { "done" };
        let origin = match entry.origin {
            Some(Origin::Screen) => "screen",
            Some(Origin::CommandLine) => "command line",
            Some(Origin::Rule) => "rule",
            None => "older version",
        };
        let about = entry.headline.map(|headline| format!(" · {headline}")).unwrap_or_default();
        let what = format!("{}{about}", entry.label);
        writeln!(out, "{:>5}  {time:<16}  {state:<6}  {origin:<13}  {}", entry.id, clean(&what))?;
    }
    Ok(true)
}

fn maker(entry: &JournalEntry) -> &'static str {
    match entry.origin {
        Some(Origin::Screen) => "in the reader",
        Some(Origin::CommandLine) => "on the command line",
        Some(Origin::Rule) => "by a rule",
        None => "by an older version of Dateline",
    }
}

/// Formats the time of a change in the system's time zone.
fn time(entry: &JournalEntry) -> Option<String> {
    let moment = Timestamp::from_second(entry.at?).ok()?.to_zoned(TimeZone::system());
    Some(moment.strftime("%Y-%m-%d %H:%M").to_string())
}
