//! Interface for training and evaluating the part-of-speech tagger: its features, its weights file, and the tags that
//! it assigns.

pub use crate::pos::feature::{History, Reading};
pub use crate::pos::model::step;
pub use crate::pos::{PennTag, Weights};

use super::Document;
use std::ops::Range;

/// Returns the tagger's input for a document, and the token ranges of its sentences in order.
#[must_use]
pub fn read(document: &Document<'_>) -> (Reading, Vec<Range<usize>>) {
    (document.reading(), document.sentences.iter().map(|sentence| sentence.tokens.clone()).collect())
}

/// Returns the tag of each token in a document. Uses the bundled weights if `weights` is `None`.
#[must_use]
pub fn tags(document: &Document<'_>, weights: Option<&Weights>) -> Vec<PennTag> {
    match weights {
        Some(weights) => document.tagged_by(weights).into_iter().map(|tagged| tagged.tag).collect(),
        None => (0..document.tokens.len()).map(|index| document.penn(index)).collect(),
    }
}

/// Judges the rule-based word class of token `index`: returns whether it corresponds to `tag`, and whether it is that of a
/// finite verb.
#[must_use]
pub fn judge_class(document: &Document<'_>, index: usize, tag: PennTag) -> (bool, bool) {
    (document.class_agrees(index, tag), document.has_finite_class(index))
}
