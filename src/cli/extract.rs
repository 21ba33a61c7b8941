//! `dateline extract`: writes the annotations of articles as JSON, CSV, Markdown or Parquet.

mod file_list;
mod long_run;
mod progress;
mod result_file;
#[cfg(feature = "parquet")]
mod tables;

use super::input::{Input, LONG, Outcome, format_parser};
use super::library_arg::print_error;
use super::names_arg::NamesArg;
use clap::{ArgGroup, Args, ValueEnum};
use dateline_core::text::clean;
use dateline_export as export;
use dateline_export::json::{self, Layout};
use dateline_ingest::Format;
use serde::Serialize;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// The arguments of `dateline extract`.
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("source").multiple(true)))]
pub(super) struct Arguments {
    #[command(flatten)]
    input: Input,
    /// Input format [default: detected by content].
    #[arg(long, value_name = "FORMAT", value_parser = format_parser(), group = "source")]
    from: Option<Format>,
    /// Output format [default: json for one story, jsonl for several].
    #[arg(long, value_name = "FORMAT")]
    to: Option<OutputFormat>,
    /// Instead, print the analysis of sentence N of each story: what decided its tags, clauses, quotes and rows.
    #[arg(long, value_name = "N", conflicts_with = "to")]
    explain: Option<usize>,
    /// Read the files and folders named in LIST, one per line or separated by zero bytes; `-` for standard input.
    #[arg(long, value_name = "LIST", group = "source", conflicts_with = "files", requires = "output")]
    files_from: Option<PathBuf>,
    /// Write to FILE, one JSON object per line, which names its `file` [default: standard output]. For `--to parquet`, the
    /// folder to create.
    #[arg(long, value_name = "FILE", conflicts_with = "explain")]
    output: Option<PathBuf>,
    /// Continue FILE: drop an incomplete last line, and skip the files that have lines. Files that failed are tried
    /// again.
    #[arg(long, requires = "output")]
    resume: bool,
    /// Divide the tables of `--to parquet` into folders: per day of publication, or per file that was read.
    #[arg(long, value_name = "BY")]
    partition: Option<Partitioning>,
    #[command(flatten)]
    names: NamesArg,
}

impl Arguments {
    /// Returns why the arguments contradict each other, if they do.
    pub(super) fn conflict(&self) -> Option<&'static str> {
        match (self.to, &self.output) {
            (Some(OutputFormat::Parquet), _) if !cfg!(feature = "parquet") => Some(
                "this program was built without --to parquet; in the source folder, `cargo install --path . --features \
                 parquet` builds one with it",
            ),
            (Some(OutputFormat::Parquet), None) => Some("--to parquet needs a folder to create: `--to parquet DIR`"),
            (Some(OutputFormat::Parquet), _) if self.resume => Some("--resume continues `--to jsonl` only"),
            (to, _) if self.partition.is_some() && to != Some(OutputFormat::Parquet) => {
                Some("--partition divides the tables of `--to parquet`")
            }
            (Some(OutputFormat::Json | OutputFormat::Csv | OutputFormat::Md), Some(_)) => {
                Some("--output writes `--to jsonl` or `--to parquet`; redirect other formats with `>`")
            }
            _ => None,
        }
    }
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
    /// Typed tables in a folder: `--to parquet DIR`. Only in programs built with the feature `parquet`.
    Parquet,
}

/// How tables are divided into folders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Partitioning {
    Day,
    File,
}

/// Runs the command. Returns whether every input and every name list was read.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let all_ok = arguments.names.apply();
    let written = match (arguments.explain, &arguments.output) {
        (Some(number), _) => explained(arguments, number, out),
        #[cfg(feature = "parquet")]
        (None, Some(folder)) if arguments.to == Some(OutputFormat::Parquet) => tables::run(arguments, folder),
        (None, Some(file)) => long_run::run(arguments, file),
        (None, None) => annotated(arguments, out),
    };
    Ok(written? && all_ok)
}

