//! The tagger's weights as a file: the words with one tag only, then for each feature a 28-bit hash and the tags that it
//! counts for or against, in eight bits each. Little-endian, keys ascending; the file contains no words.
//!
//! ```text
//! "PARTS1"  words: u32 × (difference from the previous key: LEB128, tag: u8)
//!           features: u32 × (difference from the previous key: LEB128, pairs × (tag: u8, code: i8))
//! ```
//!
//! The tag of a row's last pair has its highest bit set. Codes are steps of a scale that is fine near zero, because most
//! weights are small and the few large ones need no precision.

use super::tag::PennTag;

/// Magic bytes at the beginning of a weights file.
const MAGIC: &[u8; 6] = b"PARTS1";

/// Number of bits of a key.
const KEY_BITS: u32 = 28;

/// Number of bits of a key that choose its place in `starts`: about one key per place.
const START_BITS: u32 = 16;

/// Number of bits of a key that choose its bit of `known`: 128 kB, small enough for the processor's cache.
const KNOWN_BITS: u32 = 20;

/// Bit of a tag that marks the end of its row.
const LAST: u8 = 0x80;

/// Sums of weights, one a tag, padded as the rows are.
pub type Scores = [i32; 48];

/// The codes of one feature, tag by tag; at least one.
pub type Row = (u32, Vec<(u8, i8)>);

/// Number of pairs from which a row is kept as one weight a tag, because adding all of them at once is then faster.
const DENSE: usize = 7;

/// Bit of an offset that says that the row is a dense one.
const IS_DENSE: u32 = 1 << 31;

/// One weight a tag, padded for the processor's vectors.
type DenseRow = [i16; 48];

/// Weights that can be looked up by feature.
#[derive(Debug)]
pub struct Weights {
    /// Ascending keys of words with one tag only, each with the tag.
    words: Vec<(u32, u8)>,
    /// For each key prefix, the offset in `keys` of the keys with that prefix, and one final offset.
    starts: Vec<u32>,
    /// Ascending keys, each with the offset of its row in `pairs` or `dense`.
    keys: Vec<(u32, u32)>,
    /// Tags with their weights; the last of a row is marked.
    pairs: Vec<(u8, i16)>,
    /// Long rows.
    dense: Vec<DenseRow>,
    /// One bit per key prefix, to reject most unknown features at once.
    known: Vec<u64>,
    /// One bit per key prefix of `words`.
    fixed: Vec<u64>,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            words: Vec::new(),
            starts: Vec::new(),
            keys: Vec::new(),
            pairs: Vec::new(),
            dense: Vec::new(),
            known: vec![0; 1 << (KNOWN_BITS - 6)],
            fixed: vec![0; 1 << (KNOWN_BITS - 6)],
        }
    }
}

/// Returns the weight that a code represents: steps of 1 near zero, of 10 at the ends.
#[must_use]
pub fn step(code: i8) -> i16 {
    let code = i32::from(code);
    (code + code * code * code / 5000) as i16
}

impl Weights {
    /// Loads the bundled weights.
    #[must_use]
    pub fn bundled() -> Self {
        Self::read(include_bytes!("../../assets/models/pos.bin")).unwrap_or_default()
    }

