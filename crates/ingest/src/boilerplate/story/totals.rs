//! Sums over the lines of a page, from which the sums over any stretch of it follow.

use super::Shape;
use super::measure::{PROSE, flag, is_label, sums};
use super::pattern::Pattern;

/// Maximum words of a line that count towards a sum.
const LONG: usize = 60;
/// Minimum words of a line for a truncation to matter.
const WORDY: usize = 8;

/// Sums over the lines before each line, then over all.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Totals {
    /// Words; of a long line, only the first sixty.
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

impl Totals {
    /// Adds up the shapes, patterns and prose scores of a page.
    #[must_use]
    pub(crate) fn new(shapes: &[Shape], patterns: &[Pattern], prose: &[f32]) -> Self {
        let of = |value: &dyn Fn(&Shape) -> f32| sums(shapes.iter().map(value));
        let words = |shape: &Shape| shape.words.min(LONG) as f32;
        let both = |value: &dyn Fn(&Shape, &Pattern) -> bool| {
            sums(shapes.iter().zip(patterns).map(|(shape, pattern)| flag(value(shape, pattern))))
        };
        Self {
            words: of(&words),
            labels: of(&|shape| flag(is_label(shape))),
            digits: of(&|shape| shape.digit_share * words(shape)),
            capitals: of(&|shape| shape.capital_share * words(shape)),
            function: of(&|shape| shape.function_share * words(shape)),
            numbers: of(&|shape| flag(shape.digit_share > 0.15)),
            stems: both(&|_, pattern| pattern.stems > 0),
            lengths: both(&|_, pattern| pattern.same_length > 0),
            long: of(&|shape| flag(shape.words >= WORDY)),
            prose: sums(prose.iter().map(|score| flag(*score >= PROSE))),
            cut: both(&|shape, pattern| pattern.cut && shape.words >= WORDY),
        }
    }
}
