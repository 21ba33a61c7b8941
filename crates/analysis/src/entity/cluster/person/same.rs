//! Decides whether two full names belong to the same person.

use super::super::spelling::{is_typo, variants};
use crate::entity::Gender;
use crate::entity::name_mention::NameMention;
use crate::lexicon::nicknames::Nicknames;

/// Returns whether the generation suffixes of two names agree: "King Jr." is not "King Sr.".
pub(super) fn compatible(a: &NameMention<'_>, b: &NameMention<'_>) -> bool {
    a.generation.is_none() || b.generation.is_none() || a.generation == b.generation
}

/// Returns whether two genders are compatible: they are the same, or at least one is unknown.
pub(super) fn genders_agree(a: Gender, b: Gender) -> bool {
    a == Gender::Unknown || b == Gender::Unknown || a == b
}

/// Returns whether two full names certainly belong to the same person. Either they share their first and last words and
/// have no conflicting middle name, or one name is the beginning or end of the other ("von der Leyen"), or one puts the
/// family name first.
pub(super) fn same_person(a: &NameMention<'_>, b: &NameMention<'_>) -> bool {
    if !compatible(a, b) {
        return false;
    }
    let (short, long) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    let ends = short.words.last() == long.words.last();
    let starts = short.words.first() == long.words.first();
    if ends && starts {
        return middles_agree(short, long);
    }
    let part = long.words.starts_with(&short.words) || long.words.ends_with(&short.words);
    let turned = matches!((short.words.as_slice(), long.words.as_slice()), ([a, b], [c, d]) if a == d && b == c);
    turned || (part && !short.words.is_empty())
}

/// Returns whether the middle names of two names agree: "John Kennedy" is "John F. Kennedy", but "George W. Ode" is not
/// "George H. W. Ode".
fn middles_agree(short: &NameMention<'_>, long: &NameMention<'_>) -> bool {
    let inner = |mention: &NameMention<'_>| 1..mention.words.len().saturating_sub(1);
    let (of_short, of_long) = (inner(short), inner(long));
    if of_short.is_empty() || of_long.is_empty() {
        return true;
    }
    let agree = |i: usize, j: usize| short.words[i] == long.words[j] || initial_of(short.texts[i], long.texts[j]);
    of_short.clone().zip(of_long.clone()).all(|(i, j)| agree(i, j))
        || (of_short.len() != of_long.len()
            && !of_long.clone().any(|j| is_initial(long.texts[j]))
            && of_short.clone().any(|i| of_long.clone().any(|j| agree(i, j))))
}

/// Returns whether two names agree except for a variation in one part. The given names are forms of each other ("Larry"
/// and "Lawrence", "Kristin" and "Kristen"), or the family names differ by one typo.
pub(super) fn same_given(nicknames: &Nicknames, a: &NameMention<'_>, b: &NameMention<'_>) -> bool {
    let (Some(one), Some(other)) = (a.words.first(), b.words.first()) else { return false };
    let (Some(first), Some(second)) = (a.texts.first(), b.texts.first()) else { return false };
    let (Some(last), Some(family)) = (a.texts.last(), b.texts.last()) else { return false };
    if !compatible(a, b) || !middles_agree(a, b) || !genders_agree(a.gender, b.gender) {
        return false;
    }
    if a.words.last() == b.words.last() {
        nicknames.agree(*one, *other) || variants(first, second)
    } else {
        one == other && !is_initial(first) && is_typo(last, family)
    }
}

/// Returns whether the given names of `a` are only initials that match the given names of `b`: "J.K. Ode" and "Jana
/// Ode".
pub(super) fn abbreviates(a: &NameMention<'_>, b: &NameMention<'_>) -> bool {
    let (Some(one), Some(other)) = (a.texts.first(), b.texts.first()) else { return false };
    let agree = a.words.last() == b.words.last() && compatible(a, b) && middles_agree(a, b);
    agree && !is_initial(other) && initial_of(one, other)
}

/// Returns whether one of two words is an initial of the other.
fn initial_of(one: &str, other: &str) -> bool {
    (is_initial(one) || is_initial(other)) && one.chars().next() == other.chars().next()
}

/// Returns whether a word consists of one or more initials: "J.", "J", "J.K."
fn is_initial(word: &str) -> bool {
    word.ends_with('.') || word.chars().count() == 1 || word.contains('.')
}

/// Returns whether the letters of `short` are the initials of a person's name: "JFK", "AOC", "MBS".
pub(super) fn has_initials(short: &NameMention<'_>, long: &NameMention<'_>) -> bool {
    let Some(word) = short.texts.first().filter(|_| short.is_acronym()) else { return false };
    let wanted: Vec<char> = word.chars().filter(|letter| letter.is_alphabetic()).collect();
    let mut initials = long.texts.iter().flat_map(|word| word.split('-')).filter_map(|word| word.chars().next());
    wanted.len() > 2
        && wanted.iter().all(|letter| letter.is_uppercase())
        && wanted.iter().all(|letter| initials.next().is_some_and(|initial| initial.to_uppercase().eq([*letter])))
        && initials.next().is_none()
}
