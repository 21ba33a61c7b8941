//! Turns the inputs named by the user (files, folders, standard input, records) into annotated articles. Inputs are
//! read, parsed and analysed in parallel, but their articles are passed on in input order.

use super::library_arg::print_error;
use crate::own_names;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use dateline_analysis::{Analysis, Analyzer, Options};
use dateline_core::Named;
use dateline_core::article::Article;
use dateline_ingest::source::{self, File, PendingArticles};
use dateline_ingest::{self as ingest, Format, article_of_record};
use dateline_ingest::{JsonLine, JsonLines};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::Value;
use std::io;
use std::path::{Path, PathBuf};

/// Maximum number of inputs that are processed at the same time.
const BATCH: usize = 256;

/// Input arguments of a command. A command that flattens this must define its own `from` argument for the format.
#[derive(Args, Debug)]
pub(super) struct Input {
    /// Files and folders to read, `-` for standard input.
    #[arg(value_name = "FILE", required_unless_present = "from")]
    files: Vec<PathBuf>,
    /// Date (YYYY-MM-DD) that relative times count from, for sources without a date.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
    /// Number of threads, 0 for all cores [default: 0].
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

/// Creates a command-line parser for the names of input formats. Names and help texts come from the table of formats.
pub(super) fn format_parser() -> impl TypedValueParser<Value = Format> {
    let named = |format: &Format| PossibleValue::new(format.name()).help(format.help());
    PossibleValuesParser::new(Format::ALL.iter().map(named))
        .try_map(|name| Format::ALL.iter().copied().find(|format| format.name() == name).ok_or("unknown format"))
}

/// Parses a date given on the command line (YYYY-MM-DD).
pub(super) fn parse_date(text: &str) -> Result<Date, InvalidDate> {
    text.parse().map_err(|_| InvalidDate)
}

/// Error that [`parse_date`] returns if an argument is not a date.
#[derive(Debug, thiserror::Error)]
#[error("not a date; write it as YYYY-MM-DD, such as 2023-09-24")]
pub(super) struct InvalidDate;

/// Result of reading an article or a record.
pub(super) enum Outcome {
    /// An article and its annotations.
    Article(Box<(Article, Analysis)>),
    /// A record that could not be read: its ID, the reason, and its line number, counted from 1.
    BadRecord(Option<Value>, String, usize),
}

impl Input {
    /// Returns whether a date or a number of threads was given.
    pub(super) const fn is_tuned(&self) -> bool {
        self.date.is_some() || self.jobs.is_some()
    }

    /// Returns the files and folders named by the user.
    pub(super) fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Creates an input from files, a reference date and a number of threads.
    pub(super) const fn of(files: Vec<PathBuf>, date: Option<Date>, jobs: Option<usize>) -> Self {
        Self { files, date, jobs }
    }

    /// Returns whether to expect several articles: from JSON Lines, several files, or a folder.
    pub(super) fn is_many(&self, from: Option<Format>) -> bool {
        from == Some(Format::JsonLines) || self.files.len() > 1 || self.files.iter().any(|path| path.is_dir())
    }

    /// Passes every article to `sink`, in order. Inputs that cannot be read are reported on standard error and skipped.
    ///
    /// Returns whether everything was read.
    ///
    /// # Errors
    /// Returns the first error of `sink`.
    pub(super) fn each(
        &self,
        from: Option<Format>,
        mut sink: impl FnMut(Outcome) -> io::Result<()>,
    ) -> io::Result<bool> {
        if let Some(jobs) = self.jobs {
            // Ignore errors: if a global thread pool already exists, it is just as good.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
        }
        let analyzer = own_names::analyzer();
        let options = Options { fallback: self.date, ..Options::default() };
        if from == Some(Format::JsonLines) {
            self.records(&analyzer, &options, &mut sink)
        } else {
            self.documents(from, &analyzer, &options, &mut sink)
        }
    }

    /// Lists the files to read, or standard input if no file is named. Files skipped in folders are reported
    /// immediately.
    fn listed(&self) -> Vec<File> {
        let stdin = [PathBuf::from("-")];
        let listing = source::list(if self.files.is_empty() { &stdin } else { &self.files });
        for (folder, skipped) in &listing.skipped {
            print_input_error(folder, skipped);
        }
        listing.files
    }

