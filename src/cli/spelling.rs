//! Prepares the arguments for parsing: rewrites old options and negated query fields, and rejects a first word that is
//! neither a command nor a file.

use super::Cli;
use super::input_or_query::is_name_of_file;
use crate::renamed::{Named, RENAMED, Renamed};
use clap::error::ErrorKind;
use clap::{CommandFactory, Error};
use dateline_core::text::{clean, nearest};
use dateline_library::query::FIELDS;
use jiff::civil::Date;
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// The only option with a value that may precede the command.
const LIBRARY: &str = "--library";

/// Command-line arguments in which old spellings have been replaced.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Spelling {
    /// All arguments except the name of the program.
    pub(crate) arguments: Vec<OsString>,
    /// Old options that the user gave, without duplicates.
    pub(crate) renamed: Vec<&'static Renamed>,
}

impl Spelling {
    /// Replaces old spellings in the arguments, which must not include the name of the program.
    pub(super) fn of(arguments: impl IntoIterator<Item = OsString>) -> Self {
        let mut rest = arguments.into_iter().map(negation_spelt_out).peekable();
        let mut out = Self::default();
        let mut command = None;
        while let Some(argument) = rest.next() {
            let Some(text) = argument.to_str().filter(|text| *text != "--") else {
                out.arguments.push(argument);
                out.arguments.extend(rest);
                break;
            };
            if command.is_none() && text == LIBRARY {
                out.arguments.push(argument);
                out.arguments.extend(rest.next());
                continue;
            }
            if command.is_none() && !text.starts_with('-') {
                command = Some(text.to_owned());
            }
            let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
            let next = value.or_else(|| rest.peek().and_then(|next| next.to_str()));
            let Some(row) = command.as_ref().and_then(|command| renamed(command, name, next)) else {
                out.arguments.push(argument);
                continue;
            };
            if !out.renamed.contains(&row) {
                out.renamed.push(row);
            }
            out.arguments.extend(present(row, value));
        }
        if command.as_deref() == Some("extract") {
            spell_out_folder(&mut out.arguments);
        }
        out
    }
}

/// Rewrites `--to parquet DIR` as `--to parquet --output DIR`, because Parquet is the one format that needs a folder.
fn spell_out_folder(arguments: &mut Vec<OsString>) {
    let is_output =
        |argument: &OsString| argument.to_str().is_some_and(|text| text.split('=').next() == Some("--output"));
    if arguments.iter().any(is_output) {
        return;
    }
    let parquet = arguments.iter().position(|argument| argument == "--to=parquet");
    let parquet = parquet.or_else(|| arguments.windows(2).position(|two| two == ["--to", "parquet"]).map(|at| at + 1));
    if let Some(at) = parquet
        && arguments.get(at + 1).is_some_and(|next| !next.as_encoded_bytes().starts_with(b"-"))
    {
        arguments.insert(at + 1, "--output".into());
    }
}

/// Finds the row for an old option of a command; `None` if the option is current. `value` is the argument after the
/// option.
fn renamed(command: &str, option: &str, value: Option<&str>) -> Option<&'static Renamed> {
    RENAMED.iter().find(|row| {
        let Named::Option(of) = row.named else { return false };
        let (old, kind) = row.old.split_once(' ').map_or((row.old, ""), |(old, kind)| (old, kind));
        // The old `--from` took a date, and the current one takes a format. Only a date shows that the old one is
        // meant.
        of == command && old == option && (kind != "DATE" || value.is_some_and(is_date))
    })
}

fn is_date(text: &str) -> bool {
    text.parse::<Date>().is_ok()
}

/// Returns the current spelling of an old option. `value` is the text after `=`, if any.
fn present(row: &Renamed, value: Option<&str>) -> Vec<OsString> {
    let (new, own) = row.new.split_once(' ').unwrap_or((row.new, ""));
    match value {
        Some(value) => vec![format!("{new}={value}").into()],
        // An old option with a value keeps that value, which is the next argument. An old option that took no value
        // gets the one in the table.
        None if row.old.contains(' ') => vec![new.into()],
        None => vec![new.into(), own.into()],
    }
}

