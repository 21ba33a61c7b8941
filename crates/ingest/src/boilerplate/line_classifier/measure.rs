//! Line measures and prefix sums, shared by several features.

use super::LineFeatures;
use crate::boilerplate::boilerplate_phrases::Fit;

/// Minimum score of prose.
pub(super) const PROSE: f32 = 1.4;

/// Returns whether a short line is a boilerplate label.
pub(super) fn is_label(features: &LineFeatures) -> bool {
    features.words <= 12 && features.boilerplate.is_some_and(|(fit, _)| fit > Fit::Has)
}

/// Returns the prefix sums of the values, starting with 0 and ending with the total.
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
