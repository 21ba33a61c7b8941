//! Time expressions as defined by TIMEX3 (ISO-TimeML), resolved to calendar dates.
//!
//! Patterns are read from `crates/analysis/assets/times/patterns.txt`, and their words from
//! `crates/analysis/assets/times/words.txt`. One pass over the sentences finds the longest pattern at each position.
//! Each match is resolved in reading order against the reference date, the dates mentioned so far and the tense of the
//! sentence. This module does not depend on names, quotes or events.

mod anchor;
mod atom;
mod calendar;
mod clock;
mod context;
mod counted_from;
mod direction;
mod duration;
mod evidence;
mod finding;
mod governing;
mod guard;
mod holiday;
mod normalization;
mod numeral;
mod order;
mod outcome;
mod pattern;
pub(crate) mod reference;
mod relative;
mod resolved;
mod scene;
mod surroundings;
mod table;
#[cfg(test)]
mod tests;
mod value;
mod vocabulary;

use super::document::Document;
use atom::Atom;
use context::{Antecedent, Antecedents, Context};
use dateline_core::Named;
use dateline_core::text::Span;
use finding::{Direction, Finding};
use guard::Site;
use jiff::civil::{Date, Weekday};
use normalization::Normalization;
use numeral::DateOrder;
use reference::Reference;
use resolved::{Captures, Resolved};
use scene::Role;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::ops::Range;
use table::{Match, Prefix, Table, table};
use value::{Modifier, Unit};
use vocabulary::Class;

/// Time expression in a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timex {
    /// Byte span of the time expression.
    pub span: Span,
    /// TIMEX3 type of the expression.
    pub kind: TimexKind,
    /// TIMEX3 value of the expression, such as `2023-09-23`, `P3Y` or `PAST_REF`.
    pub value: String,
    /// First and last day of the expression, if it can be placed on the calendar.
    #[serde(with = "crate::interval")]
    pub interval: Option<(Date, Date)>,
    /// Whether the interval was inferred from another date rather than spelt out.
    pub relative: bool,
    /// Whether a duration is counted from this expression, as in "two weeks after the vote of 5 May". Such an
    /// expression does not date an event.
    #[serde(default)]
    pub anchor: bool,
    /// Probability, from 0 to 1, that the interval is correct. Accounts for only two causes of error: a wrong direction
    /// of the sentence (past or future), and an ambiguous order of day and month.
    #[serde(default = "certain")]
    pub confidence: f32,
}

impl Timex {
    /// Returns whether the interval is so uncertain that users should be warned.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        /// Minimum confidence for an interval to be shown without a warning.
        const SURE: f32 = 0.75;
        self.interval.is_some() && self.confidence < SURE
    }
}

/// Returns the default confidence, for times stored by versions that did not record one.
const fn certain() -> f32 {
    1.0
}

/// Confidence in a numeric date with an ambiguous order of day and month, such as "3/4/2021".
const UNORDERED: f32 = 0.6;

/// Type of a time expression in TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimexKind {
    /// Calendar day or longer period.
    Date,
    /// Time of day.
    Time,
    /// Length of time.
    Duration,
    /// Recurring time.
    Set,
}

impl Named for TimexKind {
    fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// Time expressions of a document whose reference date is not yet known. The expressions are found on first use,
/// because only undated articles need them.
#[derive(Debug)]
pub(crate) struct UnresolvedTimes<'a> {
    document: &'a Document<'a>,
    found: OnceCell<Reading>,
}

impl<'a> UnresolvedTimes<'a> {
    /// Wraps a document without analysing it.
    #[must_use]
    pub(crate) const fn new(document: &'a Document<'a>) -> Self {
        Self { document, found: OnceCell::new() }
    }

    /// Returns the dates and weekdays in the document, as evidence of the document's own date.
    pub(super) fn undated(&self) -> Vec<Undated> {
        let every_sentence = 0..self.document.sentences.len();
        let found = self.found.get_or_init(|| read(self.document, every_sentence, None));
        found.times.iter().filter_map(|time| undated_time(self.document, time)).collect()
    }

