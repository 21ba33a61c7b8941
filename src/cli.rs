//! The command line: what the user asked for, turned into calls. Knows every layer; nothing knows it.

mod extract;

use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Reads news closely: who said what, who and where, what happened when.
#[derive(Debug, Parser)]
#[command(name = "dateline", version, about, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Files and folders to read; the bundled stories when none is given.
    paths: Vec<PathBuf>,
}

/// What to do instead of opening the reader.
#[derive(Debug, Subcommand)]
enum Command {
    /// Parse and analyse articles without opening the reader.
    Extract(extract::Arguments),
}

impl Cli {
    /// Does what was asked for.
    ///
    /// # Errors
    /// When the terminal or a file fails; wrong input is told in the exit code.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Some(Command::Extract(arguments)) => extract::run(&arguments),
            None => crate::tui::run(&self.paths),
        }
    }
}
