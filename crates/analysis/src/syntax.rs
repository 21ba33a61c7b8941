//! Finds the clauses of a sentence from its words and Penn tags. Each clause has a verb group, subject, kind, extent
//! and parent.
//!
//! This module is independent of documents, quotations, names and times. Every stage can therefore use it, and it can
//! be evaluated on a treebank.

mod apposition;
mod attach;
mod candidate;
mod chunk;
mod clause;
mod coordination;
mod features;
mod finite;
mod frame;
mod inversion;
mod nonfinite;
mod parsed;
mod predicate;
mod repair;
mod subject;
mod when;

pub(crate) use clause::{Clause, ClauseForm, ClauseKind, Mood, Subject, Tense};

pub(crate) use parsed::Parsed;

use crate::pos::PennTag;
use std::ops::Range;

/// Clauses of one sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Syntax {
    /// Clauses of the sentence, ordered by their verbs.
    pub clauses: Vec<Clause>,
}

impl Syntax {
    /// Finds the clauses of a sentence of `words` with their `tags`. If one list is longer, its extra items are
    /// ignored.
    #[must_use]
    pub(crate) fn of(words: &[&str], tags: &[PennTag]) -> Self {
        let length = words.len().min(tags.len());
        let (words, tags) = (words.get(..length).unwrap_or_default(), tags.get(..length).unwrap_or_default());
        let repaired = repair::tags(words, tags);
        let sentence = Tagged { words, tags: repaired.as_deref().unwrap_or(tags) };
        Self { clauses: frame::Parser::new(&sentence).parse() }
    }

    /// Returns the extent of a clause together with the clauses coordinated with it.
    #[must_use]
    pub(crate) fn joined_extent(&self, clause: &Clause) -> Range<usize> {
        /// Maximum distance, in clauses, to a coordinated clause.
        const NEAR: usize = 32;
        let mut last = self.clauses.iter().position(|other| std::ptr::eq(other, clause));
        let mut end = clause.extent.end;
        for (index, next) in self.clauses.iter().enumerate().skip(last.map_or(0, |last| last + 1)).take(NEAR) {
            if next.joined.is_some() && next.joined == last {
                last = Some(index);
                end = end.max(next.extent.end);
            }
        }
        clause.extent.start..end
    }

    /// Returns the index of the innermost clause that contains token `at`.
    #[must_use]
    pub(crate) fn clause_at(&self, at: usize) -> Option<usize> {
        let around = self.clauses.iter().enumerate().filter(|(_, clause)| clause.extent.contains(&at));
        around.min_by_key(|(_, clause)| clause.extent.len()).map(|(index, _)| index)
    }
}

/// Words of one sentence with their tags.
#[derive(Clone, Copy, Debug)]
struct Tagged<'a> {
    words: &'a [&'a str],
    tags: &'a [PennTag],
}

impl Tagged<'_> {
    /// Returns the number of tokens in the sentence.
    #[inline]
    fn len(&self) -> usize {
        self.tags.len()
    }

    /// Returns the word at `at`, or an empty string past the end.
    #[inline]
    fn word(&self, at: usize) -> &str {
        crate::steps::step();
        self.words.get(at).copied().unwrap_or("")
    }

    /// Returns the tag at `at`, or `Period` past the end.
    #[inline]
    fn tag(&self, at: usize) -> PennTag {
        crate::steps::step();
        self.tags.get(at).copied().unwrap_or(PennTag::Period)
    }

    /// Returns whether the word at `at` is `word`, ignoring case.
    #[inline]
    fn is(&self, at: usize, word: &str) -> bool {
        self.word(at).eq_ignore_ascii_case(word)
    }

    /// Returns whether the token at `at` is the apostrophe of a year: "in '75 and in '82". Before a number that counts
    /// something, as in "'75 people came,' he said", it is a quotation mark.
    fn elides_century(&self, at: usize) -> bool {
        let year = self.word(at + 1);
        let counts = is_noun(self.tag(at + 2))
            || matches!(self.tag(at + 2), PennTag::Jj | PennTag::Jjr | PennTag::Jjs | PennTag::Vbn);
        matches!(self.word(at), "'" | "’" | "‘")
            && year.len() == 2
            && year.bytes().all(|byte| byte.is_ascii_digit())
            && !counts
    }

    /// Returns whether the token at `at` is an adverb or particle.
    #[inline]
    fn is_adverb(&self, at: usize) -> bool {
        matches!(self.tag(at), PennTag::Rb | PennTag::Rbr | PennTag::Rbs | PennTag::Rp)
    }

    /// Returns whether the word at `at` is a reflexive pronoun: "itself".
    fn is_reflexive(&self, at: usize) -> bool {
        let word = self.word(at);
        self.tag(at) == PennTag::Prp && (word.ends_with("self") || word.ends_with("selves"))
    }

    /// Returns whether the token at `at` is a punctuation mark.
    #[inline]
    fn is_mark(&self, at: usize) -> bool {
        matches!(
            self.tag(at),
            PennTag::Comma
                | PennTag::Period
                | PennTag::Colon
                | PennTag::OpenBracket
                | PennTag::CloseBracket
                | PennTag::OpenQuote
                | PennTag::CloseQuote
                | PennTag::Hyphen
        )
    }

    /// Returns `range` without punctuation at either end, and without conjunctions or a bracketed reference at the end.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let range = self.without_marks(range);
        // Drop a bracketed reference at the end, such as "[6]".
        if range.end < self.len() && self.tag(range.end) == PennTag::CloseBracket {
            let open = (range.start..range.end).rev().find(|at| self.tag(*at) == PennTag::OpenBracket);
            if let Some(open) = open.filter(|open| *open > range.start) {
                return self.trimmed(range.start..open);
            }
        }
        range
    }

    /// Returns `range` without punctuation at either end or conjunctions at its end.
    fn without_marks(&self, mut range: Range<usize>) -> Range<usize> {
        while range.start < range.end && (self.is_mark(range.end - 1) || self.tag(range.end - 1) == PennTag::Cc) {
            range.end -= 1;
        }
        while range.start < range.end && self.is_mark(range.start) {
            range.start += 1;
        }
        range
    }
}

/// Returns whether `tag` is the tag of a noun or name.
#[inline]
const fn is_noun(tag: PennTag) -> bool {
    matches!(tag, PennTag::Nn | PennTag::Nns | PennTag::Nnp | PennTag::Nnps)
}

#[cfg(test)]
mod tests;
