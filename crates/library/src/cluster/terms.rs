//! Words as the comparison of stories sees them: folded, without plural endings, hashed, and weighted by how rare they
//! are in news.

/// Weight of a word that the table of weights lacks: the negative logarithm of its share of all texts.
const RARE: f32 = 8.0;

/// Minimum weight of a word that is compared. Words in more than one text of eight say nothing about a story.
const MIN_WEIGHT: f32 = 2.0;

/// Steps per unit in the table of weights.
const STEPS: f32 = 31.0;

/// Weights of common words: entries of four bytes, sorted by the three bytes of the hash, with the weight as the
/// fourth. See `assets/models/word_weights.md`.
const TABLE: &[u8] = include_bytes!("../../assets/models/word_weights.bin");

/// Hash of a word, of 24 bits.
pub(super) type Term = u32;

/// Splits a folded text into words: letters and digits, with points and commas only inside of numbers. Single letters are
/// left out.
pub(super) fn words(folded: &str) -> Vec<&str> {
    let bytes = folded.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut out = Vec::new();
    let mut start = None;
    for (at, character) in folded.char_indices().chain([(folded.len(), ' ')]) {
        let in_number = matches!(character, '.' | ',') && at > 0 && is_digit(at - 1) && is_digit(at + 1);
        if character.is_alphanumeric() || in_number && start.is_some() {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            out.extend(folded.get(start..at).filter(|word| word.len() > 1 || is_digit(start)));
        }
    }
    out
}

/// Removes the ending of a plural. Returns the stem in two parts.
fn stem(word: &str) -> (&str, &str) {
    match word.strip_suffix("ies") {
        Some(stem) if stem.len() > 1 => return (stem, "y"),
        _ => {}
    }
    let keeps = word.len() < 4 || ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    (if keeps { word } else { word.strip_suffix('s').unwrap_or(word) }, "")
}

/// Hashes a word without the ending of a plural.
pub(super) fn term(word: &str) -> Term {
    let (stem, ending) = stem(word);
    hash(stem.bytes().chain(ending.bytes())) >> 8
}

/// Hashes bytes with FNV-1a, and mixes the result so that all of its bits are equally good.
pub(super) fn hash(bytes: impl IntoIterator<Item = u8>) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for byte in bytes {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^ (hash >> 13)
}

/// Returns the weight of a word, or `None` if it is too common to be compared.
pub(super) fn weight(term: Term) -> Option<f32> {
    let (entries, _) = TABLE.as_chunks::<4>();
    let key = |entry: &[u8; 4]| u32::from_be_bytes(*entry) >> 8;
    let weight = match entries.binary_search_by_key(&term, key) {
        Ok(at) => entries.get(at).map_or(RARE, |entry| f32::from(entry[3]) / STEPS),
        Err(_) => RARE,
    };
    (weight > MIN_WEIGHT).then_some(weight)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::text::fold;

    #[test]
    fn numbers_stay_whole_and_plurals_lose_their_ending() {
        let text = fold("Öland’s 5.6 quakes, 1,200 hurt. A 7, .5 and 8.");
        assert_eq!(words(&text), ["oland", "5.6", "quakes", "1,200", "hurt", "7", "5", "and", "8"]);
        for (word, stem) in [("ferries", "ferry"), ("quakes", "quake")] {
            assert_eq!(term(word), term(stem));
        }
        for (word, other) in [("glass", "glas"), ("bus", "bu"), ("gas", "ga")] {
            assert_ne!(term(word), term(other));
        }
    }

    #[test]
    fn rare_words_weigh_more_and_common_ones_nothing() {
        let of = |word: &str| weight(term(word));
        assert_eq!((of("the"), of("said")), (None, None));
        assert!(of("police") < of("ferry") && of("ferry") < Some(RARE));
        assert_eq!(of("qeshm"), Some(RARE));
    }
}
