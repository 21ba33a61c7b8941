//! Opens dependent clauses at their first words: conjunctions, relative words and question words.

use super::chunk::{Chunk, ChunkKind};
use super::clause::{ClauseForm, ClauseKind};
use super::frame::{Frame, Item, ItemKind, Parser};
use crate::lexicon::lists;
use crate::pos::PennTag;
use std::ops::Range;

impl Parser<'_, '_> {
    /// Returns whether the preposition in `chunk` opens a clause: "after he left".
    pub(super) fn opens_clause(&self, chunk: Chunk) -> bool {
        if !lists::CLAUSE_PREPOSITIONS.contains_any_case(self.sentence.word(chunk.start)) {
            return false;
        }
        let mut rest = self.chunks.iter().skip(self.at + 1).filter(|chunk| chunk.kind != ChunkKind::Adverb);
        let Some(first) = rest.next() else { return false };
        if !matches!(first.kind, ChunkKind::Noun | ChunkKind::Time) {
            // In "than expected" and "as is", the clause omits its subject.
            return first.kind == ChunkKind::Finite;
        }
        let mut finite = false;
        let mut led = false;
        let mut commas = 0;
        for chunk in rest.by_ref().take(10) {
            match chunk.kind {
                ChunkKind::Comma if commas < 2 => commas += 1,
                ChunkKind::Finite if commas == 1 => break,
                ChunkKind::Participle | ChunkKind::Noun if commas == 1 => {}
                ChunkKind::Finite => {
                    finite = !led;
                    break;
                }
                ChunkKind::Noun | ChunkKind::Time if led => led = false,
                ChunkKind::Preposition | ChunkKind::Conjunction => led = true,
                _ => break,
            }
        }
        if !finite {
            return false;
        }
        // An enclosing clause that still lacks a verb needs the next finite verb for itself: in "The day after the vote
        // was cold", "was" belongs to "the day".
        let Some(frame) = self.stack.last() else { return true };
        let noun = frame.items.last().is_some_and(|item| item.kind == ItemKind::Noun && !item.governed);
        !(frame.waits() && noun) || rest.any(|chunk| chunk.kind == ChunkKind::Finite)
    }

    /// Opens a dependent clause at a conjunction: "because he left".
    pub(super) fn subordinator(&mut self, chunk: Chunk) {
        let word = self.sentence.word(chunk.start).to_ascii_lowercase();
        let content = lists::COMPLEMENT_OPENERS.contains(&word);
        let joined = self.close_coordinated(chunk.start, &word);
        if !content || self.ends_with(ItemKind::Comma) {
            self.close_infinitives(chunk.start);
        }
        let top = self.stack.len() - 1;
        let last = self.stack[top].items.iter().rev().find(|item| item.kind != ItemKind::Adverb).copied();
        let kind = if content { self.content_kind(top, last) } else { self.adverbial_kind(top, &word) };
        let mut start = chunk.start;
        if kind == ClauseKind::Adverbial {
            // Include an adverb or conjunction before the opener: "even if", "only because", "so that".
            start = self.take_adverb(top, start);
        }
        let mut frame = Frame::new(start, kind);
        frame.opener = Some(chunk.start);
        frame.joined = joined;
        frame.noun = last.filter(|item| item.kind == ItemKind::Noun).map(|item| item.start..item.end);
        self.stack.push(frame);
    }

