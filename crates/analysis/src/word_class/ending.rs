//! Guesses the word classes of unlisted words from their endings.

use super::WordClass::{
    Adjective, Adverb, Noun, NounPlural, VerbBase, VerbGerund, VerbParticiple, VerbPast, VerbPresent,
};
use super::senses::Senses;

/// Endings with the classes that they allow, likeliest first. The longest matching ending decides.
const ENDINGS: &[(&str, &[super::WordClass])] = &[
    ("ly", &[Adverb]),
    ("ing", &[VerbGerund, Noun, Adjective]),
    ("ed", &[VerbPast, VerbParticiple, Adjective]),
    ("year-old", &[Adjective, Noun]),
    ("izes", &[VerbPresent]),
    ("ises", &[NounPlural, VerbPresent]),
    ("ifies", &[VerbPresent]),
    ("ize", &[VerbBase, VerbPresent]),
    ("ify", &[VerbBase, VerbPresent]),
    ("ess", &[Noun]),
    ("less", &[Adjective]),
    ("us", &[Noun]),
    ("ous", &[Adjective]),
    ("is", &[Noun]),
    ("ics", &[NounPlural]),
    ("s", &[NounPlural]),
    ("ful", &[Adjective]),
    ("able", &[Adjective]),
    ("ible", &[Adjective]),
    ("ish", &[Adjective]),
    ("ic", &[Adjective, Noun]),
    ("cial", &[Adjective]),
    ("tial", &[Adjective]),
    ("ical", &[Adjective]),
    ("onal", &[Adjective]),
    ("al", &[Adjective, Noun]),
    ("ive", &[Adjective, Noun]),
    ("most", &[Adjective]),
    ("esque", &[Adjective]),
    ("some", &[Adjective]),
    ("ward", &[Adverb, Adjective]),
    ("wise", &[Adverb]),
    ("ary", &[Adjective, Noun]),
    ("ory", &[Noun, Adjective]),
    ("ian", &[Adjective, Noun]),
    ("lent", &[Adjective]),
    ("dent", &[Adjective, Noun]),
    ("tent", &[Adjective, Noun]),
    ("ant", &[Adjective, Noun]),
];

/// Guesses the classes of `word`, given in lower case, from its ending. If no ending matches, the word is a noun.
pub(super) fn guess(word: &str) -> Senses {
    let last = word.rsplit(['-', '‐', '‑']).next().unwrap_or(word);
    if last.len() < word.len() && last.len() > 1 {
        return Senses::of(&[Adjective, Noun]);
    }
    // The longest match wins: "ous" over "us", "less" over "ess". Comparing the last byte first rejects most endings.
    let final_byte = word.as_bytes().last();
    ENDINGS
        .iter()
        .filter(|(ending, _)| ending.as_bytes().last() == final_byte)
        .filter(|(ending, _)| word.len() > ending.len() + 1 && word.ends_with(ending))
        .max_by_key(|(ending, _)| ending.len())
        .map_or(Senses::of(&[Noun]), |(_, classes)| Senses::of(classes))
}
