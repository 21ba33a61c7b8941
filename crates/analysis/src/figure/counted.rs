//! Finds what a number counts, and what happened to it.

use super::guard::Guard;
use super::measure;
use super::noun_phrase::{NounPhrase, is_plural_at};
use super::numeral::{Kind, Numeral};
use super::outcome;
use super::words::{Class, WORDS, lower};
use crate::document::Document;
use crate::word_class::WordClass;
use std::ops::Range;

/// Thing counted, with the confidence of its pattern.
pub(super) struct Counted {
    /// Words for the thing, with what happened to it.
    pub words: String,
    /// What happened to the thing: "dead".
    pub outcome: Option<&'static str>,
    /// Probability that the words are correct, from 0 to 1.
    pub confidence: f32,
}

impl Counted {
    fn new(words: impl Into<String>, outcome: Option<&'static str>, confidence: f32) -> Self {
        Self { words: words.into(), outcome, confidence }
    }
}

/// Confidence of a counted thing with a known outcome.
const WITH_OUTCOME: f32 = 0.95;
/// Confidence of a plural noun after its number.
const PLURAL: f32 = 0.85;
/// Confidence of things that the text counts again: "the 12 schools".
const REPEATED: f32 = 0.6;

/// Sentence with a number.
pub(super) struct Scene<'a> {
    /// Document of the sentence.
    pub document: &'a Document<'a>,
    /// Tokens of the sentence.
    pub sentence: &'a Range<usize>,
    /// Index of the sentence.
    pub number: usize,
    /// Times and names of the document.
    pub guard: &'a Guard<'a>,
    /// Figure before in the sentence.
    pub previous: Option<&'a Previous>,
}

/// Figure before in the same sentence.
pub(super) struct Previous {
    /// What it counts.
    pub words: String,
    /// What happened to the things.
    pub outcome: Option<&'static str>,
    /// Tokens of the number.
    pub tokens: Range<usize>,
}

