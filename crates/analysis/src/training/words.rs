//! Builds the index of words in large public lists.

use crate::hash::folded;
use crate::lexicon::type_hints::{TypeHint, key};
use crate::lexicon::word_index::{WordIndex, WordLists};
use std::collections::BTreeMap;

/// Public list that can contain a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceList {
    /// Dictionary words in lower case.
    Dictionary,
    /// Dictionary words with a capital letter.
    Proper,
    /// Given names of women.
    Female,
    /// Given names of men.
    Male,
    /// Frequent family names.
    Surname,
    /// Rare family names.
    RareSurname,
    /// Town names of a single word.
    Town,
    /// Words from longer town names.
    TownWord,
}

impl SourceList {
    const fn bit(self) -> u8 {
        match self {
            Self::Dictionary => WordLists::DICTIONARY.0,
            Self::Proper => WordLists::PROPER.0,
            Self::Female => WordLists::FEMALE.0,
            Self::Male => WordLists::MALE.0,
            Self::Surname => WordLists::SURNAME.0,
            Self::RareSurname => WordLists::RARE_SURNAME.0,
            Self::Town => WordLists::TOWN.0,
            Self::TownWord => WordLists::TOWN_WORD.0,
        }
    }
}

/// Serializes an index of words and the lists that contain them.
#[must_use]
pub fn index<'a>(words: impl Iterator<Item = (&'a str, SourceList)>) -> Vec<u8> {
    let mut lists: BTreeMap<u64, u8> = BTreeMap::new();
    for (word, list) in words {
        *lists.entry(folded(word)).or_default() |= list.bit();
    }
    WordIndex::write(&lists)
}

/// Serializes the table of words and the types of names that they most likely belong to. Returns the name of a type that
/// does not exist as the error.
///
/// # Errors
///
/// Fails on the first type that the recogniser does not know.
pub fn type_hints<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Vec<u8>, &'a str> {
    let mut types: BTreeMap<u64, u8> = BTreeMap::new();
    for (word, name) in words {
        types.insert(key(word, folded(word)), TypeHint::named(name).ok_or(name)?.0);
    }
    Ok(WordIndex::write(&types))
}
