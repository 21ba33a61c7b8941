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

/// Maximum number of features of one token. Sums of this many bytes fit into 16 bits.
pub(crate) const MAX_COUNT: usize = 256;

/// Weights of the recogniser: a hash table of features. There is no filter for unknown features, because nine in ten
/// features of a text have weights. A bucket is one cache line, because most of the time goes into loading buckets from
/// memory.
#[derive(Debug, Default)]
pub(crate) struct Weights {
    /// Scores of the transitions between adjacent labels.
    pub(crate) transitions: Transitions,
    scale: f32,
    /// Number of buckets that keys are assigned to. Each has an equal share of all possible keys, in order.
    homes: usize,
    /// Buckets that keys are assigned to, followed by the overflow buckets.
    buckets: Vec<Bucket>,
}

/// Weights of up to [`SLOTS`] features, one per label. Each weight is stored plus [`OFFSET`], as a byte, so that eight of
/// them can be added at once without a sign.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Bucket {
    /// Weights of all labels but the last, eight to a word, from the lowest byte.
    packed: [[u64; WORDS]; SLOTS],
    /// Index of the bucket with further features of the same range of keys; 0 if there is none.
    next: u32,
    /// Lowest 16 bits of each key, 0 in an empty slot. They are unique within a bucket, because a bucket covers at most
    /// 65,536 keys.
    tags: [u16; SLOTS],
    /// Weights of the last label.
    last: [u8; SLOTS],
    /// Number of slots in use.
    count: u8,
}

/// Number of features that a bucket can hold.
const SLOTS: usize = 3;

/// Minimum number of buckets that keys are assigned to, so that the range of a bucket is at most 65,536 keys.
const MIN_HOMES: usize = 1 << 16;

impl Bucket {
    /// Bucket without features. Its weights are all zero.
    const EMPTY: Self = Self {
        packed: [[u64::from_le_bytes([OFFSET; 8]); WORDS]; SLOTS],
        next: 0,
        tags: [0; SLOTS],
        last: [OFFSET; SLOTS],
        count: 0,
    };

    /// Returns the slot of a feature and whether the feature is in it. Does not branch, because the processor could not
    /// predict the slot. An empty slot may be returned for the tag 0; its weights are zero.
    #[inline]
    fn find(&self, tag: u16) -> (usize, bool) {
        let [first, second, third] = self.tags.map(|known| usize::from(known == tag));
        ((1 - first) * (2 - second), first + second + third > 0)
    }
}

/// Number of words that hold the weights of one feature, except that of the last label.
const WORDS: usize = (COUNT - 1) / 8;

/// Number that is added to a weight so that it fits into a byte without a sign.
const OFFSET: u8 = 128;

/// Mask of every other byte of a word.
const ALTERNATE: u64 = 0x00ff_00ff_00ff_00ff;

/// Sums of quantised weights, one per label.
pub(crate) type Sums = [i16; COUNT];

/// Sums of stored weights, in lanes of 16 bits. A lane has room for the sum of [`MAX_COUNT`] bytes, so none overflows
/// into the next. Arrays of bytes would be simpler, but the compiler adds them one by one when it optimises for size.
#[derive(Debug, Default)]
struct Lanes {
    /// For each word of packed weights, the sums of its bytes 0, 2, 4 and 6, then of its bytes 1, 3, 5 and 7.
    pairs: [[u64; 2]; WORDS],
    last: u64,
    /// Number of weights in each sum.
    count: u64,
}

impl Lanes {
    /// Adds the weights in one slot of `bucket`, which is below [`SLOTS`].
    #[inline]
    fn add(&mut self, bucket: &Bucket, slot: usize) {
        for ([even, odd], packed) in self.pairs.iter_mut().zip(bucket.packed[slot]) {
            *even += packed & ALTERNATE;
            *odd += packed >> 8 & ALTERNATE;
        }
        self.last += u64::from(bucket.last[slot]);
        self.count += 1;
    }

    /// Returns the sums of the weights.
    #[inline]
    fn sums(&self) -> Sums {
        let offset = self.count * u64::from(OFFSET);
        let mut sums = [0; COUNT];
        for (index, sum) in sums.iter_mut().enumerate() {
            let lane = self.pairs.get(index / 8).map_or(self.last, |pair| pair[index % 2] >> (index % 8 / 2 * 16));
            *sum = (lane & 0xffff).wrapping_sub(offset) as i16;
        }
        sums
    }
}

