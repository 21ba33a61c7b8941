//! File format of the tagger's weights. First come the hashes of words with only one tag, then the features. Each
//! feature is a 28-bit hash followed by tags, each with an eight-bit code for its weight. Integers are little-endian,
//! and keys are ascending.
//!
//! ```text
//! "PARTS1"  words: u32 × (difference from the previous key: LEB128, tag: u8)
//!           features: u32 × (difference from the previous key: LEB128, pairs × (tag: u8, code: i8))
//! ```
//!
//! The highest bit of a tag marks the last pair in a row. Codes are steps on a scale that is finest near zero, because
//! most weights are small and the few large ones need less precision.

use super::feature::MAX_COUNT;
use super::tag::PennTag;
use crate::bytes::{number_of, put_number, take};

/// Magic bytes at the beginning of a weights file.
const MAGIC: &[u8; 6] = b"PARTS1";

/// Length of a feature key in bits.
const KEY_BITS: u32 = 28;

/// Number of leading bits of a key that select its bit in `known`. The filter takes 16 kB. Half of the features of a
/// text have weights, so a larger filter would take more time to load than it saves.
const KNOWN_BITS: u32 = 17;

/// Bit of a tag that marks the last pair in a row.
const LAST: u8 = 0x80;

/// Number of 64-bit words in [`Scores`]. Each word has four 16-bit lanes, one per tag.
const WORDS: usize = PennTag::COUNT.div_ceil(4);

/// Sums of weights, with one 16-bit lane per tag, which lets four tags be added at once. An offset of half the range
/// keeps each lane positive, so that it never borrows from its neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scores([u64; WORDS]);

/// Half of a lane's range, repeated in all four lanes.
const MIDDLE: u64 = 0x8000_8000_8000_8000;

impl Scores {
    /// Creates sums that are all zero.
    pub(crate) const fn new() -> Self {
        Self([MIDDLE; WORDS])
    }

    /// Adds a weight to the sum of one tag.
    #[inline]
    fn add(&mut self, tag: u8, weight: i16) {
        if let Some(word) = self.0.get_mut(usize::from(tag >> 2)) {
            *word = word.wrapping_add(lane(tag, weight));
        }
    }

    /// Adds a row of weights, one per tag.
    #[inline]
    fn add_all(&mut self, row: &[u64; WORDS]) {
        for (word, more) in self.0.iter_mut().zip(row) {
            *word = word.wrapping_add(*more);
        }
    }

    /// Iterates over the sums in the order of the tags.
    pub(crate) fn iter(&self) -> impl Iterator<Item = i32> + '_ {
        let lanes = self.0.iter().flat_map(|word| [0, 16, 32, 48].map(|shift| (word >> shift & 0xffff) as i32));
        lanes.map(|lane| lane - 0x8000).take(PennTag::COUNT)
    }
}

/// Returns a weight shifted to the lane of its tag, for wrapping addition.
#[inline]
const fn lane(tag: u8, weight: i16) -> u64 {
    (weight as i64 as u64) << ((tag & 3) * 16)
}

/// Key of a feature, with at least one pair of a tag and a code.
pub(crate) type Row = (u32, Vec<(u8, i8)>);

/// Minimum number of pairs for which a row is stored as one weight per tag, because adding all lanes at once is then
/// faster.
const DENSE: usize = 5;

/// Tag of an entry that refers to a dense row.
const IS_DENSE: u8 = 0xff;

/// Up to two weights of a feature. A feature with three or four weights has two entries.
#[derive(Clone, Copy, Debug)]
struct Entry {
    key: u32,
    /// Index in `more` of another entry with the same prefix of the key, plus one. Zero if there is none.
    next: u16,
    tags: [u8; 2],
    /// Weights of the feature, or the index of its dense row.
    weights: [i16; 2],
}

/// Weights indexed by feature key.
#[derive(Debug)]
pub struct Weights {
    /// Keys of the words with only one tag, each with that tag, in ascending order.
    words: Vec<(u32, u8)>,
    /// First entry of each key prefix, in ascending order.
    entries: Vec<Entry>,
    /// Further entries with the same prefix, as chains linked by `next`.
    more: Vec<Entry>,
    /// Rows with a weight for every tag, as lanes.
    dense: Vec<[u64; WORDS]>,
    /// One bit per key prefix of a known feature. The filter rejects most unknown features at once.
    known: Vec<u64>,
    /// For each word of `known`, the number of bits set before it, which is the index in `entries` of its first prefix.
    ranks: Vec<u32>,
    /// One bit per key prefix of `words`.
    fixed: Vec<u64>,
}

impl Default for Weights {
    fn default() -> Self {
        let filter = vec![0; 1 << (KNOWN_BITS - 6)];
        let ranks = vec![0; filter.len()];
        let (words, entries, more, dense) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { words, entries, more, dense, known: filter.clone(), ranks, fixed: filter }
    }
}

