//! Recognises commas that do not end a complement: those between list items, and those around the region after a place
//! name.

use super::phrase::class;
use crate::document::Document;
use crate::word_class::WordClass;

/// Maximum length of a list, in tokens.
const MAX_LENGTH: usize = 24;

/// Returns whether the comma at token `comma` separates noun phrases in a list with "and", as in "won Ohio, Florida and
/// Maine". The list must end before token `end`.
pub(super) fn continues(document: &Document<'_>, comma: usize, end: usize) -> bool {
    if document.word(comma) != "," || !comma.checked_sub(1).is_some_and(|last| is_nominal(document, last)) {
        return false;
    }
    let end = end.min(comma + MAX_LENGTH);
    let inside =
        |index: &usize| is_nominal(document, *index) || document.word(*index) == "," || is_link(document, *index);
    let last = (comma + 1..end).take_while(inside).last().map_or(comma, |last| last + 1);
    let Some(and) = (comma + 1..last).find(|index| class(document, *index) == WordClass::Conjunction) else {
        return false;
    };
    let closed = last == end || !class(document, last).is_finite() && class(document, last) != WordClass::Modal;
    let member = class(document, comma + 1) != WordClass::Conjunction && !document.penn(comma + 1).is_verb();
    let listed = (comma + 1..and)
        .all(|index| !matches!(class(document, index), WordClass::Preposition) || document.word(index) == "of");
    closed && member && listed && and + 1 < last
}

/// Returns whether the comma at token `comma` comes before or after the region that follows a place name, as in "in
/// Roanoke, Virginia, from". Tokens before `from` are not examined.
pub(super) fn is_inside_place(document: &Document<'_>, comma: usize, from: usize) -> bool {
    let proper = |index: usize| class(document, index) == WordClass::Proper;
    let goes_on = |index: usize| matches!(class(document, index), WordClass::Preposition | WordClass::To);
    if document.word(comma) != "," || comma < from + 2 || !proper(comma - 1) {
        return false;
    }
    let opens = [2, 3].into_iter().any(|steps| {
        let close = comma + steps;
        document.word(close) == "," && goes_on(close + 1) && (comma + 1..close).all(proper)
    });
    let closes = [2, 3].into_iter().any(|steps| {
        let open = comma.saturating_sub(steps);
        document.word(open) == ","
            && open > from
            && proper(open - 1)
            && goes_on(comma + 1)
            && (open + 1..comma).all(proper)
    });
    let located = |open: usize| {
        (from..open).rev().take_while(|index| proper(*index)).last().is_some_and(|first| {
            first > from && matches!(document.word(first - 1), "in" | "of" | "at" | "near" | "from" | "to")
        })
    };
    let open = if opens {
        Some(comma)
    } else {
        [2, 3].into_iter().map(|steps| comma.saturating_sub(steps)).find(|open| document.word(*open) == ",")
    };
    (opens || closes) && open.is_some_and(located)
}

/// Returns whether a token can be part of a noun phrase.
fn is_nominal(document: &Document<'_>, index: usize) -> bool {
    let class = class(document, index);
    class.is_noun() || class.is_modifier() || class == WordClass::Pronoun || document.word(index) == "%"
}

/// Returns whether a token can connect the items of a list or the words of one item.
fn is_link(document: &Document<'_>, index: usize) -> bool {
    matches!(document.word(index), "and" | "or" | "of" | "'s" | "’s" | "the" | "a" | "an")
}
