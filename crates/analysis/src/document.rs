//! An article split into tokens and sentences, with the token properties that every later stage needs.

use super::resources::Resources;
use super::sentence::{self, Sentence};
use super::token::{self, Token};
use super::word_class::{self, Senses, WordClass};
use dateline_core::article::{Article, BlockKind};
use dateline_core::text::Span;
use std::ops::Range;

/// The article with its tokens, sentences and word classes, computed once and read by all stages.
#[derive(Debug)]
pub struct Document<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its text.
    pub text: &'a str,
    /// The word lists and tables.
    pub resources: &'a Resources,
    /// All tokens, in order; none crosses a block boundary.
    pub tokens: Vec<Token>,
    /// All sentences, in order; none crosses a block boundary.
    pub(crate) sentences: Vec<Sentence>,
    /// Possible classes of each token.
    pub senses: Vec<Senses>,
    /// Class of each token.
    pub(crate) classes: Vec<WordClass>,
}

impl<'a> Document<'a> {
    /// Splits an article. Skips bylines, date lines and code, because they are not sentences.
    #[must_use]
    pub fn new(article: &'a Article, resources: &'a Resources) -> Self {
        let text = article.text.as_str();
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut sentences = Vec::with_capacity(text.len() / 100);
        for (index, block) in article.blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::Byline | BlockKind::TimestampLine | BlockKind::Code) {
                continue;
            }
            let first = tokens.len();
            token::tokenize(text, block.span, resources.lexicon(), &mut tokens);
            sentence::split(text, &tokens, first, index, resources.lexicon(), &mut sentences);
        }
        let (senses, classes) = word_class::classify(text, &tokens, &sentences, resources.vocabulary());
        Self { article, text, resources, tokens, sentences, senses, classes }
    }

    /// Returns the text of token `index`; empty past the end.
    #[must_use]
    #[inline]
    pub(crate) fn word(&self, index: usize) -> &'a str {
        super::steps::step();
        self.tokens.get(index).map_or("", |token| token.span.of(self.text))
    }

    /// Returns the byte span from the first to the last token of a range; empty for an empty range.
    #[must_use]
    #[inline]
    pub(crate) fn span(&self, tokens: Range<usize>) -> Span {
        super::steps::step();
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => Span::new(first.span.start, last.span.end),
            _ => Span::default(),
        }
    }

    /// Returns the tokens that lie entirely inside `span`.
    #[must_use]
    #[inline]
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        super::steps::step();
        let start = self.tokens.partition_point(|token| token.span.start < span.start);
        let end = self.tokens.partition_point(|token| token.span.end <= span.end);
        start..end.max(start)
    }

    /// Returns the index of the sentence that contains token `index`.
    #[must_use]
    pub(crate) fn sentence_of(&self, index: usize) -> Option<usize> {
        super::steps::step();
        let at = self.sentences.partition_point(|sentence| sentence.tokens.end <= index);
        (self.sentences.get(at)?.tokens.start <= index).then_some(at)
    }
}
