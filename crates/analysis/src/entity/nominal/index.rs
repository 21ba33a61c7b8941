//! Index of a story's entities by the properties that descriptions mention, so that the cost of a description does not
//! grow with the text before it.

use super::super::{Entity, Gender, gender};
use super::person::Person;
use super::thing::Thing;
use crate::document::Document;
use crate::hash::{Map, exact, sequence};
use crate::lexicon::names::DescriptionKind;
use dateline_core::text::Span;

/// Maximum distance from a noun back to its article, in tokens: "a former trade minister".
const ARTICLE_WITHIN: usize = 3;

/// Entities by the properties that descriptions mention. In each list, entities are ordered by first mention.
pub(super) struct EntityIndex {
    /// Byte span of every mention with the index of its entity, in text order.
    pub named: Vec<(Span, usize)>,
    /// For each entity, the positions of its mentions in `named`.
    mentions: Vec<Vec<usize>>,
    /// People by their age as written in the story, hashed.
    ages: Map<Vec<usize>>,
    /// People by the folded hash of a role noun. The gender of the noun agrees with theirs.
    roles: Map<Vec<usize>>,
    /// People by a place that they come from, hashed.
    places: Map<Vec<usize>>,
    /// For companies, countries and cities, the number of mentions of the entity of this kind that has been mentioned most,
    /// with the byte where the last of these mentions ends. Each entry has one mention more than the previous one.
    most: [Vec<usize>; 3],
}

impl EntityIndex {
    /// Builds the index. `people` and `things` have the properties of each entity.
    pub(super) fn new(document: &Document<'_>, entities: &[Entity], people: &[Person], things: &[Thing]) -> Self {
        let each = entities.iter().enumerate();
        let mut named: Vec<(Span, usize)> =
            each.flat_map(|(index, entity)| entity.mentions.iter().map(move |mention| (mention.span, index))).collect();
        named.sort_unstable();
        let mut mentions: Vec<Vec<usize>> = vec![Vec::new(); entities.len()];
        let mut most: [Vec<usize>; 3] = Default::default();
        let (mut ages, mut roles, mut places) = (Map::default(), Map::default(), Map::default());
        let names = document.resources.names();
        for (position, (span, entity)) in named.iter().enumerate() {
            let Some((own, person)) = mentions.get_mut(*entity).zip(people.get(*entity)) else { continue };
            own.push(position);
            if let Some(most) = things.get(*entity).and_then(Thing::kind).and_then(slot).map(|slot| &mut most[slot])
                && own.len() > most.len()
            {
                most.push(span.end);
            }
            if own.len() > 1 {
                continue;
            }
            for age in &person.ages {
                add(&mut ages, exact(age), *entity);
            }
            for place in &person.places {
                add(&mut places, sequence(place), *entity);
            }
            for role in &person.roles {
                if genders_agree(gender::of_title(names.word(*role)), person.gender) {
                    add(&mut roles, *role, *entity);
                }
            }
        }
        Self { named, mentions, ages, roles, places, most }
    }

    /// Returns the number of people with a role.
    pub(super) fn count_with_role(&self, role: u64) -> usize {
        self.roles.get(&role).map_or(0, Vec::len)
    }

    /// Returns the only person with an age who is named before byte `at`.
    pub(super) fn aged(&self, age: &str, at: usize) -> Option<usize> {
        self.only(self.ages.get(&exact(age)).into_iter(), at)
    }

    /// Returns the only person with a role who is named before byte `at`.
    pub(super) fn with_role(&self, role: u64, at: usize) -> Option<usize> {
        self.only(self.roles.get(&role).into_iter(), at)
    }

    /// Returns the only person from one of `places` who is named before byte `at`.
    pub(super) fn from(&self, places: &[Vec<u64>], at: usize) -> Option<usize> {
        self.only(places.iter().filter_map(|place| self.places.get(&sequence(place))), at)
    }

