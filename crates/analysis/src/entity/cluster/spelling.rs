//! Recognises typos: two spellings that differ by one wrong, missing or swapped letter.

use crate::hash::{sequence, without_each};

/// Minimum length, in letters, of the words compared. Shorter words that differ by one letter are usually different
/// words.
const MIN_LENGTH: usize = 5;

/// Returns whether two words differ by exactly one edit: a letter inserted, deleted or replaced, or two letters
/// swapped. Ignores case, and never accepts short words.
pub(super) fn is_typo(one: &str, other: &str) -> bool {
    if are_dissimilar(one.as_bytes(), other.as_bytes()) {
        return false;
    }
    let (one, other) = (letters(one), letters(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if short.len() < MIN_LENGTH || long.len() > short.len() + 1 {
        return false;
    }
    let head = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[head..], &long[head..]);
    if short.len() < long.len() {
        return long[1..] == *short;
    }
    match (short, long) {
        ([_, rest_a @ ..], [_, rest_b @ ..]) if rest_a == rest_b => true,
        ([a, b, rest_a @ ..], [c, d, rest_b @ ..]) => a == d && b == c && rest_a == rest_b,
        _ => false,
    }
}

/// Returns whether two ASCII words differ by more than two adjacent characters. Most pairs do, so this check rejects
/// them quickly.
fn are_dissimilar(one: &[u8], other: &[u8]) -> bool {
    let same = |(a, b): &(&u8, &u8)| a.eq_ignore_ascii_case(b);
    let head = one.iter().zip(other).take_while(same).count();
    let tail = one.iter().rev().zip(other.iter().rev()).take_while(same).count();
    one.is_ascii() && other.is_ascii() && head + tail + 2 < one.len().max(other.len())
}

/// Returns hashes of a word: of the whole word, and of the word without each of its letters. Two words that [`is_typo`]
/// accepts have at least one hash in common, so spellings can be looked up. A short word has no hashes.
pub(super) fn typo_keys(word: &str) -> Vec<u64> {
    let letters: Vec<u64> = letters(word).into_iter().map(u64::from).collect();
    if letters.len() < MIN_LENGTH {
        return Vec::new();
    }
    let mut keys = without_each(&letters);
    keys.push(sequence(&letters));
    keys
}

/// Returns whether two given names are spelling variants, with a different vowel, a doubled letter or an extra "h".
pub(super) fn variants(one: &str, other: &str) -> bool {
    let (one, other) = (skeleton(one), skeleton(other));
    one.len() >= 3 && one == other
}

/// Returns a spelling key: the consonants of the word, undoubled and without "h", with each run of vowels replaced by
/// one symbol.
fn skeleton(word: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    for letter in letters(word) {
        let sign = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' => 'a',
            'h' => continue,
            'c' | 'q' => 'k',
            other => other,
        };
        if out.last() != Some(&sign) {
            out.push(sign);
        }
    }
    out
}

fn letters(word: &str) -> Vec<char> {
    word.chars().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_may_be_wrong_missing_or_swapped() {
        assert!(is_typo("Harlan", "Harlen") && is_typo("Waters", "Water"));
        assert!(is_typo("United", "Untied"));
        assert!(!is_typo("Harlan", "Harlan") && !is_typo("Northern", "Southern"));
        assert!(!is_typo("Iran", "Iraq"), "short words are no slips");
    }

    #[test]
    fn spellings_of_a_word_share_a_key() {
        let share = |one: &str, other: &str| typo_keys(one).iter().any(|key| typo_keys(other).contains(key));
        for (one, other) in [("Harlan", "Harlen"), ("Waters", "Water"), ("United", "untied"), ("Öström", "Östrom")] {
            assert!(is_typo(one, other) && share(one, other) && share(other, one), "{one}, {other}");
        }
        assert!(!share("Northern", "Southern") && typo_keys("Iran").is_empty());
    }

    #[test]
    fn given_names_vary_in_their_vowels() {
        assert!(variants("Catrin", "Katryn") && variants("Sara", "Sarah"));
        assert!(!variants("Maria", "Marta") && !variants("Ana", "Ian"));
    }
}
