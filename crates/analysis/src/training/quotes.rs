//! Interface for training the speaker ranker and the confidences. Weights and features are numbers in a fixed order.

pub use crate::quote::example::Example;

use super::Document;
use crate::QuoteKind;
use crate::quote::source::Source;
use crate::quote::{Confidence, Weights, example};

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

/// Moves the confidences in a weights file towards the observed proportions, and formats them without the header of the
/// file.
///
/// `judged` lists the rule name, kind and correctness of each quotation. A confidence in the file counts as much as
/// `prior` observations.
#[must_use]
pub fn fit_confidence(file: &str, judged: &[(Option<&str>, QuoteKind, bool)], prior: f32) -> String {
    let source = |name: &str| Source::ALL.into_iter().find(|source| source.name() == name);
    let judged: Vec<_> = judged.iter().map(|(name, kind, right)| (name.and_then(source), *kind, *right)).collect();
    let mut confidence = Confidence::parse(file);
    confidence.fit(&judged, prior);
    confidence.print()
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

    #[test]
    fn a_confidence_moves_towards_the_observed_share() {
        let printed = fit_confidence("after 0.5 0.5", &[(Some("after"), QuoteKind::Direct, true); 10], 10.0);
        assert!(printed.starts_with("after 0.750 0.500"));
    }
}
