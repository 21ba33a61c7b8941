//! Which lines of a page are its story. Serves text dumps and, with what a page's elements tell
//! beside, HTML.

pub mod feature;
pub mod forest;
pub mod headline;
mod measure;
pub mod model;
pub mod path;
pub mod pattern;
pub mod second;
pub mod segment;
pub mod shape;
pub mod totals;

pub use model::Model;
pub use shape::Shape;

/// A line, or a block, of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Line<'a> {
    /// Its words.
    pub text: &'a str,
    /// Whether blank space comes before it.
    pub gap: bool,
    /// Columns before it.
    pub indent: usize,
    /// Whether a bullet or a number opens it.
    pub item: bool,
}
