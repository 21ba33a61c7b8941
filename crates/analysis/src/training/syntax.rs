//! Clauses of a sentence in the form used by treebanks.

use super::pos::PennTag;
use crate::syntax::{ClauseForm, ClauseKind, Syntax};
use std::ops::Range;

/// Subjects, complements and predicates of one sentence. Token indices count from its start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clauses {
    /// Subjects of finite verbs, each as the first token of the verb group, the extent of the subject, and the index of
    /// its head. Clausal subjects and subjects shared with another clause are omitted.
    pub subjects: Vec<(usize, Range<usize>, usize)>,
    /// Extents of the complement clauses, including coordinated clauses.
    pub complements: Vec<Range<usize>>,
    /// Predicative complements, which say what a subject or object is or becomes.
    pub predicates: Vec<Range<usize>>,
}

/// Finds the clauses of a sentence of `words` with their `tags`.
#[must_use]
pub fn clauses(words: &[&str], tags: &[PennTag]) -> Clauses {
    let syntax = Syntax::of(words, tags);
    let mut out = Clauses::default();
    for clause in &syntax.clauses {
        let subject = clause.subject.as_ref().filter(|subject| !subject.shared && !subject.clausal);
        if let Some(subject) = subject.filter(|_| clause.form == ClauseForm::Finite) {
            out.subjects.push((clause.verbs.start, subject.whole.clone(), subject.head));
        }
        if clause.kind == ClauseKind::Complement && clause.joined.is_none() {
            out.complements.push(syntax.joined_extent(clause));
        }
        out.predicates.extend(clause.predicate.clone());
    }
    out
}
