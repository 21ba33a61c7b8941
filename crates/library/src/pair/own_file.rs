//! The file that this library writes in a folder. Only the library appends to it. If the file is damaged or missing, it
//! is written again; if another library, or a later state of this one, has written to it, this one begins a file of its
//! own.

use super::incoming;
use super::log_file::{Header, LogReader, Part, Position};
use super::register::{self, COLUMNS, Register};
use super::wire;
use crate::guard::beside;
use crate::{Error, Result};
use rusqlite::{Connection, TransactionBehavior, params};
use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

/// Number of bytes that are collected before they are written.
const CHUNK: usize = 1 << 20;

/// Difference between the file and what this library has written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The file is as this library has left it.
    None,
    /// The file contains complete lines after those that this library knows that it has written: the program was killed
    /// after it had written them, or another library has written them.
    Longer,
    /// The file is missing, damaged or another one.
    Other,
}

/// Number of lines from which a file is written again if most of them are superseded.
pub(super) const LONG: usize = 500;

/// Returns whether most of the lines of a file are superseded, so that it should be written again: a file in which a star
/// was set and removed a thousand times would have to be read by every new machine. `registers` is the number of lines
/// that it would have then.
pub(super) const fn is_mostly_superseded(lines: usize, registers: usize) -> bool {
    lines >= LONG && lines > 2 * (registers + 1)
}

/// Compares the file with what this library has written. Returns also the number of lines that are as they should be.
///
/// # Errors
/// Returns an error if the file exists and cannot be read.
pub(super) fn verify(path: &Path, written: &Position) -> Result<(Fault, usize)> {
    if !path.exists() {
        return Ok((Fault::Other, 0));
    }
    let mut reader = LogReader::open(path, Position::default())?;
    let mut fault = if written.length == 0 { Fault::None } else { Fault::Other };
    loop {
        match reader.next()? {
            Part::Line(_) if fault != Fault::Other => fault = Fault::Longer,
            Part::Line(_) if reader.at.length == written.length && reader.at.chain == written.chain => {
                fault = Fault::None;
            }
            Part::Line(_) => {}
            Part::Damaged => return Ok((Fault::Other, reader.at.lines)),
            Part::End { .. } => return Ok((fault, reader.at.lines)),
        }
    }
}

/// Returns whether the file contains changes that this library does not know. Nothing is written to the library.
///
/// # Errors
/// Returns an error if the file or the library cannot be read.
pub(super) fn has_news(db: &mut Connection, path: &Path) -> Result<bool> {
    // Dropping the transaction undoes what finding out has changed.
    let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut reader = LogReader::open(path, Position::default())?;
    loop {
        match reader.next()? {
            Part::Line(line) => {
                let Ok(change) = wire::parse(&line) else { continue };
                if incoming::is_news(&transaction, &change)? {
                    return Ok(true);
                }
            }
            Part::Damaged => {}
            Part::End { .. } => return Ok(false),
        }
    }
}

/// Returns the registers that a folder lacks: those with an ID above `written` that did not come from it.
pub(super) fn unwritten(db: &Connection, folder: i64, written: i64) -> Result<Vec<Register>> {
    let sql = format!("SELECT {COLUMNS} FROM pair_registers WHERE id > ? AND folder <> ? ORDER BY id");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params![written, folder], register::read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Appends registers to the file after a position. Whatever is there after it, such as half a line of a killed program,
/// is replaced. Returns the new position once everything is on disk.
///
/// # Errors
/// Returns an error if the file cannot be written to. It is then as before.
pub(super) fn append(db: &Connection, path: &Path, at: &Position, registers: &[Register]) -> Result<Position> {
    let failed = |error| Error::File(path.to_owned(), error);
    let mut file = OpenOptions::new().write(true).open(path).map_err(failed)?;
    file.set_len(at.length).map_err(failed)?;
    file.seek(SeekFrom::Start(at.length)).map_err(failed)?;
    let mut end = at.clone();
    let outcome = write(db, &mut file, &mut end, registers, path);
    if outcome.is_err() {
        let _ = file.set_len(at.length);
    }
    outcome.map(|()| end)
}

/// Writes a new file with registers. It replaces a damaged one only when it is complete.
///
/// # Errors
/// Returns an error if the file cannot be written. Nothing is left of it then.
pub(super) fn create(db: &Connection, path: &Path, header: &Header, registers: &[Register]) -> Result<Position> {
    let unfinished = beside(path, &format!(".{}.unfinished", std::process::id()));
    let failed = |error| Error::File(path.to_owned(), error);
    let outcome = (|| {
        let mut file = File::create(&unfinished).map_err(failed)?;
        let mut end = Position::default();
        let head = serde_json::to_string(header).map_err(|_| Error::Packed("change"))?;
        file.write_all(end.line(&head).as_bytes()).map_err(failed)?;
        write(db, &mut file, &mut end, registers, path)?;
        fs::rename(&unfinished, path).map_err(failed)?;
        Ok(end)
    })();
    if outcome.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    outcome
}

fn write(db: &Connection, file: &mut File, end: &mut Position, registers: &[Register], path: &Path) -> Result<()> {
    let failed = |error| Error::File(path.to_owned(), error);
    let mut chunk = String::new();
    for register in registers {
        if let Some(line) = wire::format(db, register)? {
            chunk.push_str(&end.line(&line));
        }
        if chunk.len() > CHUNK {
            file.write_all(chunk.as_bytes()).map_err(failed)?;
            chunk.clear();
        }
    }
    file.write_all(chunk.as_bytes()).map_err(failed)?;
    file.sync_all().map_err(failed)
}
