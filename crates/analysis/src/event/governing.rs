//! Reads the predication that a time belongs to from the clauses of its sentence.

use super::governing_clause::GoverningClause;
use super::participle::described;
use super::phrase::{Reach, class};
use super::predicate::{Predication, intransitive};
use super::predication::{is_condition, takes_object};
use super::subject::{self, Arguments};
use crate::clause::Tense;
use crate::document::Document;
use crate::lexicon::lists;
use crate::syntax::{self, Clause, ClauseForm, ClauseKind, Mood, Parsed};
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Reads rows from clauses.
impl Parsed {
    /// Returns the finite clause that the expression at tokens `time` dates; `None` when it is about a participle, or the
    /// clause lacks a subject of its own.
    pub(super) fn governing(&self, time: &Range<usize>) -> Option<&Clause> {
        let at = time.start.checked_sub(self.tokens.start)?;
        let mut index = self.syntax().clause_at(at)?;
        loop {
            let clause = self.syntax().clauses.get(index)?;
            let content = matches!(clause.kind, ClauseKind::Complement | ClauseKind::Predicate)
                || clause.kind == ClauseKind::Adverbial && clause.form == ClauseForm::Infinitive;
            match clause.form {
                ClauseForm::Finite => break,
                _ if content => index = clause.parent.filter(|parent| *parent < index)?,
                _ => return None,
            }
        }
        let clause = self.syntax().clauses.get(index)?;
        let subject = clause.subject.as_ref().filter(|subject| !subject.clausal)?;
        // "was sold in 1934, doubted in 1962": the auxiliary is left out.
        let first = clause.joined.and_then(|first| self.syntax().clauses.get(first));
        if first.is_some_and(|first| first.passive) && !clause.passive && clause.verbs.len() == 1 {
            return None;
        }
        let outside = !subject.whole.contains(&at) && clause.margin > 0;
        outside.then_some(clause)
    }

    /// Returns where the complements of `clause` end: before a clause or phrase that a comma separates, or an adverbial
    /// clause.
    fn complements_end(&self, document: &Document<'_>, clause: &Clause, time: &Range<usize>) -> usize {
        let from = self.tokens.start + clause.verbs.end;
        let end = self.tokens.start + clause.extent.end;
        let inner = |index: usize| {
            self.syntax().clauses.iter().any(|other| {
                let content = matches!(other.kind, ClauseKind::Complement | ClauseKind::Predicate);
                let opening = self.here(&(other.extent.start..other.verbs.start));
                content && other.verbs.start >= clause.verbs.end && opening.contains(&index)
            })
        };
        let opens = |index: usize| {
            self.syntax().clauses.iter().any(|other| {
                other.kind == ClauseKind::Adverbial
                    && other.form == ClauseForm::Finite
                    && self.tokens.start + other.extent.start == index
                    && !is_condition(document.word(index))
            })
        };
        (from..end)
            .filter(|index| !time.contains(index))
            .find(|index| {
                let mark = matches!(document.word(*index), "," | ";" | ":" | "–" | "—" | "--" | "(");
                *index > from && !inner(*index) && (mark || opens(*index))
            })
            .unwrap_or(end)
    }

    /// Returns the subject that the pronoun at token `pronoun` of this or the next sentence refers to: the first one before
    /// it with its number.
    pub(super) fn antecedent(&self, document: &Document<'_>, pronoun: usize, plural: bool) -> Option<Range<usize>> {
        let fits = |clause: &&Clause| {
            clause.form == ClauseForm::Finite && matches!(clause.kind, ClauseKind::Main | ClauseKind::Complement)
        };
        let subjects = self.syntax().clauses.iter().filter(fits).filter_map(|clause| clause.subject.as_ref());
        let mut subjects =
            subjects.filter(|subject| !subject.shared && !subject.clausal && subject.antecedent.is_none());
        let first = subjects.find(|subject| self.tokens.start + subject.whole.end <= pronoun)?;
        let own = self.here(&first.core);
        let last = own.end.checked_sub(1)?;
        let singular =
            !document.word(last).ends_with('s') && !document.word(self.tokens.start + first.head).ends_with('s');
        if !plural && !singular {
            return None;
        }
        let head = self.tokens.start + first.head;
        let joined = own.clone().any(|index| document.word(index) == "and");
        let fits = match class(document, head) {
            WordClass::NounPlural => plural && acts(document.word(head)),
            WordClass::Noun | WordClass::Proper => joined == plural,
            _ => false,
        };
        fits.then_some(own)
    }

