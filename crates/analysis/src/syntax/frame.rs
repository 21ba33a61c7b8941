//! Clause parser. It reads the chunks of a sentence from left to right and keeps the open clauses on a stack of frames.

use super::Tagged;
use super::chunk::{self, Chunk, ChunkKind};
use super::clause::{Clause, ClauseForm, ClauseKind, Subject};
use super::{features, predicate};
use crate::lexicon::lists;
use std::ops::Range;

/// Maximum length of a sentence, in chunks. The rest is parsed as another sentence.
const MAX_LENGTH: usize = 200;

/// Constituent of an open clause: tokens `start..end`, with the main word at `head`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub kind: ItemKind,
    pub start: usize,
    pub end: usize,
    pub head: usize,
    /// Whether the constituent is the object of a preposition.
    pub governed: bool,
}

/// Kind of a constituent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    Noun,
    Time,
    Preposition,
    Adverb,
    Adjective,
    Comma,
    Conjunction,
    /// Closed clause. The item's `head` is then a clause index.
    Clause,
    /// Quoted sentence or bracketed text.
    Unit,
    Other,
}

/// Boundary that clauses do not cross.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Barrier {
    None,
    Bracket,
    Quote,
}

/// Open clause.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// Index of the first token, which may be the opening word.
    pub start: usize,
    /// Index of the clause; `None` until its verb is found.
    pub clause: Option<usize>,
    pub kind: ClauseKind,
    /// Index of the relative or question word that opens the clause.
    pub wh: Option<usize>,
    /// Index of the conjunction that opens the clause: "because".
    pub opener: Option<usize>,
    pub barrier: Barrier,
    /// Index of the first token of the enclosing bracket or quotation.
    pub opened: usize,
    /// Constituents since the verb, or since the start of the clause if it has no verb yet.
    pub items: Vec<Item>,
    /// Noun phrase that the clause modifies.
    pub noun: Option<Range<usize>>,
    /// Index of the clause that this one continues: "that … and that …".
    pub joined: Option<usize>,
}

impl Frame {
    pub(super) fn new(start: usize, kind: ClauseKind) -> Self {
        Self {
            start,
            clause: None,
            kind,
            wh: None,
            opener: None,
            barrier: Barrier::None,
            opened: start,
            items: Vec::new(),
            noun: None,
            joined: None,
        }
    }

    /// Returns whether the clause still lacks its verb.
    pub(super) fn waits(&self) -> bool {
        self.clause.is_none()
    }
}

/// State of the parser within a sentence.
pub(super) struct Parser<'a, 'b> {
    pub sentence: &'a Tagged<'b>,
    pub chunks: Vec<Chunk>,
    /// Index of the current chunk.
    pub at: usize,
    pub stack: Vec<Frame>,
    pub clauses: Vec<Clause>,
}

impl<'a, 'b> Parser<'a, 'b> {
    pub(super) fn new(sentence: &'a Tagged<'b>) -> Self {
        let base = Frame::new(0, ClauseKind::Main);
        Self { sentence, chunks: chunk::chunks(sentence), at: 0, stack: vec![base], clauses: Vec::new() }
    }

    /// Parses all chunks and returns the clauses.
    pub(super) fn parse(mut self) -> Vec<Clause> {
        while let Some(chunk) = self.chunks.get(self.at).copied() {
            if self.at % MAX_LENGTH == MAX_LENGTH - 1 {
                self.restart_at(chunk.start);
            }
            self.read(chunk);
            self.at += 1;
        }
        let end = self.sentence.len();
        self.close_to(0, end);
        self.close_clause(0, end);
        predicate::extend_subjects(&mut self.clauses);
        predicate::find(self.sentence, &self.chunks, &mut self.clauses);
        self.clauses
    }

    /// Closes all clauses before token `start`. This keeps parsing time linear for long lists without a full stop.
    fn restart_at(&mut self, start: usize) {
        self.close_to(0, start);
        self.close_clause(0, start);
        self.stack[0] = Frame::new(start, ClauseKind::Main);
    }

    fn read(&mut self, chunk: Chunk) {
        match chunk.kind {
            ChunkKind::Finite => self.finite(chunk),
            ChunkKind::Infinitive => self.infinitive(chunk),
            ChunkKind::Base => self.base(chunk),
            ChunkKind::Participle => self.participle(chunk),
            ChunkKind::Subordinator => self.subordinator(chunk),
            ChunkKind::Preposition if self.opens_clause(chunk) => self.subordinator(chunk),
            ChunkKind::Wh => self.wh(chunk),
            ChunkKind::Stop => self.stop(chunk),
            ChunkKind::OpenBracket => self.open(chunk, Barrier::Bracket),
            ChunkKind::CloseBracket => self.close(chunk, Barrier::Bracket),
            ChunkKind::OpenQuote if self.quotes_sentence() && self.stack.len() < 40 => self.open(chunk, Barrier::Quote),
            ChunkKind::CloseQuote => self.close(chunk, Barrier::Quote),
            _ => self.push(chunk),
        }
    }

