//! A sentence as the attribution sees it: its noun phrases, subjects and cues.

use super::cue::{Cue, cues};
use super::masked_sentence::{MaskedSentence, MaskedSentences};
use super::subject::Clauses;

/// A masked sentence with its phrases and cues.
pub(crate) struct SentenceAnalysis<'a> {
    /// The masked sentence.
    pub sentence: &'a MaskedSentence,
    /// Its noun phrases and subjects.
    pub clauses: Clauses<'a>,
    /// Its cues in order.
    pub cues: Vec<Cue>,
}

impl<'a> SentenceAnalysis<'a> {
    /// Analyses `sentence`.
    #[must_use]
    pub(crate) fn new(masked: &'a MaskedSentences<'a>, sentence: &'a MaskedSentence) -> Self {
        let clauses = Clauses::new(masked, sentence);
        let cues = cues(masked, sentence, &clauses);
        Self { sentence, clauses, cues }
    }
}
