//! Reads the files of other machines from where they were left last time.

use super::incoming::{self, Applied};
use super::log_file::{self, LogReader, Part, Position};
use super::wire::{self, Change};
use crate::{Error, Library, Result};
use rusqlite::{Connection, OptionalExtension, params};
use std::path::Path;

/// Number of changes that are applied in one transaction.
const BATCH: usize = 1_000;

/// How far a file has been read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Known {
    machine: String,
    begun: i64,
    at: Position,
    modified: i64,
}

/// Outcome of reading a file.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// Name of the machine that writes the file; empty if it is unknown.
    pub machine: String,
    pub applied: Applied,
    /// Fault of the file, as the rest of a sentence that begins with its name.
    pub fault: Option<String>,
    /// Whether the end of the file is still being copied.
    pub is_unfinished: bool,
}

/// The folder and the library that a file is read for.
pub(super) struct Target<'a> {
    /// ID of this library.
    pub library: &'a str,
    /// ID of the folder.
    pub folder: i64,
    pub path: &'a Path,
}

/// Reads what is new in a file. A damaged line is left out, and read again next time, because the machine that writes
/// the file repairs it.
pub(super) fn read(library: &mut Library, target: &Target<'_>, name: &str) -> Result<Read> {
    let path = target.path.join(name);
    let known = known(library.connection(), target.folder, name)?;
    let (length, modified) = log_file::state(&path).map_err(|error| Error::File(path.clone(), error))?;
    if let Some(known) = &known
        && (known.at.length, known.modified) == (length, modified)
    {
        return Ok(Read { machine: known.machine.clone(), ..Read::default() });
    }
    if let Some(known) = known.clone().filter(|known| length > known.at.length) {
        let reader = LogReader::open(&path, known.at.clone())?;
        let mut file = OpenFile { name, state: Known { modified, ..known }, reader, first: None };
        match file.reader.next()? {
            Part::Line(line) => {
                file.first = Some(line);
                return file.read(library, target, None);
            }
            Part::End { inside: true } => {
                return Ok(Read { machine: file.state.machine, is_unfinished: true, ..Read::default() });
            }
            // The file was written again, or is damaged: it is read from its start.
            Part::Damaged | Part::End { .. } => {}
        }
    }
    let mut reader = LogReader::open(&path, Position::default())?;
    let header = match reader.header() {
        Ok(Some(header)) => header,
        Ok(None) => return Ok(Read { is_unfinished: true, ..Read::default() }),
        Err(Error::Refused(reason)) => return Ok(Read { fault: Some(reason), ..Read::default() }),
        Err(other) => return Err(other),
    };
    let state = Known { machine: header.machine, begun: header.begun, at: reader.at.clone(), modified };
    OpenFile { name, state, reader, first: None }.read(library, target, known.as_ref())
}

/// A file that is being read.
struct OpenFile<'a> {
    name: &'a str,
    state: Known,
    reader: LogReader,
    /// The next line, if it was read already.
    first: Option<String>,
}

impl OpenFile<'_> {
    /// Reads the file to its end. `known` is how far it had been read before it was opened at its start.
    fn read(mut self, library: &mut Library, target: &Target<'_>, known: Option<&Known>) -> Result<Read> {
        let mut read = Read { machine: self.state.machine.clone(), ..Read::default() };
        let mut damaged: Vec<usize> = Vec::new();
        let mut reason = None;
        loop {
            let mut changes: Vec<Change> = Vec::new();
            let mut is_end = false;
            while changes.len() < BATCH && !is_end {
                match self.first.take().map_or_else(|| self.reader.next(), |line| Ok(Part::Line(line)))? {
                    Part::Line(line) => match wire::parse(&line) {
                        Ok(change) => changes.push(change),
                        Err(error) => {
                            damaged.push(self.reader.at.lines);
                            reason.get_or_insert(error.to_string());
                        }
                    },
                    Part::Damaged => damaged.push(self.reader.at.lines),
                    Part::End { inside } => {
                        read.is_unfinished = inside;
                        is_end = true;
                    }
                }
                if damaged.is_empty() && !is_end {
                    self.state.at = self.reader.at.clone();
                }
            }
            let is_cut = known.is_some_and(|known| {
                is_end
                    && known.begun == self.state.begun
                    && self.state.at.length < known.at.length
                    && damaged.is_empty()
            });
            if is_cut {
                read.fault = Some("is shorter than it was when it was last read".to_owned());
            }
            let mut state = self.state.clone();
            if !damaged.is_empty() || !is_end || is_cut || read.is_unfinished {
                state.modified = 0;
            }
            let is_saved = known.is_some_and(|known| *known == state) || is_cut;
            if !changes.is_empty() || !is_saved {
                let applied = library.write(|db| {
                    let applied = incoming::apply(db, target.library, &changes, target.folder)?;
                    if !is_saved {
                        put(db, target.folder, self.name, &state)?;
                    }
                    Ok(applied)
                })?;
                read.applied.add(&applied);
            }
            if is_end {
                if let Some(first) = damaged.first() {
                    let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
                    let count =
                        if damaged.len() == 1 { "1 line".to_owned() } else { format!("{} lines", damaged.len()) };
                    read.fault =
                        Some(format!("is damaged in line {first}{reason}; skipped {count}, the rest was read"));
                }
                return Ok(read);
            }
        }
    }
}

fn known(db: &Connection, folder: i64, name: &str) -> Result<Option<Known>> {
    let sql = "SELECT machine, begun, length, lines, chain, modified FROM pair_files WHERE folder = ? AND name = ?";
    let known = db.prepare_cached(sql)?.query_row(params![folder, name], |row| {
        let (length, lines): (i64, i64) = (row.get(2)?, row.get(3)?);
        let at = Position { length: length as u64, lines: lines as usize, chain: row.get(4)? };
        Ok(Known { machine: row.get(0)?, begun: row.get(1)?, at, modified: row.get(5)? })
    });
    Ok(known.optional()?)
}

/// Forgets how far a file has been read.
pub(super) fn forget(db: &Connection, folder: i64, name: &str) -> Result<()> {
    db.prepare_cached("DELETE FROM pair_files WHERE folder = ? AND name = ?")?.execute(params![folder, name])?;
    Ok(())
}

fn put(db: &Connection, folder: i64, name: &str, known: &Known) -> Result<()> {
    let at = &known.at;
    db.prepare_cached(
        "INSERT OR REPLACE INTO pair_files (folder, name, machine, begun, length, lines, chain, modified)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        folder,
        name,
        known.machine,
        known.begun,
        at.length as i64,
        at.lines as i64,
        at.chain,
        known.modified
    ])?;
    Ok(())
}
