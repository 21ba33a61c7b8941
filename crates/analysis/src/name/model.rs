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

/// Greatest number of features of one token. Sums of as many weights fit into 16 bits.
pub(crate) const MAX_COUNT: usize = 256;

/// Weights that can be looked up by feature.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    /// Scores of label sequences.
    pub(crate) transitions: Transitions,
    scale: f32,
    /// One bit per key prefix. Most features asked for have no weights, and this table is small enough to stay in the
    /// cache and reject them at once.
    known: Vec<u64>,
    /// For each word of `known`, the number of bits set before it, which is the index in `entries` of the first of its
    /// keys.
    ranks: Vec<u32>,
    /// The first key of each prefix, ascending.
    entries: Vec<Entry>,
    /// Further keys with the prefix of an entry, ascending, each followed by its chain.
    more: Vec<Entry>,
}

/// The weights of one feature, one a label, because all are then added in a few instructions.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: u32,
    /// One more than the index in `more` of another key with the same prefix; 0 if there is none.
    next: u16,
    weights: [i8; COUNT],
}

/// Sums of quantised weights, one a label.
pub(crate) type Sums = [i16; COUNT];

/// Features of one token that can have weights.
#[derive(Debug)]
pub(crate) struct Keys {
    keys: [u32; MAX_COUNT],
    count: usize,
}

impl Default for Keys {
    fn default() -> Self {
        Self { keys: [0; MAX_COUNT], count: 0 }
    }
}

impl Keys {
    /// Adds a feature if `weights` can have it. Does so without a branch, because which features have weights cannot be
    /// predicted.
    #[inline]
    pub(crate) fn push(&mut self, key: u32, weights: &Weights) {
        if let Some(place) = self.keys.get_mut(self.count) {
            *place = key;
        }
        self.count += usize::from(weights.may_have(key));
    }
}

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
            known: vec![0; 1 << (KNOWN_BITS - 6)],
            ranks: Vec::with_capacity(1 << (KNOWN_BITS - 6)),
            entries: Vec::with_capacity(count.min(rest.len())),
            more: Vec::new(),
        };
        let mut key = 0_u32;
        for number in 0..count {
            let above = number_of(&mut rest)?;
            if number > 0 && above == 0 {
                return None;
            }
            key = key.checked_add(above)?;
            let (row, after) = rest.split_at_checked(row_length(rest)?)?;
            weights.push(key, row)?;
            rest = after;
        }
        let mut rank = 0;
        for word in &weights.known {
            weights.ranks.push(rank);
            rank += word.count_ones();
        }
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

    /// Adds a key greater than all others, with its row; `None` if too many keys share a prefix or a label is unknown.
    fn push(&mut self, key: u32, row: &[u8]) -> Option<()> {
        let mut entry = Entry { key, next: 0, weights: [0; COUNT] };
        let pairs: &[[u8; 2]] = row.as_chunks().0;
        for [label, weight] in pairs {
            let sum = entry.weights.get_mut(usize::from(label & !LAST))?;
            *sum = sum.wrapping_add(i8::from_le_bytes([*weight]));
        }
        let (word, bit) = place(key);
        let word = self.known.get_mut(word)?;
        if *word & bit == 0 {
            *word |= bit;
            self.entries.push(entry);
            return Some(());
        }
        // The last entry has this prefix, because keys ascend.
        let first = self.entries.last_mut()?;
        entry.next = first.next;
        self.more.push(entry);
        first.next = u16::try_from(self.more.len()).ok()?;
        Some(())
    }

    /// Returns whether the feature `key` can have weights; most of those that have none are rejected.
    #[inline]
    fn may_have(&self, key: u32) -> bool {
        let (word, bit) = place(key);
        self.known.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Returns the sums of the weights of the features `keys` and clears `keys`.
    pub(crate) fn sums(&self, keys: &mut Keys) -> Sums {
        let mut sums = [0; COUNT];
        for key in keys.keys.iter().take(keys.count) {
            let (word, bit) = place(*key);
            let below = self.known.get(word).map_or(0, |word| (word & (bit - 1)).count_ones());
            let index = self.ranks.get(word).map_or(0, |rank| rank + below);
            let mut entry = self.entries.get(index as usize);
            while let Some(found) = entry {
                if found.key == *key {
                    found.add_to(&mut sums);
                    break;
                }
                entry = usize::from(found.next).checked_sub(1).and_then(|next| self.more.get(next));
            }
        }
        keys.count = 0;
        sums
    }

    /// Converts sums of quantised weights to scores.
    #[must_use]
    pub(crate) fn scores(&self, sums: &Sums) -> Scores {
        sums.map(|sum| f32::from(sum) * self.scale)
    }
}

impl Entry {
    #[inline]
    fn add_to(&self, sums: &mut Sums) {
        for (sum, weight) in sums.iter_mut().zip(self.weights) {
            *sum = sum.wrapping_add(i16::from(weight));
        }
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
        let mut keys = Keys::default();
        for key in [7, 9, 8, u32::MAX - 1, u32::MAX] {
            keys.push(key, &weights);
        }
        let sums = weights.sums(&mut keys);
        assert_eq!((sums[0], sums[1], sums[16]), (-3, 6, 100));
        assert_eq!(weights.sums(&mut keys), [0; COUNT]);
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
