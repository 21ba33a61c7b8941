//! Clauses of a sentence within its document.

use super::Syntax;
use crate::document::Document;
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
    pub(crate) fn new(document: &Document<'_>, tokens: Range<usize>) -> Self {
        let words: Vec<&str> = tokens.clone().map(|index| document.word(index)).collect();
        let tags = document.penn_tags(&tokens);
        Self { syntax: Syntax::of(&words, &tags), tokens }
    }

    /// Returns the clauses. Their token indices count from the start of the sentence.
    pub(crate) const fn syntax(&self) -> &Syntax {
        &self.syntax
    }

    /// Converts a token range of the sentence to one of the document.
    pub(crate) fn here(&self, range: &Range<usize>) -> Range<usize> {
        self.tokens.start + range.start..self.tokens.start + range.end
    }
}
