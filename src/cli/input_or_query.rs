//! Stories to report on: the stories in files named by the user, or the stories in the library that match a query.
//!
//! The words on the command line are all files if each is a file, a folder or `-`, or if any of them looks like a file
//! name. If not, they form one query. `--file` names a file that looks like a query.

use super::Cli;
use super::input::{Input, Outcome, parse_date};
use super::library_arg::{LibraryArg, print_error};
use crate::own_names;
use crate::remedy::explain;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory};
use dateline_analysis::Options;
use dateline_core::text::clean;
use dateline_ingest::{Format, is_extension};
use dateline_library::query::Query;
use dateline_library::{Error, Library, Order};
use jiff::Zoned;
use jiff::civil::Date;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The words of a query.
#[derive(Args, Debug)]
pub(super) struct QueryArgs {
    /// Query on the library, such as `speaker:odell ferry -tag:done is:unread` [default: all
    /// stories].
    #[arg(value_name = "QUERY")]
    words: Vec<String>,
    #[command(flatten)]
    library_arg: LibraryArg,
}

/// Files or a query.
#[derive(Args, Debug)]
pub(super) struct InputOrQuery {
    /// Files and folders to read, `-` for standard input; or, if the words are not files, a query on
    /// the library.
    #[arg(value_name = "FILE|QUERY")]
    words: Vec<String>,
    /// File or folder to read, even if its name looks like a query; may be repeated.
    #[arg(long, value_name = "FILE")]
    file: Vec<PathBuf>,
    /// Date (YYYY-MM-DD) that relative times count from, for sources without a date.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
    /// Number of threads, 0 for all cores [default: 0].
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    #[command(flatten)]
    library_arg: LibraryArg,
}

/// Source of the stories in a report.
pub(super) enum Source {
    /// Files, and the format in which to read them; `None` detects it by content.
    Files(Input, Option<Format>),
    /// A library, and a query on it.
    Library(Box<Library>, Query),
}

impl QueryArgs {
    /// Parses the query; an invalid one exits with status 2.
    pub(super) fn query(&self) -> Query {
        query(&self.words)
    }

    /// Opens the library read-only. If that fails, reports the reason and returns `None`.
    pub(super) fn library(&self) -> Option<Library> {
        open(&self.library_arg)
    }
}

impl InputOrQuery {
    /// Returns the source of the stories. If the library cannot be read, reports the reason and returns `None`.
    pub(super) fn source(&self, from: Option<Format>) -> Option<Source> {
        let is_file = |word: &String| word == "-" || Path::new(word).exists();
        let named = self.words.iter().any(|word| is_name_of_file(word));
        let files = !self.words.is_empty() && (named || self.words.iter().all(is_file));
        if files || from.is_some() || !self.file.is_empty() {
            let paths = self.words.iter().map(PathBuf::from).chain(self.file.iter().cloned()).collect();
            return Some(Source::Files(Input::of(paths, self.date, self.jobs), from));
        }
        let query = query(&self.words);
        match self.library_arg.read() {
            Ok(library) => Some(Source::Library(Box::new(library), query)),
            Err(error @ Error::Missing(_)) if !self.words.is_empty() => {
                // The words may have been meant as a file name, so say that there is no such file.
                print_error(&format!("“{}” is not a file, and {}", self.words.join(" "), explain(&error)));
                None
            }
            Err(error) => {
                print_error(&explain(&error));
                None
            }
        }
    }
}

impl Source {
    /// Returns the query on the library; `None` for files.
    pub(super) fn query(&self) -> Option<&Query> {
        match self {
            Self::Files(..) => None,
            Self::Library(_, query) => Some(query),
        }
    }

