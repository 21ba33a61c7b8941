//! Seals an export with the number of its lines and their checksum, so that an import can detect missing lines.

use crate::dump::entry::hex;
use crate::dump::table::counted;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

/// The `kind` of the last line.
pub(super) const END: &str = "end";

/// Number of lines of each kind.
pub(super) type Counts = BTreeMap<String, usize>;

/// The last line of an export.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct End {
    pub kind: String,
    /// Number of lines before this one, including the first.
    pub lines: usize,
    /// Number of lines after the first, by kind.
    pub counts: Counts,
    /// SHA-256 of the bytes before this line, in hexadecimal.
    pub sha256: String,
}

/// Writer of export lines that accumulates the counts and checksum for the last one.
pub(super) struct ChecksumWriter<'a, W> {
    out: &'a mut W,
    hash: Sha256,
    lines: usize,
    counts: Counts,
}

impl<'a, W: Write> ChecksumWriter<'a, W> {
    pub(super) fn new(out: &'a mut W) -> Self {
        Self { out, hash: Sha256::new(), lines: 0, counts: Counts::new() }
    }

    /// Writes the first line.
    pub(super) fn head(&mut self, line: &str) -> io::Result<()> {
        self.write(line)
    }

    /// Writes a line and counts it under its kind.
    pub(super) fn line(&mut self, kind: &str, line: &str) -> io::Result<()> {
        match self.counts.get_mut(kind) {
            Some(count) => *count += 1,
            None => drop(self.counts.insert(kind.to_owned(), 1)),
        }
        self.write(line)
    }

    fn write(&mut self, line: &str) -> io::Result<()> {
        self.lines += 1;
        self.hash.update(line);
        self.hash.update("\n");
        writeln!(self.out, "{line}")
    }

    /// Writes the last line.
    pub(super) fn end(self) -> io::Result<()> {
        let sha256 = hex(&self.hash.finalize());
        let end = End { kind: END.to_owned(), lines: self.lines, counts: self.counts, sha256 };
        writeln!(self.out, "{}", serde_json::to_string(&end)?)
    }
}

/// Reader of export lines that accumulates the checksum of those before the current one.
pub(super) struct ChecksumReader<R> {
    input: R,
    hash: Sha256,
    line: Vec<u8>,
    /// Number of the current line, from 1.
    pub number: usize,
}

impl<R: BufRead> ChecksumReader<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, hash: Sha256::new(), line: Vec::new(), number: 0 }
    }

    /// Reads the next line, without its line break. Returns `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        self.hash.update(&self.line);
        self.line.clear();
        if self.input.read_until(b'\n', &mut self.line)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        let is_ended = self.line.ends_with(b"\n");
        let bytes = self.line.strip_suffix(b"\n").unwrap_or(&self.line);
        let words = String::from_utf8(bytes.to_vec()).map_err(|_| "not UTF-8".to_owned());
        Ok(Some(Line { number: self.number, words, is_ended }))
    }

    /// Returns the checksum of the lines before the current one.
    pub(super) fn checksum(&self) -> String {
        hex(&self.hash.clone().finalize())
    }
}

/// A line of an export.
pub(super) struct Line {
    /// Line number, from 1.
    pub number: usize,
    /// Text of the line, or the reason why it cannot be read.
    pub words: Result<String, String>,
    /// Whether it ends with a line break.
    pub is_ended: bool,
}

/// Completeness of an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Completeness {
    /// Complete and unchanged.
    Whole,
    /// Unknown: Dateline 0.1.0 wrote neither totals nor an end.
    #[default]
    Unknown,
    /// Truncated, changed or damaged; the sentence names the missing part.
    Damaged(String),
}

/// Lines that an export announces and lines that were found.
#[derive(Default)]
pub(super) struct Tally {
    /// Totals announced in the first line.
    pub promised: Option<Counts>,
    /// Lines that could be read, by kind.
    pub found: Counts,
    /// The last line, and whether its checksum matches the lines before it.
    pub end: Option<(End, bool)>,
    /// Whether the export ends inside a line.
    pub cut_inside: bool,
    /// Number of lines, including the last one.
    pub lines: usize,
}

impl Tally {
    /// Compares the announced lines with those found.
    pub(super) fn completeness(&self) -> Completeness {
        let here = if self.cut_inside { "inside" } else { "after" };
        let totals = self.end.as_ref().map(|(end, _)| &end.counts).or(self.promised.as_ref());
        match (&self.end, totals) {
            (Some((_, true)), _) => Completeness::Whole,
            (Some((end, false)), _) => Completeness::Damaged(format!(
                "was changed or damaged after it was exported (its checksum differs; it has {} of {} lines); {}",
                self.lines,
                end.lines + 1,
                self.missing(&end.counts)
            )),
            (None, Some(totals)) => Completeness::Damaged(format!(
                "ends {here} line {} of {}; {}",
                self.lines,
                totals.values().sum::<usize>() + 2,
                self.missing(totals)
            )),
            (None, None) if self.cut_inside => Completeness::Damaged(format!(
                "ends inside line {}; how much is missing cannot be known, because Dateline 0.1.0 wrote no totals",
                self.lines
            )),
            (None, None) => Completeness::Unknown,
        }
    }

    fn missing(&self, totals: &Counts) -> String {
        let missing = totals.iter().filter_map(|(kind, total)| {
            let count = total.saturating_sub(self.found.get(kind).copied().unwrap_or(0));
            (count > 0).then(|| counted(kind, count))
        });
        let missing: Vec<String> = missing.collect();
        if missing.is_empty() { "nothing is missing".to_owned() } else { format!("missing: {}", missing.join(", ")) }
    }
}
