//! Time expressions as defined by TIMEX3 (ISO-TimeML), resolved on the calendar.
//!
//! Their forms are data: `crates/analysis/assets/times/patterns.txt` over the words of
//! `crates/analysis/assets/times/words.txt`. One pass over the sentences finds the longest pattern at each position;
//! its meaning is resolved in reading order against the reference date, the dates mentioned so far and the tense of the
//! sentence. Knows nothing of names, quotes or events.

mod anchor;
mod atom;
mod calendar;
mod clock;
mod context;
mod direction;
mod duration;
mod evidence;
mod governing;
mod guard;
mod holiday;
mod normalization;
mod numeral;
mod order;
mod pattern;
pub(crate) mod reference;
mod relative;
mod resolved;
mod table;
#[cfg(test)]
mod tests;
mod value;
mod vocabulary;

use super::document::Document;
use crate::lexicon::lists;
use atom::Atom;
use context::{Antecedent, Antecedents, Context, Direction};
use dateline_core::Named;
use dateline_core::text::Span;
use direction::Finding;
use guard::Site;
use jiff::civil::{Date, Weekday};
use normalization::Normalization;
use numeral::DateOrder;
use reference::Reference;
use resolved::{Captures, Resolved};
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::ops::Range;
use table::{Match, Prefix, Table, table};
use value::{Modifier, Unit};
use vocabulary::Class;

/// A time expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Timex {
    /// Byte span.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// TIMEX3 value: `2023-09-23`, `P3Y`, `PAST_REF` …
    pub value: String,
    /// First and last day, if it names an interval of the calendar.
    #[serde(with = "dateline_core::article::calendar::interval")]
    pub interval: Option<(Date, Date)>,
    /// Whether the interval was inferred from another date rather than spelt out.
    pub relative: bool,
    /// Whether a length of time is counted from it, so that it does not date an event: "two weeks after the vote of
    /// 5 May".
    #[serde(default)]
    pub anchor: bool,
    /// Probability that the interval is right, as far as it depends on whether the sentence looks back or ahead, or on
    /// the order of day and month; 1 if it depends on neither.
    #[serde(default = "certain")]
    pub confidence: f32,
}

impl Timex {
    /// Returns whether the interval is likely enough to be wrong that readers should be warned.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        /// Confidence from which an interval needs no mark.
        const SURE: f32 = 0.75;
        self.interval.is_some() && self.confidence < SURE
    }
}

/// Returns the confidence of times stored before there was one.
const fn certain() -> f32 {
    1.0
}

/// Confidence in a date whose order of day and month is that of other dates: "3/4/2021".
const UNORDERED: f32 = 0.6;

/// The TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimexKind {
    /// A calendar day or longer.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
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

/// Time expressions of a document before its reference date is known. They are found when they are first asked for,
/// because only an article without a date needs them.
#[derive(Debug)]
pub(crate) struct UnresolvedTimes<'a> {
    document: &'a Document<'a>,
    found: OnceCell<Reading>,
}

impl<'a> UnresolvedTimes<'a> {
    /// Wraps a document without reading it.
    #[must_use]
    pub(crate) const fn new(document: &'a Document<'a>) -> Self {
        Self { document, found: OnceCell::new() }
    }

    /// Returns the dates and weekdays of the document as evidence of its own date.
    pub(super) fn undated(&self) -> Vec<Undated> {
        let every_sentence = 0..self.document.sentences.len();
        let found = self.found.get_or_init(|| read(self.document, every_sentence, None));
        found.times.iter().filter_map(|time| undated_time(self.document, time)).collect()
    }

    /// Returns all time expressions in order, relative ones counted from `reference`; none overlap. Reads again only the
    /// sentences in which a pattern matches, because no other can have a time.
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

/// Time expressions of some sentences.
#[derive(Debug)]
struct Reading {
    times: Vec<Timex>,
    /// Sentences in which a pattern matches, in order.
    matched: Vec<usize>,
}

/// Finds the time expressions of `sentences`, which ascend, and counts relative ones from `reference`.
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

/// A time expression as written, before any reference date is known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Undated {
    /// Byte span.
    pub span: Span,
    /// The day, if it is spelt out with its year.
    pub day: Option<Date>,
    /// The year, if it is spelt out.
    pub year: Option<i16>,
    /// Month and day, if the year is missing.
    pub month_day: Option<(i8, i8)>,
    /// The weekday, if there is nothing else.
    pub weekday: Option<Weekday>,
    /// Whether the expression includes a weekday.
    pub with_weekday: bool,
    /// Whether its sentence looks ahead.
    pub ahead: bool,
}

