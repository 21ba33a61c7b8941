//! Type of name that a capitalised word most likely belongs to, learnt from word vectors: "Sandoz" to a company,
//! "Volendam" to a place. The types were learnt from the lists written for this program, so the table covers words like
//! those in the lists.

use super::word_index::WordIndex;
use crate::hash::exact;

/// Maximum length, in bytes, of a word in capitals that is looked up as an acronym: "WHO" is not "Who".
const ACRONYM_LENGTH: usize = 4;

/// Type of name that a capitalised word most likely belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TypeHint(pub u8);

impl TypeHint {
    /// Common words in a dictionary that no other type fits better.
    pub(crate) const COMMON: Self = Self(1);
    /// Names of the types in the builder's input, in the order of their numbers, which begin at 2.
    pub(crate) const NAMES: [&'static str; 10] =
        ["agency", "calendar", "company", "event", "given", "organisation", "people", "place", "surname", "team"];

    /// Returns the type with this name.
    #[must_use]
    pub(crate) fn named(name: &str) -> Option<Self> {
        (2..).zip(Self::NAMES).find(|(_, known)| *known == name).map(|(number, _)| Self(number))
    }
}

/// Types of the capitalised words whose type is known.
#[derive(Debug, Default)]
pub(crate) struct TypeHints(WordIndex);

impl TypeHints {
    /// Loads the bundled types.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        Self(WordIndex::read(include_bytes!("../../assets/models/type_hints.bin")).unwrap_or_default())
    }

    /// Returns the type of a capitalised word. `folded` is the word's folded hash.
    #[must_use]
    pub(crate) fn of(&self, word: &str, folded: u64) -> TypeHint {
        TypeHint(self.0.lists(key(word, folded)).0)
    }
}

/// Returns the hash under which a word is stored. Case is ignored, except that acronyms differ from other words.
#[must_use]
pub(crate) fn key(word: &str, folded: u64) -> u64 {
    let is_acronym = word.len() <= ACRONYM_LENGTH && !word.bytes().any(|byte| byte.is_ascii_lowercase());
    if is_acronym { exact(word) } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::folded;

    fn type_of(word: &str) -> Option<&'static str> {
        let number = usize::from(TypeHints::bundled().of(word, folded(word)).0);
        TypeHint::NAMES.get(number.checked_sub(2)?).copied()
    }

    #[test]
    fn words_outside_the_lists_have_the_type_of_words_like_them() {
        let words = ["Sandoz", "Swarovski", "Volendam", "Wurzburg", "Barbarians"];
        let types = ["company", "company", "place", "place", "team"];
        assert_eq!(words.map(type_of), types.map(Some));
    }

    #[test]
    fn an_acronym_differs_from_the_word_with_its_letters() {
        let key = |word| key(word, folded(word));
        assert_ne!(key("WHO"), key("Who"));
        assert_eq!(key("SANDOZ"), key("Sandoz"));
    }

    #[test]
    fn the_types_of_the_builder_have_numbers_of_their_own() {
        let numbers: Vec<u8> =
            TypeHint::NAMES.iter().filter_map(|name| TypeHint::named(name)).map(|kind| kind.0).collect();
        assert_eq!(numbers, (2..12).collect::<Vec<u8>>());
        assert_eq!(TypeHint::named("ship"), None);
    }
}
