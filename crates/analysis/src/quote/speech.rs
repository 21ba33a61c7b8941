//! Decides whether quoted words are speech, and whether they are a whole utterance or a fragment. Titles, nicknames and
//! terms in quotation marks are not speech.

use super::mark::Quotation;
use super::masked_sentence::MaskedSentences;
use super::source::{Attribution, Source};
use crate::QuoteKind;
use crate::lexicon::lists;
use crate::token::TokenKind;
use crate::word_class::WordClass;

/// Maximum number of words of a name in quotation marks that contain the full stop of its sentence. Longer ones may be a
/// sentence that was called out.
const MAX_NAME_WORDS: usize = 3;

/// Returns whether the words of `quotation` are speech.
#[must_use]
pub(crate) fn is_speech(
    masked: &MaskedSentences<'_>,
    quotation: &Quotation,
    attribution: Option<&Attribution>,
) -> bool {
    let context = QuotationContext::new(masked, quotation);
    if context.words == 0 {
        return false;
    }
    // The full stop of "a man known as “the Otter.”" is that of the sentence around the name.
    let is_name = !context.ends_in_stop || context.full_stop && context.words <= MAX_NAME_WORDS;
    if is_name && (lists::CALLING.contains(context.before) || is_known_as(masked, quotation)) {
        return false;
    }
    if is_label(masked, quotation) {
        return false;
    }
    // The addressee can be a programme, as in "Ode told “Harbour Tonight.”"
    if context.title && lists::ADDRESSING.contains(context.before) {
        return false;
    }
    let source = attribution.map(|found| found.source);
    let has_cue = attribution.is_some_and(|found| found.cue.is_some());
    let introduced = lists::BEFORE_TITLES.contains(context.before)
        || matches!(context.before, "'s" | "’s")
        || context.before == "," && lists::BEFORE_TITLES.contains(context.word_before);
    if context.title && context.words <= 7 && !context.ends_in_stop {
        // "Stop Them" in "Ode shouted “Stop Them”" is speech, but "on “Face the Day,”" names a programme.
        let called = source == Some(Source::Before) && has_cue && !introduced;
        let judged = source == Some(Source::Governing) && has_cue && context.words == 1 && !introduced;
        return called || judged || context.whole_sentence || (context.opens_sentence && source == Some(Source::After));
    }
    if matches!(source, Some(Source::After | Source::Before)) {
        return true;
    }
    if context.title && context.words > 1 && introduced {
        return false;
    }
    let near = matches!(source, Some(Source::Governing | Source::Later | Source::Colon));
    let announced = context.before == ":" && context.capital && context.ends_in_stop && source.is_some();
    context.words >= 4 || context.whole_sentence || announced || (has_cue && near)
}

/// Returns whether the quoted words are the name by which a person or thing is known: "known as “the Otter”", "known to
/// all as “Silver Tom”".
fn is_known_as(masked: &MaskedSentences<'_>, quotation: &Quotation) -> bool {
    const REACH: usize = 3;
    let Some(at) = quotation.tokens.start.checked_sub(1).filter(|at| masked.word(*at) == "as") else { return false };
    (at.saturating_sub(REACH)..at).any(|index| masked.word(index) == "known")
}

/// Returns whether the quoted words are written on the thing named before them, as in "a tin labelled “salt”". In "a plan
/// labelled “salt” by critics", the critics speak.
fn is_label(masked: &MaskedSentences<'_>, quotation: &Quotation) -> bool {
    let participle = quotation.tokens.start.checked_sub(1).filter(|at| lists::LABELLING.contains(masked.word(*at)));
    let noun = participle.and_then(|at| at.checked_sub(1)).is_some_and(|before| masked.class(before).is_noun());
    noun && masked.word(quotation.tokens.end) != "by"
}

/// Returns whether a quotation is a whole utterance (direct) or a fragment (mixed).
#[must_use]
pub(crate) fn kind(
    masked: &MaskedSentences<'_>,
    quotation: &Quotation,
    attribution: Option<&Attribution>,
) -> QuoteKind {
    let context = QuotationContext::new(masked, quotation);
    let source = attribution.map(|found| found.source);
    let fragment = match source {
        Some(Source::After | Source::Ahead) => false,
        Some(Source::Before | Source::Colon) => context.follows_words && !context.capital,
        _ => context.follows_words,
    };
    if fragment && !(context.capital && context.words >= 8 && context.after_comma) {
        QuoteKind::Mixed
    } else {
        QuoteKind::Direct
    }
}

/// Form of a quotation and its immediate context.
#[allow(clippy::struct_excessive_bools, reason = "independent observations, not states")]
struct QuotationContext<'a> {
    words: usize,
    /// Whether every word except small ones is capitalised, as in a title.
    title: bool,
    /// Whether the first word of the quotation is capitalised.
    capital: bool,
    ends_in_stop: bool,
    /// Whether the quotation ends in a full stop.
    full_stop: bool,
    /// Last word or punctuation mark before the quotation in the same sentence; empty if there is none.
    before: &'a str,
    /// Last token before the quotation and the punctuation mark in front of it; empty if there is none.
    word_before: &'a str,
    after_comma: bool,
    /// Whether a word precedes the quotation in the same sentence, with at most one punctuation mark in between.
    follows_words: bool,
    /// Whether the quotation fills its whole sentence.
    whole_sentence: bool,
    /// Whether the quotation begins its sentence.
    opens_sentence: bool,
}

impl<'a> QuotationContext<'a> {
    fn new(masked: &MaskedSentences<'a>, quotation: &Quotation) -> Self {
        let document = masked.document;
        let (mut words, mut capitals, mut small) = (0, 0, 0);
        let mut capital = false;
        let mut last = "";
        for index in quotation.tokens.clone() {
            let word = document.word(index);
            match document.tokens.get(index).map(|token| token.kind) {
                Some(TokenKind::Word) => {
                    let upper = word.starts_with(char::is_uppercase);
                    if words == 0 {
                        capital = upper;
                    }
                    words += 1;
                    capitals += usize::from(upper);
                    small += usize::from(!upper && lists::TITLE_SMALL_WORDS.contains(word));
                }
                Some(TokenKind::Number) if words > 0 => {
                    words += 1;
                    small += 1;
                }
                _ => {}
            }
            if document.tokens.get(index).is_some_and(|token| token.kind != TokenKind::QuoteMark) {
                last = word;
            }
        }
        let sentence = masked.sentence_at(quotation.tokens.start).map(|index| masked.sentences[index].tokens.clone());
        let start = sentence.as_ref().map_or(0, |tokens| tokens.start);
        let before = quotation.tokens.start.checked_sub(1).filter(|before| *before >= start);
        let is_mark = |index: usize| document.classes.get(index) == Some(&WordClass::Mark);
        let before_word = before.map_or("", |before| document.word(before));
        let word_before = match before {
            Some(index) if is_mark(index) => index.checked_sub(1).filter(|index| *index >= start),
            other => other,
        };
        Self {
            words,
            title: capitals > 0 && capitals + small == words && (words > 1 || capital),
            capital,
            full_stop: last == ".",
            ends_in_stop: matches!(last, "." | "!" | "?" | "…"),
            before: before_word,
            word_before: word_before.map_or("", |index| document.word(index)),
            after_comma: matches!(before_word, "," | ":"),
            follows_words: word_before.is_some_and(|index| !is_mark(index)),
            opens_sentence: quotation.tokens.start == start,
            whole_sentence: sentence.is_some_and(|tokens| tokens == quotation.tokens),
        }
    }
}