/// Returns the weight that a code represents. Adjacent codes differ by 1 near zero and by 10 at the ends.
#[must_use]
pub fn step(code: i8) -> i16 {
    let code = i32::from(code);
    (code + code * code * code / 5000) as i16
}

impl Weights {
    /// Loads the bundled weights.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        Self::read(include_bytes!("../../assets/models/pos.bin")).unwrap_or_default()
    }

    /// Reads a weights file. Returns `None` if `bytes` is not a valid weights file.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut weights = Self::default();
        let mut keys = Keys::new(&mut rest)?;
        while let Some(key) = keys.next(&mut rest)? {
            let [tag] = take(&mut rest)?;
            PennTag::from_index(usize::from(tag))?;
            mark(&mut weights.fixed, key);
            weights.words.push((key, tag));
        }
        let mut keys = Keys::new(&mut rest)?;
        while let Some(key) = keys.next(&mut rest)? {
            let (row, after) = rest.split_at_checked(row_length(rest)?)?;
            weights.push(key, row)?;
            rest = after;
        }
        let mut rank = 0;
        for (place, word) in weights.ranks.iter_mut().zip(&weights.known) {
            *place = rank;
            rank += word.count_ones();
        }
        rest.is_empty().then_some(weights)
    }

    /// Serializes weights to the file format. Both lists must be in ascending order.
    #[must_use]
    pub fn write(words: &[(u32, PennTag)], features: &[Row]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        out.extend((words.len() as u32).to_le_bytes());
        let mut last = 0;
        for (key, tag) in words {
            put_number(&mut out, key.wrapping_sub(last));
            last = *key;
            out.push(*tag as u8);
        }
        out.extend((features.len() as u32).to_le_bytes());
        let mut last = 0;
        for (key, row) in features {
            put_number(&mut out, key.wrapping_sub(last));
            last = *key;
            for (index, (tag, code)) in row.iter().enumerate() {
                let end = if index + 1 == row.len() { LAST } else { 0 };
                out.extend([*tag | end, code.to_le_bytes()[0]]);
            }
        }
        out
    }

    /// Adds a row under `key`, which must be greater than all previous keys. Returns `None` if too many keys share a
    /// prefix.
    fn push(&mut self, key: u32, row: &[u8]) -> Option<()> {
        let codes: &[[u8; 2]] = row.as_chunks().0;
        let weights = |[tag, code]: [u8; 2]| (tag & !LAST, step(i8::from_le_bytes([code])));
        if codes.len() < DENSE {
            for pair in codes.chunks(2) {
                let first = weights(pair[0]);
                let second = pair.get(1).map_or((0, 0), |pair| weights(*pair));
                let (tags, weights) = ([first.0, second.0], [first.1, second.1]);
                self.push_entry(Entry { key, next: 0, tags, weights })?;
            }
            return Some(());
        }
        let mut dense = [0_u64; WORDS];
        for (tag, weight) in codes.iter().map(|code| weights(*code)) {
            if let Some(word) = dense.get_mut(usize::from(tag >> 2)) {
                *word = word.wrapping_add(lane(tag, weight));
            }
        }
        let place = self.dense.len() as u32;
        let halves = [place as i16, (place >> 16) as i16];
        self.dense.push(dense);
        self.push_entry(Entry { key, next: 0, tags: [IS_DENSE; 2], weights: halves })
    }

    /// Appends an entry. Returns `None` if too many keys share a prefix.
    fn push_entry(&mut self, mut entry: Entry) -> Option<()> {
        if !is_marked(&self.known, entry.key) {
            mark(&mut self.known, entry.key);
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

    /// Returns the only tag of the word with this key; `None` if the word has several.
    #[must_use]
    #[inline]
    pub(crate) fn fixed(&self, key: u32) -> Option<PennTag> {
        if !is_marked(&self.fixed, key) {
            return None;
        }
        let at = self.words.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        PennTag::from_index(usize::from(self.words.get(at)?.1))
    }

    /// Returns whether the feature `key` may have weights. The answer is `false` for most features that have none.
    #[inline]
    pub(crate) fn may_have(&self, key: u32) -> bool {
        is_marked(&self.known, key)
    }

    /// Adds the weights of the features `keys` to `scores`. Finds all entries before adding any, without a branch, so
    /// that the processor loads them in parallel.
    pub(crate) fn add(&self, keys: &[u32], scores: &mut Scores) {
        let mut found = [(0, 0); MAX_COUNT];
        let mut count = 0;
        for key in keys {
            let (word, bit) = place(*key);
            let below = self.known.get(word).map_or(0, |word| (word & (bit - 1)).count_ones());
            let index = self.ranks.get(word).map_or(0, |rank| rank + below);
            let Some(entry) = self.entries.get(index as usize) else { continue };
            if let Some(place) = found.get_mut(count) {
                *place = (index, *key);
            }
            count += usize::from(entry.key == *key).max(usize::from(entry.next != 0));
        }
        for (index, key) in found.iter().take(count) {
            let Some(entry) = self.entries.get(*index as usize) else { continue };
            if entry.key == *key {
                self.add_entry(entry, scores);
            }
            let mut next = entry.next;
            while let Some(entry) = usize::from(next).checked_sub(1).and_then(|next| self.more.get(next)) {
                if entry.key == *key {
                    self.add_entry(entry, scores);
                }
                next = entry.next;
            }
        }
    }

    #[inline]
    fn add_entry(&self, entry: &Entry, scores: &mut Scores) {
        if entry.tags[0] == IS_DENSE {
            let place = usize::from(entry.weights[0] as u16) | usize::from(entry.weights[1] as u16) << 16;
            if let Some(row) = self.dense.get(place) {
                scores.add_all(row);
            }
        } else {
            scores.add(entry.tags[0], entry.weights[0]);
            scores.add(entry.tags[1], entry.weights[1]);
        }
    }
}

/// Decoder of a file's ascending keys.
struct Keys {
    left: u32,
    last: Option<u32>,
}

impl Keys {
    /// Reads the number of keys that follow.
    fn new(rest: &mut &[u8]) -> Option<Self> {
        Some(Self { left: u32::from_le_bytes(take(rest)?), last: None })
    }

    /// Reads the next key. Returns `Some(None)` after the last key and `None` if the bytes are invalid.
    #[allow(clippy::option_option)] // the end of the keys is not an error, an invalid file is
    fn next(&mut self, rest: &mut &[u8]) -> Option<Option<u32>> {
        if self.left == 0 {
            return Some(None);
        }
        self.left -= 1;
        let above = number_of(rest)?;
        if self.last.is_some() && above == 0 {
            return None;
        }
        let key = self.last.unwrap_or(0).checked_add(above).filter(|key| *key < 1 << KEY_BITS)?;
        self.last = Some(key);
        Some(Some(key))
    }
}

/// Returns the index of the filter word for `key`, and the mask of its bit.
#[inline]
const fn place(key: u32) -> (usize, u64) {
    let index = key >> (KEY_BITS - KNOWN_BITS);
    (index as usize >> 6, 1 << (index & 63))
}

fn mark(filter: &mut [u64], key: u32) {
    let (word, bit) = place(key);
    if let Some(word) = filter.get_mut(word) {
        *word |= bit;
    }
}

#[inline]
fn is_marked(filter: &[u64], key: u32) -> bool {
    let (word, bit) = place(key);
    filter.get(word).is_some_and(|word| word & bit != 0)
}

/// Returns the length in bytes of the row at the beginning of `rest`; `None` if no pair ends the row.
fn row_length(rest: &[u8]) -> Option<usize> {
    let pairs: &[[u8; 2]] = rest.as_chunks().0;
    Some(2 * (1 + pairs.iter().position(|[tag, _]| tag & LAST != 0)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let rows = vec![(7, vec![(0, -3), (44, 100), (3, 1)]), (9, vec![(1, 1)]), ((1 << 28) - 2, vec![(1, 5)])];
        let bytes = Weights::write(&[(3, PennTag::Dt), (8, PennTag::Comma)], &rows);
        let weights = Weights::read(&bytes).unwrap();
        let sums = |weights: &Weights, keys: &[u32]| -> Vec<i32> {
            let mut scores = Scores::new();
            weights.add(keys, &mut scores);
            scores.iter().collect()
        };
        let found = sums(&weights, &[7, 9, 8, (1 << 28) - 2, (1 << 28) - 1]);
        assert_eq!((found[0], found[1], found[44], found.len()), (-3, 6, 300, PennTag::COUNT));
        let fixed = [3, 8, 9].map(|key| weights.fixed(key));
        let long: Vec<(u8, i8)> = (0..10).map(|tag| (tag, 2 - tag as i8)).collect();
        let weights = Weights::read(&Weights::write(&[], &[(5, long)])).unwrap();
        let found = sums(&weights, &[5, 5]);
        assert_eq!((found[0], found[9], found[10]), (4, -14, 0));
        assert_eq!(fixed, [Some(PennTag::Dt), Some(PennTag::Comma), None]);
    }

    #[test]
    fn a_broken_file_is_refused() {
        let bytes = Weights::write(&[(3, PennTag::Dt)], &[(7, vec![(0, -3)])]);
        for length in 0..bytes.len() {
            assert!(Weights::read(&bytes[..length]).is_none());
        }
        assert!(Weights::read(&[&bytes[..], &[0]].concat()).is_none());
        for unordered in [6, 7] {
            let rows = [(7, vec![(0, 1)]), (unordered, vec![(0, 1)])];
            assert!(Weights::read(&Weights::write(&[], &rows)).is_none());
        }
    }

    #[test]
    fn the_bundled_weights_can_be_read() {
        assert!(Weights::read(include_bytes!("../../assets/models/pos.bin")).is_some());
    }

    #[test]
    fn codes_are_fine_near_zero() {
        assert_eq!([0, 1, -1, 20].map(step), [0, 1, -1, 21]);
        assert!(step(127) - step(126) > 5);
        assert_eq!(step(-127), -step(127));
    }
}
