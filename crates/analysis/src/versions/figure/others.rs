//! Completes a disagreement on a figure with the versions that count the thing in other words.

use super::{Counted, LARGE, MIN_SHARE, days, is_background, is_comparable};
use crate::figure::{counts_people, known_outcome};
use crate::versions::Version;
use crate::versions::words::{Class, words};
use dateline_core::text::Span;
use foldhash::HashSet;
use jiff::ToSpan;
use jiff::civil::Date;

/// Minimum confidence of a figure that completes a disagreement. It may be lower than that of the figures that show the
/// disagreement, because those have shown that the versions count this thing.
pub(super) const LIKELY: f32 = 0.5;

/// Adds to the figures of `group` that of each version without one that has a figure of the same thing in other words,
/// such as “eleven valuable violins” beside “nine violins carried”, because a reader wants to see every version that
/// gives a number. The result is in the order of the versions.
pub(super) fn complete<'a, 'b>(
    versions: &[Version<'_>],
    group: &[&'b Counted<'a>],
    all: &[&'b Counted<'a>],
) -> Vec<&'b Counted<'a>> {
    let mut out = group.to_vec();
    for version in 0..versions.len() {
        if group.iter().any(|it| it.passage.version == version) {
            continue;
        }
        let alike = all.iter().filter(|it| it.passage.version == version).filter_map(|it| {
            let shared = group.iter().filter_map(|other| shared_words(versions, it, other));
            shared.max().map(|shared| (shared, it))
        });
        // The first of several equally likely figures is rather that of the headline or the lead.
        let best = alike.max_by_key(|(shared, it)| (*shared, std::cmp::Reverse(it.passage.span.start)));
        out.extend(best.map(|(_, it)| *it));
    }
    out.sort_by_key(|it| (it.passage.version, it.passage.span.start));
    out
}

/// Returns the number of words that two sentences share about their figures; `None` if the figures are not of the same
/// thing.
fn shared_words(versions: &[Version<'_>], one: &Counted<'_>, other: &Counted<'_>) -> Option<usize> {
    let differ = one.figure.unit != other.figure.unit
        || one.expected != other.expected
        || !is_comparable(one.number, other.number)
        || is_another_day(versions, one, other)
        || is_background(versions, one) != is_background(versions, other)
        || !one.persons.is_empty() && !other.persons.is_empty() && one.persons.is_disjoint(&other.persons);
    let shared = one.around.intersection(&other.around).count();
    let shorter = one.around.len().min(other.around.len());
    let is_near = shared > 0 && shared as f32 >= MIN_SHARE * shorter as f32;
    (!differ && is_near && counts_alike(one, other)).then_some(shared)
}

/// Returns whether two figures are of events that are more than a day apart. What happens overnight has two days.
fn is_another_day(versions: &[Version<'_>], one: &Counted<'_>, other: &Counted<'_>) -> bool {
    let is_before = |end: Date, start: Date| end.checked_add(1.day()).is_ok_and(|next| next < start);
    let days = days(versions, one).zip(days(versions, other));
    days.is_some_and(|(one, other)| is_before(one.1, other.0) || is_before(other.1, one.0))
}

/// Returns whether two figures count things of one name to which the same may have happened, or have a number that two
/// things rarely share.
fn counts_alike(one: &Counted<'_>, other: &Counted<'_>) -> bool {
    let outcomes = [one, other].map(|it| known_outcome(&it.figure.counted));
    let is_rare = one.number >= LARGE && one.number % 10.0 != 0.0 && (one.number - other.number).abs() < f64::EPSILON;
    match outcomes {
        [Some(one), Some(other)] if one != other => return false,
        _ if is_rare => return true,
        [one, other] if one != other => return false,
        _ => {}
    }
    // People are counted for many reasons, so their name says nothing.
    let (names, others) = (names(&one.figure.counted), names(&other.figure.counted));
    !names.is_disjoint(&others)
}

/// Returns the stems of the words for counted things, without those that say what happened or mean any people.
fn names(counted: &str) -> HashSet<u64> {
    let outcome = known_outcome(counted);
    let all = words(counted, Span::new(0, counted.len())).into_iter();
    let named = all.filter(|word| {
        let text = word.span.of(counted);
        word.class == Class::Content && !counts_people(text) && Some(text) != outcome
    });
    named.map(|word| word.stem).collect()
}
