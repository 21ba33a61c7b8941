//! Imports many files into the library. They are read, parsed and analysed on all cores, and stored in batches by a
//! single thread. Every article reported as added is stored. An interrupted import resumes when it is restarted. The
//! analysis may be left for a second phase (`annotate.rs`), so that the articles can be read as soon as possible.

mod long;
mod records;
#[cfg(test)]
mod tests;

use super::document::Document;
use super::guard::lock_owner::LockOwner;
use super::incoming::{Incoming, Prepared, Raw, SharedSource};
use super::matching::Held;
use super::{Added, Library, Outcome, Result, renew};
use dateline_analysis::{Analyzer, Options};
use dateline_core::article::Article;
use dateline_ingest::source::{self, Content, File, Listing};
use dateline_ingest::{self as ingest, Format};
use rayon::prelude::*;
use rusqlite::{OptionalExtension, params};
use std::fs::{self, Metadata};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::time::UNIX_EPOCH;

/// Number of files or records per batch, which is read, parsed and analysed at a time.
const BATCH: usize = 512;

/// Maximum number of articles stored per transaction, and maximum memory that they take in bytes. Most transactions touch
/// most pages of the indices of words and names, and every page touched is written once per transaction, so that few
/// large ones write much less. Other processes that want to write have to wait for about a second.
const TRANSACTION: usize = 4_096;
const MAX_BYTES: usize = 48 << 20;

/// Error message for a source on which the parser panicked.
const PANIC_MESSAGE: &str = "reading it failed, which is a fault of Dateline";

/// Number of files checked for changes per query of the library.
const LOOKUP_BATCH: usize = 1024;

/// Maximum size of a source stored with its articles, in bytes. Longer sources are not stored.
const MAX_KEPT_SOURCE: u64 = 64 << 20;

/// Importer of files and folders.
#[derive(Clone, Debug)]
pub struct Importer {
    /// Analyser used to annotate the articles.
    pub analyzer: Analyzer,
    /// Options for the analysis, such as a reference date.
    pub options: Options,
    /// Whether every file contains one JSON record per line. By default, only files named `.jsonl` or `.ndjson` do.
    pub records: bool,
    /// Whether to store the articles without annotations, which [`Library::annotate`] adds later.
    pub later: bool,
}

/// An event that an import reports while it runs.
#[derive(Debug)]
pub enum Progress<'a> {
    /// The number of files to be read is known.
    Files(usize),
    /// An article was stored. Contains the outcome and the headline.
    Article(&'a Added, &'a str),
    /// A file or record could not be read. Contains its name and the reason.
    Failed(&'a str, &'a str),
    /// A file or folder was left out, which is not a failure. Contains its name and the reason.
    LeftOut(&'a str, &'a str),
    /// More files were finished. Contains their number, and how many of them were unchanged since the last import.
    Done(usize, usize),
    /// More of the stored articles were annotated. Contains the number of those that remain.
    Unannotated(usize),
}

/// Final counts of an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Number of articles added to the library.
    pub new: usize,
    /// Number of articles updated with a changed text.
    pub changed: usize,
    /// Number of articles that were already in the library.
    pub known: usize,
    /// Number of files skipped, since they had not changed since the last import.
    pub unchanged: usize,
    /// Number of files and records that could not be read.
    pub failed: usize,
    /// Whether the import was stopped before all files were read.
    pub stopped: bool,
}

/// Results that a reading thread sends to the writer.
#[derive(Default)]
struct Batch {
    articles: Vec<Prepared>,
    known: usize,
    /// Document items that the library already has, unchanged.
    held: Vec<Held>,
    failed: Vec<(String, String)>,
    left_out: Vec<(String, String)>,
    /// Files whose last articles are in this batch, so that they can be recorded as read.
    files: Vec<Seen>,
    done: usize,
    unchanged: usize,
}

/// Path, size and modification time of a file at the time when it was read.
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

    /// Returns a copy of the record.
    fn again(&self) -> Self {
        Self { path: self.path.clone(), ..*self }
    }
}

impl Importer {
    /// Adds all articles in files and folders to the library. Setting `stop` ends the import after the current batch.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read or written to. Everything reported to `sink` before the error is
    /// stored.
    pub fn run(
        &self,
        library: &mut Library,
        paths: &[PathBuf],
        stop: &AtomicBool,
        mut sink: impl FnMut(Progress<'_>),
    ) -> Result<Summary> {
        let _holder = library.path().map(|path| LockOwner::claim(path, "adding stories"));
        let reader = library.path().map(Library::open_read_only).transpose()?;
        let Listing { mut files, skipped, .. } = source::list(&absolute(paths));
        if let Some(own) = library.path().and_then(|path| std::path::absolute(path).ok()) {
            // The folder being added may contain the library's own files.
            files.retain(|file| !file.path.as_os_str().as_bytes().starts_with(own.as_os_str().as_bytes()));
        }
        sink(Progress::Files(files.len()));
        for (folder, skipped) in &skipped {
            sink(Progress::LeftOut(&folder.to_string_lossy(), skipped));
        }
        let mut summary = Summary::default();
        library.set_bulk(true)?;
        let outcome = std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(1);
            let reading = scope.spawn(move || Source { importer: self, reader, stop, sender }.run(&files));
            let mut pending = Vec::new();
            // The first transactions are shorter, so that something can be seen soon.
            let mut least = BATCH;
            let (mut count, mut bytes) = (0, 0);
            for batch in receiver {
                count += batch.articles.len();
                bytes += batch.articles.iter().map(Prepared::size).sum::<usize>();
                pending.push(batch);
                if count >= least || bytes >= MAX_BYTES {
                    write(library, &std::mem::take(&mut pending), &mut summary, &mut sink)?;
                    least = TRANSACTION.min(least * 2);
                    (count, bytes) = (0, 0);
                }
            }
            write(library, &pending, &mut summary, &mut sink)?;
            // If writing failed, the receiver has been dropped, which ends the reading thread.
            reading.join().unwrap_or(Ok(()))
        });
        library.set_bulk(false)?;
        outcome?;
        summary.stopped = stop.load(Ordering::Relaxed);
        Ok(summary)
    }
}

