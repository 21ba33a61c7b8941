//! Finds the predication dated by a time expression among the parsed clauses of its sentence.

use super::governing_clause::GoverningClause;
use super::list;
use super::misparse;
use super::phrase::class;
use super::predicate::Predication;
use super::predication::{is_condition, takes_object};
use super::subject::{self, Arguments};
use crate::clause::Tense;
use crate::document::Document;
use crate::lexicon::lists;
use crate::syntax::{self, Clause, ClauseForm, ClauseKind, Mood, Parsed};
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Queries on a parsed sentence for the timeline.
impl Parsed {
    /// Returns the finite clause dated by the expression at tokens `time`. Returns `None` if the expression dates a
    /// participle, or if the clause has no subject of its own.
    pub(super) fn governing(&self, document: &Document<'_>, time: &Range<usize>) -> Option<&Clause> {
        let at = time.start.checked_sub(self.tokens.start)?;
        let mut index = self.syntax().clause_at(at)?;
        if let Some(clause) = self.cleft(document, index, at) {
            return Some(clause);
        }
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
        let clause = self.simultaneous(document, clause).unwrap_or(clause);
        if let Some(main) = self.resumed(document, clause, time) {
            return Some(main);
        }
        let clause = self.asking(document, clause).unwrap_or(clause);
        let subject = clause.subject.as_ref().filter(|subject| !subject.clausal)?;
        // A participle whose auxiliary is omitted is handled elsewhere, as in "was sold in 1934, doubted in 1962".
        let first = clause.joined.and_then(|first| self.syntax().clauses.get(first));
        if first.is_some_and(|first| first.passive) && !clause.passive && clause.verbs.len() == 1 {
            return None;
        }
        let outside = !subject.whole.contains(&at)
            || self.heads_happening(document, time)
            || self.here(&subject.core) == *time
                && lists::WITNESSING.contains_any_case(document.word(self.tokens.start + clause.head));
        (outside && clause.margin > 0).then_some(clause)
    }

    /// Returns the main clause in the past tense before a "when" clause about the same time, as in "He died when a tree
    /// fell on his car at noon".
    fn simultaneous(&self, document: &Document<'_>, clause: &Clause) -> Option<&Clause> {
        let when = clause
            .opener
            .is_some_and(|opener| lists::SIMULTANEOUS.contains_any_case(document.word(self.tokens.start + opener)));
        let outer =
            self.syntax().clauses.get(clause.parent.filter(|_| when && clause.kind == ClauseKind::Adverbial)?)?;
        let past = |clause: &Clause| clause.form == ClauseForm::Finite && clause.tense == syntax::Tense::Past;
        let plain = outer.subject.as_ref().is_some_and(|subject| !subject.clausal) && outer.margin > 0;
        let parted =
            clause.extent.start.checked_sub(1).is_none_or(|before| document.word(self.tokens.start + before) == ",");
        let after = outer.verbs.end <= clause.extent.start && !parted;
        let reports =
            document.senses.get(self.tokens.start + outer.head).is_some_and(|senses| senses.has(Trait::Reporting));
        (past(clause) && past(outer) && plain && after && !reports).then_some(outer)
    }

    /// Returns the question that the content of `clause` answers, because the content of a question is not a fact: "Vale
    /// was asked what she had learnt".
    fn asking(&self, document: &Document<'_>, clause: &Clause) -> Option<&Clause> {
        let word = |at: usize| document.word(self.tokens.start + at);
        let question = clause.opener.is_some_and(|opener| lists::ASKED_ABOUT.contains_any_case(word(opener)));
        let outer =
            self.syntax().clauses.get(clause.parent.filter(|_| question && clause.tense == syntax::Tense::Past)?)?;
        let asks =
            lists::ASKED.contains_any_case(word(outer.head)) || lists::WONDERING.contains_any_case(word(outer.head));
        let plain = outer.subject.as_ref().is_some_and(|subject| !subject.clausal) && outer.margin > 0;
        (asks && plain && outer.form == ClauseForm::Finite && outer.verbs.end <= clause.extent.start).then_some(outer)
    }

    /// Returns the main clause whose date follows a relative clause after its subject: "Vale, who chairs the board, on
    /// Monday resigned".
    fn resumed(&self, document: &Document<'_>, clause: &Clause, time: &Range<usize>) -> Option<&Clause> {
        let outer = self.syntax().clauses.get(clause.parent.filter(|_| clause.kind == ClauseKind::Relative)?)?;
        let led = usize::from(class(document, time.start.checked_sub(1)?) == WordClass::Preposition);
        let closed = document.word(time.start.checked_sub(1 + led)?) == ",";
        let next = self.tokens.start + outer.verbs.start == time.end;
        let past = outer.form == ClauseForm::Finite && outer.tense == syntax::Tense::Past;
        (closed && next && past && self.tokens.start + clause.verbs.end < time.start).then_some(outer)
    }

