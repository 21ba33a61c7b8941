//! Index of the large public lists that contain a word: a dictionary, names of people from censuses, and names of
//! towns. These lists are used to recognise names and to spell town names. The rules use the small lists written for
//! this program.
//!
//! ```text
//! "WORDS2"  count: u32  combinations: u8  combinations × (lists: u8)
//! count × (difference from the previous key: Rice 10, index of a combination: Rice 1)
//! ```
//!
//! A key is the upper 28 bits of a word's folded hash. With 200,000 keys, about one in 1,300 unlisted words is wrongly
//! found in the index. The file contains no words.

use crate::bytes::{BitReader, BitWriter, take};
use std::collections::BTreeMap;

/// Magic bytes at the beginning of an index file.
const MAGIC: &[u8; 6] = b"WORDS2";

/// Number of bits in a key.
const KEY_BITS: u32 = 28;

/// Number of leading bits of a key that select its bucket in `starts`. A bucket holds about ten keys.
const START_BITS: u32 = 14;

/// Number of plain bits in the Rice code of a key difference.
const KEY_LOW: u32 = 10;

/// Number of plain bits in the Rice code of a combination of lists. Three combinations cover most words.
const LISTS_LOW: u32 = 1;

/// Set of the lists that contain a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordLists(pub u8);

impl WordLists {
    /// Dictionary words in lower case.
    pub(crate) const DICTIONARY: Self = Self(1);
    /// Dictionary words with a capital letter.
    pub(crate) const PROPER: Self = Self(1 << 1);
    /// Given names of women.
    pub(crate) const FEMALE: Self = Self(1 << 2);
    /// Given names of men.
    pub(crate) const MALE: Self = Self(1 << 3);
    /// Frequent family names.
    pub(crate) const SURNAME: Self = Self(1 << 4);
    /// Rare family names.
    pub(crate) const RARE_SURNAME: Self = Self(1 << 5);
    /// Town names of a single word.
    pub(crate) const TOWN: Self = Self(1 << 6);
    /// Words from longer town names.
    pub(crate) const TOWN_WORD: Self = Self(1 << 7);

    /// Returns whether the two sets have a common list.
    #[must_use]
    pub(crate) const fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// Index of the lists that contain each word. Keys and lists are parallel vectors.
#[derive(Debug, Default)]
pub(crate) struct WordIndex {
    /// For each key prefix, the offset in `keys` of the first key with at least that prefix, and one final offset.
    starts: Vec<u32>,
    keys: Vec<u32>,
    lists: Vec<u8>,
}

impl WordIndex {
    /// Loads the bundled index.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        Self::read(include_bytes!("../../assets/models/words.bin")).unwrap_or_default()
    }

    /// Reads an index. Returns `None` if `bytes` is not a valid index.
    #[must_use]
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let count = u32::from_le_bytes(take(&mut rest)?) as usize;
        let [combinations] = take(&mut rest)?;
        let (combinations, rest) = rest.split_at_checked(usize::from(combinations))?;
        let room = count.min(8 * rest.len());
        let (mut keys, mut lists) = (Vec::with_capacity(room), Vec::with_capacity(room));
        let mut starts = Vec::with_capacity((1 << START_BITS) + 1);
        let mut bits = BitReader::new(rest);
        let mut key = 0_u32;
        for number in 0..count {
            let difference = bits.take_rice(KEY_LOW)?;
            if number > 0 && difference == 0 {
                return None;
            }
            key = key.checked_add(difference).filter(|key| key >> KEY_BITS == 0)?;
            let place = place(key);
            if starts.len() <= place {
                starts.resize(place + 1, number as u32);
            }
            keys.push(key);
            lists.push(*combinations.get(bits.take_rice(LISTS_LOW)? as usize)?);
        }
        if !bits.is_at_end() {
            return None;
        }
        starts.resize((1 << START_BITS) + 1, count as u32);
        Some(Self { starts, keys, lists })
    }

    /// Serializes an index. `words` maps the folded hash of each word to the bits of its lists.
    #[must_use]
    pub(crate) fn write(words: &BTreeMap<u64, u8>) -> Vec<u8> {
        let mut keys: BTreeMap<u32, u8> = BTreeMap::new();
        for (word, lists) in words {
            *keys.entry(key(*word)).or_default() |= lists;
        }
        let combinations = combinations(&keys);
        let mut out = MAGIC.to_vec();
        out.extend((keys.len() as u32).to_le_bytes());
        out.push(combinations.len() as u8);
        out.extend(&combinations);
        let mut bits = BitWriter::default();
        let mut last = 0;
        for (key, lists) in keys {
            bits.put_rice(key - last, KEY_LOW);
            last = key;
            let index = combinations.iter().position(|combination| *combination == lists).unwrap_or_default();
            bits.put_rice(index as u32, LISTS_LOW);
        }
        out.extend(bits.finish());
        out
    }

    /// Returns the lists that contain the word with this folded hash.
    #[must_use]
    pub(crate) fn lists(&self, folded: u64) -> WordLists {
        let key = key(folded);
        let place = place(key);
        let ends = (self.starts.get(place), self.starts.get(place + 1));
        let (Some(start), Some(end)) = ends else { return WordLists::default() };
        let start = *start as usize;
        let inside = self.keys.get(start..*end as usize).unwrap_or_default();
        let found = inside.binary_search(&key).ok().and_then(|index| self.lists.get(start + index));
        WordLists(found.copied().unwrap_or_default())
    }
}