    /// Returns all time expressions in text order, without overlaps. Relative expressions are counted from `reference`.
    /// Sentences known to contain no pattern are skipped.
    #[must_use]
    pub(crate) fn resolve(self, reference: Option<&Reference>) -> Vec<Timex> {
        let date = reference.map(|reference| reference.date);
        match self.found.into_inner() {
            Some(found) if date.is_none() => found.times,
            Some(found) => read(self.document, found.matched.into_iter(), date).times,
            None => read(self.document, 0..self.document.sentences.len(), date).times,
        }
    }
}

/// Time expressions found in a set of sentences.
#[derive(Debug)]
struct Reading {
    times: Vec<Timex>,
    /// Indices of the sentences in which a pattern matches, in ascending order.
    matched: Vec<usize>,
}

/// Finds the time expressions in `sentences`, which must be in ascending order. Relative expressions are counted from
/// `reference`.
fn read(document: &Document<'_>, sentences: impl Iterator<Item = usize>, reference: Option<Date>) -> Reading {
    let mut finder = TimexFinder {
        document,
        reference,
        table: table(),
        antecedents: Antecedents::default(),
        atoms: Vec::new(),
        matches: Vec::new(),
        found: Vec::new(),
        matched: Vec::new(),
        dayless: Vec::new(),
        order: OnceCell::new(),
    };
    for index in sentences {
        finder.sentence(index);
    }
    Reading { times: finder.found, matched: finder.matched }
}

/// Time expression found without a reference date.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Undated {
    /// Byte span of the time expression.
    pub span: Span,
    /// Day, if it is spelt out with its year.
    pub day: Option<Date>,
    /// Year, if it is spelt out.
    pub year: Option<i16>,
    /// Month and day, if the date has no year.
    pub month_day: Option<(i8, i8)>,
    /// Weekday, if the expression consists only of a weekday.
    pub weekday: Option<Weekday>,
    /// Whether the expression includes a weekday.
    pub with_weekday: bool,
    /// Whether the sentence around the expression is about the future.
    pub ahead: bool,
}

/// Converts a time expression to evidence for the article's date. Returns `None` if the expression is not in a
/// sentence.
fn undated_time(document: &Document<'_>, time: &Timex) -> Option<Undated> {
    let number = |range: std::ops::Range<usize>| time.value.get(range).and_then(|digits| digits.parse::<i8>().ok());
    let spelt = time.interval.filter(|_| !time.relative);
    let tokens = document.tokens_in(time.span);
    let sentence = document.sentence_of(tokens.start)?;
    let weekday = time.value.strip_prefix("XXXX-WXX-").and_then(|rest| rest.get(..1)?.parse().ok());
    Some(Undated {
        span: time.span,
        day: spelt.filter(|(begin, end)| begin == end).map(|(begin, _)| begin),
        year: spelt.map(|(begin, _)| begin.year()),
        month_day: time.value.strip_prefix("XXXX-").and_then(|_| number(5..7).zip(number(8..10))),
        weekday: weekday.filter(|_| time.kind != TimexKind::Set).and_then(value::weekday),
        with_weekday: document.tokens.get(tokens.clone()).is_some_and(|tokens| {
            tokens.iter().any(|token| {
                table().vocabulary.interpretations(token.span.of(document.text)).value(Class::Weekday).is_some()
            })
        }),
        ahead: governing::rough_direction(document, sentence, &tokens).direction == Direction::Future,
    })
}

/// Finds the time expressions of a document, sentence by sentence.
struct TimexFinder<'a> {
    document: &'a Document<'a>,
    reference: Option<Date>,
    table: &'static Table,
    antecedents: Antecedents,
    atoms: Vec<Atom>,
    matches: Vec<Match>,
    found: Vec<Timex>,
    /// Indices of the sentences in which a pattern matches, in ascending order.
    matched: Vec<usize>,
    /// Clock times without a day in the current sentence, as indices into `found`.
    dayless: Vec<usize>,
    /// Order of day and month in numeric dates, determined when first needed.
    order: OnceCell<DateOrder>,
}

/// Resolved value of a match, and the rule that resolved it.
type Meaning = (Resolved, Normalization);

