//! Sentences: runs of tokens that end at a full stop, question mark or exclamation mark, but not at the period of an
//! abbreviation. Quotation marks are respected: `"Why?" she asked.` is one sentence.

use super::lexicon::{Lexicon, ReportingKind};
use super::token::{Token, TokenKind};
use dateline_core::text::Span;
use std::ops::Range;

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// Byte span, including closing marks.
    pub span: Span,
    /// Token range, as indices into all tokens of the document.
    pub tokens: Range<usize>,
    /// Index of its block among the article's blocks.
    pub block: usize,
}

/// Maximum number of tokens in a sentence. News has sentences of 150; a longer run is a list or a table without stops,
/// and it has to be cut because later stages search a whole sentence back and forth.
const MAX_LENGTH: usize = 400;
/// Maximum number of marks that close together after a stop: a quotation in a quotation in brackets has three.
const CLOSERS: usize = 6;

/// Splits the tokens from `first` on, which make up block `block`, into sentences.
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

/// Skips the quotation marks and brackets that close right after token `index - 1`.
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

/// Returns whether the sentence ends with token `last`; `next` is the first token after its closing marks.
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

/// Returns whether the tokens from `index` on attribute a quotation whose stop does not end the sentence: `"Why?" asked
/// Ana Ode`, `"Why?" the mayor asked`.
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

/// Appends a sentence unless it is empty.
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
