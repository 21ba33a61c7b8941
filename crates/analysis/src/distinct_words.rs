//! Finds the distinct words of a document. A news story repeats more than half of its words, so a property that depends
//! only on spelling is looked up once per distinct word.

use crate::lexicon::word_map::WordMap;
use crate::token::Token;

/// Distinct words of a document. Two tokens are the same word if they have the same letters, in the same case, and the
/// same kind.
#[derive(Debug, Default)]
pub(crate) struct DistinctWords {
    /// For each token, the index of its distinct word.
    of_tokens: Vec<u32>,
    /// For each distinct word, the index of its first token, in text order.
    first: Vec<usize>,
}

impl DistinctWords {
    /// Finds the distinct words among the tokens of `text`.
    #[must_use]
    pub(crate) fn new(text: &str, tokens: &[Token]) -> Self {
        let mut known: WordMap<u32> = WordMap::default();
        let mut words = Self { of_tokens: Vec::with_capacity(tokens.len()), first: Vec::new() };
        for (index, token) in tokens.iter().enumerate() {
            let next = words.first.len() as u32;
            let found = known.get_or_insert(token.span.of(text), next);
            let same = |first: &usize| tokens.get(*first).is_some_and(|first| first.kind == token.kind);
            if !words.first.get(*found as usize).is_some_and(same) {
                *found = next;
                words.first.push(index);
            }
            words.of_tokens.push(*found);
        }
        words
    }

    /// Returns the number of distinct words.
    #[must_use]
    pub(crate) const fn count(&self) -> usize {
        self.first.len()
    }

    /// Returns the index of the distinct word that token `index` is an occurrence of; `None` past the last token.
    #[must_use]
    #[inline]
    pub(crate) fn of(&self, index: usize) -> Option<usize> {
        self.of_tokens.get(index).map(|word| *word as usize)
    }

    /// Returns a value for every token. `value` is called once per distinct word, with the index of its first token.
    #[must_use]
    pub(crate) fn each<T: Copy>(&self, value: impl Fn(usize) -> T) -> Vec<T> {
        let values: Vec<T> = self.first.iter().map(|first| value(*first)).collect();
        self.of_tokens.iter().filter_map(|word| values.get(*word as usize)).copied().collect()
    }

    /// Returns the indices of the tokens whose word satisfies `is_wanted`, in text order. `is_wanted` is called once per
    /// distinct word, with the index of its first token.
    #[must_use]
    pub(crate) fn positions(&self, is_wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        let wanted: Vec<bool> = self.first.iter().map(|first| is_wanted(*first)).collect();
        let tokens = self.of_tokens.iter().enumerate();
        tokens.filter(|(_, word)| wanted.get(**word as usize) == Some(&true)).map(|(index, _)| index).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::TokenKind;
    use dateline_core::text::Span;
    use std::cell::Cell;

    #[test]
    fn a_value_is_computed_once_for_each_spelling_and_kind() {
        let text = "The pier, the quay, the lighthouse-keeper's pier.";
        let kind = |word: &str| if word == "," { TokenKind::Mark } else { TokenKind::Word };
        let mut tokens: Vec<Token> = ["The", "pier", ",", "the", "quay", ",", "the", "lighthouse-keeper's", "pier"]
            .iter()
            .scan(0, |at, word| {
                let start = *at + text[*at..].find(word)?;
                *at = start + word.len();
                Some(Token { span: Span::new(start, *at), kind: kind(word), spaced: true })
            })
            .collect();
        tokens[5].kind = TokenKind::QuoteMark;
        let calls = Cell::new(0);
        let found = DistinctWords::new(text, &tokens).each(|index| {
            calls.set(calls.get() + 1);
            (tokens[index].span.of(text), tokens[index].kind)
        });
        assert_eq!(found, tokens.iter().map(|token| (token.span.of(text), token.kind)).collect::<Vec<_>>());
        assert_eq!(calls.get(), 7);
        let piers = DistinctWords::new(text, &tokens).positions(|index| tokens[index].span.of(text) == "pier");
        assert_eq!(piers, [1, 8]);
    }
}