    /// Returns the arguments of a relative clause with its own words `own` before the verb: what the relative word refers to
    /// is subject, owner or object.
    fn of_relative(
        &self,
        document: &Document<'_>,
        clause: &Clause,
        own: &Range<usize>,
        time: &Range<usize>,
    ) -> Option<Arguments> {
        let verbs = self.here(&clause.verbs);
        let Some(complementizer) = clause.opener else {
            let object = clause.described.as_ref().map(|noun| self.here(noun));
            return Some(Arguments { subject: own.clone(), owner: None, object });
        };
        if clause.subject.as_ref().is_some_and(|subject| subject.shared) {
            // "a man who came and left".
            let first = clause.joined.and_then(|first| self.syntax().clauses.get(first))?;
            let own = self.here(&first.subject.as_ref()?.core);
            return self.of_relative(document, first, &own, time).map(|first| Arguments { object: None, ..first });
        }
        let around =
            crate::clause::Clause { verb: verbs.start, tokens: self.here(&clause.extent), tense: tense(clause) };
        subject::relative(document, self.tokens.start, self.tokens.start + complementizer, &around, time)
    }

    /// Returns the predication that a reporting verb before `end` follows: "she died, her son said".
    pub(super) fn content_before(
        &self,
        document: &Document<'_>,
        reporting: &Predication,
        time: &Range<usize>,
    ) -> Option<Predication> {
        let clauses = &self.syntax().clauses;
        let inside = |clause: &Clause| reporting.verb.contains(&(self.tokens.start + clause.verbs.start));
        let outer = clauses.iter().position(inside)?;
        let before = |clause: &&Clause| {
            clause.parent == Some(outer)
                && clause.form == ClauseForm::Finite
                && clause.kind == ClauseKind::Complement
                && self.tokens.start + clause.extent.end <= reporting.arguments.subject.start
        };
        self.row(document, clauses.iter().find(before)?, time).map(|(_, row)| row)
    }

    /// Returns the content of `clause` when only its time precedes an insertion: "said on Monday, after the vote, that …".
    fn or_content(
        &self,
        document: &Document<'_>,
        clause: &Clause,
        complement: Range<usize>,
        time: &Range<usize>,
    ) -> Range<usize> {
        let plain = |index: usize| time.contains(&index) || class(document, index) == WordClass::Preposition;
        if !complement.clone().all(plain) {
            return complement;
        }
        let content = |other: &&Clause| {
            let inside = clause.extent.contains(&other.verbs.start) && other.verbs.start > clause.verbs.end;
            inside && other.kind == ClauseKind::Complement && other.form == ClauseForm::Finite
        };
        let Some(content) = self.syntax().clauses.iter().find(content) else { return complement };
        let start = self.tokens.start + content.extent.start;
        start.max(complement.start)..self.complements_end(document, content, time)
    }

    /// Returns the clause that the expression at tokens `time` dates, and its predication.
    pub(super) fn predication(
        &self,
        document: &Document<'_>,
        time: &Range<usize>,
    ) -> Option<(GoverningClause, Predication)> {
        match self.governing(time) {
            Some(clause) => self.row(document, clause, time),
            None => self.of_participle(document, time),
        }
    }

    /// Returns the predication of a past participle and the noun that it describes: "the treaty, signed in 1994".
    fn of_participle(&self, document: &Document<'_>, time: &Range<usize>) -> Option<(GoverningClause, Predication)> {
        let at = time.start.checked_sub(self.tokens.start)?;
        let clause = self.syntax().clauses.get(self.syntax().clause_at(at)?)?;
        let describes = matches!(clause.kind, ClauseKind::Reduced | ClauseKind::Adverbial);
        let verbs = self.here(&clause.verbs);
        let leads = clause.kind == ClauseKind::Adverbial;
        let passive = clause.form == ClauseForm::Participle && (leads || !intransitive(document, verbs.start));
        if !passive || !describes || clause.verbs.end > at {
            return None;
        }
        let before = described(document, self.tokens.start, verbs.start, Reach::Of);
        let own = if before.is_empty() || leads { self.here(&clause.subject.as_ref()?.core) } else { before };
        let complement = verbs.end..self.complements_end(document, clause, time).max(verbs.end);
        let host = GoverningClause {
            verb: Some(verbs.start),
            tokens: self.here(&clause.extent),
            tense: None,
            says: false,
            shared: None,
            content: None,
        };
        let once = verbs.start > self.tokens.start && matches!(document.word(verbs.start - 1), "first" | "last");
        let verb = verbs.start - usize::from(once)..verbs.end;
        Some((
            host,
            Predication {
                arguments: Arguments::subject(own)?,
                complementizer: None,
                auxiliary: "",
                describes: true,
                verb,
                complement,
            },
        ))
    }