/// Stores batches in one transaction, then reports them.
fn write(
    library: &mut Library,
    batches: &[Batch],
    summary: &mut Summary,
    sink: &mut impl FnMut(Progress<'_>),
) -> Result<()> {
    let is_empty = |batch: &Batch| batch.articles.is_empty() && batch.files.is_empty() && batch.held.is_empty();
    let added = if batches.iter().all(is_empty) { Vec::new() } else { library.add_batches(batches)? };
    let mut added = added.into_iter();
    for batch in batches {
        report(batch, &added.next().unwrap_or_default(), summary, sink);
    }
    Ok(())
}

/// Reports a batch that has been stored, and counts its articles.
fn report(batch: &Batch, added: &[Added], summary: &mut Summary, sink: &mut impl FnMut(Progress<'_>)) {
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
    for (name, what) in &batch.left_out {
        sink(Progress::LeftOut(name, what));
    }
    summary.known += batch.known;
    summary.failed += batch.failed.len();
    summary.unchanged += batch.unchanged;
    sink(Progress::Done(batch.done, batch.unchanged));
}

impl Library {
    /// Stores the articles of batches, and records the files whose articles have now all been stored. Returns the
    /// outcomes of each batch.
    fn add_batches(&mut self, batches: &[Batch]) -> Result<Vec<Vec<Added>>> {
        let now = super::now();
        self.write(|db| {
            let mut seen = db.prepare_cached("INSERT OR REPLACE INTO files (path, size, modified) VALUES (?, ?, ?)")?;
            let store = |batch: &Batch| {
                let added = super::store::store_all(db, &batch.articles, &batch.held, now)?;
                for file in &batch.files {
                    seen.execute(params![file.path.as_os_str().as_bytes(), file.size, file.modified])?;
                }
                Ok(added)
            };
            batches.iter().map(store).collect()
        })
    }

    /// Returns whether a file is unchanged since it was last read.
    fn has_seen(&self, file: &Seen) -> Result<bool> {
        let found: Option<(i64, i64)> = self
            .connection
            .prepare_cached("SELECT size, modified FROM files WHERE path = ?")?
            .query_row([file.path.as_os_str().as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(found == Some((file.size, file.modified)))
    }
}

/// Reading side of an import: examines, parses and annotates files.
struct Source<'a> {
    importer: &'a Importer,
    reader: Option<Library>,
    stop: &'a AtomicBool,
    sender: SyncSender<Batch>,
}

/// A new or changed file, with its size and modification time at the time when it was examined.
type Fresh<'a> = (&'a File, Option<Seen>);

/// Parsed content of a short file.
struct Parsed {
    articles: Vec<Article>,
    /// Reasons why other articles of the file could not be read.
    failed: Vec<String>,
    bytes: Vec<u8>,
}

impl Source<'_> {
    fn run(&self, files: &[File]) -> Result<()> {
        for chunk in files.chunks(LOOKUP_BATCH) {
            let mut fresh = Vec::new();
            let mut unchanged = 0;
            for file in chunk {
                let metadata = file.length.and_then(|_| fs::metadata(&file.path).ok());
                let seen = metadata.map(|metadata| Seen::new(&file.path, &metadata));
                match (&seen, &self.reader) {
                    (Some(seen), Some(reader)) if reader.has_seen(seen)? => unchanged += 1,
                    _ => fresh.push((file, seen)),
                }
            }
            if !self.send(Batch { done: unchanged, unchanged, ..Batch::default() }) {
                return Ok(());
            }
            let by_itself = |file: &File| file.is_long() || self.holds_records(&file.path);
            for group in source::groups(&fresh, BATCH, |(file, _)| file.length.filter(|_| !by_itself(file))) {
                let on = match group {
                    [(file, seen)] if self.holds_records(&file.path) => self.records(file, seen.as_ref())?,
                    [(file, seen)] if file.is_long() => self.long(file, seen.as_ref())?,
                    short => self.short(short)?,
                };
                if !on {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Sends a batch to the writer. Returns whether to continue the import.
    fn send(&self, batch: Batch) -> bool {
        self.sender.send(batch).is_ok() && !self.stop.load(Ordering::Relaxed)
    }

    /// Returns whether a file contains one record per line, in which case each line is stored as the source of its
    /// record. A compressed file of records is read like any other file.
    fn holds_records(&self, path: &Path) -> bool {
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        let is_known = |known: &&str| extension.eq_ignore_ascii_case(known);
        self.importer.records || Format::JsonLines.extensions().iter().any(is_known)
    }

    /// Reads short files in parallel and sends their articles to the writer. Returns whether to continue the import.
    fn short(&self, files: &[Fresh<'_>]) -> Result<bool> {
        let mut batch = Batch { done: files.len(), ..Batch::default() };
        let parsed: Vec<_> = files.par_iter().map(|(file, _)| parse(file)).collect();
        let mut fresh = Vec::new();
        for ((file, seen), parsed) in files.iter().zip(parsed) {
            let name = file.path.to_string_lossy();
            let Parsed { articles, failed, bytes } = match parsed {
                Ok(parsed) => parsed,
                Err(reason) => {
                    batch.failed.push((name.into_owned(), reason));
                    continue;
                }
            };
            batch.failed.extend(failed.into_iter().map(|reason| (name.to_string(), reason)));
            let several = articles.len() > 1;
            let document = Document::of(&name, &articles);
            let raw = if several { Raw::Shared(Arc::new(SharedSource::from(bytes))) } else { Raw::Own(bytes) };
            for (number, article) in articles.into_iter().enumerate() {
                let raw = raw.clone();
                let item = if several { (number + 1).to_string() } else { String::new() };
                let unique = document.is_item(&article, several).then(|| document.unique(&article));
                let source = name.clone().into_owned();
                fresh.push(Incoming { article, source, item, unique, raw, ..Incoming::default() });
            }
            batch.files.extend(seen.as_ref().map(Seen::again));
        }
        self.prepare_new(fresh, &mut batch)?;
        Ok(self.send(batch))
    }

    /// Prepares the articles that the library does not have yet and adds them to the batch.
    fn prepare_new(&self, incoming: Vec<Incoming>, batch: &mut Batch) -> Result<()> {
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
                Some(reader) if reader.knows(&new.article)? => batch.known += 1,
                _ => fresh.push(new),
            }
        }
        batch.known += batch.held.len();
        let importer = self.importer;
        let prepared: Vec<_> = fresh.into_par_iter().map(|new| importer.prepare(new)).collect();
        for (name, annotated, prepared) in prepared {
            // An article that cannot be packed must not prevent the others from being stored.
            let Ok(prepared) = prepared else {
                batch.failed.push((name, "too long to store".to_owned()));
                continue;
            };
            batch.articles.push(prepared);
            if !annotated {
                batch.failed.push((name, "added without annotations because the analysis failed".to_owned()));
            }
        }
        Ok(())
    }
}

impl Importer {
    /// Prepares an article for storage. Returns its name, whether the analysis succeeded or was left for later, and the
    /// prepared article.
    fn prepare(&self, mut new: Incoming) -> (String, bool, Result<Prepared>) {
        let name = named(&new);
        let Self { analyzer, options, later, .. } = self;
        if *later {
            new.unannotated = true;
            return (name, true, new.prepare());
        }
        let analysis = renew::annotations(analyzer, &new.article, options);
        let annotated = analysis.is_some();
        new.analysis = analysis.unwrap_or_default();
        (name, annotated, new.prepare())
    }
}

/// Returns a name for an article, for messages.
fn named(new: &Incoming) -> String {
    if new.item.is_empty() { new.source.clone() } else { format!("{} ({})", new.source, new.item) }
}

/// Parses the articles of a short file.
fn parse(file: &File) -> std::result::Result<Parsed, String> {
    let bytes = match source::content(file, MAX_KEPT_SOURCE).map_err(|error| error.to_string())? {
        Content::Whole(bytes) => bytes,
        Content::Long(_) => return Err("the file grew while it was being read".to_owned()),
    };
    let (mut articles, mut failed) = (Vec::new(), Vec::new());
    let read = renew::unharmed(|| {
        ingest::read(&file.path.to_string_lossy(), None, bytes.as_slice(), &mut |article| {
            match article {
                Ok(article) => articles.push(article),
                Err(reason) => failed.push(reason.to_string()),
            }
            true
        })
    });
    let read = read.ok_or_else(|| PANIC_MESSAGE.to_owned())?;
    failed.extend(read.err().map(|error| error.to_string()));
    // If nothing could be read from the file, the next import should try again.
    match failed.pop() {
        Some(reason) if articles.is_empty() => Err(reason),
        last => {
            failed.extend(last);
            Ok(Parsed { articles, failed, bytes })
        }
    }
}

/// Makes paths absolute, since the name recorded for a file must not depend on the working directory.
fn absolute(paths: &[PathBuf]) -> Vec<PathBuf> {
    let absolute = |path: &PathBuf| std::path::absolute(path).unwrap_or_else(|_| path.clone());
    paths.iter().map(|path| if source::is_stdin(path) { path.clone() } else { absolute(path) }).collect()
}