    /// Passes every story to `sink`: stories in files in file order, library stories by date.
    /// Returns whether everything was read.
    pub(super) fn each(&self, mut sink: impl FnMut(Outcome) -> io::Result<()>) -> io::Result<bool> {
        let (library, query) = match self {
            Self::Files(input, from) => return input.each(*from, sink),
            Self::Library(library, query) => (library, query),
        };
        warn_outdated(library, query);
        let ids = match library.found(query, today(), Order::Oldest, usize::MAX) {
            Ok(ids) => ids,
            Err(error) => return report_error(&error),
        };
        let analyzer = LazyLock::new(own_names::analyzer);
        let mut all_ok = true;
        for id in ids {
            match library.article(id) {
                Ok(stored) => {
                    let analysis = if stored.outdated {
                        // Re-analyse the story: after an upgrade, the output must not contain annotations by the older
                        // analyser.
                        analyzer.analyze(&stored.article, &Options::default())
                    } else {
                        stored.analysis
                    };
                    sink(Outcome::Article(Box::new((stored.article, analysis))))?;
                }
                Err(error) => all_ok = report_error(&error)?,
            }
        }
        Ok(all_ok)
    }
}

/// Reports how many stories a query on annotations may miss, because their annotations are outdated.
pub(super) fn warn_outdated(library: &Library, query: &Query) {
    if query.asks_annotations() {
        warn_outdated_names(library);
    }
}

/// Reports how many stories a command may miss because their annotations are outdated, regardless of its query.
pub(super) fn warn_outdated_names(library: &Library) {
    // Ignore errors: if the library cannot be read, the query itself reports it.
    let left = library.outdated_count().unwrap_or_default();
    if left > 0 {
        let (stories, are) = if left == 1 { ("story", "is") } else { ("stories", "are") };
        print_error(&format!(
            "{left} {stories} {are} not annotated by this version with these name lists yet and may be missed; \
            `dateline check --reanalyse` annotates them"
        ));
    }
}

/// Returns whether a word can only be a file name. The file need not exist.
pub(super) fn is_name_of_file(word: &str) -> bool {
    let extension = Path::new(word).extension().and_then(|extension| extension.to_str());
    !word.contains(':') && extension.is_some_and(is_extension)
}

/// Reports an error. Returns `false`, since not everything was read.
#[allow(clippy::unnecessary_wraps, reason = "what commands return")]
pub(super) fn report_error(error: &dateline_library::Error) -> io::Result<bool> {
    print_error(&explain(error));
    Ok(false)
}

/// Returns today's date, the reference for relative days in queries.
pub(super) fn today() -> Date {
    Zoned::now().date()
}

/// Opens the library read-only. If that fails, reports the reason and returns `None`.
pub(super) fn open(library_arg: &LibraryArg) -> Option<Library> {
    match library_arg.read() {
        Ok(library) => Some(library),
        Err(error) => {
            print_error(&explain(&error));
            None
        }
    }
}

/// Parses words as one query. If it is invalid, marks the position of the error and exits with status 2.
pub(super) fn query(words: &[String]) -> Query {
    let words = words.join(" ");
    match Query::parse(&words) {
        Ok(query) => query,
        Err(error) => {
            let shown = |text: &str| clean(text).to_string();
            let before = shown(words.get(..error.span.start).unwrap_or_default());
            let blanks = " ".repeat(before.chars().count());
            let marks = "^".repeat(error.span.of(&words).chars().count().max(1));
            let reason = uncapitalised(&shown(&error.message));
            let message = format!("{reason}\n\n  {}\n  {blanks}{marks}", shown(&words));
            command_run().error(ErrorKind::ValueValidation, message).exit();
        }
    }
}

/// Returns the subcommand being run, so that an error shows the usage of the subcommand and not of the whole program.
fn command_run() -> clap::Command {
    let mut program = Cli::command();
    program.build();
    let mut words = std::env::args().skip(1);
    let command = words.find_map(|word| program.find_subcommand(word).cloned());
    command.unwrap_or(program)
}

/// Lower-cases the first letter of a sentence that follows “error:”.
fn uncapitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
