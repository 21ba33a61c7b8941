//! Finds the words of the text that are shown with a number, so that the row can be understood without the story: as much of
//! the sentence as fits, with the subject and the verb, and of the sentence before if the words refer back to it.

use super::guard::Guard;
use super::noun_phrase::NounPhrase;
use super::numeral::Numeral;
use super::words::{Class, WORDS};
use crate::document::Document;
use crate::syntax::{Clause, ClauseForm, Parsed};
use crate::word_class::WordClass;
use dateline_core::text::Span;
use std::ops::Range;

/// Maximum length in bytes of a statement that is shown whole.
const MAX_WHOLE: usize = 240;
/// Maximum length in bytes of the words with a number in a longer statement.
const MAX_CLAUSE: usize = 200;
/// Maximum length in bytes of the words from the sentence before.
const MAX_CONTEXT: usize = 160;

/// Length in bytes below which a clause hardly says which event it is about: "Thirty-two people were arrested".
const SHORT: usize = 100;

/// Statement with a number.
pub(super) struct Statement<'a> {
    pub document: &'a Document<'a>,
    pub guard: &'a Guard<'a>,
    /// Index of the sentence.
    pub number: usize,
    /// Index of the sentence if its clauses may be found.
    pub parsed: Option<usize>,
    /// Tokens of the sentence without the attribution.
    pub tokens: Range<usize>,
    pub numeral: &'a Numeral,
}

