//! Training of the ranker of speakers and of the confidences: weights and features are numbers in one fixed order.

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

/// Parses a file of weights, lines of `name weight`; features without a line get weight 0.
#[must_use]
pub fn parse_weights(file: &str) -> Vec<f32> {
    Weights::parse(file).as_slice().to_vec()
}

/// Formats weights as [`parse_weights`] reads them, without the file's head.
#[must_use]
pub fn print_weights(weights: &[f32]) -> String {
    Weights::from_slice(weights).print()
}

/// Moves the confidences of a file towards the observed shares, and formats them without the file's head.
///
/// `judged` contains the name of the rule, the kind and whether the quote was right. A share of the file counts as much
/// as `prior` observations.
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
