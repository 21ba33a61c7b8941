//! Corrects a clause whose subject turns out to be an apposition.

use super::chunk::Chunk;
use super::clause::{ClauseForm, ClauseKind, Subject, Tense};
use super::frame::Parser;
use super::is_noun;
use crate::pos::PennTag;
use std::ops::Range;

impl Parser<'_, '_> {
    /// Returns the noun phrase before an apposition that was mistaken for the subject, such as "Mayor Vale" in "Mayor
    /// Vale, a baker elected in 2017, denied". The verb of the frame at `target` must look like a participle.
    pub(super) fn apposed(&self, target: usize) -> Option<Range<usize>> {
        let clause = self.clauses.get(self.stack[target].clause?)?;
        let start = clause.subject.as_ref()?.core.start;
        let comma = start.checked_sub(1).filter(|comma| self.sentence.tag(*comma) == PennTag::Comma)?;
        let first = clause.extent.start;
        let indefinite = ["a", "an"].iter().any(|article| self.sentence.is(start, article));
        let regular = clause.verbs.len() == 1 && self.sentence.word(clause.head).ends_with("ed");
        let plain = (first..comma).all(|at| is_noun(self.sentence.tag(at)) || self.sentence.tag(at) == PennTag::Dt);
        (indefinite && regular && plain && first < comma).then_some(first..comma)
    }

    /// Reinterprets the verb of the frame at `target` as a participle and makes `subject` the subject of the verb in
    /// `chunk`.
    pub(super) fn after_apposition(&mut self, target: usize, subject: Range<usize>, chunk: Chunk) {
        self.close_to(target, chunk.start);
        self.close_clause(target, chunk.start);
        let Some(first) = self.stack[target].clause else { return };
        let whole = subject.start..self.clauses[first].extent.end;
        let inner = &mut self.clauses[first];
        inner.form = ClauseForm::Participle;
        inner.kind = ClauseKind::Reduced;
        inner.tense = Tense::None;
        inner.passive = true;
        inner.extent.start = inner.verbs.start;
        if let Some(own) = inner.subject.as_mut() {
            own.shared = true;
        }
        let own =
            Subject { head: subject.end - 1, core: subject, whole, shared: false, clausal: false, antecedent: None };
        let (kind, start) = (self.stack[target].kind, self.stack[target].start);
        let clause = self.add(chunk, ClauseForm::Finite, kind, Some(own), start);
        self.clauses[first].parent = Some(clause);
        let frame = &mut self.stack[target];
        frame.clause = Some(clause);
        frame.items.clear();
    }
}
