//! The command line: parses the user's arguments and runs the command that they name. It may use every other layer; no
//! layer may use it.

mod add;
mod config;
mod extract;
mod feed;
mod fetch;
mod gathered;
mod input;
mod input_or_query;
mod library_arg;
mod list;
mod maintenance;
mod manual;
mod names_arg;
mod pair;
mod read;
mod report;
mod row_spool;
mod row_writer;
mod rules;
mod selection;
mod spelling;
mod story;
mod sync;
mod undo;
mod view;
mod who;

use crate::remedy;
use crate::tui::ReaderSource;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use dateline_library::Error::Missing;
use library_arg::{LibraryArg, print_error};
use spelling::Spelling;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Read the news closely: who said what, whom and which places it concerns, and what happened when.
///
/// Without a command, opens the reader with the given files and folders, or with your library.
/// Press `?` there to list its keys.
#[derive(Debug, Parser)]
#[command(
    name = "dateline",
    version,
    override_usage = "dateline [OPTIONS] [FILE]...\n       dateline [OPTIONS] <COMMAND>"
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Files and folders to read, `-` for standard input [default: your library, or the bundled
    /// stories while it is empty].
    #[arg(value_name = "FILE")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    library_arg: LibraryArg,
}

/// Command to run instead of opening the reader.
#[derive(Debug, Subcommand)]
enum Command {
    /// Parse and analyse stories, with JSON output for scripts and corpora.
    ///
    /// Prints one result per story, in input order. Exits with 0 if every input was read, 1 if some
    /// could not be (each is named on standard error), 2 for invalid arguments. Offsets count Unicode
    /// code points of `text`.
    Extract(extract::Arguments),
    /// List quotes (who said what) from files or the library.
    Quotes(report::Quotes),
    /// List people, organisations and places from files or the library.
    Entities(report::Entities),
    /// List events (what happened when) from files or the library, as one timeline.
    Timeline(report::Timeline),
    /// List figures (who claims how many) from files or the library.
    Figures(report::Figures),
    /// Add files and folders to the library.
    ///
    /// Prints a line for each story as soon as it is stored. Duplicates are skipped, changed stories keep their
    /// older versions, and unchanged files are not read again. Run it again to resume an interrupted import.
    Add(add::Arguments),
    /// Mark stories as read, star, archive or tag them, add notes, or move them to the bin.
    Mark(maintenance::Mark),
    /// Undo or redo the last change made on the command line, or list all changes.
    ///
    /// A change made in the reader or by an older version needs `--any` or its id. Nothing newer is overwritten:
    /// anything changed since then stays as it is. An undone change can be redone at any time.
    Undo(undo::Arguments),
    /// Permanently delete the stories in the bin.
    Purge(maintenance::Purge),
    /// Check the library for damage.
    Check(maintenance::Check),
    /// Back up the library to a new file (safe while in use).
    Backup(maintenance::Backup),
    /// Export the whole library as JSON, one object per line.
    Export(maintenance::Export),
    /// Import a file written by `export`.
    ///
    /// Existing data stays; stars, tags, notes and highlights are merged into the story with the same text. Exits with
    /// 1 if part of the export is missing or unreadable; the rest is still imported.
    Import(maintenance::Import),
    /// Exchange highlights, notes and all other marks with your other machines, through a folder.
    ///
    /// Each machine appends its changes to a file of its own in the folder, which any file synchroniser can carry, and
    /// reads the files of the others. Changes to stories that this library lacks wait until it has them. Exits with 1 if
    /// a file is damaged; the rest is still read.
    Pair(pair::Arguments),
    /// Open the reader, or print stories as plain lines for a screen reader or a pipe.
    Read(read::Arguments),
    /// List stories in the library, optionally filtered by a query.
    List(list::List),
    /// Print stories from the library as plain text, by id or by query.
    Show(list::Show),
    /// List the stories of all outlets that report the same happening as a story.
    ///
    /// The stories are in order of publication. A story with mostly the words of an earlier one is marked as a reprint.
    /// What `--split` and `--merge` decide holds for all stories added later, and `dateline undo` takes it back.
    Story(story::Arguments),
    /// Show everything the library has on a person, organisation or place.
    Who(who::Arguments),
    /// Manage saved views (named queries).
    View(view::Arguments),
    /// Manage the feeds you follow.
    Feed(feed::Arguments),
    /// Fetch new stories from the feeds you follow.
    ///
    /// Only this command, `feed add`, `sync` and fetching in the reader open connections. Exits with 1 if a feed failed.
    Fetch(fetch::Arguments),
    /// Read against a feed server: Miniflux, or one that speaks the Google Reader API.
    ///
    /// Brings feeds and stories here, and carries what you have read and starred both ways, and tags if the server has
    /// labels. Without a subcommand, syncs with every server that you have added. Exits with 1 if one failed.
    Sync(sync::Arguments),
    /// Test the rules for new stories on stories in the library, or apply them.
    ///
    /// `rules.toml` in the configuration folder contains the rules. Each selects stories with a query, and says whether
    /// to tag, star, archive or bin them when they come in.
    Rules(rules::Arguments),
    /// Check the settings files, or print the default ones.
    Config(config::Arguments),
    /// Print a completion script for a shell.
    Completions {
        /// Shell to complete for.
        shell: Shell,
    },
    /// Print a page of the manual (roff), or write all pages into a folder.
    Man(manual::Arguments),
}

