//! Prefix sums over the lines of a page, from which the sum over any range of lines follows.

use super::LineFeatures;
use super::measure::{PROSE, flag, is_label, sums};
use super::pattern::Pattern;

/// Maximum number of words counted per line.
const LONG: usize = 60;
/// Minimum number of words in a line for its truncation to matter.
const WORDY: usize = 8;

/// Prefix sums over the lines, ending with the totals.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PrefixSums {
    /// Words, at most sixty per line.
    pub words: Vec<f32>,
    /// Boilerplate labels.
    pub labels: Vec<f32>,
    /// Share of digits, weighted by words.
    pub digits: Vec<f32>,
    /// Share of capitals, weighted by words.
    pub capitals: Vec<f32>,
    /// Share of function words, weighted by words.
    pub function: Vec<f32>,
    /// Lines with many digits.
    pub numbers: Vec<f32>,
    /// Lines that begin like others.
    pub stems: Vec<f32>,
    /// Lines of the same length as others nearby.
    pub lengths: Vec<f32>,
    /// Lines of several words.
    pub long: Vec<f32>,
    /// Truncated lines among these.
    pub cut: Vec<f32>,
    /// Lines of prose.
    pub prose: Vec<f32>,
}

impl PrefixSums {
    /// Adds up the line features, patterns and prose scores of a page.
    #[must_use]
    pub(crate) fn new(line_features: &[LineFeatures], patterns: &[Pattern], prose: &[f32]) -> Self {
        let of = |value: &dyn Fn(&LineFeatures) -> f32| sums(line_features.iter().map(value));
        let words = |features: &LineFeatures| features.words.min(LONG) as f32;
        let both = |value: &dyn Fn(&LineFeatures, &Pattern) -> bool| {
            sums(line_features.iter().zip(patterns).map(|(features, pattern)| flag(value(features, pattern))))
        };
        Self {
            words: of(&words),
            labels: of(&|features| flag(is_label(features))),
            digits: of(&|features| features.digit_share * words(features)),
            capitals: of(&|features| features.capital_share * words(features)),
            function: of(&|features| features.function_share * words(features)),
            numbers: of(&|features| flag(features.digit_share > 0.15)),
            stems: both(&|_, pattern| pattern.stems > 0),
            lengths: both(&|_, pattern| pattern.same_length > 0),
            long: of(&|features| flag(features.words >= WORDY)),
            prose: sums(prose.iter().map(|score| flag(*score >= PROSE))),
            cut: both(&|features, pattern| pattern.cut && features.words >= WORDY),
        }
    }
}