/// Writes the annotations to `out` in the chosen format. Returns whether every input was read.
fn annotated(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    match arguments.to {
        Some(OutputFormat::Csv) => csv(arguments, out),
        Some(OutputFormat::Md) => markdown(arguments, out),
        // Parquet has an output folder, so it is not written here.
        Some(OutputFormat::Jsonl | OutputFormat::Parquet) => lines(arguments, out),
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

/// JSON object of an article, or of a record that could not be read.
struct Object {
    /// Path of the file that the article comes from, if it is part of the object.
    file: Option<String>,
    form: Form,
}

/// Form in which an object is in memory.
enum Form {
    /// Formatted object.
    Text(String),
    /// Article whose object is formatted while it is written: it is long, or its layout is not known yet.
    Unformatted(Outcome),
}

/// Object with the path of its file as the last field.
#[derive(Serialize)]
struct WithFile<'a, T> {
    #[serde(flatten)]
    object: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
}

impl Object {
    /// Formats the object of an outcome, unless it is too long to be held in memory. `file` is added as the last field.
    fn new(outcome: Outcome, file: Option<String>, layout: Layout) -> Self {
        let form = match outcome {
            Outcome::Article(both) if both.0.text.len() > LONG => Form::Unformatted(Outcome::Article(both)),
            outcome => {
                let mut text = Vec::new();
                // Writing to memory does not fail.
                let _ = write_object(&mut text, &outcome, file.as_deref(), layout);
                Form::Text(String::from_utf8(text).unwrap_or_default())
            }
        };
        Self { file, form }
    }

    /// Keeps an outcome until its layout is known.
    const fn unformatted(outcome: Outcome) -> Self {
        Self { file: None, form: Form::Unformatted(outcome) }
    }

    /// Writes the object, without a line break after it.
    fn write(&self, out: &mut impl Write, layout: Layout) -> io::Result<()> {
        match &self.form {
            Form::Text(text) => out.write_all(text.as_bytes()),
            Form::Unformatted(outcome) => write_object(out, outcome, self.file.as_deref(), layout),
        }
    }
}

/// Writes the JSON object of an outcome, piece by piece.
fn write_object(out: &mut impl Write, outcome: &Outcome, file: Option<&str>, layout: Layout) -> io::Result<()> {
    match outcome {
        Outcome::Article(both) => json::write(out, &WithFile { object: json::article(&both.0, &both.1), file }, layout),
        Outcome::BadRecord(id, reason, line) => {
            let object = serde_json::json!({"id": id, "error": reason, "line": line});
            json::write(out, &WithFile { object, file }, layout)
        }
    }
}

/// Writes one object per line (JSON Lines).
fn lines(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let object = |outcome| Object::new(outcome, None, Layout::Line);
    arguments.input.each_prepared(arguments.from, object, |object| write_line(out, &object))
}

/// Writes an object and a line break.
fn write_line(out: &mut impl Write, object: &Object) -> io::Result<()> {
    object.write(out, Layout::Line)?;
    out.write_all(b"\n")
}

/// Writes one indented object if there is only one article, or one object per line if there are several. The first
/// article is held back until the input shows which form is needed.
fn one_or_lines(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let several = AtomicBool::new(false);
    let object = |outcome| {
        if several.load(Ordering::Relaxed) {
            Object::new(outcome, None, Layout::Line)
        } else {
            Object::unformatted(outcome)
        }
    };
    let mut held: Option<Object> = None;
    let all_ok = arguments.input.each_prepared(arguments.from, object, |object| {
        if let Some(first) = held.take() {
            several.store(true, Ordering::Relaxed);
            write_line(out, &first)?;
        }
        if several.load(Ordering::Relaxed) {
            write_line(out, &object)
        } else {
            held = Some(object);
            Ok(())
        }
    })?;
    if let Some(only) = held {
        only.write(out, Layout::Indented)?;
        out.write_all(b"\n")?;
    }
    Ok(all_ok)
}

/// Writes one indented object, or an array if there are several. Each article is held back until the next has been
/// read, since only an array needs brackets.
fn array(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let object = |outcome| Object::new(outcome, None, Layout::Indented);
    let mut held: Option<Object> = None;
    let mut open = false;
    let all_ok = arguments.input.each_prepared(arguments.from, object, |object| {
        if let Some(before) = held.replace(object) {
            out.write_all(if open { b",\n" } else { b"[\n" })?;
            before.write(out, Layout::Indented)?;
            open = true;
        }
        Ok(())
    })?;
    let Some(last) = held else { return Ok(all_ok) };
    if open {
        out.write_all(b",\n")?;
    }
    last.write(out, Layout::Indented)?;
    out.write_all(if open { b"\n]\n" } else { b"\n" })?;
    Ok(all_ok)
}

/// Writes the annotations as CSV, one per row.
fn csv(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let mut header = true;
    let rows = |outcome| match outcome {
        Outcome::Article(both) => Some(export::annotations(&both.0, &both.1)),
        Outcome::BadRecord(..) => None,
    };
    arguments.input.each_prepared(arguments.from, rows, |rows| {
        let Some(rows) = rows else { return Ok(()) };
        out.write_all(rows.csv(std::mem::take(&mut header)).as_bytes())
    })
}

/// Writes articles as Markdown, separated by horizontal rules.
fn markdown(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    let mut first = true;
    let text = |outcome| match outcome {
        Outcome::Article(both) => Some(export::markdown(&both.0, &both.1)),
        Outcome::BadRecord(..) => None,
    };
    arguments.input.each_prepared(arguments.from, text, |text| {
        let Some(text) = text else { return Ok(()) };
        if !std::mem::take(&mut first) {
            out.write_all(b"\n---\n\n")?;
        }
        out.write_all(text.as_bytes())
    })
}
