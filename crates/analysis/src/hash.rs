//! Fast hash for lexicon keys and features. It need not resist attackers, because keys are words of one article and a
//! collision costs at most a wrong hint.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Multiplier of the Fx hash.
const FACTOR: u64 = 0x517c_c1b7_2722_0a95;

/// Mixes `value` into the hash `state`.
#[must_use]
pub(crate) const fn mix(state: u64, value: u64) -> u64 {
    (state.rotate_left(5) ^ value).wrapping_mul(FACTOR)
}

/// Hashes a word as written.
#[must_use]
#[inline]
pub(crate) fn exact(word: &str) -> u64 {
    word.bytes().fold(1, |state, byte| mix(state, u64::from(byte)))
}

/// Hashes a word, ignoring case, accents and the form of apostrophes.
#[must_use]
pub(crate) fn folded(word: &str) -> u64 {
    if word.is_ascii() {
        return word.bytes().fold(1, |state, byte| mix(state, u64::from(byte.to_ascii_lowercase())));
    }
    let letters = word.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    letters.fold(1, |state, letter| {
        let plain = match letter {
            '’' | '‘' => '\'',
            '‐' | '‑' => '-',
            other => other,
        };
        let mut buffer = [0; 4];
        plain.encode_utf8(&mut buffer).bytes().fold(state, |state, byte| mix(state, u64::from(byte)))
    })
}

/// Base of the polynomial hash of a sequence. It is odd, so multiplication loses no bits.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Returns the hash of a sequence with `item` added at its end, given the hash of the sequence. The empty sequence has
/// the hash 0.
#[must_use]
pub(crate) const fn append(hash: u64, item: u64) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(item)
}

/// Hashes a sequence.
#[must_use]
pub(crate) fn sequence(items: &[u64]) -> u64 {
    items.iter().fold(0, |hash, item| append(hash, *item))
}

/// Hash of the end of a sequence, which grows towards the beginning.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tail {
    /// Hash of the items, the same as that of [`sequence`].
    pub hash: u64,
    /// Base to the power of the number of items.
    power: u64,
}

impl Tail {
    /// Returns the hash of no items.
    #[must_use]
    pub(crate) const fn empty() -> Self {
        Self { hash: 0, power: 1 }
    }

    /// Adds an item before all others.
    pub(crate) const fn prepend(&mut self, item: u64) {
        self.hash = self.after(item);
        self.power = self.power.wrapping_mul(BASE);
    }

    /// Returns the hash of a sequence that consists of a head, given by its hash, and this tail.
    #[must_use]
    pub(crate) const fn after(self, head: u64) -> u64 {
        head.wrapping_mul(self.power).wrapping_add(self.hash)
    }
}

/// Returns the hash of a sequence without each of its items, in order.
#[must_use]
pub(crate) fn without_each(items: &[u64]) -> Vec<u64> {
    let mut out = Vec::with_capacity(items.len());
    let mut head = 0;
    for item in items {
        out.push(head);
        head = append(head, *item);
    }
    let mut tail = Tail::empty();
    for (hash, item) in out.iter_mut().zip(items).rev() {
        *hash = tail.after(*hash);
        tail.prepend(*item);
    }
    out
}

/// Hasher for keys that are already hashes. It only spreads their bits.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PassThrough(u64);

impl Hasher for PassThrough {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = mix(self.0, u64::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = mix(value, value >> 32);
    }
}

/// Hash map whose keys are hashes.
pub(crate) type Map<V> = HashMap<u64, V, BuildHasherDefault<PassThrough>>;

/// Set of hashes.
pub(crate) type Set = HashSet<u64, BuildHasherDefault<PassThrough>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_curls_do_not_matter_to_the_folded_hash() {
        assert_eq!(folded("São"), folded("SAO"));
        assert_eq!(folded("O’Neil"), folded("o'neil"));
        assert_ne!(folded("Ann"), folded("Anna"));
    }

    #[test]
    fn a_sequence_has_one_hash_however_it_is_built() {
        let mut tail = Tail::empty();
        for item in [8, 7] {
            tail.prepend(item);
        }
        assert_eq!(tail.hash, sequence(&[7, 8]));
        assert_eq!(tail.after(sequence(&[5, 6])), sequence(&[5, 6, 7, 8]));
        assert_eq!(without_each(&[5, 6, 7]), [[6, 7], [5, 7], [5, 6]].map(|items| sequence(&items)));
        assert_ne!(sequence(&[5, 6]), sequence(&[6, 5]));
    }

    #[test]
    fn case_matters_to_the_exact_hash() {
        assert_ne!(exact("May"), exact("may"));
    }
}
