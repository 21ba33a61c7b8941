//! Finds reported content after its cue, before it, or on both sides.

use super::Pattern;
use super::extent;
use super::report_context::ReportContext;
use crate::lexicon::lists;
use crate::quote::complement::Complement;
use crate::quote::cue::CueForm;
use crate::quote::phrase::{Link, PhraseKind, is_auxiliary};
use crate::quote::subject::MentionForm;
use crate::word_class::WordClass;
use std::ops::Range;

impl ReportContext<'_> {
    /// Returns the content after the cue, with its pattern.
    #[inline]
    pub(super) fn after(&self) -> Option<(Range<usize>, Pattern)> {
        let (start, pattern) = self.opening(self.cue.tokens.end)?;
        let denies = lists::DENIALS.contains(self.word(self.cue.tokens.start));
        let end = extent::end(self, start);
        // In "Ode, reporting for the Herald, was there", the comma ends the participle's clause, which states nothing.
        let states = pattern != Pattern::Bare || denies || self.has_finite(start..end);
        (end > start && states && self.has_word(start..end)).then_some((start..end, pattern))
    }

    /// Returns the first token of the content at or after token `from`, with its pattern.
    fn opening(&self, from: usize) -> Option<(usize, Pattern)> {
        if self.describes_noun(from) {
            return None;
        }
        if let Some(that) = self.that_ahead(from) {
            return Some((that, Pattern::That));
        }
        if let Some(verb) = self.verb_of_relative(from) {
            return Some((verb, Pattern::Bare));
        }
        let mut at = from;
        let mut has_addressee = false;
        loop {
            if self.is_complementizer(at) {
                let pattern = if self.is_question_word(at) { Pattern::Question } else { Pattern::That };
                return (self.takes.takes(Complement::Clause) || has_addressee).then_some((at, pattern));
            }
            if self.class(at) == WordClass::To && self.class(at + 1) == WordClass::VerbBase {
                return self.takes.takes(Complement::Infinitive).then_some((at, Pattern::Verbal));
            }
            if self.class(at) == WordClass::VerbGerund && self.takes.takes(Complement::Gerund) {
                return Some((at, Pattern::Verbal));
            }
            if self.takes.takes(Complement::Directive) && self.is_directive(at) {
                return Some((at, Pattern::Verbal));
            }
            let clause = self.takes.takes(Complement::Clause) && self.opens_clause(at) && self.is_clause_of_noun(at);
            let person = self.takes.takes(Complement::Person) && !has_addressee && !(clause && self.is_subject(at));
            if let Some(end) = self.addressee(at).filter(|_| person) {
                has_addressee = true;
                at = end;
                continue;
            }
            if clause && !self.is_adjunct_before_that(at) {
                return Some((at, Pattern::Bare));
            }
            match self.past_adjunct(at) {
                Some(next) if next > at => at = next,
                _ => break,
            }
        }
        let begins = self.analysis.clauses.phrases.starting_at(at).is_some();
        let thing = self.takes.takes(Complement::Thing) || self.takes.takes(Complement::Accusation);
        let verb = self.masked.class(self.cue.tokens.start);
        // In "a captain claiming kinship", the participle describes the captain and reports nothing.
        let free = self.cue.form != CueForm::Participle || self.opens_after_comma();
        let main = verb.is_finite() || verb == WordClass::VerbParticiple || self.opens_after_comma();
        let content = begins && thing && free && main && !self.is_time(at) && !self.passes_on(at);
        (content && at == from).then_some((at, Pattern::Thing))
    }

    /// Returns whether the cue introduces another person's words, that person being at `at`, as in "cited a clerk as
    /// saying".
    fn passes_on(&self, at: usize) -> bool {
        let end = self.addressee(at);
        lists::PASSING_ON.contains(self.word(self.cue.tokens.start)) && end.is_some_and(|end| self.word(end) == "as")
    }

    /// Returns whether the verb before `from` is a participle that modifies a noun, as in "a ferry, promised in 2019,
    /// sank".
    fn describes_noun(&self, from: usize) -> bool {
        let verb = self.cue.tokens.start;
        self.masked.class(verb) == WordClass::VerbParticiple
            && self.class(from) == WordClass::Preposition
            && self.masked.before(verb).is_some_and(|before| self.masked.word(before) == ",")
    }

    /// Returns the index of the "that" before the reported clause. Only the addressee, adverbs, prepositional phrases
    /// and parentheticals may precede it, as in "told voters in May, for example, that …".
    fn that_ahead(&self, from: usize) -> Option<usize> {
        if !self.takes.takes(Complement::Clause) {
            return None;
        }
        let opener = self.class(from);
        let phrase = matches!(opener, WordClass::Preposition | WordClass::Adverb | WordClass::To)
            || self.word(from) == ","
            || self.is_time(from)
            || self.takes.takes(Complement::Person);
        let that = |index: &usize| self.word(*index) == "that" && self.class(*index) == WordClass::Subordinator;
        let found = (from..self.limit.min(from + 20)).find(that)?;
        let mut relative = false;
        let other_cue = self.analysis.cues.iter().any(|cue| (from..found).contains(&cue.tokens.start));
        let bids = self.takes.takes(Complement::Directive) && self.is_directive(from);
        if other_cue || bids || self.is_object_of_preposition(found) || self.is_attached_to_noun(found) {
            return None;
        }
        for index in from..found {
            let class = self.class(index);
            relative |= class == WordClass::Wh;
            let stop = class == WordClass::Mark && !matches!(self.word(index), "," | "(" | ")" | "‘" | "’" | "'");
            let finite = class.is_finite() && !relative;
            if self.is_speech(index) || finite || stop || class == WordClass::Subordinator {
                return None;
            }
        }
        (phrase || found == from).then_some(found)
    }

    /// Returns whether token `index` is in a quotation that is more than the title of a programme, as in "said on “Harbour
    /// Tonight” that …".
    fn is_speech(&self, index: usize) -> bool {
        let Some(quotation) = self.masked.quotation_at(index) else { return false };
        let words = self.masked.quotations[quotation].tokens.clone();
        let small = |word: &str| word.starts_with(char::is_lowercase) && !lists::TITLE_SMALL_WORDS.contains(word);
        words.into_iter().any(|at| small(self.masked.word(at)))
    }

    /// Returns whether the "that" at `at` is a relative pronoun. A relative pronoun follows a noun, and its clause has
    /// a verb but no other subject, as in "told analysts on a call that lasted an hour".
    fn is_attached_to_noun(&self, at: usize) -> bool {
        let verb = if self.class(at + 1) == WordClass::Adverb { at + 2 } else { at + 1 };
        let past = self.class(verb) == WordClass::VerbPast;
        let is_verb = self.class(verb).is_finite() || self.class(verb) == WordClass::VerbParticiple;
        at > self.cue.tokens.end && (past || self.masked.class(at - 1).is_noun()) && is_verb
    }

    /// Returns whether a preposition governs the "that" at `at`, as in "asked about that sum".
    fn is_object_of_preposition(&self, at: usize) -> bool {
        let preposition = |before: usize| self.class(before) == WordClass::Preposition || self.word(before) == "about";
        at > self.cue.tokens.end && preposition(at - 1)
    }

    /// Returns the index of the verb after a cue inside a relative clause, such as "would cost" in "a change that he
    /// said would cost jobs".
    fn verb_of_relative(&self, from: usize) -> Option<usize> {
        let subject = self.cue.speaker.as_ref()?.tokens.start;
        let relative = self.masked.before(subject).is_some_and(|before| {
            self.masked.class(before) == WordClass::Wh
                || matches!(self.masked.word(before), "that" | "which" | "who")
                || self.analysis.clauses.phrases.ending_at(before).is_some()
        });
        let verb = (from..from + 2).find(|at| self.class(*at) != WordClass::Adverb)?;
        let gap = relative && self.cue.form == CueForm::SubjectFirst && self.takes.takes(Complement::Clause);
        (gap && self.class(verb).is_finite()).then_some(verb)
    }

    /// Returns whether "that", "whether", "if", "why" or a similar word opens the reported clause at `at`.
    fn is_complementizer(&self, at: usize) -> bool {
        let that = matches!(self.word(at), "that" | "whether" | "if");
        if self.word(at) == "that" && (self.is_attached_to_noun(at) || self.is_object_of_preposition(at)) {
            return false;
        }
        match self.class(at) {
            WordClass::Subordinator => that,
            WordClass::Wh => that || matches!(self.word(at), "how" | "why" | "what" | "who" | "where" | "when"),
            _ => that && at == self.cue.tokens.end && self.word(at) == "that" && self.opens_clause(at + 1),
        }
    }

    fn is_question_word(&self, at: usize) -> bool {
        self.word(at) != "that"
    }

    /// Returns whether a clause begins at `at`: a subject with its finite verb.
    fn opens_clause(&self, at: usize) -> bool {
        let mut noun = false;
        let mut relative = false;
        let mut index = at;
        let in_relative = self.cue.speaker.as_ref().is_some_and(|speaker| speaker.form == MentionForm::Relative);
        while index < self.limit {
            if self.masked.quotation_at(index).is_some() {
                index = self.masked.after(index);
                noun = true;
                continue;
            }
            match self.class(index) {
                // In "who wrote the report, said", the comma ends the relative clause around the cue.
                class if class.is_finite() && in_relative && self.word(index - 1) == "," => return false,
                class if class.is_finite() && relative => relative = false,
                class if class.is_finite() => return noun,
                class if class.is_noun() => noun = true,
                WordClass::Pronoun | WordClass::Number | WordClass::Determiner | WordClass::VerbGerund => noun = true,
                WordClass::Mark
                    if index == at || !matches!(self.word(index), "," | "(" | ")" | "-" | "/" | "[" | "]") =>
                {
                    return false;
                }
                WordClass::Subordinator if index == at => {
                    return matches!(self.word(index), "if" | "when" | "while" | "unless" | "although" | "though");
                }
                WordClass::Wh | WordClass::Subordinator if !noun => return false,
                // In "the man who left", the next verb belongs to the relative clause.
                WordClass::Wh => relative = true,
                WordClass::Subordinator if self.word(index) == "that" => relative = self.is_attached_to_noun(index),
                WordClass::Conjunction if index == at => return false,
                _ => {}
            }
            index += 1;
        }
        false
    }

    /// Returns whether a clause at `at` can be the content of a participle that directly follows its noun. The
    /// participle may have an object instead: in "a captain claiming kinship with the mayor sold the pier", no clause
    /// follows "claiming".
    fn is_clause_of_noun(&self, at: usize) -> bool {
        let describes = self.cue.form == CueForm::Participle
            && self.takes.takes(Complement::Thing)
            && !lists::NEUTRAL_SPEECH.contains(self.masked.word(self.cue.tokens.start))
            && !self.opens_after_comma();
        !describes || self.is_subject(at) && self.leaves_verb_of_noun(at)
    }

    /// Returns whether the noun that the cue describes still has its own verb if a clause begins at `at`. A noun that
    /// is itself an object needs none. In "a widow claiming the reward was sent away", the only finite verb belongs to
    /// "a widow", so no clause follows "claiming".
    fn leaves_verb_of_noun(&self, at: usize) -> bool {
        let phrases = &self.analysis.clauses.phrases;
        let noun = self.masked.before(self.cue.tokens.start).and_then(|before| phrases.ending_at(before));
        let is_object = noun.is_none_or(|noun| !phrases.is_free(noun));
        let finite = (at..self.limit).filter(|index| self.class(*index).is_finite()).count();
        is_object || finite > 1
    }

    /// Returns whether the phrase at `at` is the subject of a verb right after it.
    fn is_subject(&self, at: usize) -> bool {
        let phrases = &self.analysis.clauses.phrases;
        let Some(phrase) = phrases.starting_at(at) else { return false };
        let mut index = phrases.all()[phrase].tokens.end;
        while self.class(index) == WordClass::Adverb {
            index += 1;
        }
        self.class(index).is_finite()
    }

    /// Returns whether a directive begins at `at`: an addressee with an infinitive, as in "voters to wait".
    fn is_directive(&self, at: usize) -> bool {
        let phrases = &self.analysis.clauses.phrases;
        let Some(phrase) = phrases.starting_at(at) else { return false };
        let mut index = phrases.all()[phrase].tokens.end;
        while index < self.limit && index < at + 12 {
            match self.class(index) {
                WordClass::To if self.class(index + 1) == WordClass::VerbBase => return true,
                class if class.is_finite() => return false,
                WordClass::Mark | WordClass::Subordinator | WordClass::Wh => return false,
                _ => index += 1,
            }
        }
        false
    }

    /// Returns the index after the addressee at `at`, such as "reporters in Ostrel" or "the paper".
    fn addressee(&self, at: usize) -> Option<usize> {
        let phrases = &self.analysis.clauses.phrases;
        let first = phrases.starting_at(at)?;
        if self.is_time(at) {
            return None;
        }
        Some(phrases.all()[first].tokens.end)
    }

    #[inline]
    fn is_time(&self, at: usize) -> bool {
        let phrases = &self.analysis.clauses.phrases;
        phrases.starting_at(at).is_some_and(|phrase| phrases.all()[phrase].kind == PhraseKind::Time)
    }

    /// Returns whether an adjunct begins at `at`, before "that" or before the subject, as in "said on Monday that …" or
    /// "said Monday that …".
    fn is_adjunct_before_that(&self, at: usize) -> bool {
        let next = self.past_adjunct(at).unwrap_or(at);
        // In "Ode, aides said on Monday, is ill", the predicate follows the adjunct.
        if self.is_time(at) || next > at && self.word(next) == "," && self.class(next + 1).is_finite() {
            return true;
        }
        if !matches!(self.class(at), WordClass::Preposition | WordClass::To | WordClass::Adverb) {
            return false;
        }
        if matches!(self.word(at + 1), "least" | "most") {
            return false;
        }
        let mut index = at;
        while index < self.limit && index < at + 20 {
            if index > at && self.word(index) == "that" && self.class(index) == WordClass::Subordinator {
                return true;
            }
            if self.class(index).is_finite() {
                break;
            }
            index += 1;
        }
        self.class(at) != WordClass::Adverb && self.past_adjunct(at).is_some_and(|next| self.is_subject_ahead(next))
            || self.class(at) == WordClass::Adverb && self.is_subject_ahead(at + 1)
    }

    /// Returns whether a pronoun, or a phrase followed by its verb, begins at `at`.
    fn is_subject_ahead(&self, at: usize) -> bool {
        self.opens_clause(at) && self.analysis.clauses.phrases.starting_at(at).is_some() && !self.is_time(at)
    }

    /// Returns the index after the adverb, time expression or prepositional phrase at `at`.
    fn past_adjunct(&self, at: usize) -> Option<usize> {
        let phrases = &self.analysis.clauses.phrases;
        match self.class(at) {
            WordClass::Adverb => Some(at + 1),
            WordClass::Preposition | WordClass::To => {
                let phrase = phrases.starting_at(at + 1)?;
                Some(phrases.all()[phrase].tokens.end)
            }
            _ if self.is_time(at) => phrases.starting_at(at).map(|phrase| phrases.all()[phrase].tokens.end),
            _ => None,
        }
    }

    /// Returns the content around a cue that ends or interrupts its statement, as in "It rained, Ode said" or "It
    /// rained, Ode said, and nobody came".
    pub(super) fn around(&self) -> Vec<(Range<usize>, Pattern)> {
        let Some(before) = self.before(self.cue.extent.start) else { return Vec::new() };
        let mut after = self.past_adjuncts(self.cue.extent.end);
        if self.takes.takes(Complement::Person) {
            after = self.addressee(after).map_or(after, |end| self.past_adjuncts(end));
        }
        let closed = matches!(self.word(after), "" | "," | ";");
        let verb = self.masked.class(self.cue.tokens.start);
        let apart = self.has_verb_after_subject();
        if !closed || apart || !self.takes.takes(Complement::Clause) || verb == WordClass::VerbBase {
            return Vec::new();
        }
        let whole = self.has_finite(before.clone()) || self.class(before.start) == WordClass::VerbBase;
        let mut out = vec![(before.clone(), Pattern::Before)];
        out.extend(self.resumed(&before).map(|after| (after, Pattern::Before)));
        if out.len() == 1 && !whole {
            out.clear();
        }
        out
    }

    /// Returns the question of a passive cue, as in "asked by Ode whether it rained".
    pub(super) fn asked(&self) -> Option<(Range<usize>, Pattern)> {
        self.cue.speaker.as_ref()?;
        let start = self.past_adjuncts(self.cue.extent.end);
        let end = extent::end(self, start);
        let pattern = if self.is_question_word(start) { Pattern::Question } else { Pattern::That };
        (self.takes.takes(Complement::Clause) && self.is_complementizer(start) && end > start + 1)
            .then_some((start..end, pattern))
    }

    /// Returns the content of "As Ode said, it rained", "Then, as Ode said, it rained" and "It rained, as Ode said";
    /// `None` if the cue has another form.
    pub(super) fn as_reported(&self) -> Option<Vec<(Range<usize>, Pattern)>> {
        let sentence = self.analysis.sentence.tokens.start;
        let opener = self.masked.before(self.cue.extent.start).filter(|opener| *opener >= sentence)?;
        let speaker = self.word(self.cue.extent.start);
        let reports = self.takes.takes(Complement::Clause)
            && !lists::ASKED.contains(self.word(self.cue.tokens.start))
            && !lists::FIRST_PERSON.contains(speaker);
        if !self.word(opener).eq_ignore_ascii_case("as") || !reports {
            return None;
        }
        let after = self.past_adjuncts(self.cue.extent.end);
        let comma = opener.checked_sub(1).filter(|comma| *comma > sentence && self.word(*comma) == ",");
        if let Some(comma) = comma.filter(|comma| self.has_finite(sentence..*comma)) {
            let closed = matches!(self.word(after), "" | "," | ";");
            let start = extent::start(self, sentence..comma);
            return (closed && start < comma).then(|| vec![(start..comma, Pattern::According)]);
        }
        let start = after + 1;
        let end = extent::end(self, start);
        let opens = opener == sentence || comma.is_some();
        (opens && self.word(after) == "," && end > start && self.has_finite(start..end))
            .then(|| vec![(start..end, Pattern::According)])
    }

    /// Returns whether there is another finite verb between the subject of the cue and the cue, as in "she looks away
    /// when asked".
    fn has_verb_after_subject(&self) -> bool {
        let Some(speaker) = self.cue.speaker.as_ref() else { return false };
        let group = |index: &usize| {
            is_auxiliary(self.word(*index)) || matches!(self.class(*index), WordClass::Adverb | WordClass::Modal)
        };
        let mut end = self.cue.tokens.start;
        while end > speaker.tokens.end && group(&(end - 1)) {
            end -= 1;
        }
        speaker.tokens.end < end && self.has_finite(speaker.tokens.end..end)
    }

    /// Returns the words from the beginning of the sentence to the comma before token `end`.
    #[inline]
    fn before(&self, end: usize) -> Option<Range<usize>> {
        let start = self.analysis.sentence.tokens.start;
        let comma = end.checked_sub(1).filter(|comma| *comma > start && self.masked.word(*comma) == ",")?;
        let start = extent::start(self, start..comma);
        (start < comma).then_some(start..comma)
    }

    /// Returns the content that continues after "…, Ode said,". A participle or a relative clause there is not content.
    fn resumed(&self, before: &Range<usize>) -> Option<Range<usize>> {
        let at = self.past_adjuncts(self.cue.extent.end);
        if self.word(at) != "," {
            return None;
        }
        let mut start = at + 1;
        let whole = self.has_finite(before.clone());
        if self.cue.form != CueForm::SubjectFirst && self.is_apposition(start) {
            // In "…, said Ode, the mayor, and …", the apposition describes Ode and was not said.
            start = (start..self.limit).find(|index| self.masked.word(*index) == ",")? + 1;
        }
        let goes_on = match self.class(start) {
            // In "In 2009, Ode said, when she was poor, she left", the clause belongs to the statement.
            WordClass::Wh | WordClass::Subordinator if lists::CLAUSE_OPENERS.contains(self.word(start)) => {
                !whole && self.has_finite(start..self.limit)
            }
            WordClass::Wh => false,
            // In "…, engineers say, raising the pier would be cheap", the gerund is the subject.
            WordClass::VerbGerund => !whole && !self.is_reporting(start) && self.has_finite(start..self.limit),
            _ => !whole || self.has_finite(start..self.limit),
        };
        let end = extent::end(self, start);
        (goes_on && end > start + 1 && self.has_word(start..end)).then_some(start..end)
    }

    /// Returns whether the cue directly follows a comma, as in "…, citing a lack of funds".
    fn opens_after_comma(&self) -> bool {
        self.cue.tokens.start.checked_sub(1).is_some_and(|before| self.masked.word(before) == ",")
    }

    /// Returns whether the phrase at `at` is in apposition to the previous phrase.
    fn is_apposition(&self, at: usize) -> bool {
        let phrases = &self.analysis.clauses.phrases;
        phrases.starting_at(at).is_some_and(|phrase| phrases.all()[phrase].link == Link::Apposition)
            && !self.is_subject(at)
    }

    fn past_adjuncts(&self, mut at: usize) -> usize {
        while let Some(next) = self.past_adjunct(at).filter(|next| *next > at) {
            at = next;
        }
        at
    }

    /// Returns the content of "According to Ode, it rained" and "It rained, according to Ode".
    pub(super) fn according(&self) -> Vec<(Range<usize>, Pattern)> {
        if self.word(self.cue.tokens.start) == "words" {
            return Vec::new();
        }
        let sentence = &self.analysis.sentence.tokens;
        let opens = self.cue.extent.start <= sentence.start + 1;
        if opens {
            let comma = (self.cue.extent.end..self.limit).find(|index| self.masked.word(*index) == ",");
            let Some(start) = comma.map(|comma| comma + 1) else { return Vec::new() };
            let end = extent::end(self, start);
            return if self.has_finite(start..end) { vec![(start..end, Pattern::According)] } else { Vec::new() };
        }
        let mut end = self.cue.extent.start;
        if self.masked.word(end.saturating_sub(1)) == "," {
            end -= 1;
        }
        let start = extent::start(self, sentence.start..end);
        if start >= end {
            return Vec::new();
        }
        let mut out = vec![(start..end, Pattern::According)];
        // "a survey, according to Ode, of the town" contains no statement.
        let clause = self.has_finite(start..end);
        out.extend(self.resumed(&(start..end)).map(|after| (after, Pattern::According)));
        if out.len() == 2 && clause {
            out.truncate(1);
        }
        if out.len() == 1 && !clause {
            out.clear();
        }
        out
    }

    fn has_word(&self, mut tokens: Range<usize>) -> bool {
        tokens.any(|index| self.masked.class(index) != WordClass::Mark)
    }
}