    /// Returns the innermost frame.
    pub(super) fn top(&mut self) -> &mut Frame {
        if self.stack.is_empty() {
            self.stack.push(Frame::new(0, ClauseKind::Main));
        }
        let last = self.stack.len() - 1;
        &mut self.stack[last]
    }

    /// Adds a chunk to the innermost frame.
    fn push(&mut self, chunk: Chunk) {
        let kind = match chunk.kind {
            ChunkKind::Noun => ItemKind::Noun,
            ChunkKind::Time => ItemKind::Time,
            ChunkKind::Preposition => ItemKind::Preposition,
            ChunkKind::Adverb => ItemKind::Adverb,
            ChunkKind::Adjective => ItemKind::Adjective,
            ChunkKind::Comma => ItemKind::Comma,
            ChunkKind::Conjunction => ItemKind::Conjunction,
            _ => ItemKind::Other,
        };
        if kind == ItemKind::Comma {
            self.close_elliptic(chunk.start);
        }
        crate::steps::step();
        let frame = self.top();
        let governed = is_governed(&frame.items, kind);
        frame.items.push(Item { kind, start: chunk.start, end: chunk.end, head: chunk.head, governed });
    }

    /// Closes an elliptical adverbial clause at the comma after it. Such a clause has neither a subject nor a verb:
    /// "although not perfect,".
    fn close_elliptic(&mut self, end: usize) {
        let last = self.stack.len() - 1;
        let frame = &self.stack[last];
        let elliptic = frame.opener.is_some_and(|opener| {
            !lists::COMPLEMENT_OPENERS.contains_any_case(self.sentence.word(opener))
                && !self.sentence.is(opener, "because")
        }) && frame.items.iter().any(|item| item.kind == ItemKind::Adjective);
        let bare = |item: &Item| matches!(item.kind, ItemKind::Adverb | ItemKind::Adjective | ItemKind::Preposition);
        if last > self.barrier()
            && frame.waits()
            && elliptic
            && frame.items.iter().all(|item| bare(item) || item.governed)
            && !frame.items.is_empty()
        {
            self.close_to(last - 1, end);
        }
    }

    /// Opens a frame for a bracket or a quoted sentence.
    fn open(&mut self, chunk: Chunk, barrier: Barrier) {
        let mut frame = Frame::new(chunk.start, ClauseKind::Main);
        frame.barrier = barrier;
        self.stack.push(frame);
    }

    /// Closes a bracket or quoted sentence and turns it into a single constituent.
    fn close(&mut self, chunk: Chunk, barrier: Barrier) {
        let Some(at) = self.stack.iter().rposition(|frame| frame.barrier != Barrier::None) else { return };
        if self.stack.get(at).is_none_or(|frame| frame.barrier != barrier) {
            return;
        }
        self.close_to(at, chunk.start);
        self.close_clause(at, chunk.start);
        let Some(frame) = self.stack.pop() else { return };
        let finite = frame.clause.unwrap_or(usize::MAX);
        if barrier == Barrier::Quote {
            self.reported(frame.opened, chunk.start);
        }
        let item = Item { kind: ItemKind::Unit, start: frame.opened, end: chunk.end, head: finite, governed: false };
        if barrier == Barrier::Quote {
            self.quoted_verb(finite, chunk.end);
        }
        self.top().items.push(item);
    }

    /// Makes a quoted clause the content of the clause that the innermost conjunction opened, as in `that, after the
    /// war, "it grew"`.
    fn quoted_verb(&mut self, quoted: usize, end: usize) {
        let frame = self.top();
        if !frame.waits() || frame.opener.is_none() {
            return;
        }
        let (start, kind) = (frame.start, frame.kind);
        let parent = self.stack.iter().rev().skip(1).find_map(|frame| frame.clause);
        let Some(clause) = self.clauses.get_mut(quoted) else { return };
        clause.kind = kind;
        clause.parent = parent;
        clause.extent = start..end;
        self.top().clause = Some(quoted);
    }

    /// Makes the quotation at tokens `start..end` the complement of the verb before it, as in `said, "…"`.
    fn reported(&mut self, start: usize, end: usize) {
        let Some(top) = self.stack.iter().rposition(|frame| !frame.waits()) else { return };
        let outer = self.stack[top].clause;
        if outer.is_none() || !self.verb_is(top, &lists::CONTENT_VERBS) && !self.verb_is(top, &lists::REPORTING_AFTER) {
            return;
        }
        let sentence = self.sentence;
        let inside = |clause: &&mut Clause| clause.verbs.start >= start && clause.kind == ClauseKind::Main;
        if let Some(content) = self.clauses.iter_mut().find(inside) {
            content.kind = ClauseKind::Complement;
            content.parent = outer;
            content.extent = sentence.trimmed(start..end);
        }
    }

