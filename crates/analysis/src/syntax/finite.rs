//! Decides which open clause a finite verb belongs to.

use super::chunk::{Chunk, ChunkKind};
use super::clause::{ClauseForm, ClauseKind, Subject};
use super::frame::{Frame, Item, ItemKind, Parser};
use super::subject;
use crate::lexicon::lists;
use crate::pos::PennTag;

impl Parser<'_, '_> {
    /// Adds a finite verb group to the clause that it belongs to.
    pub(super) fn finite(&mut self, chunk: Chunk) {
        let mut top = self.stack.len() - 1;
        if !self.stack[top].waits() && self.is_question(chunk) {
            return self.resume(chunk, None);
        }
        if let Some(pending) = self.pending() {
            let end = self.stack[top].items.last().map_or(chunk.start, |item| item.end);
            self.close_to(pending, end);
            top = pending;
        }
        if self.stack[top].waits() {
            self.first_verb(top, chunk);
            return;
        }
        let tail = self.tail(top);
        match tail {
            Tail::Joined => self.joined_verb(chunk),
            Tail::None => self.resume(chunk, None),
            Tail::Subject { noun, comma, conjunction } => self.next_subject(chunk, noun, comma, conjunction),
        }
    }

    /// Adds the verb in `chunk` to the frame at `top`, which has no verb yet.
    fn first_verb(&mut self, top: usize, chunk: Chunk) {
        if let Some(noun) = self.contact_before(top) {
            self.open_contact(top, noun);
            let top = self.stack.len() - 1;
            self.set_verb(top, chunk);
            return;
        }
        self.set_verb(top, chunk);
    }

    /// Makes `chunk` the verb of the frame at `top`. The subject is taken from the items of that frame.
    pub(super) fn set_verb(&mut self, top: usize, chunk: Chunk) {
        let frame = &self.stack[top];
        let found = subject::find(self.sentence, &frame.items);
        let mut own = found.as_ref().and_then(|range| subject::of_items(self.sentence, &frame.items, range));
        let wh = frame.wh;
        let relative = frame.noun.is_some();
        if let (Some(wh), Some(subject)) = (wh, own.as_mut())
            && (self.sentence.tag(wh) == PennTag::WpPossessive || !relative)
            && self.determines(wh, subject.whole.start)
        {
            subject.whole.start = wh;
            subject.core.start = wh;
        }
        let inverted = self.inverted_group(chunk);
        let asked = wh.is_some() && top == self.barrier() && inverted.0.is_some()
            || inverted.1.is_some() && own.as_ref().is_none_or(|own| own.clausal);
        let own = own.filter(|_| !asked).or_else(|| {
            let wh = wh.filter(|wh| !asked && self.sentence.tag(*wh) != PennTag::Wrb)?;
            // In "both of which", the head is the word before "of".
            let quantified = wh.checked_sub(2).filter(|_| self.sentence.is(wh - 1, "of") && frame.start + 1 < wh);
            Some(Subject {
                core: wh..wh + 1,
                whole: quantified.map_or(wh, |_| frame.start)..wh + 1,
                head: quantified.unwrap_or(wh),
                shared: false,
                clausal: false,
                antecedent: frame.noun.clone(),
            })
        });
        let (own, chunk) = match own {
            Some(subject) if self.sentence.tag(subject.head) == PennTag::Ex => {
                (self.after_there(chunk, subject), chunk)
            }
            Some(subject) => (Some(subject), chunk),
            None => self.inverted(chunk),
        };
        let before =
            self.stack[top].items.iter().rev().find(|item| item.kind == ItemKind::Unit && self.is_clause(item));
        let content = before.map(|item| item.head).filter(|_| self.reports(chunk.head));
        let (kind, start) = (self.stack[top].kind, self.stack[top].start);
        let clause = self.add(chunk, ClauseForm::Finite, kind, own, start);
        if let Some(content) = content.and_then(|content| self.clauses.get_mut(content)) {
            content.kind = ClauseKind::Complement;
            content.parent = Some(clause);
        }
        self.adopt(top, clause);
        let frame = &mut self.stack[top];
        frame.clause = Some(clause);
        frame.items.clear();
        let (joined, opener, described) = (frame.joined, frame.wh.or(frame.opener), frame.noun.clone());
        let added = &mut self.clauses[clause];
        added.joined = joined;
        added.opener = opener;
        added.described = described.filter(|_| kind == ClauseKind::Relative);
        if self.clauses[clause].subject.is_none() || self.follows_comma(clause) {
            self.clauses[clause].margin = 0;
        }
    }

