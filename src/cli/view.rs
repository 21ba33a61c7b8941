//! `dateline view`: manages saved views, which also appear in the reader.

use super::input_or_query::{query, today};
use super::library_arg::{LibraryArg, print_error};
use super::maintenance::report_outcome;
use super::row_writer::{self, TableFormat};
use clap::{Args, Subcommand};
use dateline_core::text::{clean, folded};
use dateline_export::{Column, Rows};
use dateline_library::query::{Query, unread_of};
use dateline_library::{Library, Result};
use serde_json::json;
use std::io::{self, Write};

/// Maximum number of stories to count in a view.
const MAX_STORIES: usize = 1_000_000;

/// The arguments of `dateline view`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: ViewCommand,
    #[command(flatten)]
    library_arg: LibraryArg,
}

#[derive(Debug, Subcommand)]
enum ViewCommand {
    /// Save a query as a view, replacing a view of the same name.
    Add {
        /// Name of the view.
        name: String,
        /// Query of the view.
        #[arg(required = true)]
        query: Vec<String>,
    },
    /// List views with their unread counts.
    List {
        /// Output format.
        #[arg(long, value_name = "FORMAT", default_value = "table")]
        to: TableFormat,
    },
    /// List the stories in a view.
    Show {
        /// Name of the view.
        name: String,
        /// Output format.
        #[arg(long, value_name = "FORMAT", default_value = "table")]
        to: TableFormat,
    },
    /// Move a view up.
    Up {
        /// Name of the view.
        name: String,
    },
    /// Move a view down.
    Down {
        /// Name of the view.
        name: String,
    },
    /// Remove a view; `dateline undo` undoes it.
    Remove {
        /// Name of the view.
        name: String,
    },
}

/// Runs the subcommand. Returns whether it succeeded.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    report_outcome(act(arguments, out))
}

fn act(arguments: &Arguments, out: &mut impl Write) -> Result<bool> {
    match &arguments.command {
        ViewCommand::Add { name, query: words } => {
            // Check the query: the program exits if it is invalid.
            query(words);
            let name = folded(name);
            let mut library = arguments.library_arg.open_or_create()?;
            let replaced = library.views()?.into_iter().map(|(view, _)| view).find(|view| is_named(view, &name));
            library.save_view(&name, Some(&words.join(" ")))?;
            match replaced {
                Some(view) => writeln!(out, "replaced the view “{}”", clean(&view))?,
                None => writeln!(out, "saved the view “{}”", clean(&name))?,
            }
            Ok(true)
        }
        ViewCommand::List { to } => list(&arguments.library_arg.read()?, *to, out).map(|()| true),
        ViewCommand::Show { name, to } => {
            let library = arguments.library_arg.read()?;
            let Some((_, words)) = named(&library, name)? else { return Ok(false) };
            Ok(super::list::found(&library, &query(&[words]), *to, out)?)
        }
        ViewCommand::Up { name } => moved(arguments, name, true, out),
        ViewCommand::Down { name } => moved(arguments, name, false, out),
        ViewCommand::Remove { name } => {
            let mut library = arguments.library_arg.open()?;
            let Some((name, _)) = named(&library, name)? else { return Ok(false) };
            library.save_view(&name, None)?;
            writeln!(out, "removed the view “{}”", clean(&name))?;
            Ok(true)
        }
    }
}

/// Returns whether a view has this name, ignoring case.
fn is_named(view: &str, name: &str) -> bool {
    view.to_lowercase() == name.to_lowercase()
}

/// Finds a view by name, and returns the name as spelled in the library and the view's query. If there is no such view,
/// reports that and returns `None`.
fn named(library: &Library, name: &str) -> Result<Option<(String, String)>> {
    let found = library.views()?.into_iter().find(|(view, _)| is_named(view, name));
    if found.is_none() {
        print_error(&format!("no view named “{name}”; `dateline view list` lists the views"));
    }
    Ok(found)
}

fn moved(arguments: &Arguments, name: &str, up: bool, out: &mut impl Write) -> Result<bool> {
    let mut library = arguments.library_arg.open()?;
    let Some((name, _)) = named(&library, name)? else { return Ok(false) };
    let moved = library.move_view(&name, up)?;
    let name = clean(&name);
    match (moved, up) {
        (true, true) => writeln!(out, "moved the view “{name}” up")?,
        (true, false) => writeln!(out, "moved the view “{name}” down")?,
        (false, true) => writeln!(out, "the view “{name}” is already first")?,
        (false, false) => writeln!(out, "the view “{name}” is already last")?,
    }
    Ok(true)
}

fn list(library: &Library, to: TableFormat, out: &mut impl Write) -> Result<()> {
    let columns = [("view", 20), ("unread", 6), ("stories", 6), ("query", 50)];
    let columns = columns.map(|(name, share)| Column { name, share }).to_vec();
    let mut rows = Rows { columns, rows: Vec::new() };
    for (name, words) in library.views()? {
        let count = |words: &str| {
            let query = Query::parse(words).ok()?;
            library.count_found(&query, today(), MAX_STORIES).ok().map(|count| count.counted)
        };
        let unread = count(&unread_of(&words));
        rows.rows.push(vec![json!(name), json!(unread), json!(count(&words)), json!(words)]);
    }
    Ok(row_writer::write(&rows, to, out)?)
}
