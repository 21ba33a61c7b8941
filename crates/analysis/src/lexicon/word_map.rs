//! Hash map with words as keys. Nearly all words have at most fifteen bytes and are stored as a single integer, because
//! an integer is hashed in one step and compared without following a pointer.

use foldhash::HashMap;

/// Maximum length of a word, in bytes, that fits into a [`Short`] together with its length.
const SHORT_LENGTH: usize = 15;

/// Word of at most [`SHORT_LENGTH`] bytes, with its length in the last byte.
type Short = u128;

/// Hash map from words to values.
#[derive(Clone, Debug)]
pub(crate) struct WordMap<V> {
    short: HashMap<Short, V>,
    long: HashMap<String, V>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { short: HashMap::default(), long: HashMap::default() }
    }
}

impl<V> WordMap<V> {
    /// Returns the value for `word`.
    #[must_use]
    #[inline]
    pub(crate) fn get(&self, word: &str) -> Option<&V> {
        match short(word) {
            Some(key) => self.short.get(&key),
            None => self.long.get(word),
        }
    }

    /// Returns a mutable reference to the value for `word`.
    #[must_use]
    pub(crate) fn get_mut(&mut self, word: &str) -> Option<&mut V> {
        match short(word) {
            Some(key) => self.short.get_mut(&key),
            None => self.long.get_mut(word),
        }
    }

    /// Returns a mutable reference to the value for `word`. A missing entry is inserted with `value`.
    pub(crate) fn get_or_insert(&mut self, word: &str, value: V) -> &mut V {
        match short(word) {
            Some(key) => self.short.entry(key).or_insert(value),
            None => self.long.entry(word.to_owned()).or_insert(value),
        }
    }

    /// Sets the value for `word`.
    pub(crate) fn insert(&mut self, word: &str, value: V) {
        match short(word) {
            Some(key) => self.short.insert(key, value),
            None => self.long.insert(word.to_owned(), value),
        };
    }
}

/// Returns a word as an integer; `None` if the word is too long. The bytes are loaded in at most two pieces, rather
/// than copied one by one.
#[inline]
fn short(word: &str) -> Option<Short> {
    let bytes = word.as_bytes();
    let length = bytes.len();
    if length > SHORT_LENGTH {
        return None;
    }
    let (low, high) = match (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        (Some(first), Some(last)) => {
            let rest = u64::from_le_bytes(*last).checked_shr(8 * (16 - length as u32)).unwrap_or(0);
            (u64::from_le_bytes(*first), rest)
        }
        _ => match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            (Some(first), Some(last)) => {
                let rest = u32::from_le_bytes(*last).checked_shr(8 * (8 - length as u32)).unwrap_or(0);
                (u64::from(u32::from_le_bytes(*first)) | u64::from(rest) << 32, 0)
            }
            _ => (bytes.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
        },
    };
    Some(Short::from(low) | Short::from(high) << 64 | (length as Short) << (8 * SHORT_LENGTH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_word_is_its_bytes_and_its_length() {
        for length in 0..=SHORT_LENGTH {
            let word = &"abcdefghijklmno"[..length];
            let mut bytes = [0; SHORT_LENGTH + 1];
            bytes[..length].copy_from_slice(word.as_bytes());
            bytes[SHORT_LENGTH] = length as u8;
            assert_eq!(short(word), Some(Short::from_le_bytes(bytes)), "{word}");
        }
        assert_eq!(short("abcdefghijklmnop"), None);
    }

    #[test]
    fn words_of_every_length_are_found_and_kept_apart() {
        let words =
            ["", "a", "a\0", "ab", "fifteen-letters", "fifteen-letterz", "sixteen-letters-", "sixteen-letters+"];
        let mut map = WordMap::default();
        for (index, word) in words.iter().enumerate() {
            map.insert(word, index);
        }
        for (index, word) in words.iter().enumerate() {
            assert_eq!(map.get(word), Some(&index), "{word:?}");
        }
        assert_eq!(map.get("sixteen-letters"), None);
        *map.get_or_insert("ab", 0) += 10;
        assert_eq!(map.get("ab"), Some(&13));
        assert_eq!(map.get_mut("ba"), None);
    }
}