    /// Returns the tokens of the innermost clause around the expression at tokens `time`.
    pub(super) fn clause_around(&self, time: &Range<usize>) -> Option<Range<usize>> {
        let index = self.syntax().clause_at(time.start.checked_sub(self.tokens.start)?)?;
        Some(self.here(&self.syntax().clauses.get(index)?.extent))
    }

    /// Returns whether the expression describes a noun for an event that is the subject of a clause in the past tense,
    /// as in "Monday's meeting was called off".
    pub(super) fn heads_happening(&self, document: &Document<'_>, time: &Range<usize>) -> bool {
        self.syntax().clauses.iter().any(|clause| {
            let Some(subject) = clause.subject.as_ref().filter(|subject| !subject.shared && !subject.clausal) else {
                return false;
            };
            let head = self.tokens.start + subject.head;
            let core = self.here(&subject.core);
            clause.form == ClauseForm::Finite
                && clause.tense == syntax::Tense::Past
                && core.start <= time.start
                && time.end <= head
                && lists::HAPPENINGS.contains_any_case(document.word(head))
        })
    }

    /// Returns the "that" clause of a cleft sentence whose first clause is at `index`, as in "It was on Monday that he
    /// left".
    fn cleft(&self, document: &Document<'_>, index: usize, at: usize) -> Option<&Clause> {
        let outer = self.syntax().clauses.get(index)?;
        let be = document.senses.get(self.tokens.start + outer.head).is_some_and(|senses| senses.has(Trait::Be));
        let it = outer
            .subject
            .as_ref()
            .is_some_and(|subject| document.word(self.tokens.start + subject.head).eq_ignore_ascii_case("it"));
        let inner = |clause: &&Clause| {
            let that = clause.opener.is_some_and(|opener| document.word(self.tokens.start + opener) == "that");
            that && clause.form == ClauseForm::Finite && clause.verbs.start > at && clause.subject.is_some()
        };
        self.syntax().clauses.iter().filter(|_| be && it && outer.verbs.end <= at).find(inner)
    }

    /// Returns the "when" clause directly after the expression, which also dates that clause, as in "in 2015, when she
    /// was elected".
    pub(super) fn after_when(
        &self,
        document: &Document<'_>,
        time: &Range<usize>,
    ) -> Option<(GoverningClause, Predication)> {
        if !is_before_when(document, time) {
            return None;
        }
        let when = time.end + 1;
        let opened = |clause: &&Clause| {
            clause.form == ClauseForm::Finite && clause.opener.is_some_and(|opener| self.tokens.start + opener == when)
        };
        let clause = self.syntax().clauses.iter().find(opened)?;
        let be = document.senses.get(self.tokens.start + clause.head).is_some_and(|senses| senses.has(Trait::Be));
        let past = clause.tense == syntax::Tense::Past;
        self.row(document, clause, time).filter(|_| past && !be)
    }