/// Converts a time to evidence of when the article was written; `None` if it is not evidence of that.
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
        ahead: direction::find_roughly(document, sentence, &tokens).direction == Direction::Future,
    })
}

/// Reads a document sentence by sentence.
struct TimexFinder<'a> {
    document: &'a Document<'a>,
    reference: Option<Date>,
    table: &'static Table,
    antecedents: Antecedents,
    atoms: Vec<Atom>,
    matches: Vec<Match>,
    found: Vec<Timex>,
    /// Sentences in which a pattern matches, in order.
    matched: Vec<usize>,
    /// Clock times without a day in the current sentence, as indices into `found`.
    dayless: Vec<usize>,
    /// Order of day and month in numeric dates, found when the first one needs it.
    order: OnceCell<DateOrder>,
}

/// Resolved words of a pattern with their interpretation.
type Meaning = (Resolved, Normalization);

impl TimexFinder<'_> {
    /// Finds the expressions of one sentence.
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

    /// Reads the expression at atom `at`, if there is one. Returns the number of atoms that it takes.
    fn expression(&mut self, sentence: usize, atoms: &[Atom], at: usize) -> usize {
        if let Some(Prefix { modifier, interpretations }) = self.table.prefix(atoms, at)
            && let length = interpretations.len()
            && let Some((taken, Some((resolved, normalization)))) = self.core(sentence, atoms, at + length)
            && fits(modifier, normalization, &resolved)
            && !(modifier == Modifier::Approximate && self.is_definite(atoms, at + length))
            && !(modifier == Modifier::Counted && self.is_length(atoms, at))
            && let Some(resolved) = match modifier {
                Modifier::Counted => anchor::counted_from(&Captures(&interpretations), &resolved),
                _ => resolved.shifted(modifier.days()),
            }
        {
            self.keep(sentence, atoms, at..at + length + taken, resolved, normalization);
            return length + taken;
        }
        let Some((taken, found)) = self.core(sentence, atoms, at) else { return 0 };
        if let Some((resolved, normalization)) = found {
            self.keep(sentence, atoms, at..at + taken, resolved, normalization);
        }
        taken
    }

    /// Returns whether "the" is at atom `at`, because "over the first two years" is not an estimate.
    fn is_definite(&self, atoms: &[Atom], at: usize) -> bool {
        atoms.get(at).is_some_and(|atom| atom.span.of(self.document.text).eq_ignore_ascii_case("the"))
    }

    /// Returns whether the words before atom `at` make the length after them a duration: "for two weeks before Easter".
    fn is_length(&self, atoms: &[Atom], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| atoms.get(before));
        before.is_some_and(|before| lists::BEFORE_LENGTHS.contains_any_case(before.span.of(self.document.text)))
    }

    /// Finds the longest pattern at atom `at` whose guard holds and that has a meaning. Returns its number of atoms. What
    /// is known not to be a time takes its atoms without a meaning: "31 February 2023" is not February.
    fn core(&mut self, sentence: usize, atoms: &[Atom], at: usize) -> Option<(usize, Option<Meaning>)> {
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
            let resolved = self.read(sentence, atoms, at..end, found);
            // A match without meaning here may have another interpretation, unless it is known not to be a time.
            match resolved {
                Some(resolved) => Some((found.length, Some((resolved, found.rule.normalization)))),
                None => {
                    let captures = Captures(&found.interpretations);
                    let length = found.rule.normalization.rejected(found.length, &captures)?;
                    Some((length, None))
                }
            }
        });
        self.matches = matches;
        found
    }

    /// Resolves a match in its context.
    fn read(&self, sentence: usize, atoms: &[Atom], range: Range<usize>, found: &Match) -> Option<Resolved> {
        let whole = self.document.sentences.get(sentence)?;
        let tokens = tokens_of(atoms, &range, whole.tokens.end);
        let look = || self.direction(sentence, &tokens);
        let begin = self.range_begin(atoms.get(range.start)?.span.start);
        let context = Context::at(self.reference, &self.antecedents, &look, sentence, whole.block).from(begin);
        let order = || *self.order.get_or_init(|| order::find(self.document));
        let context = context.until(self.ending(atoms, range.end)).ordered(&order);
        let captures = Captures(&found.interpretations);
        let resolved = found.rule.normalization.read(&captures, &context)?;
        let swapped = captures.get(Class::Calendar).is_some_and(numeral::is_swappable);
        let confidence = if swapped { UNORDERED } else { context.confidence() };
        Some(Resolved { confidence, ..resolved })
    }

    /// Returns the direction at tokens `expression` of a sentence.
    fn direction(&self, sentence: usize, expression: &Range<usize>) -> Finding {
        let find = if self.reference.is_some() { direction::find } else { direction::find_roughly };
        find(self.document, sentence, expression)
    }

    /// Returns the month of the date after "ended" or "ending" at atom `at`.
    fn ending(&self, atoms: &[Atom], at: usize) -> Option<i32> {
        let word = atoms.get(at)?.span.of(self.document.text);
        let month = atoms.get(at + 1).filter(|_| matches!(word, "ended" | "ending"))?;
        month.interpretations.value(Class::Month)
    }

    /// Returns the day of the preceding expression, if "to" or "through" joins it to the one at byte `at`.
    fn range_begin(&self, at: usize) -> Option<Date> {
        let before = self.found.last()?;
        let between = self.document.text.get(before.span.end..at)?;
        let joined = matches!(between.trim(), "to" | "through" | "-" | "–" | "until" | "till");
        before.interval.filter(|(begin, end)| joined && begin == end).map(|(begin, _)| begin)
    }

    /// Records an expression and updates the story's current time.
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
            self.antecedents.note(Antecedent { point, sentence, block: whole.block, spelt, dates_event, ahead });
            if point.is_day() {
                self.give_day(point.date, first.span.start);
            } else if normalization == Normalization::Clock && !names_day(atoms.get(range.clone()).unwrap_or_default())
            {
                self.dayless.push(self.found.len());
            }
        } else if resolved.kind == TimexKind::Duration && resolved.value.ends_with('M') {
            self.antecedents.note_months();
        }
        let anchor = resolved.kind != TimexKind::Duration && anchor::is_anchor(self.document, sentence, first.token);
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

    /// Assigns the day named at byte `at` to the clock times that lead up to it: "at 10:35 a.m. (0735 GMT) on Friday".
    fn give_day(&mut self, day: Date, at: usize) {
        let mut next = at;
        while let Some(time) = self.dayless.pop().and_then(|index| self.found.get_mut(index)) {
            let between = self.document.text.get(time.span.end..next).unwrap_or_default();
            let Some(clock) = time.value.find('T').filter(|_| joins(between)) else { break };
            time.value.replace_range(..clock, &day.to_string());
            time.interval = Some((day, day));
            next = time.span.start;
        }
        self.dayless.clear();
    }
}

/// Returns the tokens of a range of atoms in the sentence that ends at token `end`.
fn tokens_of(atoms: &[Atom], range: &Range<usize>, end: usize) -> Range<usize> {
    let first = atoms.get(range.start).map_or(end, |atom| atom.token);
    first..atoms.get(range.end).map_or(end, |atom| atom.token.max(first + 1))
}

/// Returns whether only brackets, commas and "on" separate two times.
fn joins(between: &str) -> bool {
    let mark = |character: char| character.is_whitespace() || matches!(character, '(' | ')' | ',');
    between.len() < 10 && matches!(between.trim_matches(mark), "" | "on")
}

/// Returns whether a clock time names its day.
fn names_day(atoms: &[Atom]) -> bool {
    const NAMES: [Class; 5] = [Class::Month, Class::Weekday, Class::ShortDay, Class::Calendar, Class::DayWord];
    atoms.iter().any(|atom| NAMES.iter().any(|class| atom.interpretations.value(*class).is_some()))
}

/// Returns whether a modifier fits what follows: "early 1990", "about two years", not "over the last year".
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
        // "early Wednesday morning", not "late 10 p.m."
        _ => resolved.kind == TimexKind::Date || resolved.point.is_some_and(|point| point.part.is_some()),
    }
}
