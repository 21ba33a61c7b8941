//! Finds the words that a pronoun refers to among the subjects of the parsed clauses.

use super::phrase::class;
use crate::document::Document;
use crate::lexicon::lists;
use crate::pos::PennTag;
use crate::syntax::{Clause, ClauseForm, ClauseKind, Parsed, Subject};
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

impl Parsed {
    /// Returns the subject of the first main clause of the sentence.
    pub(super) fn main_subject(&self) -> Option<Range<usize>> {
        let main = |clause: &&Clause| clause.kind == ClauseKind::Main && clause.form == ClauseForm::Finite;
        let subject = self.syntax().clauses.iter().find(main)?.subject.as_ref()?;
        Some(self.here(&subject.core))
    }

    /// Returns the subject of the main clause after an adverbial clause whose subject is the pronoun at token
    /// `pronoun`, as in "When she was elected, Vale promised".
    pub(super) fn main_subject_after(&self, pronoun: usize) -> Option<Range<usize>> {
        let at = pronoun.checked_sub(self.tokens.start)?;
        let own = |clause: &&Clause| clause.subject.as_ref().is_some_and(|subject| subject.head == at);
        let inner = self.syntax().clauses.iter().find(own)?;
        let main = self.syntax().clauses.get(inner.parent.filter(|_| inner.kind == ClauseKind::Adverbial)?)?;
        let subject = main.subject.as_ref().filter(|subject| subject.core.start >= inner.extent.end)?;
        Some(self.here(&subject.core))
    }

    /// Returns the subject to which the pronoun at token `pronoun` refers. The subject is that of a clause around the
    /// pronoun, or the first one before it in this or the previous sentence. Returns `None` unless the two agree in number.
    pub(super) fn antecedent(&self, document: &Document<'_>, pronoun: usize, plural: bool) -> Option<Range<usize>> {
        let fits = |clause: &&Clause| {
            clause.form == ClauseForm::Finite && matches!(clause.kind, ClauseKind::Main | ClauseKind::Complement)
        };
        let reporting = self.reporting_around(document, pronoun);
        let around = self.clauses_around(pronoun);
        let close = around.iter().filter_map(|clause| clause.subject.as_ref()).any(|subject| !subject.shared);
        let clauses = reporting.into_iter().chain(around).chain(self.syntax().clauses.iter().filter(fits));
        // "It" and "there" often refer to nothing: "It is certain that the pier closes". A subject "they" is skipped as
        // well, because it has the same antecedent as the pronoun.
        let empty = |subject: &Subject| {
            lists::EMPTY_SUBJECTS.contains_any_case(document.word(self.tokens.start + subject.head))
        };
        let mut subjects = clauses
            .filter_map(|clause| clause.subject.as_ref())
            .filter(|subject| !subject.shared && !subject.clausal && subject.antecedent.is_none() && !empty(subject));
        let first = subjects.find(|subject| self.tokens.start + subject.whole.end <= pronoun)?;
        let own = self.here(&first.core);
        let last = own.end.checked_sub(1)?;
        // An apposition can look like a subject, as in "Mayor Vale, a farmer, said".
        let indefinite = matches!(document.word(own.start), "a" | "an");
        if indefinite && own.start.checked_sub(1).is_some_and(|comma| document.word(comma) == ",") {
            return None;
        }
        let head = self.tokens.start + first.head;
        let ends_with_s = |index: usize| document.word(index).ends_with('s');
        // A name can end in "s": "Orrin Pumps says it will close".
        let singular = document.penn(last) == PennTag::Nnp || !ends_with_s(last) && !ends_with_s(head);
        if !plural && !singular {
            return None;
        }
        let joined = own.clone().any(|index| document.word(index) == "and");
        let fits = match class(document, head) {
            WordClass::NounPlural => plural && (close || denotes_people(document.word(head))),
            // A plural name is the name of an organisation: "Orrin Airlines".
            WordClass::Proper if plural && document.penn(head) == PennTag::Nnps => true,
            WordClass::Noun | WordClass::Proper => joined == plural,
            _ => false,
        };
        fits.then_some(own)
    }

    /// Returns the finite clauses that contain the clause of the pronoun at token `pronoun`, innermost first: the clause of
    /// "closed" in "Vale said that the pier closed when it cracked". Returns none for a pronoun outside a subject.
    fn clauses_around(&self, pronoun: usize) -> Vec<&Clause> {
        /// Maximum number of enclosing clauses to examine for an antecedent.
        const DEEP: usize = 4;
        let Some(at) = pronoun.checked_sub(self.tokens.start) else { return Vec::new() };
        let own = |clause: &&Clause| {
            clause.subject.as_ref().is_some_and(|subject| !subject.shared && subject.core.start == at)
        };
        let inner = self.syntax().clauses.iter().find(own);
        let parent = |clause: &&Clause| clause.parent.and_then(|parent| self.syntax().clauses.get(parent));
        let around = std::iter::successors(inner.as_ref().and_then(parent), parent).take(DEEP);
        around.filter(|clause| clause.form == ClauseForm::Finite && clause.margin > 0).collect()
    }

    /// Returns the reporting clause whose content begins with the pronoun at token `pronoun`: "Orrin says it will close".
    fn reporting_around(&self, document: &Document<'_>, pronoun: usize) -> Option<&Clause> {
        let at = pronoun.checked_sub(self.tokens.start)?;
        let inner = self.syntax().clauses.iter().find(|clause| {
            let own = clause.subject.as_ref().is_some_and(|subject| subject.core.start == at);
            own && clause.kind == ClauseKind::Complement
        })?;
        let outer = self.syntax().clauses.get(inner.parent?)?;
        let says =
            document.senses.get(self.tokens.start + outer.head).is_some_and(|senses| senses.has(Trait::Reporting));
        (says && outer.form == ClauseForm::Finite && outer.margin > 0).then_some(outer)
    }
}

/// Returns whether a plural noun has an ending typical of nouns for people, such as "pilots" or "voters". Only such a
/// noun is certain to be the antecedent of "they".
fn denotes_people(noun: &str) -> bool {
    lists::PERSON_ENDINGS.iter().any(|ending| noun.ends_with(ending))
}
