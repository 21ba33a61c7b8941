//! Finds the densest stretch of prose on a page: the run of lines with the highest sum of scores.

use super::line_features::LineFeatures;
use std::ops::Range;

/// Returns the prose score of a line, which is positive for running text and negative for boilerplate.
#[must_use]
pub(crate) fn prose(features: &LineFeatures) -> f32 {
    let words = features.words as f32;
    let length = (words / 20.0).min(3.0);
    let sentence = if features.ends_sentence { 0.5 } else { -0.4 };
    let small = 1.6 * (features.small_share - 0.45);
    let boilerplate = (features.boilerplate_phrases as f32).min(3.0) * if words > 40.0 { 0.4 } else { 1.0 };
    let short = if words < 5.0 { -0.5 } else { 0.0 };
    (length * (1.0 + small) + sentence + short - boilerplate).clamp(-1.5, 3.0)
}

/// Returns the run of lines with the highest sum of scores, or an empty range if no score is positive.
#[must_use]
pub(crate) fn densest(scores: &[f32]) -> Range<usize> {
    let mut best = 0..0;
    let mut best_sum = 0.0;
    let mut start = 0;
    let mut sum = 0.0;
    for (at, score) in scores.iter().enumerate() {
        if sum <= 0.0 {
            start = at;
            sum = 0.0;
        }
        sum += score;
        if sum > best_sum {
            best_sum = sum;
            best = start..at + 1;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_densest_run_is_found() {
        assert_eq!(densest(&[-1.0, 2.0, -0.5, 2.0, -3.0, 1.0]), 1..4);
        assert_eq!(densest(&[-1.0, -2.0]), 0..0);
        assert_eq!(densest(&[]), 0..0);
    }
}
