//! Merges reports of the same event.

use super::candidate::Candidate;
use super::{Event, Granularity};
use crate::document::Document;
use crate::hash::folded;
use crate::time::Timex;
use dateline_core::text::Span;
use foldhash::{HashMap, HashMapExt};

/// Adds an event. If two dates belong to the same verb, one event remains: a range if the text connects the dates as
/// one, or else the event with the more precise date.
pub(super) fn add(document: &Document<'_>, times: &[Timex], found: &mut Vec<Candidate>, candidate: Candidate) {
    let event = &candidate.event;
    let same = |known: &&mut Candidate| {
        known.verb == candidate.verb
            && known.event.sentence == event.sentence
            && (candidate.verb.is_some() || known.event.clause == event.clause)
    };
    let Some(known) = found.iter_mut().rev().take(3).find(same) else {
        found.push(candidate);
        return;
    };
    if is_range(document, times, known.event.time, event.time) {
        if let (Some((begin, _)), Some((_, end))) = (known.event.interval, event.interval)
            && begin <= end
        {
            known.event.interval = Some((begin, end));
            known.event.granularity = Granularity::Range;
        }
    } else if known.event.interval.is_none() || event.interval.is_none() {
        // An event on the calendar replaces an event that cannot be placed on the calendar.
        if known.event.interval.is_none() && event.interval.is_some() {
            *known = candidate;
        }
    } else if event.granularity < known.event.granularity && known.event.granularity != Granularity::Range {
        *known = candidate;
    } else if lists_dates(document, times, known, &candidate) {
        found.push(candidate);
    }
}

/// Returns whether two events with the same verb are dated by a list of at least three dates, as in "was held in 2003,
/// 2007 and 2011".
fn lists_dates(document: &Document<'_>, times: &[Timex], known: &Candidate, next: &Candidate) -> bool {
    let (known, next) = (&known.event, &next.event);
    let span = |event: &Event| times.get(event.time).map(|time| time.span);
    let Some((first, second)) = span(known).zip(span(next)) else { return false };
    let between = Span::new(first.end, second.start.max(first.end)).of(document.text).trim();
    let before = document.text.get(..first.start).unwrap_or_default().trim_end();
    let listed = between == "," || matches!(between, "and" | ", and") && before.ends_with(',');
    let apart = known.interval.zip(next.interval).is_some_and(|(known, next)| known.1 < next.0 || next.1 < known.0);
    listed && apart && known.granularity == next.granularity
}

/// Returns whether the words between two times make them a range: "to", "until", a dash, or "and" after "between".
/// `first` and `second` are indices into `times`.
pub(super) fn is_range(document: &Document<'_>, times: &[Timex], first: usize, second: usize) -> bool {
    let (Some(first), Some(second)) = (times.get(first), times.get(second)) else { return false };
    let between = Span::new(first.span.end, second.span.start).of(document.text).trim().to_lowercase();
    let lead = document.text.get(..first.span.start).unwrap_or_default().trim_end();
    match between.as_str() {
        "to" | "through" | "until" | "till" | "-" | "–" | "—" => true,
        "and" => lead.ends_with("between") || lead.ends_with("Between"),
        _ => false,
    }
}

/// Number of letters to which words are truncated for comparison.
const STEM: usize = 5;

/// Maximum number of earlier events on the same days with which an event is compared. Real stories have fewer such
/// events.
const MAX_COMPARED: usize = 60;

/// Merges events with the same days, the same status and mostly the same words.
pub(super) fn merge_repeated(document: &Document<'_>, found: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::with_capacity(found.len());
    let mut days: HashMap<_, Vec<(usize, Vec<u64>)>> = HashMap::new();
    for candidate in found {
        let event = &candidate.event;
        let words = content(event.clause.of(document.text));
        let known = days.entry((event.interval, event.status)).or_default();
        let twin = known.iter().take(MAX_COMPARED).find_map(|(at, earlier_words)| {
            let known = &kept.get(*at)?.event;
            (known.sentence != event.sentence && alike(earlier_words, &words)).then_some(*at)
        });
        if let Some(known) = twin.and_then(|at| kept.get_mut(at)) {
            known.event.retold.push(event.sentence);
        } else {
            known.push((kept.len(), words));
            kept.push(candidate);
        }
    }
    kept
}

/// Returns the hashes of the words in a clause, sorted and without duplicates. Words are truncated so that different
/// forms of a word match, and short words are skipped.
fn content(clause: &str) -> Vec<u64> {
    let stem = |word: &'_ str| word.char_indices().nth(STEM).map_or(word.len(), |(end, _)| end);
    let mut words: Vec<u64> = clause
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 3)
        .map(|word| folded(word.get(..stem(word)).unwrap_or(word)))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Returns whether two sets of words share at least three words, including half of the smaller set and a third of the
/// larger one.
fn alike(first: &[u64], second: &[u64]) -> bool {
    let common = first.iter().filter(|word| second.binary_search(word).is_ok()).count();
    common >= 3 && common * 2 >= first.len().min(second.len()) && common * 3 >= first.len().max(second.len())
}
