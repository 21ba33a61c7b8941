//! Finds noun phrases after one verb that can be the subject of the next verb.

use super::chunk::ChunkKind;
use super::clause::ClauseKind;
use super::frame::{Frame, Item, ItemKind, Parser};
use crate::pos::PennTag;

impl Parser<'_, '_> {
    /// Returns the index of a frame whose last noun phrase can be the subject of another verb, although that frame
    /// already has a verb. The clauses in between modify that noun phrase, as in "…, and plans to widen it exist" or
    /// "says a man wearing a hat left".
    pub(super) fn pending(&self) -> Option<usize> {
        let floor = self.barrier();
        let top = self.stack.len() - 1;
        let mut at = top;
        while at > floor
            && !self.stack[at].waits()
            && matches!(self.stack[at].kind, ClauseKind::Relative | ClauseKind::Reduced)
        {
            at -= 1;
        }
        if at == top || self.stack[at].waits() {
            return None;
        }
        let last = self.stack[top].items.last();
        if last.is_some_and(|item| item.kind == ItemKind::Conjunction) {
            return None;
        }
        let items = &self.stack[at].items;
        let mut first = items.len();
        while first > 0 && matches!(items[first - 1].kind, ItemKind::Noun | ItemKind::Preposition | ItemKind::Time) {
            first -= 1;
        }
        let noun = items.get(first).is_some_and(|item| item.kind == ItemKind::Noun && (!item.governed || first > 0));
        let lead = first.checked_sub(1).map(|lead| items[lead].kind);
        let led = matches!(lead, Some(ItemKind::Comma | ItemKind::Conjunction));
        let content = first == 0 && self.takes_content(at);
        (noun && (led || content)).then_some(at)
    }

    /// Returns the index of the item where the subject of a contact clause (a relative clause without a relative word)
    /// begins: "he" in "the man he saw left". The frame at `top` must lack a verb and contain an earlier noun, and
    /// another verb must follow.
    pub(super) fn contact_before(&self, top: usize) -> Option<usize> {
        let items = &self.stack[top].items;
        let last = items.iter().rposition(|item| item.kind != ItemKind::Adverb)?;
        let (noun, before) = (items.get(last)?, items.get(last.checked_sub(1)?)?);
        let own = noun.kind == ItemKind::Noun && !noun.governed && before.kind == ItemKind::Noun;
        // A noun governed by a preposition takes no contact clause: "In February he …".
        let described = items.iter().take(last).any(|item| item.kind == ItemKind::Noun && !item.governed);
        let own = own && described && self.sentence.tag(before.head) != PennTag::Prp;
        if own && self.is_nominative(noun.head) && self.more_verbs() {
            return Some(last);
        }
        let pronoun =
            matches!(self.sentence.tag(noun.head), PennTag::Prp) || self.sentence.tag(noun.start) == PennTag::Dt;
        let mut after = self.chunks.iter().skip(self.at + 1);
        let free = after.find(|chunk| {
            matches!(
                chunk.kind,
                ChunkKind::Finite
                    | ChunkKind::Subordinator
                    | ChunkKind::Wh
                    | ChunkKind::Conjunction
                    | ChunkKind::Comma
                    | ChunkKind::Stop
            )
        });
        let resumes = free.is_some_and(|chunk| chunk.kind == ChunkKind::Finite);
        (own && pronoun && resumes).then_some(last)
    }

    /// Opens a relative clause without a relative word. Its subject is the item `noun`.
    pub(super) fn open_contact(&mut self, top: usize, noun: usize) {
        let items = &mut self.stack[top].items;
        let moved = items.split_off(noun);
        let described = items.last().map(|item| item.start..item.end);
        let start = moved.first().map_or(0, |item| item.start);
        let mut frame = Frame::new(start, ClauseKind::Relative);
        frame.items = moved;
        frame.noun = described;
        self.stack.push(frame);
    }

    /// Returns the item index of the noun phrase between a conjunction and the next verb, and the item index of that
    /// conjunction. The words before the conjunction must be complements of the verb in the frame at `top`, as in
    /// "lacks a board and its members are few".
    pub(super) fn after_conjunction(&self, top: usize) -> Option<(usize, usize)> {
        let items = &self.stack[top].items;
        let conjunction = items.iter().rposition(|item| item.kind == ItemKind::Conjunction)?;
        let comma = conjunction.checked_sub(1).is_some_and(|comma| items[comma].kind == ItemKind::Comma);
        let after = items.get(conjunction + 1..)?;
        let lead = lead(after);
        let noun = after.get(lead).filter(|item| item.kind == ItemKind::Noun)?;
        // A pair of commas that ends at the verb encloses an apposition: "…, and the mayor, Ivo Lind, resigned".
        let commas = after.iter().skip(lead).filter(|item| item.kind == ItemKind::Comma).count();
        let apposition = comma && commas == 2 && after.last().is_some_and(|item| item.kind == ItemKind::Comma);
        let whole = commas == 0 || apposition;
        // The subject may be a list: "…, its degree and its sources are".
        let segment = items[..conjunction].iter().rposition(|item| item.kind == ItemKind::Comma).map(|comma| comma + 1);
        let listed = segment.is_some_and(|start| {
            start < conjunction && items.get(start).is_some_and(|item| item.kind == ItemKind::Noun && !item.governed)
        });
        if listed && !comma {
            return None;
        }
        let object = !comma && self.takes_content(top) && !self.is_nominative(noun.head);
        (whole && !object).then_some((conjunction + 1 + lead, conjunction))
    }
}

/// Returns how many items before the subject belong to adverbs or time phrases, such as "on Monday," in "and on Monday,
/// he left".
fn lead(items: &[Item]) -> usize {
    let kind = |at: usize| items.get(at).map(|item| item.kind);
    let mut at = 0;
    loop {
        let timed = kind(at) == Some(ItemKind::Preposition) && kind(at + 1) == Some(ItemKind::Time);
        match kind(at) {
            Some(ItemKind::Adverb | ItemKind::Time) => at += 1,
            Some(ItemKind::Preposition) if timed => at += 2,
            Some(ItemKind::Comma) if at > 0 && kind(at - 1) == Some(ItemKind::Time) => at += 1,
            _ => return at,
        }
    }
}
