//! Turns the inputs named by the user (files, folders, standard input, records) into annotated articles. Inputs are
//! read, parsed and analysed in parallel, but their articles are passed on in input order. One thread reads the inputs
//! and distributes the work, while the calling thread writes the results of the batch before.

use super::library_arg::print_error;
use crate::own_names;
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use dateline_analysis::{Analysis, Analyzer, Options};
use dateline_core::Named;
use dateline_core::article::Article;
use dateline_ingest::source::{self, File};
use dateline_ingest::{self as ingest, Format, article_of_record};
use dateline_ingest::{JsonLine, JsonLines};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::Value;
use std::io::{self, BufRead};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

/// Maximum number of inputs that are processed at the same time.
const BATCH: usize = 256;

/// Maximum total length of the texts that are processed at the same time, in bytes. One longer text is processed by
/// itself.
const MAX_BATCH_BYTES: usize = 4 << 20;

/// Length of a text, in bytes, above which the next one is not analysed until its result has been written.
pub(super) const LONG: usize = 1 << 20;

/// Stack size of the reading thread, in bytes. It is that of the main thread, because deeply nested pages need it.
const STACK: usize = 8 << 20;

/// Input arguments of a command. A command that flattens this must define a group `source` with the arguments that make
/// files optional: at least its own `from`, for the format.
#[derive(Args, Debug)]
pub(super) struct Input {
    /// Files and folders to read, `-` for standard input.
    #[arg(value_name = "FILE", required_unless_present = "source")]
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
    pub(super) fn each(&self, from: Option<Format>, sink: impl FnMut(Outcome) -> io::Result<()>) -> io::Result<bool> {
        self.each_prepared(from, |outcome| outcome, sink)
    }

    /// Passes every article to `prepare`, which runs on all threads, and its results to `sink`, in order. Inputs that
    /// cannot be read are reported on standard error and skipped.
    ///
    /// Returns whether everything was read.
    ///
    /// # Errors
    /// Returns the first error of `sink`.
    pub(super) fn each_prepared<T: Send>(
        &self,
        from: Option<Format>,
        prepare: impl Fn(Outcome) -> T + Sync,
        mut sink: impl FnMut(T) -> io::Result<()>,
    ) -> io::Result<bool> {
        let mut all_ok = true;
        let prepare = |_: &Path, outcome| prepare(outcome);
        self.each_message(from, std::iter::once_with(|| self.listed()), None, prepare, |message| match message {
            Message::Ready(prepared) => sink(prepared),
            Message::Fault(sentence) => {
                print_error(&sentence);
                all_ok = false;
                Ok(())
            }
            Message::End => Ok(()),
        })?;
        Ok(all_ok)
    }

    /// Reads the files in `lists`, which are read one list at a time. Passes every article and the path of its file to
    /// `prepare`, which runs on all threads, and its results and the faults to `sink`, in the order of the files. Skips the
    /// articles of `begun`.
    ///
    /// # Errors
    /// Returns the first error of `sink`.
    pub(super) fn each_message<T: Send>(
        &self,
        from: Option<Format>,
        mut lists: impl Iterator<Item = Vec<File>> + Send,
        begun: Option<Begun>,
        prepare: impl Fn(&Path, Outcome) -> T + Sync,
        mut sink: impl FnMut(Message<T>) -> io::Result<()>,
    ) -> io::Result<()> {
        if let Some(jobs) = self.jobs {
            // Ignore errors: if a global thread pool already exists, it is just as good.
            let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
        }
        let analyzer = own_names::analyzer();
        let options = Options { fallback: self.date, ..Options::default() };
        // Without room in the channel, at most one batch waits for the writer while the next is analysed.
        let (sender, receiver) = sync_channel(0);
        thread::scope(|scope| {
            let reader = InputReader { analyzer: &analyzer, options: &options, prepare: &prepare, begun, sender };
            let read = move || match from {
                Some(Format::JsonLines) => lists.all(|files| reader.records(&files)),
                _ => lists.all(|files| reader.documents(&files, from)),
            };
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read)?;
            // An error drops the receiver, which stops the reading thread.
            receiver.into_iter().flatten().try_for_each(&mut sink)
        })
    }

    /// Lists the files to read, or standard input if no file is named. Files skipped in folders are reported
    /// immediately.
    pub(super) fn listed(&self) -> Vec<File> {
        let stdin = [PathBuf::from("-")];
        files_at(if self.files.is_empty() { &stdin } else { &self.files })
    }
}

