//! The recogniser's weights as a file: for each feature a 32-bit hash, then the labels that it counts for or against,
//! in eight bits each. Little-endian, keys ascending; the file contains no feature names.
//!
//! ```text
//! "NAMES2"  scale: f32  transitions: 17 × 17 × f32  count: u32
//! count × (difference from the previous key: LEB128, pairs × (label: u8, weight: i8))
//! ```
//!
//! The label of a row's last pair has its highest bit set.

use super::decode::{Scores, Transitions};
use super::label::COUNT;
use crate::bytes::{number_of, put_number, take};

/// Magic bytes at the beginning of a weights file.
const MAGIC: &[u8; 6] = b"NAMES2";

/// Weights that can be looked up by feature.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    /// Scores of label sequences.
    pub(crate) transitions: Transitions,
    scale: f32,
    /// For each key prefix, the offset in `entries` of the keys with that prefix, and one final offset.
    starts: Vec<u32>,
    /// Ascending keys, each followed by its row, because key and row then share a cache line.
    entries: Vec<u8>,
    /// One bit per key prefix. Most features asked for have no weights, and this table is small enough to stay in the
    /// cache and reject them at once.
    known: Vec<u64>,
}

/// Number of bits of a key that choose its place in `starts`: about one key per place.
const START_BITS: u32 = 17;

/// Number of bits of a key that choose its bit of `known`: 256 kB, small enough for the processor's cache.
const KNOWN_BITS: u32 = 21;

/// Bit of a label that marks the end of its row.
const LAST: u8 = 0x80;

/// The weights of one feature, label by label; at least one.
pub(crate) type Row = (u32, Vec<(u8, i8)>);

impl Weights {
    /// Reads a weights file; `None` if the bytes are not a valid one.
    #[must_use]
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let scale = f32::from_le_bytes(take(&mut rest)?);
        let mut transitions = Transitions::default();
        for cell in transitions.weights.iter_mut().flatten() {
            *cell = f32::from_le_bytes(take(&mut rest)?);
        }
        let count = u32::from_le_bytes(take(&mut rest)?) as usize;
        let mut weights = Self {
            transitions,
            scale,
            starts: Vec::with_capacity((1 << START_BITS) + 1),
            entries: Vec::with_capacity(rest.len() + 2 * count.min(rest.len())),
            known: vec![0; 1 << (KNOWN_BITS - 6)],
        };
        let mut key = 0_u32;
        for number in 0..count {
            let above = number_of(&mut rest)?;
            if number > 0 && above == 0 {
                return None;
            }
            key = key.checked_add(above)?;
            let (row, after) = rest.split_at_checked(row_length(rest)?)?;
            weights.push(key, row);
            rest = after;
        }
        weights.starts.resize((1 << START_BITS) + 1, weights.entries.len() as u32);
        Some(weights)
    }

    /// Serializes these weights as a file.
    #[must_use]
    pub(crate) fn write(scale: f32, transitions: &Transitions, features: &[Row]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(scale.to_le_bytes());
        out.extend(transitions.weights.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        out.extend((features.len() as u32).to_le_bytes());
        let mut last = 0;
        for (key, row) in features {
            put_number(&mut out, key.wrapping_sub(last));
            last = *key;
            for (index, (label, weight)) in row.iter().enumerate() {
                let end = if index + 1 == row.len() { LAST } else { 0 };
                out.extend([*label | end, weight.to_le_bytes()[0]]);
            }
        }
        out
    }

    /// Adds a key greater than all others, with its row.
    fn push(&mut self, key: u32, row: &[u8]) {
        let (word, bit) = place(key);
        if let Some(word) = self.known.get_mut(word) {
            *word |= bit;
        }
        let start = (key >> (32 - START_BITS)) as usize;
        if self.starts.len() <= start {
            self.starts.resize(start + 1, self.entries.len() as u32);
        }
        self.entries.extend(key.to_le_bytes());
        self.entries.extend_from_slice(row);
    }

    /// Adds the weights of the features `keys` to `scores` and clears `keys`. Works in three passes (drop unknown keys,
    /// find the rows, add them), because the processor can then load many rows at once instead of waiting for one after
    /// another.
    pub(crate) fn add(&self, keys: &mut Vec<u32>, scores: &mut [i32; COUNT]) {
        keys.retain(|key| {
            let (word, bit) = place(*key);
            self.known.get(word).is_some_and(|word| word & bit != 0)
        });
        keys.retain_mut(|key| match self.row(*key) {
            Some(row) => {
                *key = row;
                true
            }
            None => false,
        });
        for row in keys.drain(..) {
            self.add_row(row as usize, scores);
        }
    }

    /// Finds the offset of the row of `key`.
    fn row(&self, key: u32) -> Option<u32> {
        let start = (key >> (32 - START_BITS)) as usize;
        let (mut at, end) = (*self.starts.get(start)?, *self.starts.get(start + 1)?);
        while at < end {
            let (found, rest) = self.entries.get(at as usize..)?.split_first_chunk()?;
            if u32::from_le_bytes(*found) == key {
                return Some(at + 4);
            }
            at += 4 + row_length(rest)? as u32;
        }
        None
    }

    fn add_row(&self, row: usize, scores: &mut [i32; COUNT]) {
        for [label, weight] in self.entries.get(row..).unwrap_or_default().as_chunks().0 {
            if let Some(score) = scores.get_mut(usize::from(label & !LAST)) {
                *score += i32::from(i8::from_le_bytes([*weight]));
            }
            if label & LAST != 0 {
                break;
            }
        }
    }

    /// Converts sums of quantised weights to scores.
    #[must_use]
    pub(crate) fn scores(&self, sums: &[i32; COUNT]) -> Scores {
        sums.map(|sum| sum as f32 * self.scale)
    }
}

/// Returns the word and the bit of `known` that represent a key.
#[inline]
const fn place(key: u32) -> (usize, u64) {
    let index = key >> (32 - KNOWN_BITS);
    (index as usize >> 6, 1 << (index & 63))
}

/// Returns the length in bytes of the row at the beginning of `rest`; `None` if it does not end.
fn row_length(rest: &[u8]) -> Option<usize> {
    let pairs: &[[u8; 2]] = rest.as_chunks().0;
    Some(2 * (1 + pairs.iter().position(|[label, _]| label & LAST != 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let rows = vec![(7, vec![(0, -3), (16, 100)]), (9, vec![(1, 1)]), (u32::MAX - 1, vec![(1, 5)])];
        let bytes = Weights::write(0.5, &Transitions::default(), &rows);
        let weights = Weights::read(&bytes).unwrap();
        let mut sums = [0; COUNT];
        weights.add(&mut vec![7, 9, 8, u32::MAX - 1, u32::MAX], &mut sums);
        assert_eq!((sums[0], sums[1], sums[16]), (-3, 6, 100));
        assert!((weights.scores(&sums)[16] - 50.0).abs() < 1e-6);
    }

    #[test]
    fn a_broken_file_is_refused() {
        let bytes = Weights::write(0.5, &Transitions::default(), &[(7, vec![(0, -3)])]);
        for length in 0..bytes.len() {
            assert!(Weights::read(&bytes[..length]).is_none());
        }
        assert!(Weights::read(b"").is_none());
        for unordered in [6, 7] {
            let rows = [(7, vec![(0, 1)]), (unordered, vec![(0, 1)])];
            assert!(Weights::read(&Weights::write(0.5, &Transitions::default(), &rows)).is_none());
        }
    }
}
