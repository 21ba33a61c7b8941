//! Measures of lines, and prefix sums, shared by several modules of the classifier.

use super::LineFeatures;
use crate::boilerplate::boilerplate_phrases::Fit;

/// Minimum prose score of a line for it to count as prose.
pub(super) const PROSE: f32 = 1.4;

/// Returns whether a line is short and begins with, ends with or consists of a boilerplate phrase.
pub(super) fn is_label(features: &LineFeatures) -> bool {
    features.words <= 12 && features.boilerplate.is_some_and(|(fit, _)| fit > Fit::Has)
}

/// Returns the prefix sums of `values`, from 0 to the total.
pub(super) fn sums(values: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut sums = vec![0.0];
    for value in values {
        sums.push(sums.last().copied().unwrap_or(0.0) + value);
    }
    sums
}

pub(super) fn flag(set: bool) -> f32 {
    f32::from(u8::from(set))
}
