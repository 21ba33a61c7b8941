//! Clusters the mentions of each person, who is usually named in full once and later only by surname or given name.

mod same;
mod title;

use super::super::EntityKind;
use super::super::name_mention::NameMention;
use super::UnionFind;
use super::spelling::is_typo;
use crate::document::Document;
use crate::hash::{Set, folded};
use same::{abbreviates, compatible, genders_agree, has_initials, same_given, same_person};

/// Number of names, in each direction, with which a name is compared. No story names that many people, but comparing
/// all pairs in a list of thousands would take minutes.
const MAX_DISTANCE: usize = 300;

/// Returns the names close to the name at `index`. `names` is in text order.
fn near(names: &[usize], index: usize) -> &[usize] {
    let at = names.partition_point(|other| *other < index);
    names.get(at.saturating_sub(MAX_DISTANCE)..(at + MAX_DISTANCE).min(names.len())).unwrap_or_default()
}

/// Links all mentions of the same person.
pub(super) fn link(document: &Document<'_>, mentions: &[NameMention<'_>], sets: &mut UnionFind) {
    let persons = (0..mentions.len()).filter(|index| mentions[*index].kind == EntityKind::Person);
    let persons: Vec<usize> = persons.collect();
    let families: Set = persons.iter().filter_map(|index| family_name(&mentions[*index])).collect();
    // "Boxer" is a title, except in a story about Barbara Boxer.
    let is_title = |mention: &NameMention<'_>| match mention.words.as_slice() {
        [word] => mention.is_title && !families.contains(word),
        _ => mention.is_title,
    };
    let (titles, names): (Vec<usize>, Vec<usize>) = persons.iter().partition(|index| is_title(&mentions[**index]));
    let (short, full): (Vec<usize>, Vec<usize>) = names.iter().partition(|index| mentions[**index].words.len() == 1);
    let full: Vec<usize> = full.into_iter().filter(|index| sets.root(*index) == *index).collect();
    link_full(document, mentions, &full, sets);
    let mut orphans: Vec<usize> = Vec::new();
    for index in short {
        let owner = owner(mentions, near(&full, index), index, sets)
            .or_else(|| namesake(mentions, near(&orphans, index), index));
        match owner {
            Some(owner) => sets.join(owner, index),
            None => orphans.push(index),
        }
    }
    for index in orphans {
        if let Some(owner) = misspelt(document, mentions, near(&full, index), index, sets) {
            sets.join(owner, index);
        }
    }
    title::link(document, mentions, &names, &titles, sets);
}

/// Returns the folded hash of the family name in a full name.
fn family_name(mention: &NameMention<'_>) -> Option<u64> {
    mention.words.last().copied().filter(|_| mention.words.len() > 1 && !mention.is_title)
}

/// Links full names of the same person. Initials that could belong to two people are not linked.
fn link_full(document: &Document<'_>, mentions: &[NameMention<'_>], full: &[usize], sets: &mut UnionFind) {
    let nicknames = document.resources.names().nicknames();
    for (at, later) in full.iter().enumerate() {
        for earlier in &full[at.saturating_sub(MAX_DISTANCE)..at] {
            let (a, b) = (&mentions[*earlier], &mentions[*later]);
            if same_person(a, b) || same_given(nicknames, a, b) {
                sets.join(*earlier, *later);
            }
        }
    }
    for index in full {
        let candidates =
            near(full, *index).iter().copied().filter(|other| abbreviates(&mentions[*index], &mentions[*other]));
        if let Some(person) = only(candidates, sets) {
            sets.join(person, *index);
        }
    }
}

/// Returns one of the given mentions if all belong to the same person, or `None` if they belong to several people.
fn only(mut mentions: impl Iterator<Item = usize>, sets: &UnionFind) -> Option<usize> {
    let first = mentions.next()?;
    mentions.all(|other| sets.root(other) == sets.root(first)).then_some(first)
}

