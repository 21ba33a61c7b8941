//! Splits tokens into sentences at full stops, question marks and exclamation marks. The period of an abbreviation does
//! not end a sentence, nor does a quotation followed by its attribution: `"Why?" she asked.` is one sentence.

use super::lexicon::{Lexicon, ReportingKind};
use super::token::{Token, TokenKind};
use dateline_core::text::Span;
use std::ops::Range;

/// Sentence of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Byte span of the sentence, including closing quotation marks and brackets.
    pub span: Span,
    /// Token range of the sentence, indexed in the document.
    pub tokens: Range<usize>,
    /// Index of the article block that contains the sentence.
    pub block: usize,
}

/// Maximum number of tokens in a sentence. News contains sentences of 150 tokens, but a run longer than the maximum is
/// a list or table without full stops. Such a run is split because later stages search whole sentences in both
/// directions.
const MAX_LENGTH: usize = 400;
/// Maximum number of closing marks after a full stop. A quotation within a quotation in brackets has three.
const CLOSERS: usize = 6;

/// Splits the tokens of block `block` into sentences. The block begins at token `first`.
pub(crate) fn split(
    text: &str,
    tokens: &[Token],
    first: usize,
    block: usize,
    lexicon: &Lexicon,
    out: &mut Vec<Sentence>,
) {
    let mut start = first;
    let mut index = first;
    while index < tokens.len() {
        index += 1;
        let end = after_closers(text, tokens, index);
        if index - start >= MAX_LENGTH || ends_sentence(text, tokens, index - 1, end, lexicon) {
            close(tokens, start..end, block, out);
            start = end;
            index = end;
        }
    }
    close(tokens, start..tokens.len(), block, out);
}

/// Returns the index after the closing quotation marks and brackets that begin at token `index`.
fn after_closers(text: &str, tokens: &[Token], mut index: usize) -> usize {
    for _ in 0..CLOSERS {
        let Some(token) = tokens.get(index) else { break };
        let closes = !token.spaced && (token.kind == TokenKind::QuoteMark || matches!(token.span.of(text), ")" | "]"));
        if !closes {
            break;
        }
        index += 1;
    }
    index
}

/// Returns whether the sentence ends with token `last`. `next` is the index of the first token after the closing marks.
fn ends_sentence(text: &str, tokens: &[Token], last: usize, next: usize, lexicon: &Lexicon) -> bool {
    let word = tokens[last].span.of(text);
    let stop = matches!(word, "." | "!" | "?" | "…") || word.starts_with("..");
    let Some(following) = tokens.get(next) else { return false };
    if !following.spaced && !stop {
        return false;
    }
    let begins = begins_sentence(text, tokens, next);
    if stop {
        return begins && !(next > last + 1 && word != "." && attributes(text, tokens, next, lexicon));
    }
    word.ends_with('.')
        && word.len() > 1
        && begins
        && !lexicon.continues_after_abbreviation(word, following.span.of(text))
}

/// Returns whether the tokens from `index` on attribute a quotation, so that its final punctuation does not end the
/// sentence: `"Why?" asked Ana Ode`, `"Why?" the mayor asked`.
fn attributes(text: &str, tokens: &[Token], index: usize, lexicon: &Lexicon) -> bool {
    const MAX_SUBJECT_LENGTH: usize = 6;
    for token in tokens.iter().skip(index).take(MAX_SUBJECT_LENGTH) {
        if token.kind != TokenKind::Word {
            return false;
        }
        if lexicon.reporting(token.span.of(text)).is_some_and(|verb| verb.reporting_kind != ReportingKind::Judgement) {
            return true;
        }
    }
    false
}

/// Returns whether token `index` can begin a sentence.
fn begins_sentence(text: &str, tokens: &[Token], index: usize) -> bool {
    let token = tokens[index];
    match token.kind {
        TokenKind::Word => !token.span.of(text).starts_with(char::is_lowercase),
        TokenKind::Number | TokenKind::QuoteMark => token.spaced,
        TokenKind::Mark => {
            matches!(token.span.of(text), "(" | "[" | "•" | "-" | "–" | "—" | "$" | "£" | "€" | "#" | "@")
        }
    }
}

/// Appends the sentence at `range` unless the range is empty.
fn close(tokens: &[Token], range: Range<usize>, block: usize, out: &mut Vec<Sentence>) {
    if range.is_empty() {
        return;
    }
    let span = tokens[range.start].span.join(tokens[range.end - 1].span);
    out.push(Sentence { span, tokens: range, block });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::tokenize;

    fn sentences(text: &str) -> Vec<String> {
        let lexicon = Lexicon::bundled();
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, text.len()), &lexicon, &mut tokens);
        let mut out = Vec::new();
        split(text, &tokens, 0, 0, &lexicon, &mut out);
        out.iter().map(|sentence| sentence.span.of(text).to_owned()).collect()
    }

    #[test]
    fn titles_and_initials_end_no_sentence() {
        assert_eq!(sentences("Mr. J. Ode came. He left.").len(), 2);
        assert_eq!(sentences("Sen. Ana Ruiz (D-Mo.) spoke at 5 p.m. Monday.").len(), 1);
    }

    #[test]
    fn no_sentence_goes_on_for_ever() {
        assert!(sentences(&"word and ".repeat(10_000)).len() > 40);
        assert!(!sentences(&")".repeat(10_000)).is_empty());
    }

    #[test]
    fn a_quotation_ends_with_its_mark() {
        assert_eq!(sentences("“We won.” They danced."), ["“We won.”", "They danced."]);
        assert_eq!(sentences("“Why?” she asked.").len(), 1);
    }
}
