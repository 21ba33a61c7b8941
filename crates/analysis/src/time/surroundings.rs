//! Words around a time expression that are not part of it but decide whether and how it is read: modifiers that are
//! prepositions, ranges and lists of dates, and days and years given after the expression.

use super::TimexFinder;
use super::TimexKind;
use super::atom::Atom;
use super::table::table;
use super::value::{Point, Unit, civil};
use super::vocabulary::Class;
use crate::lexicon::lists;
use crate::pos::PennTag;
use crate::word_class::Trait;
use jiff::civil::Date;

impl TimexFinder<'_> {
    /// Returns whether atom `at` is "the". A duration with "the" is not an estimate, as in "over the first two years".
    pub(super) fn is_definite(&self, atoms: &[Atom], at: usize) -> bool {
        atoms.get(at).is_some_and(|atom| atom.span.of(self.document.text).eq_ignore_ascii_case("the"))
    }

    /// Returns whether atom `at` is the preposition or particle "over" rather than a synonym of "more than", as in "rose
    /// 5% over ten years" or "took over two years ago".
    pub(super) fn is_over(&self, atoms: &[Atom], at: usize) -> bool {
        let Some(atom) = atoms.get(at).filter(|atom| atom.span.of(self.document.text) == "over") else { return false };
        let before = at.checked_sub(1).and_then(|before| atoms.get(before));
        let length = before.is_none_or(|before| {
            before.interpretations.value(Class::BeforeLength).is_some()
                || self.document.senses.get(before.token).is_some_and(|senses| senses.has(Trait::Be))
                || matches!(before.span.of(self.document.text), "'s" | "’s")
        });
        !length || self.document.penn(atom.token) == PennTag::Rp
    }

    /// Returns whether the word before atom `at` shows that a duration follows, as in "for two weeks before Easter".
    pub(super) fn is_length(&self, atoms: &[Atom], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| atoms.get(before));
        before.is_some_and(|before| lists::BEFORE_LENGTHS.contains_any_case(before.span.of(self.document.text)))
    }

    /// Returns the month of the date that follows "ended" or "ending" at atom `at`.
    pub(super) fn ending(&self, atoms: &[Atom], at: usize) -> Option<i32> {
        let word = atoms.get(at)?.span.of(self.document.text);
        let month = atoms.get(at + 1).filter(|_| matches!(word, "ended" | "ending"))?;
        month.interpretations.value(Class::Month)
    }

    /// Returns the day of the previous expression if a word such as "to" or "through" joins it to the expression at
    /// byte `at`.
    pub(super) fn range_begin(&self, at: usize) -> Option<Date> {
        let before = self.found.last()?;
        let between = self.document.text.get(before.span.end..at)?;
        let joined = matches!(between.trim(), "to" | "through" | "-" | "–" | "until" | "till");
        before.interval.filter(|(begin, end)| joined && begin == end).map(|(begin, _)| begin)
    }

    /// Returns the day of the previous expression if it is directly before the expression at byte `at` in a list, as in
    /// "July 10 and 11", and whether that day was inferred.
    pub(super) fn listed_before(&self, at: usize) -> Option<(Date, bool)> {
        let before = self.found.last()?;
        let between = self.document.text.get(before.span.end..at)?;
        let listed = matches!(between.trim(), "," | "and" | ", and" | "or" | ", or" | "&");
        // A year at the end would be far from the next day: "July 10, 2021, and 11 others".
        let words = before.span.of(self.document.text);
        let day = words
            .rsplit(' ')
            .next()
            .is_some_and(|last| last.len() < 3 && last.bytes().all(|byte| byte.is_ascii_digit()));
        before.interval.filter(|(begin, end)| listed && day && begin == end).map(|(begin, _)| (begin, before.relative))
    }

    /// Assigns the day mentioned at byte `at` to the clock times directly before it, as in "at 10:35 a.m. (0735 GMT) on
    /// Friday".
    pub(super) fn give_day(&mut self, day: Date, at: usize) {
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

    /// Assigns the year of `end`, mentioned at byte `at`, to the month or day before it in a range or list, as in "from
    /// March to June 2015" or "on May 3 and June 9, 2015".
    pub(super) fn give_year(&mut self, end: Point, at: usize) {
        let Some(begin) = self.found.last_mut().filter(|begin| begin.relative && begin.kind == TimexKind::Date) else {
            return;
        };
        let (Some(between), Some((first, _))) = (self.document.text.get(begin.span.end..at), begin.interval) else {
            return;
        };
        let joined = matches!(between.trim(), "to" | "through" | "until" | "till" | "and" | "or" | "-" | "–");
        let words = begin.span.of(self.document.text);
        let mut named = words
            .split(|mark: char| !mark.is_ascii_alphanumeric())
            .map(|word| table().vocabulary.interpretations(word));
        let month = named.any(|word| word.value(Class::Month).is_some()) && !words.contains("year");
        if !joined || !month || !matches!(end.unit, Unit::Month | Unit::Day) {
            return;
        }
        let year = i32::from(end.date.year());
        let within =
            |year| civil(year, i32::from(first.month()), i32::from(first.day())).filter(|date| *date <= end.date);
        let unit = if begin.value.len() == "2015-03".len() { Unit::Month } else { Unit::Day };
        let moved = within(year).or_else(|| within(year - 1)).and_then(|date| Point::around(date, unit));
        if let Some(point) = moved {
            begin.value = point.value();
            begin.interval = point.interval();
            begin.confidence = 1.0;
        }
    }
}

/// Returns whether the text between two times consists only of brackets, commas and "on".
fn joins(between: &str) -> bool {
    let mark = |character: char| character.is_whitespace() || matches!(character, '(' | ')' | ',');
    between.len() < 10 && matches!(between.trim_matches(mark), "" | "on")
}
