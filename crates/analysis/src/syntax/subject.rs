//! Finds the subject among the constituents before a verb.

use super::Tagged;
use super::clause::Subject;
use super::frame::{Item, ItemKind};
use crate::lexicon::lists;
use std::ops::Range;

/// Returns the range of `items` that forms the subject of the verb after them. The range begins with the first noun
/// phrase and ends with the last item of the subject.
pub(super) fn find(sentence: &Tagged<'_>, items: &[Item]) -> Option<Range<usize>> {
    for _ in items {
        crate::steps::step();
    }
    let mut end = items.len();
    while end > 0 && items.get(end - 1).is_some_and(|item| item.kind == ItemKind::Adverb || is_quote(item)) {
        end -= 1;
    }
    let closed = end > 0 && items.get(end - 1).is_some_and(|item| item.kind == ItemKind::Comma);
    let found = if closed { before_insertion(sentence, items, end - 1) } else { in_last_segment(items, end) }?;
    let mut end = found.end;
    // Leave out a time between the subject and the verb: "The parliament on Tuesday took up …".
    while end > found.start + 1 {
        let dated = items.get(end - 1).is_some_and(|item| item.kind == ItemKind::Time);
        let led = end > found.start + 2 && items.get(end - 2).is_some_and(|item| item.kind == ItemKind::Preposition);
        match (dated, led) {
            (true, true) => end -= 2,
            (true, false) => end -= 1,
            _ => break,
        }
    }
    Some(found.start..end)
}

fn is_quote(item: &Item) -> bool {
    item.kind == ItemKind::Other && item.end == item.start + 1
}

/// Returns whether an item can be the head of a subject.
fn can_lead(item: &Item) -> bool {
    item.kind == ItemKind::Noun && !item.governed
}

/// Finds the subject if the comma at `comma` ends a parenthetical before the verb: "Anna, who came late, said".
fn before_insertion(sentence: &Tagged<'_>, items: &[Item], comma: usize) -> Option<Range<usize>> {
    let opening = (0..comma).rev().find(|index| items.get(*index).is_some_and(|item| item.kind == ItemKind::Comma));
    let Some(opening) = opening else {
        // "To win, …" and "Anna, said" contain no parenthetical.
        return in_last_segment(items, comma);
    };
    let segments = segments(items, comma);
    let found = segments
        .iter()
        .find(|segment| leads(items, segment))
        .or_else(|| segments.iter().find(|segment| items[(*segment).clone()].iter().any(can_lead)))?;
    let start = in_last_segment(&items[..found.end], found.end)?.start;
    let aside = items.get(opening + 1).is_some_and(|item| match item.kind {
        ItemKind::Preposition => !lists::EXAMPLE_OPENERS.contains_any_case(sentence.word(item.start)),
        ItemKind::Adverb | ItemKind::Conjunction | ItemKind::Time => true,
        _ => false,
    });
    let end = if aside && found.end <= opening { opening } else { comma };
    Some(start..end)
}

/// Returns whether a segment begins with a noun phrase, ignoring adverbs and conjunctions.
fn leads(items: &[Item], segment: &Range<usize>) -> bool {
    items[segment.clone()]
        .iter()
        .find(|item| !matches!(item.kind, ItemKind::Adverb | ItemKind::Conjunction | ItemKind::Other))
        .is_some_and(can_lead)
}

/// Splits the items before `end` into segments at commas.
fn segments(items: &[Item], end: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let commas = items.iter().take(end).enumerate().filter(|(_, item)| item.kind == ItemKind::Comma).map(|(at, _)| at);
    for stop in commas.chain([end]) {
        if start < stop {
            out.push(start..stop);
        }
        start = stop + 1;
    }
    out
}

/// Finds the subject after the last comma. If that comma belongs to a list, the subject is the whole list: "Anna, Ben
/// and Carl".
fn in_last_segment(items: &[Item], end: usize) -> Option<Range<usize>> {
    let start = (0..end).rev().find(|index| items[*index].kind == ItemKind::Comma).map_or(0, |comma| comma + 1);
    let mut candidate: Option<usize> = None;
    for index in start..end {
        let item = &items[index];
        let joined = index > start && items[index - 1].kind == ItemKind::Conjunction;
        let clause = item.kind == ItemKind::Clause && candidate.is_none();
        if clause || can_lead(item) && !(joined && candidate.is_some()) {
            candidate = Some(index);
        }
    }
    let candidate = candidate.or_else(|| (start..end).find(|index| items[*index].kind == ItemKind::Time));
    let Some(first) = candidate else {
        // The subject may precede the comma: "Anna, said".
        return (start > 1).then(|| in_last_segment(items, start - 1)).flatten().filter(|_| start == end);
    };
    let listed = (first..end).any(|index| items[index].kind == ItemKind::Conjunction);
    let commas = items.get(..start).unwrap_or_default().iter().filter(|item| item.kind == ItemKind::Comma).count();
    let led = commas > 1 && first == start + 1 && items[first - 1].kind == ItemKind::Conjunction;
    Some(if listed || led { list_start(items, start, first)..end } else { first..end })
}

/// Returns the index of the first item of a list. The last members of the list begin at `first`, and the comma before
/// them is right before `start`.
fn list_start(items: &[Item], start: usize, first: usize) -> usize {
    let mut begin = first;
    let mut at = start;
    while at > 1 {
        let comma = at - 1;
        let from = (0..comma).rev().find(|index| items[*index].kind == ItemKind::Comma).map_or(0, |comma| comma + 1);
        let pure = from < comma
            && items[from..comma]
                .iter()
                .all(|item| matches!(item.kind, ItemKind::Noun | ItemKind::Preposition | ItemKind::Unit));
        if !pure || !can_lead(&items[from]) {
            break;
        }
        begin = from;
        at = from;
    }
    begin
}

/// Builds the subject from the items in `range`.
pub(super) fn of_items(sentence: &Tagged<'_>, items: &[Item], range: &Range<usize>) -> Option<Subject> {
    let first = items.get(range.start)?;
    let last = items.get(range.end.checked_sub(1)?)?;
    let whole = sentence.without_marks(first.start..last.end);
    let inside = items.get(range.start + 1..range.end)?;
    let conjunction = inside.iter().rposition(|item| item.kind == ItemKind::Conjunction);
    let cut = inside.iter().enumerate().find(|(at, item)| match item.kind {
        // A bracket right before the conjunction does not end the subject: "Ada (32) and Ben".
        ItemKind::Unit => conjunction != Some(at + 1),
        ItemKind::Clause => true,
        // "Ada, Ben and Carl" is a list, but "Ada and Ben, the parents" and "three groups - Ada, Ben and Carl -" are
        // not.
        ItemKind::Comma => sentence.word(item.start) != "," || conjunction.is_none_or(|conjunction| conjunction < *at),
        _ => false,
    });
    let core = match cut {
        Some((_, cut)) => sentence.trimmed(first.start..cut.start),
        None => whole.clone(),
    };
    Some(Subject {
        core,
        whole,
        head: if first.kind == ItemKind::Clause { first.start } else { first.head },
        shared: false,
        clausal: first.kind == ItemKind::Clause,
        antecedent: None,
    })
}
