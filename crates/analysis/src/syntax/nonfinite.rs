//! Adds infinitives, bare verbs and participles to the open clauses.

use super::chunk::Chunk;
use super::clause::{ClauseForm, ClauseKind, Subject};
use super::frame::{Frame, Item, ItemKind, Parser};
use crate::lexicon::lists;
use crate::pos::PennTag;
use std::ops::Range;

impl Parser<'_, '_> {
    /// Adds an infinitive with "to".
    pub(super) fn infinitive(&mut self, chunk: Chunk) {
        let joined = self.ends_with_conjunction();
        if joined && let Some(target) = self.nearest(|clause| clause.form == ClauseForm::Infinitive) {
            return self.join(target, chunk);
        }
        let top = self.stack.len() - 1;
        if self.stack[top].waits() && self.stack[top].wh.is_some() && self.stack[top].items.is_empty() {
            // An infinitive after a question word: "how to go".
            let (kind, start) = (self.stack[top].kind, self.stack[top].start);
            let subject = self.shared(top.checked_sub(1));
            let clause = self.add(chunk, ClauseForm::Infinitive, kind, subject, start);
            self.stack[top].clause = Some(clause);
            return;
        }
        let kind = self.infinitive_kind(top, chunk);
        let noun = self.described(top).filter(|_| kind == ClauseKind::Reduced);
        let subject = if kind == ClauseKind::Reduced { describing(noun.clone()) } else { self.shared(Some(top)) };
        let negated = chunk.start.checked_sub(1).filter(|before| self.sentence.is(*before, "not"));
        self.push_clause(chunk, ClauseForm::Infinitive, kind, subject, negated.unwrap_or(chunk.start), noun);
    }

    /// Returns the role of an infinitive after the items of the frame at `top`.
    fn infinitive_kind(&self, top: usize, chunk: Chunk) -> ClauseKind {
        let frame = &self.stack[top];
        let last = frame.items.iter().rev().find(|item| item.kind != ItemKind::Adverb);
        let ordered = chunk
            .start
            .checked_sub(1)
            .is_some_and(|before| ["order", "as"].iter().any(|word| self.sentence.is(before, word)));
        if ordered {
            return ClauseKind::Adverbial;
        }
        let Some(last) = last else {
            if frame.waits() {
                return ClauseKind::Adverbial;
            }
            let passive = frame.clause.and_then(|clause| self.clauses.get(clause)).is_some_and(|clause| clause.passive);
            let purpose = self.verb_is(top, &lists::PURPOSE_BEFORE);
            // The infinitive is a purpose in "was deployed to rescue them", but a complement in "was ordered to rescue
            // them".
            let governs = [&lists::OBJECT_CONTROL, &lists::CONTENT_VERBS, &lists::PASSIVE_BEFORE];
            let used = passive && !governs.into_iter().any(|list| self.verb_is(top, list));
            let be = self.verb_is(top, &lists::BE);
            return match (be, purpose || used) {
                (true, _) => ClauseKind::Predicate,
                (_, true) => ClauseKind::Adverbial,
                _ => ClauseKind::Complement,
            };
        };
        match last.kind {
            ItemKind::Adjective if self.extraposes_to(top) || self.sentence.is(last.start.wrapping_sub(1), "too") => {
                ClauseKind::Predicate
            }
            ItemKind::Adjective if lists::SUFFICING.contains_any_case(self.sentence.word(last.head)) => {
                ClauseKind::Adverbial
            }
            ItemKind::Adjective => ClauseKind::Complement,
            ItemKind::Noun | ItemKind::Time if frame.waits() => ClauseKind::Reduced,
            ItemKind::Noun | ItemKind::Time if self.verb_is(top, &lists::OBJECT_CONTROL) => ClauseKind::Complement,
            ItemKind::Noun if !last.governed && self.sentence.tag(last.head) == PennTag::Prp => ClauseKind::Adverbial,
            ItemKind::Noun => ClauseKind::Reduced,
            _ => ClauseKind::Adverbial,
        }
    }

    /// Returns whether the frame at `top` has the subject "it" and a form of "be", as before an extraposed infinitive:
    /// "It is hard to go".
    fn extraposes_to(&self, top: usize) -> bool {
        let clause = self.stack[top].clause.and_then(|clause| self.clauses.get(clause));
        let it = clause
            .and_then(|clause| clause.subject.as_ref())
            .is_some_and(|subject| self.sentence.is(subject.head, "it"));
        it && self.verb_is(top, &lists::BE)
    }