/// Runs the program with its command-line arguments. An error is printed on standard error and makes the exit code
/// non-zero.
pub(crate) fn run() -> ExitCode {
    Cli::of_program().run().unwrap_or_else(|error| {
        // Strip control characters: the message may contain text from an article, a file name or a server.
        let remedy = error.downcast_ref().map_or("", remedy::remedy);
        print_error(&format!("{error:#}{remedy}"));
        ExitCode::FAILURE
    })
}

impl Cli {
    /// Parses the program's arguments. Exits with status 2 if they are invalid, and reports old option names on
    /// standard error.
    fn of_program() -> Self {
        let spelling = Spelling::of(std::env::args_os().skip(1));
        if let Some(error) = spelling::neither(&spelling.arguments) {
            error.exit();
        }
        for renamed in &spelling.renamed {
            print_error(renamed);
        }
        let parsed = Self::parse_from(std::iter::once("dateline".into()).chain(spelling.arguments));
        if parsed.command.is_some() && !parsed.paths.is_empty() {
            let reason = "files cannot precede a command; put them after it";
            Self::command().error(ErrorKind::ArgumentConflict, reason).exit();
        }
        parsed
    }

    /// Runs the command.
    ///
    /// # Errors
    /// Returns an error if the terminal or the output fails. Unreadable input only changes the exit code.
    fn run(self) -> anyhow::Result<ExitCode> {
        // Handle SIGXFSZ, so that reaching the file size limit is reported as a write error and does not kill the
        // program.
        signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
        apply_limits();
        let Some(command) = self.command else {
            let path = self.library_arg.path();
            if self.library_arg.is_named() && self.paths.is_empty() && !path.exists() {
                return Err(Missing(path).into());
            }
            return crate::tui::run(match (self.paths.is_empty(), self.library_arg.is_named()) {
                (false, _) => ReaderSource::Paths(self.paths, path),
                (true, true) => ReaderSource::Library(path),
                (true, false) => ReaderSource::Own(Some(path)),
            });
        };
        if let Command::Read(arguments) = &command
            && arguments.has_plain_only_flags()
        {
            let reason = "--from, --date and --jobs require --plain; in the reader, `d` sets the date";
            Self::command().error(ErrorKind::MissingRequiredArgument, reason).exit();
        }
        if let Command::Extract(arguments) = &command
            && let Some(reason) = arguments.conflict()
        {
            Self::command().error(ErrorKind::ArgumentConflict, reason).exit();
        }
        if let Command::Read(arguments) = &command
            && let Some(files) = arguments.screen()
        {
            return crate::tui::run(ReaderSource::Paths(files.to_vec(), self.library_arg.path()));
        }
        let mut out = BufWriter::new(io::stdout().lock());
        let outcome = command.run(&mut out).and_then(|all_ok| Ok(out.flush().map(|()| all_ok)?));
        match outcome {
            Ok(true) => Ok(ExitCode::SUCCESS),
            Ok(false) => Ok(ExitCode::from(1)),
            // A closed pipe is not an error: the program at the other end has read enough.
            Err(error) if is_closed_pipe(&error) => Ok(ExitCode::SUCCESS),
            Err(error) => Err(error),
        }
    }
}

impl Command {
    /// Runs the command, writing to `out`. Returns whether every input was read.
    fn run(&self, out: &mut impl Write) -> anyhow::Result<bool> {
        let all_ok: io::Result<bool> = match self {
            Self::Extract(arguments) => extract::run(arguments, out),
            Self::Quotes(arguments) => report::quotes(arguments, out),
            Self::Entities(arguments) => report::entities(arguments, out),
            Self::Timeline(arguments) => report::timeline(arguments, out),
            Self::Figures(arguments) => report::figures(arguments, out),
            Self::Add(arguments) => add::run(arguments, out),
            Self::Mark(arguments) => maintenance::mark(arguments, out),
            Self::Undo(arguments) => undo::undo(arguments, out),
            Self::Purge(arguments) => maintenance::purge(arguments, out),
            Self::Check(arguments) => maintenance::check(arguments, out),
            Self::Backup(arguments) => maintenance::backup(arguments, out),
            Self::Export(arguments) => maintenance::export(arguments, out),
            Self::Import(arguments) => maintenance::import(arguments, out),
            Self::Pair(arguments) => pair::run(arguments, out),
            Self::Read(arguments) => read::run(arguments, out),
            Self::List(arguments) => list::list(arguments, out),
            Self::Show(arguments) => list::show(arguments, out),
            Self::Story(arguments) => story::run(arguments, out),
            Self::Who(arguments) => who::run(arguments, out),
            Self::View(arguments) => view::run(arguments, out),
            Self::Feed(arguments) => return feed::run(arguments, out),
            Self::Fetch(arguments) => return fetch::run(arguments, out),
            Self::Sync(arguments) => return sync::run(arguments, out),
            Self::Rules(arguments) => rules::run(arguments, out),
            Self::Config(arguments) => config::run(arguments, out),
            Self::Completions { shell } => {
                let mut script = Vec::new();
                clap_complete::generate(*shell, &mut Cli::command(), "dateline", &mut script);
                out.write_all(&script).map(|()| true)
            }
            Self::Man(arguments) => return manual::run(arguments, out),
        };
        Ok(all_ok?)
    }
}

/// Applies the limits set in `config.toml` to everything that this process reads. Errors in the file are reported by the
/// reader and by `dateline config check`.
fn apply_limits() {
    let file = crate::config::folder().and_then(|folder| crate::config::read(&folder, "config.toml"));
    if let Some((_, Ok(toml))) = file {
        let (config, _) = crate::config::Config::default().with(&toml, &[]);
        dateline_ingest::set_max_lines(config.max_lines as usize);
    }
}

/// Returns whether writing failed because the other end closed the pipe.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
