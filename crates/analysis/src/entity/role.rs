//! Finds people's roles. A role is a person's function or description. It occurs before the name ("Treasury spokesman
//! Ravi Nair"), after it ("Ravi Nair, an adviser to the bank, said") or before a comma ("the bank's chairman, Ravi
//! Nair").

use crate::document::Document;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::name::Name;
use crate::token::TokenKind;
use crate::word_class::WordClass;
use dateline_core::text::Span;
use std::ops::Range;

/// Maximum length of a role, in tokens.
const MAX_LENGTH: usize = 16;
/// Maximum distance from the start of an apposition to its head noun, in tokens.
const HEAD_WITHIN: usize = 8;

/// Maximum length of a description whose noun is not a listed role, in tokens.
const DESCRIBED: usize = 6;

/// Finder of the roles of the people named in a document.
#[derive(Debug)]
pub(super) struct Roles<'a> {
    document: &'a Document<'a>,
    names: &'a [Name],
}

impl<'a> Roles<'a> {
    /// Creates a finder for the roles in a document. `names` must be in text order.
    #[must_use]
    pub(super) const fn new(document: &'a Document<'a>, names: &'a [Name]) -> Self {
        Self { document, names }
    }

    /// Finds a person's role in the words around the name. Returns the byte span of the role.
    #[must_use]
    #[inline]
    pub(super) fn of(&self, name: &Range<usize>) -> Option<Span> {
        let sentence = self.document.sentence_of(name.start)?;
        let sentence = self.document.sentences.get(sentence)?.tokens.clone();
        let tokens = self
            .before(name, &sentence)
            .or_else(|| self.after(name, &sentence))
            .or_else(|| self.before_comma(name, &sentence))?;
        Some(self.document.span(tokens))
    }

