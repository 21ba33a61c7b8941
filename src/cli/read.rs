//! `dateline read`: opens the reader, or prints stories as plain lines for a screen reader, a pipe or a printer.

use super::input::{Input, Outcome, format_parser};
use clap::{ArgGroup, Args};
use dateline_export as export;
use dateline_ingest::Format;
use std::io::{self, Write};
use std::path::PathBuf;

/// The arguments of `dateline read`.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("source").multiple(true)))]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Input format [default: detected by content].
    #[arg(long, value_name = "FORMAT", value_parser = format_parser(), group = "source")]
    from: Option<Format>,
    /// Print the story line by line instead of opening the reader, with speakers and dates in
    /// brackets.
    #[arg(long)]
    plain: bool,
}

impl Arguments {
    /// Returns the files to open in the reader; `None` if the stories are to be printed.
    pub(super) fn screen(&self) -> Option<&[PathBuf]> {
        (!self.plain).then(|| self.input.files())
    }

    /// Returns whether an option that needs `--plain` was given without it.
    pub(super) const fn has_plain_only_flags(&self) -> bool {
        !self.plain && (self.from.is_some() || self.input.is_tuned())
    }
}

/// Writes the stories to `out` as plain lines. Returns whether every input was read.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    arguments.input.each(arguments.from, |outcome| {
        let Outcome::Article(both) = outcome else { return Ok(()) };
        out.write_all(export::linear(&both.0, &both.1).as_bytes())
    })
}