impl Scene<'_> {
    /// Returns what `numeral` counts or measures; `None` if it is unknown or no claim.
    pub(super) fn counted(&self, numeral: &Numeral) -> Option<Counted> {
        match numeral.kind {
            Kind::Zero => self.none_of(numeral),
            Kind::Count => self.things(numeral),
            Kind::Share | Kind::Money | Kind::Measure => self.measured(numeral),
        }
    }

    fn measured(&self, numeral: &Numeral) -> Option<Counted> {
        let (words, confidence) = measure::measured(self.document, numeral, self.sentence, self.number, self.guard)?;
        let happened = outcome::before(self.document, numeral.tokens.start, self.sentence.start);
        let of = lower(self.document, numeral.tokens.end) == "of";
        match happened.filter(|_| of && numeral.kind != Kind::Share) {
            Some(happened) => Some(Counted::new(format!("{words} {happened}"), Some(happened), WITH_OUTCOME)),
            None => Some(Counted::new(words, None, confidence)),
        }
    }

    /// Returns what there is none of: "No one was hurt", "No injuries were reported".
    fn none_of(&self, numeral: &Numeral) -> Option<Counted> {
        let end = numeral.tokens.end;
        if numeral.joined {
            let happened = outcome::after(self.document, end, self.sentence.end)?;
            return Some(Counted::new(format!("people {happened}"), Some(happened), WITH_OUTCOME));
        }
        let phrase = self.phrase(end)?;
        if let Some(event) = WORDS.word(&lower(self.document, phrase.head), Class::Event) {
            return Some(Counted::new(event.value, None, PLURAL));
        }
        let happened = outcome::after(self.document, phrase.end, self.sentence.end)?;
        let words = self.words(phrase);
        phrase
            .is_plural(self.document)
            .then(|| Counted::new(format!("{words} {happened}"), Some(happened), WITH_OUTCOME))
    }

    fn things(&self, numeral: &Numeral) -> Option<Counted> {
        let document = self.document;
        let limit = self.sentence.end;
        let end = numeral.tokens.end;
        let from = self.sentence.start;
        let before = outcome::before(document, numeral.tokens.start, from);
        // "12 of the 40 people": the noun is that of the whole.
        let (at, part) = self.whole(end);
        let Some(phrase) = self.phrase(at).filter(|phrase| part || !self.is_state(end) || phrase.start == end) else {
            return self.bare(numeral, before, part);
        };
        let head = lower(document, phrase.head);
        let one = numeral.amount.value == Some(1.0);
        if WORDS.word(&head, Class::Empty).is_some() || !(one && !part || phrase.is_plural(document)) {
            return None;
        }
        if head == "lives" && WORDS.before(document, numeral.tokens.start, Class::Claim).is_some() {
            return Some(Counted::new("people dead", Some("dead"), WITH_OUTCOME));
        }
        if let Some(event) = WORDS.word(&head, Class::Event) {
            return Some(Counted::new(event.value, None, WITH_OUTCOME));
        }
        let words = self.words(phrase);
        let after = || outcome::after(document, phrase.end, limit).filter(|_| !self.is_whole(numeral));
        let happened = before.or_else(after).or_else(|| self.included(numeral));
        if let Some(happened) = happened {
            return Some(Counted::new(format!("{words} {happened}"), Some(happened), WITH_OUTCOME));
        }
        self.plain(numeral, words, one || part || self.guard.is_model(numeral))
    }

    /// Returns the noun phrase at token `at`, which ends before any time: "2,000 cars last year".
    fn phrase(&self, at: usize) -> Option<NounPhrase> {
        NounPhrase::read(self.document, at, self.guard.before_time(at..self.sentence.end))
    }

    fn words(&self, phrase: NounPhrase) -> String {
        let limit = self.guard.before_time(phrase.end..self.sentence.end);
        phrase.words(self.document, limit, &|at| self.guard.is_name(at))
    }

    /// Returns whether the figure before is a part of this one: "four of the 30 schools".
    fn is_whole(&self, numeral: &Numeral) -> bool {
        let between = self.previous.map(|previous| previous.tokens.end..numeral.tokens.start);
        between.is_some_and(|between| between.len() <= 3 && lower(self.document, between.start) == "of")
    }

    /// Returns the figure of things that nothing happened to.
    fn plain(&self, numeral: &Numeral, words: String, weak: bool) -> Option<Counted> {
        let lead = numeral.tokens.start.checked_sub(1).filter(|lead| *lead >= self.sentence.start);
        let definite = lead.is_some_and(|lead| {
            WORDS.word(&lower(self.document, lead), Class::Definite).is_some()
                || self.document.classes.get(lead) == Some(&WordClass::Possessive)
        });
        if weak || definite && numeral.small {
            return None;
        }
        Some(Counted::new(words, None, if definite { REPEATED } else { PLURAL }))
    }

    /// Returns where the noun phrase of a number that ends before token `end` begins, and whether the number is a part
    /// of a whole: "four of the crew".
    fn whole(&self, end: usize) -> (usize, bool) {
        if lower(self.document, end) != "of" {
            return (end, false);
        }
        let determiner = |at: usize| {
            matches!(
                self.document.classes.get(at),
                Some(WordClass::Determiner | WordClass::Possessive | WordClass::Number)
            )
        };
        let mut at = end + 1;
        while at < self.sentence.end && determiner(at) {
            at += 1;
        }
        (at, true)
    }

    fn is_state(&self, at: usize) -> bool {
        let act = WORDS.at(self.document, at, Class::Act).is_some_and(|(_, act)| act.passive);
        act || WORDS.at(self.document, at, Class::State).is_some()
    }

    /// Returns what a number without a noun counts: "7 dead", "The toll rose to 58".
    fn bare(&self, numeral: &Numeral, before: Option<&'static str>, part: bool) -> Option<Counted> {
        if numeral.amount.value == Some(1.0) {
            return None;
        }
        let end = numeral.tokens.end;
        let pronoun = part && matches!(lower(self.document, end + 1).as_str(), "them" | "those" | "these");
        let at = if pronoun { end + 2 } else { end };
        if (!part || pronoun)
            && let Some(happened) = outcome::after(self.document, at, self.sentence.end)
        {
            return Some(Counted::new(format!("people {happened}"), Some(happened), WITH_OUTCOME));
        }
        if let Some(previous) = self.previous.filter(|previous| self.is_other_side(numeral, previous)) {
            return Some(Counted::new(previous.words.clone(), None, PLURAL));
        }
        let plain = !is_plural_at(self.document, end);
        if let Some(toll) = outcome::toll(self.document, numeral.tokens.start, self.sentence.start).filter(|_| plain) {
            return Some(Counted::new(toll, None, WITH_OUTCOME));
        }
        let people = WORDS.word(&lower(self.document, end), Class::Person).is_some();
        before
            .filter(|_| people && !part)
            .map(|happened| Counted::new(format!("people {happened}"), Some(happened), WITH_OUTCOME))
    }

    /// Returns the outcome of the figure that this one is part of: "killed 12 people, including two pilots".
    fn included(&self, numeral: &Numeral) -> Option<&'static str> {
        let lead = numeral.tokens.start.checked_sub(1)?;
        let included = matches!(lower(self.document, lead).as_str(), "including" | "among");
        self.previous.filter(|_| included)?.outcome
    }

    /// Returns whether the number is the other side of a vote: "52 votes to 48".
    fn is_other_side(&self, numeral: &Numeral, previous: &Previous) -> bool {
        let between = previous.tokens.end..numeral.tokens.start;
        let to = between.end.checked_sub(1).is_some_and(|lead| lower(self.document, lead) == "to");
        to && between.len() == 2 && is_plural_at(self.document, between.start)
    }
}
