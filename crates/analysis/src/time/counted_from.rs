//! Finds times from which a duration is counted, such as "5 May" in "two weeks after the vote of 5 May".

use super::table::table;
use super::value::Unit;
use super::vocabulary::Class;
use crate::document::Document;
use crate::lexicon::lists;

/// Returns whether a duration of at least a day is counted from the time at token `at`, as in "two weeks after the vote
/// of 5 May". The event is then on another day.
pub(super) fn is_anchor(document: &Document<'_>, sentence: usize, at: usize) -> bool {
    /// Maximum distance from a time back to "before" or "after", in tokens.
    const MAX_DISTANCE: usize = 8;
    let Some(start) = document.sentences.get(sentence).map(|sentence| sentence.tokens.start) else { return false };
    let vocabulary = &table().vocabulary;
    for index in (at.saturating_sub(MAX_DISTANCE).max(start + 1)..at).rev() {
        let word = document.word(index);
        let verb = document.classes.get(index).is_some_and(|class| class.is_verb());
        let offset = ["before", "after", "following"].iter().any(|known| word.eq_ignore_ascii_case(known));
        if !offset && (verb || matches!(word, "," | ";" | ":" | "and" | "but")) {
            return false;
        }
        if offset {
            let before = vocabulary.interpretations(document.word(index - 1));
            let unit = before.value(Class::Unit).or_else(|| before.value(Class::Units)).and_then(Unit::numbered);
            return unit.is_some_and(|unit| unit >= Unit::Day)
                || lists::PARTS_OF_DAYS.contains(document.word(index - 1));
        }
    }
    false
}
