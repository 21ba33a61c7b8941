//! Clauses of a sentence within its document.

use super::Syntax;
use crate::pos::PennTag;
use std::ops::Range;

/// Clauses of one sentence, with the position of the sentence in its document.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    /// Tokens of the sentence, indexed in the document.
    pub tokens: Range<usize>,
    syntax: Syntax,
}

impl Parsed {
    /// Finds the clauses of the sentence at `tokens`.
    pub(crate) fn new(tokens: Range<usize>, words: &[&str], tags: &[PennTag]) -> Self {
        Self { syntax: Syntax::of(words, tags), tokens }
    }

    /// Returns the clauses. Their token indices count from the start of the sentence.
    pub(crate) const fn syntax(&self) -> &Syntax {
        &self.syntax
    }

    /// Converts a token range within the sentence to a range within the document.
    pub(crate) fn here(&self, range: &Range<usize>) -> Range<usize> {
        self.tokens.start + range.start..self.tokens.start + range.end
    }
}
