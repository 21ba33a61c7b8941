//! Calibration of confidences: nine in ten quotes with a confidence of 0.9 should be correct.

use std::fmt;

/// Number of bins into which confidences from 0 to 1 are divided.
const BINS: usize = 10;

/// Counts of correct and incorrect items by confidence, in bins of equal width.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Calibration {
    bins: [Bin; BINS],
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Bin {
    confidence: f64,
    right: usize,
    of: usize,
}

impl Calibration {
    /// Counts one item, given its confidence and whether it is correct.
    pub(super) fn count(&mut self, confidence: f32, right: bool) {
        let confidence = f64::from(confidence).clamp(0.0, 1.0);
        let index = ((confidence * BINS as f64) as usize).min(BINS - 1);
        let bin = &mut self.bins[index];
        bin.confidence += confidence;
        bin.right += usize::from(right);
        bin.of += 1;
    }

    /// Adds the counts of another calibration.
    pub(super) fn add(&mut self, other: &Self) {
        for (bin, more) in self.bins.iter_mut().zip(&other.bins) {
            bin.confidence += more.confidence;
            bin.right += more.right;
            bin.of += more.of;
        }
    }

    /// Returns the expected calibration error (Naeini, Cooper and Hauskrecht 2015), from 0 to 1. It is the mean
    /// absolute difference between the mean confidence of a bin and its proportion of correct items, weighted by bin
    /// size.
    #[must_use]
    pub(super) fn error(&self) -> f64 {
        let all: usize = self.bins.iter().map(|bin| bin.of).sum();
        let distance: f64 = self.bins.iter().map(|bin| (bin.confidence - bin.right as f64).abs()).sum();
        if all == 0 { 0.0 } else { distance / all as f64 }
    }
}

/// Formats one line per non-empty bin: bounds, mean confidence, proportion of correct items, size.
impl fmt::Display for Calibration {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, bin) in self.bins.iter().enumerate().filter(|(_, bin)| bin.of > 0) {
            let low = index as f64 / BINS as f64;
            let of = bin.of as f64;
            let (mean, right) = (bin.confidence / of * 100.0, bin.right as f64 / of * 100.0);
            writeln!(out, "  {:.1}-{:.1}  said {mean:5.1}  right {right:5.1}  of {:5}", low, low + 0.1, bin.of)?;
        }
        write!(out, "  expected calibration error {:.1}", self.error() * 100.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_the_weighted_distance_of_the_bins() {
        let mut calibration = Calibration::default();
        // Of the items with confidence 0.95, half are correct: an error of 0.45. With confidence 0.35, none is correct:
        // an error of 0.35.
        calibration.count(0.95, true);
        calibration.count(0.95, false);
        calibration.count(0.35, false);
        assert!((calibration.error() - (0.45 * 2.0 + 0.35) / 3.0).abs() < 1e-6);
    }

    #[test]
    fn full_confidence_falls_into_the_last_bin() {
        let mut calibration = Calibration::default();
        calibration.count(1.0, true);
        assert!(calibration.error() < 1e-9);
    }
}
