//! `dateline extract`: articles in, annotations out, one result a line or one article as JSON.

use crate::analysis::{Analyzer, Options};
use crate::article::Article;
use crate::ingest::{self, record};
use crate::json;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::Value;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How many records are in flight at once: memory is bounded by these alone.
const BATCH: usize = 256;

/// The arguments of `dateline extract`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// Files to read; `-` is standard input.
    files: Vec<PathBuf>,
    /// The format of the input; recognised by its content when not given.
    #[arg(long, value_name = "FORMAT")]
    from: Option<From>,
    /// The format of the output: json for one article, else jsonl.
    #[arg(long, value_name = "FORMAT")]
    to: Option<To>,
    /// The reference date for relative times when the source has none.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// How many threads to use; all cores when not given.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

/// Input formats by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum From {
    /// Text scraped from a page.
    Text,
    /// One JSON record a line, its text taken verbatim.
    Jsonl,
}

/// Output formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum To {
    /// One indented object, or an array of them.
    Json,
    /// One object a line.
    Jsonl,
}

/// Runs the command.
///
/// # Errors
/// When the output cannot be written, other than by a closed pipe.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if let Some(jobs) = arguments.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global()?;
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let result =
        if arguments.from == Some(From::Jsonl) { records(arguments, &mut out) } else { documents(arguments, &mut out) };
    match result.and_then(|code| out.flush().map(|()| code)) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        other => Ok(other?),
    }
}

/// What the reference date falls back to.
fn options(arguments: &Arguments) -> Options {
    Options { fallback: arguments.date, ..Options::default() }
}

/// JSON records, in batches: parsed and analysed in parallel, written in order.
fn records(arguments: &Arguments, out: &mut impl Write) -> io::Result<ExitCode> {
    let analyzer = Analyzer::bundled();
    let options = options(arguments);
    let mut failed = false;
    let stdin = PathBuf::from("-");
    let files = if arguments.files.is_empty() { std::slice::from_ref(&stdin) } else { &arguments.files };
    for path in files {
        let reader: Box<dyn BufRead> = match open(path) {
            Ok(reader) => Box::new(BufReader::new(reader)),
            Err(error) => {
                complain(path, &error);
                failed = true;
                continue;
            }
        };
        let mut lines = reader.split(b'\n').enumerate();
        loop {
            let batch: Vec<(usize, Vec<u8>)> = lines
                .by_ref()
                .take(BATCH)
                .map(|(index, line)| line.map(|line| (index + 1, line)))
                .collect::<io::Result<_>>()?;
            if batch.is_empty() {
                break;
            }
            let results: Vec<Option<(String, Option<String>)>> = batch
                .par_iter()
                .map(|(number, line)| {
                    let line = String::from_utf8_lossy(line);
                    (!line.trim().is_empty()).then(|| one_record(&line, *number, &analyzer, &options))
                })
                .collect();
            for ((number, _), (result, error)) in
                batch.iter().zip(results).filter_map(|(line, result)| Some((line, result?)))
            {
                writeln!(out, "{result}")?;
                if let Some(error) = error {
                    complain(path, &format!("line {number}: {error}"));
                    failed = true;
                }
            }
        }
    }
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// The result of one record as a line of JSON, and what was wrong with it.
fn one_record(line: &str, number: usize, analyzer: &Analyzer, options: &Options) -> (String, Option<String>) {
    match record::article(line, number) {
        Ok(article) => (json::article(&article, &analyzer.analyze(&article, options)).to_string(), None),
        Err((id, error)) => {
            (json::failed(id.as_ref(), &error.to_string(), number).to_string(), Some(error.to_string()))
        }
    }
}

/// Files of any other format.
fn documents(arguments: &Arguments, out: &mut impl Write) -> io::Result<ExitCode> {
    let analyzer = Analyzer::bundled();
    let options = options(arguments);
    let mut failed = arguments.files.is_empty();
    if failed {
        complain(Path::new("extract"), &"no file given");
        return Ok(ExitCode::from(2));
    }
    let mut first: Option<Value> = None;
    let mut several = arguments.to == Some(To::Jsonl) || (arguments.to.is_none() && arguments.files.len() > 1);
    for path in &arguments.files {
        let articles = match read(path) {
            Ok(articles) => articles,
            Err(error) => {
                complain(path, &error);
                failed = true;
                continue;
            }
        };
        for article in articles {
            let value = json::article(&article, &analyzer.analyze(&article, &options));
            if several {
                writeln!(out, "{value}")?;
            } else if let Some(before) = first.replace(value) {
                several = true;
                writeln!(out, "{before}")?;
                if let Some(value) = first.take() {
                    writeln!(out, "{value}")?;
                }
            }
        }
    }
    if let Some(value) = first {
        writeln!(out, "{value:#}")?;
    }
    Ok(if failed { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// The articles of one file.
fn read(path: &Path) -> anyhow::Result<Vec<Article>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(ingest::articles(&path.to_string_lossy(), &bytes)?)
}

/// A file, or standard input for `-`.
fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    Ok(if path == Path::new("-") { Box::new(io::stdin().lock()) } else { Box::new(File::open(path)?) })
}

/// One sentence on standard error that names the input.
fn complain(path: &Path, reason: &dyn std::fmt::Display) {
    eprintln!("dateline: {}: {}", crate::text::clean(&path.to_string_lossy()), crate::text::clean(&reason.to_string()));
}
