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
    fn case_matters_to_the_exact_hash() {
        assert_ne!(exact("May"), exact("may"));
    }
}
