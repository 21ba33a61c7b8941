//! File format of the recogniser's weights. Each feature has a 32-bit hash, and an eight-bit weight for each label that
//! it counts for or against. The file contains no feature names.
//!
//! ```text
//! "NAMES3"  scale: f32  transitions: 17 × 17 × f32  features: u32  sets: u32
//! sets × labels: u32
//! features × (difference from the previous key: Rice 14, label set, labels × weight: Rice 4)
//! ```
//!
//! Numbers are little-endian and keys ascend. The features form one sequence of bits. A label set has one bit per
//! label, and is written as a 1 and an eight-bit index into the header's frequent sets, or as a 0 and the set itself.
//! Weights are mapped to unsigned numbers in the order 0, -1, 1, -2, … If all of these were stored as plain bytes, the
//! file would be half as large again.

use super::decode::{Scores, Transitions};
use super::label::COUNT;
use crate::bytes::{BitReader, BitWriter, take};
use std::collections::BTreeMap;

/// Magic bytes at the beginning of a weights file.
const MAGIC: &[u8; 6] = b"NAMES3";

/// Maximum number of features of one token. Sums of this many weights fit into 16 bits.
pub(crate) const MAX_COUNT: usize = 256;

/// Weights of the recogniser, indexed by feature key.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    /// Scores of the transitions between adjacent labels.
    pub(crate) transitions: Transitions,
    scale: f32,
    /// Bitmap of the key prefixes that have weights. Most features of a text have no weights, and the bitmap is small
    /// enough to stay in the processor's cache and reject such features at once.
    known: Vec<u64>,
    /// For each word of `known`, the number of bits set before it. This is also the index in `entries` of the word's
    /// first key.
    ranks: Vec<u32>,
    /// Entry with the lowest key of each prefix, in ascending order.
    entries: Vec<Entry>,
    /// Entries for further keys with the same prefix, as chains linked by `next`.
    more: Vec<Entry>,
}

/// Weights of one feature, one per label so that a few instructions can add them all.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: u32,
    /// Index in `more` of another entry with the same key prefix, plus one. Zero if there is none.
    next: u16,
    weights: [i8; COUNT],
}

/// Sums of quantised weights, one per label.
pub(crate) type Sums = [i16; COUNT];

/// Keys of one token's features, excluding most features without weights.
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
    /// Adds the key of a feature if the feature may have weights. The check does not branch, because the processor
    /// could not predict the outcome.
    #[inline]
    pub(crate) fn push(&mut self, key: u32, weights: &Weights) {
        if let Some(place) = self.keys.get_mut(self.count) {
            *place = key;
        }
        self.count += usize::from(weights.may_have(key));
    }
}

/// Number of leading bits of a key that select a bit of `known`. The bitmap takes 256 kB, which fits in the processor's
/// cache.
const KNOWN_BITS: u32 = 21;

/// Number of low bits that the Rice code of a key difference stores verbatim.
const KEY_LOW: u32 = 14;

/// Number of low bits that the Rice code of a weight stores verbatim.
const WEIGHT_LOW: u32 = 4;

/// Number of bits of an index into the table of frequent label sets.
const SET_BITS: u32 = 8;

/// Key of a feature, with at least one pair of a label and a weight.
pub(crate) type Row = (u32, Vec<(u8, i8)>);

