//! Which lines of a page are its story. Serves text dumps and, with what a page's elements tell
//! beside, HTML.

pub mod segment;
pub mod shape;

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

/// For each line whether it belongs to the story.
#[must_use]
pub fn keep(lines: &[Line<'_>]) -> Vec<bool> {
    let shapes: Vec<Shape> = lines.iter().map(|line| Shape::of(line.text)).collect();
    let scores: Vec<f32> = shapes.iter().map(segment::prose).collect();
    let story = segment::densest(&scores);
    shapes
        .iter()
        .enumerate()
        .map(|(at, shape)| {
            story.contains(&at)
                && shape.caption == 0
                && !(shape.machinery.is_some() && shape.words < 30)
                && !shape.signed
                && !shape.dated
        })
        .collect()
}
