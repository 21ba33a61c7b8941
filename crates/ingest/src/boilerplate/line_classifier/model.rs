//! Trained line classifier. Two passes, each with a forest of trees, score the lines. A search for the best path then
//! decides which lines to keep.

use super::feature::{FeatureMatrix, Page};
use super::forest::Forest;
use super::second_pass::SecondPass;
use super::{Line, LineFeatures, viterbi};
use std::sync::LazyLock;

/// Bundled weights. Their training is described in `crates/ingest/assets/models/lines.md`.
static BUNDLED: LazyLock<Model> =
    LazyLock::new(|| Model::from_bytes(include_bytes!("../../../assets/models/lines.bin")).unwrap_or_default());

/// Minimum number of words in a plausible story.
const MIN_WORDS: usize = 40;
/// Maximum number of lines whose features are in memory at the same time.
const MAX_TABLE_LINES: usize = 4096;
/// Adjustment for a page with no plausible story, whose log-odds are raised in steps. The constants are the maximum
/// number of steps, the increment per step, and the additional increment per step for prose.
const DOUBTS: usize = 15;
const DOUBT: f32 = 0.3;
const PROSE: f32 = 0.3;

/// Weights and settings of the line classifier.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Forest of the first pass, which uses features of the lines.
    pub first: Forest,
    /// Forest of the second pass, which also uses the results of the first.
    pub second: Forest,
    /// Cost of switching between kept and dropped lines, in log-odds.
    pub switch: f32,
    /// Log-odds added to each line. Positive values keep more lines.
    pub bias: f32,
}

impl Model {
    /// Returns the bundled weights.
    #[must_use]
    pub(crate) fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// Returns, for each line, whether it belongs to the story.
    #[must_use]
    pub(crate) fn keep(&self, lines: &[Line<'_>], line_features: &[LineFeatures]) -> Vec<bool> {
        let page = Page::new(lines, line_features);
        let mut gains = self.gains(&page);
        let mut keep = viterbi::best(&gains, self.switch);
        // A page given by the user does have a story, so keep the likeliest lines even if none is likely.
        for _ in 0..DOUBTS {
            let words: usize =
                line_features.iter().zip(&keep).filter(|(_, kept)| **kept).map(|(features, _)| features.words).sum();
            if words >= MIN_WORDS {
                break;
            }
            // Raise prose more than other lines, because archives and menus are long too.
            for (gain, prose) in gains.iter_mut().zip(&page.prose) {
                *gain += DOUBT + PROSE * prose.max(0.0);
            }
            keep = viterbi::best(&gains, self.switch);
        }
        if !keep.contains(&true) {
            // No line looks like a story: keep all lines without boilerplate phrases.
            return line_features.iter().map(|features| features.words > 0 && features.boilerplate.is_none()).collect();
        }
        keep
    }

    /// Returns the log-odds, after both passes, that each line belongs to the story.
    #[must_use]
    fn gains(&self, page: &Page<'_>) -> Vec<f32> {
        // The features of a line take some 500 bytes, which is a hundred times as much as a short line. A long page has
        // its features computed again for the second pass, so that those of all lines are never in memory.
        let table = (page.len() <= MAX_TABLE_LINES).then(|| page.table());
        let mut row = Vec::new();
        let first = |at: usize, row: &mut Vec<f32>| match &table {
            Some(table) => row.extend_from_slice(table.row(at)),
            None => page.extend(row, at),
        };
        let mut score = |forest: &Forest, at: usize, further: &dyn Fn(&mut Vec<f32>)| {
            row.clear();
            first(at, &mut row);
            further(&mut row);
            forest.score(&row)
        };
        let odds: Vec<f32> = (0..page.len()).map(|at| score(&self.first, at, &|_| ())).collect();
        let weights = page.weights();
        let second = SecondPass::new(&page.content, &weights, &odds);
        (0..page.len()).map(|at| score(&self.second, at, &|row| second.extend(row, at)) + self.bias).collect()
    }

    /// Serialises the weights to the file format.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend(self.switch.to_le_bytes());
        out.extend(self.bias.to_le_bytes());
        out.extend(self.first.to_bytes());
        out.extend(self.second.to_bytes());
        out
    }

    /// Parses the output of [`Self::to_bytes`]. Returns `None` for any other input.
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

/// Returns the log-odds that a forest assigns to each row.
#[must_use]
pub(crate) fn scores(forest: &Forest, table: &FeatureMatrix) -> Vec<f32> {
    (0..table.len()).map(|at| forest.score(table.row(at))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{feature, second_pass};
    use super::*;

    #[test]
    fn a_text_that_looks_like_no_story_is_one_all_the_same() {
        let text = "Anna Berg, Olav Lind, Ines Moreau";
        let lines = [Line { text, ..Line::default() }];
        assert_eq!(Model::bundled().keep(&lines, &[LineFeatures::of(text)]), [true]);
    }

    #[test]
    fn a_long_page_is_judged_by_the_same_features() {
        let texts: Vec<String> = (0..MAX_TABLE_LINES + 9)
            .map(|at| match at % 7 {
                0 => format!("The ferry of pier {at} sailed on Monday, and the harbour master said that it was late."),
                3 => "Share this page".to_owned(),
                _ => format!("Line {at} here"),
            })
            .collect();
        let lines: Vec<Line<'_>> = texts.iter().map(|text| Line { text, ..Line::default() }).collect();
        let line_features: Vec<LineFeatures> = texts.iter().map(|text| LineFeatures::of(text)).collect();
        let model = Model::bundled();
        let view = feature::first(&lines, &line_features);
        let odds = scores(&model.first, &view.table);
        let table = second_pass::features(&view, &odds);
        let gains: Vec<f32> = scores(&model.second, &table).into_iter().map(|odds| odds + model.bias).collect();
        assert!(model.gains(&Page::new(&lines, &line_features)) == gains);
    }
}
