//! The index of words in large public lists, for the command that builds it.

use crate::hash::folded;
use crate::lexicon::word_index::{WordIndex, WordLists};
use std::collections::BTreeMap;

/// List that a word can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceList {
    /// A dictionary, in lower case.
    Dictionary,
    /// A dictionary, with a capital.
    Proper,
    /// Given names of women.
    Female,
    /// Given names of men.
    Male,
    /// Frequent family names.
    Surname,
    /// Rare family names.
    RareSurname,
    /// Towns with a name of one word.
    Town,
    /// Words of longer names of towns.
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

/// Serializes words with the lists that contain them.
#[must_use]
pub fn index<'a>(words: impl Iterator<Item = (&'a str, SourceList)>) -> Vec<u8> {
    let mut lists: BTreeMap<u64, u8> = BTreeMap::new();
    for (word, list) in words {
        *lists.entry(folded(word)).or_default() |= list.bit();
    }
    WordIndex::write(&lists)
}
