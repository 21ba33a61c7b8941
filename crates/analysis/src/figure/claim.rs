//! Finds figures whose source is doubtful, because the sentence names another one than the quote around the figure.

use super::numeral::Numeral;
use super::words::{Class, WORDS};
use crate::document::Document;
use crate::quote::Quote;
use crate::word_class::WordClass;
use std::ops::Range;

/// Maximum distance in tokens from a verb such as "called" to its "for".
const NEAR: usize = 5;

fn class(document: &Document<'_>, at: usize) -> WordClass {
    document.classes.get(at).copied().unwrap_or(WordClass::Mark)
}

/// Returns whether another source than the speaker of `quote`, or than the publisher without a quote, claims the number.
pub(super) fn is_doubtful(
    document: &Document<'_>,
    numeral: &Numeral,
    sentence: &Range<usize>,
    quote: Option<&Quote>,
) -> bool {
    match quote.and_then(|quote| quote.speaker.as_ref()) {
        Some(speaker) => {
            let mention = document.tokens_in(speaker.mention);
            last_attribution(document, numeral.tokens.end, sentence)
                .is_some_and(|attribution| !attribution.contains(&mention.start))
        }
        None => {
            is_forecast(document, numeral.tokens.start, sentence.start)
                || last_attribution(document, numeral.tokens.end, sentence).is_some()
        }
    }
}

/// Returns whether the number before token `end` depends on a verb whose subject expects or demands it: "is forecasting a
/// 30 percent chance", "called on Monday for a cut of 20 buses".
fn is_forecast(document: &Document<'_>, end: usize, start: usize) -> bool {
    (start..end).any(|at| {
        let Some((next, phrase)) = WORDS.at(document, at, Class::Forecast) else { return false };
        let class = class(document, at);
        let active = class.is_finite() || matches!(class, WordClass::VerbBase | WordClass::VerbGerund);
        let leads = phrase.value != "for" || (next..end.min(next + NEAR)).any(|at| document.word(at) == "for");
        active && leads
    })
}

/// Returns the tokens of the attribution that ends the sentence after token `from`: ", a banker close to the plan tells
/// the Orra Post".
fn last_attribution(document: &Document<'_>, from: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    /// Maximum length in tokens of the subject.
    const LONG: usize = 10;
    let comma = (from..sentence.end).rev().find(|at| document.word(*at) == ",")?;
    if !matches!(class(document, comma + 1), WordClass::Determiner | WordClass::Adjective | WordClass::NounPlural) {
        return None;
    }
    let verb = (comma + 2..sentence.end.min(comma + LONG))
        .find(|at| class(document, *at).is_finite() && WORDS.at(document, *at, Class::Attribution).is_some())?;
    (verb > comma + 1).then_some(comma..sentence.end)
}
