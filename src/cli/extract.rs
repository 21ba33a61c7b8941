//! `dateline extract`: writes the annotations of articles as JSON, CSV or Markdown.

use super::input::{Input, Outcome, format_parser};
use super::library_arg::print_error;
use super::names_arg::NamesArg;
use clap::{Args, ValueEnum};
use dateline_core::text::clean;
use dateline_export as export;
use dateline_export::json;
use dateline_ingest::Format;
use serde::Serialize;
use std::io::{self, Write};

/// The arguments of `dateline extract`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Input format [default: detected by content].
    #[arg(long, value_name = "FORMAT", value_parser = format_parser())]
    from: Option<Format>,
    /// Output format [default: json for one story, jsonl for several].
    #[arg(long, value_name = "FORMAT")]
    to: Option<OutputFormat>,
    /// Instead, print the analysis of sentence N of each story: what decided its tags, clauses, quotes and rows.
    #[arg(long, value_name = "N", conflicts_with = "to")]
    explain: Option<usize>,
    #[command(flatten)]
    names: NamesArg,
}

/// Output formats of `dateline extract`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// One indented object, or an array for several stories.
    Json,
    /// One object per line.
    Jsonl,
    /// One annotation per row.
    Csv,
    /// The story with tables of quotes, entities, timeline and figures.
    Md,
}

/// Runs the command. Returns whether every input and every name list was read.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let all_ok = arguments.names.apply();
    let written = match arguments.explain {
        Some(number) => explained(arguments, number, out),
        None => annotated(arguments, out),
    };
    Ok(written? && all_ok)
}

/// Writes the annotations to `out` in the chosen format. Returns whether every input was read.
fn annotated(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    match arguments.to {
        Some(OutputFormat::Csv) => csv(arguments, out),
        Some(OutputFormat::Md) => markdown(arguments, out),
        Some(OutputFormat::Jsonl) => lines(arguments, out),
        None if arguments.input.is_many(arguments.from) => lines(arguments, out),
        Some(OutputFormat::Json) => array(arguments, out),
        None => one_or_lines(arguments, out),
    }
}

/// Writes how the analyser parsed sentence `number` of each article. Returns whether every input was read and every
/// article has such a sentence.
fn explained(arguments: &Arguments, number: usize, out: &mut impl Write) -> io::Result<bool> {
    let mut all = true;
    let all_ok = arguments.input.each(arguments.from, |outcome| {
        let Outcome::Article(both) = outcome else { return Ok(()) };
        let Some(lines) = dateline_analysis::explain(&both.0, &both.1, number) else {
            let count = both.1.sentences.len();
            print_error(&format!("{}: no sentence {number}; the story has {count}", both.0.id));
            all = false;
            return Ok(());
        };
        // Strip control characters, which the words of an article may contain.
        lines.lines().try_for_each(|line| writeln!(out, "{}", clean(line)))
    })?;
    Ok(all_ok && all)
}

/// Formats the JSON object for an article, or for a record that could not be read, with `json::line` or
/// `json::indented`.
fn object(outcome: &Outcome, indented: bool) -> String {
    fn text(value: &impl Serialize, indented: bool) -> String {
        if indented { json::indented(value) } else { json::line(value) }
    }
    match outcome {
        Outcome::Article(both) => text(&json::article(&both.0, &both.1), indented),
        Outcome::BadRecord(id, reason, line) => {
            text(&serde_json::json!({"id": id, "error": reason, "line": line}), indented)
        }
    }
}

/// Writes one object per line (JSON Lines).
fn lines(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    arguments.input.each(arguments.from, |outcome| writeln!(out, "{}", object(&outcome, false)))
}

/// Writes one indented object if there is only one article, or one object per line if there are several. The first
/// article is held back until the input shows which form is needed.
fn one_or_lines(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let mut held: Option<Outcome> = None;
    let mut several = false;
    let all_ok = arguments.input.each(arguments.from, |outcome| {
        if let Some(first) = held.take() {
            several = true;
            writeln!(out, "{}", object(&first, false))?;
        }
        if several {
            writeln!(out, "{}", object(&outcome, false))
        } else {
            held = Some(outcome);
            Ok(())
        }
    })?;
    if let Some(only) = held {
        writeln!(out, "{}", object(&only, true))?;
    }
    Ok(all_ok)
}

/// Writes one indented object, or an array if there are several. Each article is held back until the next has been
/// read, since only an array needs brackets.
fn array(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let mut held: Option<Outcome> = None;
    let mut open = false;
    let all_ok = arguments.input.each(arguments.from, |outcome| {
        if let Some(before) = held.replace(outcome) {
            write!(out, "{}{}", if open { ",\n" } else { "[\n" }, object(&before, true))?;
            open = true;
        }
        Ok(())
    })?;
    match held {
        Some(last) if open => writeln!(out, ",\n{}\n]", object(&last, true))?,
        Some(only) => writeln!(out, "{}", object(&only, true))?,
        None => {}
    }
    Ok(all_ok)
}

/// Writes the annotations as CSV, one per row.
fn csv(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let mut header = true;
    arguments.input.each(arguments.from, |outcome| {
        let Outcome::Article(both) = outcome else { return Ok(()) };
        out.write_all(export::annotations(&both.0, &both.1).csv(std::mem::take(&mut header)).as_bytes())
    })
}

/// Writes articles as Markdown, separated by horizontal rules.
fn markdown(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let mut first = true;
    arguments.input.each(arguments.from, |outcome| {
        let Outcome::Article(both) = outcome else { return Ok(()) };
        if !std::mem::take(&mut first) {
            out.write_all(b"\n---\n\n")?;
        }
        out.write_all(export::markdown(&both.0, &both.1).as_bytes())
    })
}
