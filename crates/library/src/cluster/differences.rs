//! Compares the details of two stories: what differs counts against a join, even if most words are the same.

use super::details::{Details, Name};
use super::signature::{Signature, Weighted};
use super::terms::Term;

/// Number by which counts of numbers are increased, because one that differs says little if there is only one.
const DAMPING: f64 = 1.0;

/// Share of names or words that is assumed in a story without any.
const UNKNOWN: f64 = 0.5;

/// Returns the numbers by which the details of two stories agree or differ, each from 0 to 1: the shares of the words of
/// headline and lead and of the names of either that the other has, the share of common numbers, and whether numbers,
/// weekdays, months, years and towns differ.
pub(super) fn details(a: &Signature, b: &Signature) -> [f64; 8] {
    let (one, other) = (&a.details, &b.details);
    let mean = |x: f64, y: f64| f64::midpoint(x, y);
    let differ = |x: u16, y: u16| f64::from(u8::from(x != 0 && y != 0 && x & y == 0));
    let years = !one.years.is_empty() && !other.years.is_empty() && !one.years.iter().any(|y| other.years.contains(y));
    [
        mean(covered_lead(a, b), covered_lead(b, a)),
        mean(covered_names(a, b), covered_names(b, a)),
        common_numbers(one, other),
        f64::min(missing_numbers(one, other), missing_numbers(other, one)),
        differ(one.weekdays, other.weekdays),
        differ(one.months, other.months),
        f64::from(u8::from(years)),
        f64::from(u8::from(differ_in_towns(a, b, |_| true))),
    ]
}

/// Returns whether each story has a salient name that the other lacks: whom or where it is about.
pub(super) fn differ_in_names(a: &Signature, b: &Signature) -> bool {
    let lacks = |one: &Signature, other: &Signature| {
        one.details.names.iter().any(|name| name.is_salient && !other.has(name.term))
    };
    lacks(a, b) && lacks(b, a)
}

/// Returns the weighted share of parts that a story has, or [`UNKNOWN`] without any.
fn share(parts: impl Iterator<Item = (Term, f32)>, story: &Signature) -> f64 {
    let (mut all, mut found) = (0.0, 0.0);
    for (term, weight) in parts {
        all += weight;
        found += if story.has(term) { weight } else { 0.0 };
    }
    if all > 0.0 { f64::from(found / all) } else { UNKNOWN }
}

/// Returns the share of the words of headline and lead that another story has.
fn covered_lead(story: &Signature, other: &Signature) -> f64 {
    let lead = |word: &Weighted| (word.term, word.weights[1]);
    share(story.terms.iter().map(lead).filter(|(_, weight)| *weight > 0.0), other)
}

/// Returns the share of the names that another story has.
fn covered_names(story: &Signature, other: &Signature) -> f64 {
    share(story.details.names.iter().map(|name| (name.term, name.weight)), other)
}

/// Returns the share of the numbers that both stories have.
fn common_numbers(a: &Details, b: &Details) -> f64 {
    let common = a.numbers.iter().filter(|number| b.numbers.binary_search(number).is_ok()).count();
    let damped = |count: usize| 2.0f64.mul_add(DAMPING, count as f64);
    common as f64 / (damped(a.numbers.len()) * damped(b.numbers.len())).sqrt()
}

/// Returns the share of the numbers in headline and lead that another story lacks.
fn missing_numbers(story: &Details, other: &Details) -> f64 {
    let missing = story.lead_numbers.iter().filter(|number| other.numbers.binary_search(number).is_err()).count();
    missing as f64 / (story.lead_numbers.len() as f64 + DAMPING)
}

/// Returns whether the headlines of both stories name towns, and none of them is in the other story.
pub(super) fn differ_in_headline_towns(a: &Signature, b: &Signature) -> bool {
    differ_in_towns(a, b, |name| name.is_in_headline)
}

/// Returns whether each story names towns in headline and lead, and the other has no word of them. Only the towns for
/// which `counts` is true are considered.
fn differ_in_towns(a: &Signature, b: &Signature, counts: impl Fn(&Name) -> bool) -> bool {
    let lacks = |story: &Signature, other: &Signature| {
        let mut towns = story.details.names.iter().filter(|name| name.is_town && counts(name)).peekable();
        towns.peek().is_some() && towns.all(|town| !other.has(town.term))
    };
    lacks(a, b) && lacks(b, a)
}
