//! Counts of items, and the figures computed from them: precision, recall, F1 and proportions.

use std::fmt;
use std::ops::AddAssign;

/// Numbers of correct, system and gold items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Number of system items that are correct.
    pub right: usize,
    /// Number of system items.
    pub system: usize,
    /// Number of gold items.
    pub gold: usize,
}

impl Tally {
    /// Returns the precision, from 0 to 1. It is 1 if there are neither system nor gold items.
    #[must_use]
    pub(super) fn precision(self) -> f64 {
        ratio(self.right, self.system, self.gold == 0)
    }

    /// Returns the recall, from 0 to 1. It is 1 if there are neither gold nor system items.
    #[must_use]
    pub(super) fn recall(self) -> f64 {
        ratio(self.right, self.gold, self.system == 0)
    }

    /// Returns the harmonic mean of precision and recall.
    #[must_use]
    pub(super) fn f1(self) -> f64 {
        harmonic(self.precision(), self.recall())
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.system += other.system;
        self.gold += other.gold;
    }
}

/// Formats precision, recall and F1 in per cent, followed by the counts.
impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = [self.precision(), self.recall(), self.f1()].map(|share| share * 100.0);
        write!(
            out,
            "{:5.1} {:5.1} {:5.1}  ({} of {}, {} wanted)",
            percent[0], percent[1], percent[2], self.right, self.system, self.gold
        )
    }
}

/// Proportion of items that are correct.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    /// Number of items that are correct.
    pub right: usize,
    /// Total number of items.
    pub of: usize,
}

impl Share {
    /// Counts one more item, given whether it is correct.
    pub(super) fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    /// Returns the proportion of correct items, from 0 to 1. It is 1 if there are no items.
    #[must_use]
    pub(super) fn value(self) -> f64 {
        ratio(self.right, self.of, true)
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.of += other.of;
    }
}

impl fmt::Display for Share {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.of == 0 {
            return write!(out, "    -");
        }
        write!(out, "{:5.1}  ({} of {})", self.value() * 100.0, self.right, self.of)
    }
}

/// Returns the harmonic mean of two proportions. It is 0 if both are 0.
#[must_use]
pub(super) fn harmonic(one: f64, other: f64) -> f64 {
    if one + other > 0.0 { 2.0 * one * other / (one + other) } else { 0.0 }
}

fn ratio(right: usize, of: usize, perfect_when_empty: bool) -> f64 {
    match of {
        0 if perfect_when_empty => 1.0,
        0 => 0.0,
        _ => right as f64 / of as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-9
    }

    #[test]
    fn three_of_four_found_and_three_of_six_wanted() {
        let tally = Tally { right: 3, system: 4, gold: 6 };
        assert!(near(tally.precision(), 0.75) && near(tally.recall(), 0.5) && near(tally.f1(), 0.6));
    }

    #[test]
    fn silence_is_right_only_where_there_is_nothing_to_find() {
        assert!(near(Tally::default().f1(), 1.0));
        assert!(near(Tally { right: 0, system: 0, gold: 2 }.f1(), 0.0));
        assert!(near(Tally { right: 0, system: 2, gold: 0 }.f1(), 0.0));
    }

    #[test]
    fn a_share_counts() {
        let mut share = Share::default();
        share.count(true);
        share.count(false);
        assert!(near(share.value(), 0.5));
    }
}
