//! State of the tagger within one sentence, and the tests on neighbouring words that its rules share.

use super::WordClass::{
    self, Adjective, Adverb, Conjunction, Determiner, Interjection, Mark, Modal, Negation, Noun, NounPlural, Number,
    Possessive, Preposition, Pronoun, Proper, Subordinator, To, VerbBase, VerbGerund, VerbParticiple, VerbPresent, Wh,
};
use super::senses::{Senses, Trait};
use crate::token::Token;

/// Verb form that the open verb group requires next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Expected {
    /// No verb group is open.
    #[default]
    Nothing,
    /// Bare verb, required after "to", a modal or "do".
    Base,
    /// Past participle, required after "have".
    Participle,
    /// Participle or adjective, required after "be".
    Complement,
}

/// Constituent since the last comma, reset by a verb.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum AfterComma {
    /// No comma so far, or a verb since the last comma.
    #[default]
    Nothing,
    /// Comma right before the current word.
    Comma,
    /// Noun after the comma: "…, the minister announced".
    Subject,
}

/// Sentence being tagged.
pub(super) struct Tagger<'a> {
    text: &'a str,
    words: &'a [Token],
    pub senses: &'a [Senses],
    pub classes: &'a mut [WordClass],
    pub expected: Expected,
    /// Whether the current clause already has its finite verb.
    pub finite: bool,
    /// Whether the current clause has a noun or pronoun that can be its subject.
    pub subject: bool,
    /// Class of the last verb before a conjunction.
    pub last_verb: Option<WordClass>,
    pub after_comma: AfterComma,
}

impl<'a> Tagger<'a> {
    /// Creates the state for a sentence. `words`, `senses` and `classes` are parallel slices.
    pub(super) fn new(text: &'a str, words: &'a [Token], senses: &'a [Senses], classes: &'a mut [WordClass]) -> Self {
        Self {
            text,
            words,
            senses,
            classes,
            expected: Expected::Nothing,
            finite: false,
            subject: false,
            last_verb: None,
            after_comma: AfterComma::Nothing,
        }
    }

    /// Returns the text of token `index`, or an empty string outside the sentence.
    #[inline]
    pub(super) fn word(&self, index: usize) -> &str {
        crate::steps::step();
        self.words.get(index).map_or("", |word| word.span.of(self.text))
    }

    /// Returns the senses of token `index`, or the senses of punctuation outside the sentence.
    pub(super) fn sense(&self, index: usize) -> Senses {
        crate::steps::step();
        self.senses.get(index).copied().unwrap_or(Senses::of(&[Mark]))
    }

    /// Returns the class of the token before `index`, or `Mark` at the beginning of the sentence.
    #[inline]
    pub(super) fn before(&self, index: usize) -> WordClass {
        index.checked_sub(1).map_or(Mark, |before| self.classes[before])
    }

    /// Finds the last token before `index`, skipping adverbs and negations.
    pub(super) fn governor(&self, index: usize) -> Option<usize> {
        (0..index).rev().find(|at| !matches!(self.classes[*at], Adverb | Negation))
    }

    /// Returns the class of the token found by [`Tagger::governor`], or `Mark` at the beginning of the sentence.
    pub(super) fn governing(&self, index: usize) -> WordClass {
        self.governor(index).map_or(Mark, |at| self.classes[at])
    }

    /// Returns whether an object, or another complement of a verb, can begin at `index`.
    pub(super) fn is_complement(&self, index: usize) -> bool {
        matches!(
            self.sense(index).likeliest(),
            To | Determiner | Possessive | Pronoun | Subordinator | Proper | NounPlural | Preposition
        )
    }

