//! Finds people's roles. A role is a person's function or description. It occurs before the name ("Treasury spokesman
//! Ravi Nair"), after it ("Ravi Nair, an adviser to the bank, said") or before a comma ("the bank's chairman, Ravi
//! Nair").

use super::EntityKind;
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
        let before = self.before(name, &sentence);
        // "The vicar" says more than "Rev" in "The vicar, the Rev Ana Ode".
        let title = before.clone().filter(|role| role.clone().all(|index| self.kinds(index).any(Kinds::TITLE)));
        let tokens = (before.filter(|_| title.is_none()))
            .or_else(|| self.after(name, &sentence))
            .or_else(|| self.before_comma(name, &sentence))
            .or_else(|| self.before_naming(name, &sentence))
            .or_else(|| self.owned(name, &sentence))
            .or_else(|| self.predicated(name, &sentence))
            .or(title)?;
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
            } else if self.is_possessive(previous) || self.is_modifier(previous) || self.is_compound(start, last) {
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

    /// Returns whether the token before `start` belongs to the compound noun that ends with the role at `last`: "race" in
    /// "race director".
    fn is_compound(&self, start: usize, last: usize) -> bool {
        let class = |index: usize| self.document.classes.get(index).copied();
        let previous = start - 1;
        start == last
            && class(previous) == Some(WordClass::Noun)
            && self.is_word(previous)
            && self.word(previous).starts_with(char::is_lowercase)
            && !self.is_of_time(previous)
    }

    /// Finds a description before "named" or "called" and the name: "an engineer named Ana Ode".
    fn before_naming(&self, name: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
        let naming = name.start.checked_sub(1).filter(|at| sentence.contains(at))?;
        if !matches!(self.word(naming), "named" | "called") {
            return None;
        }
        let floor = sentence.start.max(naming.saturating_sub(DESCRIBED));
        let article = (floor..naming).rev().find(|index| matches!(self.word(*index), "a" | "an" | "A" | "An"))?;
        let head = self.head(article + 1..naming)?;
        (head + 1 == naming).then_some(article..naming)
    }

    /// Finds a description between the pronoun for its owner and the name: "her training partner and namesake Ana Ode".
    fn owned(&self, name: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
        let class = |index: usize| self.document.classes.get(index).copied();
        let last = name.start.checked_sub(1).filter(|last| sentence.contains(last))?;
        let floor = sentence.start.max(name.start.saturating_sub(DESCRIBED));
        let owner = (floor..last).rev().find(|index| lists::OWNERS.contains(self.word(*index)))?;
        let described = (owner + 1..last).all(|index| {
            self.word(index) == "and"
                || class(index).is_some_and(|class| class == WordClass::Noun || class == WordClass::Adjective)
        });
        let head = class(last) == Some(WordClass::Noun) && !self.is_of_time(last) && self.is_word(last);
        (described && head).then_some(owner..name.start)
    }

    /// Finds a role in a predicate after the name: "Ana Ode is the mayor of Tarn", "Ana Ode, who became chief of the
    /// agency in May,".
    fn predicated(&self, name: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
        // In "a club of which Ode was a member", the predicate has another subject.
        let mut at = name.end;
        if self.word(at) == "," && self.word(at + 1) == "who" {
            at += 2;
        } else if name.start != sentence.start {
            return None;
        }
        if !matches!(self.word(at), "is" | "was" | "became") {
            return None;
        }
        let start = at + 1;
        let mut end = self.phrase_end(start, sentence);
        // The time of the change is not part of the role: "in March".
        let timed = |index: &usize| {
            matches!(self.word(*index), "in" | "on" | "since" | "from" | "for" | "until" | "at" | "when" | "after")
                && (self.is_of_time(index + 1) || self.is_of_time(index + 2) || self.is_number(index + 1))
        };
        end = (start..end).find(timed).unwrap_or(end);
        let article = matches!(self.word(start), "a" | "an" | "the");
        let role = self.checked(start..end)?;
        let headed = article || self.is_role(start) || self.is_modifier(start);
        (headed && end > start).then_some(role)
    }

    fn is_number(&self, index: usize) -> bool {
        self.document.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// Returns the head of the noun phrase at the beginning of `range`, which must be a singular noun for a person and
    /// not for a time.
    fn head(&self, range: Range<usize>) -> Option<usize> {
        let class = |index: usize| self.document.classes.get(index).copied();
        let inside = |index: &usize| {
            class(*index).is_some_and(|class| class.is_noun() || class == WordClass::Adjective)
                || self.word(*index).ends_with("-year-old")
        };
        let head = range.take_while(inside).last()?;
        (class(head) == Some(WordClass::Noun) && !self.is_of_time(head)).then_some(head)
    }

    /// Finds a role between commas after the name, such as ", an adviser to the bank,". Skips an age before the role.
    fn after(&self, name: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
        let mut start = name.end;
        while matches!(self.word(start), "," | "(" | "–" | "—") && start < sentence.end {
            start += 1;
            if self.is_number(start) && matches!(self.word(start + 1), "," | ")") {
                start += 1;
            }
        }
        if start == name.end {
            return None;
        }
        let end = self.phrase_end(start, sentence);
        let range = start..end;
        if self.is_of_next(&range) {
            return None;
        }
        // In "Ana Ode, 61, showed nothing as Judge …", a clause follows the age, not a role.
        if range.clone().any(|index| self.document.classes.get(index).is_some_and(|class| class.is_finite())) {
            return None;
        }
        self.checked(range.clone()).or_else(|| self.described(range))
    }

    /// Returns whether a phrase after a name describes the person named at its own end: "serial killer Joe Pell" in "Ana Ode,
    /// serial killer Joe Pell and others".
    fn is_of_next(&self, range: &Range<usize>) -> bool {
        let at = self.names.partition_point(|name| name.tokens.start <= range.start);
        let next = self.names.get(at).filter(|name| name.kind == EntityKind::Person && name.tokens.start < range.end);
        let describes = |index: usize| {
            let class = self.document.classes.get(index);
            self.is_word(index) && class.is_some_and(|class| class.is_noun() || *class == WordClass::Adjective)
        };
        next.is_some_and(|name| (range.start..name.tokens.start).all(describes))
    }

    /// Accepts an apposition to a person that begins with an article, regardless of its noun: "a retired docker", "the
    /// diver who …".
    fn described(&self, range: Range<usize>) -> Option<Range<usize>> {
        let defined = self.word(range.start) == "the" && self.word(range.end) == "who";
        let article = defined || matches!(self.word(range.start), "a" | "an" | "A" | "An");
        let head = self.head(range.start + 1..range.end)?;
        let personal = lists::PERSON_NOUN_ENDINGS.iter().any(|ending| self.word(head).ends_with(ending));
        let closed = matches!(self.word(range.end), "," | "." | ")" | ";" | "who" | "–" | "—");
        (article && closed && (range.len() <= DESCRIBED || personal)).then_some(range)
    }

    /// Accepts a short definite phrase before a name between commas, regardless of its noun: "The vicar, the Rev Ana Ode,
    /// said".
    fn apposed(&self, range: Range<usize>, name: &Range<usize>) -> Option<Range<usize>> {
        /// Maximum length of the phrase, in tokens: "the parish clerk".
        const SHORT: usize = 3;
        let definite = matches!(self.word(range.start), "the" | "The") && range.len() <= SHORT;
        // In "across the water, Ana Ode, who", the phrase belongs to the preposition.
        let opens = range.start.checked_sub(1).is_none_or(|before| !self.is_word(before));
        let head = self.head(range.start + 1..range.end)?;
        (definite && opens && head + 1 == range.end && self.word(name.end) == ",").then_some(range)
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
        // In "the painter of whom only 35 pictures are known", the clause begins with the preposition.
        if self.word(end) == "whom" && end > start + 1 { end - 1 } else { end }
    }

    /// Accepts a range if a role occurs among its first words and before any preposition.
    fn checked(&self, range: Range<usize>) -> Option<Range<usize>> {
        let head = range.clone().take(HEAD_WITHIN).take_while(|index| !lists::ROLE_JOINERS.contains(self.word(*index)));
        let headed = head.clone().any(|index| self.is_role(index));
        (headed && self.name_ending(range.end) != Some(range.clone())).then_some(range)
    }

    /// Returns the beginning of what comes between a comma and the name: of "Norway's" in "The minister, Norway's Ana
    /// Ode", and of "the Rev" in "The vicar, the Rev Ana Ode". Returns `start` if neither precedes it.
    fn before_owner(&self, start: usize, sentence: &Range<usize>) -> usize {
        let Some(last) = start.checked_sub(1).filter(|last| sentence.contains(last)) else { return start };
        if self.is_possessive(last) {
            return self.name_ending(last).map_or(start, |owner| owner.start);
        }
        let title = self.kinds(last).any(Kinds::TITLE) && self.word(last).starts_with(char::is_uppercase);
        match last.checked_sub(1).filter(|article| title && self.word(*article) == "the") {
            Some(article) => article,
            None if title => last,
            None => start,
        }
    }

    /// Finds a role before a comma and the name: "the bank's chairman, ".
    fn before_comma(&self, name: &Range<usize>, sentence: &Range<usize>) -> Option<Range<usize>> {
        // Skip the title in "Kestrel's chairman, Dame Ana Ode".
        let plain = |at: &usize| lists::PLAIN_TITLES.contains_any_case(self.word(*at));
        let start = (sentence.start..name.start).rev().take_while(plain).last().unwrap_or(name.start);
        let start = self.before_owner(start, sentence);
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
            let apposed = || self.apposed(index..comma, name).or_else(|| self.described(index..comma));
            if opens && let Some(role) = self.checked(index..comma).or_else(apposed) {
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
