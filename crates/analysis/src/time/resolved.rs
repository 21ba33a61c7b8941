//! Captured words of a pattern and the value that they resolve to: common parts of the resolution of calendar dates,
//! relative times and durations.

use super::TimexKind;
use super::value::{Point, Unit, moved};
use super::vocabulary::{Class, Interpretation};
use jiff::civil::Date;

/// The words that a pattern captured, by class.
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

    /// Returns the unit, in singular or plural.
    pub(super) fn unit(&self) -> Option<Unit> {
        Unit::numbered(self.get(Class::Unit).or_else(|| self.get(Class::Units))?)
    }

    /// Returns all days of a month, in order: "3 and 7", "the 3rd and the 7th".
    pub(super) fn days(&self) -> impl Iterator<Item = i32> {
        let day = |symbol| symbol == Class::Day.symbol() || symbol == Class::Ordinal.symbol();
        let found = self.0.iter().filter(move |interpretation| day(interpretation.symbol));
        found.map(|interpretation| interpretation.value)
    }

    /// Returns all units, in singular or plural, in order.
    pub(super) fn units(&self) -> impl Iterator<Item = Unit> {
        let unit = |symbol| symbol == Class::Unit.symbol() || symbol == Class::Units.symbol();
        let found = self.0.iter().filter(move |interpretation| unit(interpretation.symbol));
        found.filter_map(|interpretation| Unit::numbered(interpretation.value))
    }

    /// Returns -1 for last, 0 for this, 1 for next.
    pub(super) fn step(&self) -> Option<i32> {
        [Class::Last, Class::Next, Class::This, Class::Previous, Class::Following]
            .into_iter()
            .find_map(|class| self.get(class))
    }
}

/// A resolved time expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// TIMEX3 value.
    pub value: String,
    /// Position on the calendar, if it is a single one.
    pub point: Option<Point>,
    /// First and last day.
    pub interval: Option<(Date, Date)>,
    /// Whether it was inferred from another date.
    pub relative: bool,
    /// Probability that its place on the calendar is right, 0 to 1.
    pub confidence: f32,
}

impl Resolved {
    /// Creates a value with a position on the calendar.
    pub(super) fn point(point: Point, relative: bool) -> Self {
        let kind = if point.is_time() { TimexKind::Time } else { TimexKind::Date };
        Self { kind, value: point.value(), point: Some(point), interval: point.interval(), relative, confidence: 1.0 }
    }

    /// Moves the value by a number of days; `None` if the result leaves the calendar.
    pub(super) fn shifted(self, days: i64) -> Option<Self> {
        match self.point.filter(|_| days != 0) {
            Some(point) => Some(Self::point(Point::day(moved(point.date, Unit::Day, days)?), self.relative)),
            None => Some(self),
        }
    }

    /// Creates a value without a position on the calendar.
    pub(super) fn open(kind: TimexKind, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), point: None, interval: None, relative: true, confidence: 1.0 }
    }
}
