//! `dateline who`: shows everything the library has on a person, organisation or place, and merges or splits names.

use super::input_or_query::warn_outdated_names;
use super::library_arg::{LibraryArg, print_error};
use super::maintenance::report_outcome;
use super::row_writer::{self, TableFormat};
use clap::Args;
use dateline_analysis::Polarity;
use dateline_core::Named;
use dateline_core::text::{clean, fold, folded};
use dateline_export::{Column, Rows};
use dateline_library::{EntitySummary, Library, Passage as Source, Profile, Result, Suggestion};
use jiff::ToSpan;
use jiff::civil::date;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Maximum number of names to consider as matches.
const MAX_NAMES: usize = 50;

/// Maximum number of suggestions to list.
const MAX_SUGGESTIONS: usize = 1_000;

/// The arguments of `dateline who`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Person, organisation or place: the full name, or a unique part of it.
    #[arg(required_unless_present = "suggest")]
    name: Option<String>,
    /// Merge this name with another one; `dateline undo` undoes it.
    #[arg(long, value_name = "NAME", conflicts_with = "split")]
    same_as: Option<String>,
    /// Keep this name apart from another one, so that merging them is not suggested.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["split", "same_as"])]
    not_same_as: Option<String>,
    /// Split the name from the ones it was merged with.
    #[arg(long)]
    split: bool,
    /// List names that may be the same as this one, or all such pairs in the library, with the evidence.
    #[arg(long, conflicts_with_all = ["split", "same_as", "not_same_as"])]
    suggest: bool,
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
    let name = arguments.name.as_deref().unwrap_or_default();
    let other = arguments.same_as.as_ref().or(arguments.not_same_as.as_ref());
    if arguments.split || other.is_some() {
        return change(arguments, name, other, out);
    }
    let library = arguments.library_arg.read()?;
    warn_outdated_names(&library);
    if arguments.suggest {
        let who = if name.is_empty() { None } else { Some(one(&library, name)?) };
        let who = match who {
            Some(None) => return Ok(false),
            Some(Some(who)) => Some(who.id),
            None => None,
        };
        row_writer::write(&suggested(&library.suggestions(who, MAX_SUGGESTIONS)?), arguments.to, out)?;
        return Ok(true);
    }
    let Some(who) = one(&library, name)? else { return Ok(false) };
    let marked = matches!(arguments.to, TableFormat::Table | TableFormat::Md);
    row_writer::write(&rows(&library.profile(who.id, 0)?, marked), arguments.to, out)?;
    Ok(true)
}

/// Merges two names, splits a name off, or keeps two names apart.
fn change(arguments: &Arguments, name: &str, other: Option<&String>, out: &mut impl Write) -> Result<bool> {
    let mut library = arguments.library_arg.open()?;
    let Some(who) = one(&library, name)? else { return Ok(false) };
    let Some(other) = other else {
        library.split_name(who.id, None)?;
        writeln!(out, "split {} off", clean(&who.name))?;
        return Ok(true);
    };
    let Some(other) = one(&library, other)? else { return Ok(false) };
    let names = format!("{} and {}", clean(&who.name), clean(&other.name));
    if arguments.same_as.is_some() {
        library.merge_names(who.id, other.id)?;
        writeln!(out, "merged {names}")?;
    } else {
        library.split_name(who.id, Some(other.id))?;
        writeln!(out, "kept {names} apart")?;
    }
    Ok(true)
}

/// Lists names that may be the same, with the evidence.
fn suggested(found: &[Suggestion]) -> Rows {
    let columns = [("name", 24), ("stories", 8), ("other", 24), ("stories_of_other", 8), ("evidence", 60)];
    let columns = columns.into_iter().map(|(name, share)| Column { name, share }).collect();
    let row = |one: &Suggestion| {
        let [name, other] = &one.names;
        let evidence = one.reasons.join("; ");
        vec![json!(name.name), json!(name.stories), json!(other.name), json!(other.stories), json!(evidence)]
    };
    Rows { columns, rows: found.iter().map(row).collect() }
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
    for (first, last, _) in &found.roles {
        let role = first.role.as_deref().unwrap_or_default();
        let until = last.passage.day.and_then(day).unwrap_or_default();
        rows.push(of_story("role", &format!("{role} (last seen {until})"), &first.passage));
    }
    rows.extend(found.relations.iter().map(|(words, _, passage)| of_story("relation", words, passage)));
    let about = found.said_about.iter();
    rows.extend(about.map(|(speaker, words, passage)| of_story("about", &format!("{speaker}: {words}"), passage)));
    for (story, places) in &found.named {
        rows.extend(places.iter().map(|(_, words)| of_story("named", words, &story.passage)));
    }
    Rows { columns, rows }
}

fn day(days: i64) -> Option<String> {
    date(1970, 1, 1).checked_add(days.days()).ok().map(|day| day.to_string())
}
