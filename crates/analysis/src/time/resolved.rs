//! Captured words of a pattern and the value that they resolve to: what the resolution of calendar dates,
//! relative times and durations has in common.

use super::TimexKind;
use super::value::{Point, Unit, moved};
use super::vocabulary::{Class, Reading};
use jiff::civil::Date;

/// The words that a pattern caught, by class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words<'a>(pub &'a [Reading]);

impl Words<'_> {
    /// The value of the first word caught as `class`.
    pub(super) fn get(&self, class: Class) -> Option<i32> {
        self.all(class).next()
    }

    /// The values of all words caught as `class`.
    pub(super) fn all(&self, class: Class) -> impl Iterator<Item = i32> {
        self.0.iter().filter(move |reading| reading.symbol == class.symbol()).map(|reading| reading.value)
    }

    /// Whether a word was caught as `class`.
    #[inline]
    pub(super) fn has(&self, class: Class) -> bool {
        self.get(class).is_some()
    }

    /// The unit, in either number.
    pub(super) fn unit(&self) -> Option<Unit> {
        Unit::numbered(self.get(Class::Unit).or_else(|| self.get(Class::Units))?)
    }

    /// -1 for last, 0 for this, 1 for next.
    pub(super) fn step(&self) -> Option<i32> {
        [Class::Last, Class::Next, Class::This, Class::Previous, Class::Following]
            .into_iter()
            .find_map(|class| self.get(class))
    }
}

/// A time expression understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    /// Its type.
    pub kind: TimexKind,
    /// Its value.
    pub value: String,
    /// Where on the calendar it is, if it is one place.
    pub point: Option<Point>,
    /// Its first and last day.
    pub interval: Option<(Date, Date)>,
    /// Whether it was worked out from another date.
    pub relative: bool,
}

impl Resolved {
    /// A place on the calendar.
    pub(super) fn point(point: Point, relative: bool) -> Self {
        let kind = if point.is_time() { TimexKind::Time } else { TimexKind::Date };
        Self { kind, value: point.value(), point: Some(point), interval: point.interval(), relative }
    }

    /// So many days on; none when that is beyond the calendar.
    pub(super) fn shifted(self, days: i64) -> Option<Self> {
        match self.point.filter(|_| days != 0) {
            Some(point) => Some(Self::point(Point::day(moved(point.date, Unit::Day, days)?), self.relative)),
            None => Some(self),
        }
    }

    /// A value without a place on the calendar.
    pub(super) fn open(kind: TimexKind, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), point: None, interval: None, relative: true }
    }
}
