//! Determines the direction of a time expression, past or future, from the clause around it: its tense, mood, verb
//! class, negation and opening word.

use super::direction;
use super::evidence::Evidence;
use super::finding::{Direction, Finding};
use super::outcome;
use super::table::table;
use super::vocabulary::Class;
use crate::document::Document;
use crate::lexicon::lists;
use crate::pos::PennTag;
use crate::syntax::{Clause, ClauseForm, ClauseKind, Mood, Parsed, Tense};
use crate::word_class::{Trait, WordClass};
use std::ops::Range;

/// Maximum number of enclosing clauses examined.
const MAX_DEPTH: usize = 4;

/// Returns the direction at the tokens `expression` of the sentence at `index`. Words next to the expression take
/// precedence over its clause.
pub(super) fn direction(document: &Document<'_>, index: usize, expression: &Range<usize>) -> Finding {
    let Some(sentence) = document.sentences.get(index).map(|sentence| &sentence.tokens) else {
        return Finding::UNKNOWN;
    };
    direction::by_words(document, sentence, expression)
        .or_else(|| {
            let parsed = document.parsed(index)?;
            outcome::direction(document, parsed, expression).or_else(|| find(document, parsed, expression))
        })
        .unwrap_or_else(|| direction::by_nearest_verb(document, sentence, expression))
}

/// Returns the direction like [`direction`], but from the nearest verb instead of the clause. This is enough for an
/// undated document, because its times are resolved again once its date has been inferred.
pub(super) fn rough_direction(document: &Document<'_>, index: usize, expression: &Range<usize>) -> Finding {
    let Some(sentence) = document.sentences.get(index).map(|sentence| &sentence.tokens) else {
        return Finding::UNKNOWN;
    };
    direction::by_words(document, sentence, expression)
        .unwrap_or_else(|| direction::by_nearest_verb(document, sentence, expression))
}

/// Returns the direction of the clause to which the expression belongs, or `None` if no clause in the sentence contains
/// the expression.
fn find(document: &Document<'_>, parsed: &Parsed, expression: &Range<usize>) -> Option<Finding> {
    let governing = Governing { document, parsed, expression };
    governing.of_reduced_relative().or_else(|| governing.of_clause(governing.index()?, MAX_DEPTH))
}

/// Time expression in its parsed sentence.
struct Governing<'a> {
    document: &'a Document<'a>,
    parsed: &'a Parsed,
    expression: &'a Range<usize>,
}

