//! Compares the words and the speakers of an utterance that several versions quote.

use super::speaker::{self, Relation};
use super::words::{Class, Word, words};
use super::{Aspect, Claim, Difference, Passage, Utterance, Version};
use crate::{Quote, QuoteKind};
use dateline_core::text::{Span, folded};

/// Minimum confidence of two speakers to be shown as different.
const SURE: f32 = 0.95;
/// Minimum number of content words, numbers and negations that the other versions leave out.
const MIN_LEFT_OUT: usize = 3;
/// Maximum number of words of a quote that are compared. Longer ones are whole speeches.
const MAX_WORDS: usize = 400;

/// Returns the quote with this index in its version.
fn quote<'a>(versions: &[Version<'a>], (version, index): (usize, usize)) -> &'a Quote {
    &versions[version].analysis.quotes[index]
}

fn passage(versions: &[Version<'_>], id: (usize, usize)) -> Passage {
    Passage { version: id.0, span: quote(versions, id).span }
}

/// Returns the reported words on one line, without the comma before the words that report them.
fn text(versions: &[Version<'_>], id: (usize, usize)) -> String {
    folded(quote(versions, id).span.of(&versions[id.0].article.text)).trim_end_matches(',').to_owned()
}

fn speaker_name<'a>(versions: &[Version<'a>], id: (usize, usize)) -> &'a str {
    quote(versions, id).speaker.as_ref().map_or("", |speaker| speaker.name.as_str())
}

/// Finds utterances that versions attribute to different persons.
pub(super) fn speakers(versions: &[Version<'_>], utterances: &[Utterance]) -> Vec<Difference> {
    utterances.iter().filter_map(|utterance| speakers_of(versions, utterance)).collect()
}

fn speakers_of(versions: &[Version<'_>], utterance: &Utterance) -> Option<Difference> {
    let sure = |id: &&(usize, usize)| {
        let quote = quote(versions, **id);
        quote.confidence >= SURE && speaker::is_named(&versions[id.0], quote)
    };
    let mut claims: Vec<((usize, usize), Claim)> = Vec::new();
    for id in utterance.quotes.iter().filter(sure) {
        let relation = |other: &(usize, usize)| {
            let of = |id: (usize, usize)| (&versions[id.0], quote(versions, id));
            speaker::relation(of(*id), of(*other))
        };
        if let Some((_, claim)) = claims.iter_mut().find(|(other, _)| relation(other) != Relation::Different) {
            claim.passages.push(passage(versions, *id));
            continue;
        }
        let name = speaker_name(versions, *id).to_owned();
        claims.push((*id, Claim { text: name, passages: vec![passage(versions, *id)], later: false }));
    }
    let about = text(versions, utterance.quotes[utterance.longest]);
    let claims: Vec<Claim> = claims.into_iter().map(|(_, claim)| claim).collect();
    (claims.len() > 1).then_some(Difference { aspect: Aspect::Speaker, about, claims })
}

/// Finds utterances that one version quotes at greater length, or in other words, than the others.
pub(super) fn wordings(versions: &[Version<'_>], utterances: &[Utterance]) -> Vec<Difference> {
    utterances.iter().filter_map(|utterance| wordings_of(versions, utterance)).collect()
}

fn wordings_of(versions: &[Version<'_>], utterance: &Utterance) -> Option<Difference> {
    let longest = utterance.quotes[utterance.longest];
    let named = utterance.surest.map_or(longest, |index| utterance.quotes[index]);
    let others: Vec<(usize, usize)> = utterance.quotes.iter().copied().filter(|id| id.0 != longest.0).collect();
    let reported = |id: &(usize, usize)| quote(versions, *id).kind == QuoteKind::Indirect;
    let whole = if reported(&longest) {
        text(versions, longest)
    } else {
        bracketed(versions, longest, &others)
            .or_else(|| others.iter().any(reported).then(|| text(versions, longest)))?
    };
    let mut claims = vec![Claim { text: whole, passages: vec![passage(versions, longest)], later: false }];
    for id in others {
        let text = text(versions, id);
        // A full stop shows only where the writer ended the sentence.
        let bare = |text: &str| text.trim_end_matches('.').to_owned();
        match claims.iter_mut().find(|claim| bare(&claim.text) == bare(&text)) {
            Some(claim) => claim.passages.push(passage(versions, id)),
            None => claims.push(Claim { text, passages: vec![passage(versions, id)], later: false }),
        }
    }
    let about = speaker_name(versions, named).to_owned();
    (claims.len() > 1).then_some(Difference { aspect: Aspect::Words, about, claims })
}

/// Returns the words of a quote with brackets around what no other version quotes; `None` if the others leave out too
/// little to be mentioned.
fn bracketed(versions: &[Version<'_>], id: (usize, usize), others: &[(usize, usize)]) -> Option<String> {
    let source = &versions[id.0].article.text;
    let span = quote(versions, id).span;
    let own: Vec<Word> = words(source, span).into_iter().take(MAX_WORDS).collect();
    let mut kept = vec![false; own.len()];
    for other in others {
        let theirs = words(&versions[other.0].article.text, quote(versions, *other).span);
        for index in aligned(&own, &theirs[..theirs.len().min(MAX_WORDS)]) {
            kept[index] = true;
        }
    }
    let weighs = |at: &usize| own[*at].class != Class::Ignored;
    let left_out = (0..own.len()).filter(|at| !kept[*at] && weighs(at)).count();
    if left_out < MIN_LEFT_OUT {
        return None;
    }
    let mut out = String::new();
    let mut end = span.start;
    let mut at = 0;
    while at < own.len() {
        let run = (at..own.len()).take_while(|index| kept[*index] == kept[at]).count();
        let weighty = !kept[at] && (at..at + run).any(|index| weighs(&index));
        let part = Span::new(own[at].span.start, own[at + run - 1].span.end);
        out.push_str(Span::new(end, part.start).of(source));
        let (open, close) = if weighty { ("[", "]") } else { ("", "") };
        out.extend([open, part.of(source), close]);
        end = part.end.max(end);
        at += run;
    }
    out.push_str(Span::new(end, span.end).of(source));
    Some(folded(&out).trim_end_matches(',').to_owned())
}

/// Returns the indices of the words in `own` that belong to a longest common subsequence with `theirs`.
fn aligned(own: &[Word], theirs: &[Word]) -> Vec<usize> {
    let width = theirs.len() + 1;
    let mut lengths = vec![0_u16; (own.len() + 1) * width];
    for (row, word) in own.iter().enumerate().rev() {
        for (column, other) in theirs.iter().enumerate().rev() {
            let next = (row + 1) * width + column;
            lengths[row * width + column] = if word.stem == other.stem {
                lengths[next + 1] + 1
            } else {
                lengths[next].max(lengths[row * width + column + 1])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut out = Vec::new();
    while row < own.len() && column < theirs.len() {
        if own[row].stem == theirs[column].stem {
            out.push(row);
            (row, column) = (row + 1, column + 1);
        } else if lengths[(row + 1) * width + column] >= lengths[row * width + column + 1] {
            row += 1;
        } else {
            column += 1;
        }
    }
    out
}
