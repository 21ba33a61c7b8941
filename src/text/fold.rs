//! Words compared as a reader compares them: without case, accents or width.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` in lower case without accents.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let letters = text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    letters.map(plain).collect()
}

/// The characters that one character folds to, handed to `sink` one by one.
pub fn fold_char(character: char, mut sink: impl FnMut(char)) {
    if character.is_ascii() {
        sink(character.to_ascii_lowercase());
        return;
    }
    let letters = std::iter::once(character).nfkd().filter(|letter| !is_combining_mark(*letter));
    letters.flat_map(char::to_lowercase).map(plain).for_each(&mut sink);
}

/// A typographic mark as the keyboard has it.
const fn plain(character: char) -> char {
    match character {
        '’' | '‘' | 'ʼ' => '\'',
        '“' | '”' => '"',
        '‐' | '‑' | '–' => '-',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_typography_do_not_count() {
        assert_eq!(fold("Élodie O’Brien‑Núñez"), "elodie o'brien-nunez");
    }

    #[test]
    fn a_character_folds_as_it_does_in_a_word() {
        for word in ["Élodie", "O’Brien", "ﬁn", "Straße"] {
            let mut out = String::new();
            word.chars().for_each(|character| fold_char(character, |folded| out.push(folded)));
            assert_eq!(out, fold(word));
        }
    }
}
