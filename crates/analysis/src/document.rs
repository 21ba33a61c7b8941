//! Article split into tokens and sentences, with the token properties that every later stage needs.

use super::distinct_words::DistinctWords;
use super::language::ForeignBlock;
use super::pos::feature::Reading;
use super::pos::{self, PennTag, Tagged};
use super::resources::Resources;
use super::sentence::{self, Sentence};
use super::syntax::Parsed;
use super::token::{self, Token};
use super::word_class::{self, Senses, WordClass};
use dateline_core::article::{Article, BlockKind};
use dateline_core::text::Span;
use std::cell::OnceCell;
use std::ops::Range;

/// Article with its tokens, sentences and word classes, computed once and shared by all stages.
#[derive(Debug)]
pub struct Document<'a> {
    /// Article that was split.
    pub(crate) article: &'a Article,
    /// Text of the article.
    pub(crate) text: &'a str,
    /// Word lists and tables for the analysis.
    pub(crate) resources: &'a Resources,
    /// All tokens, in order. No token crosses a block boundary.
    pub tokens: Vec<Token>,
    /// All sentences, in order. No sentence crosses a block boundary.
    pub(crate) sentences: Vec<Sentence>,
    /// Foreign-language paragraphs, in order. They contain no tokens.
    pub(crate) foreign: Vec<ForeignBlock>,
    /// Distinct words among the tokens.
    pub(crate) distinct: DistinctWords,
    /// Possible word classes of each token.
    pub(crate) senses: Vec<Senses>,
    /// Rule-based word class of each token.
    pub(crate) classes: Vec<WordClass>,
    /// Part-of-speech tags of each sentence. They are computed on first use, because most sentences contain no time and
    /// need no tags.
    tags: Vec<OnceCell<Vec<Tagged>>>,
    /// Clauses of each sentence, computed on first use.
    parsed: Vec<OnceCell<Parsed>>,
}

/// Maximum length, in tokens, of a sentence whose clauses are parsed.
const LONG: usize = 240;

impl<'a> Document<'a> {
    /// Splits an article. Bylines, date lines and code are skipped because they contain no sentences. Foreign-language
    /// paragraphs are skipped because every table and rule is for English.
    #[must_use]
    pub fn new(article: &'a Article, resources: &'a Resources) -> Self {
        let text = article.text.as_str();
        let mut tokens = Vec::with_capacity(text.len() / 5);
        let mut sentences = Vec::with_capacity(text.len() / 100);
        let foreign = resources.languages().foreign_blocks(article);
        for (index, block) in article.blocks.iter().enumerate() {
            if foreign.binary_search_by_key(&index, |foreign| foreign.block).is_ok() {
                continue;
            }
            if matches!(block.kind, BlockKind::Byline | BlockKind::TimestampLine | BlockKind::Code) {
                continue;
            }
            let first = tokens.len();
            token::tokenize(text, block.span, resources.lexicon(), &mut tokens);
            sentence::split(text, &tokens, first, index, resources.lexicon(), &mut sentences);
        }
        let distinct = DistinctWords::new(text, &tokens);
        let (senses, classes) = word_class::classify(text, &tokens, &sentences, &distinct, resources.vocabulary());
        let tags = vec![OnceCell::new(); sentences.len()];
        let parsed = vec![OnceCell::new(); sentences.len()];
        Self { article, text, resources, tokens, sentences, foreign, distinct, senses, classes, tags, parsed }
    }

    /// Returns the document as input for the part-of-speech tagger.
    #[must_use]
    pub(crate) fn reading(&self) -> Reading {
        Reading::new(self.text, &self.tokens, self.sentence_ranges(), &self.senses, &self.classes)
    }

    /// Returns the clauses of sentence `index`; `None` if the sentence is too long to parse.
    pub(crate) fn parsed(&self, index: usize) -> Option<&Parsed> {
        let sentence = self.sentences.get(index).filter(|sentence| sentence.tokens.len() <= LONG)?;
        Some(self.parsed.get(index)?.get_or_init(|| self.parse(sentence.tokens.clone())))
    }

    /// Parses the clauses of the words at `tokens`, which are a whole sentence or a part of it.
    pub(crate) fn parse(&self, tokens: Range<usize>) -> Parsed {
        let words: Vec<&str> = tokens.clone().map(|index| self.word(index)).collect();
        let tags = self.penn_tags(&tokens);
        Parsed::new(tokens, &words, &tags)
    }