    /// Updates the state after the word at `index` has been tagged.
    pub(super) fn step(&mut self, index: usize, class: WordClass) {
        let sense = self.sense(index);
        self.expected = match class {
            // The "to" in "according to police" does not open an infinitive.
            To if index > 0 && matches!(self.word(index - 1), "according" | "According") => Expected::Nothing,
            Modal | To => Expected::Base,
            VerbBase | VerbPresent | WordClass::VerbPast | VerbParticiple | VerbGerund => opened(sense, class),
            Adverb | Negation => self.expected,
            // An inverted subject is inside the verb group: "did he say", "has the president said".
            Pronoun if self.expected != Expected::Nothing && self.is_inverted(index) => self.expected,
            _ => Expected::Nothing,
        };
        match class {
            Mark if matches!(self.word(index), "," | "(" | ")" | "[" | "]") => {}
            Mark | Subordinator | Wh | Interjection => self.open_clause(class),
            Noun | NounPlural | Proper | Pronoun => self.subject = true,
            VerbPresent | WordClass::VerbPast | Modal => self.finite = true,
            Conjunction if self.is_clause_ahead(index + 1) || self.is_dated_clause_ahead(index + 1) => {
                self.open_clause(class);
            }
            Adjective | Adverb | Conjunction | Determiner | Negation | Number | Possessive | Preposition | To
            | VerbBase | VerbParticiple | VerbGerund => {}
        }
        self.after_comma = match self.after_comma {
            _ if self.word(index) == "," => AfterComma::Comma,
            _ if class.is_verb() => AfterComma::Nothing,
            AfterComma::Comma if class.is_noun() || class == Pronoun => AfterComma::Subject,
            before => before,
        };
        // In "stopped flying and filed", "filed" is coordinated with "stopped", so the gerund is not recorded.
        let object = class == VerbGerund && self.before(index).is_finite();
        if class.is_verb() && class != Modal && !object {
            self.last_verb = Some(class);
        }
    }

    fn open_clause(&mut self, class: WordClass) {
        self.finite = false;
        // A relative pronoun is the subject of its clause, unless another subject follows.
        self.subject = class == Wh;
    }

    /// Returns whether the pronoun at `index` directly follows an auxiliary or a negated auxiliary: "did he say".
    fn is_inverted(&self, index: usize) -> bool {
        index >= 1
            && self.senses[index - 1].has(Trait::Function)
            && matches!(self.classes[index - 1], Modal | VerbPresent | WordClass::VerbPast | Negation)
    }

    /// Returns whether a subject follows the conjunction: a pronoun, or a noun phrase and its verb.
    fn is_clause_ahead(&self, from: usize) -> bool {
        if self.sense(from).has(Trait::Subject) {
            return true;
        }
        if self.is_plain_clause_ahead(from) {
            return true;
        }
        let nominal = [Determiner, Pronoun, Proper, Noun, NounPlural, Adjective, Number, Possessive];
        self.sense(from).may_be_any(&nominal) && self.has_finite_ahead(from + 1)
    }

    /// Returns whether a short subject, a past tense and an object follow: "and officers arrested him".
    fn is_plain_clause_ahead(&self, from: usize) -> bool {
        let open = |at: usize| !self.sense(at).has(Trait::Function);
        let noun = |at: usize| open(at) && matches!(self.sense(at).likeliest(), Noun | NounPlural | Proper);
        let inside = |at: usize| noun(at) || matches!(self.sense(at).likeliest(), Determiner | Adjective | Number);
        (from + 1..from + 4).any(|at| {
            let object = self.sense(at + 1).likeliest();
            self.sense(at).may_be(WordClass::VerbPast)
                && !self.sense(at).may_be(Noun)
                && noun(at - 1)
                && (from..at).all(inside)
                && matches!(object, Determiner | Possessive | Pronoun | Proper)
        })
    }

    /// Returns whether a date, a subject and a verb follow the conjunction: "and two years later the couple moved".
    fn is_dated_clause_ahead(&self, from: usize) -> bool {
        let led = usize::from(self.sense(from).likeliest() == Preposition);
        let dated = self.sense(from + led);
        if !(dated.may_be(Number) || dated.has(Trait::Calendar)) {
            return false;
        }
        let opens = |at: &usize| matches!(self.sense(*at).likeliest(), Determiner | Possessive | Pronoun);
        let Some(subject) = (from + led + 1..from + led + 4).find(opens) else { return false };
        let phrase = (from + led + 1..subject).all(|at| !self.sense(at).is_only(Mark) || self.word(at) == ",");
        phrase && (subject + 1..subject + 5).any(|at| self.sense(at).may_be(WordClass::VerbPast))
    }

    /// Returns whether the word at `index` is the month of May: "on 25 May", "in May", "May 3".
    pub(super) fn is_may(&self, index: usize) -> bool {
        index > 0
            && self.word(index) == "May"
            && (matches!(self.before(index), Number | Preposition) || self.sense(index + 1).is_only(Number))
    }

    /// Returns whether "last" or "first" is an adverb that modifies the next verb: "the side last reached the final in
    /// 1988".
    pub(super) fn is_time_of_verb(&self, index: usize) -> bool {
        let (next, after) = (self.sense(index + 1), self.sense(index + 2));
        matches!(self.word(index), "last" | "first")
            && matches!(self.before(index), Noun | NounPlural | Proper | Pronoun)
            && !self.finite
            && next.may_be(WordClass::VerbPast)
            && matches!(after.likeliest(), Determiner | Possessive)
            && !self.has_finite_ahead(index + 2)
    }