    #[inline]
    fn word(&self, index: usize) -> &'a str {
        self.document.word(index)
    }

    fn kinds(&self, index: usize) -> Kinds {
        self.document.resources.names().of(self.word(index))
    }

    /// Returns whether a token is a listed role, or a title more specific than "Mr".
    fn is_role(&self, index: usize) -> bool {
        let kinds = self.kinds(index);
        kinds.any(Kinds::ROLE)
            || (kinds.any(Kinds::TITLE)
                && self.word(index).starts_with(char::is_uppercase)
                && !lists::PLAIN_TITLES.contains_any_case(self.word(index)))
    }

    /// Returns the tokens of the name that ends right before token `end`.
    fn name_ending(&self, end: usize) -> Option<Range<usize>> {
        let at = self.names.partition_point(|name| name.tokens.end < end);
        self.names.get(at).filter(|name| name.tokens.end == end).map(|name| name.tokens.clone())
    }

    fn is_word(&self, index: usize) -> bool {
        self.document.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// Finds a role right before the name: "Azerbaijan Ministry of Defense spokesman".
    fn before(&self, name: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
        let last = name.start.checked_sub(1).filter(|last| sentence.contains(last) && self.is_role(*last))?;
        let mut start = last;
        while start > sentence.start && name.start - start < MAX_LENGTH {
            let previous = start - 1;
            if let Some(other) = self.name_ending(start) {
                start = other.start;
            } else if self.is_possessive(previous) || self.is_modifier(previous) {
                start = previous;
            } else {
                break;
            }
        }
        while start < last && matches!(self.word(start), "and" | "of" | "for" | "new" | "then" | "'s" | "’s") {
            start += 1;
        }
        Some(start..name.start)
    }

    /// Returns whether a token is the possessive "'s" of a name.
    fn is_possessive(&self, index: usize) -> bool {
        matches!(self.word(index), "'s" | "’s") && self.name_ending(index).is_some()
    }

    #[inline]
    fn is_modifier(&self, index: usize) -> bool {
        self.is_word(index)
            && (self.is_role(index)
                || self.document.resources.names().is_role_modifier(self.word(index))
                || self.kinds(index).any(Kinds(Kinds::DEMONYM.0 | Kinds::ORGANISATION_WORD.0)))
    }

    /// Finds a role between commas after the name, such as ", an adviser to the bank,". Skips an age before the role.
    fn after(&self, name: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
        let mut start = name.end;
        while matches!(self.word(start), "," | "(" | "–" | "—") && start < sentence.end {
            start += 1;
            let number = self.document.tokens.get(start).is_some_and(|token| token.kind == TokenKind::Number);
            if number && matches!(self.word(start + 1), "," | ")") {
                start += 1;
            }
        }
        if start == name.end {
            return None;
        }
        let end = self.phrase_end(start, sentence);
        let range = start..end;
        // In "Ana Ode, 61, showed nothing as Judge …", a clause follows the age, not a role.
        if range.clone().any(|index| self.document.classes.get(index).is_some_and(|class| class.is_finite())) {
            return None;
        }
        self.checked(range.clone()).or_else(|| self.described(range))
    }

    /// Accepts an apposition to a person that begins with an article, regardless of its noun: "a retired docker", "the
    /// diver who …".
    fn described(&self, range: Range<usize>) -> Option<Range<usize>> {
        let class = |index: usize| self.document.classes.get(index).copied();
        let defined = self.word(range.start) == "the" && self.word(range.end) == "who";
        let article = defined || matches!(self.word(range.start), "a" | "an");
        let head = (range.start + 1..range.end)
            .take_while(|index| class(*index).is_some_and(|class| class.is_noun() || class == WordClass::Adjective))
            .last()?;
        let person = class(head) == Some(WordClass::Noun) && !self.is_of_time(head);
        let closed = matches!(self.word(range.end), "," | "." | ")" | ";" | "who" | "–" | "—");
        (article && person && closed && range.len() <= DESCRIBED).then_some(range)
    }

    /// Returns whether a token is a time noun. A phrase with such a noun does not describe a person: "Ravi Nair, a year
    /// later".
    fn is_of_time(&self, index: usize) -> bool {
        lists::TIME_NOUNS.contains(self.word(index)) || self.kinds(index).any(Kinds::CALENDAR)
    }

    /// Returns the end of the noun phrase from `start`: the next punctuation mark, relative pronoun or reporting verb.
    fn phrase_end(&self, start: usize, sentence: &Range<usize>) -> usize {
        let limit = sentence.end.min(start + MAX_LENGTH);
        let mut end = start;
        while end < limit {
            let word = self.word(end);
            let mark = self.document.tokens.get(end).is_some_and(|token| token.kind == TokenKind::Mark)
                && !lists::ROLE_MARKS.contains(word);
            let stops = lists::ROLE_ENDERS.contains(word);
            if mark
                || stops
                || (end > start && self.document.resources.lexicon().is_reporting(word) && !self.is_role(end))
            {
                break;
            }
            end += 1;
        }
        end
    }

    /// Accepts a range if a role occurs among its first words and before any preposition.
    fn checked(&self, range: Range<usize>) -> Option<Range<usize>> {
        let head = range.clone().take(HEAD_WITHIN).take_while(|index| !lists::ROLE_JOINERS.contains(self.word(*index)));
        let headed = head.clone().any(|index| self.is_role(index));
        (headed && self.name_ending(range.end) != Some(range.clone())).then_some(range)
    }

    /// Finds a role before a comma and the name: "the bank's chairman, ".
    fn before_comma(&self, name: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
        // Skip the title in "Kestrel's chairman, Dame Ana Ode".
        let plain = |at: &usize| lists::PLAIN_TITLES.contains_any_case(self.word(*at));
        let start = (sentence.start..name.start).rev().take_while(plain).last().unwrap_or(name.start);
        let comma = start.checked_sub(1).filter(|at| sentence.contains(at) && self.word(*at) == ",")?;
        let floor = sentence.start.max(comma.saturating_sub(MAX_LENGTH));
        let mut start = comma;
        for index in (floor..comma).rev() {
            let word = self.word(index);
            if self.document.tokens.get(index).is_some_and(|token| token.kind != TokenKind::Word) {
                break;
            }
            let opens = lists::ROLE_OPENERS.contains(word);
            // In "a house where Ode's brother, Leo Ode, lives", the role begins after "where".
            let relative = lists::RELATIVE_ADVERBS.contains(word);
            if relative || self.document.resources.lexicon().is_reporting(word) && !self.is_role(index) {
                break;
            }
            start = index;
            if opens && let Some(role) = self.checked(index..comma).or_else(|| self.described(index..comma)) {
                return Some(role);
            }
        }
        // A name in the possessive may begin the role: "Port Ostrel's mayor, Ana Ode".
        let owned = (start..comma).rev().find(|index| self.is_possessive(*index));
        if let Some(owner) = owned.and_then(|clitic| self.name_ending(clitic)) {
            return self.checked(owner.start..comma);
        }
        // A role without an article ("Bank chairman, Ravi Nair") must begin the sentence.
        (start == sentence.start && start < comma).then(|| self.checked(start..comma)).flatten()
    }
}
