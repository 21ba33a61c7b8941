//! Finds the predications of participles that modify a noun, as in "the treaty, signed in 1994", among the parsed clauses
//! of a sentence.

use super::governing_clause::GoverningClause;
use super::participle::described;
use super::phrase::{Reach, class, phrase_start};
use super::predicate::{Predication, intransitive};
use super::subject::Arguments;
use crate::document::Document;
use crate::lexicon::lists;
use crate::pos::PennTag;
use crate::syntax::{Clause, ClauseForm, ClauseKind, Parsed, Subject, Tense};
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Queries for the verb that a time dates.
impl Parsed {
    /// Returns the clause dated by the expression at tokens `time`, with its predication.
    pub(super) fn predication(
        &self,
        document: &Document<'_>,
        time: &Range<usize>,
    ) -> Option<(GoverningClause, Predication)> {
        if let Some(found) = self.at_occasion(document, time) {
            return Some(found);
        }
        match self.governing(document, time) {
            Some(clause) if self.is_apposed(document, clause, time) => self.modifying(document, clause, time),
            Some(clause) => self.row(document, clause, time),
            None => self
                .of_publication(document, time)
                .or_else(|| self.of_announcement(document, time))
                .or_else(|| self.of_participle(document, time)),
        }
    }

    /// Returns the main clause that states the findings of a publication, if `time` dates the participle: "A survey
    /// published on Monday found that …".
    fn of_publication(&self, document: &Document<'_>, time: &Range<usize>) -> Option<(GoverningClause, Predication)> {
        let at = time.start.checked_sub(self.tokens.start)?;
        let participle = self.syntax().clauses.get(self.syntax().clause_at(at)?)?;
        let published = participle.form == ClauseForm::Participle
            && lists::PUBLISHED.contains_any_case(document.word(self.tokens.start + participle.head));
        let describes = |clause: &&Clause| {
            clause.form == ClauseForm::Finite
                && clause.verbs.start > at
                && clause.subject.as_ref().is_some_and(|subject| {
                    subject.core.end <= participle.verbs.start && subject.whole.contains(&participle.verbs.start)
                })
        };
        // The findings can also follow a phrase with the publication: "In a poll released on Sunday, most disapproved".
        let fronted = |clause: &&Clause| {
            let led = matches!(document.penn(self.tokens.start), PennTag::In | PennTag::Vbg);
            let subject = clause.subject.as_ref().filter(|_| led && clause.kind == ClauseKind::Main);
            clause.form == ClauseForm::Finite && subject.is_some_and(|subject| subject.core.start > at)
        };
        let mut clauses = self.syntax().clauses.iter().filter(|_| published);
        let main = clauses.clone().find(describes).or_else(|| clauses.find(fronted))?;
        self.row(document, main, time)
    }

    /// Returns the reporting clause around a publication, if `time` dates the participle: "It warned in a report
    /// published on Monday that …". The participle is left out of the row, because its content is that of the warning.
    fn of_announcement(&self, document: &Document<'_>, time: &Range<usize>) -> Option<(GoverningClause, Predication)> {
        let at = time.start.checked_sub(self.tokens.start)?;
        let participle = self.syntax().clauses.get(self.syntax().clause_at(at)?)?;
        let parent = self.syntax().clauses.get(participle.parent?)?;
        let says = |clause: &Clause| {
            document.senses.get(self.tokens.start + clause.head).is_some_and(|senses| senses.has(Trait::Reporting))
        };
        let reduced = participle.form == ClauseForm::Participle && participle.verbs.start < at;
        let that = self.here(&(at..participle.extent.end)).any(|index| document.word(index) == "that");
        if !reduced || !that || parent.form != ClauseForm::Finite {
            return None;
        }
        let published = lists::PUBLISHED.contains_any_case(document.word(self.tokens.start + participle.head));
        if published && says(parent) && parent.verbs.start < participle.verbs.start {
            let omitted = self.tokens.start + participle.verbs.start..time.end;
            let (host, read) = self.row(document, parent, time)?;
            return Some((host, Predication { omitted: Some(omitted), ..read }));
        }
        // After a relative clause, the participle can be the main verb: "The bishop, whose diocese ends there, announced
        // on Monday that …".
        let verb = self.tokens.start + participle.verbs.start;
        let noun = parent.described.as_ref().filter(|_| parent.kind == ClauseKind::Relative && says(participle))?;
        let closed = verb.checked_sub(1).is_some_and(|comma| document.word(comma) == ",");
        let end = self.tokens.start + noun.end;
        let noun = phrase_start(document, self.tokens.start, end, Reach::Of) - self.tokens.start..noun.end;
        let main = Clause {
            form: ClauseForm::Finite,
            kind: ClauseKind::Main,
            tense: Tense::Past,
            passive: false,
            subject: Some(Subject {
                core: noun.clone(),
                whole: noun.clone(),
                head: noun.end.checked_sub(1)?,
                shared: false,
                clausal: false,
                antecedent: None,
            }),
            ..participle.clone()
        };
        self.row(document, &main, time).filter(|_| closed)
    }