/// Keys of one token's features.
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
    /// Adds the key of a feature. Keys after the first [`MAX_COUNT`] are dropped.
    #[inline]
    pub(crate) fn push(&mut self, key: u32) {
        if let Some(place) = self.keys.get_mut(self.count) {
            *place = key;
            self.count += 1;
        }
    }
}

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
        // With two features to a bucket on average, one in nine does not fit into its bucket.
        let homes = (count.min(rest.len()) / 2).max(MIN_HOMES);
        let mut weights = Self { transitions, scale, homes, buckets: vec![Bucket::EMPTY; homes] };
        let mut bits = BitReader::new(rest);
        let mut key = 0_u32;
        for number in 0..count {
            let above = bits.take_rice(KEY_LOW)?;
            if number > 0 && above == 0 {
                return None;
            }
            key = key.checked_add(above)?;
            let (bucket, slot) = weights.add(key)?;
            (bucket.packed[slot], bucket.last[slot]) = row(&mut bits, &sets)?;
        }
        bits.is_at_end().then_some(weights)
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

    /// Returns the index of the bucket that the feature `key` is assigned to.
    #[inline]
    fn home(&self, key: u32) -> usize {
        ((u64::from(key) * self.homes as u64) >> 32) as usize
    }

    /// Takes a slot for the feature `key`, which must be new. Returns its bucket and number, or `None` if there are too
    /// many features.
    fn add(&mut self, key: u32) -> Option<(&mut Bucket, usize)> {
        let mut at = self.home(key);
        while usize::from(self.buckets.get(at)?.count) == SLOTS {
            let end = self.buckets.len();
            let bucket = self.buckets.get_mut(at)?;
            if bucket.next == 0 {
                bucket.next = u32::try_from(end).ok()?;
                self.buckets.push(Bucket::EMPTY);
            }
            at = self.buckets.get(at)?.next as usize;
        }
        let bucket = self.buckets.get_mut(at)?;
        let slot = usize::from(bucket.count);
        bucket.count += 1;
        bucket.tags[slot] = key as u16;
        Some((bucket, slot))
    }

    /// Returns the sums of the weights of the features `keys`, one per label, and clears `keys`. Finds the slots of all
    /// features before adding any, almost without branches, so that the processor loads several buckets at once.
    pub(crate) fn sums(&self, keys: &mut Keys) -> Sums {
        let mut lanes = Lanes::default();
        let mut count = 0;
        for index in 0..keys.count.min(MAX_COUNT) {
            let key = keys.keys[index];
            let home = self.home(key);
            let Some(bucket) = self.buckets.get(home) else { continue };
            let (slot, found) = bucket.find(key as u16);
            // Overwrite the keys that have been read with the slots of their features.
            keys.keys[count] = (home * (SLOTS + 1) + slot) as u32;
            count += usize::from(found);
            if bucket.next != 0 && !found {
                self.add_further(bucket, key, &mut lanes);
            }
        }
        for place in keys.keys.iter().take(count) {
            let (home, slot) = (*place as usize / (SLOTS + 1), *place as usize % (SLOTS + 1));
            if let Some(bucket) = self.buckets.get(home) {
                lanes.add(bucket, slot);
            }
        }
        keys.count = 0;
        lanes.sums()
    }

    /// Adds the weights of the feature `key` if it is in one of the buckets after `full`.
    fn add_further(&self, full: &Bucket, key: u32, lanes: &mut Lanes) {
        let mut last = full;
        while last.next != 0
            && let Some(bucket) = self.buckets.get(last.next as usize)
        {
            let (slot, found) = bucket.find(key as u16);
            if found {
                lanes.add(bucket, slot);
                return;
            }
            last = bucket;
        }
    }

    /// Converts sums of quantised weights to scores.
    #[must_use]
    pub(crate) fn scores(&self, sums: &Sums) -> Scores {
        sums.map(|sum| f32::from(sum) * self.scale)
    }
}