/// Finds the full name that a single word belongs to. The word can be, in order of preference, a surname, a given name,
/// half of a double name, an inner name, initials, or a family's plural. If several people match, the person with the
/// same title wins, or else the person mentioned last.
fn owner(mentions: &[NameMention<'_>], full: &[usize], index: usize, sets: &UnionFind) -> Option<usize> {
    let mention = &mentions[index];
    let word = mention.words.first()?;
    let agrees = |other: &NameMention<'_>| genders_agree(mention.gender, other.gender) && compatible(mention, other);
    let by = |wanted: &dyn Fn(&NameMention<'_>) -> bool| {
        let matching = full.iter().copied().filter(|other| wanted(&mentions[*other]) && agrees(&mentions[*other]));
        latest(mentions, matching.collect(), index, sets)
    };
    // Examples are "Ruiz" or "Ana" for "Ana Ruiz", "Sota" for "Juan Sota Pérez", and "the Holts" for "Bill Holt".
    by(&|other| other.words.last() == Some(word))
        .or_else(|| by(&|other| other.words.first() == Some(word)))
        .or_else(|| by(&|other| has_half(other, *word)))
        .or_else(|| by(&|other| other.words.get(1..).is_some_and(|inner| inner.contains(word))))
        .or_else(|| by(&|other| has_initials(mention, other)))
        .or_else(|| {
            let singular = family(mention)?;
            only(full.iter().copied().filter(|other| mentions[*other].words.last() == Some(&singular)), sets)
        })
}

/// Returns whether a word is half of a double family name: "Cortez" or "Ocasio" in "Ocasio-Cortez".
fn has_half(mention: &NameMention<'_>, word: u64) -> bool {
    const MIN_LENGTH: usize = 4;
    let halves = mention.texts.last().filter(|last| last.contains('-'));
    halves.is_some_and(|last| last.split('-').any(|half| half.len() >= MIN_LENGTH && folded(half) == word))
}

/// Returns the folded hash of the family name in a plural with an article: "Clinton" in "the Clintons".
fn family(mention: &NameMention<'_>) -> Option<u64> {
    let word = mention.texts.first().filter(|_| mention.after_the)?;
    let stem = word.strip_suffix("es").filter(|stem| stem.ends_with(['s', 'z', 'x', 'h']));
    stem.or_else(|| word.strip_suffix('s')).filter(|stem| stem.len() > 2).map(folded)
}

/// Chooses among several mentions: the person with the same title, or else the person last mentioned before `index`, or
/// else the first person after it.
fn latest(mentions: &[NameMention<'_>], matching: Vec<usize>, index: usize, sets: &UnionFind) -> Option<usize> {
    let first = *matching.first()?;
    let person = sets.root(first);
    if matching.iter().all(|other| sets.root(*other) == person) {
        return Some(first);
    }
    let titles = &mentions[index].titles;
    let bearers =
        matching.iter().copied().filter(|other| mentions[*other].titles.iter().any(|title| titles.contains(title)));
    if let Some(bearer) = only(bearers, sets) {
        return Some(bearer);
    }
    // After "Mona Ode, his wife", the surname by itself still refers to the person whose relative she is.
    let mut own = matching.iter().copied().filter(|other| !mentions[*other].is_relative).peekable();
    if own.peek().is_some()
        && matching.iter().any(|other| mentions[*other].is_relative)
        && let Some(person) = only(own, sets)
    {
        return Some(person);
    }
    let roots: Vec<usize> = matching.iter().map(|other| sets.root(*other)).collect();
    // The root of a set is its first mention, so without an earlier root there is no earlier mention.
    let first = roots.iter().min().copied().unwrap_or(index);
    let before = (first..index)
        .rev()
        .find(|earlier| mentions[*earlier].kind == EntityKind::Person && roots.contains(&sets.root(*earlier)));
    before.or_else(|| matching.into_iter().find(|other| *other > index))
}

/// Finds an earlier mention by the same single word, with a compatible gender.
fn namesake(mentions: &[NameMention<'_>], orphans: &[usize], index: usize) -> Option<usize> {
    let mention = &mentions[index];
    orphans.iter().copied().rfind(|earlier| {
        let other = &mentions[*earlier];
        other.words == mention.words && genders_agree(mention.gender, other.gender)
    })
}

/// Finds the only person whose family name is one typo away from a word that matches no known name.
fn misspelt(
    document: &Document<'_>,
    mentions: &[NameMention<'_>],
    full: &[usize],
    index: usize,
    sets: &UnionFind,
) -> Option<usize> {
    let mention = &mentions[index];
    let word = mention.texts.first()?;
    let known = document.resources.names().of(word);
    let near = full.iter().copied().filter(|other| {
        let other = &mentions[*other];
        let first = |word: &str| word.chars().next();
        other.texts.last().is_some_and(|last| first(word) == first(last) && is_typo(word, last))
            && genders_agree(mention.gender, other.gender)
            && other.tokens.start < mention.tokens.start
    });
    if known.any(crate::lexicon::names::Kinds::GIVEN) { None } else { only(near, sets) }
}