    /// Returns the end of the complements of `clause`. They end at a clause or phrase after a comma, or at an adverbial
    /// clause.
    pub(super) fn complements_end(&self, document: &Document<'_>, clause: &Clause, time: &Range<usize>) -> usize {
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
                    && !self.here(&other.extent).contains(&time.start)
                    && !is_condition(document.word(index))
                    && !compares(document, from, index)
            })
        };
        (from..end)
            .filter(|index| !time.contains(index))
            .find(|index| {
                let mark = matches!(document.word(*index), "," | ";" | ":" | "–" | "—" | "--" | "(");
                let inside = list::continues(document, *index, end) || list::is_inside_place(document, *index, from);
                *index > from
                    && !inner(*index)
                    && (mark && !inside && !in_quotes(document, from, *index) || opens(*index))
            })
            .unwrap_or(end)
    }

    /// Returns the arguments of a relative clause, in which the tokens `own` precede the verb. The antecedent of the
    /// relative word becomes the subject, owner or object.
    fn of_relative(
        &self,
        document: &Document<'_>,
        clause: &Clause,
        own: &Range<usize>,
        time: &Range<usize>,
    ) -> Option<Arguments> {
        let verbs = self.here(&clause.verbs);
        // The second of two joined relative clauses shares its subject with the first, as in "a man who came and left".
        let shared = clause.subject.as_ref().is_some_and(|subject| subject.shared);
        if let Some(first) = clause.joined.and_then(|first| self.syntax().clauses.get(first)).filter(|_| shared) {
            let own = self.here(&first.subject.as_ref()?.core);
            return self.of_relative(document, first, &own, time).map(|first| Arguments { object: None, ..first });
        }
        let Some(complementizer) = clause.opener else {
            // Without a relative word, the object precedes the subject, as in "comments he made".
            let before = || subject::antecedent(document, self.tokens.start, own.start, false);
            let object = clause.described.as_ref().map_or_else(before, |noun| self.here(noun));
            // In "by the time he left", the noun is not the object.
            let adverbial = |object: &Range<usize>| {
                let head = document.word(object.end - 1);
                lists::TIME_NOUNS.contains(head) || matches!(head, "time" | "moment" | "way" | "reason" | "place")
            };
            let object = Some(object).filter(|object| !object.is_empty() && !adverbial(object));
            return Some(Arguments { subject: own.clone(), owner: None, object });
        };
        let around =
            crate::clause::Clause { verb: verbs.start, tokens: self.here(&clause.extent), tense: tense(clause) };
        let complementizer = self.tokens.start + complementizer;
        let takes = lists::OBJECT_RELATIVES.contains_any_case(document.word(complementizer));
        let led = complementizer.checked_sub(1).is_some_and(|lead| class(document, lead) == WordClass::Preposition);
        let adverbial = lists::ADVERBIAL_RELATIVES.contains_any_case(document.word(complementizer));
        if adverbial && own.start > complementizer {
            return Arguments::subject(own.clone());
        }
        if takes && !led && class(document, own.start) != WordClass::Wh && own.start > complementizer {
            // The antecedent is the object, as in "the town, which rebels captured".
            let noun = subject::antecedent(document, self.tokens.start, complementizer, false);
            return Some(Arguments {
                subject: own.clone(),
                owner: None,
                object: Some(noun).filter(|noun| !noun.is_empty()),
            });
        }
        subject::relative(document, self.tokens.start, complementizer, &around, time)
    }

    /// Returns the predication of the reported content before a reporting clause, as in "she died, her son said".
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

    /// Returns the predication of the first main clause inside the tokens `words`.
    pub(super) fn first_in(
        &self,
        document: &Document<'_>,
        words: &Range<usize>,
        time: &Range<usize>,
    ) -> Option<Predication> {
        let first = |clause: &&Clause| {
            let main = matches!(clause.kind, ClauseKind::Main | ClauseKind::Complement);
            main && clause.form == ClauseForm::Finite && words.contains(&(self.tokens.start + clause.verbs.start))
        };
        self.row(document, self.syntax().clauses.iter().find(first)?, time).map(|(_, row)| row)
    }

    /// Returns the content clause of `clause` if nothing but the date precedes an insertion: "said on Monday, after the
    /// vote, that …".
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
        let own = |other: &Clause| {
            let parent = other.parent.and_then(|parent| self.syntax().clauses.get(parent));
            parent.is_some_and(|parent| parent.verbs == clause.verbs)
        };
        let content = |other: &&Clause| {
            let inside = clause.extent.contains(&other.verbs.start) && other.verbs.start > clause.verbs.end;
            // Another verb can have its own content, as in "resigned on Friday, after an audit found that …".
            inside && own(other) && other.kind == ClauseKind::Complement && other.form == ClauseForm::Finite
        };
        let Some(content) = self.syntax().clauses.iter().find(content) else { return complement };
        let start = self.tokens.start + content.extent.start;
        start.max(complement.start)..self.complements_end(document, content, time)
    }

    /// Returns the clauses that a conjunction joins to a clause with its date before the subject: "On Friday they met
    /// and the board resigned". `dated` checks whether some tokens contain another time.
    pub(super) fn joined(
        &self,
        document: &Document<'_>,
        time: &Range<usize>,
        dated: impl Fn(&Range<usize>) -> bool,
    ) -> Vec<(GoverningClause, Predication)> {
        let Some(first) = self.governing(document, time) else { return Vec::new() };
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

    /// Returns a clause and its predication, in which the expression at tokens `time` is not a complement.
    pub(super) fn row(
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
        let own =
            misparse::corrected(document, self.tokens.start, arguments.subject.clone(), &self.here(&clause.verbs))?;
        // An infinitive is not a subject: "emails to be leaked".
        if matches!(class(document, own.start), WordClass::Wh | WordClass::To) {
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
            object: arguments.object.filter(|object| *object != own && takes_object(document, &complement, time)),
            subject: own,
            ..arguments
        };
        let complementizer = clause.opener.map(|opener| self.tokens.start + opener);
        let complementizer = complementizer.filter(|opener| is_condition(document.word(*opener)));
        // The date is the subject, as in "January was the coldest month", and the noun after the verb is not.
        let inverted = arguments.subject.start >= verbs.end
            && time.end <= verbs.start
            && complement.contains(&arguments.subject.start);
        if inverted && document.senses.get(self.tokens.start + clause.head).is_some_and(|senses| senses.has(Trait::Be))
        {
            return None;
        }
        let verb = first..verbs.end;
        let margin = clause.margin;
        let auxiliaries = self.shared_auxiliaries(document, clause);
        let predication =
            Predication { arguments, complementizer, auxiliaries, verb, complement, margin, ..Predication::default() };
        Some((host, predication))
    }

    /// Returns the tokens of the auxiliaries that a verb without a tense shares with the clause that it continues, because the
    /// row needs them: "will" in "The ferry will land in May and sail in June", "was" in "was sold in 1934, burnt in 1960".
    fn shared_auxiliaries(&self, document: &Document<'_>, clause: &Clause) -> Vec<usize> {
        let tag = |at: usize| document.penn(self.tokens.start + at);
        let bare = |clause: &Clause| {
            let tensed = tag(clause.verbs.start).is_finite() && !clause.passive;
            clause.form == ClauseForm::Finite && clause.verbs.len() == 1 && !tensed
        };
        let first = |clause: &&Clause| clause.joined.and_then(|first| self.syntax().clauses.get(first));
        let Some(first) = std::iter::successors(Some(clause), first).find(|clause| !bare(clause)) else {
            return Vec::new();
        };
        let alike = clause.passive && first.passive || tag(first.head) == tag(clause.head);
        if std::ptr::eq(first, clause) || !alike {
            return Vec::new();
        }
        let own = self.here(&(first.verbs.start..first.head));
        let kept = |index: &usize| {
            class(document, *index) != WordClass::Adverb || lists::NEGATIONS.contains_any_case(document.word(*index))
        };
        own.filter(kept).collect()
    }
}

