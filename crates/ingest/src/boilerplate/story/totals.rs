//! Sums over the lines of a page, from which those over any stretch of it follow.

use super::Shape;
use super::measure::{PROSE, flag, is_label, sums};
use super::pattern::Pattern;

/// The words of a line, in sums, are not counted beyond this.
const LONG: usize = 60;
/// From this many words on it matters whether a line was cut.
const WORDY: usize = 8;

/// Sums over the lines before each, and over all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// Words, of a long line the first sixty.
    pub words: Vec<f32>,
    /// Labels of the machinery.
    pub labels: Vec<f32>,
    /// Share of digits, by words.
    pub digits: Vec<f32>,
    /// Share of capitals, by words.
    pub capitals: Vec<f32>,
    /// Share of function words, by words.
    pub function: Vec<f32>,
    /// Lines with many digits.
    pub numbers: Vec<f32>,
    /// Lines that begin as others do.
    pub stems: Vec<f32>,
    /// Lines as long as others nearby.
    pub lengths: Vec<f32>,
    /// Lines of some words.
    pub long: Vec<f32>,
    /// Of these, those that were cut.
    pub cut: Vec<f32>,
    /// Lines of prose.
    pub prose: Vec<f32>,
}

impl Totals {
    /// Adds up the shapes and patterns of a page, and how much each line is prose.
    #[must_use]
    pub fn new(shapes: &[Shape], patterns: &[Pattern], prose: &[f32]) -> Self {
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
