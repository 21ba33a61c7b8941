//! Interface for training the speaker ranker and the confidences. Weights and features are numbers in a fixed order.

pub use crate::quote::example::Example;

use super::Document;
use crate::quote::{self, Confidence, Weights, example};
use crate::{Analyzer, QuoteKind, entity, name};
use dateline_core::article::Article;
use dateline_core::text::Span;

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

/// Quotation or report as found, for training the confidences.
#[derive(Clone, Debug)]
pub struct Rated {
    /// Reported words, without quotation marks.
    pub content: Span,
    /// Form of the report.
    pub kind: QuoteKind,
    /// Words that name the speaker; `None` if no speaker was found.
    pub speaker: Option<Span>,
    /// Indices of the indicators that hold, in the order of [`parse_confidence`].
    pub indicators: Vec<usize>,
}

/// Returns the quotations in quotation marks and the reports of an article, attributed with `weights`.
#[must_use]
pub fn rated(article: &Article, analyzer: &Analyzer, weights: &[f32]) -> Vec<Rated> {
    let document = Document::new(article, &analyzer.resources);
    let names = name::find(&document, &analyzer.names);
    let entities = entity::find(&document, &names, &[]);
    let found = quote::with_evidence(&document, &entities, &Weights::from_slice(weights));
    let rated = found.into_iter().map(|(quote, evidence)| Rated {
        content: quote.span,
        kind: quote.kind,
        speaker: quote.speaker.map(|speaker| speaker.mention),
        indicators: evidence.indicators().iter().map(|indicator| *indicator as usize).collect(),
    });
    rated.collect()
}

/// Parses a confidence file with lines of the form `indicator weight`.
#[must_use]
pub fn parse_confidence(file: &str) -> Vec<f32> {
    Confidence::parse(file).as_slice().to_vec()
}

/// Formats weights for [`parse_confidence`], without the header of the file.
#[must_use]
pub fn print_confidence(weights: &[f32]) -> String {
    Confidence::from_slice(weights).print()
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
