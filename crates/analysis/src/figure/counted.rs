//! Finds what a number counts, and what happened to it.

use super::guard::Guard;
use super::measure;
use super::noun_phrase::{NounPhrase, is_plural_at};
use super::numeral::{self, Kind, Numeral};
use super::outcome;
use super::predicate;
use super::role::Role;
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

/// Confidence of things that the sentence counts for another reason than to say how many there are, such as people of
/// whom nothing is said, or places for them.
const UNSAID: f32 = 0.6;

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
        let one = numeral.amount.value == Some(1.0);
        // "one in every 500 users" and "4 in 10 users" are shares.
        let lead = numeral.tokens.start.checked_sub(1).filter(|lead| *lead >= from);
        let share = lead.is_some_and(|lead| {
            let part = lead > from && self.class(lead - 1) == WordClass::Number;
            document.word(lead) == "every" || part && document.word(lead) == "in"
        });
        if share {
            return None;
        }
        // "thousands waved flags" counts no flags.
        if numeral.amount.value.is_none() && self.class(at) == WordClass::VerbPast {
            return self.bare(numeral, before, part);
        }
        // "one of the main critics" is an indefinite pronoun rather than a number.
        if one && part {
            return None;
        }
        let Some(phrase) = self.phrase(at).filter(|phrase| part || !self.is_state(end) || phrase.start == end) else {
            return self.bare(numeral, before, part);
        };
        let head = lower(document, phrase.head);
        if WORDS.word(&head, Class::Empty).is_some() || !(one || phrase.is_plural(document)) {
            return None;
        }
        if head == "lives" && WORDS.before(document, numeral.tokens.start, Class::Claim).is_some() {
            return Some(Counted::new("people dead", Some("dead"), WITH_OUTCOME));
        }
        if let Some(event) = WORDS.word(&head, Class::Event) {
            return Some(Counted::new(event.value, None, WITH_OUTCOME));
        }
        let words = self.words(phrase);
        let whole = self.is_whole(numeral);
        let after = || {
            outcome::after(document, self.after_list(numeral, self.after_whole(phrase.end)), limit)
                .filter(|_| self.is_about(numeral, phrase.end, whole))
        };
        let happened = before.or_else(after).or_else(|| self.included(numeral));
        if head == "lives" && happened == Some("lost") {
            return Some(Counted::new("people dead", Some("dead"), WITH_OUTCOME));
        }
        if let Some(happened) = happened {
            return Some(Counted::new(format!("{words} {happened}"), Some(happened), WITH_OUTCOME));
        }
        let before_time = self.guard.before_time(phrase.end..limit);
        let end = phrase.end_of_words(document, before_time);
        let role = Role { numeral, phrase, whole, document, sentence: self.sentence, guard: self.guard };
        let said = self.said_of(numeral, end, whole);
        let (words, described) = match said.or_else(|| role.said(end, before_time, self.is_about(numeral, end, whole)))
        {
            Some(said) => (format!("{words} {said}"), true),
            None => role.placed(words, before_time),
        };
        let open = phrase.is_open(document, limit) || self.is_capacity(numeral) || !described;
        let mut counted = self.plain(numeral, words, one || part || self.guard.is_model(numeral))?;
        if open {
            counted.confidence = counted.confidence.min(UNSAID);
        }
        Some(counted)
    }

    /// Returns the noun phrase at token `at`, which ends before any time: "2,000 cars last year".
    fn phrase(&self, at: usize) -> Option<NounPhrase> {
        NounPhrase::read(self.document, at, self.guard.before_time(at..self.sentence.end))
    }

    fn words(&self, phrase: NounPhrase) -> String {
        let limit = self.guard.before_time(phrase.end..self.sentence.end);
        phrase.words(self.document, limit, &|at| self.guard.is_name(at))
    }

    /// Returns the place or the participle after the things that end before token `end`: "aboard", "inspected". The
    /// predicate of a part of them says nothing of the `whole`.
    fn said_of(&self, numeral: &Numeral, end: usize, whole: bool) -> Option<String> {
        if let Some((_, place)) = WORDS.at(self.document, end, Class::Aboard) {
            return Some(place.value.to_owned());
        }
        let limit = self.guard.before_time(end..self.sentence.end);
        predicate::participle(self.document, end, limit).filter(|_| self.is_about(numeral, end, whole))
    }

    /// Returns whether the words at token `end` are about the things before it, and neither about a part of the `whole` nor
    /// about a noun before the preposition: "a lorry with 90 crates was destroyed".
    fn is_about(&self, numeral: &Numeral, end: usize, whole: bool) -> bool {
        let class = |at: usize| self.class(at);
        let lead = numeral.tokens.start.checked_sub(1).filter(|lead| *lead >= self.sentence.start);
        let governed = lead.is_some_and(|lead| class(lead) == WordClass::Preposition && !self.opens_clause(lead));
        !whole && (!governed || class(end) == WordClass::Wh) || self.is_reduced(end)
    }

    /// Returns whether the preposition at `at` can open a clause: "after 60 people were killed".
    fn opens_clause(&self, at: usize) -> bool {
        WORDS.word(self.document.word(at), Class::Opener).is_some()
    }

    /// Returns the index after the list of counted things that goes on at token `end`, because what happened to the last
    /// ones happened to all: "nine policemen, seven soldiers and 89 fighters were killed".
    fn after_list(&self, numeral: &Numeral, end: usize) -> usize {
        /// Maximum number of further things.
        const MANY: usize = 5;
        let mut before = (self.sentence.start..numeral.tokens.start).rev();
        let object = before.find(|at| self.class(*at) != WordClass::Determiner).is_some_and(|lead| {
            let reported = WORDS.at(self.document, lead, Class::Attribution).is_some();
            let governed = self.class(lead) == WordClass::Preposition && !self.opens_clause(lead);
            governed || self.class(lead).is_verb() && !reported
        });
        let mut last = end;
        for _ in 0..MANY {
            let mut at = last;
            while matches!(&*lower(self.document, at), "," | "and" | "were" | "are") && at < last + 2 {
                at += 1;
            }
            let among = at > last && lower(self.document, at) == "among";
            at += usize::from(among);
            let next = (at > last && !object && at < self.sentence.end)
                .then(|| numeral::read(self.document, at, self.sentence.end));
            let Some(next) = next.flatten().filter(|next| next.kind == Kind::Count) else { break };
            let Some(after) = self.phrase(next.tokens.end).map(|phrase| phrase.end) else {
                return if among { next.tokens.end } else { last };
            };
            last = after;
        }
        last
    }

    /// Returns the index after the whole that follows the part at token `end`: "31 passengers of the 420 people aboard".
    fn after_whole(&self, end: usize) -> usize {
        match self.whole(end) {
            (at, true) => self.phrase(at).map_or(end, |whole| whole.end),
            _ => end,
        }
    }

    /// Returns whether a participle that modifies the noun before it is at token `at`: "miners trapped in the shaft".
    fn is_reduced(&self, at: usize) -> bool {
        let class = |at: usize| self.class(at);
        let participle = matches!(class(at), WordClass::VerbParticiple | WordClass::VerbPast | WordClass::Adjective);
        participle && class(at + 1) == WordClass::Preposition
    }

    /// Returns whether the number is that of the things for which there is room: "built to hold 640 inmates".
    fn is_capacity(&self, numeral: &Numeral) -> bool {
        WORDS.before(self.document, numeral.tokens.start, Class::Capacity).is_some()
    }

    /// Returns whether the figure before is a part of this one: "four of the 30 schools", "31 passengers and crew of the
    /// 420 people aboard".
    fn is_whole(&self, numeral: &Numeral) -> bool {
        /// Maximum length in tokens of the noun phrase of the part, with "of" and a determiner.
        const LONG: usize = 8;
        let class = |at: usize| self.class(at);
        let Some(previous) = self.previous else { return false };
        let between = previous.tokens.end..numeral.tokens.start;
        let determiner = |at: &usize| matches!(class(*at), WordClass::Determiner | WordClass::Possessive);
        let of = between.clone().rev().find(|at| !determiner(at));
        let nominal = |at: usize| class(at).is_noun() || class(at).is_modifier() || class(at) == WordClass::Conjunction;
        of.is_some_and(|of| {
            lower(self.document, of) == "of" && between.len() <= LONG && (between.start..of).all(nominal)
        })
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

    fn is_auxiliary(&self, at: usize) -> bool {
        WORDS.at(self.document, at, Class::Linking).is_some_and(|(_, linking)| matches!(linking.value, "be" | "have"))
    }

    fn class(&self, at: usize) -> WordClass {
        self.document.classes.get(at).copied().unwrap_or(WordClass::Mark)
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
        let lead = numeral.tokens.start.checked_sub(1).filter(|lead| *lead >= self.sentence.start);
        let definite = lead.is_some_and(|lead| WORDS.word(self.document.word(lead), Class::Definite).is_some());
        // "the three added" repeats persons who were named.
        if definite && numeral.small && !self.is_auxiliary(end) {
            return None;
        }
        let pronoun = part && matches!(&*lower(self.document, end + 1), "them" | "those" | "these");
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
        let previous = self.previous?;
        let lead = lower(self.document, lead);
        // "killed 40 civilians and thousands more soldiers": no verb is between the two.
        let joined = matches!(&*lead, "and" | ",")
            && (previous.tokens.end..numeral.tokens.start).all(|at| {
                let class = self.class(at);
                class.is_noun() || class.is_modifier() || matches!(self.document.word(at), "and" | ",")
            });
        let included = joined || matches!(&*lead, "including" | "among");
        previous.outcome.filter(|_| included)
    }

    /// Returns whether the number is the other side of a vote: "52 votes to 48".
    fn is_other_side(&self, numeral: &Numeral, previous: &Previous) -> bool {
        let between = previous.tokens.end..numeral.tokens.start;
        let to = between.end.checked_sub(1).is_some_and(|lead| lower(self.document, lead) == "to");
        let next = self.document.classes.get(numeral.tokens.end);
        let ends = next.is_none_or(|class| {
            matches!(class, WordClass::Mark | WordClass::Preposition | WordClass::Conjunction | WordClass::Adverb)
        });
        to && ends && between.len() == 2 && is_plural_at(self.document, between.start)
    }
}
