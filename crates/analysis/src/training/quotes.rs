//! Interface for training the speaker ranker and the confidences. Weights and features are numbers in a fixed order.

pub use crate::quote::example::Example;

use super::Document;
use crate::quote::indicator::Evidence;
use crate::quote::{self, Weights, example};
use crate::{Analyzer, Quote, entity, name};
use dateline_core::article::Article;

/// Returns the quotations of a document that count as speech, attributed with `weights`.
#[must_use]
pub fn examples(document: &Document<'_>, weights: &[f32]) -> Vec<Example> {
    example::examples(document, &Weights::from_slice(weights))
}

/// Parses a weights file with lines of the form `name weight`. Features without a line get weight 0.
#[must_use]
pub fn parse_weights(file: &str) -> Vec<f32> {
    Weights::parse(file).as_slice().to_vec()
}

/// Formats weights for [`parse_weights`], without the header of the file.
#[must_use]
pub fn print_weights(weights: &[f32]) -> String {
    Weights::from_slice(weights).print()
}

/// Returns the quotations in quotation marks and the reports of an article, attributed with `weights`, each with the names
/// of the indicators that hold for it.
#[must_use]
pub fn rated(article: &Article, analyzer: &Analyzer, weights: &[f32]) -> Vec<(Quote, Vec<&'static str>)> {
    let document = Document::new(article, &analyzer.resources);
    let names = name::find(&document, &analyzer.names);
    let entities = entity::find(&document, &names, &[]);
    let found = quote::with_evidence(&document, &entities, &Weights::from_slice(weights));
    let named = |evidence: &Evidence| evidence.indicators().iter().map(|indicator| indicator.name()).collect();
    found.into_iter().map(|(quote, evidence)| (quote, named(&evidence))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_printing() {
        let weights = parse_weights(include_str!("../../assets/models/quotes.txt"));
        assert_eq!(parse_weights(&print_weights(&weights)), weights);
        assert!(weights.iter().any(|weight| *weight != 0.0));
    }
}
