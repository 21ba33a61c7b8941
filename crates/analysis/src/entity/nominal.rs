//! Resolves definite descriptions to named entities: "the 41-year-old", "the Frenchman", "the minister" if there is
//! only one, "the company" if only one was just named. Ambiguous descriptions remain unresolved.

mod index;
mod person;
mod thing;

use super::{Entity, EntityKind, Mention, MentionKind};
use crate::document::Document;
use crate::hash::{Set, folded};
use crate::lexicon::lists;
use crate::lexicon::names::{DescriptionKind, Kinds};
use crate::word_class::WordClass;
use dateline_core::text::Span;
use index::{EntityIndex, IndefiniteNouns, genders_agree};
use person::Person;
use std::ops::Range;
use thing::Thing;

/// Maximum distance from a description back to the name that it refers to, in sentences.
const MAX_DISTANCE: usize = 2;

/// Adds a mention to an entity for every description that refers to it.
pub(super) fn link(document: &Document<'_>, entities: &mut [Entity], unrelated_captions: &[usize]) {
    let resolver = NominalResolver::new(document, entities);
    let mut found: Vec<(usize, Mention)> = Vec::new();
    for (number, sentence) in document.sentences.iter().enumerate() {
        if unrelated_captions.binary_search(&sentence.block).is_ok() {
            continue;
        }
        for article in sentence.tokens.clone().filter(|index| matches!(document.word(*index), "the" | "The")) {
            let Some((entity, tokens)) = resolver.referent(number, article + 1) else { continue };
            found.push((entity, Mention { span: document.span(article..tokens.end), kind: MentionKind::Nominal }));
        }
    }
    for (entity, mention) in found {
        if let Some(entity) = entities.get_mut(entity) {
            insert(&mut entity.mentions, mention);
        }
    }
}

/// Resolver of definite descriptions, with the properties of a story's entities.
struct NominalResolver<'a> {
    document: &'a Document<'a>,
    people: Vec<Person>,
    things: Vec<Thing>,
    kinds: Vec<EntityKind>,
    index: EntityIndex,
    /// Nouns introduced by an indefinite article.
    introduced: IndefiniteNouns,
    /// Folded hashes of the lower-case words that end in "s". If these include "ministers", "the minister" may be any
    /// of several people.
    plurals: Set,
}

impl<'a> NominalResolver<'a> {
    fn new(document: &'a Document<'a>, entities: &[Entity]) -> Self {
        let people: Vec<Person> = entities.iter().map(|entity| Person::new(document, entity)).collect();
        let things: Vec<Thing> = entities.iter().map(|entity| Thing::new(document, entity)).collect();
        Self {
            document,
            index: EntityIndex::new(document, entities, &people, &things),
            introduced: IndefiniteNouns::new(document),
            people,
            things,
            kinds: entities.iter().map(|entity| entity.kind).collect(),
            plurals: (0..document.tokens.len())
                .map(|index| document.word(index))
                .filter(|word| word.ends_with('s') && word.starts_with(char::is_lowercase))
                .map(folded)
                .collect(),
        }
    }

    /// Finds the entity that a description refers to. Token `index` is the first word of the description after the
    /// article. Also returns the tokens of the description.
    fn referent(&self, sentence: usize, index: usize) -> Option<(usize, Range<usize>)> {
        let word = self.document.word(index);
        let kinds = self.document.resources.names().of(word);
        let at = self.document.tokens.get(index)?.span.start;
        if self.names_at_once(index) {
            return None;
        }
        if let Some(age) = word.strip_suffix("-year-old") {
            let tokens = index..self.after_age(index + 1);
            let whole = self.ends_phrase(tokens.end - 1);
            let entity = self.index.aged(age, at).or_else(|| {
                // An age that the story has not mentioned yet refers to the only person just named: "Elena Garcia won
                // the race on Sunday. The 28-year-old had never run so fast."
                let ageless = |index: &usize| self.people.get(*index).is_some_and(|person| person.ages.is_empty());
                only(self.recent(sentence, at), |index| self.is_person(*index)).filter(ageless)
            });
            return entity.filter(|_| whole).map(|entity| (entity, tokens));
        }
        if !self.ends_phrase(index) {
            return None;
        }
        let entity = if word.starts_with(char::is_uppercase) {
            self.compatriot(sentence, at, word)
        } else if kinds.any(Kinds::ROLE) {
            self.holder(sentence, index, at).or_else(|| self.thing(sentence, index, at))
        } else {
            self.thing(sentence, index, at)
        };
        entity.map(|entity| (entity, index..index + 1))
    }

    fn is_person(&self, index: usize) -> bool {
        self.kinds.get(index) == Some(&EntityKind::Person)
    }

    /// Finds the person with the role named by token `index`: the only one in the story, or else the only one just
    /// named.
    fn holder(&self, sentence: usize, index: usize, at: usize) -> Option<usize> {
        let noun = self.document.word(index);
        let role = folded(noun);
        if self.document.resources.names().described(role) == Some(DescriptionKind::Nothing) {
            return None;
        }
        let entity = match self.index.count_with_role(role) {
            0 => return None,
            1 if !self.plurals.contains(&folded(&format!("{noun}s"))) => self.index.with_role(role, at)?,
            _ => {
                let gender = super::gender::of_title(self.document.resources.names().word(role));
                let fits = |person: &Person| person.roles.contains(&role) && genders_agree(gender, person.gender);
                only(self.recent(sentence, at), |index| self.people.get(*index).is_some_and(fits))?
            }
        };
        (!self.another(entity, index)).then_some(entity)
    }