    /// Makes `clause` the parent of the closed clauses in the frame at `top`. A participle that opens the sentence also
    /// gets its subject from `clause`: "Founded in 1887, the firm …".
    fn adopt(&mut self, top: usize, clause: usize) {
        let subject = self.clauses[clause].subject.clone().filter(|subject| !subject.clausal);
        for item in self.stack[top].items.iter().filter(|item| item.kind == ItemKind::Clause) {
            let Some(inner) = self.clauses.get_mut(item.head) else { continue };
            if inner.parent.is_none() {
                inner.parent = Some(clause);
            }
            if inner.subject.is_none() && matches!(inner.form, ClauseForm::Participle | ClauseForm::Gerund) {
                inner.subject = subject.clone().map(|subject| Subject { shared: true, ..subject });
            }
        }
    }

    /// Returns whether only a comma separates the verb of `clause` from its subject. Such a verb can be a participle:
    /// "The report, released".
    fn follows_comma(&self, clause: usize) -> bool {
        let clause = &self.clauses[clause];
        let verb = clause.verbs.start;
        let comma = verb.checked_sub(1).filter(|comma| self.sentence.tag(*comma) == PennTag::Comma);
        let whole = |range: &std::ops::Range<usize>| range.clone().all(|at| self.sentence.tag(at) != PennTag::Comma);
        comma.is_some_and(|comma| {
            clause.subject.as_ref().is_some_and(|subject| subject.whole.end == comma && whole(&subject.whole))
        })
    }

    fn is_clause(&self, item: &Item) -> bool {
        item.head < self.clauses.len()
    }

    /// Returns whether the verb at `verb` can follow the words that it reports, as "said" can.
    pub(super) fn reports(&self, verb: usize) -> bool {
        lists::REPORTING_AFTER.contains_any_case(self.sentence.word(verb))
    }

    /// Returns whether the relative word at `wh` determines the noun phrase that begins at `start`: "whose car".
    fn determines(&self, wh: usize, start: usize) -> bool {
        match self.sentence.tag(wh) {
            PennTag::WpPossessive => start > wh,
            PennTag::Wdt => start == wh + 1 && !self.sentence.is(wh, "that") && !self.sentence.is(wh, "who"),
            PennTag::Wrb => self.sentence.is(wh + 1, "many") || self.sentence.is(wh + 1, "much"),
            _ => false,
        }
    }

    /// Classifies the constituents between the verb of the frame at `top` and the next verb.
    fn tail(&self, top: usize) -> Tail {
        if self.ends_with_conjunction() {
            return Tail::Joined;
        }
        let items = &self.stack[top].items;
        let last = items.iter().rposition(|item| item.kind != ItemKind::Adverb);
        let comma = last.filter(|last| items[*last].kind == ItemKind::Comma);
        if comma.is_some_and(|comma| items[..comma].iter().all(|item| item.kind != ItemKind::Comma)) {
            return Tail::None;
        }
        if let Some((noun, conjunction)) = self.after_conjunction(top) {
            let comma = conjunction.checked_sub(1).filter(|comma| items[*comma].kind == ItemKind::Comma);
            return Tail::Subject { noun, comma, conjunction: Some(conjunction) };
        }
        let Some(found) = subject::find(self.sentence, items) else { return Tail::None };
        let first = &items[found.start];
        if !matches!(first.kind, ItemKind::Noun | ItemKind::Time) || first.governed && first.kind == ItemKind::Noun {
            return Tail::None;
        }
        let mut before = found.start;
        while before > 0 && matches!(items[before - 1].kind, ItemKind::Adverb | ItemKind::Other) {
            before -= 1;
        }
        let conjunction = before.checked_sub(1).filter(|index| items[*index].kind == ItemKind::Conjunction);
        let comma = (0..conjunction.unwrap_or(before)).rev().find(|index| items[*index].kind == ItemKind::Comma);
        Tail::Subject { noun: found.start, comma, conjunction }
    }

    /// Returns whether the token at `at` is a pronoun that can only be a subject.
    pub(super) fn is_nominative(&self, at: usize) -> bool {
        lists::SUBJECT_PRONOUNS.contains_any_case(self.sentence.word(at))
    }

    /// Returns the index of the innermost frame without a verb inside the same bracket or quotation.
    fn waiting(&self) -> Option<usize> {
        let floor = self.barrier();
        (floor..self.stack.len()).rev().find(|index| self.stack[*index].waits()).filter(|index| {
            // The bottom frame counts only if it has constituents or other frames are above it.
            *index > 0 || !self.stack[*index].items.is_empty() || self.stack.len() > 1
        })
    }

    /// Assigns the verb to the nearest frame that has no verb. The items from `split` on move to that frame.
    pub(super) fn resume(&mut self, chunk: Chunk, split: Option<usize>) {
        let Some(waiting) = self.waiting() else { return self.unattached(chunk) };
        self.pop_to_waiting(waiting, split, chunk);
        self.set_verb(waiting, chunk);
    }