    /// Returns the entity in one of `lists` that is named before byte `at`, if there is exactly one.
    fn only<'s>(&'s self, lists: impl Iterator<Item = &'s Vec<usize>>, at: usize) -> Option<usize> {
        let is_named = |entity: &&usize| self.first_end(**entity).is_some_and(|end| end <= at);
        let mut found = lists.flat_map(|list| list.iter().take_while(is_named).take(2));
        let first = found.next()?;
        found.all(|other| other == first).then_some(*first)
    }

    /// Returns the byte where the first mention of an entity ends.
    fn first_end(&self, entity: usize) -> Option<usize> {
        self.named.get(*self.mentions.get(entity)?.first()?).map(|(span, _)| span.end)
    }

    /// Returns the number of mentions that end before byte `at`.
    pub(super) fn count_before(&self, at: usize) -> usize {
        self.named.partition_point(|(span, _)| span.end <= at)
    }

    /// Returns the last mention of an entity that ends before byte `at`.
    pub(super) fn last_before(&self, entity: usize, at: usize) -> Option<Span> {
        let own = self.mentions.get(entity)?;
        let count = own.partition_point(|position| *position < self.count_before(at));
        self.named.get(*own.get(count.checked_sub(1)?)?).map(|(span, _)| *span)
    }

    /// Returns whether another entity of a kind is mentioned more often than `entity` before byte `at`.
    pub(super) fn has_rival(&self, kind: DescriptionKind, entity: usize, at: usize) -> bool {
        let Some(most) = slot(kind).map(|slot| &self.most[slot]) else { return false };
        let before = self.count_before(at);
        let own = self.mentions.get(entity).map_or(0, |own| own.partition_point(|position| *position < before));
        most.partition_point(|end| *end <= at) > own
    }
}

/// Returns the position of a kind in [`EntityIndex::most`].
const fn slot(kind: DescriptionKind) -> Option<usize> {
    match kind {
        DescriptionKind::Company => Some(0),
        DescriptionKind::Country => Some(1),
        DescriptionKind::City => Some(2),
        DescriptionKind::Own | DescriptionKind::Nothing => None,
    }
}

/// Returns whether a noun of this gender can refer to a person of that gender.
pub(super) fn genders_agree(noun: Gender, person: Gender) -> bool {
    noun == Gender::Unknown || person == Gender::Unknown || person == noun
}

/// Adds an entity to the list of `key`, unless it is the last entity added.
fn add(lists: &mut Map<Vec<usize>>, key: u64, entity: usize) {
    let list = lists.entry(key).or_default();
    if list.last() != Some(&entity) {
        list.push(entity);
    }
}

/// Nouns with an indefinite article, as in "a minister": the hash of the noun without case, its token and the token of
/// the article. Sorted.
pub(super) struct IndefiniteNouns(Vec<(u64, usize, usize)>);

impl IndefiniteNouns {
    /// Finds the nouns of a document. Every word shortly after the article counts as its noun.
    pub(super) fn new(document: &Document<'_>) -> Self {
        let mut found = Vec::new();
        let mut article = None;
        for index in 0..document.tokens.len() {
            let word = document.word(index);
            if let Some(article) = article.filter(|article| index - article <= ARTICLE_WITHIN) {
                found.push((without_case(word), index, article));
            }
            if matches!(word, "a" | "A" | "an" | "An" | "another" | "Another" | "one" | "One") {
                article = Some(index);
            }
        }
        found.sort_unstable();
        Self(found)
    }

    /// Returns the articles of a noun whose token is in `tokens`.
    pub(super) fn articles(&self, noun: &str, tokens: std::ops::Range<usize>) -> impl Iterator<Item = usize> + '_ {
        let noun = without_case(noun);
        let first = self.0.partition_point(|(other, index, _)| (*other, *index) < (noun, tokens.start));
        let own = self.0.iter().skip(first).take_while(move |(other, index, _)| *other == noun && *index < tokens.end);
        own.map(|(_, _, article)| *article)
    }
}

/// Hashes a word, ignoring the case of its ASCII letters.
fn without_case(word: &str) -> u64 {
    exact(&word.to_ascii_lowercase())
}