/// Reads the weights of one feature: those of all labels but the last, and that of the last.
#[inline]
fn row(bits: &mut BitReader<'_>, sets: &[u32]) -> Option<([u64; WORDS], u8)> {
    let is_frequent = bits.take(1)? == 1;
    let mut set = if is_frequent { *sets.get(bits.take(SET_BITS)? as usize)? } else { bits.take(COUNT as u32)? };
    let (mut packed, mut last) = (Bucket::EMPTY.packed[0], OFFSET);
    while set != 0 {
        let folded = i16::try_from(bits.take_rice(WEIGHT_LOW)?).ok()?;
        let weight = if folded & 1 == 0 { folded >> 1 } else { -(folded >> 1) - 1 };
        let weight = i8::try_from(weight).ok()? as u8;
        let label = set.trailing_zeros() as usize;
        match packed.get_mut(label / 8) {
            Some(word) => *word ^= u64::from(weight) << (label % 8 * 8),
            None if label < COUNT => last = weight ^ OFFSET,
            None => return None,
        }
        set &= set - 1;
    }
    Some((packed, last))
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
            keys.push(key);
        }
        let sums = weights.sums(&mut keys);
        assert_eq!((sums[0], sums[1], sums[16]), (-3, 6, 100));
        assert_eq!(weights.sums(&mut keys), [0; COUNT]);
        assert!((weights.scores(&sums)[16] - 50.0).abs() < 1e-6);
    }

    #[test]
    fn sums_of_the_most_features_neither_overflow_nor_spill() {
        let extremes =
            |low: i8, high: i8| (0..COUNT as u8).map(move |label| (label, [low, high][usize::from(label % 2)]));
        let rows = vec![(7, extremes(-128, 127).collect()), (9, extremes(127, -128).collect())];
        let weights = Weights::read(&Weights::write(1.0, &Transitions::default(), &rows)).unwrap();
        for (key, ends) in [(7, [-128, 127]), (9, [127, -128])] {
            let mut keys = Keys::default();
            (0..MAX_COUNT).for_each(|_| keys.push(key));
            let sums = weights.sums(&mut keys);
            for (label, sum) in sums.into_iter().enumerate() {
                assert_eq!(i32::from(sum), ends[label % 2] * MAX_COUNT as i32, "label {label}");
            }
        }
    }

    #[test]
    fn a_full_bucket_continues_in_others() {
        let rows: Vec<Row> = (0..10).map(|key| (key * 3, vec![(2, 1 + key as i8), (16, -5)])).collect();
        let weights = Weights::read(&Weights::write(1.0, &Transitions::default(), &rows)).unwrap();
        assert!(rows.iter().all(|(key, _)| weights.home(*key) == 0) && weights.buckets[0].next != 0);
        for key in 0..40 {
            let mut keys = Keys::default();
            keys.push(key);
            let sums = weights.sums(&mut keys);
            let known = key % 3 == 0 && key < 30;
            let wanted = if known { (1 + key as i16 / 3, -5) } else { (0, 0) };
            assert_eq!((sums[2], sums[16]), wanted, "key {key}");
        }
        // The bucket of this key is empty, and the lowest 16 bits of the key are those of an empty slot.
        let mut keys = Keys::default();
        keys.push(0x8000_0000);
        assert_eq!(weights.sums(&mut keys), [0; COUNT]);
    }

    #[test]
    fn the_bundled_weights_are_what_the_trainer_writes() {
        let bytes = include_bytes!("../../assets/models/names.bin");
        let weights = Weights::read(bytes).unwrap();
        let mut rows: Vec<Row> = Vec::new();
        for home in 0..weights.homes {
            let start = ((home as u64) << 32).div_ceil(weights.homes as u64) as u32;
            let mut bucket = &weights.buckets[home];
            loop {
                for slot in 0..usize::from(bucket.count) {
                    let mut lanes = Lanes::default();
                    lanes.add(bucket, slot);
                    let labels = lanes.sums().into_iter().enumerate().filter(|(_, weight)| *weight != 0);
                    let key = start + u32::from(bucket.tags[slot].wrapping_sub(start as u16));
                    rows.push((key, labels.map(|(label, weight)| (label as u8, weight as i8)).collect()));
                }
                if bucket.next == 0 {
                    break;
                }
                bucket = &weights.buckets[bucket.next as usize];
            }
        }
        rows.sort_unstable();
        assert!(weights.buckets.len() > weights.homes);
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
