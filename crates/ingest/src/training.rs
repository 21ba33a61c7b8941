//! Access for the trainer of the line classifier: rows of features for each line, forests, and the file of weights.
//!
//! Reading needs none of this. It is public because training happens outside this crate, and it is narrow so that the
//! classifier can change without a change in the trainer.

pub use crate::boilerplate::line_classifier::Model;
pub use crate::boilerplate::line_classifier::feature::{FeatureMatrix, FirstPass};
pub use crate::boilerplate::line_classifier::forest::{Forest, Node};
pub use crate::dump::{Mark, Unit};

use crate::boilerplate::line_classifier::{LineFeatures, feature, model, second_pass};
use crate::dump;
use dateline_core::article::Article;

/// Returns the units of a dump, as the classifier sees them.
#[must_use]
pub fn units(dump: &str) -> Vec<Unit> {
    dump::units_of(dump)
}

/// Computes the features of the first pass, and the number of words of each unit.
#[must_use]
pub fn first_pass(units: &[Unit]) -> (FirstPass, Vec<usize>) {
    let lines = dump::story_lines(units);
    let line_features: Vec<LineFeatures> = lines.iter().map(|line| LineFeatures::of(line.text)).collect();
    let words = line_features.iter().map(|features| features.words).collect();
    (feature::first(&lines, &line_features), words)
}

/// Computes the features of the second pass: those of the first, and those derived from its log-odds.
#[must_use]
pub fn second_pass(first: &FirstPass, odds: &[f32]) -> FeatureMatrix {
    second_pass::features(first, odds)
}

/// Returns the log-odds that a forest gives to every row.
#[must_use]
pub fn scores(forest: &Forest, table: &FeatureMatrix) -> Vec<f32> {
    model::scores(forest, table)
}

/// Reads a dump with other weights than the bundled ones, to measure them.
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