    /// Starts a new main clause after a semicolon or colon.
    fn stop(&mut self, chunk: Chunk) {
        let base = self.barrier();
        let says = (base..self.stack.len()).rev().find(|index| self.verb_is(*index, &lists::REPORTING_AFTER));
        if let Some(says) = says.filter(|_| self.sentence.is(chunk.start, ":")) {
            self.close_to(says, chunk.start);
            self.stack.push(Frame::new(chunk.end, ClauseKind::Complement));
            return;
        }
        self.close_to(base, chunk.start);
        if self.stack.get(base).is_some_and(Frame::waits) {
            self.push(chunk);
            return;
        }
        self.close_clause(base, chunk.start);
        if let Some(frame) = self.stack.get_mut(base) {
            let (barrier, opened) = (frame.barrier, frame.opened);
            *frame = Frame { barrier, opened, ..Frame::new(chunk.end, ClauseKind::Main) };
        }
    }

    /// Returns the index of the frame of the innermost bracket or quoted sentence, or 0 outside both.
    pub(super) fn barrier(&self) -> usize {
        self.stack.iter().rposition(|frame| frame.barrier != Barrier::None).unwrap_or(0)
    }

    /// Closes the frames above index `keep`. Their clauses end before token `end`.
    pub(super) fn close_to(&mut self, keep: usize, end: usize) {
        while self.stack.len() > keep + 1 {
            let last = self.stack.len() - 1;
            self.close_clause(last, end);
            let Some(frame) = self.stack.pop() else { return };
            let item = match frame.clause {
                Some(clause) => Item { kind: ItemKind::Clause, start: frame.start, end, head: clause, governed: false },
                None => Item { kind: ItemKind::Other, start: frame.start, end, head: frame.start, governed: false },
            };
            if frame.waits() && frame.barrier == Barrier::None {
                // An opener whose clause has no verb governs its words, as a preposition does.
                let parent = self.top();
                parent.items.extend(frame.items.into_iter().map(|item| Item { governed: true, ..item }));
                continue;
            }
            self.top().items.push(item);
        }
    }

    /// Ends the clause of the frame at `index` before token `end`.
    pub(super) fn close_clause(&mut self, index: usize, end: usize) {
        let Some(frame) = self.stack.get(index) else { return };
        let Some(clause) = frame.clause.and_then(|clause| self.clauses.get_mut(clause)) else { return };
        clause.extent = self.sentence.trimmed(clause.extent.start..end.max(clause.verbs.end));
    }

    /// Adds a clause and returns its index.
    pub(super) fn add(
        &mut self,
        chunk: Chunk,
        form: ClauseForm,
        kind: ClauseKind,
        subject: Option<Subject>,
        start: usize,
    ) -> usize {
        let verbs = chunk.start..chunk.end;
        let (tense, mood) = features::tense(self.sentence, &verbs, form);
        let parent = self.stack.iter().rev().skip(1).find_map(|frame| frame.clause);
        self.clauses.push(Clause {
            head: chunk.head,
            form,
            kind,
            tense,
            mood,
            passive: features::is_passive(self.sentence, &verbs, chunk.head, form),
            negated: features::is_negated(self.sentence, &verbs),
            subject,
            extent: start..verbs.end,
            verbs,
            parent,
            joined: None,
            opener: None,
            described: None,
            predicate: None,
            margin: 3,
        });
        self.clauses.len() - 1
    }

    /// Returns the index of the main verb in the frame at `index`; `None` if it has no verb.
    pub(super) fn verb_of(&self, index: usize) -> Option<usize> {
        let clause = self.stack.get(index)?.clause?;
        self.clauses.get(clause).map(|clause| clause.head)
    }

    /// Returns whether `list` contains the main verb of the frame at `index`.
    pub(super) fn verb_is(&self, index: usize, list: &lists::WordList) -> bool {
        self.verb_of(index).is_some_and(|verb| list.contains_any_case(self.sentence.word(verb)))
    }

    /// Returns the chunks after the current one, up to the lookahead limit.
    pub(super) fn following(&self) -> &[Chunk] {
        let rest = self.chunks.get(self.at + 1..).unwrap_or_default();
        rest.get(..MAX_LENGTH).unwrap_or(rest)
    }

    /// Returns whether the current quotation mark opens a quotation with a finite verb.
    fn quotes_sentence(&self) -> bool {
        let rest = self.following();
        let Some(end) = rest.iter().position(|chunk| chunk.kind == ChunkKind::CloseQuote) else { return false };
        let first = rest.first().is_some_and(|chunk| {
            !matches!(chunk.kind, ChunkKind::Finite | ChunkKind::Base | ChunkKind::Participle | ChunkKind::Infinitive)
        });
        first && rest.iter().take(end).any(|chunk| chunk.kind == ChunkKind::Finite)
    }
}

/// Returns whether a preposition governs the next item after `items`, either directly or through coordination with a
/// governed item.
fn is_governed(items: &[Item], kind: ItemKind) -> bool {
    if !matches!(kind, ItemKind::Noun | ItemKind::Time | ItemKind::Adjective) {
        return false;
    }
    let mut rest = items.iter().rev().skip_while(|item| item.kind == ItemKind::Adverb);
    match rest.next() {
        Some(item) if item.kind == ItemKind::Preposition => true,
        Some(item) if item.kind == ItemKind::Conjunction => {
            rest.next().is_some_and(|before| before.kind == ItemKind::Noun && before.governed)
        }
        _ => false,
    }
}
