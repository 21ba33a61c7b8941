//! Features for the second pass, which also uses the scores of the surrounding lines in the first pass.

use super::feature::{FAR, FeatureMatrix, FirstPass};
use super::measure::sums;
use super::segment;
use foldhash::{HashMap, HashMapExt};
use std::ops::Range;

/// Computes the features for the second pass: those of the first, and others derived from its log-odds.
#[must_use]
pub(crate) fn features(view: &FirstPass, odds: &[f32]) -> FeatureMatrix {
    let second = SecondPass::new(&view.content, &view.weights, odds);
    FeatureMatrix::from_rows(view.table.len(), |at, row| {
        row.extend_from_slice(view.table.row(at));
        second.extend(row, at);
    })
}

/// Values computed once for a page from the results of the first pass.
pub(super) struct SecondPass<'a> {
    /// Probability that each line belongs to the story.
    likely: Vec<f32>,
    /// Lines of the densest stretch of the likely story.
    story: Range<usize>,
    /// Prefix sums of the words that are likely to belong to the story.
    mass: Vec<f32>,
    /// Prefix sums of all words.
    all: Vec<f32>,
    /// Sum of the words that are likely to belong to the story, at least 1.
    total: f32,
    topics: Topics<'a>,
}

impl<'a> SecondPass<'a> {
    /// Computes the values from the log-odds of the first pass. `content` has the hashes of the content words in each
    /// line, and `weights` the number of its words.
    pub(super) fn new(content: &'a [Vec<u64>], weights: &[f32], odds: &[f32]) -> Self {
        let likely: Vec<f32> = odds.iter().map(|odds| 1.0 / (1.0 + (-odds).exp())).collect();
        let gains: Vec<f32> = likely.iter().zip(weights).map(|(likely, weight)| (likely - 0.4) * weight).collect();
        let mass = sums(likely.iter().zip(weights).map(|(likely, weight)| likely * weight));
        Self {
            story: segment::densest(&gains),
            all: sums(weights.iter().copied()),
            total: mass.last().copied().unwrap_or(0.0).max(1.0),
            mass,
            topics: Topics::new(content, &likely),
            likely,
        }
    }

    /// Appends the features that the second pass adds to the line at `at`.
    pub(super) fn extend(&self, row: &mut Vec<f32>, at: usize) {
        let Self { likely, story, mass, all, total, topics } = self;
        let far = FAR as f32;
        row.push(likely[at]);
        for step in 1..=4 {
            row.push(at.checked_sub(step).map_or(-1.0, |before| likely[before]));
            row.push(likely.get(at + step).copied().unwrap_or(-1.0));
        }
        for reach in [3, 8, 20] {
            let share = |from: usize, to: usize| {
                let to = to.min(likely.len());
                if from >= to || all[to] - all[from] < 1.0 {
                    -1.0
                } else {
                    (mass[to] - mass[from]) / (all[to] - all[from])
                }
            };
            row.push(share(at.saturating_sub(reach), at));
            row.push(share(at + 1, at + 1 + reach));
        }
        row.push(mass[at] / total);
        row.push((total - mass[at + 1]) / total);
        row.push((at as f32 - story.start as f32).clamp(-far, far));
        row.push((at as f32 - story.end as f32).clamp(-far, far));
        row.push(total.ln());
        row.push(topics.shared(at, likely[at]));
    }
}

/// Estimates how strongly each word is associated with the story.
struct Topics<'a> {
    content: &'a [Vec<u64>],
    /// For each hashed word, the sum of the probabilities that the lines containing it belong to the story.
    likely: HashMap<u64, f32>,
}

impl<'a> Topics<'a> {
    fn new(content: &'a [Vec<u64>], likely: &[f32]) -> Self {
        let mut words: HashMap<u64, f32> = HashMap::new();
        for (content, likely) in content.iter().zip(likely) {
            for word in content {
                *words.entry(*word).or_default() += likely;
            }
        }
        Self { content, likely: words }
    }

    /// Returns the share of a line's words that also occur in other lines of the likely story.
    fn shared(&self, at: usize, own: f32) -> f32 {
        let content = &self.content[at];
        if content.is_empty() {
            return -1.0;
        }
        let known = |word: &u64| (self.likely.get(word).copied().unwrap_or(0.0) - own).clamp(0.0, 1.0);
        content.iter().map(known).sum::<f32>() / content.len() as f32
    }
}
