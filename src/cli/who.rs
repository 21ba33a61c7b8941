//! `dateline who`: shows everything the library has on a person, organisation or place, and merges or splits names.

use super::input_or_query::warn_outdated_names;
use super::library_arg::{LibraryArg, print_error};
use super::maintenance::report_outcome;
use super::report::{self, TableFormat};
use clap::Args;
use dateline_analysis::Polarity;
use dateline_core::Named;
use dateline_core::text::{clean, fold, folded};
use dateline_export::{Column, Rows};
use dateline_library::{EntitySummary, Library, Passage as Source, Profile, Result};
use jiff::ToSpan;
use jiff::civil::date;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Maximum number of names to consider as matches.
const MAX_NAMES: usize = 50;

/// The arguments of `dateline who`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Person, organisation or place: the full name, or a unique part of it.
    name: String,
    /// Merge this name with another one; `dateline undo` undoes it.
    #[arg(long, value_name = "NAME", conflicts_with = "split")]
    same_as: Option<String>,
    /// Split the name from the ones it was merged with.
    #[arg(long)]
    split: bool,
    /// Output format.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    to: TableFormat,
    #[command(flatten)]
    library_arg: LibraryArg,
}

/// Runs the command. Returns whether it succeeded.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    report_outcome(act(arguments, out))
}

fn act(arguments: &Arguments, out: &mut impl Write) -> Result<bool> {
    if arguments.split || arguments.same_as.is_some() {
        let mut library = arguments.library_arg.open()?;
        let Some(who) = one(&library, &arguments.name)? else { return Ok(false) };
        let Some(other) = &arguments.same_as else {
            library.split_name(who.id)?;
            writeln!(out, "split {} off", clean(&who.name))?;
            return Ok(true);
        };
        let Some(other) = one(&library, other)? else { return Ok(false) };
        library.merge_names(who.id, other.id)?;
        writeln!(out, "merged {} and {}", clean(&who.name), clean(&other.name))?;
        return Ok(true);
    }
    let library = arguments.library_arg.read()?;
    let Some(who) = one(&library, &arguments.name)? else { return Ok(false) };
    warn_outdated_names(&library);
    let marked = matches!(arguments.to, TableFormat::Table | TableFormat::Md);
    report::write(&rows(&library.profile(who.id, 0)?, marked), arguments.to, out)?;
    Ok(true)
}

/// Finds the entity that the user means: the one with exactly this name, or the only one that matches the words.
fn one(library: &Library, words: &str) -> Result<Option<EntitySummary>> {
    let mut found = library.find_entities(words, MAX_NAMES)?;
    let key = fold(&folded(words));
    let whole = found.iter().position(|who| fold(&folded(&who.name)) == key);
    match (whole, found.len()) {
        (Some(at), _) => Ok(Some(found.swap_remove(at))),
        (None, 1) => Ok(found.pop()),
        (None, 0) => {
            print_error(&format!("no story names “{words}”; `dateline list` searches the full text of the stories"));
            Ok(None)
        }
        (None, _) => {
            let names: Vec<String> = found.iter().take(9).map(|who| format!("{} ({})", who.name, who.kind)).collect();
            print_error(&format!("several names match “{words}”: {}; give the full name", names.join(", ")));
            Ok(None)
        }
    }
}

/// Lists the quotes, events and mentions of an entity. Inferred days are marked with `~` if `marked` is set; if not, a
/// separate column shows which days are inferred.
fn rows(found: &Profile, marked: bool) -> Rows {
    let columns = [("what", 8), ("day", 11), ("words", 60), ("source", 20), ("story", 30)];
    let inferred = (!marked).then_some(("inferred", 8));
    let columns = columns.into_iter().chain(inferred).map(|(name, share)| Column { name, share }).collect();
    let row = |what: &str, day: Option<String>, guessed: bool, words: &str, passage: &Source| {
        let mark = if marked && guessed { "~" } else { "" };
        let day = day.map(|day| format!("{mark}{day}"));
        let mut row = vec![json!(what), json!(day), json!(words), json!(passage.publisher), json!(passage.headline)];
        row.extend((!marked).then(|| json!(guessed)));
        row
    };
    let of_story = |what: &str, words: &str, passage: &Source| {
        row(what, passage.day.and_then(day), passage.inferred, words, passage)
    };
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let (plain, not_said): (Vec<_>, Vec<_>) = found.said.iter().partition(|(said, _)| said.polarity == Polarity::Said);
    let quotes = plain.into_iter().chain(not_said);
    rows.extend(quotes.map(|(said, words)| of_story(said.polarity.name(), words, &said.passage)));
    rows.extend(
        found.happened.iter().map(|event| row("happened", day(event.days.0), false, &event.summary, &event.passage)),
    );
    for (story, places) in &found.named {
        rows.extend(places.iter().map(|(_, words)| of_story("named", words, &story.passage)));
    }
    Rows { columns, rows }
}

fn day(days: i64) -> Option<String> {
    date(1970, 1, 1).checked_add(days.days()).ok().map(|day| day.to_string())
}
