//! Explains the choice of a speaker by the scores of all candidates and by the features that separate the two best.

use super::example::{self, Example};
use super::rank::{Feature, Weights};
use crate::document::Document;
use dateline_core::text::Span;
use std::fmt::Write;

/// Maximum number of features listed in an explanation.
const NAMED: usize = 6;

/// Explains how the speakers of the quotations in `sentence` were chosen. Each quotation gets one or two lines of text.
#[must_use]
pub(crate) fn explain(document: &Document<'_>, weights: &Weights, sentence: Span) -> Vec<(Span, String)> {
    let examples = example::examples(document, weights);
    let inside = examples.into_iter().filter(|example| sentence.overlaps(example.content));
    inside.map(|example| (example.content, of_example(document, weights, &example))).collect()
}

/// Explains the choice of one speaker.
fn of_example(document: &Document<'_>, weights: &Weights, example: &Example) -> String {
    let name = |speaker: &Option<Span>| {
        speaker.map_or_else(|| "nobody".to_owned(), |speaker| format!("“{}”", speaker.of(document.text)))
    };
    let scored = example.candidates.iter().map(|(values, speaker)| (weights.sum(values), values, name(speaker)));
    let mut scored: Vec<(f32, &Vec<f32>, String)> = scored.collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    let rule = example.source.unwrap_or("none");
    let mut line = format!("rule {rule}");
    let Some((best, values, speaker)) =
        scored.first().filter(|(best, _, speaker)| *best > 0.0 && *speaker == name(&example.speaker))
    else {
        if let Some((score, _, speaker)) = scored.first() {
            let _ = write!(line, ", because no candidate won: best {speaker} with score {score:.2}");
        }
        return line;
    };
    let none = vec![0.0; values.len()];
    let (second, others, runner_up) = match scored.get(1) {
        Some((score, values, speaker)) => (*score, *values, speaker.clone()),
        None => (0.0, &none, "no speaker".to_owned()),
    };
    let _ = write!(line, ", {speaker} with score {best:.2}, margin {:.2} over {runner_up}", best - second);
    let _ = write!(line, "\n    weights: {}", differences(weights, values, others));
    line
}

/// Lists the features that separate two candidates, heaviest first, each with its share of the margin.
fn differences(weights: &Weights, best: &[f32], second: &[f32]) -> String {
    let values = best.iter().zip(second).zip(weights.as_slice());
    let shares = values.map(|((best, second), weight)| (best - second) * weight);
    let mut shares: Vec<(&str, f32)> = Feature::ALL.iter().map(|feature| feature.name()).zip(shares).collect();
    shares.retain(|(_, share)| share.abs() > 0.005);
    shares.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
    let named: Vec<String> = shares.iter().take(NAMED).map(|(name, share)| format!("{name} {share:+.2}")).collect();
    named.join(", ")
}
