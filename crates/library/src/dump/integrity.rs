//! Makes damage to an export detectable: the last line contains the number of lines and their checksum.

use crate::dump::entry::hex;
use crate::dump::table::counted;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

/// Value of the field `kind` in the last line of an export.
pub(super) const END: &str = "end";

/// Numbers of lines, by kind.
pub(super) type Counts = BTreeMap<String, usize>;

/// Last line of an export.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct End {
    pub kind: String,
    /// Number of lines before the last one, including the first.
    pub lines: usize,
    /// Number of lines between the first and the last one, by kind.
    pub counts: Counts,
    /// SHA-256 of all bytes before the last line, in hexadecimal.
    pub sha256: String,
}

/// Writer of export lines that computes the counts and the checksum for the last line.
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

    /// Writes the first line of an export.
    pub(super) fn head(&mut self, line: &str) -> io::Result<()> {
        self.write(line)
    }

    /// Writes a line of an export and counts it under its kind.
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

    /// Writes the last line of an export.
    pub(super) fn end(self) -> io::Result<()> {
        let sha256 = hex(&self.hash.finalize());
        let end = End { kind: END.to_owned(), lines: self.lines, counts: self.counts, sha256 };
        writeln!(self.out, "{}", serde_json::to_string(&end)?)
    }
}

/// Reader of export lines that computes the checksum of all lines before the current one.
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

    /// Reads the next line, without its line break. Returns `None` at the end of the input.
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

    /// Returns the checksum of all lines before the current one, in hexadecimal.
    pub(super) fn checksum(&self) -> String {
        hex(&self.hash.clone().finalize())
    }
}

/// A line read from an export.
pub(super) struct Line {
    /// Line number in the export, from 1.
    pub number: usize,
    /// Text of the line, or the reason why it cannot be read.
    pub words: Result<String, String>,
    /// Whether the line ends with a line break.
    pub is_ended: bool,
}

/// Completeness of an export, as determined by an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Completeness {
    /// The export is complete and unchanged.
    Whole,
    /// It is unknown whether the export is complete: Dateline 0.1.0 wrote neither counts nor a last line.
    #[default]
    Unknown,
    /// The export is truncated, changed or damaged. The sentence describes what is missing.
    Damaged(String),
}

/// Line counts that an export announces, and those that were found in it.
#[derive(Default)]
pub(super) struct Tally {
    /// Line counts announced in the first line, by kind.
    pub promised: Option<Counts>,
    /// Number of lines that could be read, by kind.
    pub found: Counts,
    /// Last line of the export, and whether its checksum matches the lines before it.
    pub end: Option<(End, bool)>,
    /// Whether the export ends in the middle of a line.
    pub cut_inside: bool,
    /// Number of lines in the export, including the last one.
    pub lines: usize,
}

impl Tally {
    /// Compares the announced line counts with those found.
    pub(super) fn completeness(&self) -> Completeness {
        let here = if self.cut_inside { "in" } else { "after" };
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
                "is truncated {here} line {} of {}; {}",
                self.lines,
                totals.values().sum::<usize>() + 2,
                self.missing(totals)
            )),
            (None, None) if self.cut_inside => Completeness::Damaged(format!(
                "is truncated in line {}; how much is missing is unknown, because Dateline 0.1.0 wrote no totals",
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
