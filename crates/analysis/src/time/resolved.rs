//! Words captured by a pattern, and the value to which the words are resolved. Shared by calendar dates, relative times
//! and durations.

use super::TimexKind;
use super::value::{Point, Unit, moved};
use super::vocabulary::{Class, Interpretation};
use jiff::civil::Date;

/// Interpretations of the words captured by a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Captures<'a>(pub &'a [Interpretation]);

impl Captures<'_> {
    /// Returns the value of the first word captured as `class`.
    pub(super) fn get(&self, class: Class) -> Option<i32> {
        self.all(class).next()
    }

    /// Returns the values of all words captured as `class`.
    pub(super) fn all(&self, class: Class) -> impl Iterator<Item = i32> {
        self.0
            .iter()
            .filter(move |interpretation| interpretation.symbol == class.symbol())
            .map(|interpretation| interpretation.value)
    }

    /// Returns whether a word was captured as `class`.
    #[inline]
    pub(super) fn has(&self, class: Class) -> bool {
        self.get(class).is_some()
    }

    /// Returns the captured unit of time, singular or plural.
    pub(super) fn unit(&self) -> Option<Unit> {
        Unit::numbered(self.get(Class::Unit).or_else(|| self.get(Class::Units))?)
    }

    /// Returns all captured days of a month, in text order, as in "3 and 7" or "the 3rd and the 7th".
    pub(super) fn days(&self) -> impl Iterator<Item = i32> {
        let day = |symbol| symbol == Class::Day.symbol() || symbol == Class::Ordinal.symbol();
        let found = self.0.iter().filter(move |interpretation| day(interpretation.symbol));
        found.map(|interpretation| interpretation.value)
    }

    /// Returns all captured units of time, singular or plural, in text order.
    pub(super) fn units(&self) -> impl Iterator<Item = Unit> {
        let unit = |symbol| symbol == Class::Unit.symbol() || symbol == Class::Units.symbol();
        let found = self.0.iter().filter(move |interpretation| unit(interpretation.symbol));
        found.filter_map(|interpretation| Unit::numbered(interpretation.value))
    }

    /// Returns -1 for "last", 0 for "this" or 1 for "next", if such a word was captured.
    pub(super) fn step(&self) -> Option<i32> {
        [Class::Last, Class::Next, Class::This, Class::Previous, Class::Following]
            .into_iter()
            .find_map(|class| self.get(class))
    }
}

/// Resolved value of a time expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    /// TIMEX3 type of the expression.
    pub kind: TimexKind,
    /// TIMEX3 value of the expression.
    pub value: String,
    /// Point on the calendar, if the value is a single point.
    pub point: Option<Point>,
    /// First and last day of the value, if it can be placed on the calendar.
    pub interval: Option<(Date, Date)>,
    /// Whether the value was inferred from another date.
    pub relative: bool,
    /// Probability that the interval is correct, from 0 to 1.
    pub confidence: f32,
}

impl Resolved {
    /// Creates a value that is a point on the calendar.
    pub(super) fn point(point: Point, relative: bool) -> Self {
        let kind = if point.is_time() { TimexKind::Time } else { TimexKind::Date };
        Self { kind, value: point.value(), point: Some(point), interval: point.interval(), relative, confidence: 1.0 }
    }

    /// Moves a point by a number of days. Returns `None` if the result is outside the calendar.
    pub(super) fn shifted(self, days: i64) -> Option<Self> {
        match self.point.filter(|_| days != 0) {
            Some(point) => Some(Self::point(Point::day(moved(point.date, Unit::Day, days)?), self.relative)),
            None => Some(self),
        }
    }

    /// Creates a value that cannot be placed on the calendar.
    pub(super) fn open(kind: TimexKind, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), point: None, interval: None, relative: true, confidence: 1.0 }
    }
}