impl Weights {
    /// Reads the contents of a weights file. Returns `None` if the file is invalid.
    #[must_use]
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let scale = f32::from_le_bytes(take(&mut rest)?);
        let mut transitions = Transitions::default();
        for cell in transitions.weights.iter_mut().flatten() {
            *cell = f32::from_le_bytes(take(&mut rest)?);
        }
        let count = u32::from_le_bytes(take(&mut rest)?) as usize;
        let sets = u32::from_le_bytes(take(&mut rest)?);
        let sets: Vec<u32> =
            (0..sets.min(1 << SET_BITS)).map(|_| take(&mut rest).map(u32::from_le_bytes)).collect::<Option<_>>()?;
        let mut weights = Self {
            transitions,
            scale,
            known: vec![0; 1 << (KNOWN_BITS - 6)],
            ranks: Vec::with_capacity(1 << (KNOWN_BITS - 6)),
            entries: Vec::with_capacity(count.min(rest.len())),
            more: Vec::new(),
        };
        let mut bits = BitReader::new(rest);
        let mut key = 0_u32;
        for number in 0..count {
            let above = bits.take_rice(KEY_LOW)?;
            if number > 0 && above == 0 {
                return None;
            }
            key = key.checked_add(above)?;
            weights.push(Entry { key, next: 0, weights: row(&mut bits, &sets)? })?;
        }
        if !bits.is_at_end() {
            return None;
        }
        let mut rank = 0;
        for word in &weights.known {
            weights.ranks.push(rank);
            rank += word.count_ones();
        }
        Some(weights)
    }

    /// Serializes weights to the file format.
    #[must_use]
    pub(crate) fn write(scale: f32, transitions: &Transitions, features: &[Row]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend(scale.to_le_bytes());
        out.extend(transitions.weights.iter().flatten().flat_map(|weight| weight.to_le_bytes()));
        out.extend((features.len() as u32).to_le_bytes());
        let sets = frequent_sets(features);
        out.extend((sets.len() as u32).to_le_bytes());
        out.extend(sets.iter().flat_map(|set| set.to_le_bytes()));
        let mut bits = BitWriter::default();
        let mut last = 0;
        for (key, row) in features {
            bits.put_rice(key.wrapping_sub(last), KEY_LOW);
            last = *key;
            match sets.iter().position(|set| *set == set_of(row)) {
                Some(index) => bits.put(1 | (index as u32) << 1, 1 + SET_BITS),
                None => bits.put(set_of(row) << 1, 1 + COUNT as u32),
            }
            let mut ordered = row.clone();
            ordered.sort_unstable();
            for (_, weight) in ordered {
                bits.put_rice(folded_sign(weight), WEIGHT_LOW);
            }
        }
        out.extend(bits.finish());
        out
    }

    /// Appends an entry whose key is greater than all earlier keys. Returns `None` if too many keys share a prefix.
    fn push(&mut self, mut entry: Entry) -> Option<()> {
        let (word, bit) = place(entry.key);
        let word = self.known.get_mut(word)?;
        if *word & bit == 0 {
            *word |= bit;
            self.entries.push(entry);
            return Some(());
        }
        // Keys ascend, so the last entry has the same prefix.
        let first = self.entries.last_mut()?;
        entry.next = first.next;
        self.more.push(entry);
        first.next = u16::try_from(self.more.len()).ok()?;
        Some(())
    }

    /// Returns whether the feature `key` may have weights. The answer is `false` for most features that have none.
    #[inline]
    fn may_have(&self, key: u32) -> bool {
        let (word, bit) = place(key);
        self.known.get(word).is_some_and(|word| word & bit != 0)
    }

    /// Returns the sums of the weights of the features `keys`, one per label, and clears `keys`.
    pub(crate) fn sums(&self, keys: &mut Keys) -> Sums {
        let mut sums = [0; COUNT];
        for key in keys.keys.iter().take(keys.count) {
            let (word, bit) = place(*key);
            let below = self.known.get(word).map_or(0, |word| (word & (bit - 1)).count_ones());
            let index = self.ranks.get(word).map_or(0, |rank| rank + below);
            let Some(entry) = self.entries.get(index as usize) else { continue };
            let found = entry.key == *key;
            entry.add_to(&mut sums, found);
            if entry.next != 0 && !found {
                self.add_further(entry, *key, &mut sums);
            }
        }
        keys.count = 0;
        sums
    }

    /// Adds the weights of the feature `key` from the chain that starts at `first`.
    fn add_further(&self, first: &Entry, key: u32, sums: &mut Sums) {
        let mut next = first.next;
        while let Some(entry) = usize::from(next).checked_sub(1).and_then(|next| self.more.get(next)) {
            if entry.key == key {
                entry.add_to(sums, true);
                return;
            }
            next = entry.next;
        }
    }

    /// Converts sums of quantised weights to scores.
    #[must_use]
    pub(crate) fn scores(&self, sums: &Sums) -> Scores {
        sums.map(|sum| f32::from(sum) * self.scale)
    }
}

impl Entry {
    /// Adds the weights to `sums` if `found`. Avoids a branch so that the processor loads the entries of several
    /// features at once instead of waiting for each key.
    #[inline]
    fn add_to(&self, sums: &mut Sums, found: bool) {
        let mask = -i16::from(found);
        for (sum, weight) in sums.iter_mut().zip(self.weights) {
            *sum = sum.wrapping_add(i16::from(weight) & mask);
        }
    }
}

/// Returns the position of a key in `known`: a word index and a bit mask.
#[inline]
const fn place(key: u32) -> (usize, u64) {
    let index = key >> (32 - KNOWN_BITS);
    (index as usize >> 6, 1 << (index & 63))
}

/// Reads the weights of one feature, one per label.
#[inline]
fn row(bits: &mut BitReader<'_>, sets: &[u32]) -> Option<[i8; COUNT]> {
    let is_frequent = bits.take(1)? == 1;
    let mut set = if is_frequent { *sets.get(bits.take(SET_BITS)? as usize)? } else { bits.take(COUNT as u32)? };
    let mut weights = [0; COUNT];
    while set != 0 {
        let folded = i16::try_from(bits.take_rice(WEIGHT_LOW)?).ok()?;
        let weight = if folded & 1 == 0 { folded >> 1 } else { -(folded >> 1) - 1 };
        *weights.get_mut(set.trailing_zeros() as usize)? = i8::try_from(weight).ok()?;
        set &= set - 1;
    }
    Some(weights)
}

/// Maps a signed weight to an unsigned number: 0, -1, 1, -2 … become 0, 1, 2, 3 …
fn folded_sign(weight: i8) -> u32 {
    let weight = i32::from(weight);
    (weight << 1 ^ weight >> 31) as u32
}

/// Returns the labels of a row as a set of bits.
fn set_of(row: &[(u8, i8)]) -> u32 {
    row.iter().fold(0, |set, (label, _)| set | 1 << label)
}

/// Returns the most frequent label sets, at most as many as an index can address.
fn frequent_sets(features: &[Row]) -> Vec<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for (_, row) in features {
        *counts.entry(set_of(row)).or_default() += 1;
    }
    let mut sets: Vec<(u32, usize)> = counts.into_iter().collect();
    sets.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    sets.into_iter().take(1 << SET_BITS).map(|(set, _)| set).collect()
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
    fn the_bundled_weights_are_what_the_trainer_writes() {
        let bytes = include_bytes!("../../assets/models/names.bin");
        let weights = Weights::read(bytes).unwrap();
        let row = |entry: &Entry| -> Row {
            let labels = entry.weights.iter().enumerate().filter(|(_, weight)| **weight != 0);
            (entry.key, labels.map(|(label, weight)| (label as u8, *weight)).collect())
        };
        let mut rows: Vec<Row> = weights.entries.iter().chain(&weights.more).map(row).collect();
        rows.sort_unstable();
        assert!(rows.len() > weights.entries.len());
        assert!(Weights::write(weights.scale, &weights.transitions, &rows) == bytes);
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