    /// Returns whether the past tense or participle at `index` is a main verb after a relative clause that ends in a
    /// date: "a man who robbed a bank in May pleaded guilty".
    pub(super) fn ends_relative(&self, index: usize) -> bool {
        /// Maximum distance back to the relative word, in tokens.
        const MAX_DISTANCE: usize = 24;
        let comma = usize::from(index > 1 && self.word(index - 1) == ",");
        let Some(before) = index.checked_sub(1 + comma) else { return false };
        let year = self.word(before).len() == 4 && self.classes[before] == Number;
        let named = self.sense(before).has(Trait::Calendar) || self.is_may(before);
        if !(year || named) || self.has_finite_ahead(index + 1) {
            return false;
        }
        let first = index.saturating_sub(MAX_DISTANCE);
        let relative = (first..before).rev().find(|at| self.classes[*at] == Wh);
        relative.is_some_and(|relative| {
            let verbs = |range: std::ops::Range<usize>| range.filter(|at| self.classes[*at].is_finite()).count();
            let noun = relative.checked_sub(1 + usize::from(relative > 1 && self.word(relative - 1) == ","));
            noun.is_some_and(|noun| self.classes[noun].is_noun())
                && verbs(first..relative) == 0
                && verbs(relative..index) == 1
        })
    }

    /// Returns whether the next punctuation mark is a comma directly followed by an unambiguous finite verb: "the men,
    /// aged 31 and 44, were".
    pub(super) fn closes_before_verb(&self, from: usize) -> bool {
        /// Maximum distance to the comma, in tokens.
        const MAX_DISTANCE: usize = 16;
        let mark = (from..from + MAX_DISTANCE).find(|at| self.sense(*at).is_only(Mark));
        let verb = mark.filter(|at| self.word(*at) == ",").map(|comma| self.sense(comma + 1));
        verb.is_some_and(|verb| verb.is_surely_finite() || verb.is_auxiliary())
    }

    /// Returns whether an unambiguous finite verb follows the two commas around a relative clause: "peace talks on it,
    /// which both want, are".
    pub(super) fn resumes_after_insertion(&self, from: usize) -> bool {
        /// Maximum distance to each comma, in tokens.
        const MAX_DISTANCE: usize = 16;
        let comma = |from: usize| (from..from + MAX_DISTANCE).find(|at| self.sense(*at).is_only(Mark));
        let Some(open) = comma(from).filter(|at| self.word(*at) == "," && self.sense(*at + 1).likeliest() == Wh) else {
            return false;
        };
        let close = comma(open + 1).filter(|at| self.word(*at) == ",").map(|close| self.sense(close + 1));
        close.is_some_and(|verb| verb.is_surely_finite() || verb.is_auxiliary())
    }

    /// Returns whether an unambiguous finite verb follows in the same clause.
    pub(super) fn has_finite_ahead(&self, from: usize) -> bool {
        for index in from..self.senses.len() {
            let sense = self.sense(index);
            // "will" and "can" may be nouns. A modal therefore counts only before a bare verb.
            let modal = sense.likeliest() == Modal && self.sense(index + 1).may_be(VerbBase);
            if sense.is_surely_finite() || modal || sense.is_auxiliary() && !sense.is_only(VerbBase) {
                // The second of two coordinated verbs does not count: "look good and are".
                return index == from || self.sense(index - 1).likeliest() != Conjunction;
            }
            let clitic = self.word(index).ends_with(['s', 'S']) && self.word(index).starts_with(['\'', '’']);
            let stop = sense.is_only(Mark) && !matches!(self.word(index), "\"" | "“" | "”" | "'" | "‘" | "’");
            // After a plural noun, "that" opens a clause with its own verb: "rules that came".
            let that = sense.likeliest() == Subordinator
                && index > from
                && matches!(self.sense(index - 1).likeliest(), NounPlural);
            let opener = matches!(sense.likeliest(), Subordinator | Wh) && (that || !sense.may_be(Determiner));
            if !clitic && (stop || opener || sense.has(Trait::Subject)) {
                return false;
            }
        }
        false
    }
}

/// Returns the form that a verb of this class requires next, if the verb is an auxiliary.
fn opened(sense: Senses, class: WordClass) -> Expected {
    if sense.has(Trait::Be) {
        Expected::Complement
    } else if sense.has(Trait::Have) {
        Expected::Participle
    } else if sense.has(Trait::Do) && class != VerbBase {
        Expected::Base
    } else {
        Expected::Nothing
    }
}