    /// Returns the part-of-speech tags computed with the given `weights`, which may differ from the bundled ones. Used
    /// for evaluation.
    #[must_use]
    pub(crate) fn tagged_by(&self, weights: &pos::Weights) -> Vec<Tagged> {
        pos::tag(&self.reading(), self.sentence_ranges(), weights)
    }

    /// Returns the part-of-speech tags of sentence `index`, and the index of its first token.
    fn tags_of(&self, index: usize) -> Option<(usize, &[Tagged])> {
        let inside = self.sentences.get(index)?.tokens.clone();
        let tags = self.tags.get(index)?.get_or_init(|| {
            let whole = || std::iter::once(0..inside.len());
            let tokens = self.tokens.get(inside.clone()).unwrap_or_default();
            let senses = self.senses.get(inside.clone()).unwrap_or_default();
            let classes = self.classes.get(inside.clone()).unwrap_or_default();
            let reading = Reading::new(self.text, tokens, whole(), senses, classes);
            pos::tag(&reading, whole(), self.resources.pos())
        });
        Some((inside.start, tags))
    }

    fn tagged(&self, index: usize) -> Tagged {
        let tags = self.sentence_of(index).and_then(|sentence| self.tags_of(sentence));
        tags.and_then(|(start, tags)| tags.get(index - start)).copied().unwrap_or_default()
    }

    /// Returns the part-of-speech tags of `tokens`, which must lie in one sentence.
    pub(crate) fn penn_tags(&self, tokens: &Range<usize>) -> Vec<PennTag> {
        let Some((start, tags)) = self.sentence_of(tokens.start).and_then(|sentence| self.tags_of(sentence)) else {
            return Vec::new();
        };
        let tags = tags.get(tokens.start - start..(tokens.end - start).min(tags.len())).unwrap_or_default();
        tags.iter().map(|tagged| tagged.tag).collect()
    }

    /// Returns the part-of-speech tag of token `index`, or the default tag past the end.
    #[must_use]
    pub(crate) fn penn(&self, index: usize) -> PennTag {
        self.tagged(index).tag
    }

    /// Returns the margin by which the tag of token `index` won over the runner-up, in the unit of the tagger's
    /// weights. Returns 0 past the end.
    #[must_use]
    pub(crate) fn pos_margin(&self, index: usize) -> i32 {
        self.tagged(index).margin
    }

    /// Returns whether the rule-based word class of token `index` corresponds to `tag`.
    #[must_use]
    pub(crate) fn class_agrees(&self, index: usize, tag: PennTag) -> bool {
        self.classes.get(index).is_some_and(|class| pos::agrees(*class, tag))
    }

    /// Returns whether the rule-based word class of token `index` is a finite verb.
    #[must_use]
    pub(crate) fn has_finite_class(&self, index: usize) -> bool {
        self.classes.get(index).is_some_and(|class| class.is_finite())
    }

    /// Returns the token ranges of the sentences, in order.
    fn sentence_ranges(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.sentences.iter().map(|sentence| sentence.tokens.clone())
    }

    /// Returns the text of token `index`, or an empty string past the end.
    #[must_use]
    #[inline]
    pub(crate) fn word(&self, index: usize) -> &'a str {
        super::steps::step();
        self.tokens.get(index).map_or("", |token| token.span.of(self.text))
    }

    /// Returns the byte span from the first to the last token of a range. An empty range gives an empty span.
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
    pub(crate) fn tokens_in(&self, span: Span) -> Range<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sentences_that_a_stage_asks_about_are_tagged() {
        let resources = Resources::bundled();
        let article = Article::verbatim("a", "Dogs bark. The board met on Monday. It rained.");
        let document = Document::new(&article, &resources);
        let meets = (0..document.tokens.len()).find(|index| document.word(*index) == "met").unwrap();
        assert_eq!(document.penn(meets), PennTag::Vbd);
        let asked: Vec<bool> = document.tags.iter().map(|tags| tags.get().is_some()).collect();
        assert_eq!(asked, [false, true, false]);
        assert_eq!(document.penn_tags(&(meets..meets + 2)), [PennTag::Vbd, PennTag::In]);
        assert_eq!(document.penn_tags(&(999..1000)), []);
    }
}
