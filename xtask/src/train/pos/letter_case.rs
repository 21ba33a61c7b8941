//! Copies of treebank documents in other letter case, so that the tagger relies less on capital letters. Posts on the
//! web write names in lower case, and headlines and forms capitalise common nouns.

use crate::treebank::Annotated;
use dateline_analysis::training::pos::PennTag;

/// Letter case of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LetterCase {
    /// Unchanged.
    AsWritten,
    /// All letters lower case: "vell wins".
    Lower,
    /// All letters upper case: "VELL WINS".
    Upper,
    /// Longer words with an initial capital: "Vell Wins Again".
    Title,
    /// As written, with some common nouns and adjectives capitalised: "the Committee agreed".
    SomeCapitals,
}

/// Letter cases with the number of sentences in a hundred that get each.
const SHARES: [(LetterCase, u64); 5] = [
    (LetterCase::Lower, 35),
    (LetterCase::Title, 25),
    (LetterCase::Upper, 10),
    (LetterCase::SomeCapitals, 15),
    (LetterCase::AsWritten, 15),
];

/// Percentage of common nouns and adjectives that [`LetterCase::SomeCapitals`] capitalises.
const CAPITALISED: u64 = 20;

/// Minimum length in bytes of a word that a title capitalises.
const LONG: usize = 4;

/// Returns a copy of `text` with the letter case of each sentence chosen at random. The same `seed` gives the same copy.
pub(super) fn varied(text: &Annotated, seed: u64) -> Annotated {
    let mut chance = Chance(seed);
    let cases: Vec<LetterCase> = text.article.blocks.iter().map(|_| chance.letter_case()).collect();
    text.with_words(|sentence, word, tag| {
        let case = cases.get(sentence).copied().unwrap_or(LetterCase::AsWritten);
        let common = matches!(tag, PennTag::Nn | PennTag::Nns | PennTag::Jj);
        match case {
            LetterCase::Lower => word.make_ascii_lowercase(),
            LetterCase::Upper => word.make_ascii_uppercase(),
            LetterCase::Title if word.len() >= LONG => capitalise(word),
            LetterCase::SomeCapitals if common && chance.below(100) < CAPITALISED => capitalise(word),
            LetterCase::AsWritten | LetterCase::Title | LetterCase::SomeCapitals => {}
        }
    })
}

fn capitalise(word: &mut str) {
    if let Some(first) = word.get_mut(..1) {
        first.make_ascii_uppercase();
    }
}

/// Linear congruential generator.
struct Chance(u64);

impl Chance {
    /// Returns a pseudorandom number less than `limit`.
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn letter_case(&mut self) -> LetterCase {
        let mut left = self.below(100);
        for (case, share) in SHARES {
            if left < share {
                return case;
            }
            left -= share;
        }
        LetterCase::AsWritten
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_add_up_to_a_hundred() {
        assert_eq!(SHARES.iter().map(|(_, share)| share).sum::<u64>(), 100);
    }

    #[test]
    fn only_letter_case_changes_and_a_seed_repeats() {
        let path = std::env::temp_dir().join(format!("dateline-letter-case-{}.tsv", std::process::id()));
        let sentence = "Orla\tNNP\tPROPN\t2\tnsubj\nopened\tVBD\tVERB\t0\troot\nbakeries\tNNS\tNOUN\t2\tobj\n\n";
        std::fs::write(&path, sentence.repeat(40)).unwrap();
        let texts = crate::treebank::read(&path.display().to_string()).unwrap();
        std::fs::remove_file(&path).unwrap();
        let (first, second) = (varied(&texts[0], 1), varied(&texts[0], 1));
        assert_eq!(first.article.text, second.article.text);
        assert_ne!(first.article.text, texts[0].article.text);
        assert_eq!(first.article.text.to_lowercase(), texts[0].article.text.to_lowercase());
        assert!(first.article.text.contains("orla opened bakeries"));
    }
}
