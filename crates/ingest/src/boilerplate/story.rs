//! Decides which lines of a page are its story. Serves text dumps and, together with the evidence of a page's elements,
//! HTML.

pub mod feature;
pub mod forest;
pub(crate) mod headline;
mod measure;
pub mod model;
pub(crate) mod path;
pub(crate) mod pattern;
pub mod second;
pub(crate) mod segment;
pub(crate) mod shape;
pub(crate) mod totals;

pub use model::Model;
pub use shape::Shape;

/// Line or block of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line<'a> {
    /// Words of the line.
    pub text: &'a str,
    /// Whether a blank line comes before it.
    pub gap: bool,
    /// Indentation, in columns.
    pub indent: usize,
    /// Whether it opens with a bullet or a number.
    pub item: bool,
}
