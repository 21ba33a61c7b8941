//! Training of the parts of speech: features, the file of weights, and the results to measure.

pub use crate::pos::feature::{History, Reading};
pub use crate::pos::model::step;
pub use crate::pos::{PennTag, Weights};

use super::Document;
use std::ops::Range;

/// Returns what the tagger sees of a document, and the token ranges of its sentences in order.
#[must_use]
pub fn read(document: &Document<'_>) -> (Reading, Vec<Range<usize>>) {
    (document.reading(), document.sentences.iter().map(|sentence| sentence.tokens.clone()).collect())
}

/// Returns the tag of each token of a document, with other weights than the bundled ones if given.
#[must_use]
pub fn tags(document: &Document<'_>, weights: Option<&Weights>) -> Vec<PennTag> {
    match weights {
        Some(weights) => document.tagged_by(weights).into_iter().map(|tagged| tagged.tag).collect(),
        None => (0..document.tokens.len()).map(|index| document.penn(index)).collect(),
    }
}

/// Returns whether the word class by rules of token `index` is one of those that `tag` covers.
#[must_use]
pub fn class_agrees(document: &Document<'_>, index: usize, tag: PennTag) -> bool {
    document.class_agrees(index, tag)
}

/// Returns whether the word class by rules of token `index` is a verb form with a tense of its own.
#[must_use]
pub fn has_finite_class(document: &Document<'_>, index: usize) -> bool {
    document.has_finite_class(index)
}
