//! The learnt classifier of lines: two looks, each a forest of trees, and the best path.

use super::feature::{self, Table, View};
use super::forest::Forest;
use super::{Line, Shape, path, second};
use std::sync::LazyLock;

/// The trained weights; `crates/ingest/assets/models/lines.md` says how they were made.
static BUNDLED: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(include_bytes!("../../../assets/models/lines.bin")).unwrap_or_default());

/// A story of fewer words than these is doubted.
const LEAST_WORDS: usize = 40;
/// How often the log-odds are raised for a page without a story, by how much each time, and by how
/// much more for prose.
const DOUBTS: usize = 15;
const DOUBT: f32 = 0.3;
const PROSE: f32 = 0.3;

/// Weights that tell a page's story from its machinery.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Sees the lines.
    pub first: Forest,
    /// Sees also what the first made of them.
    pub second: Forest,
    /// What a change between kept and left costs.
    pub switch: f32,
    /// Log-odds that are added to each line: above zero keeps more.
    pub bias: f32,
}

impl Model {
    /// The weights that the program carries.
    #[must_use]
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// For each line whether it belongs to the story.
    #[must_use]
    pub fn keep(&self, lines: &[Line<'_>], shapes: &[Shape]) -> Vec<bool> {
        let view = feature::first(lines, shapes);
        let mut gains = self.gains(&view);
        let mut keep = path::best(&gains, self.switch);
        // A page that somebody hands over holds a story: when no line is sure, the likeliest are taken.
        for _ in 0..DOUBTS {
            let words: usize = shapes.iter().zip(&keep).filter(|(_, kept)| **kept).map(|(shape, _)| shape.words).sum();
            if words >= LEAST_WORDS {
                break;
            }
            // Prose first: an archive or a menu is long too.
            for (gain, prose) in gains.iter_mut().zip(&view.prose) {
                *gain += DOUBT + PROSE * prose.max(0.0);
            }
            keep = path::best(&gains, self.switch);
        }
        if !keep.contains(&true) {
            // Nothing looks like a story: then whatever no phrase gives away as the page's is one.
            return shapes.iter().map(|shape| shape.words > 0 && shape.machinery.is_none()).collect();
        }
        keep
    }

    /// The log-odds, after both looks, that each line belongs to the story.
    #[must_use]
    pub fn gains(&self, view: &View) -> Vec<f32> {
        let odds = scores(&self.first, &view.table);
        let table = second::features(view, &odds);
        scores(&self.second, &table).into_iter().map(|odds| odds + self.bias).collect()
    }

    /// The weights as bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(self.switch.to_le_bytes());
        out.extend(self.bias.to_le_bytes());
        out.extend(self.first.to_bytes());
        out.extend(self.second.to_bytes());
        out
    }

    /// Reads weights; nothing when the bytes are not what [`Self::to_bytes`] writes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (switch, rest) = bytes.split_first_chunk::<4>()?;
        let (bias, rest) = rest.split_first_chunk::<4>()?;
        let (first, rest) = Forest::from_bytes(rest)?;
        let (second, rest) = Forest::from_bytes(rest)?;
        let model = Self { first, second, switch: f32::from_le_bytes(*switch), bias: f32::from_le_bytes(*bias) };
        rest.is_empty().then_some(model)
    }
}

/// The log-odds of every row.
#[must_use]
pub fn scores(forest: &Forest, table: &Table) -> Vec<f32> {
    (0..table.len()).map(|at| forest.score(table.row(at))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_looks_like_no_story_is_one_all_the_same() {
        let text = "Anna Berg, Olav Lind, Ines Moreau";
        let lines = [Line { text, ..Line::default() }];
        assert_eq!(Model::bundled().keep(&lines, &[Shape::of(text)]), [true]);
    }
}
