//! Many files into the library: read, parsed and analysed on all cores, written by one thread in
//! batches. What was said to be added is on the disk; a run that was stopped is gone on with.

mod long;

use super::document::Document;
use super::guard::holder::Holder;
use super::incoming::{Incoming, Prepared, Raw, Whole};
use super::matching::Held;
use super::{Added, Library, Outcome, Result, renew};
use crate::analysis::{Analyzer, Options};
use crate::article::Article;
use crate::ingest::{self, record};
use rayon::prelude::*;
use rusqlite::{OptionalExtension, params};
use std::fs::{self, File, Metadata};
use std::io::{self, BufRead, BufReader, Read};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::UNIX_EPOCH;

/// How many files or records are one batch: one transaction, which writes each page that it touches
/// once, and most batches touch most pages of the indices.
const BATCH: usize = 512;

/// How many unchanged files are looked up at once.
const GLANCE: usize = 1024;

/// How files are to be read.
#[derive(Clone, Debug)]
pub struct Importer {
    /// Annotates.
    pub analyzer: Analyzer,
    /// What is known beyond the articles.
    pub options: Options,
    /// Whether all files hold one JSON record a line; else only those named `.jsonl` or `.ndjson`.
    pub records: bool,
}

/// What happens on the way.
#[derive(Debug)]
pub enum Progress<'a> {
    /// This many files are to be looked at.
    Files(usize),
    /// An article is on the disk.
    Article(&'a Added, &'a str),
    /// A file or record could not be read: its name and why.
    Failed(&'a str, &'a str),
    /// This many more files are done with; of these, so many did not change since the last time.
    Done(usize, usize),
}

/// What came of it all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles that were not there.
    pub new: usize,
    /// Articles that had another text.
    pub changed: usize,
    /// Articles that were there.
    pub known: usize,
    /// Files that did not change since they were read last.
    pub unchanged: usize,
    /// Files and records that could not be read.
    pub failed: usize,
    /// Whether it was stopped before the end.
    pub stopped: bool,
}

/// What the readers hand to the writer.
#[derive(Default)]
struct Batch {
    articles: Vec<Prepared>,
    known: usize,
    /// Items of documents among the known.
    held: Vec<Held>,
    failed: Vec<(String, String)>,
    /// Files that are read whole with this batch.
    files: Vec<Seen>,
    done: usize,
    unchanged: usize,
}

/// A file as it was when it was read.
struct Seen {
    path: PathBuf,
    size: i64,
    modified: i64,
}

impl Seen {
    fn new(path: &Path, metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let modified = modified.map_or(0, |since| since.as_nanos() as i64);
        Self { path: path.to_owned(), size: metadata.len() as i64, modified }
    }
}

impl Importer {
    /// Adds all articles of files and folders. `stop` ends it after the batch at hand.
    ///
    /// # Errors
    /// When the library fails; what was told to `sink` before is stored.
    pub fn run(
        &self,
        library: &mut Library,
        paths: &[PathBuf],
        stop: &AtomicBool,
        mut sink: impl FnMut(Progress<'_>),
    ) -> Result<Summary> {
        let _holder = library.path().map(|path| Holder::claim(path, "adding articles"));
        let reader = library.path().map(Library::open_read_only).transpose()?;
        let mut files = expanded(paths);
        if let Some(own) = library.path().and_then(|path| std::path::absolute(path).ok()) {
            // The library's own files may lie in the folder that is added.
            files.retain(|file| !file.as_os_str().as_bytes().starts_with(own.as_os_str().as_bytes()));
        }
        sink(Progress::Files(files.len()));
        let mut summary = Summary::default();
        library.set_bulk(true)?;
        let outcome = std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(2);
            let reading = scope.spawn(move || Source { importer: self, reader, stop, sender }.run(&files));
            for batch in receiver {
                write(library, &batch, &mut summary, &mut sink)?;
            }
            // The receiver is gone when writing failed, and reading ends with it.
            reading.join().unwrap_or(Ok(()))
        });
        library.set_bulk(false)?;
        outcome?;
        summary.stopped = stop.load(Ordering::Relaxed);
        Ok(summary)
    }
}

