//! Interface for the trainer of the line classifier: feature matrices, decision forests and the weights file.
//!
//! Nothing here is needed to read articles. The module is public because the trainer is in another crate. It is small
//! so that the classifier can change without changing the trainer.

pub use crate::boilerplate::line_classifier::Model;
pub use crate::boilerplate::line_classifier::feature::{FeatureMatrix, FirstPass};
pub use crate::boilerplate::line_classifier::forest::{Forest, Node};
pub use crate::dump::{Mark, Unit};

use crate::boilerplate::line_classifier::{LineFeatures, feature, model, second_pass};
use crate::dump;
use dateline_core::article::Article;

/// Splits a dump into the units that the classifier takes as input.
#[must_use]
pub fn units(dump: &str) -> Vec<Unit> {
    dump::units_of(dump)
}

/// Computes the features for the first pass, and the number of words in each unit.
#[must_use]
pub fn first_pass(units: &[Unit]) -> (FirstPass, Vec<usize>) {
    let lines = dump::story_lines(units);
    let line_features: Vec<LineFeatures> = lines.iter().map(|line| LineFeatures::of(line.text)).collect();
    let words = line_features.iter().map(|features| features.words).collect();
    (feature::first(&lines, &line_features), words)
}

/// Computes the features for the second pass: those of the first, and others derived from its log-odds.
#[must_use]
pub fn second_pass(first: &FirstPass, odds: &[f32]) -> FeatureMatrix {
    second_pass::features(first, odds)
}

/// Returns the log-odds that a forest assigns to each row.
#[must_use]
pub fn scores(forest: &Forest, table: &FeatureMatrix) -> Vec<f32> {
    model::scores(forest, table)
}

/// Reads a dump with the given weights instead of the bundled ones, to evaluate them.
#[must_use]
pub fn articles(model: &Model, id: &str, dump: &str) -> Vec<Article> {
    dump::articles_by(model, id, dump)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_has_a_row_in_both_passes() {
        let units = units("Bridge reopens\n\nThe bridge reopened on Monday, the county said.\n\nShare\n");
        let (first, words) = first_pass(&units);
        let odds = scores(&Model::bundled().first, &first.table);
        let second = second_pass(&first, &odds);
        assert_eq!((words.len(), odds.len()), (units.len(), units.len()));
        assert_eq!((first.table.len(), second.len()), (units.len(), units.len()));
        assert!(second.row(0).len() > first.table.row(0).len());
    }

    #[test]
    fn articles_are_read_with_the_weights_given() {
        let dump = include_str!("../tests/dumps/agency_page.txt");
        let left_out = |model: &Model| -> usize {
            articles(model, "a", dump).iter().flat_map(|article| &article.left_out).map(|line| line.text.len()).sum()
        };
        let keeps_more = Model { bias: 99.0, ..Model::bundled().clone() };
        assert!(left_out(&keeps_more) < left_out(Model::bundled()));
    }
}
