//! Files of changes: one for each library in a folder, to which only that library appends. Each line has a checksum of
//! itself and the line before, so that every missing, changed or moved line is noticed, and only the changes in damaged
//! lines are lost. A last line without its end is still being copied.

use super::value;
use crate::dump::hex;
use crate::identity::sha256;
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Version of the files that this program writes, and the latest that it reads.
const VERSION: u32 = 1;

/// Maximum length of a line, in bytes. The text of a story is the longest that one can contain.
const MAX_LINE: u64 = 64 << 20;

/// Length of a checksum in a line, in bytes.
const SUM: usize = 16;

/// Start and end of the names of these files. Copies that a synchroniser makes of conflicting files have both, too.
const NAME_START: &str = "dateline-";
const NAME_END: &str = ".changes";

/// First line of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    kind: String,
    version: u32,
    /// ID of the library that writes the file.
    pub library: String,
    /// Name of its machine, for messages.
    pub machine: String,
    /// When the file was begun, in milliseconds since 1970. A file that is written again gets a later time.
    pub begun: i64,
}

impl Header {
    pub(super) fn new(library: &str, machine: &str, begun: i64) -> Self {
        let (library, machine) = (library.to_owned(), machine.to_owned());
        Self { kind: "dateline changes".to_owned(), version: VERSION, library, machine, begun }
    }
}

/// Position up to which a file has been read or written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Position {
    /// Bytes.
    pub length: u64,
    pub lines: usize,
    /// Checksum of the last line.
    pub chain: String,
}

impl Position {
    /// Formats the next line with its checksum, and moves on.
    pub(super) fn line(&mut self, words: &str) -> String {
        self.chain = sum(&self.chain, words);
        let line = format!("{} {words}\n", self.chain);
        self.length += line.len() as u64;
        self.lines += 1;
        line
    }
}

fn sum(chain: &str, words: &str) -> String {
    let mut sum = hex(&sha256(format!("{chain}\n{words}").as_bytes()));
    sum.truncate(SUM);
    sum
}

/// Names a library's file.
pub(super) fn name(machine: &str, library: &str) -> String {
    let plain: String = machine
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' })
        .take(24)
        .collect();
    format!("{NAME_START}{plain}-{library}{NAME_END}")
}

/// Lists the files of changes in a folder, in the order of their names.
///
/// # Errors
/// Returns an error if the folder cannot be read.
pub(super) fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).map_err(|error| Error::File(folder.to_owned(), error))?;
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Error::File(folder.to_owned(), error))?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        // A link or a pipe could lead out of the folder, or block.
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && name.starts_with(NAME_START) && name.ends_with(NAME_END) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// Returns the length of a file in bytes, and when it was modified, in nanoseconds since 1970.
pub(super) fn state(path: &Path) -> io::Result<(u64, i64)> {
    let metadata = fs::metadata(path)?;
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Ok((metadata.len(), modified.map_or(0, |since| since.as_nanos() as i64)))
}

/// Next part of a file.
pub(super) enum Part {
    /// A line whose checksum is right, without it.
    Line(String),
    /// A damaged line.
    Damaged,
    /// The file ends, in the middle of a line or after one.
    End { inside: bool },
}

/// Reader of a file of changes.
pub(super) struct LogReader {
    input: BufReader<File>,
    path: PathBuf,
    /// Position after the last line.
    pub at: Position,
}

impl LogReader {
    /// Opens a file after a position.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read.
    pub(super) fn open(path: &Path, at: Position) -> Result<Self> {
        let failed = |error| Error::File(path.to_owned(), error);
        let mut file = File::open(path).map_err(failed)?;
        file.seek(SeekFrom::Start(at.length)).map_err(failed)?;
        Ok(Self { input: BufReader::with_capacity(1 << 16, file), path: path.to_owned(), at })
    }

    /// Reads the first line of a file, from its start.
    ///
    /// # Errors
    /// Returns `Refused` with the reason if it is not a file of changes or one of a newer program, and another error if
    /// the file cannot be read. Returns `None` if the first line is not complete yet.
    pub(super) fn header(&mut self) -> Result<Option<Header>> {
        let line = match self.next()? {
            Part::Line(line) => line,
            Part::Damaged => return Err(Error::Refused("is damaged in its first line".to_owned())),
            Part::End { .. } => return Ok(None),
        };
        let header: Header =
            serde_json::from_str(&line).map_err(|_| Error::Refused("is not a file of changes".to_owned()))?;
        if header.version > VERSION {
            return Err(Error::Refused(format!("was written by a newer Dateline (version {})", header.version)));
        }
        let is_id =
            (1..=32).contains(&header.library.len()) && header.library.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let machine = value::machine_name(&header.machine);
        if header.kind != "dateline changes" || !is_id {
            return Err(Error::Refused("is not a file of changes".to_owned()));
        }
        Ok(Some(Header { machine, ..header }))
    }

    /// Reads the next line.
    ///
    /// # Errors
    /// Returns an error if the file cannot be read.
    pub(super) fn next(&mut self) -> Result<Part> {
        let mut line = Vec::new();
        let failed = |error| Error::File(self.path.clone(), error);
        let read = io::Read::take(&mut self.input, MAX_LINE).read_until(b'\n', &mut line).map_err(failed)?;
        if line.last() != Some(&b'\n') {
            if (read as u64) < MAX_LINE {
                return Ok(Part::End { inside: read > 0 });
            }
            self.skip_line(&mut line)?;
        }
        self.at.length += line.len() as u64;
        self.at.lines += 1;
        let text = std::str::from_utf8(&line).ok().and_then(|line| line.trim_end_matches('\n').split_once(' '));
        let Some((written, words)) = text.filter(|(written, _)| written.len() == SUM) else {
            return Ok(Part::Damaged);
        };
        let is_right = sum(&self.at.chain, words) == written;
        // The line after a damaged one can be checked with the checksum that the damaged one has.
        written.clone_into(&mut self.at.chain);
        Ok(if is_right { Part::Line(words.to_owned()) } else { Part::Damaged })
    }

    /// Skips the rest of a line that is too long. `line` is cut, because its length no longer fits into memory.
    fn skip_line(&mut self, line: &mut Vec<u8>) -> Result<()> {
        self.at.length += line.len() as u64;
        line.clear();
        loop {
            let failed = |error| Error::File(self.path.clone(), error);
            let buffer = self.input.fill_buf().map_err(failed)?;
            let end = buffer.iter().position(|byte| *byte == b'\n').map(|at| at + 1);
            let length = end.unwrap_or(buffer.len());
            self.at.length += length as u64;
            self.input.consume(length);
            if end.is_some() || length == 0 {
                return Ok(());
            }
        }
    }
}
