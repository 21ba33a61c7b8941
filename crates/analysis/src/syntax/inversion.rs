//! Finds subjects that follow their verbs: in questions, after "there is", and in attributions.

use super::chunk::{self, Chunk, ChunkKind};
use super::clause::Subject;
use super::frame::Parser;
use crate::lexicon::lists;
use crate::pos::PennTag;

impl Parser<'_, '_> {
    /// Returns whether the verb in `chunk` precedes its subject in a question: "…, would you go".
    pub(super) fn is_question(&self, chunk: Chunk) -> bool {
        let (subject, group) = self.inverted_group(chunk);
        subject.is_some()
            && group.is_some()
            && chunk
                .start
                .checked_sub(1)
                .is_some_and(|before| self.sentence.is_mark(before) || self.sentence.tag(before) == PennTag::Cc)
    }

    /// Returns the noun phrase after "there is" as the subject.
    pub(super) fn after_there(&self, chunk: Chunk, there: Subject) -> Option<Subject> {
        let next = self.chunks.iter().skip(self.at + 1).find(|next| next.kind != ChunkKind::Adverb)?;
        if chunk.kind != ChunkKind::Finite || !matches!(next.kind, ChunkKind::Noun | ChunkKind::Time) {
            return Some(there);
        }
        // A negation or adverb may precede the noun phrase: "There is not a reason", "there are really two reasons".
        let determined = |at: usize| matches!(self.sentence.tag(at), PennTag::Dt | PennTag::Pdt);
        let denied = |at: usize| lists::NEGATIONS.contains_any_case(self.sentence.word(at));
        let mut start = next.start;
        while start < next.head && self.sentence.is_adverb(start) && (determined(start + 1) || denied(start)) {
            start += 1;
        }
        Some(Subject {
            core: start..next.end,
            whole: start..self.phrase_end(next.end),
            head: next.head,
            shared: false,
            clausal: false,
            antecedent: None,
        })
    }

    /// Returns the index after a noun phrase with its prepositional phrases. The first chunk of the noun phrase ends at
    /// `end`.
    pub(super) fn phrase_end(&self, end: usize) -> usize {
        let mut stop = end;
        let mut led = false;
        let after = self.chunks.partition_point(|chunk| chunk.start < end);
        let rest = self.chunks.get(after..).unwrap_or_default();
        for (at, chunk) in rest.iter().enumerate() {
            match chunk.kind {
                ChunkKind::Preposition => led = true,
                ChunkKind::Conjunction if !led && joins_nouns(rest, at) => led = true,
                ChunkKind::Noun if led => {
                    stop = chunk.end;
                    led = false;
                }
                _ => break,
            }
        }
        stop
    }

    /// Returns the subject after an inverted verb, and the verb group extended to the main verb: "Did he go?", "said
    /// Anna".
    pub(super) fn inverted(&mut self, chunk: Chunk) -> (Option<Subject>, Chunk) {
        let (subject, main) = self.inverted_group(chunk);
        let Some((at, main)) = main else { return (subject, chunk) };
        self.at = at;
        (subject, Chunk { end: main.end, head: main.head, ..chunk })
    }

    /// Returns the subject after an inverted verb, and the main verb after that subject with its chunk index.
    pub(super) fn inverted_group(&self, chunk: Chunk) -> (Option<Subject>, Option<(usize, Chunk)>) {
        let lead = usize::from(self.chunks.get(self.at + 1).is_some_and(|next| next.kind == ChunkKind::Adverb));
        let Some(next) = self.chunks.get(self.at + 1 + lead).copied() else { return (None, None) };
        let bare = chunk.end == chunk.start + 1 || self.sentence.is(chunk.start + 1, "n't");
        let word = self.sentence.word(chunk.start);
        let auxiliary = self.sentence.tag(chunk.start) == PennTag::Md
            || lists::BE.contains_any_case(word)
            || lists::DO.contains_any_case(word)
            || lists::HAVE.contains_any_case(word);
        let says = self.reports(chunk.head) && chunk.start > 0 && self.sentence.is_mark(chunk.start - 1);
        if !bare || next.kind != ChunkKind::Noun || !(auxiliary || says) {
            return (None, None);
        }
        let end = if says { self.phrase_end(next.end) } else { next.end };
        let subject = Subject {
            core: next.start..end,
            whole: next.start..end,
            head: next.head,
            shared: false,
            clausal: false,
            antecedent: None,
        };
        let after = self.at + 2 + lead;
        let adverb = self.chunks.get(after).is_some_and(|chunk| chunk.kind == ChunkKind::Adverb);
        let at = after + usize::from(adverb);
        let main = self.chunks.get(at).copied().filter(|main| {
            matches!(main.kind, ChunkKind::Base | ChunkKind::Participle)
                && chunk::follows_auxiliary(self.sentence, chunk.head, main.start)
        });
        (Some(subject), main.map(|main| (at, main)))
    }
}

/// Returns whether the conjunction at `at` joins two noun phrases, that is, whether no verb follows the second one.
fn joins_nouns(chunks: &[Chunk], at: usize) -> bool {
    let noun = chunks.get(at + 1).is_some_and(|next| next.kind == ChunkKind::Noun);
    let mut rest = chunks.iter().skip(at + 2).filter(|next| next.kind != ChunkKind::Adverb);
    noun && rest.next().is_none_or(|next| !matches!(next.kind, ChunkKind::Finite | ChunkKind::Base))
}
