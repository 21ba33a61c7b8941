//! Rejects numbers that name or date something instead of counting it.

use super::noun_phrase::is_plural_at;
use super::numeral::{Kind, Numeral};
use super::words::{Class, WORDS, lower};
use crate::document::Document;
use crate::entity::{Entity, MentionKind};
use crate::time::Timex;
use crate::token::TokenKind;
use crate::word_class::WordClass;
use dateline_core::article::BlockKind;
use dateline_core::text::Span;
use std::ops::Range;

/// Places of a document in which a number is not a figure.
pub(super) struct Guard<'a> {
    document: &'a Document<'a>,
    /// Spans of times, in text order.
    times: Vec<Span>,
    /// Spans of names, in text order.
    names: Vec<Span>,
}

impl<'a> Guard<'a> {
    /// Collects the spans of the times and of the names in the document.
    pub(super) fn new(document: &'a Document<'a>, entities: &[Entity], times: &[Timex]) -> Self {
        let named =
            entities.iter().flat_map(|entity| &entity.mentions).filter(|mention| mention.kind == MentionKind::Name);
        let mut names: Vec<Span> = named.map(|mention| mention.span).collect();
        names.sort_unstable_by_key(|span| (span.start, span.end));
        Self { document, times: times.iter().map(|time| time.span).collect(), names }
    }

    /// Returns whether sentences of a block are part of the story.
    pub(super) fn is_in_story(&self, block: usize) -> bool {
        let block = self.document.article.blocks.get(block);
        block.is_none_or(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem))
    }

    /// Returns whether the token at `at` is part of a name.
    pub(super) fn is_name(&self, at: usize) -> bool {
        self.document.tokens.get(at).is_some_and(|token| overlap(&self.names, token.span))
    }

    /// Returns whether the token at `at` is part of a time.
    pub(super) fn is_time(&self, at: usize) -> bool {
        self.document.tokens.get(at).is_some_and(|token| overlap(&self.times, token.span))
    }

    /// Returns whether `numeral` may be the number of a model, such as "Trent 900 engines" or "the larger 777 planes".
    pub(super) fn is_model(&self, numeral: &Numeral) -> bool {
        let Numeral { tokens, digits, .. } = numeral;
        let Some(lead) = tokens.start.checked_sub(1).filter(|_| tokens.start == *digits) else { return false };
        let class = |at: usize| self.document.classes.get(at).copied().unwrap_or(WordClass::Mark);
        let compared = class(lead) == WordClass::Adjective
            && lead.checked_sub(1).is_some_and(|at| matches!(class(at), WordClass::Determiner | WordClass::Possessive));
        let three = self.document.word(*digits).len() == 3;
        class(lead) == WordClass::Proper && !self.is_time(lead) || compared && three
    }

    /// Returns the end of `tokens` before the first time in it.
    pub(super) fn before_time(&self, tokens: Range<usize>) -> usize {
        let span = self.document.span(tokens.clone());
        let first = self.times.partition_point(|time| time.end <= span.start);
        let time = self.times.get(first).filter(|time| time.start < span.end);
        time.map_or(tokens.end, |time| self.document.tokens_in(*time).start.clamp(tokens.start, tokens.end))
    }

    /// Returns the start of `tokens` after a time at its beginning.
    pub(super) fn after_time(&self, tokens: Range<usize>) -> usize {
        let span = self.document.span(tokens.clone());
        let first = self.times.partition_point(|time| time.end <= span.start);
        let time = self.times.get(first).filter(|time| time.start <= span.start);
        time.map_or(tokens.start, |time| self.document.tokens_in(*time).end.clamp(tokens.start, tokens.end))
    }

    /// Returns whether `numeral` can be a figure in the sentence at tokens `sentence`.
    pub(super) fn allows(&self, numeral: &Numeral, sentence: &Range<usize>) -> bool {
        let Numeral { tokens, digits, kind, .. } = numeral;
        let span = self.document.span(*digits..tokens.end);
        if overlap(&self.times, span) || overlap(&self.names, span) {
            return false;
        }
        let before = |back: usize| digits.checked_sub(back).filter(|at| *at >= sentence.start);
        let word = |at: Option<usize>| at.map_or("", |at| self.document.word(at));
        let class =
            |at: Option<usize>| at.and_then(|at| self.document.classes.get(at)).copied().unwrap_or(WordClass::Mark);
        let number = |at: usize| {
            self.document.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number) && sentence.contains(&at)
        };
        let lead = before(1);
        let limited = tokens.start < *digits;
        let label = !limited && WORDS.word(word(lead), Class::Label).is_some();
        // A telephone number, or a name such as "Boeing 737".
        let run = number(tokens.end) || lead.is_some_and(number);
        let counts = *kind != Kind::Count || is_plural_at(self.document, tokens.end);
        let named =
            !limited && class(lead) == WordClass::Proper && !counts && !lead.is_some_and(|lead| self.is_time(lead));
        let item = *digits == sentence.start && matches!(self.document.word(tokens.end), "." | ")" | ":");
        let glued = lead.is_some()
            && self.document.tokens.get(*digits).is_some_and(|token| !token.spaced)
            && !matches!(word(lead), "(" | "[" | "“" | "\"" | "‘" | "'" | "—" | "–" | "-" | "--" | "~");
        let score =
            matches!(self.document.word(tokens.end), "-" | "–") && number(tokens.end + 1) && *kind == Kind::Count;
        let after_score = matches!(word(lead), "-" | "–" | ":" | "/") && before(2).is_some_and(number);
        // "Mara Odell, 34, was hurt"
        let next = self.document.word(tokens.end);
        let age = *kind == Kind::Count && !limited && word(lead) == "," && matches!(next, "," | ";" | ")" | "." | "of");
        // "AK - 47 rifles" and "5 feet 3 inches"
        let model = matches!(word(lead), "-" | "–") && class(before(2)) == WordClass::Proper;
        let second = WORDS
            .before(self.document, *digits, Class::Unit)
            .is_some_and(|(unit, _)| unit > sentence.start && number(unit - 1));
        let old =
            matches!(&*lower(self.document, tokens.end), "old" | "year" | "-year-old" | "years" | "th" | "pm" | "am");
        !(label || run || named || item || glued || score || after_score || age || model || second || old)
    }
}

/// Returns whether one of `spans`, which are in text order, overlaps `span`.
fn overlap(spans: &[Span], span: Span) -> bool {
    /// Number of spans before `span` that are compared, because a long one may begin before short ones.
    const NEAR: usize = 4;
    let after = spans.partition_point(|other| other.start < span.end);
    spans.get(after.saturating_sub(NEAR)..after).is_some_and(|near| near.iter().any(|other| other.overlaps(span)))
}
