//! Recognises phrases that say when something happens.

use super::Tagged;
use crate::lexicon::lists;
use crate::pos::PennTag;

/// Returns whether a noun phrase can be a time adverbial without a preposition.
pub(super) fn says_when(sentence: &Tagged<'_>, start: usize, head: usize) -> bool {
    let word = sentence.word(head);
    let named = [&lists::WEEKDAYS, &lists::PLAIN_MONTHS, &lists::SAYING_WHEN];
    let day = named.into_iter().any(|list| list.contains_any_case(word));
    let period = lists::PERIOD_NOUNS.contains_any_case(word)
        && (start..head).any(|index| lists::BEFORE_PERIODS.contains_any_case(sentence.word(index)));
    let ago = lists::AFTER_PERIODS.contains_any_case(sentence.word(head + 1));
    let past = ago && lists::PERIOD_NOUNS.contains_any_case(word);
    (day && head == start) || period || past || (day && head == start + 1)
}

/// Returns whether the gerund at `at` says from when something holds, as a preposition does: "will close, starting in
/// May".
pub(super) fn begins_period(sentence: &Tagged<'_>, at: usize) -> bool {
    /// Maximum length of a phrase that says when, in tokens: "the next year".
    const NEAR: usize = 3;
    if !lists::BEGINNING.contains_any_case(sentence.word(at)) {
        return false;
    }
    let time = at + 1 + usize::from(sentence.tag(at + 1) == PennTag::In);
    let year = sentence.word(time).len() == 4 && sentence.word(time).bytes().all(|byte| byte.is_ascii_digit());
    year || (time..time + NEAR).any(|head| says_when(sentence, time, head))
}
