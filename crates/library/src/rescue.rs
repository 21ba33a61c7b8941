//! Rescues the readable parts of a damaged library into a new one. The damaged file itself is read only once and never
//! written to. SQLite works on a copy, which is padded with zeros if the end of the file is missing.

use super::dump::{self, LineImporter};
use super::guard::{self, beside};
use super::unfinished::Unfinished;
use super::{Error, Incoming, Library, Result, highlight, journal, migrate};
use dateline_analysis::Analysis;
use rusqlite::Connection;
use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

/// Number of export lines stored per transaction.
const BATCH: usize = 256;

/// Outcome of rescuing a damaged library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rescued {
    /// Number of articles in the new library.
    pub articles: usize,
    /// Descriptions of everything that could not be read.
    pub lost: Vec<String>,
}

impl Library {
    /// Copies the readable parts of the library at `from` into a new library at `to`.
    ///
    /// # Errors
    /// Returns an error if `to` already exists, if `from` is not a library at all, or if the new library cannot be
    /// written.
    pub fn rescue(from: &Path, to: &Path) -> Result<Rescued> {
        let unfinished = Unfinished::new(to)?;
        let copy = beside(unfinished.path(), ".damaged");
        let outcome = (|| {
            copied(from, &copy)?;
            let damaged = guard::open_damaged(&copy)?;
            migrate::advance_damaged(&damaged);
            let mut new = Self::open_or_create(unfinished.path())?;
            let rescued = save(&damaged, &mut new)?;
            // The library is closed before it is published, so that all of it is in one file.
            drop(new);
            unfinished.publish()?;
            Ok(rescued)
        })();
        for ending in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(beside(&copy, ending));
        }
        outcome
    }
}

/// Copies a library with its WAL, and extends the copy to the length given in its header.
fn copied(from: &Path, to: &Path) -> Result<()> {
    let named = |error| Error::File(to.to_owned(), error);
    let length = guard::stated_length(from)?;
    let mut new = OpenOptions::new().write(true).create_new(true).open(to).map_err(named)?;
    let mut old = fs::File::open(from).map_err(|error| Error::File(from.to_owned(), error))?;
    let copied = io::copy(&mut old, &mut new).map_err(named)?;
    new.set_len(length.max(copied)).map_err(named)?;
    let log = beside(from, "-wal");
    if log.exists() {
        fs::copy(log, beside(to, "-wal")).map_err(named)?;
    }
    Ok(())
}

/// Copies everything readable from one library into another.
fn save(db: &Connection, new: &mut Library) -> Result<Rescued> {
    let mut lost = Vec::new();
    let mut lines = Lines { new, waiting: Vec::new(), importer: LineImporter::default() };
    dump::shared_lines(db, &mut lost, |_, line| lines.put(line))?;
    for id in 1..=last_id(db) {
        match dump::article_line(db, id) {
            Ok(line) => lines.put(line)?,
            Err(Error::Sqlite(rusqlite::Error::QueryReturnedNoRows)) if is_nowhere(db, id) => {}
            Err(_) => match highlight::article(db, id) {
                Ok(article) => {
                    lost.push(format!("all but the text of “{}”", article.title()));
                    let incoming = Incoming::new(article, Analysis::default(), &format!("rescued/{id}"));
                    lines.text(incoming)?;
                }
                Err(_) => lost.push(format!("story number {id}")),
            },
        }
    }
    dump::table_lines(db, &mut lost, |_, line| lines.put(line))?;
    lines.flush()?;
    lines.new.write(|db| Ok(journal::adopt_corrections(db)?))?;
    lost.extend(lines.importer.report.failed.drain(..).map(|(_, reason)| reason));
    Ok(Rescued { articles: lines.importer.report.new, lost })
}

/// Returns the largest article ID found anywhere in the readable parts of the file.
fn last_id(db: &Connection) -> i64 {
    let candidates = [
        "SELECT seq FROM sqlite_sequence WHERE name = 'articles'",
        "SELECT max(id) FROM articles",
        "SELECT max(article_id) FROM texts",
    ];
    let candidates = candidates.iter().filter_map(|sql| db.query_row(sql, [], |row| row.get(0)).ok().flatten());
    candidates.max().unwrap_or_else(|| {
        let mut last = 0;
        for table in ["SELECT id FROM articles ORDER BY id", "SELECT article_id FROM texts ORDER BY article_id"] {
            let _ = db.prepare(table).and_then(|mut ids| {
                let mut rows = ids.query([])?;
                while let Some(row) = rows.next()? {
                    last = row.get::<_, i64>(0)?.max(last);
                }
                Ok(())
            });
        }
        last
    })
}

/// Returns whether an article is missing because it was deleted, not because the file is damaged.
fn is_nowhere(db: &Connection, id: i64) -> bool {
    matches!(highlight::article(db, id), Err(Error::NoArticle))
}

/// Export lines waiting to be stored in the new library.
struct Lines<'a> {
    new: &'a mut Library,
    waiting: Vec<String>,
    importer: LineImporter,
}

impl Lines<'_> {
    fn put(&mut self, line: String) -> Result<()> {
        self.waiting.push(line);
        if self.waiting.len() < BATCH { Ok(()) } else { self.flush() }
    }

    fn text(&mut self, incoming: Incoming) -> Result<()> {
        self.flush()?;
        self.new.add(&[Incoming { unannotated: true, ..incoming }.prepare()?])?;
        self.importer.report.new += 1;
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        let (waiting, importer) = (std::mem::take(&mut self.waiting), &mut self.importer);
        self.new.write(|db| {
            for line in &waiting {
                match importer.take(db, line) {
                    Err(error @ (Error::Refused(_) | Error::Packed(_))) => {
                        importer.report.failed.push((0, error.to_string()));
                    }
                    other => drop(other?),
                }
            }
            Ok(())
        })
    }
}
