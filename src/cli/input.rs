//! What the user named, as articles with their annotations: files, folders, standard input,
//! records. Read, parsed and analysed in parallel, handed on in input order.

use crate::analysis::{Analysis, Analyzer, Options};
use crate::article::Article;
use crate::ingest::{self, Format, record};
use crate::text::clean;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// How many inputs are in flight at once: memory is bounded by these alone.
const BATCH: usize = 256;
/// A file longer than this, in bytes, is not read beside others, and its articles are handed on
/// while it is still being read.
const LONG: u64 = 4 << 20;

/// Where articles come from. Whoever flattens this has an argument `from` of its own: the format.
#[derive(Args, Debug)]
pub struct Input {
    /// Files and folders to read; `-` is standard input.
    #[arg(required_unless_present = "from")]
    files: Vec<PathBuf>,
    /// The reference date for relative times when the source has none.
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<Date>,
    /// How many threads to use; all cores when not given.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

/// Input formats by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum From {
    /// Text scraped from a page.
    Text,
    /// A saved page.
    Html,
    /// RSS, RDF or Atom.
    Feed,
    /// Results of ours, JSON Feed, ninjs, schema.org, arrays of records.
    Json,
    /// One JSON record a line, its text taken verbatim.
    Jsonl,
    /// Markdown, with front matter or without.
    Markdown,
    /// One mail, or a page saved as MHTML.
    Mail,
    /// A folder of mails in one file.
    Mbox,
    /// A book.
    Epub,
    /// A list of feeds.
    Opml,
    /// NITF or NewsML-G2.
    News,
    /// A crawl.
    Warc,
}

impl From {
    /// The format that the name stands for.
    const fn format(self) -> Format {
        match self {
            Self::Text => Format::Dump,
            Self::Html => Format::Html,
            Self::Feed => Format::Feed,
            Self::Json => Format::Json,
            Self::Jsonl => Format::JsonLines,
            Self::Markdown => Format::Markdown,
            Self::Mail => Format::Mail,
            Self::Mbox => Format::Mbox,
            Self::Epub => Format::Epub,
            Self::Opml => Format::Opml,
            Self::News => Format::News,
            Self::Warc => Format::Warc,
        }
    }
}

/// What became of one article or record.
pub enum Outcome {
    /// Read and analysed.
    Article(Box<(Article, Analysis)>),
    /// A record that could not be read: its id, the reason, its line from 1.
    BadRecord(Option<Value>, String, usize),
}

impl Input {
    /// Whether a date or a number of threads was given.
    pub const fn is_tuned(&self) -> bool {
        self.date.is_some() || self.jobs.is_some()
    }

    /// What was named.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Input from these files.
    pub const fn of(files: Vec<PathBuf>, date: Option<Date>, jobs: Option<usize>) -> Self {
        Self { files, date, jobs }
    }

    /// Whether the results are several by nature: records, or more than one file.
    pub fn is_many(&self, from: Option<From>) -> bool {
        from == Some(From::Jsonl) || self.files.len() > 1 || self.files.iter().any(|path| path.is_dir())
    }

    /// Hands every article to `sink`, in order. Inputs that cannot be read are named on standard
    /// error and passed over.
    ///
    /// Returns whether everything was read.
    ///
    /// # Errors
    /// What `sink` returns.
    pub fn each(&self, from: Option<From>, mut sink: impl FnMut(Outcome) -> io::Result<()>) -> io::Result<bool> {
        if let Some(jobs) = self.jobs {
            // A pool that stands already serves as well.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
        }
        let analyzer = Analyzer::bundled();
        let options = Options { fallback: self.date, ..Options::default() };
        if from == Some(From::Jsonl) {
            self.records(&analyzer, &options, &mut sink)
        } else {
            self.documents(from.map(From::format), &analyzer, &options, &mut sink)
        }
    }

    /// One record a line.
    fn records(
        &self,
        analyzer: &Analyzer,
        options: &Options,
        sink: &mut impl FnMut(Outcome) -> io::Result<()>,
    ) -> io::Result<bool> {
        let mut whole = true;
        let stdin = [PathBuf::from("-")];
        for path in if self.files.is_empty() { &stdin[..] } else { &self.files } {
            let reader = match open(path) {
                Ok(reader) => BufReader::new(reader),
                Err(error) => {
                    complain(path, &error);
                    whole = false;
                    continue;
                }
            };
            let mut lines = reader.split(b'\n').enumerate();
            loop {
                let batch: Vec<(usize, io::Result<Vec<u8>>)> = lines.by_ref().take(BATCH).collect();
                if batch.is_empty() {
                    break;
                }
                let outcomes: Vec<Option<Outcome>> =
                    batch.into_par_iter().map(|(index, line)| one_record(line, index + 1, analyzer, options)).collect();
                for outcome in outcomes.into_iter().flatten() {
                    if let Outcome::BadRecord(_, reason, line) = &outcome {
                        complain(path, &format!("line {line}: {reason}"));
                        whole = false;
                    }
                    sink(outcome)?;
                }
            }
        }
        Ok(whole)
    }

