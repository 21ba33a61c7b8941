//! Builds the index of words in large public lists.

use crate::hash::folded;
use crate::lexicon::type_hints::{TypeHint, key};
use crate::lexicon::word_index::{WordIndex, WordLists};
use std::collections::BTreeMap;

/// Names of the public lists in the builder's input: dictionary words in lower case and with a capital letter, given names
/// of women and of men, frequent and rare family names, town names of a single word, and words from longer town names.
const LISTS: [(&str, WordLists); 8] = [
    ("dictionary", WordLists::DICTIONARY),
    ("proper", WordLists::PROPER),
    ("female", WordLists::FEMALE),
    ("male", WordLists::MALE),
    ("surname", WordLists::SURNAME),
    ("rare surname", WordLists::RARE_SURNAME),
    ("town", WordLists::TOWN),
    ("town word", WordLists::TOWN_WORD),
];

/// Serializes an index of words and the names of the lists that contain them. Returns the name of a list that does not
/// exist as the error.
///
/// # Errors
///
/// Fails on the first list that the recogniser does not know.
pub fn index<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Vec<u8>, &'a str> {
    let mut lists: BTreeMap<u64, u8> = BTreeMap::new();
    for (word, name) in words {
        let (_, list) = LISTS.iter().find(|(known, _)| *known == name).ok_or(name)?;
        *lists.entry(folded(word)).or_default() |= list.0;
    }
    Ok(WordIndex::write(&lists))
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