    /// Adds a bare verb.
    pub(super) fn base(&mut self, chunk: Chunk) {
        let top = self.stack.len() - 1;
        if self.ends_with_conjunction() || self.ends_with(ItemKind::Comma) && !self.stack[top].waits() {
            let bare = |sentence: &super::Tagged<'_>, head: usize| sentence.tag(head) == PennTag::Vb;
            let sentence = self.sentence;
            if let Some(target) = self.nearest(|clause| bare(sentence, clause.head)) {
                return self.join(target, chunk);
            }
        }
        let frame = &self.stack[top];
        let object = frame.items.last().is_some_and(|item| item.kind == ItemKind::Noun);
        if !frame.waits() && self.verb_is(top, &lists::BARE_AFTER) {
            let subject = frame.items.last().filter(|_| object).map(of_item);
            return self.push_clause(chunk, ClauseForm::Infinitive, ClauseKind::Complement, subject, chunk.start, None);
        }
        if frame.waits() {
            return self.set_verb(top, chunk);
        }
        self.push_clause(chunk, ClauseForm::Infinitive, ClauseKind::Adverbial, None, chunk.start, None);
    }

    /// Adds a participle or gerund.
    pub(super) fn participle(&mut self, chunk: Chunk) {
        let gerund = self.sentence.tag(chunk.start) == PennTag::Vbg;
        let form = if gerund { ClauseForm::Gerund } else { ClauseForm::Participle };
        let head = self.sentence.tag(chunk.start);
        let sentence = self.sentence;
        let listed = !gerund && self.ends_with(ItemKind::Comma) && self.goes_on(head);
        let joined = self.ends_with_conjunction();
        if joined || listed {
            let past = |clause: &super::Clause| self.continues_past(chunk, clause);
            let same = |clause: &super::Clause| sentence.tag(clause.head) == head;
            let plain = !self.has_object();
            let target = self.nearest(|clause| same(clause) || plain && past(clause));
            if let Some(target) = target.or_else(|| self.nearest(past).filter(|_| joined)) {
                return self.join(target, chunk);
            }
        }
        let top = self.stack.len() - 1;
        let last = self.stack[top].items.iter().rev().find(|item| item.kind != ItemKind::Adverb).copied();
        let Some(last) = last else {
            let kind = if self.stack[top].waits() { ClauseKind::Adverbial } else { ClauseKind::Complement };
            let subject = self.shared(Some(top));
            // The adverb belongs to the gerund: "involves artificially introducing".
            let adverb = self.stack[top].items.first().filter(|item| self.sentence.tag(item.start) != PennTag::Rp);
            let start = adverb.map_or(chunk.start, |item| item.start);
            return self.push_clause(chunk, form, kind, subject, start, None);
        };
        match last.kind {
            ItemKind::Preposition => {
                let start = self.take_last(top).unwrap_or(chunk.start);
                let subject = self.shared(Some(top));
                self.push_clause(chunk, form, ClauseKind::Adverbial, subject, start, None);
            }
            ItemKind::Comma => self.after_comma(chunk, form),
            ItemKind::Noun | ItemKind::Time | ItemKind::Unit => {
                let perceived = gerund && !self.stack[top].waits() && self.verb_is(top, &lists::PERCEIVING);
                let kind = if perceived { ClauseKind::Complement } else { ClauseKind::Reduced };
                let noun = self.described(top);
                let subject = describing(noun.clone());
                self.push_clause(chunk, form, kind, subject, chunk.start, noun);
            }
            _ => {
                let subject = self.shared(Some(top));
                self.push_clause(chunk, form, ClauseKind::Adverbial, subject, chunk.start, None);
            }
        }
    }

    /// Returns whether the participle in `chunk` can be a past tense that continues `clause`: "rose in May and doubled in
    /// June". The two forms of a regular verb are equal, so only an agent after it shows a participle.
    fn continues_past(&self, chunk: Chunk, clause: &super::Clause) -> bool {
        self.sentence.tag(chunk.head) == PennTag::Vbn
            && !self.sentence.is(chunk.end, "by")
            && clause.form == ClauseForm::Finite
            && self.sentence.tag(clause.head) == PennTag::Vbd
    }

    /// Returns whether the innermost frame has a noun phrase after its verb that a participle can modify.
    fn has_object(&self) -> bool {
        let items = self.stack.last().map(|frame| frame.items.as_slice()).unwrap_or_default();
        items.iter().any(|item| item.kind == ItemKind::Noun && !item.governed)
    }