    /// Reads a weights file; `None` if the bytes are not a valid one.
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
            weights.push(key, row);
            rest = after;
        }
        weights.starts.resize((1 << START_BITS) + 1, weights.keys.len() as u32);
        rest.is_empty().then_some(weights)
    }

    /// Serializes weights as a file; both lists must ascend.
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

    /// Adds a key greater than all others, with its row.
    fn push(&mut self, key: u32, row: &[u8]) {
        mark(&mut self.known, key);
        let start = (key >> (KEY_BITS - START_BITS)) as usize;
        if self.starts.len() <= start {
            self.starts.resize(start + 1, self.keys.len() as u32);
        }
        let pairs: &[[u8; 2]] = row.as_chunks().0;
        let weights = pairs.iter().map(|[tag, code]| (*tag, step(i8::from_le_bytes([*code]))));
        if pairs.len() < DENSE {
            self.keys.push((key, self.pairs.len() as u32));
            self.pairs.extend(weights);
            return;
        }
        let mut dense = [0; 48];
        for (tag, weight) in weights {
            if let Some(cell) = dense.get_mut(usize::from(tag & !LAST)) {
                *cell = weight;
            }
        }
        self.keys.push((key, self.dense.len() as u32 | IS_DENSE));
        self.dense.push(dense);
    }

    /// Returns the only tag of the word with this key; `None` for all other words.
    #[must_use]
    #[inline]
    pub fn fixed(&self, key: u32) -> Option<PennTag> {
        if !is_marked(&self.fixed, key) {
            return None;
        }
        let at = self.words.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        PennTag::from_index(usize::from(self.words.get(at)?.1))
    }

    /// Returns whether the feature `key` can have weights; most of those that have none are rejected.
    #[inline]
    pub(crate) fn may_have(&self, key: u32) -> bool {
        is_marked(&self.known, key)
    }

    /// Adds the weights of the features `keys` to `scores` and clears `keys`. Finds all rows before it adds them,
    /// because the processor can then load many rows at once.
    pub(crate) fn add(&self, keys: &mut Vec<u32>, scores: &mut Scores) {
        keys.retain_mut(|key| match self.row(*key) {
            Some(row) => {
                *key = row;
                true
            }
            None => false,
        });
        for row in keys.drain(..) {
            if row & IS_DENSE == 0 {
                self.add_pairs(row as usize, scores);
            } else if let Some(row) = self.dense.get((row & !IS_DENSE) as usize) {
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += i32::from(*weight);
                }
            }
        }
    }

    #[inline]
    fn add_pairs(&self, row: usize, scores: &mut Scores) {
        for (tag, weight) in self.pairs.get(row..).unwrap_or_default() {
            if let Some(score) = scores.get_mut(usize::from(tag & !LAST)) {
                *score += i32::from(*weight);
            }
            if tag & LAST != 0 {
                break;
            }
        }
    }

    /// Finds the offset of the row of `key`.
    #[inline]
    fn row(&self, key: u32) -> Option<u32> {
        let start = (key >> (KEY_BITS - START_BITS)) as usize;
        let (start, end) = (*self.starts.get(start)?, *self.starts.get(start + 1)?);
        let bucket = self.keys.get(start as usize..end as usize)?;
        bucket.iter().find(|(found, _)| *found == key).map(|(_, row)| *row)
    }
}

/// Ascending keys of a file.
struct Keys {
    left: u32,
    last: Option<u32>,
}

impl Keys {
    /// Reads the number of keys.
    fn new(rest: &mut &[u8]) -> Option<Self> {
        Some(Self { left: u32::from_le_bytes(take(rest)?), last: None })
    }

    /// Reads the next key; `Some(None)` after the last one, `None` if the bytes are not valid.
    #[allow(clippy::option_option)] // the end and a broken file are two things
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

/// Returns the word and the bit of a filter that represent a key.
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

/// Returns the length in bytes of the row at the beginning of `rest`; `None` if it does not end.
fn row_length(rest: &[u8]) -> Option<usize> {
    let pairs: &[[u8; 2]] = rest.as_chunks().0;
    Some(2 * (1 + pairs.iter().position(|[tag, _]| tag & LAST != 0)?))
}

/// Reads a number in LEB128: seven bits per byte, lowest first; the highest bit of a byte says that another one
/// follows.
fn number_of(rest: &mut &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for shift in (0..32).step_by(7) {
        let [byte] = take(rest)?;
        number |= u32::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// Appends a number in LEB128.
fn put_number(out: &mut Vec<u8>, mut number: u32) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let rows = vec![(7, vec![(0, -3), (44, 100)]), (9, vec![(1, 1)]), ((1 << 28) - 2, vec![(1, 5)])];
        let bytes = Weights::write(&[(3, PennTag::Dt), (8, PennTag::Comma)], &rows);
        let weights = Weights::read(&bytes).unwrap();
        let mut sums = [0; 48];
        weights.add(&mut vec![7, 9, 8, (1 << 28) - 2, (1 << 28) - 1], &mut sums);
        assert_eq!((sums[0], sums[1], sums[44]), (-3, 6, 300));
        let fixed = [3, 8, 9].map(|key| weights.fixed(key));
        let long: Vec<(u8, i8)> = (0..10).map(|tag| (tag, 2 - tag as i8)).collect();
        let weights = Weights::read(&Weights::write(&[], &[(5, long)])).unwrap();
        let mut sums = [0; 48];
        weights.add(&mut vec![5, 5], &mut sums);
        assert_eq!((sums[0], sums[9], sums[10]), (4, -14, 0));
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