/// Extends a subject such as "least 76 people" by a preceding "at", which makes it "At least 76 people".
fn with_least(document: &Document<'_>, subject: Range<usize>) -> Range<usize> {
    let word = |index: usize, wanted: &str| document.word(index).eq_ignore_ascii_case(wanted);
    let rough = ["least", "most"].iter().any(|first| word(subject.start, first));
    let lead = subject.start.checked_sub(1).filter(|lead| rough && word(*lead, "at"));
    lead.unwrap_or(subject.start)..subject.end
}

/// Truncates a long subject before its first preposition other than "of".
fn short(document: &Document<'_>, subject: Range<usize>) -> Range<usize> {
    /// Maximum length, in characters, of a subject that is not truncated.
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

/// Returns whether token `index` is inside quotation marks that open at or after token `from`: "called it a “tiny, tiny”
/// part".
fn in_quotes(document: &Document<'_>, from: usize, index: usize) -> bool {
    let marks = (from..index).filter(|mark| matches!(document.word(*mark), "“" | "”" | "\"" | "``" | "''")).count();
    marks % 2 == 1
}

/// Returns whether the word at token `index` begins the second part of a comparison in the complements from token `from`:
/// "met as many people as she could".
fn compares(document: &Document<'_>, from: usize, index: usize) -> bool {
    let first = |at: usize| matches!(document.word(at), "as" | "so" | "such" | "same");
    document.word(index) == "than" || document.word(index) == "as" && (from..index).any(first)
}

/// Returns whether a "when" clause follows the expression at tokens `time`, as in "in 2015, when she was elected".
pub(super) fn is_before_when(document: &Document<'_>, time: &Range<usize>) -> bool {
    document.word(time.end) == "," && document.word(time.end + 1) == "when"
}

/// Converts the tense and mood of a clause to the tense used for the event status.
fn tense(clause: &Clause) -> Tense {
    match (clause.mood, clause.tense) {
        (Mood::Conditional, _) => Tense::Conditional,
        (_, syntax::Tense::Future) => Tense::Future,
        (_, syntax::Tense::Past) => Tense::Past,
        _ => Tense::Present,
    }
}