    /// Finds the only person of a nationality: "the Frenchman".
    fn compatriot(&self, sentence: usize, at: usize, word: &str) -> Option<usize> {
        let places = self.document.resources.names().demonyms().places(word);
        let adjective = ["sh", "ch", "ese", "ss"].iter().any(|ending| word.ends_with(ending));
        let plural = word.ends_with(['s', 'S']) || word.ends_with("men");
        if places.is_empty() || adjective || plural {
            return None;
        }
        let hails = |index: &usize| {
            let from = self.people.get(*index).map_or(&[][..], |person| &person.places);
            from.iter().any(|place| places.contains(place))
        };
        self.index.from(places, at).or_else(|| only(self.recent(sentence, at), hails))
    }

    /// Finds the antecedent if only one candidate was just named: a company, country or city, or a name that contains
    /// the same noun.
    fn thing(&self, sentence: usize, index: usize, at: usize) -> Option<usize> {
        let noun = self.document.word(index);
        let wanted = self.document.resources.names().described(folded(noun))?;
        let fits = |index: &usize| self.things.get(*index).is_some_and(|thing| thing.fits(wanted, noun));
        let entity = only(self.recent(sentence, at), fits)?;
        // If the story names another candidate more often, the description is ambiguous.
        let rivalled = wanted != DescriptionKind::Own && self.index.has_rival(wanted, entity, at);
        (!rivalled && !self.another(entity, index)).then_some(entity)
    }

    /// Returns the mentions that end before byte `at`.
    #[inline]
    fn before(&self, at: usize) -> &[(Span, usize)] {
        self.index.named.get(..self.index.count_before(at)).unwrap_or_default()
    }

    /// Returns the mentions before byte `at` that are in the same sentence or shortly before it.
    fn recent(&self, sentence: usize, at: usize) -> &[(Span, usize)] {
        let sentences = &self.document.sentences;
        let block = sentences.get(sentence).map_or(0, |sentence| sentence.block);
        let near = |index: &usize| sentences.get(*index).is_some_and(|other| other.block + 1 >= block);
        let first = (sentence.saturating_sub(MAX_DISTANCE)..=sentence).find(near).unwrap_or(sentence);
        let start = sentences.get(first).map_or(at, |sentence| sentence.span.start);
        let before = self.before(at);
        before.get(before.partition_point(|(span, _)| span.start < start)..).unwrap_or_default()
    }

    /// Returns whether the same noun has introduced another entity ("a minister") since `entity` was last named. An
    /// apposition to `entity` itself does not count ("Ode, a minister").
    fn another(&self, entity: usize, index: usize) -> bool {
        let document = self.document;
        let Some(at) = document.tokens.get(index).map(|token| token.span.start) else { return false };
        let last = self.index.last_before(entity, at);
        let start = last.map_or(index, |last| document.tokens_in(last).end);
        let mut articles = self.introduced.articles(document.word(index), start..index);
        articles.any(|article| article != start + 1 || document.word(start) != ",")
    }

    /// Returns the index after the noun that follows an age, as in "the 41-year-old driver". Returns `index` itself if
    /// no noun follows.
    fn after_age(&self, index: usize) -> usize {
        let word = self.document.word(index);
        let noun = self.document.resources.names().of(word).any(Kinds::ROLE) || lists::PEOPLE.contains(word);
        if noun { index + 1 } else { index }
    }

    /// Returns whether a name follows the description after a comma. In "the minister, Ana Ruiz," the description
    /// refers only to her.
    fn names_at_once(&self, index: usize) -> bool {
        let follows = |at: usize| self.document.tokens.get(at).map(|token| token.span.start);
        let (Some(start), Some(end)) = (follows(index + 2), follows(index + 6)) else { return false };
        let first = self.index.named.partition_point(|(span, _)| span.start < start);
        let near = self.index.named.get(first).is_some_and(|(span, _)| span.start < end);
        self.document.word(index + 1) == "," && near
    }

    /// Returns whether the noun phrase ends with token `index`. It continues if a noun, a name or a restrictive
    /// modifier follows.
    fn ends_phrase(&self, index: usize) -> bool {
        let next = self.document.word(index + 1);
        let within = self.document.sentence_of(index) == self.document.sentence_of(index + 1);
        let names_on = next.starts_with(char::is_uppercase)
            || matches!(next, "-" | "–" | "/")
            || self.document.resources.names().of(next).any(Kinds::ROLE)
            || matches!(
                self.document.classes.get(index + 1),
                Some(WordClass::Noun | WordClass::NounPlural | WordClass::Proper | WordClass::VerbGerund)
            );
        let says_which = lists::RESTRICTIVE.contains(next);
        !within || !(names_on || says_which)
    }
}

/// Inserts a mention in text order, unless it overlaps another.
fn insert(mentions: &mut Vec<Mention>, mention: Mention) {
    let at = mentions.partition_point(|other| other.span.start < mention.span.start);
    let free = mentions.get(at).is_none_or(|next| !next.span.overlaps(mention.span))
        && at
            .checked_sub(1)
            .and_then(|before| mentions.get(before))
            .is_none_or(|other| !other.span.overlaps(mention.span));
    if free {
        mentions.insert(at, mention);
    }
}

/// Returns the entity that fits, if exactly one of the entities named does.
fn only(named: &[(Span, usize)], fits: impl Fn(&usize) -> bool) -> Option<usize> {
    let mut fitting = named.iter().map(|(_, index)| *index).filter(|index| fits(index));
    let first = fitting.next()?;
    fitting.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests;
