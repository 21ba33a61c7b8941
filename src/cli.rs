//! The command line: turns the user's arguments into calls. Knows every layer; no layer knows it.

mod add;
mod extract;
mod feed;
mod fetch;
mod input;
mod keep;
mod list;
mod place;
mod read;
mod report;
mod sought;
mod undo;
mod view;
mod who;

use crate::tui::From;
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;
use place::Place;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Reads news closely: who said what, who and where, what happened when.
///
/// Without a command it opens the reader on the files and folders named, or on the bundled
/// stories. Press `?` there for its keys.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Files and folders to read, `-` for standard input; your library when none is given, or the
    /// bundled stories as long as it is empty.
    paths: Vec<PathBuf>,
    /// Read this library; `DATELINE_LIBRARY`, else yours, when not given.
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    library: Option<PathBuf>,
}

/// What to do instead of opening the reader.
#[derive(Debug, Subcommand)]
enum Command {
    /// Parse and analyse articles: JSON for scripts and corpora.
    ///
    /// One result an article, in input order. The exit status is 0 when every input was read,
    /// 1 when some could not be (each named on standard error), 2 for a wrong call.
    Extract(extract::Arguments),
    /// Who said what: the quotes of files, or of stories in the library.
    Quotes(report::Quotes),
    /// Who and where: the people, organisations and places of files, or of stories in the library.
    Entities(report::Entities),
    /// What happened when: one timeline over files, or over stories in the library.
    Timeline(report::Timeline),
    /// Add files and folders to the library.
    ///
    /// Prints a line for each article once it is on the disk. The same article twice is one; of one
    /// that changed the older text is kept; files that did not change since are passed over. A run
    /// that was stopped, by whatever, is gone on with by running it again.
    Add(add::Arguments),
    /// Mark articles of the library: read, starred, archived, tagged, in the bin.
    Mark(keep::Mark),
    /// Undo the last change that was made on the command line, or redo it; list all changes.
    ///
    /// A change made on the screen, or by an older version, takes `--any` or its id. Nothing newer is overwritten:
    /// what has changed since is left as it is. An undone change can be redone at any later time.
    Undo(undo::Arguments),
    /// Delete for good what is in the bin.
    Purge(keep::Purge),
    /// Check that the library is whole.
    Check(keep::Check),
    /// Copy the library to a new file, also while it is in use.
    Backup(keep::Backup),
    /// Write the whole library as JSON, one object a line.
    Export(keep::Export),
    /// Take what `export` wrote into the library.
    ///
    /// What is there stays; stars, tags, notes and highlights are merged into the story with the same text. The exit
    /// status is 1 when something of the export is missing or could not be read; the rest comes in all the same.
    Import(keep::Import),
    /// Open the reader, or write stories in plain lines for a screen reader or a pipe.
    Read(read::Arguments),
    /// List stories of the library, all or those that a query finds.
    List(list::List),
    /// Print stories of the library as plain text: by their ids, or all that a query finds.
    Show(list::Show),
    /// All that the library knows of a person, an organisation or a place, across stories.
    Who(who::Arguments),
    /// Saved views: queries with a name.
    View(view::Arguments),
    /// Which feeds you follow.
    Feed(feed::Arguments),
    /// Ask the feeds that you follow for what is new.
    ///
    /// Only this, `feed add` and fetching in the reader connect to anything. The exit status is 1 when a feed failed.
    Fetch(fetch::Arguments),
    /// Print a completion script for a shell.
    Completions {
        /// The shell to complete for.
        shell: Shell,
    },
    /// Print the manual page (roff).
    Man,
}

impl Cli {
    /// Parses the arguments of the program; invalid ones end it with status 2.
    #[must_use]
    pub fn of_program() -> Self {
        Self::parse_from(std::env::args_os().map(sought::denial_spelt_out))
    }

    /// Runs the command.
    ///
    /// # Errors
    /// When the terminal or the output fails; input that could not be read is reported in the exit code.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        // Caught, so that a file that reaches its size limit causes an error message instead of ending the program.
        signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
        let Some(command) = self.command else {
            return crate::tui::run(match self.library {
                Some(path) => From::Library(path),
                None if self.paths.is_empty() => From::Own(Some(Place::default().path())),
                None => From::Paths(self.paths, Place::default().path()),
            });
        };
        if let Command::Read(arguments) = &command
            && arguments.asks_in_vain()
        {
            let reason = "--from, --date and --jobs go with --plain; in the reader `d` sets the date";
            Self::command().error(ErrorKind::MissingRequiredArgument, reason).exit();
        }
        if let Command::Read(arguments) = &command
            && let Some(files) = arguments.screen()
        {
            return crate::tui::run(From::Paths(files.to_vec(), Place::default().path()));
        }
        let mut out = BufWriter::new(io::stdout().lock());
        let outcome = command.run(&mut out).and_then(|whole| Ok(out.flush().map(|()| whole)?));
        match outcome {
            Ok(true) => Ok(ExitCode::SUCCESS),
            Ok(false) => Ok(ExitCode::from(1)),
            // The reader of our output has closed the pipe because it has read enough.
            Err(error) if is_closed_pipe(&error) => Ok(ExitCode::SUCCESS),
            Err(error) => Err(error),
        }
    }
}

impl Command {
    /// Runs the command and writes to `out`. Returns whether every input was read.
    fn run(&self, out: &mut impl Write) -> anyhow::Result<bool> {
        let whole: io::Result<bool> = match self {
            Self::Extract(arguments) => extract::run(arguments, out),
            Self::Quotes(arguments) => report::quotes(arguments, out),
            Self::Entities(arguments) => report::entities(arguments, out),
            Self::Timeline(arguments) => report::timeline(arguments, out),
            Self::Add(arguments) => add::run(arguments, out),
            Self::Mark(arguments) => keep::mark(arguments, out),
            Self::Undo(arguments) => undo::undo(arguments, out),
            Self::Purge(arguments) => keep::purge(arguments, out),
            Self::Check(arguments) => keep::check(arguments, out),
            Self::Backup(arguments) => keep::backup(arguments, out),
            Self::Export(arguments) => keep::export(arguments, out),
            Self::Import(arguments) => keep::import(arguments, out),
            Self::Read(arguments) => read::run(arguments, out),
            Self::List(arguments) => list::list(arguments, out),
            Self::Show(arguments) => list::show(arguments, out),
            Self::Who(arguments) => who::run(arguments, out),
            Self::View(arguments) => view::run(arguments, out),
            Self::Feed(arguments) => return feed::run(arguments, out),
            Self::Fetch(arguments) => return fetch::run(arguments, out),
            Self::Completions { shell } => {
                let mut script = Vec::new();
                clap_complete::generate(*shell, &mut Cli::command(), "dateline", &mut script);
                out.write_all(&script).map(|()| true)
            }
            Self::Man => clap_mangen::Man::new(Cli::command()).render(out).map(|()| true),
        };
        Ok(whole?)
    }
}

/// Returns whether writing failed because the reader of our output has closed the pipe.
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