    /// Returns whether the verb of a finite clause is actually a participle that modifies an apposition: "Vale, a
    /// Liberal elected in 2017, said so", "put it under guard, a measure lifted in May".
    fn is_apposed(&self, document: &Document<'_>, clause: &Clause, time: &Range<usize>) -> bool {
        let Some(subject) = clause.subject.as_ref() else { return false };
        let core = self.here(&subject.core);
        let verb = self.tokens.start + clause.verbs.start;
        let senses = document.senses.get(verb);
        let participle = clause.verbs.len() == 1
            && senses.is_some_and(|senses| senses.may_be(WordClass::VerbParticiple))
            && !intransitive(document, verb);
        let comma = |index: usize| document.word(index) == ",";
        let indefinite = matches!(document.word(core.start), "a" | "an");
        let Some(before) = core.start.checked_sub(2).filter(|_| comma(core.start - 1) && indefinite) else {
            return false;
        };
        let bare = verb + 1 == time.start
            || class(document, verb + 1) == WordClass::Preposition
                && !lists::PARTICIPATION.contains(document.word(verb));
        let end = self.tokens.start + clause.extent.end;
        let finite = |index: usize| document.penn(index).is_finite();
        let resumed = comma(end) && (finite(end + 1) || class(document, end + 1).is_finite());
        let led = self.syntax().clauses.iter().any(|other| {
            other.form == ClauseForm::Finite
                && self.here(&other.extent).contains(&before)
                && other.verbs.start < clause.verbs.start
        });
        let trails =
            led && clause.kind == ClauseKind::Main && clause.joined.is_none() && time.end + 1 >= self.tokens.end;
        participle && bare && (resumed || trails)
    }

    /// Returns the predication of a clause whose verb is a participle that modifies its subject.
    fn modifying(
        &self,
        document: &Document<'_>,
        clause: &Clause,
        time: &Range<usize>,
    ) -> Option<(GoverningClause, Predication)> {
        let verbs = self.here(&clause.verbs);
        let own =
            self.whole_noun(document, described(document, self.tokens.start, verbs.start, Reach::Of), verbs.start);
        let complement = verbs.end..self.complements_end(document, clause, time).max(verbs.end);
        Some((self.host(clause, None), self.participle_row(document, own, verbs, complement, clause.margin)?))
    }

    /// Converts a parsed clause to a governing clause that has no reporting verb.
    fn host(&self, clause: &Clause, tense: Option<crate::clause::Tense>) -> GoverningClause {
        GoverningClause {
            verb: Some(self.tokens.start + clause.verbs.start),
            tokens: self.here(&clause.extent),
            tense,
            says: false,
            shared: None,
            content: None,
        }
    }

    /// Returns the predication of the participle `verbs` that modifies the noun phrase `own`.
    fn participle_row(
        &self,
        document: &Document<'_>,
        own: Range<usize>,
        verbs: Range<usize>,
        complement: Range<usize>,
        margin: u8,
    ) -> Option<Predication> {
        let once = verbs.start > self.tokens.start && matches!(document.word(verbs.start - 1), "first" | "last");
        Some(Predication {
            arguments: Arguments::subject(own)?,
            describes: true,
            verb: verbs.start - usize::from(once)..verbs.end,
            complement,
            margin,
            ..Predication::default()
        })
    }

    /// Extends the noun phrase `own` before the participle at token `verb` to the phrase around it, if the noun phrase is a
    /// name after a preposition or precedes a comma: "a trip to Paris planned for May", "trains to the coast, cancelled on
    /// Sunday". The participle can describe either noun, and the row shows both.
    fn whole_noun(&self, document: &Document<'_>, own: Range<usize>, verb: usize) -> Range<usize> {
        let Some(lead) = own.start.checked_sub(1).filter(|lead| *lead > self.tokens.start) else { return own };
        let governed = matches!(class(document, lead), WordClass::Preposition | WordClass::To)
            && class(document, lead - 1).is_noun();
        let dated = |index: usize| document.senses.get(index).is_some_and(|senses| senses.has(Trait::Calendar));
        let name = own.clone().all(|index| class(document, index) == WordClass::Proper && !dated(index));
        let apart = own.end < verb;
        if own.is_empty() || !governed || !(name || apart) {
            return own;
        }
        let start = phrase_start(document, self.tokens.start, own.end, Reach::Any);
        let led = start.checked_sub(1).is_some_and(|lead| class(document, lead) == WordClass::Preposition);
        if led || start >= own.start { own } else { start..own.end }
    }

