//! Decides which lines of a page belong to its story. Used for text dumps and, together with evidence from a page's
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

pub(crate) use line_features::LineFeatures;
pub use model::Model;

/// A line or block of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Line<'a> {
    /// Words of the line.
    pub text: &'a str,
    /// Whether a blank line precedes it.
    pub gap: bool,
    /// Indentation, in columns.
    pub indent: usize,
    /// Whether it begins with a bullet or a number.
    pub item: bool,
}