impl TimexFinder<'_> {
    /// Finds the time expressions in the sentence at `index`.
    fn sentence(&mut self, index: usize) {
        let Some(sentence) = self.document.sentences.get(index) else { return };
        self.dayless.clear();
        let tokens = sentence.tokens.clone();
        let mut atoms = std::mem::take(&mut self.atoms);
        if atom::atoms(self.document, tokens, &self.table.vocabulary, self.table.joints, &mut atoms) {
            let mut at = 0;
            while at < atoms.len() {
                let length = if atoms[at].interpretations.is_empty() { 0 } else { self.expression(index, &atoms, at) };
                at += length.max(1);
            }
        }
        self.atoms = atoms;
    }

    /// Reads the time expression at atom `at`, if there is one. Returns the number of atoms consumed.
    fn expression(&mut self, sentence: usize, atoms: &[Atom], at: usize) -> usize {
        if let Some(Prefix { modifier, interpretations }) = self.table.prefix(atoms, at)
            && let length = interpretations.len()
            && let Some((taken, Some((resolved, normalization)))) = self.core(sentence, atoms, at, at + length)
            && fits(modifier, normalization, &resolved)
            && !(modifier == Modifier::Approximate && (self.is_definite(atoms, at + length) || self.is_over(atoms, at)))
            && (!matches!(modifier, Modifier::Before | Modifier::After) || atoms[at + length].hyphened)
            && !(modifier == Modifier::Counted && self.is_length(atoms, at))
            && let Some(resolved) = match modifier {
                Modifier::Counted => anchor::counted_from(&Captures(&interpretations), &resolved),
                _ => resolved.shifted(modifier.days()),
            }
        {
            self.keep(sentence, atoms, at..at + length + taken, resolved, normalization);
            return length + taken;
        }
        let Some((taken, found)) = self.core(sentence, atoms, at, at) else { return 0 };
        if let Some((resolved, normalization)) = found {
            self.keep(sentence, atoms, at..at + taken, resolved, normalization);
        }
        taken
    }

    /// Finds the longest pattern at atom `at` whose guard holds and whose words can be resolved. Returns the number of
    /// atoms and their meaning. Words known not to be a time are consumed but have no meaning, so that "31 February
    /// 2023" is not read as February. The expression begins at atom `from`, which may be a modifier such as "late".
    fn core(&mut self, sentence: usize, atoms: &[Atom], from: usize, at: usize) -> Option<(usize, Option<Meaning>)> {
        let mut matches = std::mem::take(&mut self.matches);
        self.table.matches(atoms, at, &mut matches);
        if !matches.is_empty() && self.matched.last() != Some(&sentence) {
            self.matched.push(sentence);
        }
        let found = matches.iter().find_map(|found: &Match| {
            let end = at + found.length;
            let site = Site { document: self.document, atoms, start: at, end };
            if !found.rule.guard.holds(&site) {
                return None;
            }
            let resolved = self.read(sentence, atoms, from, at..end, found);
            // If this match cannot be resolved, try a shorter match, unless the words are known not to be a time.
            if let Some(resolved) = resolved {
                return Some((found.length, Some((resolved, found.rule.normalization))));
            }
            let captures = Captures(&found.interpretations);
            let length = found.rule.normalization.rejected(found.length, &captures)?;
            Some((length, None))
        });
        self.matches = matches;
        found
    }

    /// Resolves a match in the context of its sentence. `from` is the first atom of the expression with its modifier.
    fn read(
        &self,
        sentence: usize,
        atoms: &[Atom],
        from: usize,
        range: Range<usize>,
        found: &Match,
    ) -> Option<Resolved> {
        let whole = self.document.sentences.get(sentence)?;
        let tokens = tokens_of(atoms, &(from..range.end), whole.tokens.end);
        let look = || self.direction(sentence, &tokens);
        let start = atoms.get(range.start)?.span.start;
        let (begin, listed) = (self.range_begin(start), self.listed_before(start));
        let context =
            Context::at(self.reference, &self.antecedents, &look, sentence, whole.block).from(begin).listed(listed);
        let order = || *self.order.get_or_init(|| order::find(self.document));
        let updated = self.document.article.modified.as_ref().map(|modified| modified.date);
        let context = context.until(self.ending(atoms, range.end)).ordered(&order).updated(updated);
        let captures = Captures(&found.interpretations);
        let resolved = found.rule.normalization.read(&captures, &context)?;
        let swapped = captures.get(Class::Calendar).is_some_and(numeral::is_swappable);
        let confidence = if swapped { UNORDERED } else { context.confidence() };
        Some(Resolved { confidence, ..resolved })
    }

    /// Returns the direction (past or future) of the sentence around the tokens `expression`.
    fn direction(&self, sentence: usize, expression: &Range<usize>) -> Finding {
        let find = if self.reference.is_some() { governing::direction } else { governing::rough_direction };
        find(self.document, sentence, expression)
    }

    /// Records a time expression and updates the dates mentioned so far.
    fn keep(
        &mut self,
        sentence: usize,
        atoms: &[Atom],
        range: Range<usize>,
        resolved: Resolved,
        normalization: Normalization,
    ) {
        let (Some(first), Some(last)) = (atoms.get(range.start), atoms.get(range.end - 1)) else { return };
        let Some(whole) = self.document.sentences.get(sentence) else { return };
        if let Some(point) = resolved.point.filter(|_| normalization.moves_context()) {
            let lead = first.token.checked_sub(1).map_or("", |before| self.document.word(before));
            let spelt = !resolved.relative;
            let dates_event = spelt && (lead.eq_ignore_ascii_case("in") || lead.eq_ignore_ascii_case("on"));
            let tokens = tokens_of(atoms, &range, whole.tokens.end);
            let ahead = || self.direction(sentence, &tokens).direction == Direction::Future;
            let ahead = point.unit == Unit::Quarter && ahead();
            let role = if normalization.refers_back() {
                Role::Anaphor
            } else {
                scene::role(self.document, &whole.tokens, &tokens, point.unit)
            };
            let block = whole.block;
            self.antecedents.note(Antecedent { point, sentence, block, spelt, dates_event, ahead, role });
            if spelt {
                self.give_year(point, first.span.start);
            }
            if point.is_day() {
                self.give_day(point.date, first.span.start);
            } else if normalization == Normalization::Clock && !names_day(atoms.get(range.clone()).unwrap_or_default())
            {
                self.dayless.push(self.found.len());
            }
        } else if resolved.kind == TimexKind::Duration && resolved.value.ends_with('M') {
            self.antecedents.note_months();
        }
        let anchor =
            resolved.kind != TimexKind::Duration && counted_from::is_anchor(self.document, sentence, first.token);
        self.found.push(Timex {
            anchor,
            span: first.span.join(last.span),
            kind: resolved.kind,
            value: resolved.value,
            interval: resolved.interval,
            relative: resolved.relative,
            confidence: resolved.confidence,
        });
    }
}