    /// Files of any other format, folders expanded.
    fn documents(
        &self,
        format: Option<Format>,
        analyzer: &Analyzer,
        options: &Options,
        sink: &mut impl FnMut(Outcome) -> io::Result<()>,
    ) -> io::Result<bool> {
        let mut whole = true;
        let stdin = [PathBuf::from("-")];
        let paths = expanded(if self.files.is_empty() { &stdin[..] } else { &self.files });
        for batch in paths.chunk_by(|one, next| !is_long(one) && !is_long(next)).flat_map(|run| run.chunks(BATCH)) {
            if let [path] = batch {
                whole &= streamed(path, format, analyzer, options, sink)?;
                continue;
            }
            let read: Vec<_> = batch.par_iter().map(|path| one_file(path, format, analyzer, options)).collect();
            for (path, (articles, reasons)) in batch.iter().zip(read) {
                for article in articles {
                    sink(Outcome::Article(Box::new(article)))?;
                }
                whole &= reasons.is_empty();
                for reason in &reasons {
                    complain(path, reason);
                }
            }
        }
        Ok(whole)
    }
}

/// Whether a file is read by itself: a long one, or what is no plain file at all.
fn is_long(path: &Path) -> bool {
    fs::metadata(path).map_or(path == Path::new("-"), |found| !found.is_file() || found.len() > LONG)
}

/// Hands on the annotated articles of one file while it is read. Returns whether all of it was.
fn streamed(
    path: &Path,
    format: Option<Format>,
    analyzer: &Analyzer,
    options: &Options,
    sink: &mut impl FnMut(Outcome) -> io::Result<()>,
) -> io::Result<bool> {
    let mut whole = true;
    let mut failed = Ok(());
    let mut batch = Vec::new();
    let mut hand_on = |batch: &mut Vec<Article>| {
        let articles = std::mem::take(batch).into_par_iter().map(|article| annotated(article, analyzer, options));
        articles.collect::<Vec<_>>().into_iter().try_for_each(|article| sink(Outcome::Article(Box::new(article))))
    };
    let source = match open(path) {
        Ok(source) => source,
        Err(error) => {
            complain(path, &error);
            return Ok(false);
        }
    };
    let read = ingest::read(&path.to_string_lossy(), format, source, &mut |article| {
        match article {
            Ok(article) => batch.push(article),
            Err(reason) => {
                complain(path, &reason);
                whole = false;
            }
        }
        if batch.len() >= BATCH {
            failed = hand_on(&mut batch);
        }
        failed.is_ok()
    });
    failed?;
    hand_on(&mut batch)?;
    if let Err(reason) = read {
        complain(path, &reason);
        whole = false;
    }
    Ok(whole)
}

/// What became of a line of records; nothing for a blank one.
fn one_record(line: io::Result<Vec<u8>>, number: usize, analyzer: &Analyzer, options: &Options) -> Option<Outcome> {
    let line = match line {
        Ok(line) => line,
        Err(error) => return Some(Outcome::BadRecord(None, error.to_string(), number)),
    };
    let Ok(line) = std::str::from_utf8(&line) else {
        return Some(Outcome::BadRecord(None, "not UTF-8".to_owned(), number));
    };
    if line.trim().is_empty() {
        return None;
    }
    Some(match record::article(line, number) {
        Ok(article) => {
            let analysis = analyzer.analyze(&article, options);
            Outcome::Article(Box::new((article, analysis)))
        }
        Err((id, error)) => Outcome::BadRecord(id, error.to_string(), number),
    })
}

/// The annotated articles of one file, and why others could not be read.
fn one_file(
    path: &Path,
    format: Option<Format>,
    analyzer: &Analyzer,
    options: &Options,
) -> (Vec<(Article, Analysis)>, Vec<String>) {
    let (mut articles, mut reasons) = (Vec::new(), Vec::new());
    let source = match open(path) {
        Ok(source) => source,
        Err(error) => return (articles, vec![error.to_string()]),
    };
    let read = ingest::read(&path.to_string_lossy(), format, source, &mut |article| {
        match article {
            Ok(article) => articles.push(annotated(article, analyzer, options)),
            Err(reason) => reasons.push(reason.to_string()),
        }
        true
    });
    reasons.extend(read.err().map(|reason| reason.to_string()));
    (articles, reasons)
}

/// An article with its annotations.
fn annotated(article: Article, analyzer: &Analyzer, options: &Options) -> (Article, Analysis) {
    let analysis = analyzer.analyze(&article, options);
    (article, analysis)
}

/// Files as named, folders as the files in them: in order of their names, hidden ones passed over.
fn expanded(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for path in paths {
        let inside = fs::read_dir(path).ok().filter(|_| path.is_dir());
        let Some(inside) = inside else {
            out.push(path.clone());
            continue;
        };
        let hidden = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let mut inner: Vec<PathBuf> = inside.filter_map(Result::ok).map(|entry| entry.path()).collect();
        inner.retain(|path| !hidden(path) && (path.is_file() || (path.is_dir() && !path.is_symlink())));
        inner.sort();
        out.extend(expanded(&inner));
    }
    out
}

/// A file, or standard input for `-`.
fn open(path: &Path) -> io::Result<Box<dyn Read + Send>> {
    Ok(if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path)?) })
}

/// One sentence on standard error that names the input.
fn complain(path: &Path, reason: &dyn std::fmt::Display) {
    eprintln!("dateline: {}: {}", clean(&path.to_string_lossy()), clean(&reason.to_string()));
}
