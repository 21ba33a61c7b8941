//! A sentence as the attribution sees it: its noun phrases, subjects and cues.

use super::cue::{Cue, cues};
use super::frame::{MaskedSentence, MaskedSentences};
use super::subject::Clauses;

/// A frame with its phrases and cues.
pub(crate) struct Reading<'a> {
    /// Underlying frame.
    pub frame: &'a MaskedSentence,
    /// Its noun phrases and subjects.
    pub clauses: Clauses<'a>,
    /// Its cues in order.
    pub cues: Vec<Cue>,
}

impl<'a> Reading<'a> {
    /// Analyses `frame`.
    #[must_use]
    pub(crate) fn new(frames: &'a MaskedSentences<'a>, frame: &'a MaskedSentence) -> Self {
        let clauses = Clauses::new(frames, frame);
        let cues = cues(frames, frame, &clauses);
        Self { frame, clauses, cues }
    }
}
