//! Classifies the lines of a page as story or boilerplate. Used for text dumps and, combined with evidence from the
//! elements, for HTML.

pub(crate) mod feature;
pub(crate) mod forest;
pub(crate) mod headline;
pub(crate) mod line_features;
mod measure;
pub(crate) mod model;
pub(crate) mod pattern;
pub(crate) mod prefix_sums;
pub(crate) mod second_pass;
pub(crate) mod segment;
pub(crate) mod viterbi;

pub(crate) use line_features::{LineFeatures, is_dated, is_signed, word_count};
pub use model::Model;

/// Line or block of a page, as input for the classifier.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Line<'a> {
    /// Text of the line, without indentation and bullet.
    pub text: &'a str,
    /// Whether the line follows a blank line.
    pub gap: bool,
    /// Indentation of the line, in columns.
    pub indent: usize,
    /// Whether the line begins with a bullet or a number.
    pub item: bool,
}