    /// Returns the main clauses that a conjunction joins to the one that a time before its subject dates: "On Friday they
    /// met and the board resigned". `dated` says whether tokens contain another time.
    pub(super) fn joined(
        &self,
        document: &Document<'_>,
        time: &Range<usize>,
        dated: impl Fn(&Range<usize>) -> bool,
    ) -> Vec<(GoverningClause, Predication)> {
        let Some(first) = self.governing(time) else { return Vec::new() };
        let before = first.subject.as_ref().is_some_and(|subject| time.end <= self.tokens.start + subject.core.start);
        let clauses = &self.syntax().clauses;
        let Some(at) = clauses.iter().position(|clause| std::ptr::eq(clause, first)).filter(|_| before) else {
            return Vec::new();
        };
        let mut known = vec![at];
        let mut out = Vec::new();
        for (index, clause) in clauses.iter().enumerate().skip(at + 1) {
            let joined = clause.joined.is_some_and(|other| known.contains(&other));
            if !joined || clause.form != first.form || clause.tense != first.tense || clause.mood != first.mood {
                continue;
            }
            known.push(index);
            let extent = self.here(&clause.extent);
            let own = clause.subject.as_ref().is_some_and(|subject| !subject.clausal);
            if own && !dated(&extent) {
                out.extend(self.row(document, clause, time));
            }
        }
        out
    }

    /// Returns a clause and its predication without the expression at tokens `time`.
    fn row(
        &self,
        document: &Document<'_>,
        clause: &Clause,
        time: &Range<usize>,
    ) -> Option<(GoverningClause, Predication)> {
        let subject = clause.subject.as_ref()?;
        let inserted = |at: usize| matches!(document.word(self.tokens.start + at), "," | "(" | "–" | "—");
        let finite = |at: usize| class(document, self.tokens.start + at).is_finite();
        let restricted =
            subject.whole.len() > subject.core.len() && !subject.whole.clone().any(|at| inserted(at) || finite(at));
        let own = self.here(if restricted { &subject.whole } else { &subject.core });
        let arguments = match clause.kind {
            ClauseKind::Relative => self.of_relative(document, clause, &own, time)?,
            _ => Arguments::subject(own)?,
        };
        let own = arguments.subject.clone();
        if class(document, own.start) == WordClass::Wh {
            return None;
        }
        let own = short(document, with_least(document, own));
        let verbs = self.here(&clause.verbs);
        let adverb = |index: &usize| {
            !time.contains(index) && matches!(class(document, *index), WordClass::Adverb | WordClass::Negation)
        };
        let first = (self.tokens.start..verbs.start).rev().take_while(adverb).last().unwrap_or(verbs.start);
        let first = first.max(if own.end <= verbs.start { own.end } else { first });
        let end = self.complements_end(document, clause, time);
        let says =
            document.senses.get(self.tokens.start + clause.head).is_some_and(|senses| senses.has(Trait::Reporting));
        let host = GoverningClause {
            verb: Some(verbs.start),
            tokens: self.here(&clause.extent),
            tense: Some(tense(clause)),
            says,
            shared: None,
            content: None,
        };
        let complement = self.or_content(document, clause, verbs.end..end.max(verbs.end), time);
        let arguments = Arguments {
            object: arguments.object.filter(|_| takes_object(document, &complement, time)),
            subject: own,
            ..arguments
        };
        let complementizer = clause.opener.map(|opener| self.tokens.start + opener);
        let complementizer = complementizer.filter(|opener| is_condition(document.word(*opener)));
        let verb = first..verbs.end;
        Some((host, Predication { arguments, complementizer, verb, complement, ..Predication::default() }))
    }
}

/// Returns whether a plural noun is one of people by its ending, because "they" is certain only then: "pilots", "voters".
fn acts(noun: &str) -> bool {
    lists::PERSON_ENDINGS.iter().any(|ending| noun.ends_with(ending))
}

/// Adds "at" to a subject that begins with "least" or "most": "At least 76 people".
fn with_least(document: &Document<'_>, subject: Range<usize>) -> Range<usize> {
    let word = |index: usize, wanted: &str| document.word(index).eq_ignore_ascii_case(wanted);
    let rough = ["least", "most"].iter().any(|first| word(subject.start, first));
    let lead = subject.start.checked_sub(1).filter(|lead| rough && word(*lead, "at"));
    lead.unwrap_or(subject.start)..subject.end
}

/// Cuts a long subject before its first preposition other than "of".
fn short(document: &Document<'_>, subject: Range<usize>) -> Range<usize> {
    /// Maximum length of a subject with all its phrases, in characters.
    const LONG: usize = 60;
    if document.span(subject.clone()).of(document.text).chars().count() <= LONG {
        return subject;
    }
    let cut = subject
        .clone()
        .skip(1)
        .find(|index| class(document, *index) == WordClass::Preposition && document.word(*index) != "of");
    subject.start..cut.unwrap_or(subject.end)
}

/// Returns the tense of a clause, as the status needs it.
fn tense(clause: &Clause) -> Tense {
    match (clause.mood, clause.tense) {
        (Mood::Conditional, _) => Tense::Conditional,
        (_, syntax::Tense::Future) => Tense::Future,
        (_, syntax::Tense::Past) => Tense::Past,
        _ => Tense::Present,
    }
}
