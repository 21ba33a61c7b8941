//! Holds the rows of a large report compressed in memory, because a report that is sorted, or aligned as a table, cannot
//! be written until its last row is known.

use serde_json::Value;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;

/// Number of rows that are sorted at a time, before they are compressed.
const RUN: usize = 8_192;

/// Minimum size of the rows compressed together, in bytes. More would take more memory when many runs are merged.
const BLOCK: usize = 64 << 10;

/// Compression level of Zstandard. The fastest one makes rows four to six times as short.
const LEVEL: i32 = 1;

/// Rows with keys by which they will be sorted.
#[derive(Default)]
pub(super) struct RowSpool {
    /// Rows that are not in a run yet.
    pending: Vec<(i64, Vec<Value>)>,
    runs: Vec<Run>,
}

/// Sorted rows: compressed blocks with the lengths of their contents. Each line of a block has a key and a row as JSON.
type Run = Vec<(usize, Vec<u8>)>;

impl RowSpool {
    /// Adds a row.
    ///
    /// # Errors
    /// Returns an error if rows cannot be compressed.
    pub(super) fn push(&mut self, key: i64, row: Vec<Value>) -> io::Result<()> {
        self.pending.push((key, row));
        if self.pending.len() < RUN {
            return Ok(());
        }
        let run = pack(std::mem::take(&mut self.pending))?;
        self.runs.push(run);
        Ok(())
    }

    /// Passes all rows to `sink`, in the order of their keys. Rows with the same key stay in the order in which they were
    /// added.
    ///
    /// # Errors
    /// Returns an error if `sink` does, or if rows cannot be unpacked.
    pub(super) fn drain(mut self, mut sink: impl FnMut(Vec<Value>) -> io::Result<()>) -> io::Result<()> {
        self.pending.sort_by_key(|(key, _)| *key);
        if self.runs.is_empty() {
            return self.pending.into_iter().try_for_each(|(_, row)| sink(row));
        }
        self.runs.push(pack(self.pending)?);
        let mut readers: Vec<Reader> = self.runs.into_iter().map(Reader::new).collect();
        let mut first = BinaryHeap::new();
        for (run, reader) in readers.iter_mut().enumerate() {
            first.extend(reader.next()?.map(|(key, row)| Head(Reverse((key, run)), row)));
        }
        while let Some(Head(Reverse((_, run)), row)) = first.pop() {
            sink(row)?;
            if let Some(reader) = readers.get_mut(run) {
                first.extend(reader.next()?.map(|(key, row)| Head(Reverse((key, run)), row)));
            }
        }
        Ok(())
    }
}

/// Sorts rows and compresses them.
fn pack(mut rows: Vec<(i64, Vec<Value>)>) -> io::Result<Run> {
    rows.sort_by_key(|(key, _)| *key);
    let (mut out, mut block) = (Vec::new(), Vec::new());
    for (key, row) in rows {
        block.extend_from_slice(key.to_string().as_bytes());
        block.push(b'\t');
        serde_json::to_writer(&mut block, &row)?;
        block.push(b'\n');
        if block.len() >= BLOCK {
            out.push((block.len(), zstd::bulk::compress(&block, LEVEL)?));
            block.clear();
        }
    }
    if !block.is_empty() {
        out.push((block.len(), zstd::bulk::compress(&block, LEVEL)?));
    }
    Ok(out)
}

/// Reader of a run.
struct Reader {
    blocks: std::vec::IntoIter<(usize, Vec<u8>)>,
    block: Vec<u8>,
    offset: usize,
}

impl Reader {
    fn new(run: Run) -> Self {
        Self { blocks: run.into_iter(), block: Vec::new(), offset: 0 }
    }

    /// Returns the next row with its key, or `None` at the end.
    fn next(&mut self) -> io::Result<Option<(i64, Vec<Value>)>> {
        if self.offset >= self.block.len() {
            let Some((length, packed)) = self.blocks.next() else { return Ok(None) };
            self.block = zstd::bulk::decompress(&packed, length)?;
            self.offset = 0;
        }
        let rest = self.block.get(self.offset..).unwrap_or_default();
        let line = rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
        self.offset += line.len() + 1;
        let mut parts = line.splitn(2, |&byte| byte == b'\t');
        let key = parts.next().and_then(|key| std::str::from_utf8(key).ok()?.parse().ok());
        let row = parts.next().map(serde_json::from_slice).transpose()?;
        key.zip(row).map(Some).ok_or_else(|| io::Error::other("a row of the report is damaged"))
    }
}

/// First row of a run, ordered by key and by the number of the run.
struct Head(Reverse<(i64, usize)>, Vec<Value>);

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Head {}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn rows_come_out_sorted_and_equal_keys_in_order() {
        for count in [0, 3, RUN, 2 * RUN + 17] {
            let mut spool = RowSpool::default();
            let mut expected = Vec::new();
            for n in 0..count {
                let key = (n * 7_919 % 50) as i64 - 25;
                let row = vec![json!(n), json!("tab\tand\nline"), json!(0.87), json!(null)];
                spool.push(key, row.clone()).unwrap();
                expected.push((key, row));
            }
            expected.sort_by_key(|(key, _)| *key);
            let mut rows = Vec::new();
            spool
                .drain(|row| {
                    rows.push(row);
                    Ok(())
                })
                .unwrap();
            assert!(rows == expected.into_iter().map(|(_, row)| row).collect::<Vec<_>>(), "{count} rows");
        }
    }

    #[test]
    fn rows_are_kept_compressed() {
        let mut spool = RowSpool::default();
        for n in 0..4 * RUN {
            spool.push(0, vec![json!(n), json!("The ferry sailed to the harbour. ".repeat(9))]).unwrap();
        }
        let size: usize = spool.runs.iter().flatten().map(|(_, block)| block.len()).sum();
        assert!(spool.pending.is_empty() && size < 4 * RUN * 60, "{size} bytes");
    }
}
