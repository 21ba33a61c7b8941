//! Infers a person's gender from titles, roles and given names.

use super::Gender;
use crate::document::Document;
use crate::lexicon::names::Kinds;
use std::ops::Range;

/// Returns the gender given by the word right before token `start`, such as "Mrs" or "spokesman".
#[must_use]
#[inline]
pub(super) fn before(document: &Document<'_>, start: usize) -> Gender {
    let Some(index) = start.checked_sub(1) else { return Gender::Unknown };
    of_title(document.resources.names().of(document.word(index)))
}

/// Returns the gender that a title or role reveals, given its listed kinds.
#[must_use]
pub(super) fn of_title(kinds: Kinds) -> Gender {
    match (kinds.any(Kinds::FEMALE_TITLE), kinds.any(Kinds::MALE_TITLE)) {
        (true, false) => Gender::Female,
        (false, true) => Gender::Male,
        _ => Gender::Unknown,
    }
}

/// Returns the gender of the first given name among `tokens`, such as "Ana" in "Ana Ruiz". A name of one word does not
/// reveal a gender.
#[must_use]
pub(super) fn of_given(document: &Document<'_>, tokens: Range<usize>) -> Gender {
    let lists = document.resources.names();
    for index in tokens.start..tokens.end.saturating_sub(1) {
        let kinds = lists.of(document.word(index));
        match (kinds.any(Kinds::FEMALE), kinds.any(Kinds::MALE)) {
            (true, false) => return Gender::Female,
            (false, true) => return Gender::Male,
            (true, true) => return Gender::Unknown,
            (false, false) => {}
        }
    }
    Gender::Unknown
}