/// Stores a batch, then says so.
fn write(
    library: &mut Library,
    batch: &Batch,
    summary: &mut Summary,
    sink: &mut impl FnMut(Progress<'_>),
) -> Result<()> {
    let added = if batch.articles.is_empty() && batch.files.is_empty() && batch.held.is_empty() {
        Vec::new()
    } else {
        library.add_files(&batch.articles, &batch.held, &batch.files)?
    };
    for (article, new) in added.iter().zip(&batch.articles) {
        match article.outcome {
            Outcome::New => summary.new += 1,
            Outcome::Changed => summary.changed += 1,
            Outcome::Known => summary.known += 1,
        }
        sink(Progress::Article(article, &new.columns.headline));
    }
    for (name, reason) in &batch.failed {
        sink(Progress::Failed(name, reason));
    }
    summary.known += batch.known;
    summary.failed += batch.failed.len();
    summary.unchanged += batch.unchanged;
    sink(Progress::Done(batch.done, batch.unchanged));
    Ok(())
}

impl Library {
    /// Stores articles together with the files that are read whole with them.
    fn add_files(&mut self, articles: &[Prepared], held: &[Held], files: &[Seen]) -> Result<Vec<Added>> {
        let now = super::now();
        self.write(|db| {
            let added = super::store::store_all(db, articles, held, now)?;
            let mut statement =
                db.prepare_cached("INSERT OR REPLACE INTO files (path, size, modified) VALUES (?, ?, ?)")?;
            for file in files {
                statement.execute(params![file.path.as_os_str().as_bytes(), file.size, file.modified])?;
            }
            Ok(added)
        })
    }

    /// Whether a file was read when it was as it is now.
    fn has_seen(&self, file: &Seen) -> Result<bool> {
        let found: Option<(i64, i64)> = self
            .connection
            .prepare_cached("SELECT size, modified FROM files WHERE path = ?")?
            .query_row([file.path.as_os_str().as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(found == Some((file.size, file.modified)))
    }
}

/// The side that reads.
struct Source<'a> {
    importer: &'a Importer,
    reader: Option<Library>,
    stop: &'a AtomicBool,
    sender: SyncSender<Batch>,
}

/// Articles as parsed from one file, with the bytes.
type Parsed = std::result::Result<(Vec<Article>, Arc<[u8]>), String>;

impl Source<'_> {
    fn run(&self, files: &[PathBuf]) -> Result<()> {
        for chunk in files.chunks(GLANCE) {
            let mut fresh = Vec::new();
            let mut unchanged = 0;
            for path in chunk {
                let seen = fs::metadata(path).ok().map(|metadata| Seen::new(path, &metadata));
                match (&seen, &self.reader) {
                    (Some(seen), Some(reader)) if reader.has_seen(seen)? => unchanged += 1,
                    _ => fresh.push((path, seen)),
                }
            }
            if !self.send(Batch { done: unchanged, unchanged, ..Batch::default() }) {
                return Ok(());
            }
            for some in fresh.chunks(BATCH) {
                if !self.files(some)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Hands a batch on; whether there is reason to go on.
    fn send(&self, batch: Batch) -> bool {
        self.sender.send(batch).is_ok() && !self.stop.load(Ordering::Relaxed)
    }

    fn holds_records(&self, path: &Path) -> bool {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        self.importer.records || ending.eq_ignore_ascii_case("jsonl") || ending.eq_ignore_ascii_case("ndjson")
    }

    fn files(&self, files: &[(&PathBuf, Option<Seen>)]) -> Result<bool> {
        let (records, documents): (Vec<_>, Vec<_>) = files.iter().partition(|(path, _)| self.holds_records(path));
        let (long, documents): (Vec<_>, Vec<_>) =
            documents.into_iter().partition(|(_, seen)| long::is_long(seen.as_ref()));
        let mut batch = Batch { done: documents.len(), ..Batch::default() };
        let parsed: Vec<Parsed> = documents.par_iter().map(|(path, _)| parse(path)).collect();
        let mut fresh = Vec::new();
        for ((path, seen), parsed) in documents.iter().zip(parsed) {
            let name = path.to_string_lossy();
            let (articles, bytes) = match parsed {
                Ok(parsed) => parsed,
                Err(reason) => {
                    batch.failed.push((name.into_owned(), reason));
                    continue;
                }
            };
            let several = articles.len() > 1;
            let document = Document::of(&name, &articles);
            let bytes = bytes.to_vec();
            let raw = if several { Raw::Shared(Arc::new(Whole::new(bytes))) } else { Raw::Own(bytes) };
            for (number, article) in articles.into_iter().enumerate() {
                let raw = raw.clone();
                let item = if several { (number + 1).to_string() } else { String::new() };
                let unique = document.is_item(&article).then(|| document.unique(&article));
                let source = name.clone().into_owned();
                fresh.push(Incoming { article, source, item, unique, raw, ..Incoming::default() });
            }
            batch.files.extend(seen.as_ref().map(|seen| Seen { path: seen.path.clone(), ..*seen }));
        }
        self.annotate(fresh, &mut batch)?;
        if !self.send(batch) {
            return Ok(false);
        }
        for (path, seen) in long {
            if !self.long(path, seen.as_ref())? {
                return Ok(false);
            }
        }
        for (path, seen) in records {
            if !self.records(path, seen.as_ref())? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Analyses what the library does not hold yet.
    fn annotate(&self, incoming: Vec<Incoming>, batch: &mut Batch) -> Result<()> {
        let mut fresh = Vec::with_capacity(incoming.len());
        for new in incoming {
            match &self.reader {
                Some(reader) if new.unique.is_some() => {
                    let keys = new.keys();
                    match reader.held(&new.source, &new.article, &keys)? {
                        Some(id) => batch.held.push(Held { source: new.source, id, keys }),
                        None => fresh.push(new),
                    }
                }
                Some(reader) if reader.known(&new.article)?.is_some() => batch.known += 1,
                _ => fresh.push(new),
            }
        }
        batch.known += batch.held.len();
        let Importer { analyzer, options, .. } = self.importer;
        let prepared: Vec<(Option<String>, Result<Prepared>)> = fresh
            .into_par_iter()
            .map(|mut new| {
                let analysis = renew::annotations(analyzer, &new.article, options);
                let failed = analysis.is_none().then(|| named(&new));
                new.analysis = analysis.unwrap_or_default();
                (failed, new.prepare())
            })
            .collect();
        for (failed, prepared) in prepared {
            batch.failed.extend(failed.map(|name| (name, "kept without annotations: the analysis failed".to_owned())));
            batch.articles.push(prepared?);
        }
        Ok(())
    }

    /// A file of records, batch by batch; the file counts as read with the last.
    fn records(&self, path: &Path, seen: Option<&Seen>) -> Result<bool> {
        let name = path.to_string_lossy();
        let fail =
            |reason: String| Batch { failed: vec![(name.clone().into_owned(), reason)], done: 1, ..Batch::default() };
        let reader = match open(path) {
            Ok(reader) => BufReader::new(reader),
            Err(error) => return Ok(self.send(fail(error.to_string()))),
        };
        let mut lines = reader.split(b'\n').enumerate();
        // A stream is read once: an id counts as unique until another record has it.
        let mut document = Document::new(&name);
        loop {
            let some: Vec<(usize, io::Result<Vec<u8>>)> = lines.by_ref().take(BATCH).collect();
            let last = some.len() < BATCH;
            let mut batch = Batch::default();
            let parsed: Vec<_> = some.into_par_iter().filter_map(|(index, line)| record(index + 1, line)).collect();
            let mut fresh = Vec::new();
            for parsed in parsed {
                match parsed {
                    Ok(Record { number, article, line }) => {
                        document.count(&article);
                        let mut unique = document.unique(&article);
                        let item = if unique.id { article.id.clone() } else { format!("line {number}") };
                        // Such an id may be the line's number, given to a record that has none.
                        unique.id &= article.id != number.to_string();
                        fresh.push(Incoming {
                            article,
                            source: name.clone().into_owned(),
                            item,
                            unique: Some(unique),
                            format: "jsonl".to_owned(),
                            raw: Raw::Own(line),
                            ..Incoming::default()
                        });
                    }
                    Err(reason) => batch.failed.push((name.clone().into_owned(), reason)),
                }
            }
            self.annotate(fresh, &mut batch)?;
            if last {
                batch.done = 1;
                batch.files.extend(seen.map(|seen| Seen { path: seen.path.clone(), ..*seen }));
            }
            if !self.send(batch) || last {
                return Ok(!self.stop.load(Ordering::Relaxed));
            }
        }
    }
}

/// Which article is meant, for the reader.
fn named(new: &Incoming) -> String {
    if new.item.is_empty() { new.source.clone() } else { format!("{} ({})", new.source, new.item) }
}

/// The articles of a file.
fn parse(path: &Path) -> Parsed {
    let mut bytes = Vec::new();
    open(path).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(|error| error.to_string())?;
    let articles = renew::unharmed(|| ingest::articles(&path.to_string_lossy(), &bytes));
    let articles =
        articles.ok_or("reading it failed, which is a fault of Dateline")?.map_err(|error| error.to_string())?;
    Ok((articles, bytes.into()))
}

/// A record with its line, counted from 1.
struct Record {
    number: usize,
    article: Article,
    line: Vec<u8>,
}

/// The article of a line, with the line; nothing for a blank one.
fn record(number: usize, line: io::Result<Vec<u8>>) -> Option<std::result::Result<Record, String>> {
    let told = |reason: String| Some(Err(format!("line {number}: {reason}")));
    let line = match line {
        Ok(line) => line,
        Err(error) => return told(error.to_string()),
    };
    let Ok(words) = std::str::from_utf8(&line) else { return told("not UTF-8".to_owned()) };
    if words.trim().is_empty() {
        return None;
    }
    match record::article(words, number) {
        Ok(article) => Some(Ok(Record { number, article, line })),
        Err((_, error)) => told(error.to_string()),
    }
}

fn open(path: &Path) -> io::Result<Box<dyn Read + Send>> {
    Ok(if path == Path::new("-") { Box::new(io::stdin()) } else { Box::new(File::open(path)?) })
}

/// Files as named, folders as the files in them: in order of their names, hidden ones and links to
/// folders passed over. Absolute, so that the same file is the same from everywhere.
fn expanded(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut out = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            out.push(path.clone());
        } else {
            expand(std::path::absolute(path).unwrap_or_else(|_| path.clone()), &mut out);
        }
    }
    out
}

fn expand(path: PathBuf, out: &mut Vec<PathBuf>) {
    let Ok(inside) = fs::read_dir(&path) else {
        out.push(path);
        return;
    };
    let mut entries: Vec<_> = inside
        .filter_map(io::Result::ok)
        .filter(|entry| !entry.file_name().as_bytes().starts_with(b"."))
        .filter_map(|entry| Some((entry.path(), entry.file_type().ok()?)))
        .collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    for (path, kind) in entries {
        if kind.is_dir() {
            expand(path, out);
        } else if kind.is_file() || (kind.is_symlink() && path.is_file()) {
            out.push(path);
        }
    }
}
