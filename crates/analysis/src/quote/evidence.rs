//! Evidence for and against a quotation in quotation marks.

use super::QuoteKind;
use super::indicator::{Evidence, Indicator};
use super::mark::Quotation;
use super::masked_sentence::MaskedSentences;
use super::source::{Attribution, Source};
use super::subject::{MentionForm, SpeakerMention};
use crate::token::TokenKind;
use crate::word_class::WordClass;
use std::ops::Range;

/// Maximum length, in words, of a quotation for it to count as a fragment or as short.
const FRAGMENT: usize = 3;
const SHORT: usize = 7;

/// What the story says about the speaker apart from the attribution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SpeakerEvidence {
    /// Whether the words that name the speaker refer to an entity of the story.
    pub resolved: bool,
    /// Whether the speaker is a pronoun that may refer to another person as well.
    pub rival: bool,
}

/// Returns the evidence for `quotation` with its `attribution`.
pub(crate) fn of_quotation(
    masked: &MaskedSentences<'_>,
    quotation: &Quotation,
    attribution: Option<&Attribution>,
    kind: QuoteKind,
    about: SpeakerEvidence,
) -> Evidence {
    let mut out = Evidence::default();
    let found = attribution.and_then(|found| Some((found, found.speaker.as_ref()?)));
    out.add(found.map_or(Indicator::NoSpeaker, |(found, _)| of_source(found.source)), true);
    let words = words_in(masked, quotation);
    let whole = kind == QuoteKind::Direct;
    out.add(Indicator::Mixed, !whole);
    out.add(Indicator::Fragment, words.len() <= FRAGMENT);
    out.add(Indicator::Short, words.len() > FRAGMENT && words.len() <= SHORT);
    let Some((found, speaker)) = found else { return out };
    let utterance = whole && found.source == Source::Before;
    out.add(Indicator::ShortUtterance, utterance && words.len() <= SHORT);
    out.add(Indicator::MixedNextParagraph, !whole && found.source == Source::NextParagraph);
    let fragment = words.len() <= FRAGMENT && found.source != Source::After;
    out.add(Indicator::Modifier, fragment && follows_modifier(masked, quotation));
    out.add(Indicator::Capitals, fragment && words.iter().all(|word| word.starts_with(char::is_uppercase)));
    out.add(Indicator::Severed, fragment && is_severed(masked, quotation, found.cue.as_ref(), speaker));
    let apart = matches!(found.source, Source::Before | Source::Governing | Source::Later | Source::Subject);
    let described = matches!(speaker.form, MentionForm::Nominal | MentionForm::Relative);
    out.add(Indicator::Described, apart && described);
    out.add(Indicator::Unresolved, speaker.form == MentionForm::Pronoun && !about.resolved);
    out.add(Indicator::Thing, masked.word(speaker.tokens.start).eq_ignore_ascii_case("it"));
    out.add(Indicator::Rival, about.rival);
    out
}

/// Returns the indicator of a rule that finds speakers.
const fn of_source(source: Source) -> Indicator {
    match source {
        Source::After => Indicator::After,
        Source::Before => Indicator::Before,
        Source::Governing => Indicator::Governing,
        Source::Later => Indicator::Later,
        Source::Colon => Indicator::Colon,
        Source::Subject => Indicator::Subject,
        Source::Signed => Indicator::Signed,
        Source::Continued => Indicator::Continued,
        Source::Ahead => Indicator::Ahead,
        Source::NextParagraph => Indicator::NextParagraph,
        Source::SentenceBefore => Indicator::SentenceBefore,
        Source::SubjectBefore => Indicator::SubjectBefore,
    }
}

/// Returns the words and numbers of a quotation.
fn words_in<'a>(masked: &MaskedSentences<'a>, quotation: &Quotation) -> Vec<&'a str> {
    let word = |index: &usize| {
        masked
            .document
            .tokens
            .get(*index)
            .is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
    };
    quotation.tokens.clone().filter(word).map(|index| masked.document.word(index)).collect()
}

/// Returns whether a determiner or adjective precedes the quotation. The quoted words are then often a term, as in
/// "would keep a single “town hour”".
fn follows_modifier(masked: &MaskedSentences<'_>, quotation: &Quotation) -> bool {
    let before = quotation.tokens.start.checked_sub(1).filter(|before| masked.quotation_at(*before).is_none());
    before.is_some_and(|before| {
        matches!(masked.class(before), WordClass::Determiner | WordClass::Adjective | WordClass::Possessive)
    })
}

/// Returns whether a colon, a semicolon or another clause is between the speaker and the quotation, as in "It asks for a
/// trial: everybody would keep a single “town hour”". A mark right before the quotation introduces the quotation.
fn is_severed(
    masked: &MaskedSentences<'_>,
    quotation: &Quotation,
    cue: Option<&Range<usize>>,
    speaker: &SpeakerMention,
) -> bool {
    let from = cue.map_or(speaker.tokens.end, |cue| cue.end.max(speaker.tokens.end));
    let limit = quotation.tokens.start.saturating_sub(1);
    (from..limit).any(|index| masked.quotation_at(index).is_none() && matches!(masked.word(index), ":" | ";"))
}