    /// Reads files in JSON Lines format, one record per line.
    fn records(
        &self,
        analyzer: &Analyzer,
        options: &Options,
        sink: &mut impl FnMut(Outcome) -> io::Result<()>,
    ) -> io::Result<bool> {
        let mut all_ok = true;
        for File { path, .. } in self.listed() {
            let mut lines = match source::open(&path).and_then(ingest::decompressed) {
                Ok(source) => JsonLines::new(source),
                Err(error) => {
                    print_input_error(&path, &error);
                    all_ok = false;
                    continue;
                }
            };
            loop {
                let batch = lines.batch(BATCH);
                if batch.is_empty() {
                    break;
                }
                let outcomes: Vec<Outcome> =
                    batch.into_par_iter().map(|line| one_record(line, analyzer, options)).collect();
                for outcome in outcomes {
                    if let Outcome::BadRecord(_, reason, line) = &outcome {
                        print_input_error(&path, &format!("line {line}: {reason}"));
                        all_ok = false;
                    }
                    sink(outcome)?;
                }
            }
        }
        Ok(all_ok)
    }

    /// Reads files in any format other than JSON Lines, including files in folders.
    fn documents(
        &self,
        format: Option<Format>,
        analyzer: &Analyzer,
        options: &Options,
        sink: &mut impl FnMut(Outcome) -> io::Result<()>,
    ) -> io::Result<bool> {
        let mut all_ok = true;
        let files = self.listed();
        for group in source::groups(&files, BATCH, |file| file.length.filter(|_| !file.is_long())) {
            if let [file] = group {
                all_ok &= streamed(&file.path, format, analyzer, options, sink)?;
                continue;
            }
            let read: Vec<_> = group.par_iter().map(|file| one_file(&file.path, format, analyzer, options)).collect();
            for (file, (articles, reasons)) in group.iter().zip(read) {
                for article in articles {
                    sink(Outcome::Article(Box::new(article)))?;
                }
                all_ok &= reasons.is_empty();
                for reason in &reasons {
                    print_input_error(&file.path, reason);
                }
            }
        }
        Ok(all_ok)
    }
}

/// Passes the articles of a file to `sink` while the file is still being read. Returns whether all of it was read.
fn streamed(
    path: &Path,
    format: Option<Format>,
    analyzer: &Analyzer,
    options: &Options,
    sink: &mut impl FnMut(Outcome) -> io::Result<()>,
) -> io::Result<bool> {
    let mut all_ok = true;
    let mut failed = Ok(());
    let mut pending = PendingArticles::new(BATCH);
    let mut hand_on = |articles: Vec<Article>| {
        let articles = articles.into_par_iter().map(|article| annotated(article, analyzer, options));
        articles.collect::<Vec<_>>().into_iter().try_for_each(|article| sink(Outcome::Article(Box::new(article))))
    };
    let read = read_file(path, format, &mut |article| {
        match article {
            Ok(article) => {
                if pending.push(article) {
                    failed = hand_on(pending.take());
                }
            }
            Err(reason) => {
                print_input_error(path, &reason);
                all_ok = false;
            }
        }
        failed.is_ok()
    });
    failed?;
    hand_on(pending.take())?;
    if let Err(reason) = read {
        print_input_error(path, &reason);
        all_ok = false;
    }
    Ok(all_ok)
}

/// Reads the articles in a file, or in standard input.
fn read_file(
    path: &Path,
    format: Option<Format>,
    sink: &mut dyn FnMut(Result<Article, ingest::Error>) -> bool,
) -> Result<(), ingest::Error> {
    ingest::read(&path.to_string_lossy(), format, source::open(path)?, sink)
}

/// Reads and annotates the record on one line of a JSON Lines file.
fn one_record(JsonLine { number, text }: JsonLine, analyzer: &Analyzer, options: &Options) -> Outcome {
    let line = match text {
        Ok(line) => line,
        Err(fault) => return Outcome::BadRecord(None, fault.clone(), number),
    };
    match article_of_record(&line, number) {
        Ok(article) => {
            let analysis = analyzer.analyze(&article, options);
            Outcome::Article(Box::new((article, analysis)))
        }
        Err((id, error)) => Outcome::BadRecord(id, error.to_string(), number),
    }
}

/// Returns the annotated articles of a file, and a message for each article that could not be read.
fn one_file(
    path: &Path,
    format: Option<Format>,
    analyzer: &Analyzer,
    options: &Options,
) -> (Vec<(Article, Analysis)>, Vec<String>) {
    let (mut articles, mut reasons) = (Vec::new(), Vec::new());
    let read = read_file(path, format, &mut |article| {
        match article {
            Ok(article) => articles.push(annotated(article, analyzer, options)),
            Err(reason) => reasons.push(reason.to_string()),
        }
        true
    });
    reasons.extend(read.err().map(|reason| reason.to_string()));
    (articles, reasons)
}

/// Annotates an article.
fn annotated(article: Article, analyzer: &Analyzer, options: &Options) -> (Article, Analysis) {
    let analysis = analyzer.analyze(&article, options);
    (article, analysis)
}

/// Prints a one-sentence error about an input to standard error.
fn print_input_error(path: &Path, reason: &dyn std::fmt::Display) {
    print_error(&format!("{}: {reason}", path.to_string_lossy()));
}
