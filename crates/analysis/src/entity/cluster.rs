//! Clusters coreferent names: people by surname and given name, organisations by short form and initials, places by
//! synonyms. Surnames are compared only for people, because "Oxford University" and "Cambridge University" also share
//! their last word.

use super::EntityKind;
use super::name_mention::NameMention;
use crate::document::Document;
use crate::hash::{Map, mix, sequence};
use crate::lexicon::names::Kinds;

mod form;
mod person;
mod renamed;
mod short_forms;
mod spelling;

use form::same_thing;

/// Returns the cluster number of each mention. The numbers are contiguous from 0, in order of first mention.
#[must_use]
pub(super) fn cluster(document: &Document<'_>, mentions: &[NameMention<'_>]) -> Vec<usize> {
    let mut sets = UnionFind::new(mentions.len());
    link_equal(mentions, &mut sets);
    person::link(document, mentions, &mut sets);
    link_forms(document, mentions, &mut sets);
    link_brackets(document, mentions, &mut sets);
    renamed::link(document, mentions, &mut sets);
    sets.set_numbers()
}

/// Disjoint sets of mention indexes (union-find).
#[derive(Debug)]
pub(super) struct UnionFind {
    parents: Vec<usize>,
}

impl UnionFind {
    fn new(length: usize) -> Self {
        Self { parents: (0..length).collect() }
    }

    /// Returns the lowest member of the set that contains `index`.
    fn root(&self, index: usize) -> usize {
        let mut at = index;
        while let Some(parent) = self.parents.get(at).copied().filter(|parent| *parent != at) {
            at = parent;
        }
        at
    }

    /// Merges the sets that contain `a` and `b`.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let (low, high) = (a.min(b), a.max(b));
        if let Some(parent) = self.parents.get_mut(high) {
            *parent = low;
        }
    }

    fn set_numbers(&self) -> Vec<usize> {
        let mut next = 0;
        let mut numbers: Vec<usize> = Vec::with_capacity(self.parents.len());
        for index in 0..self.parents.len() {
            let root = self.root(index);
            let number = if root == index {
                next += 1;
                next - 1
            } else {
                numbers.get(root).copied().unwrap_or_default()
            };
            numbers.push(number);
        }
        numbers
    }
}

/// Returns a hash of a mention's type and words. Mentions with the same type and words have the same hash.
fn identity(mention: &NameMention<'_>) -> u64 {
    mention.words.iter().fold(mention.kind as u64 + 1, |hash, word| mix(hash, *word))
}

/// Mentions grouped by spelling, for linking another name to all mentions of one spelling.
struct Spellings<'a> {
    mentions: &'a [NameMention<'a>],
    /// Returns a hash of the spelling of a mention.
    hash: fn(&NameMention<'_>) -> u64,
    /// Indices of the mentions of each spelling that has not been joined yet, by hash. Built on first use, because few
    /// texts introduce other names.
    groups: Option<Map<Vec<usize>>>,
}

impl<'a> Spellings<'a> {
    const fn new(mentions: &'a [NameMention<'a>], hash: fn(&NameMention<'_>) -> u64) -> Self {
        Self { mentions, hash, groups: None }
    }

    /// Links mention `index` to mention `other` and to all mentions that are spelt like `other`.
    fn join(&mut self, index: usize, other: usize, sets: &mut UnionFind) {
        let Self { mentions, hash, .. } = *self;
        let groups = self.groups.get_or_insert_with(|| {
            let mut groups: Map<Vec<usize>> = Map::default();
            for (index, mention) in mentions.iter().enumerate() {
                groups.entry(hash(mention)).or_default().push(index);
            }
            groups
        });
        // After the first time, all mentions of the spelling are in one set.
        for same in groups.remove(&hash(&mentions[other])).unwrap_or_default() {
            sets.join(other, same);
        }
        sets.join(index, other);
    }
}

/// Links mentions with the same type and words. A person's single-word names are linked later, because the position in
/// the text decides whom such a name refers to.
fn link_equal(mentions: &[NameMention<'_>], sets: &mut UnionFind) {
    let mut first: Map<usize> = Map::default();
    for (index, mention) in mentions.iter().enumerate() {
        let person = mention.kind == EntityKind::Person;
        if person && (mention.words.len() == 1 || mention.generation.is_some()) {
            continue;
        }
        let known = *first.entry(identity(mention)).or_insert(index);
        sets.join(known, index);
    }
}

/// Links short forms, initials and synonyms of all names except people's. An ambiguous short form is not linked.
fn link_forms(document: &Document<'_>, mentions: &[NameMention<'_>], sets: &mut UnionFind) {
    let lists = document.resources.names();
    let kinds = |index: usize| mentions[index].texts.iter().map(|word| lists.of(word)).collect::<Vec<Kinds>>();
    let roots: Vec<usize> = (0..mentions.len())
        .filter(|index| sets.root(*index) == *index && mentions[*index].kind != EntityKind::Person)
        .collect();
    let pairs = short_forms::pairs(document, mentions, &roots);
    for pairs in pairs.chunk_by(|one, other| one.0 == other.0) {
        let Some((short, _)) = pairs.first() else { continue };
        let of_short = kinds(*short);
        let longer = pairs.iter().map(|(_, long)| *long);
        let matching: Vec<usize> =
            longer.filter(|long| same_thing(document, &mentions[*short], &mentions[*long], &of_short)).collect();
        let longest = matching.iter().copied().max_by_key(|index| mentions[*index].words.len());
        let Some(longest) = longest else { continue };
        // Several long forms are the same name if each is a form of the longest: "Red Cross" for "Committee of the Red
        // Cross" and "International Committee of the Red Cross".
        let agree = matching
            .iter()
            .filter(|index| **index != longest)
            .all(|index| same_thing(document, &mentions[*index], &mentions[longest], &kinds(*index)));
        if agree {
            sets.join(*short, longest);
        }
    }
}

/// Links a name to the acronym in brackets after it: "International Committee of the Red Cross (ICRC)".
fn link_brackets(document: &Document<'_>, mentions: &[NameMention<'_>], sets: &mut UnionFind) {
    let mut spellings = Spellings::new(mentions, |mention| sequence(&mention.words));
    for index in 1..mentions.len() {
        let (long, short) = (&mentions[index - 1], &mentions[index]);
        let bracketed = long.tokens.end + 1 == short.tokens.start
            && document.word(long.tokens.end) == "("
            && document.word(short.tokens.end) == ")";
        let alike = short.is_acronym() && long.words.len() > 1 && abbreviates(short, long);
        if bracketed && alike && long.kind != EntityKind::Person {
            spellings.join(index - 1, index, sets);
        }
    }
}

/// Returns whether an acronym abbreviates a name. Either both begin with the same letter, or the letters of the acronym
/// are initials of the name's words in any order: "ISO" for "International Organization for Standardization".
fn abbreviates(short: &NameMention<'_>, long: &NameMention<'_>) -> bool {
    let letters = short.texts.iter().flat_map(|word| word.chars()).filter(|letter| letter.is_alphabetic());
    let mut initials: Vec<char> = long.texts.iter().filter_map(|word| word.chars().next()).collect();
    let begins = short.texts.first().and_then(|word| word.chars().next()) == initials.first().copied();
    begins
        || letters.into_iter().all(|letter| {
            let found = initials.iter().position(|initial| initial.to_uppercase().eq(letter.to_uppercase()));
            found.is_some_and(|index| {
                initials.swap_remove(index);
                true
            })
        })
}

#[cfg(test)]
mod tests;
