//! Determines what a version adds for a reader who has read other versions.

use super::repetition::KnownSentences;
use super::{Novelty, Passage, Utterance, Version, figure, shared, utterance};
use dateline_core::text::Span;

/// Largest share of a clause's words in one read sentence with which its event is new.
const MAX_KNOWN: f32 = 0.5;
/// Confidence below which the speaker of a quote is doubtful.
const DOUBTFUL: f32 = 0.75;

/// Returns what version `at` adds for a reader who has read the versions in `read`.
#[must_use]
pub fn novelty(versions: &[Version<'_>], at: usize, read: &[usize]) -> Novelty {
    let read: Vec<usize> = read.iter().copied().filter(|version| *version != at && *version < versions.len()).collect();
    let utterances = utterance::find(versions);
    let lent = lent(versions, at, &utterances);
    let (quotes, events) = (shared::quotes(versions, &utterances), shared::events(versions));
    if read.is_empty() || at >= versions.len() {
        return Novelty { lent, quotes, events, ..Novelty::default() };
    }
    let known = KnownSentences::new(versions, &read);
    let repeated = known.repeated_in(versions, at);
    let heard = heard(versions, at, &read, &utterances);
    // The words around a quote that was heard before are about what was heard.
    let is_heard = |sentence: &Span| heard.iter().any(|(quote, _)| quote.overlaps(*sentence));
    let sentences: Vec<Span> = known.new_in(versions, at).into_iter().filter(|span| !is_heard(span)).collect();
    let mut new = new_events(versions, at, &known);
    new.extend(figure::new(versions, at, &read, &known));
    // A sentence that is new as a whole is one new point, whatever figures and events it has.
    new.retain(|span| !sentences.iter().any(|sentence| sentence.overlaps(*span)));
    new.extend(sentences);
    new.sort_by_key(|span| (span.start, span.end));
    new.dedup();
    Novelty { repeated, new, heard, lent, quotes, events }
}

/// Returns the clauses of the events of version `at` that no known sentence reports.
fn new_events(versions: &[Version<'_>], at: usize, known: &KnownSentences) -> Vec<Span> {
    let events = versions[at].analysis.events.iter().filter(|event| !event.folded);
    let clauses = events.map(|event| event.clause);
    clauses.filter(|clause| known.share(versions, Passage { version: at, span: *clause }) <= MAX_KNOWN).collect()
}

/// Returns the quotes of version `at` that a version in `read` has, each with the longest form in those versions.
fn heard(versions: &[Version<'_>], at: usize, read: &[usize], utterances: &[Utterance]) -> Vec<(Span, Passage)> {
    let span = |(version, index): (usize, usize)| versions[version].analysis.quotes[index].span;
    let mut out = Vec::new();
    for utterance in utterances {
        let known = utterance.quotes.iter().filter(|(version, _)| read.contains(version));
        // The first of several equally long forms is the one that was read first.
        let Some(longest) = known.rev().max_by_key(|id| span(**id).len()) else { continue };
        let passage = Passage { version: longest.0, span: span(*longest) };
        out.extend(utterance.quotes.iter().filter(|id| id.0 == at).map(|id| (span(*id), passage)));
    }
    out.sort_by_key(|(span, _)| span.start);
    out
}

/// Returns the quotes of version `at` with a doubtful speaker whose utterance has a certain speaker in another version.
fn lent(versions: &[Version<'_>], at: usize, utterances: &[Utterance]) -> Vec<(Span, usize, usize)> {
    let mut out = Vec::new();
    for utterance in utterances {
        let Some(surest) = utterance.surest.map(|index| utterance.quotes[index]).filter(|id| id.0 != at) else {
            continue;
        };
        for (_, index) in utterance.quotes.iter().filter(|id| id.0 == at) {
            let quote = &versions[at].analysis.quotes[*index];
            if quote.speaker.is_none() || quote.confidence < DOUBTFUL {
                out.push((quote.span, surest.0, surest.1));
            }
        }
    }
    out.sort_by_key(|(span, ..)| span.start);
    out
}
