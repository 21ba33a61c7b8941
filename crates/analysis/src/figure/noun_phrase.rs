//! Finds the noun phrase of the things counted from word classes.

use super::words::{Class, WORDS, lower};
use crate::document::Document;
use crate::lexicon::lists;
use crate::word_class::WordClass;
use dateline_core::text::folded;

/// Noun phrase without its determiner, as token indices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NounPhrase {
    /// First token.
    pub start: usize,
    /// Main noun, which is the last one before any "of".
    pub head: usize,
    /// Index after the main noun.
    pub end: usize,
}

fn class(document: &Document<'_>, at: usize) -> WordClass {
    document.classes.get(at).copied().unwrap_or(WordClass::Mark)
}

/// Returns whether the word at `at` is one of "other", "more", "further", which refer to things counted before.
fn adds(document: &Document<'_>, at: usize) -> bool {
    matches!(lower(document, at).as_str(), "other" | "more" | "additional" | "further" | "fellow" | "different")
}

impl NounPhrase {
    /// Reads the noun phrase that begins at token `at`, after its determiner. It ends before token `limit`.
    pub(super) fn read(document: &Document<'_>, at: usize, limit: usize) -> Option<Self> {
        let mut start = at;
        while start < limit && adds(document, start) {
            start += 1;
        }
        let mut head = None;
        let mut index = start;
        while index < limit {
            if document.senses.get(index).is_some_and(|senses| senses.may_be(WordClass::Modal)) {
                break;
            }
            match class(document, index) {
                WordClass::Noun | WordClass::NounPlural | WordClass::Proper => head = Some(index),
                WordClass::Adjective if head.is_none_or(|_| leads_noun(document, index, limit)) => {}
                WordClass::VerbGerund
                    if head.is_none() && is_modifier(document, index) && is_noun_at(document, index + 1) => {}
                WordClass::VerbParticiple | WordClass::VerbPast
                    if head.is_none() && is_noun_at(document, index + 1) => {}
                WordClass::Possessive if head.is_some() && leads_noun(document, index, limit) => {
                    start = index + 1;
                    head = None;
                }
                WordClass::Conjunction if joins_nouns(document, index, head) => {}
                _ => break,
            }
            index += 1;
        }
        let head = head?;
        Some(Self { start, head, end: head + 1 })
    }

    /// Returns the noun phrase that ends before token `end` and begins at or after token `from`.
    pub(super) fn ending_at(document: &Document<'_>, end: usize, from: usize) -> Option<Self> {
        let head = end.checked_sub(1).filter(|head| *head >= from && is_noun_at(document, *head))?;
        let inside = |index: &usize| {
            let class = class(document, *index);
            class.is_noun() || class == WordClass::Adjective
        };
        let start = (from..head).rev().take_while(inside).last().unwrap_or(head);
        Some(Self { start, head, end })
    }

    /// Returns whether the head is plural.
    pub(super) fn is_plural(self, document: &Document<'_>) -> bool {
        is_plural_at(document, self.head)
    }

    /// Returns the words of the phrase on one line, in lower case except for names, with a complement after "of". `name`
    /// says whether a token belongs to a name, because a capital also begins a sentence.
    pub(super) fn words(self, document: &Document<'_>, limit: usize, name: &dyn Fn(usize) -> bool) -> String {
        let head = lower(document, self.head);
        let people = WORDS.word(&head, Class::Person).is_some();
        if people && self.start == self.head {
            return "people".to_owned();
        }
        let mut words: Vec<String> = (self.start..self.end).map(|index| plain(document, index, name)).collect();
        if people && let Some(last) = words.last_mut() {
            "people".clone_into(last);
        }
        let mut out = words.join(" ");
        if let Some(end) = self.complement(document, limit) {
            out.push(' ');
            out.push_str(&folded(document.span(self.end..end).of(document.text)));
        }
        out
    }

    /// Returns the end of a short complement with "of": "cases of measles", "members of the council".
    fn complement(self, document: &Document<'_>, limit: usize) -> Option<usize> {
        /// Maximum length of a complement in tokens.
        const SHORT: usize = 5;
        if lower(document, self.end) != "of" {
            return None;
        }
        let first = self.end + 1;
        let after = first + usize::from(class(document, first) == WordClass::Determiner);
        let inner = Self::read(document, after, limit.min(first + SHORT))?;
        (inner.start == after).then_some(inner.end)
    }
}

/// Returns the word at `at` in lower case, unless it is a name, which begins with a capital inside a sentence, too.
fn plain(document: &Document<'_>, at: usize, name: &dyn Fn(usize) -> bool) -> String {
    let word = document.word(at);
    let first = document.sentence_of(at).and_then(|index| document.sentences.get(index));
    let first = first.is_some_and(|sentence| sentence.tokens.start == at);
    // A name that no entity has may begin the sentence: "General Motors' shares".
    let joined = first && class(document, at + 1) == WordClass::Proper;
    let keep = name(at) || joined || class(document, at) == WordClass::Proper && !first;
    if keep { word.to_owned() } else { word.to_lowercase() }
}

/// Returns whether the token at `at` is a noun.
pub(super) fn is_noun_at(document: &Document<'_>, at: usize) -> bool {
    class(document, at).is_noun()
}

/// Returns whether the token at `at` is a plural noun.
pub(super) fn is_plural_at(document: &Document<'_>, at: usize) -> bool {
    let word = lower(document, at);
    let class = class(document, at);
    let ends = word.ends_with('s') && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is");
    class == WordClass::NounPlural || class.is_noun() && (ends || WORDS.word(&word, Class::Plural).is_some())
}

/// Returns whether the gerund at `at` describes the noun after it: "12 remaining hostages", but not "holding 12 hostages".
fn is_modifier(document: &Document<'_>, at: usize) -> bool {
    lists::DESCRIBING_GERUNDS.contains_any_case(document.word(at))
        || WORDS.word(document.word(at), Class::Describing).is_some()
}

/// Returns whether a noun follows the modifier at `at`.
fn leads_noun(document: &Document<'_>, at: usize, limit: usize) -> bool {
    let modifier = |index: &usize| class(document, *index) == WordClass::Adjective;
    let next = (at + 1..limit).find(|index| !modifier(index));
    next.is_some_and(|next| is_noun_at(document, next))
}

/// Returns whether the conjunction at `at` joins two plural nouns, or two adjectives before a noun.
fn joins_nouns(document: &Document<'_>, at: usize, head: Option<usize>) -> bool {
    if lower(document, at) != "and" {
        return false;
    }
    let verb_after = class(document, at + 2).is_finite() || class(document, at + 2) == WordClass::VerbParticiple;
    match head {
        Some(head) => head + 1 == at && is_plural_at(document, head) && is_plural_at(document, at + 1) && !verb_after,
        None => class(document, at + 1) == WordClass::Adjective && is_noun_at(document, at + 2),
    }
}
