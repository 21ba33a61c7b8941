//! Scores an extracted body by the precision and recall of runs of four words, averaged over pages.

use super::label::words;
use dateline_core::article::{Article, BlockKind};
use std::collections::HashMap;

/// Precision and recall of the body extracted from one page.
pub(super) struct Score {
    /// Precision, from 0 to 1; `None` if nothing was extracted.
    pub precision: Option<f64>,
    pub recall: f64,
}

impl Score {
    pub(super) fn f1(&self) -> f64 {
        harmonic(self.precision.unwrap_or(0.0), self.recall)
    }
}

/// Compares the body of an article, without captions, with the gold body.
pub(super) fn of(article: Option<&Article>, gold: &str) -> Score {
    let body: Vec<&str> = article
        .map(|article| {
            let blocks =
                article.blocks.iter().filter(|block| !block.kind.is_front() && block.kind != BlockKind::Caption);
            blocks.map(|block| block.span.of(&article.text)).collect()
        })
        .unwrap_or_default();
    let (found, wanted) = (runs(&body.join("\n\n")), runs(gold));
    let common: usize = wanted.iter().map(|(run, count)| found.get(run).map_or(0, |other| *other.min(count))).sum();
    let total = |runs: &HashMap<Vec<String>, usize>| runs.values().sum::<usize>();
    let share = |all: usize| (all > 0).then(|| common as f64 / all as f64);
    Score { precision: share(total(&found)), recall: share(total(&wanted)).unwrap_or(0.0) }
}

fn runs(text: &str) -> HashMap<Vec<String>, usize> {
    let words = words(text);
    let mut runs = HashMap::new();
    let length = words.len().min(4);
    if length > 0 {
        for run in words.windows(length) {
            *runs.entry(run.to_vec()).or_default() += 1;
        }
    }
    runs
}

/// Returns the mean precision, the mean recall, and the harmonic mean of the two. Pages from which nothing was
/// extracted do not count towards precision.
pub(super) fn mean(scores: &[&Score]) -> (f64, f64, f64) {
    let average = |values: Vec<f64>| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let precision = average(scores.iter().filter_map(|score| score.precision).collect());
    let recall = average(scores.iter().map(|score| score.recall).collect());
    (precision, recall, harmonic(precision, recall))
}

fn harmonic(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}
