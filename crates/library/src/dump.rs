//! Exports the whole library as JSON, one object per line, and imports such exports: an open format that outlives this
//! program. Importing an export into an empty library and exporting that library gives the same output.
//!
//! The first line is `{"kind": "library", "version": 1, "counts": {…}}`, with the number of lines of each kind. After
//! it come the sources shared by several articles, the articles, and the user's changes, one per line. Changes refer to
//! articles by `uid`. The last line is `{"kind": "end", "lines": …, "counts": {…}, "sha256": "…"}`, with the number of
//! lines before it and the checksum of their bytes. Dateline 0.1.0 wrote neither the counts nor the last line.

mod entry;
mod integrity;
mod line_importer;
mod merge;
mod table;
mod target;
#[cfg(test)]
mod tests;

pub(super) use entry::{bare_story, hex, put_bare_story};
pub use integrity::Completeness;
pub(super) use line_importer::LineImporter;
pub(super) use merge::joined as joined_notes;

use super::{Error, Library, Result, codec, journal};
use integrity::{ChecksumReader, ChecksumWriter, Counts, END, End, Tally};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};
use table::TABLES;

/// Version of the export format.
const VERSION: u64 = 1;

/// Number of lines imported per transaction.
const BATCH: usize = 256;

/// Outcome of importing an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported {
    /// Number of articles added to the library.
    pub new: usize,
    /// Number of articles that were already in the library.
    pub known: usize,
    /// Number of items added to existing articles, by the noun for the item ("note").
    pub merged: BTreeMap<&'static str, usize>,
    /// Number of items that were not imported, because the library has something else in their place, by the noun for the
    /// item ("other text").
    pub left_out: BTreeMap<&'static str, usize>,
    /// New names of imported views that were renamed because a view with a different query already had their name.
    pub renamed: Vec<String>,
    /// Line numbers of unreadable lines, from 1, each with the reason.
    pub failed: Vec<(usize, String)>,
    /// Whether the export was complete, as far as the import can determine.
    pub completeness: Completeness,
}

impl Library {
    /// Writes an export of the whole library. Returns descriptions of the articles and tables that could not be read
    /// and were skipped.
    ///
    /// # Errors
    /// Returns an error if `out` cannot be written to or the library cannot be read.
    pub fn export(&self, out: &mut impl Write) -> Result<Vec<String>> {
        self.lines(out).map_err(|error| self.with_path(error))
    }

    fn lines(&self, out: &mut impl Write) -> Result<Vec<String>> {
        let db = &self.connection;
        // Read from a snapshot, since other connections may write in the meantime.
        let moment = db.unchecked_transaction()?;
        let mut out = ChecksumWriter::new(out);
        out.head(&json!({"kind": "library", "version": VERSION, "counts": totals(db)}).to_string())?;
        let mut lost = Vec::new();
        let mut put = |kind: &str, line: String| Ok(out.line(kind, &line)?);
        shared_lines(db, &mut lost, &mut put)?;
        let mut ids = db.prepare("SELECT id, uid FROM articles ORDER BY id")?;
        let mut rows = ids.query([])?;
        while let Some(row) = rows.next()? {
            match article_line(db, row.get(0)?) {
                Ok(line) => put("article", line)?,
                Err(_) => lost.push(format!("story {}", row.get::<_, String>(1)?)),
            }
        }
        table_lines(db, &mut lost, put)?;
        out.end()?;
        drop(moment);
        Ok(lost)
    }

