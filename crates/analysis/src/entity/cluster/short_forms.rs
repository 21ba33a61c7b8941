//! Finds the pairs of names in which one may be a short form of the other, by looking up hashes of the short forms that
//! each name can have. Comparing all names of a text with each other would take minutes for a list of thousands.

use super::super::EntityKind;
use super::super::name_mention::NameMention;
use super::spelling::typo_keys;
use crate::document::Document;
use crate::hash::{Tail, append, exact, folded, mix, sequence, without_each};
use crate::lexicon::names::NameLists;

/// Kind of a key, so that equal hashes of different things do not match.
#[derive(Clone, Copy)]
enum Key {
    /// Words of a name.
    Words = 1,
    /// Initials of a name.
    Initials = 2,
    /// Number of a listed place.
    Place = 3,
}

/// Returns the pairs of a name and a longer or equally long name that it may be a form of, sorted and without
/// duplicates. Names are given by their index in `mentions`; only the names in `roots` are compared. Every pair for which
/// [`super::form::same_thing`] returns `true` is among them.
pub(super) fn pairs(document: &Document<'_>, mentions: &[NameMention<'_>], roots: &[usize]) -> Vec<(usize, usize)> {
    let lists = document.resources.names();
    let mut short_forms: Vec<(u64, usize)> = Vec::with_capacity(roots.len() * 2);
    for index in roots {
        own_keys(lists, &mentions[*index], |key| short_forms.push((key, *index)));
    }
    short_forms.sort_unstable();
    let mut found = Vec::new();
    for long in roots {
        short_keys(lists, &mentions[*long], |key| {
            let first = short_forms.partition_point(|(other, _)| *other < key);
            let same = short_forms[first..].iter().take_while(|(other, _)| *other == key);
            found.extend(same.map(|(_, short)| (*short, *long)).filter(|(short, long)| short != long));
        });
    }
    add_misspelt(mentions, roots, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn key(form: Key, kind: EntityKind, hash: u64) -> u64 {
    mix(mix(form as u64, kind as u64), hash)
}

/// Passes the keys of a name, as a possible short form, to `add`.
fn own_keys(lists: &NameLists, name: &NameMention<'_>, mut add: impl FnMut(u64)) {
    add(key(Key::Words, name.kind, sequence(&name.words)));
    if name.is_acronym() {
        let letters = name.texts.iter().flat_map(|word| word.chars()).filter(|letter| letter.is_alphabetic());
        add(key(Key::Initials, name.kind, exact(&letters.flat_map(char::to_uppercase).collect::<String>())));
    }
    if let Some(place) = lists.same_place(&name.words).filter(|_| name.kind == EntityKind::Place) {
        add(key(Key::Place, name.kind, place as u64));
    }
}

/// Passes the keys of the short forms that a name can have to `add`: its first and its last words, the word before
/// "of", the words in the order of "Tarn University", the part after a hyphen, initials, and other names of a place.
fn short_keys(lists: &NameLists, name: &NameMention<'_>, mut add: impl FnMut(u64)) {
    let (words, texts) = (name.words.as_slice(), name.texts.as_slice());
    if let Some(place) = lists.same_place(words).filter(|_| name.kind == EntityKind::Place) {
        add(key(Key::Place, name.kind, place as u64));
    }
    let mut add_words = |hash| add(key(Key::Words, name.kind, hash));
    let [first, rest @ ..] = words else { return };
    if rest.is_empty() {
        if let Some((_, tail)) = texts[0].rsplit_once('-') {
            add_words(folded(tail));
        }
        return;
    }
    let mut head = 0;
    for word in &words[..rest.len()] {
        head = append(head, *word);
        add_words(head);
    }
    let mut tail = Tail::empty();
    for (at, word) in words.iter().enumerate().skip(1).rev() {
        tail.prepend(*word);
        add_words(tail.hash);
        // "Tarn University" for the "University of Tarn", "Defence Ministry" for the "Ministry of the Defence".
        if matches!(at, 2 | 3) && texts[1] == "of" {
            add_words(append(tail.hash, *first));
        }
    }
    let before_of = texts.iter().position(|word| matches!(*word, "of" | "for")).and_then(|at| at.checked_sub(1));
    if let Some(at) = before_of {
        add_words(words[at]);
    }
    initials(texts, |initials| add(key(Key::Initials, name.kind, exact(initials))));
}

/// Passes the initials of a name to `add`: of all its words and of the capitalised ones, each with and without the first
/// word, which may be the parent organisation.
fn initials(texts: &[&str], mut add: impl FnMut(&str)) {
    /// Maximum length of an acronym, in bytes; longer initials match nothing.
    const MAX_LENGTH: usize = 64;
    let first = |word: &&str| word.chars().next().filter(|letter| letter.is_alphabetic());
    for words in [texts, &texts[1..]] {
        let words = &words[..words.len().min(MAX_LENGTH)];
        let capitals: String = words.iter().filter_map(first).filter(|letter| letter.is_uppercase()).collect();
        let all: String = words.iter().filter_map(first).flat_map(char::to_uppercase).collect();
        add(&capitals);
        if all != capitals {
            add(&all);
        }
    }
}

/// Adds the pairs of names that differ in one word only, if the two words may be spellings of each other.
fn add_misspelt(mentions: &[NameMention<'_>], roots: &[usize], found: &mut Vec<(usize, usize)>) {
    let comparable = |index: &&usize| {
        let name = &mentions[**index];
        name.words.len() > 1 && matches!(name.kind, EntityKind::Organization | EntityKind::Place)
    };
    let mut without_word: Vec<(u64, usize, usize)> = Vec::new();
    for index in roots.iter().filter(comparable) {
        let name = &mentions[*index];
        let place = mix(name.kind as u64, name.words.len() as u64);
        let others = without_each(&name.words).into_iter().enumerate();
        without_word.extend(others.map(|(at, others)| (mix(mix(place, at as u64), others), *index, at)));
    }
    without_word.sort_unstable();
    let mut spellings: Vec<(u64, usize)> = Vec::new();
    for alike in without_word.chunk_by(|one, other| one.0 == other.0).filter(|alike| alike.len() > 1) {
        spellings.clear();
        for (_, index, at) in alike {
            spellings.extend(typo_keys(mentions[*index].texts[*at]).into_iter().map(|key| (key, *index)));
        }
        spellings.sort_unstable();
        spellings.dedup();
        for same in spellings.chunk_by(|one, other| one.0 == other.0) {
            let pairs = same.iter().flat_map(|one| same.iter().map(move |other| (one.1, other.1)));
            found.extend(pairs.filter(|(one, other)| one != other));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::same_thing;
    use super::*;
    use crate::name::Name;
    use crate::testing::RESOURCES;
    use dateline_core::article::Article;
    use dateline_core::text::Span;
    use proptest::prelude::*;

    /// Words that names of organisations and places are composed of, so that every rule accepts some of the names.
    const WORDS: [&str; 30] = [
        "University",
        "of",
        "Tarn",
        "the",
        "Defence",
        "Ministry",
        "Red",
        "Cross",
        "International",
        "Committee",
        "UN",
        "IC",
        "U.S.",
        "United",
        "States",
        "Untied",
        "Mount",
        "Everest",
        "Nagorno-Karabakh",
        "Karabakh",
        "City",
        "York",
        "New",
        "Kings",
        "Storm",
        "Ida",
        "Police",
        "Department",
        "Harlan",
        "Harlen",
    ];

    const KINDS: [EntityKind; 4] = [EntityKind::Organization, EntityKind::Place, EntityKind::Work, EntityKind::Other];

    proptest! {
        #[test]
        fn every_short_form_is_among_the_pairs(
            names in prop::collection::vec((prop::collection::vec(prop::sample::select(&WORDS[..]), 1..5), 0..4_usize), 2..12)
        ) {
            let text = names.iter().map(|(words, _)| words.join(" ")).collect::<Vec<String>>().join("\n");
            let article = Article::verbatim("test", &text);
            let document = Document::new(&article, &RESOURCES);
            let mut start = 0;
            let mentions: Vec<NameMention<'_>> = names.iter().map(|(words, kind)| {
                let span = Span::new(start, start + words.join(" ").len());
                start = span.end + 1;
                let tokens = document.tokens_in(span);
                NameMention::new(&document, &Name { span, tokens, kind: KINDS[*kind], confidence: 1.0 })
            }).collect();
            let roots: Vec<usize> = (0..mentions.len()).collect();
            let found = pairs(&document, &mentions, &roots);
            for short in &roots {
                let of = document.resources.names();
                let kinds: Vec<_> = mentions[*short].texts.iter().map(|word| of.of(word)).collect();
                for long in roots.iter().filter(|long| *long != short) {
                    // Names with the same words are linked before.
                    let same = mentions[*short].words == mentions[*long].words;
                    if !same && same_thing(&document, &mentions[*short], &mentions[*long], &kinds) {
                        prop_assert!(found.contains(&(*short, *long)), "{short} {long} in {text}");
                    }
                }
            }
        }
    }
}
