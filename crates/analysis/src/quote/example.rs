//! Training examples for the ranker: every quotation of a document with its candidates.

use super::attribution::attribute;
use super::candidate::candidates;
use super::masked_sentence::MaskedSentences;
use super::rank::Weights;
use super::sentence_analysis::SentenceAnalysis;
use super::{mark, speech};
use crate::QuoteKind;
use crate::document::Document;
use dateline_core::text::Span;

/// Quotation as attributed by the current weights.
#[derive(Clone, Debug)]
pub struct Example {
    /// Quoted words, without quotation marks.
    pub content: Span,
    /// Kind of quotation: a whole utterance or a fragment of a sentence.
    pub kind: QuoteKind,
    /// Name of the rule that found the speaker; `None` if no speaker was found.
    pub source: Option<&'static str>,
    /// Words that name the speaker; `None` if no speaker was found.
    pub speaker: Option<Span>,
    /// Candidates for the ranker. Each has its feature values and the words that name its speaker.
    pub candidates: Vec<(Vec<f32>, Option<Span>)>,
}

/// Returns the quotations of a document that count as speech, as training examples.
#[must_use]
pub(crate) fn examples(document: &Document<'_>, weights: &Weights) -> Vec<Example> {
    let masked = MaskedSentences::new(document, mark::scan(document));
    let analyses: Vec<SentenceAnalysis<'_>> =
        masked.sentences.iter().map(|sentence| SentenceAnalysis::new(&masked, sentence)).collect();
    let found = attribute(&masked, &analyses, weights);
    let mut out = Vec::new();
    for analysis in &analyses {
        for index in analysis.sentence.quotations.clone() {
            let attribution = found[index].as_ref();
            let quotation = &masked.quotations[index];
            if !speech::is_speech(&masked, quotation, attribution) {
                continue;
            }
            let previous = index
                .checked_sub(1)
                .filter(|previous| masked.quotations[*previous].block == analysis.sentence.block)
                .and_then(|previous| found[previous].as_ref());
            let span = |tokens: &std::ops::Range<usize>| document.span(tokens.clone());
            let speaker = attribution.and_then(|found| found.speaker.as_ref());
            out.push(Example {
                content: quotation.content,
                kind: speech::kind(&masked, quotation, attribution),
                source: attribution.filter(|_| speaker.is_some()).map(|found| found.source.name()),
                speaker: speaker.map(|mentioned| span(&mentioned.tokens)),
                candidates: candidates(&masked, analysis, index, previous)
                    .into_iter()
                    .map(|candidate| {
                        (
                            candidate.features.as_slice().to_vec(),
                            candidate.speaker.map(|mentioned| span(&mentioned.tokens)),
                        )
                    })
                    .collect(),
            });
        }
    }
    out
}