impl Statement<'_> {
    fn class(&self, at: usize) -> WordClass {
        self.document.classes.get(at).copied().unwrap_or(WordClass::Mark)
    }

    fn sentence(&self) -> Range<usize> {
        self.document.sentences.get(self.number).map_or(self.tokens.clone(), |sentence| sentence.tokens.clone())
    }

    /// Returns the tokens that are shown with the number.
    pub(super) fn clause(&self) -> Range<usize> {
        let sentence = self.sentence();
        let mut tokens = self.tokens.start.max(sentence.start)..self.tokens.end.min(sentence.end);
        // "it will pay $3bn" names its subject only in the attribution.
        let opens = self.class(tokens.start);
        let lacks_subject = WORDS.word(self.document.word(tokens.start), Class::Anaphor).is_some()
            || matches!(opens, WordClass::To | WordClass::Modal)
            || opens.is_verb();
        let lacks_verb = !tokens.clone().any(|at| self.class(at).is_verb());
        if tokens.start > self.numeral.tokens.start
            || tokens.end < self.numeral.tokens.end
            || lacks_subject
            || lacks_verb
        {
            tokens = sentence;
        }
        tokens.start = self.after_date_line(&tokens);
        let tokens = self.trimmed(tokens);
        if self.length(&tokens) <= MAX_WHOLE {
            return tokens;
        }
        let tokens = self.shortened(&tokens);
        self.trimmed(tokens)
    }

    /// Returns the part of `tokens` that fits: from the earliest point at which a clause with a subject begins to the last
    /// mark or clause that is not too far.
    fn shortened(&self, tokens: &Range<usize>) -> Range<usize> {
        let parsed = self.parsed.and_then(|number| self.document.parsed(number));
        let needed = self.needed(parsed, tokens.end);
        let fits = |range: &Range<usize>| self.length(range) <= MAX_CLAUSE;
        let starts = self.starts(parsed, tokens);
        let start = starts.iter().copied().find(|start| fits(&(*start..needed)));
        let Some(start) = start else { return self.cut(starts.last().copied().unwrap_or(tokens.start), needed) };
        let fitting = (needed..=tokens.end).rev().skip_while(|end| !fits(&(start..*end)));
        let mut ends = fitting.filter(|end| *end == tokens.end || self.ends_at(parsed, *end));
        let end = ends.next().unwrap_or(needed);
        start..end
    }

    /// Returns the tokens at which the words may begin, in order: the start of the statement, and of each clause around the
    /// number that has a subject of its own.
    fn starts(&self, parsed: Option<&Parsed>, tokens: &Range<usize>) -> Vec<usize> {
        let mut starts = vec![tokens.start];
        let number = self.numeral.tokens.start;
        if let Some(parsed) = parsed {
            let inside = parsed.syntax().clauses.iter().filter(|clause| {
                parsed.here(&clause.extent).contains(&self.numeral.digits) && clause.form == ClauseForm::Finite
            });
            starts.extend(inside.filter_map(|clause| self.start_of(parsed, clause)));
        }
        let separated = (tokens.start..number).filter(|at| matches!(self.document.word(*at), ";" | ":" | "--" | "—"));
        let names = |at: &usize| {
            let class = self.class(*at);
            let dependent = matches!(class, WordClass::Wh | WordClass::Subordinator | WordClass::Conjunction);
            !dependent && !class.is_verb() && WORDS.word(self.document.word(*at), Class::Anaphor).is_none()
        };
        starts.extend(separated.map(|at| at + 1).filter(names));
        starts.retain(|start| (tokens.start..=number).contains(start));
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// Returns the start of a clause with its subject, or with the noun that it describes; `None` if the subject is a
    /// pronoun or that of another clause.
    fn start_of(&self, parsed: &Parsed, clause: &Clause) -> Option<usize> {
        let subject = clause.subject.as_ref().filter(|subject| !subject.shared)?;
        if let Some(described) = subject.antecedent.as_ref().or(clause.described.as_ref()) {
            let start = parsed.here(described).start;
            let determiner = start.checked_sub(1).is_some_and(|at| {
                matches!(self.class(at), WordClass::Determiner | WordClass::Possessive) && at >= parsed.tokens.start
            });
            return Some(start - usize::from(determiner));
        }
        let start = parsed.here(&subject.whole).start;
        let named = WORDS.word(self.document.word(start), Class::Anaphor).is_none();
        named.then_some(start)
    }

    /// Returns the index after the last token without which the number cannot be understood: its noun with a complement,
    /// and the predicate if the number is in the subject.
    fn needed(&self, parsed: Option<&Parsed>, limit: usize) -> usize {
        /// Maximum number of tokens after the number.
        const FAR: usize = 12;
        let end = self.numeral.tokens.end;
        let mut needed = end;
        let first = end + usize::from(self.document.word(end) == "of");
        let first = first + usize::from(matches!(self.class(first), WordClass::Determiner | WordClass::Possessive));
        if let Some(phrase) = NounPhrase::read(self.document, first, limit) {
            needed = phrase.end_of_words(self.document, limit);
        }
        if let Some(parsed) = parsed {
            let number = self.numeral.digits;
            let subject = parsed.syntax().clauses.iter().find(|clause| {
                clause.subject.as_ref().is_some_and(|subject| parsed.here(&subject.whole).contains(&number))
            });
            if let Some(clause) = subject {
                needed = needed.max(parsed.here(&clause.verbs).end);
            }
        }
        let stop = (needed..limit.min(end + FAR)).find(|at| self.ends_at(parsed, *at));
        stop.unwrap_or(needed).min(limit).max(end)
    }

    /// Returns whether a part of the sentence ends before token `at`: at a mark, or where a clause begins.
    fn ends_at(&self, parsed: Option<&Parsed>, at: usize) -> bool {
        let word = self.document.word(at);
        let mark = self.class(at) == WordClass::Mark && !word.starts_with(['-', '\'', '’', '%', '$', '/', '.'])
            || matches!(word, "--" | "—" | "–");
        let opens = matches!(self.class(at), WordClass::Subordinator | WordClass::Wh);
        let clause = || {
            parsed.is_some_and(|parsed| {
                let mut clauses = parsed.syntax().clauses.iter();
                clauses.any(|clause| clause.opener.is_some_and(|opener| parsed.tokens.start + opener == at))
            })
        };
        mark || opens || clause()
    }

    /// Returns the tokens around the number that fit, with words before it left out.
    fn cut(&self, start: usize, end: usize) -> Range<usize> {
        let mut range = start..end.max(self.numeral.tokens.end);
        while range.start < self.numeral.tokens.start && self.length(&range) > MAX_CLAUSE {
            range.start += 1;
        }
        while range.end > self.numeral.tokens.end && self.length(&range) > MAX_CLAUSE {
            range.end -= 1;
        }
        range
    }

    fn length(&self, range: &Range<usize>) -> usize {
        self.document.span(range.clone()).len()
    }

    /// Returns the start of the sentence at `tokens` after a date line: "ORRA (Tarn Press) - ".
    fn after_date_line(&self, tokens: &Range<usize>) -> usize {
        /// Maximum number of tokens of a date line.
        const LONG: usize = 12;
        let limit = self.numeral.tokens.start.min(tokens.start + LONG);
        let dash = (tokens.start..limit)
            .find(|at| matches!(self.document.word(*at), "-" | "–" | "—" | "--" | "_" | ")_"))
            .filter(|at| *at > tokens.start);
        let Some(dash) = dash else { return tokens.start };
        let place = self.document.word(tokens.start);
        let capitals = place.len() > 1 && place.bytes().all(|byte| byte.is_ascii_uppercase());
        let closed = self.document.word(dash - 1) == ")";
        let spaced = self.document.tokens.get(dash + 1).is_some_and(|token| token.spaced);
        if (capitals || closed) && spaced { dash + 1 } else { tokens.start }
    }

    /// Returns `range` without marks and conjunctions at its ends, but with the number.
    fn trimmed(&self, mut range: Range<usize>) -> Range<usize> {
        let number = &self.numeral.tokens;
        let idle = |at: usize| {
            let mark = self.class(at) == WordClass::Mark && !matches!(self.document.word(at), "(" | ")" | "%" | "$");
            mark || self.class(at) == WordClass::Conjunction
        };
        while range.start < number.start && idle(range.start) {
            range.start += 1;
        }
        while range.end > number.end && idle(range.end - 1) {
            range.end -= 1;
        }
        let close = (range.end..range.end + 2).find(|at| matches!(self.document.word(*at), "”" | "\""));
        let marks = || range.clone().filter(|at| self.class(*at) == WordClass::Mark);
        let count = |listed: &[&str]| marks().filter(|at| listed.contains(&self.document.word(*at))).count();
        let open = close.is_some() && (count(&["“"]) > count(&["”"]) || count(&["\""]) % 2 == 1);
        match close.filter(|_| open) {
            Some(close) => range.start..close + 1,
            None => range,
        }
    }

    /// Returns the words of the sentence before that `clause` needs: those that a pronoun or "the attack" refers to.
    pub(super) fn context(&self, clause: &Range<usize>, resolved: &dyn Fn(Span) -> bool) -> Option<Span> {
        let named = |at: usize| {
            let known = || self.document.tokens.get(at).is_some_and(|token| resolved(token.span));
            self.guard.is_name(at) || self.class(at) == WordClass::Proper || known()
        };
        let others = |at: &usize| !self.numeral.tokens.contains(at);
        let says_little = self.length(clause) < SHORT && !clause.clone().filter(others).any(named);
        if !says_little && !self.refers_back(clause, resolved) {
            return None;
        }
        let before = self.document.sentences.get(self.number.checked_sub(1)?)?;
        if !self.guard.is_in_story(before.block) {
            return None;
        }
        let mut range = before.tokens.clone();
        range.start = self.after_date_line(&range).min(range.end);
        // "That number" is what the sentence before ends with.
        let pointing = clause.clone().take(2).any(|at| WORDS.word(self.document.word(at), Class::Pointing).is_some());
        while range.end > range.start && self.length(&range) > MAX_CONTEXT {
            if pointing {
                range.start += 1;
            } else {
                range.end -= 1;
            }
        }
        // Marks at the end say nothing, but a quotation mark may close one.
        while range.end > range.start && matches!(self.document.word(range.end - 1), "." | "," | ";" | ":") {
            range.end -= 1;
        }
        let span = self.document.span(range);
        (!span.is_empty()).then_some(span)
    }

    /// Returns whether a word of `clause` refers to something named earlier.
    fn refers_back(&self, clause: &Range<usize>, resolved: &dyn Fn(Span) -> bool) -> bool {
        let mut named = false;
        // "And 52 per cent of …" continues what the sentence before says.
        let first = self.sentence().start;
        if self.class(first) == WordClass::Conjunction && clause.start <= first + 1 {
            return true;
        }
        for at in clause.clone() {
            let class = self.class(at);
            let is = |listed: Class| WORDS.word(self.document.word(at), listed).is_some();
            let back = match class {
                WordClass::Pronoun | WordClass::Possessive if !named => {
                    let known = || self.document.tokens.get(at).is_some_and(|token| resolved(token.span));
                    is(Class::Anaphor) && !known() || is(Class::Pointing)
                }
                WordClass::Determiner if !named && self.document.word(at).eq_ignore_ascii_case("the") => {
                    self.is_bare(at + 1, clause.end)
                }
                WordClass::Pronoun | WordClass::Determiner | WordClass::Adjective | WordClass::Adverb => {
                    is(Class::Pointing)
                }
                _ => false,
            };
            if back {
                return true;
            }
            named |= !named && class.is_noun() && !self.guard.is_time(at);
        }
        !named
    }

    /// Returns whether the noun phrase at token `at`, after "the", says nothing but its noun: "the attack".
    fn is_bare(&self, at: usize, limit: usize) -> bool {
        let Some(phrase) = NounPhrase::read(self.document, at, limit).filter(|phrase| phrase.start == at) else {
            return false;
        };
        let named = (phrase.start..phrase.end).any(|at| self.class(at) == WordClass::Proper || self.guard.is_name(at));
        let next = phrase.end;
        let described = matches!(self.class(next), WordClass::Preposition | WordClass::Wh | WordClass::Possessive)
            || self.class(next) == WordClass::VerbParticiple && phrase.len() > 1;
        phrase.len() <= 2 && !named && !described
    }
}
