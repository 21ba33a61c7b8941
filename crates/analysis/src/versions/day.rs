//! Finds events that two versions date to different days.

use super::words::{Class, words};
use super::{Aspect, Claim, Difference, Passage, Version};
use crate::{Event, Granularity, Status};
use dateline_core::article::DateSource;
use dateline_core::text::Span;
use foldhash::HashSet;
use jiff::civil::Date;

/// Minimum number of words that the clauses of one event share.
const MIN_SHARED: usize = 4;
/// Minimum share of the words of both clauses that they have in common.
const MIN_SHARE: f32 = 0.6;
/// Minimum confidence of an event and its time to be compared.
const SURE: f32 = 0.6;
/// Maximum number of events of one version that are compared.
const MAX_EVENTS: usize = 200;

/// Event of one version with the words of its clause.
struct Dated<'a> {
    passage: Passage,
    event: &'a Event,
    /// First and last day.
    days: (Date, Date),
    /// Stems of the content words, without those of the time.
    content: HashSet<u64>,
    /// Numbers of the clause, without those of the time.
    numbers: HashSet<u64>,
}

/// Returns the events of a version that have a sure date and are precise to the day. Days counted from a guessed day of
/// publication are not sure.
fn dated<'a>(versions: &[Version<'a>], version: usize) -> Vec<Dated<'a>> {
    let Version { article, analysis, .. } = versions[version];
    let published = article.published.as_ref().is_some_and(|published| published.source != DateSource::Inferred);
    let sure = analysis.events.iter().filter(|event| {
        let time = analysis.times.get(event.time);
        !event.folded
            && event.confidence >= SURE
            && event.status != Status::Hypothetical
            && matches!(event.granularity, Granularity::Day | Granularity::Time)
            && time.is_some_and(|time| !time.is_doubtful() && (published || !time.relative))
    });
    let sure = sure.filter_map(|event| Some((event, event.interval?))).take(MAX_EVENTS);
    sure.map(|(event, days)| {
        let time = analysis.times.get(event.time).map_or(Span::default(), |time| time.span);
        let words: Vec<_> =
            words(&article.text, event.clause).into_iter().filter(|word| !time.overlaps(word.span)).collect();
        let of = |class| words.iter().filter(move |word| word.class == class).map(|word| word.stem).collect();
        let passage = Passage { version, span: event.clause };
        Dated { passage, event, days, content: of(Class::Content), numbers: of(Class::Number) }
    })
    .collect()
}

/// Returns whether two clauses describe one event, whatever its day.
fn is_same_event(one: &Dated<'_>, other: &Dated<'_>) -> bool {
    let shared = one.content.intersection(&other.content).count();
    let all = one.content.union(&other.content).count();
    one.event.status == other.event.status
        && one.numbers == other.numbers
        && shared >= MIN_SHARED
        && shared as f32 >= MIN_SHARE * all as f32
}

/// Returns whether two intervals have no day in common.
fn differ(one: (Date, Date), other: (Date, Date)) -> bool {
    one.1 < other.0 || other.1 < one.0
}

/// Finds events that versions date to different days. An event that one version reports for both days is left out,
/// because it happens more than once.
pub(super) fn differences(versions: &[Version<'_>]) -> Vec<Difference> {
    let all: Vec<Dated<'_>> = (0..versions.len()).flat_map(|version| dated(versions, version)).collect();
    let mut used: HashSet<usize> = HashSet::default();
    let mut out = Vec::new();
    for (at, one) in all.iter().enumerate() {
        if used.contains(&at) {
            continue;
        }
        let same: Vec<usize> =
            (at..all.len()).filter(|other| *other == at || is_same_event(one, &all[*other])).collect();
        let group: Vec<&Dated<'_>> = same.iter().map(|index| &all[*index]).collect();
        let repeats = group.iter().any(|one| {
            group.iter().any(|other| one.passage.version == other.passage.version && differ(one.days, other.days))
        });
        used.extend(&same);
        if !repeats && group.iter().any(|other| differ(one.days, other.days)) {
            out.push(Difference { aspect: Aspect::Day, about: one.event.summary.clone(), claims: claims(&group) });
        }
    }
    out
}

/// Groups events by their day.
fn claims(group: &[&Dated<'_>]) -> Vec<Claim> {
    let mut out: Vec<(Date, Claim)> = Vec::new();
    for dated in group {
        if let Some((_, claim)) = out.iter_mut().find(|(day, _)| *day == dated.days.0) {
            claim.passages.push(dated.passage);
            continue;
        }
        let claim = Claim { text: dated.days.0.to_string(), passages: vec![dated.passage], later: false };
        out.push((dated.days.0, claim));
    }
    out.into_iter().map(|(_, claim)| claim).collect()
}