    /// Returns the kind of a clause opened by "that" or "whether" after the item `last`.
    fn content_kind(&self, top: usize, last: Option<Item>) -> ClauseKind {
        let frame = &self.stack[top];
        let noun = last.filter(|item| item.kind == ItemKind::Noun);
        if last.is_none() && self.verb_is(top, &lists::BE) || self.extraposes(top, last) {
            return ClauseKind::Predicate;
        }
        if last.is_some_and(|item| item.kind == ItemKind::Preposition) {
            return ClauseKind::Adverbial;
        }
        let of_noun = noun.is_some_and(|item| lists::CONTENT_NOUNS.contains_any_case(self.sentence.word(item.head)));
        let reporting = [&lists::CONTENT_VERBS, &lists::REPORTING_AFTER, &lists::OBJECT_CONTROL];
        let reports = reporting.into_iter().any(|list| self.verb_is(top, list));
        let reports = reports || noun.is_some_and(|item| self.sentence.tag(item.head) == PennTag::Prp);
        if of_noun || noun.is_some() && (frame.waits() || !reports) {
            return ClauseKind::Reduced;
        }
        let so = last.is_none_or(|item| item.kind == ItemKind::Comma)
            && frame.items.iter().rev().take(1).any(|item| {
                item.kind == ItemKind::Adverb
                    && ["so", "such", "now"].iter().any(|word| self.sentence.is(item.start, word))
            });
        if so { ClauseKind::Adverbial } else { ClauseKind::Complement }
    }

    /// Returns whether a clause after `last` is an extraposed subject, to which "it" refers: "It is clear that he
    /// left".
    fn extraposes(&self, top: usize, last: Option<Item>) -> bool {
        let clause = self.stack[top].clause.and_then(|clause| self.clauses.get(clause));
        let Some(clause) = clause else { return false };
        let it = clause.subject.as_ref().is_some_and(|subject| self.sentence.is(subject.head, "it"));
        let adjective = last.is_some_and(|item| item.kind == ItemKind::Adjective);
        it && (adjective || clause.passive || self.verb_is(top, &lists::BE) || self.verb_is(top, &lists::LINKING))
    }

    fn adverbial_kind(&self, top: usize, word: &str) -> ClauseKind {
        let asks = word == "if" && self.verb_is(top, &lists::QUESTION_VERBS) && self.stack[top].items.len() < 2;
        if asks { ClauseKind::Complement } else { ClauseKind::Adverbial }
    }

    /// Removes the adverb before a conjunction from the frame at `top`. Returns the first token of the clause,
    /// including that adverb.
    fn take_adverb(&mut self, top: usize, start: usize) -> usize {
        let items = &mut self.stack[top].items;
        let adverb = items.last().is_some_and(|item| {
            item.kind == ItemKind::Adverb && lists::FOCUSING.contains_any_case(self.sentence.word(item.start))
        });
        if adverb { items.pop().map_or(start, |item| item.start) } else { start }
    }

    /// Closes the earlier of two coordinated clauses that repeat the same opener, as in "that … and that …".
    fn close_coordinated(&mut self, start: usize, word: &str) -> Option<usize> {
        let top = self.stack.len() - 1;
        let joined = self.stack[top].items.last().is_some_and(|item| item.kind == ItemKind::Conjunction);
        if !joined {
            return None;
        }
        let same = self.stack.iter().rposition(|frame| {
            frame.opener.or(frame.wh).is_some_and(|opener| self.sentence.is(opener, word)) && !frame.waits()
        });
        let same = same.filter(|same| *same > 0)?;
        let clause = self.stack[same].clause;
        self.close_to(same - 1, start);
        clause
    }

    /// Closes the open infinitives before an adverbial clause, because such a clause more likely modifies the enclosing
    /// clause.
    fn close_infinitives(&mut self, start: usize) {
        let floor = self.barrier();
        let mut top = self.stack.len() - 1;
        let infinitive = |parser: &Self, index: usize| {
            let clause = parser.stack[index].clause.and_then(|clause| parser.clauses.get(clause));
            clause.is_some_and(|clause| clause.form == ClauseForm::Infinitive)
        };
        while top > floor && infinitive(self, top) {
            top -= 1;
        }
        self.close_to(top, start);
    }

