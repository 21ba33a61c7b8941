//! Analysis of a sentence for attribution: noun phrases, subjects and cues.

use super::cue::{Cue, cues};
use super::masked_sentence::{MaskedSentence, MaskedSentences};
use super::subject::Clauses;

/// Masked sentence with its phrases and cues.
pub(crate) struct SentenceAnalysis<'a> {
    /// Sentence that was analysed.
    pub sentence: &'a MaskedSentence,
    /// Noun phrases of the sentence, searchable for subjects.
    pub clauses: Clauses<'a>,
    /// Cues of the sentence, in order.
    pub cues: Vec<Cue>,
}

impl<'a> SentenceAnalysis<'a> {
    /// Analyses `sentence` for phrases, subjects and cues.
    #[must_use]
    pub(crate) fn new(masked: &'a MaskedSentences<'a>, sentence: &'a MaskedSentence) -> Self {
        let clauses = Clauses::new(masked, sentence);
        let cues = cues(masked, sentence, &clauses);
        Self { sentence, clauses, cues }
    }
}