    /// Closes the frames above `waiting`. The items of the top frame from `split` on move to `waiting`.
    fn pop_to_waiting(&mut self, waiting: usize, split: Option<usize>, chunk: Chunk) {
        let top = self.stack.len() - 1;
        let items = &mut self.stack[top].items;
        let split = split.unwrap_or_else(|| {
            // A comma right before the verb ends the parenthetical.
            let adverbs = items.iter().rev().take_while(|item| item.kind == ItemKind::Adverb).count();
            let comma = items.len().checked_sub(adverbs + 1).filter(|comma| items[*comma].kind == ItemKind::Comma);
            // Adverbs between two commas are a parenthetical too: "…, however, said".
            let aside = comma.and_then(|comma| {
                let inside = items[..comma].iter().rev().take_while(|item| item.kind == ItemKind::Adverb).count();
                let opening = comma.checked_sub(inside + 1).filter(|_| inside > 0)?;
                (items[opening].kind == ItemKind::Comma).then_some(opening)
            });
            aside.or(comma).unwrap_or(items.len() - adverbs)
        });
        let moved = items.split_off(split.min(items.len()));
        let end = moved.first().map_or(chunk.start, |item| item.start);
        self.close_to(waiting, end);
        self.stack[waiting].items.extend(moved);
    }

    /// Adds a verb that has no subject before it although every frame already has a verb, as in `"…," said Anna`.
    fn unattached(&mut self, chunk: Chunk) {
        let base = self.barrier();
        let top = self.stack.len() - 1;
        let ends_open = self.stack[top]
            .items
            .last()
            .is_some_and(|item| item.kind == ItemKind::Comma || item.kind == ItemKind::Unit);
        if self.reports(chunk.head) && ends_open {
            self.content_before(base, chunk, None);
            return;
        }
        // An adverb does not separate the verb from its subject: "He left, then returned".
        if self.ends_with(ItemKind::Comma) {
            let floor = base;
            let tag = self.sentence.tag(chunk.start);
            let fitting = (floor..self.stack.len()).rev().find(|index| {
                let clause = self.stack[*index].clause.and_then(|clause| self.clauses.get(clause));
                clause.is_some_and(|clause| self.sentence.tag(clause.verbs.start) == tag)
            });
            if let Some(target) = fitting {
                if let Some(subject) = self.apposed(target) {
                    return self.after_apposition(target, subject, chunk);
                }
                return self.join(target, chunk);
            }
        }
        self.restart(base, chunk, None);
    }

    /// Makes everything before a reporting verb the content that it reports, as in "it sank, officials said".
    fn content_before(&mut self, base: usize, chunk: Chunk, split: Option<usize>) {
        let content = self.stack[base].clause;
        let first = self.first_joined(content);
        self.restart(base, chunk, split);
        let outer = self.stack[base].clause;
        if let (Some(content), Some(outer)) = (first, outer)
            && content != outer
        {
            let end = content_end(&self.clauses, content, outer);
            let clause = &mut self.clauses[content];
            clause.kind = ClauseKind::Complement;
            clause.parent = Some(outer);
            clause.extent.end = clause.extent.end.max(end);
        }
    }

    /// Returns the first of the clauses coordinated with `clause`.
    fn first_joined(&self, clause: Option<usize>) -> Option<usize> {
        let mut at = clause?;
        while let Some(before) = self.clauses.get(at).and_then(|clause| clause.joined) {
            at = before;
        }
        Some(at)
    }

    /// Starts another main clause at `base`. It takes over the items of the top frame from `split` on.
    fn restart(&mut self, base: usize, chunk: Chunk, split: Option<usize>) {
        let top = self.stack.len() - 1;
        let items = &mut self.stack[top].items;
        let moved = items.split_off(split.unwrap_or(items.len()).min(items.len()));
        let start = moved.first().map_or(chunk.start, |item| item.start);
        self.close_to(base, start);
        self.close_clause(base, start);
        let (barrier, opened) = (self.stack[base].barrier, self.stack[base].opened);
        let frame = Frame { barrier, opened, items: moved, ..Frame::new(start, ClauseKind::Main) };
        self.stack[base] = frame;
        self.set_verb(base, chunk);
    }

