//! Sorts stories by day before they become tables, because a file per table can be open for one day only.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// Size of the lines, in bytes, above which they are moved to the files of their days.
const MAX_BYTES: usize = 16 << 20;

/// Compression level of Zstandard. The lines are read once and deleted.
const LEVEL: i32 = 1;

/// Lines of text by day, compressed in a file per day.
pub(super) struct DaySpool {
    folder: PathBuf,
    /// Lines that are not in a file yet.
    pending: BTreeMap<String, Vec<u8>>,
    bytes: usize,
    /// Days that have files.
    days: BTreeMap<String, PathBuf>,
}

impl DaySpool {
    /// Creates a spool with files in a new folder.
    ///
    /// # Errors
    /// Returns an error if the folder cannot be created.
    pub(super) fn new(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir(&folder)?;
        Ok(Self { folder, pending: BTreeMap::new(), bytes: 0, days: BTreeMap::new() })
    }

    /// Adds a line to a day, which must be usable as the name of a file.
    ///
    /// # Errors
    /// Returns an error if the disk is full.
    pub(super) fn push(&mut self, day: String, line: &str) -> io::Result<()> {
        self.bytes += line.len();
        let lines = self.pending.entry(day).or_default();
        lines.extend_from_slice(line.as_bytes());
        lines.push(b'\n');
        if self.bytes > MAX_BYTES { self.store() } else { Ok(()) }
    }

    fn store(&mut self) -> io::Result<()> {
        self.bytes = 0;
        for (day, lines) in std::mem::take(&mut self.pending) {
            let path = self.days.entry(day).or_insert_with_key(|day| self.folder.join(day));
            let mut file = OpenOptions::new().create(true).append(true).open(path)?;
            file.write_all(&zstd::bulk::compress(&lines, LEVEL)?)?;
        }
        Ok(())
    }

    /// Passes each day to `begin` and its lines to `sink`, in the order of the days, and deletes the files.
    ///
    /// # Errors
    /// Returns the first error of `begin` and `sink`, or that of reading a file.
    pub(super) fn drain<T>(
        mut self,
        mut begin: impl FnMut(&str) -> io::Result<T>,
        mut sink: impl FnMut(&mut T, &str) -> io::Result<()>,
        mut end: impl FnMut(T) -> io::Result<()>,
    ) -> io::Result<()> {
        self.store()?;
        for (day, path) in &self.days {
            let mut state = begin(day)?;
            for line in lines(path)? {
                sink(&mut state, &line?)?;
            }
            end(state)?;
            fs::remove_file(path)?;
        }
        fs::remove_dir(&self.folder)
    }
}

fn lines(path: &Path) -> io::Result<impl Iterator<Item = io::Result<String>>> {
    Ok(BufReader::new(zstd::stream::read::Decoder::new(File::open(path)?)?).lines())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_out_by_day_in_the_order_in_which_they_were_added() {
        let folder = std::env::temp_dir().join(format!("dateline-spool-{}", std::process::id()));
        let mut spool = DaySpool::new(folder.clone()).unwrap();
        let line = |n: usize| format!("{n} {}", "ferry ".repeat(20_000));
        for n in 0..400 {
            spool.push(format!("2024-05-{:02}", n % 3 + 1), &line(n)).unwrap();
        }
        assert!(spool.bytes < MAX_BYTES && !spool.days.is_empty());
        let mut seen = Vec::new();
        let begin = |day: &str| Ok(day.to_owned());
        let sink = |day: &mut String, line: &str| {
            seen.push((day.clone(), line.split(' ').next().unwrap().parse::<usize>().unwrap()));
            Ok(())
        };
        spool.drain(begin, sink, |_| Ok(())).unwrap();
        let expected: Vec<(String, usize)> = (0..3)
            .flat_map(|day| (0..400).filter(move |n| n % 3 == day).map(move |n| (format!("2024-05-{:02}", day + 1), n)))
            .collect();
        assert_eq!(seen, expected);
        assert!(!folder.exists());
    }
}
