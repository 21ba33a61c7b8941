//! Prefix sums over the lines of a page, from which the sum over any range of lines can be computed.

use super::LineFeatures;
use super::measure::{PROSE, flag, is_label, sums};
use super::pattern::Pattern;

/// Maximum number of words counted per line.
const LONG: usize = 60;
/// Minimum number of words in a line for its truncation to be counted.
const WORDY: usize = 8;

/// Prefix sums of line measures and patterns. Each starts with 0 and ends with the total.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PrefixSums {
    /// Number of words, capped at 60 per line.
    pub words: Vec<f32>,
    /// Number of boilerplate labels.
    pub labels: Vec<f32>,
    /// Proportion of digits, weighted by word count.
    pub digits: Vec<f32>,
    /// Proportion of capital letters, weighted by word count.
    pub capitals: Vec<f32>,
    /// Share of function words, weighted by words.
    pub function: Vec<f32>,
    /// Number of lines with many digits.
    pub numbers: Vec<f32>,
    /// Number of lines that begin like other lines.
    pub stems: Vec<f32>,
    /// Number of lines with the same length as their neighbours.
    pub lengths: Vec<f32>,
    /// Number of lines with several words.
    pub long: Vec<f32>,
    /// Number of truncated lines among those with several words.
    pub cut: Vec<f32>,
    /// Number of lines of prose.
    pub prose: Vec<f32>,
}

impl PrefixSums {
    /// Computes the prefix sums from the features, patterns and prose scores of a page's lines.
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