/// Returns the index key for a folded hash.
const fn key(folded: u64) -> u32 {
    (folded >> (64 - KEY_BITS)) as u32
}

/// Returns the index in `starts` of the prefix of a key.
const fn place(key: u32) -> usize {
    (key >> (KEY_BITS - START_BITS)) as usize
}

/// Returns the combinations of lists, most frequent first. There are at most 255, because every word is in at least one
/// list.
fn combinations(keys: &BTreeMap<u32, u8>) -> Vec<u8> {
    let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
    for lists in keys.values().filter(|lists| **lists != 0) {
        *counts.entry(*lists).or_default() += 1;
    }
    let mut combinations: Vec<(u8, usize)> = counts.into_iter().collect();
    combinations.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    combinations.into_iter().map(|(lists, _)| lists).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::folded;

    #[test]
    fn words_come_back_with_their_lists() {
        let words: BTreeMap<u64, u8> =
            (0..200_u8).map(|number| (folded(&format!("word{number}")), number.max(1))).collect();
        let index = WordIndex::read(&WordIndex::write(&words)).unwrap();
        for number in 0..200_u8 {
            assert_eq!(index.lists(folded(&format!("Word{number}"))), WordLists(number.max(1)));
        }
        assert_eq!(index.lists(folded("absent")), WordLists::default());
    }

    #[test]
    fn a_broken_file_is_refused() {
        let bytes = WordIndex::write(&BTreeMap::from([(folded("mill"), 1), (folded("Tarn"), 2)]));
        for length in 0..bytes.len() {
            assert!(WordIndex::read(&bytes[..length]).is_none());
        }
        assert!(WordIndex::read(&[&bytes[..], &[0]].concat()).is_none());
    }

    #[test]
    fn the_bundled_index_is_what_the_builder_writes() {
        let bytes = include_bytes!("../../assets/models/words.bin");
        let index = WordIndex::read(bytes).unwrap();
        let hash = |key: &u32| u64::from(*key) << (64 - KEY_BITS);
        let words = index.keys.iter().map(hash).zip(index.lists.iter().copied()).collect();
        assert!(WordIndex::write(&words) == bytes);
    }

    #[test]
    fn the_bundled_lists_know_words_names_and_towns() {
        let index = WordIndex::bundled();
        let has = |word: &str, list: WordLists| index.lists(folded(word)).any(list);
        assert!(has("graduation", WordLists::DICTIONARY) && !has("Stavanger", WordLists::DICTIONARY));
        assert!(has("Stavanger", WordLists::TOWN) && has("Patricia", WordLists::FEMALE));
        assert!(has("Hernandez", WordLists::SURNAME) && !has("graduation", WordLists::SURNAME));
    }
}