    /// Adds a participle after a comma. Its subject is the noun before the comma or the subject of the clause.
    fn after_comma(&mut self, chunk: Chunk, form: ClauseForm) {
        let gerund = form == ClauseForm::Gerund;
        let floor = self.barrier();
        let says = lists::SAYING_ON.contains_any_case(self.sentence.word(chunk.start));
        let finite = |parser: &Self, index: &usize| {
            let clause = parser.stack[*index].clause.and_then(|clause| parser.clauses.get(clause));
            clause.is_some_and(|clause| clause.form == ClauseForm::Finite)
        };
        let mut top = self.stack.len() - 1;
        if gerund
            && !self.stack[top].waits()
            && let Some(target) = (floor..=top).find(|index| says && finite(self, index))
        {
            self.close_to(target, chunk.start);
            top = target;
        }
        let waits = self.stack[top].waits();
        let noun = self.described(top);
        if waits || !gerund {
            let kind = if noun.is_some() { ClauseKind::Reduced } else { ClauseKind::Adverbial };
            let subject = describing(noun.clone()).or_else(|| self.shared(Some(top)));
            return self.push_clause(chunk, form, kind, subject, chunk.start, noun);
        }
        let subject = self.shared(Some(top));
        self.push_clause(chunk, form, ClauseKind::Adverbial, subject, chunk.start, None);
    }

    /// Opens a frame for a clause whose verb is in `chunk`.
    fn push_clause(
        &mut self,
        chunk: Chunk,
        form: ClauseForm,
        kind: ClauseKind,
        subject: Option<Subject>,
        start: usize,
        noun: Option<Range<usize>>,
    ) {
        self.stack.push(Frame::new(start, kind));
        let clause = self.add(chunk, form, kind, subject, start);
        let frame = self.top();
        frame.clause = Some(clause);
        frame.noun = noun;
    }

    /// Returns whether the last item of the innermost frame is a conjunction. Adverbs and prepositional phrases after
    /// it are skipped: "and in 2019".
    pub(super) fn ends_with_conjunction(&self) -> bool {
        let items = self.stack.last().map(|frame| frame.items.as_slice()).unwrap_or_default();
        let Some(at) = items.iter().rposition(|item| item.kind == ItemKind::Conjunction) else { return false };
        let mut led = false;
        items[at + 1..].iter().all(|item| {
            let fits = match item.kind {
                ItemKind::Adverb | ItemKind::Preposition | ItemKind::Time => true,
                ItemKind::Noun => led,
                _ => false,
            };
            led = item.kind == ItemKind::Preposition;
            fits
        })
    }

    /// Returns whether the last item of the innermost frame is of `kind`, ignoring adverbs.
    pub(super) fn ends_with(&self, kind: ItemKind) -> bool {
        let items = self.stack.last().map(|frame| frame.items.as_slice()).unwrap_or_default();
        items.iter().rev().find(|item| item.kind != ItemKind::Adverb).is_some_and(|item| item.kind == kind)
    }

    /// Returns whether a coordinated verb with this tag follows, as in "sold in 1934, doubted in 1962 and burnt".
    fn goes_on(&self, tag: PennTag) -> bool {
        let rest = self.following();
        rest.windows(2)
            .take(12)
            .any(|pair| self.sentence.tag(pair[0].start) == PennTag::Cc && self.sentence.tag(pair[1].start) == tag)
    }

    /// Returns the index of the nearest frame, inside the same bracket or quotation, whose clause satisfies `fits`.
    fn nearest(&self, fits: impl Fn(&super::Clause) -> bool) -> Option<usize> {
        let floor = self.barrier();
        (floor..self.stack.len())
            .rev()
            .find(|index| self.stack[*index].clause.and_then(|clause| self.clauses.get(clause)).is_some_and(&fits))
    }

    /// Removes the last item that is not an adverb from the frame at `top`, and the adverbs after that item. Returns
    /// the index of the first token removed.
    fn take_last(&mut self, top: usize) -> Option<usize> {
        let items = &mut self.stack[top].items;
        let last = items.iter().rposition(|item| item.kind != ItemKind::Adverb)?;
        let start = items.get(last).map(|item| item.start);
        items.truncate(last);
        start
    }

    /// Returns the subject of the frame at `index`, marked as shared.
    fn shared(&self, index: Option<usize>) -> Option<Subject> {
        let clause = self.stack.get(index?)?.clause?;
        let subject = self.clauses.get(clause)?.subject.clone()?;
        Some(Subject { shared: true, ..subject })
    }
}

/// Returns the noun phrase that a participle or infinitive modifies, as the subject of that verb.
fn describing(noun: Option<Range<usize>>) -> Option<Subject> {
    let noun = noun?;
    Some(Subject {
        head: noun.end - 1,
        core: noun.clone(),
        whole: noun,
        shared: true,
        clausal: false,
        antecedent: None,
    })
}

/// Returns `item` as a shared subject.
fn of_item(item: &Item) -> Subject {
    Subject {
        core: item.start..item.end,
        whole: item.start..item.end,
        head: item.head,
        shared: true,
        clausal: false,
        antecedent: None,
    }
}
