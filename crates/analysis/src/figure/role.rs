//! Finds what the sentence says of counted things to which no listed outcome happened: "two regulations issued", "30 parties
//! in coalition".

use super::guard::Guard;
use super::noun_phrase::NounPhrase;
use super::numeral::Numeral;
use super::words::{Class, WORDS, lower};
use super::{participle, predicate};
use crate::document::Document;
use crate::word_class::WordClass;
use dateline_core::text::folded;
use std::ops::Range;

/// Counted things in their sentence.
pub(super) struct Role<'a> {
    pub numeral: &'a Numeral,
    /// Noun phrase of the things.
    pub phrase: NounPhrase,
    /// Whether a part of the things was counted before: "four of the 30 schools".
    pub whole: bool,
    pub document: &'a Document<'a>,
    /// Tokens of the sentence.
    pub sentence: &'a Range<usize>,
    pub guard: &'a Guard<'a>,
}

impl Role<'_> {
    fn class(&self, at: usize) -> WordClass {
        self.document.classes.get(at).copied().unwrap_or(WordClass::Mark)
    }

    /// Returns the token before the number.
    fn lead(&self) -> Option<usize> {
        self.numeral.tokens.start.checked_sub(1).filter(|lead| *lead >= self.sentence.start)
    }

    /// Returns the predicate of the things, which end before token `end`, or the participle of the verb whose object they are.
    /// `subject` says whether the words after them are about them.
    pub(super) fn said(&self, end: usize, limit: usize, subject: bool) -> Option<String> {
        if self.whole {
            return None;
        }
        self.object().or_else(|| predicate::clause(self.document, end, limit).filter(|_| subject))
    }

    /// Returns what was done to the things: "issued" in "issued two regulations", "to be bought" in "plans to buy 20 ships".
    fn object(&self) -> Option<String> {
        let lead = self.lead()?;
        let verb = self.class(lead);
        let word = self.document.word(lead);
        let linking = WORDS.at(self.document, lead, Class::Linking).is_some()
            || WORDS.word(word, Class::Exceed).is_some()
            || WORDS.word(word, Class::Level).is_some();
        if !verb.is_verb() || verb == WordClass::Modal || linking {
            return None;
        }
        let before = (self.sentence.start..lead).rev().find(|at| self.class(*at) != WordClass::Adverb);
        let class = before.map_or(WordClass::Mark, |at| self.class(at));
        let passive = before.is_some_and(|at| {
            WORDS.at(self.document, at, Class::Linking).is_some_and(|(_, linking)| linking.value == "be")
        });
        if class == WordClass::Negation || passive && verb != WordClass::VerbGerund {
            return None;
        }
        let done = participle::of(&lower(self.document, lead))?;
        let planned = verb == WordClass::VerbBase && matches!(class, WordClass::To | WordClass::Modal);
        Some(if planned { format!("to be {done}") } else { done })
    }

    /// Returns the `words` for the things with where they are or what they belong to, and whether there is any: "polling
    /// stations in Khost province", "opposition parties in coalition", "Orra's schools".
    pub(super) fn placed(&self, words: String, limit: usize) -> (String, bool) {
        let full = self.phrase.words_with_complements(self.document, limit, &|at| self.guard.is_name(at));
        // "52 votes to 48"
        let end = self.phrase.end;
        if self.document.word(end) == "to" && self.class(end + 1) == WordClass::Number {
            return (words, true);
        }
        if full.len() > words.len() && full.starts_with(&words) || words.contains(" of ") {
            return (full, true);
        }
        let whole = self.container().map(|container| format!("{words} in {container}"));
        let described = whole.or_else(|| self.owner().map(|owner| format!("{words} of {owner}")));
        described.map_or((words, false), |described| (described, true))
    }

    /// Returns the noun that consists of the things: "coalition" in "a coalition of 30 parties".
    fn container(&self) -> Option<String> {
        let lead = self.lead().filter(|lead| self.document.word(*lead) == "of")?;
        let phrase = NounPhrase::ending_at(self.document, lead, self.sentence.start)?;
        let head = lower(self.document, phrase.head);
        let empty = [Class::Person, Class::Event, Class::Empty, Class::Open]
            .iter()
            .any(|class| WORDS.word(&head, *class).is_some());
        // "the life of two officers" is about each of them.
        if empty {
            return None;
        }
        Some(phrase.words(self.document, lead, &|at| self.guard.is_name(at)))
    }

    /// Returns the name that has the things: "Acapulco" in "Acapulco, which has 847,735 citizens".
    fn owner(&self) -> Option<String> {
        let lead = self.lead()?;
        let has = WORDS.at(self.document, lead, Class::Linking).is_some_and(|(_, linking)| linking.value == "have");
        let mut end = lead;
        while end > self.sentence.start && matches!(self.document.word(end - 1), "," | "which" | "that" | "who") {
            end -= 1;
        }
        let phrase = NounPhrase::ending_at(self.document, end, self.sentence.start).filter(|_| has)?;
        let governed = phrase.start > self.sentence.start && self.class(phrase.start - 1) == WordClass::Preposition;
        (!governed).then(|| folded(self.document.span(phrase.start..phrase.end).of(self.document.text)))
    }
}