    /// Opens a clause at a relative or question word.
    pub(super) fn wh(&mut self, chunk: Chunk) {
        let word = self.sentence.word(chunk.start).to_ascii_lowercase();
        let top = self.stack.len() - 1;
        if self.stack[top].waits()
            && self.stack[top].items.is_empty()
            && self.stack[top].wh.is_none()
            && top == self.barrier()
            && self.asks()
        {
            self.stack[top].wh = Some(chunk.start);
            return;
        }
        let joined = self.close_coordinated(chunk.start, &word);
        let top = self.stack.len() - 1;
        let start = self.take_preposition(top, chunk.start);
        let start = self.take_quantified(top, start);
        let items = &self.stack[top].items;
        let comma = items.last().is_some_and(|item| item.kind == ItemKind::Comma);
        let before = items.iter().rev().find(|item| !matches!(item.kind, ItemKind::Comma | ItemKind::Adverb)).copied();
        let kind = self.wh_kind(top, chunk, before, comma);
        let noun = self.described(top).filter(|_| kind == ClauseKind::Relative);
        let mut frame = Frame::new(start, kind);
        frame.wh = Some(chunk.start);
        frame.joined = joined;
        frame.noun = noun;
        self.stack.push(frame);
    }

    /// Returns whether the sentence ends in a question mark.
    fn asks(&self) -> bool {
        let last = self.sentence.len().saturating_sub(3);
        (last..self.sentence.len()).any(|index| self.sentence.is(index, "?"))
    }

    fn wh_kind(&self, top: usize, chunk: Chunk, before: Option<Item>, comma: bool) -> ClauseKind {
        let tag = self.sentence.tag(chunk.start);
        let noun = before.is_some_and(|item| {
            matches!(item.kind, ItemKind::Noun | ItemKind::Time | ItemKind::Unit | ItemKind::Clause)
        });
        let what = lists::FREE_RELATIVES.contains_any_case(self.sentence.word(chunk.start));
        match tag {
            PennTag::Wdt | PennTag::Wp | PennTag::WpPossessive if noun && !what => ClauseKind::Relative,
            PennTag::Wrb if noun && self.sentence.is(chunk.start, "where") => ClauseKind::Relative,
            PennTag::Wrb if self.sentence.is(chunk.start, "when") && (noun || comma || before.is_none()) => {
                if noun && !comma && self.stack[top].waits() { ClauseKind::Relative } else { ClauseKind::Adverbial }
            }
            _ if self.verb_is(top, &lists::QUESTION_VERBS) => ClauseKind::Complement,
            PennTag::Wrb if !what => ClauseKind::Adverbial,
            _ => ClauseKind::Relative,
        }
    }

    /// Removes a preposition before a relative word from the frame at `top`, such as "in" in "in which". Returns the
    /// index of the first token in the clause.
    fn take_preposition(&mut self, top: usize, start: usize) -> usize {
        let items = &mut self.stack[top].items;
        let led = items.last().is_some_and(|item| item.kind == ItemKind::Preposition);
        if led { items.pop().map_or(start, |item| item.start) } else { start }
    }

    /// Removes a quantifier before a relative word from the frame at `top`, such as "both" in ", both of which". The
    /// "of" is at `start`. Returns the index of the first token in the clause.
    fn take_quantified(&mut self, top: usize, start: usize) -> usize {
        if !self.sentence.is(start, "of") {
            return start;
        }
        let items = &mut self.stack[top].items;
        let quantified = match items.as_slice() {
            [.., before, last] => before.kind == ItemKind::Comma && last.kind == ItemKind::Noun && last.end == start,
            _ => false,
        };
        if quantified { items.pop().map_or(start, |item| item.start) } else { start }
    }

    /// Returns the noun phrase at the end of the frame at `top`, including nouns joined by "of".
    pub(super) fn described(&self, top: usize) -> Option<Range<usize>> {
        let items = &self.stack[top].items;
        let last = items.iter().rposition(|item| item.kind == ItemKind::Noun)?;
        let mut first = last;
        while first >= 2
            && items[first - 1].kind == ItemKind::Preposition
            && self.sentence.is(items[first - 1].start, "of")
            && items[first - 2].kind == ItemKind::Noun
        {
            first -= 2;
        }
        Some(items[first].start..items[last].end)
    }
}
