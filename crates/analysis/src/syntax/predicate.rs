//! Finds predicative complements: phrases without a verb that say what a subject or object is or becomes. Examples are
//! "looked tired" and "kept it open".

use super::Tagged;
use super::chunk::{Chunk, ChunkKind};
use super::clause::{Clause, ClauseForm, ClauseKind};
use crate::lexicon::lists;
use std::ops::Range;

/// Maximum number of later clauses to search for the continuation of a subject or predicate.
const NEAR: usize = 8;

/// Sets the predicative complement of each clause whose verb takes one.
pub(super) fn find(sentence: &Tagged<'_>, chunks: &[Chunk], clauses: &mut [Clause]) {
    let continuations: Vec<(Range<usize>, bool)> = clauses
        .iter()
        .map(|clause| {
            let content = clause.form == ClauseForm::Finite && clause.kind != ClauseKind::Relative;
            (clause.extent.clone(), content)
        })
        .collect();
    for (index, clause) in clauses.iter_mut().enumerate() {
        let word = sentence.word(clause.head);
        let after = chunks.partition_point(|chunk| chunk.start < clause.verbs.end);
        let next = chunks.get(after..).unwrap_or_default();
        let passive = clause.passive && lists::OBJECT_PREDICATES.contains_any_case(word);
        clause.predicate = if passive || !clause.passive && lists::LINKING.contains_any_case(word) {
            of_subject(sentence, next, clause.head, passive)
        } else if lists::OBJECT_PREDICATES.contains_any_case(word) {
            let names = lists::NAMING.contains_any_case(word);
            of_object(sentence, next, names).or_else(|| of_subject(sentence, next, clause.head, false))
        } else {
            None
        };
        let Some(predicate) = &mut clause.predicate else { continue };
        // The predicate includes a content clause after "sure", as in "made sure that …". In "made it clear that …" and
        // "found it hard to go" the clause belongs to "it".
        let it = predicate.start.checked_sub(1).is_some_and(|before| sentence.is(before, "it"));
        let assured = lists::ASSURED.contains_any_case(sentence.word(predicate.end - 1));
        let inner = continuations
            .iter()
            .skip(index + 1)
            .take(NEAR)
            .find(|(extent, content)| extent.start == predicate.end && if *content { assured } else { !it });
        if let Some((inner, _)) = inner {
            predicate.end = inner.end;
        }
    }
}

/// Extends each subject that follows "there is" to include the clauses that modify it: "no casualties left at the
/// location".
pub(super) fn extend_subjects(clauses: &mut [Clause]) {
    let describing: Vec<Option<Range<usize>>> = clauses
        .iter()
        .map(|clause| {
            let describes = matches!(clause.kind, ClauseKind::Relative | ClauseKind::Reduced);
            describes.then(|| clause.extent.clone())
        })
        .collect();
    for (index, clause) in clauses.iter_mut().enumerate() {
        let verbs = clause.verbs.end;
        if let Some(subject) = clause.subject.as_mut().filter(|subject| subject.whole.start >= verbs)
            && let Some(inner) =
                describing.iter().skip(index + 1).take(NEAR).flatten().find(|extent| extent.start == subject.whole.end)
        {
            subject.whole.end = inner.end;
        }
    }
}

/// Returns the predicative phrase right after a linking verb.
fn of_subject(sentence: &Tagged<'_>, next: &[Chunk], verb: usize, passive: bool) -> Option<Range<usize>> {
    let lead = next.iter().take_while(|chunk| chunk.kind == ChunkKind::Adverb).count();
    let first = next.get(lead)?;
    let becomes = passive || lists::BECOMING.contains_any_case(sentence.word(verb));
    match first.kind {
        ChunkKind::Adjective => Some(next.first()?.start..phrase_end(next, coordinated(next, lead))),
        ChunkKind::Noun if becomes => Some(first.start..phrase_end(next, lead)),
        _ => None,
    }
}

/// Returns the predicative phrase after the object of a verb.
fn of_object(sentence: &Tagged<'_>, next: &[Chunk], names: bool) -> Option<Range<usize>> {
    let object = next.first().filter(|chunk| chunk.kind == ChunkKind::Noun)?;
    if names && next.get(1).is_some_and(|second| second.kind == ChunkKind::Noun) {
        return Some(object.end..phrase_end(next, 1));
    }
    let after = 1 + of_phrases(sentence, next);
    let lead = after + usize::from(next.get(after).is_some_and(|chunk| chunk.kind == ChunkKind::Adverb));
    let first = next.get(lead).filter(|chunk| chunk.kind == ChunkKind::Adjective)?;
    let start = next.get(after).map_or(first.start, |chunk| chunk.start);
    (object.end <= start).then(|| start..phrase_end(next, coordinated(next, lead)))
}

/// Returns the number of chunks in the "of" phrases after the first chunk: "the silence of the valley".
fn of_phrases(sentence: &Tagged<'_>, chunks: &[Chunk]) -> usize {
    let pairs = chunks.get(1..).unwrap_or_default().chunks_exact(2);
    let of =
        |pair: &&[Chunk]| matches!(pair, [lead, noun] if sentence.is(lead.start, "of") && noun.kind == ChunkKind::Noun);
    2 * pairs.take_while(of).count()
}

/// Returns the index of the last adjective coordinated with the one at `at`: "clear and very easy".
fn coordinated(chunks: &[Chunk], at: usize) -> usize {
    let kind = |at: usize| chunks.get(at).map(|chunk| chunk.kind);
    let mut last = at;
    while kind(last + 1) == Some(ChunkKind::Conjunction) {
        let next = last + 2 + usize::from(kind(last + 2) == Some(ChunkKind::Adverb));
        if kind(next) != Some(ChunkKind::Adjective) {
            break;
        }
        last = next;
    }
    last
}

/// Returns the index after the phrase at chunk `at`, including its prepositional phrases.
fn phrase_end(chunks: &[Chunk], at: usize) -> usize {
    let mut end = chunks.get(at).map_or(0, |chunk| chunk.end);
    let mut index = at + 1;
    while let (Some(lead), Some(noun)) = (chunks.get(index), chunks.get(index + 1)) {
        if lead.kind != ChunkKind::Preposition || noun.kind != ChunkKind::Noun {
            break;
        }
        end = noun.end;
        index += 2;
    }
    end
}