    /// Imports an export written by [`Library::export`]. Existing data is kept and the user's changes are merged into
    /// it. Marks are attached to the story with the same text, even if its URL differs. If a story has a different
    /// note, both notes are kept. From a damaged or truncated export, everything readable is imported.
    ///
    /// # Errors
    /// Returns an error if the input is not an export or the library cannot be written to. Lines imported before the
    /// error are kept, and it is safe to retry with the same input.
    pub fn import(&mut self, input: impl BufRead) -> Result<Imported> {
        let mut input = ChecksumReader::new(input);
        let mut tally = Tally { promised: head(&mut input)?, ..Tally::default() };
        let mut importer = LineImporter::default();
        let mut reading = true;
        while reading {
            reading = self.write(|db| {
                for _ in 0..BATCH {
                    if !next(db, &mut input, &mut importer, &mut tally)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            })?;
        }
        self.write(|db| Ok(journal::adopt_corrections(db)?))?;
        tally.lines = input.number;
        let mut report = importer.report;
        report.completeness = tally.completeness();
        Ok(report)
    }
}

/// Reads the first line of an export. Returns the line counts that it announces, if any.
fn head(input: &mut ChecksumReader<impl BufRead>) -> Result<Option<Counts>> {
    let first = input.next().map_err(|error| Error::Refused(error.to_string()))?;
    let first = first.and_then(|line| serde_json::from_str::<Value>(&line.words.ok()?).ok());
    let first = first.filter(|first| first["kind"] == "library");
    match first.as_ref().and_then(|first| first["version"].as_u64()) {
        Some(VERSION) => Ok(first.and_then(|first| serde_json::from_value(first["counts"].clone()).ok())),
        Some(newer) => Err(Error::Refused(format!("a newer Dateline wrote this export (version {newer})"))),
        None => Err(Error::Refused("this is not an export of a library".to_owned())),
    }
}

/// Imports the next line. Returns `false` at the end of the input.
fn next(
    db: &Connection,
    input: &mut ChecksumReader<impl BufRead>,
    importer: &mut LineImporter,
    tally: &mut Tally,
) -> Result<bool> {
    let line = match input.next() {
        Ok(Some(line)) => line,
        Ok(None) => return Ok(false),
        Err(error) => {
            importer.report.failed.push((input.number + 1, error.to_string()));
            return Ok(false);
        }
    };
    let words = match line.words {
        Ok(words) if words.trim().is_empty() => return Ok(true),
        Ok(words) => words,
        Err(reason) => {
            tally.cut_inside = !line.is_ended;
            importer.report.failed.push((line.number, reason));
            return Ok(true);
        }
    };
    if let Some(end) = serde_json::from_str::<End>(&words).ok().filter(|end| end.kind == END) {
        let is_whole = end.sha256 == input.checksum();
        tally.end = Some((end, is_whole));
        return Ok(true);
    }
    match importer.take(db, &words) {
        Ok(kind) => *tally.found.entry(kind).or_default() += 1,
        // The line cannot be parsed, since the file ends in the middle of it.
        Err(Error::Refused(_)) if !line.is_ended && serde_json::from_str::<Value>(&words).is_err() => {
            tally.cut_inside = true;
        }
        Err(error @ (Error::Refused(_) | Error::Packed(_))) => {
            importer.report.failed.push((line.number, error.to_string()));
        }
        Err(other) => return Err(other),
    }
    Ok(true)
}

/// Counts the lines that an export of the library would have, by kind. Kinds that cannot be counted are left out.
fn totals(db: &Connection) -> Counts {
    let count = |from: &str| db.query_row(&format!("SELECT count(*) FROM {from}"), [], |row| row.get::<_, i64>(0));
    let others = [("source", "sources".to_owned()), ("article", "articles".to_owned())];
    let tables = TABLES.iter().map(|table| (table.kind, format!("({})", table.select)));
    let counts = others
        .into_iter()
        .chain(tables)
        .filter_map(|(kind, from)| Some((kind.to_owned(), count(&from).ok()? as usize)));
    counts.filter(|(_, count)| *count > 0).collect()
}

/// Writes the sources shared by several articles. Descriptions of unreadable sources are added to `lost`.
pub(super) fn shared_lines(
    db: &Connection,
    lost: &mut Vec<String>,
    mut put: impl FnMut(&str, String) -> Result<()>,
) -> Result<()> {
    let mut sources = db.prepare("SELECT hash, raw FROM sources ORDER BY id")?;
    let mut rows = sources.query([])?;
    loop {
        let (hash, raw): (Vec<u8>, Vec<u8>) = match rows.next() {
            Ok(Some(row)) => (row.get(0)?, row.get(1)?),
            Ok(None) => return Ok(()),
            Err(error) => {
                lost.push(format!("further sources ({error})"));
                return Ok(());
            }
        };
        match codec::unpack_with_text(&raw, "") {
            Ok(bytes) => {
                let (kind, hash, raw) = ("source".to_owned(), entry::hex(&hash), entry::Bytes::new(bytes));
                put("source", encoded(&entry::Shared { kind, hash, raw })?)?;
            }
            Err(_) => lost.push(format!("source {}", entry::hex(&hash))),
        }
    }
}

/// Returns the export line of an article.
pub(super) fn article_line(db: &Connection, id: i64) -> Result<String> {
    encoded(&entry::entry(db, id)?)
}

/// Writes the user's changes. Tables that could not be read to the end are added to `lost`.
pub(super) fn table_lines(
    db: &Connection,
    lost: &mut Vec<String>,
    mut put: impl FnMut(&str, String) -> Result<()>,
) -> Result<()> {
    for table in TABLES {
        let read = db.prepare(table.select).map_err(Error::from).and_then(|mut statement| {
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                put(table.kind, row.get(0)?)?;
            }
            Ok(())
        });
        match read {
            Err(Error::Sqlite(error)) => lost.push(format!("of the kind “{}” what follows ({error})", table.kind)),
            other => other?,
        }
    }
    Ok(())
}

/// Serialises one line of an export as JSON.
fn encoded(value: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string(value).map_err(io::Error::from)?)
}
