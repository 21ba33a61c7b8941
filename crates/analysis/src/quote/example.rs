//! Training examples: every quotation of a document with its candidates.

use super::attribution::attribute;
use super::candidate::candidates;
use super::frame::MaskedSentences;
use super::rank::{Features, Weights};
use super::reading::Reading;
use super::source::Source;
use super::{mark, speech};
use crate::QuoteKind;
use crate::document::Document;
use dateline_core::text::Span;

/// A quotation with its attribution under the current weights.
#[derive(Clone, Debug)]
pub struct Example {
    /// Content.
    pub content: Span,
    /// Whole utterance or fragment.
    pub kind: QuoteKind,
    /// Rule that finds its speaker.
    pub source: Option<Source>,
    /// Speaker that was found.
    pub speaker: Option<Span>,
    /// Candidates that the ranker chooses from, each with the speaker it names.
    pub candidates: Vec<(Features, Option<Span>)>,
}

/// Returns the quotations of a document that count as speech.
#[must_use]
pub fn examples(document: &Document<'_>, weights: &Weights) -> Vec<Example> {
    let frames = MaskedSentences::new(document, mark::scan(document));
    let readings: Vec<Reading<'_>> = frames.sentences.iter().map(|frame| Reading::new(&frames, frame)).collect();
    let found = attribute(&frames, &readings, weights);
    let mut out = Vec::new();
    for reading in &readings {
        for index in reading.frame.quotations.clone() {
            let attribution = found[index].as_ref();
            let quotation = &frames.quotations[index];
            if !speech::is_speech(&frames, quotation, attribution) {
                continue;
            }
            let previous = index
                .checked_sub(1)
                .filter(|previous| frames.quotations[*previous].block == reading.frame.block)
                .and_then(|previous| found[previous].as_ref());
            let span = |tokens: &std::ops::Range<usize>| document.span(tokens.clone());
            let speaker = attribution.and_then(|found| found.speaker.as_ref());
            out.push(Example {
                content: quotation.content,
                kind: speech::kind(&frames, quotation, attribution),
                source: attribution.filter(|_| speaker.is_some()).map(|found| found.source),
                speaker: speaker.map(|mentioned| span(&mentioned.tokens)),
                candidates: candidates(&frames, reading, index, previous)
                    .into_iter()
                    .map(|candidate| (candidate.features, candidate.speaker.map(|mentioned| span(&mentioned.tokens))))
                    .collect(),
            });
        }
    }
    out
}