    /// Returns the participle that the infinitive in `clause` completes, because a time in the infinitive dates both: "the
    /// storm, expected to reach the coast on Friday". Returns any other clause unchanged.
    fn completed<'a>(&'a self, clause: &'a Clause) -> &'a Clause {
        let content = clause.form == ClauseForm::Infinitive && clause.kind == ClauseKind::Complement;
        let parent = clause.parent.and_then(|parent| self.syntax().clauses.get(parent)).filter(|_| content);
        parent.filter(|parent| parent.form == ClauseForm::Participle).unwrap_or(clause)
    }

    /// Returns the predication of a past participle with the noun that it describes: "the treaty, signed in 1994".
    fn of_participle(&self, document: &Document<'_>, time: &Range<usize>) -> Option<(GoverningClause, Predication)> {
        let at = time.start.checked_sub(self.tokens.start)?;
        let innermost = self.syntax().clauses.get(self.syntax().clause_at(at)?)?;
        let clause = self.completed(innermost);
        let describes = matches!(clause.kind, ClauseKind::Reduced | ClauseKind::Adverbial);
        let verbs = self.here(&clause.verbs);
        let leads = clause.kind == ClauseKind::Adverbial;
        // Example: "Despite being repaired in 2002, the pier leans".
        let being = leads
            && clause.form == ClauseForm::Gerund
            && clause.passive
            && document.word(verbs.start) == "being"
            && clause.subject.as_ref().is_some_and(|subject| subject.core.start > at);
        let passive = being || clause.form == ClauseForm::Participle && (leads || !intransitive(document, verbs.start));
        if !passive || !describes || clause.verbs.end > at {
            return None;
        }
        let before = described(document, self.tokens.start, verbs.start, Reach::Of);
        let before = self.whole_noun(document, before, verbs.start);
        // The second of two joined participles shares its noun with the first: "the law, passed in 2014 and amended in 2018".
        let own = if before.is_empty() || leads || clause.joined.is_some() {
            self.here(&clause.subject.as_ref()?.core)
        } else {
            before
        };
        let complement = verbs.end..self.complements_end(document, clause, time).max(verbs.end);
        if let Some(arguments) = self.contact(document, &own, verbs.start).filter(|_| !being && !leads) {
            let margin = clause.margin;
            let read = Predication { arguments, verb: verbs, complement, margin, ..Predication::default() };
            return Some((self.host(clause, Some(crate::clause::Tense::Past)), read));
        }
        // An event in an infinitive after such a participle is in the future: "a stake, expected to rise to 57 percent
        // this year".
        let word = document.word(self.tokens.start + clause.head);
        let expected = lists::SCHEDULING.contains_any_case(word) || lists::INTENDED.contains_any_case(word);
        let ahead = expected && !std::ptr::eq(clause, innermost);
        let tense = ahead.then_some(crate::clause::Tense::Future);
        Some((self.host(clause, tense), self.participle_row(document, own, verbs, complement, clause.margin)?))
    }

    /// Returns the arguments of a past tense that looks like a participle, in a relative clause without a relative word:
    /// "the tariff the council imposed", "meetings Vale held". `own` is the noun phrase before the verb.
    fn contact(&self, document: &Document<'_>, own: &Range<usize>, verb: usize) -> Option<Arguments> {
        let class = |index: usize| class(document, index);
        let past = document.senses.get(verb).is_some_and(|senses| senses.may_be(WordClass::VerbPast));
        let named = |index: &usize| {
            class(*index - 1) == WordClass::NounPlural
                && (*index..own.end).all(|index| class(index) == WordClass::Proper)
        };
        let opened = class(own.start) == WordClass::Determiner
            && own.start.checked_sub(1).is_some_and(|noun| noun >= self.tokens.start && class(noun).is_noun());
        let start = if opened { Some(own.start) } else { (own.start + 1..own.end).find(named) }?;
        let object = phrase_start(document, self.tokens.start, start, Reach::Of)..start;
        let agent = document.word(verb + 1) == "by" || own.end != verb;
        let subject = Arguments::subject(start..own.end).filter(|_| past && !agent && !object.is_empty())?;
        Some(Arguments { object: Some(object), ..subject })
    }
}
