//! Adds verbs and clauses that a conjunction or comma joins to earlier ones.

use super::chunk::{Chunk, ChunkKind};
use super::clause::{ClauseForm, Subject};
use super::frame::{Frame, ItemKind, Parser};
use crate::pos::PennTag;

impl Parser<'_, '_> {
    /// Adds a verb that a conjunction joins to an earlier verb, as in "came and went".
    pub(super) fn joined_verb(&mut self, chunk: Chunk) {
        let floor = self.barrier();
        let finite = |index: &usize| {
            let clause = self.stack[*index].clause.and_then(|clause| self.clauses.get(clause));
            clause.filter(|clause| clause.form == ClauseForm::Finite)
        };
        let frames: Vec<usize> = (floor..self.stack.len()).rev().filter(|index| finite(index).is_some()).collect();
        let Some(nearest) = frames.first().copied() else {
            let top = self.stack.len() - 1;
            return if self.lists_participles(top, chunk) { self.join(top, chunk) } else { self.resume(chunk, None) };
        };
        let items = &self.stack[self.stack.len() - 1].items;
        let parted = items.iter().rev().find(|item| !matches!(item.kind, ItemKind::Adverb | ItemKind::Conjunction));
        let parted = parted.is_some_and(|item| item.kind == ItemKind::Comma);
        let form = |index: usize| self.sentence.tag(index);
        let same = |index: &&usize| finite(index).is_some_and(|clause| form(clause.verbs.start) == form(chunk.start));
        let fitting = frames.iter().find(same).copied();
        let target = if parted { fitting.or(frames.last().copied()) } else { fitting }.unwrap_or(nearest);
        self.join(target, chunk);
    }

    /// Returns whether the past tense in `chunk` is actually a participle that continues the one in the frame at `top`,
    /// because the main verb follows later: "The law, passed in 2014 and amended in 2018, bans …".
    fn lists_participles(&self, top: usize, chunk: Chunk) -> bool {
        let clause = self.stack[top].clause.and_then(|clause| self.clauses.get(clause));
        let participle = clause.is_some_and(|clause| clause.form == ClauseForm::Participle);
        let regular = chunk.end == chunk.start + 1 && self.sentence.word(chunk.start).ends_with("ed");
        participle && regular && self.sentence.tag(chunk.start) == PennTag::Vbd && self.more_verbs()
    }

    /// Adds a clause that shares the subject of the frame at `target`.
    pub(super) fn join(&mut self, target: usize, chunk: Chunk) {
        let cut = self.cut_before_conjunction(chunk.start);
        self.close_to(target, cut);
        self.close_clause(target, cut);
        let Some(first) = self.stack[target].clause else { return };
        let (kind, form, subject, parent) = {
            let clause = &self.clauses[first];
            (clause.kind, clause.form, clause.subject.clone(), clause.parent)
        };
        let shared = subject.map(|subject| Subject { shared: true, ..subject });
        let clause = self.add(chunk, form, kind, shared, chunk.start);
        self.clauses[clause].parent = parent;
        self.clauses[clause].joined = Some(first);
        self.share_tense(first, clause);
        self.extend_outer(first, clause);
        let frame = &mut self.stack[target];
        frame.clause = Some(clause);
        frame.items.clear();
    }

    /// Copies the tense, mood and voice of the clause `first` to `clause`, which continues it, unless the verb of `clause` has
    /// a tense of its own: "will land in May and sail in June", "was sold and burnt".
    fn share_tense(&mut self, first: usize, clause: usize) {
        let (first, next) = (self.clauses[first].clone(), &self.clauses[clause]);
        let passive = first.passive && self.continues_passive(&first, next);
        let tag = self.sentence.tag(next.verbs.start);
        let tensed = (tag.is_finite() || tag == PennTag::Md) && !passive;
        if next.form != ClauseForm::Finite || tensed {
            return;
        }
        let next = &mut self.clauses[clause];
        (next.tense, next.mood, next.passive) = (first.tense, first.mood, passive);
    }

    /// Returns whether the verb of the clause `next` is another participle of the passive in the clause `first`. After a
    /// modal, a regular past tense without an object is one, whatever its tag: "will be cleaned in May and moved in June".
    fn continues_passive(&self, first: &super::Clause, next: &super::Clause) -> bool {
        let object = self.following().first().is_some_and(|next| next.kind == ChunkKind::Noun);
        let modal = self.sentence.tag(first.verbs.start) == PennTag::Md;
        let participle = match self.sentence.tag(next.head) {
            PennTag::Vbn => true,
            PennTag::Vbd => self.sentence.word(next.head).ends_with("ed") && modal && !object,
            _ => false,
        };
        participle && next.verbs.len() == 1
    }

    /// Copies the certainty of the complement clause `first` to `clause`, which continues it. The copied value is at
    /// most 2.
    fn extend_outer(&mut self, first: usize, clause: usize) {
        let margin = self.clauses[first].margin.min(2);
        self.clauses[clause].margin = margin;
    }

    /// Returns the index of the conjunction before `verb`, ignoring adverbs in between. Returns `verb` itself if no
    /// conjunction precedes it.
    fn cut_before_conjunction(&self, verb: usize) -> usize {
        (0..verb)
            .rev()
            .find(|index| !self.sentence.is_adverb(*index))
            .map_or(verb, |last| if self.sentence.tag(last) == PennTag::Cc { last } else { verb })
    }

    /// Returns the index of the frame whose clause is continued by a conjunction and a new subject.
    pub(super) fn coordinated(&self, base: usize, parted: bool) -> usize {
        let finite = |index: &usize| {
            let clause = self.stack[*index].clause.and_then(|clause| self.clauses.get(clause));
            clause.is_some_and(|clause| clause.form == ClauseForm::Finite)
        };
        let mut frames = (base..self.stack.len()).rev().filter(finite);
        if parted { (base..self.stack.len()).find(|index| finite(index)) } else { frames.next() }.unwrap_or(base)
    }

    /// Adds a clause with its own subject, coordinated with the clause of the frame at `target`.
    pub(super) fn coordinate(&mut self, target: usize, conjunction: usize, chunk: Chunk) {
        let top = self.stack.len() - 1;
        let items = &mut self.stack[top].items;
        let mut moved = items.split_off(conjunction);
        let cut = moved.first().map_or(chunk.start, |item| item.start);
        if !moved.is_empty() {
            moved.remove(0);
        }
        if let Some(first) = moved.iter_mut().find(|item| item.kind == ItemKind::Noun) {
            first.governed = false;
        }
        self.close_to(target, cut);
        self.close_clause(target, cut);
        let before = self.stack[target].clause;
        let (kind, barrier, opened) = (self.stack[target].kind, self.stack[target].barrier, self.stack[target].opened);
        let parent = before.and_then(|before| self.clauses.get(before)).and_then(|clause| clause.parent);
        let start = moved.first().map_or(chunk.start, |item| item.start);
        let frame = Frame { barrier, opened, items: moved, ..Frame::new(start, kind) };
        self.stack[target] = frame;
        self.set_verb(target, chunk);
        if let Some(clause) = self.stack[target].clause.and_then(|clause| self.clauses.get_mut(clause)) {
            clause.joined = before;
            clause.parent = parent;
            clause.margin = 2;
        }
    }
}