/// Returns the tokens of a range of atoms. `end` is the end of the sentence, in tokens.
fn tokens_of(atoms: &[Atom], range: &Range<usize>, end: usize) -> Range<usize> {
    let first = atoms.get(range.start).map_or(end, |atom| atom.token);
    first..atoms.get(range.end).map_or(end, |atom| atom.token.max(first + 1))
}

/// Returns whether a clock time includes its day.
fn names_day(atoms: &[Atom]) -> bool {
    const NAMES: [Class; 5] = [Class::Month, Class::Weekday, Class::ShortDay, Class::Calendar, Class::DayWord];
    atoms.iter().any(|atom| NAMES.iter().any(|class| atom.interpretations.value(*class).is_some()))
}

/// Returns whether a modifier can modify the expression after it. For example, "early" can modify "1990" and "about"
/// can modify "two years", but "over" is not a modifier in "over the last year".
fn fits(modifier: Modifier, normalization: Normalization, resolved: &Resolved) -> bool {
    match modifier {
        Modifier::Approximate => {
            matches!(
                normalization,
                Normalization::Duration
                    | Normalization::Couple
                    | Normalization::HalfDuration
                    | Normalization::Ago
                    | Normalization::Set
            )
        }
        Modifier::DayBefore | Modifier::DayAfter => resolved.point.is_some_and(value::Point::is_day),
        Modifier::Counted => true,
        // Parts of a day can be modified, but clock times cannot: "early Wednesday morning", not "late 10 p.m."
        _ => resolved.kind == TimexKind::Date || resolved.point.is_some_and(|point| point.part.is_some()),
    }
}
