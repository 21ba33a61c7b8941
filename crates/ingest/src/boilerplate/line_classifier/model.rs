//! The trained classifier of lines: two passes, each a forest of trees, and the best path.

use super::feature::{self, FeatureMatrix, FirstPass};
use super::forest::Forest;
use super::{Line, LineFeatures, second_pass, viterbi};
use std::sync::LazyLock;

/// Trained weights; `crates/ingest/assets/models/lines.md` describes how they were made.
static BUNDLED: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(include_bytes!("../../../assets/models/lines.bin")).unwrap_or_default());

/// Minimum words of a plausible story; a shorter one is doubted.
const MIN_WORDS: usize = 40;
/// Maximum number of times that the log-odds are raised for a page without a story; then the increment per step, and
/// the extra increment for prose.
const DOUBTS: usize = 15;
const DOUBT: f32 = 0.3;
const PROSE: f32 = 0.3;

/// Weights that separate a page's story from its boilerplate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Forest of the first pass, which sees the lines.
    pub first: Forest,
    /// Forest of the second pass, which also sees the results of the first.
    pub second: Forest,
    /// Cost of a change between kept and dropped.
    pub switch: f32,
    /// Log-odds that are added to each line; values above zero keep more.
    pub bias: f32,
}

impl Model {
    /// Returns the weights that are built into the program.
    #[must_use]
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// Returns for each line whether it belongs to the story.
    #[must_use]
    pub fn keep(&self, lines: &[Line<'_>], line_features: &[LineFeatures]) -> Vec<bool> {
        let view = feature::first(lines, line_features);
        let mut gains = self.gains(&view);
        let mut keep = viterbi::best(&gains, self.switch);
        // Take the likeliest lines if none is certain, because a page that the user passes in contains a story.
        for _ in 0..DOUBTS {
            let words: usize =
                line_features.iter().zip(&keep).filter(|(_, kept)| **kept).map(|(features, _)| features.words).sum();
            if words >= MIN_WORDS {
                break;
            }
            // Raise prose more, because an archive or a menu is long too.
            for (gain, prose) in gains.iter_mut().zip(&view.prose) {
                *gain += DOUBT + PROSE * prose.max(0.0);
            }
            keep = viterbi::best(&gains, self.switch);
        }
        if !keep.contains(&true) {
            // Nothing looks like a story, so keep every line that no phrase identifies as boilerplate.
            return line_features.iter().map(|features| features.words > 0 && features.boilerplate.is_none()).collect();
        }
        keep
    }

    /// Returns the log-odds, after both passes, that each line belongs to the story.
    #[must_use]
    pub(crate) fn gains(&self, view: &FirstPass) -> Vec<f32> {
        let odds = scores(&self.first, &view.table);
        let table = second_pass::features(view, &odds);
        scores(&self.second, &table).into_iter().map(|odds| odds + self.bias).collect()
    }

    /// Returns the weights as bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(self.switch.to_le_bytes());
        out.extend(self.bias.to_le_bytes());
        out.extend(self.first.to_bytes());
        out.extend(self.second.to_bytes());
        out
    }

    /// Reads weights; `None` if the bytes are not the output of [`Self::to_bytes`].
    #[must_use]
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (switch, rest) = bytes.split_first_chunk::<4>()?;
        let (bias, rest) = rest.split_first_chunk::<4>()?;
        let (first, rest) = Forest::from_bytes(rest)?;
        let (second, rest) = Forest::from_bytes(rest)?;
        let model = Self { first, second, switch: f32::from_le_bytes(*switch), bias: f32::from_le_bytes(*bias) };
        rest.is_empty().then_some(model)
    }
}

/// Returns the log-odds of every row.
#[must_use]
pub fn scores(forest: &Forest, table: &FeatureMatrix) -> Vec<f32> {
    (0..table.len()).map(|at| forest.score(table.row(at))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_looks_like_no_story_is_one_all_the_same() {
        let text = "Anna Berg, Olav Lind, Ines Moreau";
        let lines = [Line { text, ..Line::default() }];
        assert_eq!(Model::bundled().keep(&lines, &[LineFeatures::of(text)]), [true]);
    }
}
