//! Reads the subset of ZIP that e-books use, in memory. Data from the archive is not trusted: offsets are checked, and
//! sizes are counted while unpacking. Nothing is written to disk.

use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::collections::HashMap;
use std::io::Read;

/// Maximum number of entries to read from the central directory.
const ENTRIES: usize = 100_000;
/// Number of bytes to search for the end-of-central-directory record, from the end of the file. The record has a fixed
/// part of 22 bytes and a comment of up to 65,535.
const TAIL: usize = 22 + 65_535;

/// ZIP archive, indexed by entry name.
pub(crate) struct Archive<'a> {
    bytes: &'a [u8],
    /// Entries by name. If several have the same name, the last one counts.
    entries: HashMap<String, Entry>,
    /// Number of bytes in the file before the archive.
    shift: usize,
}

#[derive(Clone, Copy)]
struct Entry {
    flags: u16,
    method: u16,
    crc: u32,
    compressed_size: usize,
    offset: usize,
}

/// Unpacked entry of an archive.
pub(crate) struct Member {
    /// Bytes that could be unpacked.
    pub bytes: Vec<u8>,
    /// Whether unpacking failed or the checksum does not match.
    pub damaged: bool,
}

impl<'a> Archive<'a> {
    /// Reads the central directory of an archive.
    ///
    /// # Errors
    /// Returns a message of one sentence if the archive has no central directory.
    pub(crate) fn new(bytes: &'a [u8]) -> Result<Self, String> {
        let from = bytes.len().saturating_sub(TAIL);
        let tail = bytes.get(from..).unwrap_or_default();
        let ends = memchr::memmem::rfind_iter(tail, b"PK\x05\x06").map(|at| from + at);
        for end in ends.take(1000) {
            let (Some(size), Some(offset)) = (u32_at(bytes, end + 12), u32_at(bytes, end + 16)) else { continue };
            let Some(start) = end.checked_sub(size) else { continue };
            let entries = directory(bytes, start, end);
            if entries.is_empty() && size > 0 {
                continue;
            }
            return Ok(Self { bytes, entries, shift: start.saturating_sub(offset) });
        }
        Err("its archive is damaged or truncated: it has no directory".to_owned())
    }

    /// Returns whether the archive has an entry named `name`.
    #[must_use]
    pub(crate) fn holds(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// Unpacks an entry. Its size may be at most `limit` bytes.
    ///
    /// # Errors
    /// Returns a message of one sentence if the entry is missing, encrypted, compressed by an unknown method, or too
    /// large.
    pub(crate) fn read(&self, name: &str, limit: usize) -> Result<Member, String> {
        let entry = self.entries.get(name).ok_or_else(|| "it is missing".to_owned())?;
        if entry.flags & 1 != 0 {
            return Err("it is encrypted".to_owned());
        }
        let head = entry.offset + self.shift;
        let lengths = u16_at(self.bytes, head + 26).zip(u16_at(self.bytes, head + 28));
        let known = self.bytes.get(head..head + 4) == Some(b"PK\x03\x04");
        let (name_length, extra) = lengths.filter(|_| known).ok_or_else(|| "it lies outside the archive".to_owned())?;
        let start = head + 30 + usize::from(name_length) + usize::from(extra);
        let compressed = self.bytes.get(start..).unwrap_or_default();
        let compressed = compressed.get(..entry.compressed_size).unwrap_or(compressed);
        let mut bytes = Vec::new();
        let read = match entry.method {
            0 => compressed.take(limit as u64 + 1).read_to_end(&mut bytes),
            8 => DeflateDecoder::new(compressed).take(limit as u64 + 1).read_to_end(&mut bytes),
            other => return Err(format!("it is compressed by method {other}, which is not supported")),
        };
        if bytes.len() > limit {
            return Err(format!("it unpacks to more than {} MB", limit >> 20));
        }
        if read.is_err() && bytes.is_empty() {
            return Err("its packed data is damaged".to_owned());
        }
        let mut sum = Crc::new();
        sum.update(&bytes);
        Ok(Member { damaged: read.is_err() || sum.sum() != entry.crc, bytes })
    }
}

/// Reads the entries of the central directory, from offset `start` to `end`.
fn directory(bytes: &[u8], start: usize, end: usize) -> HashMap<String, Entry> {
    let mut out = HashMap::new();
    let mut at = start;
    while at < end && out.len() < ENTRIES && bytes.get(at..at + 4) == Some(b"PK\x01\x02") {
        let short = |offset: usize| u16_at(bytes, at + offset).unwrap_or_default();
        let long = |offset: usize| u32_at(bytes, at + offset).unwrap_or_default();
        let name_end = at + 46 + usize::from(short(28));
        let name = bytes.get(at + 46..name_end).unwrap_or_default();
        let entry = Entry {
            flags: short(8),
            method: short(10),
            crc: long(16) as u32,
            compressed_size: long(20),
            offset: long(42),
        };
        out.insert(String::from_utf8_lossy(name).into_owned(), entry);
        at = name_end + usize::from(short(30)) + usize::from(short(32));
    }
    out
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<usize> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_bytes_are_reported_as_not_an_archive() {
        for bytes in [&b""[..], b"PK\x03\x04", b"PK\x05\x06", &[0; 100]] {
            assert!(Archive::new(bytes).is_err());
        }
        let empty = [&b"PK\x05\x06"[..], &[0; 18]].concat();
        assert!(Archive::new(&empty).is_ok_and(|archive| !archive.holds("a")));
    }
}