/// Lists the files at some paths, which may be folders. Files skipped in folders are reported immediately.
pub(super) fn files_at(paths: &[PathBuf]) -> Vec<File> {
    let listing = source::list(paths);
    for (folder, skipped) in &listing.skipped {
        print_error(&input_error(folder, skipped));
    }
    listing.files
}

/// What the reading thread passes to the writing thread.
pub(super) enum Message<T> {
    /// Article or record, prepared for the writer.
    Ready(T),
    /// Reason why an input or a part of it could not be read, as a sentence that names the input.
    Fault(String),
    /// Everything on a file has been passed on.
    End,
}

/// File whose first articles an earlier run has written.
pub(super) struct Begun {
    /// Path of the file.
    pub(super) path: PathBuf,
    /// Number of its articles and records that are not passed on again.
    pub(super) articles: usize,
}

/// Reader of the inputs, on a thread of its own.
struct InputReader<'a, T, P> {
    analyzer: &'a Analyzer,
    options: &'a Options,
    prepare: &'a P,
    begun: Option<Begun>,
    sender: SyncSender<Vec<Message<T>>>,
}

impl<T: Send, P: Fn(&Path, Outcome) -> T + Sync> InputReader<'_, T, P> {
    /// Returns the number of articles to skip in a file.
    fn to_skip(&self, path: &Path) -> usize {
        self.begun.as_ref().filter(|begun| begun.path == path).map_or(0, |begun| begun.articles)
    }

    /// Passes messages to the writer. Returns whether it wants more.
    fn send(&self, messages: Vec<Message<T>>) -> bool {
        self.sender.send(messages).is_ok()
    }

    /// Passes messages to the writer, and waits until it has written them if they are `long`. Returns whether it wants
    /// more.
    fn send_batch(&self, messages: Vec<Message<T>>, long: bool) -> bool {
        // The writer takes the empty batch only after it has dropped the articles of the first.
        self.send(messages) && (!long || self.send(Vec::new()))
    }

    /// Annotates and prepares an article of a file.
    fn ready(&self, path: &Path, article: Article) -> Message<T> {
        let analysis = self.analyzer.analyze(&article, self.options);
        Message::Ready((self.prepare)(path, Outcome::Article(Box::new((article, analysis)))))
    }

    /// Reads files in JSON Lines format, one record per line. Returns whether the writer wants more.
    fn records(&self, files: &[File]) -> bool {
        files.iter().all(|File { path, .. }| {
            let goes_on = match source::open(path).and_then(ingest::decompressed) {
                Ok(source) => self.lines(path, JsonLines::new(source)),
                Err(error) => self.send(vec![Message::Fault(input_error(path, &error))]),
            };
            goes_on && self.send(vec![Message::End])
        })
    }

    /// Reads the lines of a JSON Lines file. Returns whether the writer wants more.
    fn lines<R: BufRead>(&self, path: &Path, lines: JsonLines<R>) -> bool {
        let mut lines = lines.skip(self.to_skip(path));
        loop {
            let (mut batch, mut bytes) = (Vec::new(), 0);
            while batch.len() < BATCH
                && bytes < MAX_BATCH_BYTES
                && let Some(line) = lines.next()
            {
                bytes += line.text.as_ref().map_or(0, String::len);
                batch.push(line);
            }
            if batch.is_empty() {
                return true;
            }
            let messages = batch.into_par_iter().flat_map_iter(|line| self.record(path, line)).collect();
            if !self.send_batch(messages, bytes > LONG) {
                return false;
            }
        }
    }

    /// Reads and annotates the record on one line of a JSON Lines file. A record that could not be read is passed on,
    /// too, after the reason.
    fn record(&self, path: &Path, JsonLine { number, text }: JsonLine) -> Vec<Message<T>> {
        let (id, reason) = match text
            .map_err(|fault| (None, fault))
            .and_then(|line| article_of_record(&line, number).map_err(|(id, error)| (id, error.to_string())))
        {
            Ok(article) => return vec![self.ready(path, article)],
            Err(fault) => fault,
        };
        let sentence = input_error(path, &format!("line {number}: {reason}"));
        let record = (self.prepare)(path, Outcome::BadRecord(id, reason, number));
        vec![Message::Fault(sentence), Message::Ready(record)]
    }

    /// Reads files in any format other than JSON Lines. Returns whether the writer wants more.
    fn documents(&self, files: &[File], format: Option<Format>) -> bool {
        source::groups(files, BATCH, |file| file.length.filter(|_| !file.is_long())).into_iter().all(
            |group| match group {
                [file] => self.streamed(&file.path, format) && self.send(vec![Message::End]),
                group => self.send(group.par_iter().flat_map_iter(|file| self.one_file(&file.path, format)).collect()),
            },
        )
    }

    /// Passes on the articles of a file while the file is still being read. Returns whether the writer wants more.
    fn streamed(&self, path: &Path, format: Option<Format>) -> bool {
        let mut goes_on = true;
        let mut to_skip = self.to_skip(path);
        let (mut pending, mut bytes) = (Vec::new(), 0);
        let pass_on = |articles: Vec<Article>, bytes: usize| {
            let messages = articles.into_par_iter().map(|article| self.ready(path, article)).collect();
            self.send_batch(messages, bytes > LONG)
        };
        let read = read_file(path, format, &mut |article| {
            match article {
                Ok(_) if to_skip > 0 => to_skip -= 1,
                Ok(article) => {
                    bytes += article.text.len();
                    pending.push(article);
                    if pending.len() >= BATCH || bytes >= MAX_BATCH_BYTES {
                        goes_on = pass_on(std::mem::take(&mut pending), std::mem::take(&mut bytes));
                    }
                }
                Err(reason) => goes_on = self.send(vec![Message::Fault(input_error(path, &reason))]),
            }
            goes_on
        });
        goes_on = goes_on && pass_on(pending, bytes);
        match read {
            Err(reason) if goes_on => self.send(vec![Message::Fault(input_error(path, &reason))]),
            _ => goes_on,
        }
    }

    /// Returns the annotated articles of a file, and after them the reason for each article that could not be read.
    fn one_file(&self, path: &Path, format: Option<Format>) -> Vec<Message<T>> {
        let (mut messages, mut faults) = (Vec::new(), Vec::new());
        let mut to_skip = self.to_skip(path);
        let read = read_file(path, format, &mut |article| {
            match article {
                Ok(_) if to_skip > 0 => to_skip -= 1,
                Ok(article) => messages.push(self.ready(path, article)),
                Err(reason) => faults.push(reason),
            }
            true
        });
        faults.extend(read.err());
        messages.extend(faults.iter().map(|reason| Message::Fault(input_error(path, reason))));
        messages.push(Message::End);
        messages
    }
}

/// Reads the articles in a file, or in standard input.
fn read_file(
    path: &Path,
    format: Option<Format>,
    sink: &mut dyn FnMut(Result<Article, ingest::Error>) -> bool,
) -> Result<(), ingest::Error> {
    ingest::read(&path.to_string_lossy(), format, source::open(path)?, sink)
}

/// Formats an error about an input as one sentence.
fn input_error(path: &Path, reason: &dyn std::fmt::Display) -> String {
    format!("{}: {reason}", path.to_string_lossy())
}
