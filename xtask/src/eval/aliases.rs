//! Scores the clustering of names into entities: B³ over named mentions (Bagga and Baldwin 1998).

use crate::eval::measure::harmonic;
use dateline_analysis::{Analysis, MentionKind};
use dateline_core::text::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Sums of precision and recall over all mentions.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Score {
    precision: f64,
    recall: f64,
    mentions: usize,
}

impl Score {
    /// Scores the clusters of one text and adds the result to the sums. A gold mention that is in no system cluster
    /// counts as a cluster of its own. System mentions that are not in the gold set are ignored.
    pub(super) fn add(&mut self, gold: &[Vec<Span>], system: &[Vec<Span>]) {
        let wanted = labels(gold);
        let mut found = labels(system);
        found.retain(|span, _| wanted.contains_key(span));
        for (index, span) in wanted.keys().enumerate() {
            found.entry(*span).or_insert(system.len() + index);
        }
        let (wanted_clusters, found_clusters) = (clusters(&wanted), clusters(&found));
        for (span, label) in &wanted {
            let (one, other) = (&wanted_clusters[label], &found_clusters[&found[span]]);
            let shared = one.intersection(other).count() as f64;
            self.precision += shared / other.len() as f64;
            self.recall += shared / one.len() as f64;
            self.mentions += 1;
        }
    }

    /// Returns precision, recall and F1, from 0 to 1.
    #[must_use]
    pub(super) fn figures(&self) -> (f64, f64, f64) {
        let mentions = self.mentions.max(1) as f64;
        let (precision, recall) = (self.precision / mentions, self.recall / mentions);
        (precision, recall, harmonic(precision, recall))
    }
}

/// Returns the named mentions of each entity found by the analysis.
#[must_use]
pub(super) fn found(analysis: &Analysis) -> Vec<Vec<Span>> {
    let named = |mentions: &[dateline_analysis::Mention]| {
        mentions.iter().filter(|mention| mention.kind == MentionKind::Name).map(|mention| mention.span).collect()
    };
    analysis.entities.iter().map(|entity| named(&entity.mentions)).collect()
}

/// Maps each mention to the number of its cluster. A mention in several clusters belongs to the first.
fn labels(clusters: &[Vec<Span>]) -> BTreeMap<Span, usize> {
    let mut out = BTreeMap::new();
    for (label, cluster) in clusters.iter().enumerate() {
        for span in cluster {
            out.entry(*span).or_insert(label);
        }
    }
    out
}

fn clusters(labels: &BTreeMap<Span, usize>) -> BTreeMap<usize, BTreeSet<Span>> {
    let mut out: BTreeMap<usize, BTreeSet<Span>> = BTreeMap::new();
    for (span, label) in labels {
        out.entry(*label).or_default().insert(*span);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_three_put_apart() {
        let at = |start| Span::new(start, start + 1);
        let mut score = Score::default();
        score.add(&[vec![at(0), at(2), at(4)]], &[vec![at(0), at(2)]]);
        let (precision, recall, _) = score.figures();
        assert!((precision - 1.0).abs() < 1e-9);
        // Two of the mentions are in a cluster with two of the three gold mentions. The third is in no system cluster,
        // so it is a cluster of its own.
        assert!((recall - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0) / 3.0).abs() < 1e-9);
    }
}