/// Rewrites a negated field such as `-tag:done` as `NOT tag:done`, so that it is not parsed as an option.
fn negation_spelt_out(argument: OsString) -> OsString {
    let field = |word: &str| {
        let (name, _) = word.split_once(':')?;
        FIELDS.iter().any(|row| row.name.eq_ignore_ascii_case(name)).then(|| format!("NOT {word}"))
    };
    let negated = argument.to_str().and_then(|word| field(word.strip_prefix('-')?));
    negated.map_or(argument, OsString::from)
}

/// Returns the error for a first word that is neither a command nor a file. Returns `None` for a word that can only be
/// a file name, because the reader reports the missing file and opens the others.
pub(super) fn neither(arguments: &[OsString]) -> Option<Error> {
    let mut words = arguments.iter();
    let mut first = words.next()?;
    while let Some(word) = first.to_str().filter(|word| word.starts_with(LIBRARY)) {
        if word == LIBRARY {
            words.next();
        }
        first = words.next()?;
    }
    // If another option comes first, clap reports an error or prints the help.
    if first.to_string_lossy().starts_with('-') {
        return None;
    }
    let word = first.to_string_lossy();
    let mut program = Cli::command();
    program.build();
    let known: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
    if known.contains(&word.as_ref()) || is_file(first) {
        return None;
    }
    let way_out = nearest(&word, known.into_iter())
        .map_or_else(|| "`dateline --help` lists the commands".to_owned(), |near| format!("did you mean '{near}'?"));
    let reason = format!("'{}' is neither a command nor a file; {way_out}", clean(&word));
    Some(Cli::command().error(ErrorKind::InvalidSubcommand, reason))
}

fn is_file(word: &OsStr) -> bool {
    let path = Path::new(word);
    let text = word.to_string_lossy();
    text.is_empty()
        || text.contains(std::path::MAIN_SEPARATOR)
        || is_name_of_file(&text)
        || path.symlink_metadata().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rewrites a command line. Returns it with the number of old options found.
    fn spelt(call: &str) -> (String, usize) {
        let spelling = Spelling::of(call.split(' ').map(OsString::from));
        let words: Vec<String> = spelling.arguments.iter().map(|word| word.to_string_lossy().into_owned()).collect();
        (words.join(" "), spelling.renamed.len())
    }

    #[test]
    fn the_folder_of_parquet_is_its_output() {
        for (call, spelt_out) in [
            ("extract a.txt --to parquet t b.txt", "extract a.txt --to parquet --output t b.txt"),
            ("extract --to=parquet t a.txt", "extract --to=parquet --output t a.txt"),
            ("extract --to parquet --jobs 1 a.txt", "extract --to parquet --jobs 1 a.txt"),
            ("extract --to parquet a.txt --output t", "extract --to parquet a.txt --output t"),
            ("extract --to csv t", "extract --to csv t"),
            ("list --to parquet t", "list --to parquet t"),
        ] {
            assert_eq!(spelt(call), (spelt_out.to_owned(), 0));
        }
    }

    #[test]
    fn old_options_are_rewritten_and_counted() {
        for (old, new, count) in [
            (
                "timeline --from 2024-05-01 --until 2024-05-20 a.txt",
                "timeline --since 2024-05-01 --until 2024-05-20 a.txt",
                1,
            ),
            ("timeline --from=2024-05-01 --format html a.txt", "timeline --since=2024-05-01 --from html a.txt", 2),
            ("--library l.db export --to all.jsonl", "--library l.db export --output all.jsonl", 1),
            ("export --notes --to=notes.md", "export --notes --output=notes.md", 1),
            ("add --records - --jobs 1", "add --from jsonl - --jobs 1", 1),
        ] {
            assert_eq!(spelt(old), (new.to_owned(), count), "{old}");
        }
    }

    #[test]
    fn present_options_stay() {
        for call in [
            "timeline --from html --since 2024-05-01 a.txt",
            "timeline -- --format",
            "quotes --to csv a.txt",
            "list --to json",
            "--library export list --to csv",
            "extract --from jsonl -",
        ] {
            assert_eq!(spelt(call), (call.to_owned(), 0), "{call}");
        }
    }

    #[test]
    fn a_negated_field_is_not_an_option() {
        assert_eq!(spelt("list -tag:done"), ("list NOT tag:done".to_owned(), 0));
        assert_eq!(spelt("list -nonsense:done"), ("list -nonsense:done".to_owned(), 0));
    }
}