impl Governing<'_> {
    fn clause(&self, index: usize) -> Option<&Clause> {
        self.parsed.syntax().clauses.get(index)
    }

    /// Returns the index of the clause to which the expression belongs: the clause whose verb directly precedes the
    /// expression, as in "said Tuesday Vale would go", or else the innermost clause that contains the expression.
    fn index(&self) -> Option<usize> {
        let at = self.expression.start.checked_sub(self.parsed.tokens.start)?;
        let follows = |clause: &Clause| {
            let end = clause.verbs.end;
            end == at || end + 1 == at && self.document.penn(self.expression.start - 1) == PennTag::In
        };
        let clauses = &self.parsed.syntax().clauses;
        let found = clauses.iter().rposition(follows).or_else(|| self.parsed.syntax().clause_at(at))?;
        let outer = self.clause(found).filter(|clause| self.is_object(clause)).and_then(|clause| clause.parent);
        Some(outer.unwrap_or(found))
    }

    /// Returns the direction of a participle that describes the noun before it and has no clause, as in "In a letter
    /// released Friday, …".
    fn of_reduced_relative(&self) -> Option<Finding> {
        /// Maximum distance from the expression back to the participle, in tokens.
        const MAX_DISTANCE: usize = 6;
        let from = self.expression.start.saturating_sub(MAX_DISTANCE).max(self.parsed.tokens.start + 1);
        let verb = (from..self.expression.start).rev().find(|index| {
            let class = self.document.classes.get(*index);
            class.is_some_and(|class| class.is_verb() || *class == WordClass::Mark)
        })?;
        let clauses = &self.parsed.syntax().clauses;
        let free = !clauses.iter().any(|clause| self.parsed.here(&clause.verbs).contains(&verb));
        let noun = matches!(
            self.document.penn(verb - 1),
            PennTag::Nn | PennTag::Nns | PennTag::Nnp | PennTag::Nnps | PennTag::Comma
        );
        // The tagger also mistakes the noun of "the opening set on Tuesday" for a participle.
        let set = self.document.word(verb).eq_ignore_ascii_case("set") && self.document.word(verb + 1) != "for";
        if !free || !noun || set || self.document.penn(verb) != PennTag::Vbn {
            return None;
        }
        Some(match direction::of_participle(self.document, &self.parsed.tokens, verb) {
            Direction::Future => Finding::ahead(Evidence::Plan),
            _ => Finding::back(Evidence::Participle),
        })
    }

    /// Returns whether the verb of an inner clause is really a noun after a preposition. For example, the tagger
    /// mistakes "grabs" in "up for grabs" for a verb.
    fn is_object(&self, clause: &Clause) -> bool {
        let verb = self.parsed.tokens.start + clause.verbs.start;
        let before = verb.checked_sub(1).filter(|before| *before >= self.parsed.tokens.start);
        clause.form == ClauseForm::Finite
            && clause.opener.is_none_or(|opener| opener + 1 != clause.verbs.start)
            && before.is_some_and(|before| {
                self.document.penn(before) == PennTag::In
                    && self.document.classes.get(before) == Some(&WordClass::Preposition)
            })
    }

    fn of_clause(&self, index: usize, depth: usize) -> Option<Finding> {
        let clause = self.clause(index)?;
        match clause.form {
            ClauseForm::Finite => self.of_finite(clause),
            ClauseForm::Infinitive => self.of_infinitive(clause, depth),
            ClauseForm::Gerund => self.of_parent(clause, depth),
            ClauseForm::Participle => self.of_participle(clause),
        }
    }

    fn of_parent(&self, clause: &Clause, depth: usize) -> Option<Finding> {
        self.of_clause(clause.parent?, depth.checked_sub(1)?)
    }

    /// Returns the direction of a clause with a finite verb.
    fn of_finite(&self, clause: &Clause) -> Option<Finding> {
        let verbs = self.parsed.here(&clause.verbs);
        match (clause.tense, clause.mood) {
            (Tense::Future, _) => Some(Finding::ahead(Evidence::Will)),
            (_, Mood::Conditional) if self.is_perfect(&verbs) => Some(Finding::back(Evidence::Perfect)),
            (_, Mood::Conditional) if self.is_refusal(clause) => Some(Finding::back(Evidence::Report)),
            (_, Mood::Conditional | Mood::Imperative) => Some(Finding::ahead(Evidence::Modal)),
            (Tense::Past, _) => Some(self.of_past(clause)),
            (Tense::Present, _) => Some(self.of_present(clause)),
            (Tense::None, _) => None,
        }
    }

    /// Returns whether a clause reports that a person did not answer, as in "would not say on Tuesday how it was paid".
    fn is_refusal(&self, clause: &Clause) -> bool {
        let would = self.document.word(self.parsed.tokens.start + clause.verbs.start);
        let head = self.parsed.tokens.start + clause.head;
        clause.negated && would.eq_ignore_ascii_case("would") && direction::has(self.document, head, Trait::Reporting)
    }

    /// Returns whether a verb group after a modal is a perfect, as in "would have met" but not in "would have a scan".
    fn is_perfect(&self, verbs: &Range<usize>) -> bool {
        let have = verbs.clone().find(|index| lists::HAVE.contains_any_case(self.document.word(*index)));
        have.is_some_and(|have| (have + 1..verbs.end).any(|index| self.document.penn(index) == PennTag::Vbn))
    }

    fn of_past(&self, clause: &Clause) -> Finding {
        let verbs = self.parsed.here(&clause.verbs);
        let head = self.parsed.tokens.start + clause.head;
        let word = self.document.word(head);
        let perfect = lists::HAVE.contains_any_case(self.document.word(verbs.start)) && verbs.len() > 1;
        if perfect {
            // A verb of planning in the present perfect is about the future, as in "has been set for Monday" or "has
            // scheduled a hearing on Monday".
            let present = matches!(self.document.penn(verbs.start), PennTag::Vbz | PennTag::Vbp);
            let list = if clause.passive { &lists::PLANNED } else { &lists::SCHEDULING };
            let planned = present && list.contains_any_case(word);
            return if planned { Finding::ahead(Evidence::Plan) } else { Finding::back(Evidence::Perfect) };
        }
        if direction::is_foreseen(self.document, &self.parsed.tokens, verbs.start) {
            return Finding::ahead(Evidence::Modal);
        }
        let planned = direction::of_past(self.document, &self.parsed.tokens, verbs.start) == Direction::Future;
        if planned && !self.is_given_up(clause) {
            return Finding::ahead(Evidence::Plan);
        }
        // Example: "planned a march on Sunday".
        let object = matches!(
            self.document.penn(head + 1),
            PennTag::Dt | PennTag::Nn | PennTag::Nns | PennTag::Jj | PennTag::PrpPossessive | PennTag::Cd
        );
        if object && !clause.passive && lists::SCHEDULING.contains_any_case(word) {
            return Finding::ahead(Evidence::Plan);
        }
        Finding::back(Evidence::Past)
    }

    fn of_present(&self, clause: &Clause) -> Finding {
        let verb = self.parsed.tokens.start + clause.verbs.start;
        let head = self.parsed.tokens.start + clause.head;
        if self.is_condition(clause) {
            return Finding::ahead(Evidence::Condition);
        }
        if direction::is_appointment(self.document, &self.parsed.tokens, self.expression, verb) {
            return Finding::ahead(Evidence::Appointment);
        }
        let lead = self.expression.start.checked_sub(1).map_or("", |lead| self.document.word(lead));
        if lists::LIMITS.contains_any_case(lead) {
            return Finding::ahead(Evidence::Neighbour);
        }
        let gerund = clause.verbs.len() > 1 && self.document.penn(head) == PennTag::Vbg;
        if gerund && !self.is_weekday() {
            // "is meeting on Friday" is about the future, but "is investigating leaks between May and July" may be
            // about any year.
            return Finding::UNKNOWN;
        }
        let known = direction::of_present(self.document, &self.parsed.tokens, verb);
        match known {
            Direction::Future => return Finding::ahead(Evidence::Timetable),
            Direction::Past => return Finding::back(Evidence::Report),
            Direction::Unknown => {}
        }
        let state = lists::STATES.contains_any_case(self.document.word(head))
            || direction::has(self.document, verb, Trait::Be)
            || clause.verbs.len() > 1;
        // A weekday with the present tense is in the future, as in "Rovers visit Lakeside on Saturday". A month may be
        // in any year.
        if self.is_weekday() && !state { Finding::ahead(Evidence::Present) } else { Finding::UNKNOWN }
    }

    /// Returns whether a clause in the present tense is a condition or is about a future time, as in "if the river
    /// rises on Friday".
    fn is_condition(&self, clause: &Clause) -> bool {
        let opener = clause.opener.map_or("", |opener| self.document.word(self.parsed.tokens.start + opener));
        clause.kind == ClauseKind::Adverbial && lists::TIME_CONDITIONS.contains_any_case(opener)
    }

    /// Returns whether the expression includes a weekday.
    fn is_weekday(&self) -> bool {
        let vocabulary = &table().vocabulary;
        self.expression
            .clone()
            .any(|index| vocabulary.interpretations(self.document.word(index)).value(Class::Weekday).is_some())
    }

    fn of_infinitive(&self, clause: &Clause, depth: usize) -> Option<Finding> {
        let verbs = self.parsed.here(&clause.verbs);
        if self.is_perfect(&verbs) {
            return Some(Finding::back(Evidence::Perfect));
        }
        let parent = clause.parent.and_then(|parent| self.clause(parent));
        if let Some(parent) = parent.filter(|parent| clause.kind == ClauseKind::Complement && self.decides(parent)) {
            // The day normally belongs to the decision, which is the news, as in "voted not to close the pool on
            // Monday". The day belongs to the infinitive if it directly follows the infinitive, or if the infinitive is
            // a scheduled event, as in "agreed to meet on Monday".
            let ahead = self.is_own(clause) && !clause.negated && !self.is_refused(&verbs);
            return if ahead {
                Some(Finding::ahead(Evidence::Plan))
            } else {
                self.of_clause(clause.parent?, depth - 1)
            }
            .map(|finding| Finding { evidence: Evidence::Decision, ..finding })
            .filter(|_| parent.form == ClauseForm::Finite || ahead);
        }
        if parent.is_some_and(|parent| self.is_belief(parent)) {
            // "are believed to be at large on Sunday" says nothing about the future.
            return Some(Finding::UNKNOWN);
        }
        // The purpose of a past action is also in the past, as in "flew to Geneva to meet them on Monday".
        let past = self.of_parent(clause, depth).is_some_and(|finding| finding.direction == Direction::Past);
        let back = past && !self.is_planned(clause, verbs.start);
        Some(if back { Finding::back(Evidence::Infinitive) } else { Finding::ahead(Evidence::Infinitive) })
    }

    /// Returns whether the expression belongs to an infinitive rather than to the verb that governs it: it directly
    /// follows the infinitive, or the infinitive is of an act that is announced for a day.
    fn is_own(&self, clause: &Clause) -> bool {
        let head = self.document.word(self.parsed.tokens.start + clause.head);
        self.expression.start <= self.parsed.tokens.start + clause.verbs.end + 1
            || lists::TIMETABLE.contains_any_case(head)
            || lists::SCHEDULED_ACTS.contains_any_case(head)
    }

    /// Returns whether a clause is a report in the passive, such as "is believed" or "was said".
    fn is_belief(&self, clause: &Clause) -> bool {
        let head = self.parsed.tokens.start + clause.head;
        clause.passive
            && clause.form == ClauseForm::Finite
            && lists::BELIEFS.contains_any_case(self.document.word(head))
    }

    /// Returns whether an infinitive whose "to" is at token `to` is about a plan, as in "was due to meet", "asked them
    /// to leave", "a vote to be held" or "paid to have it by Friday". A plan that was given up is excluded.
    fn is_planned(&self, clause: &Clause, to: usize) -> bool {
        let Some(parent) = clause.parent.and_then(|parent| self.clause(parent)) else { return false };
        let lead = to.checked_sub(1).filter(|lead| *lead >= self.parsed.tokens.start);
        if lead.is_none_or(|lead| self.document.classes.get(lead) == Some(&WordClass::Mark)) {
            return false;
        }
        let word = lead.map_or("", |lead| self.document.word(lead));
        if lists::DONE.contains_any_case(word) {
            return false;
        }
        let before = self.expression.start.checked_sub(1).map_or("", |before| self.document.word(before));
        let noun = lead.is_some_and(|lead| matches!(self.document.penn(lead), PennTag::Nn | PennTag::Nns));
        let planned = clause.described.is_some()
            || clause.passive && noun
            || before.eq_ignore_ascii_case("by")
            || lists::PLANNING.contains_any_case(word)
            || lead.is_some_and(|lead| direction::has(self.document, lead, Trait::Be))
            // A month is that of the act, but a weekday may also be that of the request.
            || (self.is_own(clause) || !self.is_weekday())
                && lists::PLANNING.contains_any_case(self.document.word(self.parsed.tokens.start + parent.head));
        planned && !self.is_given_up(parent)
    }

    /// Returns whether a past action of the same subject contrasts with a plan, as in "was due to sail on Sunday but
    /// stayed in port".
    fn is_given_up(&self, plan: &Clause) -> bool {
        let contrasts = |other: &Clause| {
            let start = self.parsed.tokens.start + other.extent.start;
            let but = start.checked_sub(1).is_some_and(|before| self.document.word(before) == "but");
            let shared = other.joined.is_some() && other.subject.as_ref().is_some_and(|subject| subject.shared);
            but && shared && other.tense == Tense::Past && !other.passive
        };
        let clauses = &self.parsed.syntax().clauses;
        direction::is_called_off(self.document, &self.parsed.tokens, self.parsed.tokens.start + plan.head)
            || clauses.iter().filter(|other| other.verbs.start > plan.verbs.start).any(contrasts)
    }

    /// Returns whether the verb of a clause in the past tense reports a decision, such as "voted" or "agreed".
    fn decides(&self, clause: &Clause) -> bool {
        clause.tense == Tense::Past
            && lists::DECISIONS.contains_any_case(self.document.word(self.parsed.tokens.start + clause.head))
    }

    /// Returns whether "not" precedes an infinitive.
    fn is_refused(&self, verbs: &Range<usize>) -> bool {
        verbs.start.checked_sub(1).is_some_and(|before| lists::NEGATIONS.contains_any_case(self.document.word(before)))
    }

    fn of_participle(&self, clause: &Clause) -> Option<Finding> {
        if self.is_condition(clause) {
            return Some(Finding::ahead(Evidence::Condition));
        }
        let head = self.parsed.tokens.start + clause.head;
        Some(match direction::of_participle(self.document, &self.parsed.tokens, head) {
            Direction::Future => Finding::ahead(Evidence::Plan),
            Direction::Past => Finding::back(Evidence::Participle),
            Direction::Unknown => return None,
        })
    }
}
