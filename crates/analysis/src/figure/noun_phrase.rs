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
    matches!(&*lower(document, at), "other" | "more" | "additional" | "further" | "fellow" | "different")
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
                WordClass::Possessive
                    if head.is_some() && is_clitic(document, index) && leads_noun(document, index, limit) =>
                {
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

    /// Returns the number of tokens.
    pub(super) const fn len(self) -> usize {
        self.end - self.start
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
        if let Some(end) = self.complement(document, limit, &["of"]).or_else(|| self.open_complement(document, limit)) {
            out.push(' ');
            out.push_str(&folded(document.span(self.end..end).of(document.text)));
        }
        out
    }

    /// Returns the words of the phrase with every short complement before token `limit`: "sales of tractors in Norland".
    pub(super) fn words_with_complements(
        self,
        document: &Document<'_>,
        limit: usize,
        name: &dyn Fn(usize) -> bool,
    ) -> String {
        /// Prepositions that restrict the noun before them.
        const RESTRICTING: [&str; 8] = ["of", "to", "for", "in", "from", "among", "between", "on"];
        /// Maximum number of complements.
        const MANY: usize = 2;
        let mut out = self.words(document, limit, name);
        let mut phrase = Self { end: self.end_of_words(document, limit), ..self };
        for _ in usize::from(phrase.end > self.end)..MANY {
            let Some(end) = phrase.complement(document, limit, &RESTRICTING) else { break };
            out.push(' ');
            out.push_str(&folded(document.span(phrase.end..end).of(document.text)));
            phrase.end = end;
        }
        out
    }

    /// Returns the index after the last token in [`words`](Self::words).
    pub(super) fn end_of_words(self, document: &Document<'_>, limit: usize) -> usize {
        let end = self.complement(document, limit, &["of"]).or_else(|| self.open_complement(document, limit));
        end.unwrap_or(self.end)
    }

    /// Returns whether the phrase says nothing without a complement that it lacks: "going rate", "increase", or "members" before
    /// an "of" whose noun cannot be read.
    pub(super) fn is_open(self, document: &Document<'_>, limit: usize) -> bool {
        let open = WORDS.word(&lower(document, self.head), Class::Open).is_some();
        let described = (self.start..self.head).any(|at| is_noun_at(document, at));
        let lacks = self.end_of_words(document, limit) == self.end;
        let unread = lower(document, self.end) == "of" && class(document, self.end + 1) != WordClass::Number;
        lacks && (open && !described || unread)
    }

    /// Returns the end of the complement of a noun that needs one: "going rate for a berth", "increase in sales".
    fn open_complement(self, document: &Document<'_>, limit: usize) -> Option<usize> {
        WORDS.word(&lower(document, self.head), Class::Open)?;
        self.complement(document, limit, &["for", "in", "on"])
    }

    /// Returns the end of a short complement with one of `prepositions`: "cases of measles", "members of the council".
    fn complement(self, document: &Document<'_>, limit: usize, prepositions: &[&str]) -> Option<usize> {
        /// Maximum length of a complement in tokens.
        const SHORT: usize = 5;
        if self.end >= limit || !prepositions.contains(&&*lower(document, self.end)) {
            return None;
        }
        let first = self.end + 1;
        let after =
            first + usize::from(matches!(class(document, first), WordClass::Determiner | WordClass::Possessive));
        let inner = Self::read(document, after, limit.min(first + SHORT))?;
        // "members of the U.S.-led force" ends elsewhere.
        let cut = document.word(inner.end).starts_with('-') && inner.end < limit;
        (inner.start == after && !cut).then_some(inner.end)
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

/// Returns whether the possessive at `at` is that of a noun ("Orra's"), not a pronoun.
fn is_clitic(document: &Document<'_>, at: usize) -> bool {
    document.word(at).starts_with(['\'', '’'])
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
    let modifier = |index: &usize| {
        matches!(class(document, *index), WordClass::Adjective | WordClass::VerbParticiple)
            || class(document, *index) == WordClass::VerbGerund && is_modifier(document, *index)
    };
    let next = (at + 1..limit).find(|index| !modifier(index));
    next.is_some_and(|next| is_noun_at(document, next))
}

/// Returns whether the conjunction at `at` joins two plural nouns, or two adjectives before a noun.
fn joins_nouns(document: &Document<'_>, at: usize, head: Option<usize>) -> bool {
    // "civilians and thousands more soldiers": a number begins another phrase.
    let number = WORDS.word(document.word(at + 1), Class::Vague).is_some();
    if number || lower(document, at) != "and" {
        return false;
    }
    let verb_after = class(document, at + 2).is_finite() || class(document, at + 2) == WordClass::VerbParticiple;
    match head {
        Some(head) => head + 1 == at && is_plural_at(document, head) && is_plural_at(document, at + 1) && !verb_after,
        None => class(document, at + 1) == WordClass::Adjective && is_noun_at(document, at + 2),
    }
}
