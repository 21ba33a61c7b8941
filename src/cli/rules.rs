//! `dateline rules`: tests the rules for new stories on the stories in the library, or applies them.

use super::input_or_query::{query, today};
use super::library_arg::{LibraryArg, print_error};
use super::maintenance::report_outcome;
use super::selection;
use crate::config;
use crate::new_stories::NewStories;
use crate::rules::Rules;
use crate::tui::settings::Settings;
use clap::{Args, Subcommand};
use dateline_core::text::clean;
use dateline_library::{Library, Order, Origin, Result};
use std::collections::HashSet;
use std::io::{self, Write};

/// Number of headlines to show for each rule.
const HEADLINES: usize = 5;

/// The arguments of `dateline rules`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: RulesCommand,
    #[command(flatten)]
    library_arg: LibraryArg,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    /// Print what each rule would do to stories in the library, and change nothing.
    Test {
        /// Query that limits the stories [default: all stories].
        #[arg(value_name = "QUERY")]
        words: Vec<String>,
    },
    /// Apply the rules to stories that are already in the library.
    ///
    /// Stories that `fetch`, `feed add`, `add` and the reader bring in need no command: the rules apply to them at once.
    Apply {
        /// Query that limits the stories.
        #[arg(value_name = "QUERY", required = true)]
        words: Vec<String>,
        /// Do not ask before applying rules to more than 50 stories.
        #[arg(long)]
        yes: bool,
    },
}

/// Runs the subcommand. Returns `false` if `rules.toml` contains errors.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let settings = Settings::read(config::folder().as_deref());
    let all_ok = print_faults(&settings);
    let outcome = match &arguments.command {
        RulesCommand::Test { words } => test(&settings.rules, words, &arguments.library_arg, out),
        RulesCommand::Apply { words, yes } => apply(&settings.rules, words, *yes, &arguments.library_arg, out),
    };
    Ok(report_outcome(outcome.map(|()| true))? && all_ok)
}

/// Prints the errors in `rules.toml`. Returns whether there are none.
pub(super) fn print_faults(settings: &Settings) -> bool {
    let faults: Vec<_> = settings.faults.iter().filter(|(path, _)| path.ends_with(config::RULES)).collect();
    for (path, fault) in &faults {
        print_error(&format!("{}, {fault}", path.display()));
    }
    faults.is_empty()
}

/// Prints the stories that each rule finds among those of a query, and what it would do to them.
fn test(rules: &Rules, words: &[String], library_arg: &LibraryArg, out: &mut impl Write) -> Result<()> {
    if rules.iter().next().is_none() {
        writeln!(out, "no rules: {} in the configuration folder has none", config::RULES)?;
        return Ok(());
    }
    let library = library_arg.read()?;
    let limit: HashSet<i64> = found(&library, words)?.into_iter().collect();
    for rule in rules.iter() {
        let mut found = rule.found(&library)?;
        found.retain(|id| limit.contains(id));
        // Newest first, because the user knows those best.
        found.reverse();
        let plans: Vec<String> = rule.plans(found.len()).collect();
        writeln!(out, "line {}, “{}”: would {}", rule.line, clean(&rule.words), clean(&plans.join(", ")))?;
        for row in library.rows(&found[..found.len().min(HEADLINES)])? {
            writeln!(out, "  {}  {}", row.uid, clean(&row.headline))?;
        }
        if found.len() > HEADLINES {
            writeln!(out, "  and {} more", found.len() - HEADLINES)?;
        }
    }
    Ok(())
}

fn apply(
    rules: &Rules,
    words: &[String],
    confirmed: bool,
    library_arg: &LibraryArg,
    out: &mut impl Write,
) -> Result<()> {
    let mut library = library_arg.open()?.used_on(Origin::Rule);
    let stories = found(&library, words)?;
    selection::confirm(&words.join(" "), stories.len(), confirmed)?;
    let changed = rules.apply(&mut library, &stories.into_iter().collect())?;
    writeln!(out, "{}", report(changed))?;
    Ok(())
}

/// Returns the stories that a query finds, oldest first. Exits with status 2 if the query is invalid.
fn found(library: &Library, words: &[String]) -> Result<Vec<i64>> {
    library.found(&query(words), today(), Order::Oldest, usize::MAX)
}

/// Returns a sentence that says how many stories the rules changed.
fn report(changed: usize) -> String {
    match changed {
        0 => "rules changed nothing".to_owned(),
        1 => "rules changed 1 story".to_owned(),
        _ => format!("rules changed {changed} stories"),
    }
}

/// Applies rules to the stories that were added to a library since `new` began, and reports the number of stories
/// changed unless it is 0.
///
/// # Errors
/// Returns an error if the library or `out` fails.
pub(super) fn apply_to_new(
    rules: &Rules,
    new: &NewStories,
    library_arg: &LibraryArg,
    out: &mut impl Write,
) -> Result<()> {
    let changed = rules.apply_to_new(&library_arg.path(), new)?;
    if changed > 0 {
        writeln!(out, "{}", report(changed))?;
    }
    Ok(())
}