    /// Adds a verb with its own subject after the verb of the top frame.
    fn next_subject(&mut self, chunk: Chunk, noun: usize, comma: Option<usize>, conjunction: Option<usize>) {
        let top = self.stack.len() - 1;
        let base = self.barrier();
        if let Some(waiting) = self.waiting() {
            let gerund =
                self.stack.get(waiting + 1).and_then(|frame| frame.clause).and_then(|clause| self.clauses.get(clause));
            if gerund.is_some_and(|clause| clause.form != ClauseForm::Finite)
                && comma.is_none()
                && !self.is_nominative(self.stack[top].items[noun].head)
                && self.stack[waiting].items.iter().all(|item| {
                    matches!(item.kind, ItemKind::Adverb | ItemKind::Comma | ItemKind::Preposition) || item.governed
                })
            {
                // The gerund clause is the subject: "Measuring it is hard".
                return self.resume(chunk, None);
            }
            let subject = |item: &Item| item.kind == ItemKind::Noun && !item.governed && !self.measures(item, waiting);
            let bare = !self.stack[waiting].items.iter().any(subject);
            let content = conjunction.is_none() && comma.is_none() && self.takes_content(top) && self.more_verbs();
            if content {
                return self.inner_content(top, noun, chunk);
            }
            let split = match (comma, bare) {
                (Some(comma), true) => Some(comma),
                (None, true) => Some(noun),
                _ => None,
            };
            return self.resume(chunk, split);
        }
        if let Some(conjunction) = conjunction {
            let parted = comma.is_some_and(|comma| comma + 1 == conjunction);
            let target = self.coordinated(base, parted);
            return self.coordinate(target, conjunction, chunk);
        }
        if let Some(comma) = comma {
            if self.reports(chunk.head) {
                return self.content_before(base, chunk, Some(comma + 1));
            }
            return self.restart(base, chunk, Some(comma + 1));
        }
        let object = noun.checked_sub(1).map(|before| self.stack[top].items[before]);
        let contact = object.is_some_and(|item| matches!(item.kind, ItemKind::Noun)) && !self.takes_person(top);
        if contact {
            self.open_contact(top, noun);
            let top = self.stack.len() - 1;
            return self.set_verb(top, chunk);
        }
        self.inner_content(top, noun, chunk);
    }

    /// Returns whether the noun phrase in the frame at `waiting` says how long before or after the clause in the next frame
    /// something happened: "Two years after it was founded, the club won".
    fn measures(&self, item: &Item, waiting: usize) -> bool {
        let next = self.stack.get(waiting + 1);
        let beside = next.is_some_and(|next| next.kind == ClauseKind::Adverbial && next.start == item.end);
        let word = self.sentence.word(item.head);
        beside && lists::TIME_NOUNS.contains_any_case(word.strip_suffix('s').unwrap_or(word))
    }

    /// Returns whether the verb of the frame at `top` takes a person and a clause as objects, as in "told her he left".
    fn takes_person(&self, top: usize) -> bool {
        self.verb_is(top, &lists::PERSON_AND_CLAUSE)
    }

    /// Returns whether the verb of the frame at `top` takes a clause as its complement.
    pub(super) fn takes_content(&self, top: usize) -> bool {
        self.verb_is(top, &lists::CONTENT_VERBS)
    }

    /// Returns whether another finite verb follows the current chunk.
    pub(super) fn more_verbs(&self) -> bool {
        self.following().iter().any(|chunk| chunk.kind == ChunkKind::Finite)
    }

    /// Opens a complement clause without "that". Its subject begins at item `noun`.
    fn inner_content(&mut self, top: usize, noun: usize, chunk: Chunk) {
        let mut first = noun;
        let items = &mut self.stack[top].items;
        while first > 0 && items[first - 1].kind == ItemKind::Adverb && first < noun + 1 && noun - first < 1 {
            first -= 1;
        }
        let moved = items.split_off(first);
        let start = moved.first().map_or(chunk.start, |item| item.start);
        let mut frame = Frame::new(start, ClauseKind::Complement);
        frame.items = moved;
        self.stack.push(frame);
        let top = self.stack.len() - 1;
        self.set_verb(top, chunk);
        if let Some(clause) = self.stack[top].clause.and_then(|clause| self.clauses.get_mut(clause)) {
            clause.margin = 2;
        }
    }
}

/// Returns the end of the content reported by the clause `outer`. The content begins with the clause `content` and
/// includes the clauses that continue it.
fn content_end(clauses: &[super::Clause], content: usize, outer: usize) -> usize {
    clauses.iter().take(outer).skip(content).map(|clause| clause.extent.end).max().unwrap_or(0)
}

/// Constituents between a verb and the next finite verb.
enum Tail {
    /// Conjunction right before the next verb.
    Joined,
    /// Noun phrase that can be the subject of the next verb. `noun`, `comma` and `conjunction` are item indices; the
    /// latter two precede the noun.
    Subject { noun: usize, comma: Option<usize>, conjunction: Option<usize> },
    /// Neither a conjunction nor a possible subject.
    None,
}
