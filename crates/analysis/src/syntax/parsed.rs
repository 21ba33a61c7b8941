//! Finds the clauses of a sentence of a document.

use super::Syntax;
use crate::document::Document;
use std::ops::Range;

/// Clauses of one sentence with the position of its first token in the document.
#[derive(Clone, Debug)]
pub(crate) struct Parsed {
    /// Tokens of the sentence.
    pub tokens: Range<usize>,
    syntax: Syntax,
}

impl Parsed {
    /// Finds the clauses of the sentence at `tokens`.
    pub(crate) fn new(document: &Document<'_>, tokens: Range<usize>) -> Self {
        let words: Vec<&str> = tokens.clone().map(|index| document.word(index)).collect();
        let tags = document.penn_tags(&tokens);
        Self { syntax: Syntax::of(&words, &tags), tokens }
    }

    /// Returns the clauses; their tokens count from the start of the sentence.
    pub(crate) const fn syntax(&self) -> &Syntax {
        &self.syntax
    }

    /// Returns a range of the sentence as tokens of the document.
    pub(crate) fn here(&self, range: &Range<usize>) -> Range<usize> {
        self.tokens.start + range.start..self.tokens.start + range.end
    }
}
