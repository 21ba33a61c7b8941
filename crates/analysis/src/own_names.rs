//! Names from the user's own lists. The analysis finds them wherever the text has one of their spellings, gives them the
//! listed type, and joins all spellings of a name into one entity.
//!
//! A spelling matches regardless of accents. A word with a capital in the list needs one in the text, and a word in
//! capitals ("IT") must be in capitals there too. All spellings are indexed by their beginnings, so finding them takes
//! one look-up for each word of the text, however long the lists are.

use super::document::Document;
use super::entity::{Entity, Gender, Mention, MentionKind};
use super::hash::{Map, exact, folded, mix};
use super::kind::EntityKind;
use super::lexicon::Lexicon;
use super::name::Name;
use super::token::{TokenKind, tokenize};
use super::word_class::Trait;
use dateline_core::Named as _;
use dateline_core::text::Span;
use std::ops::Range;

/// Name from the user's own lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnName {
    /// Full name, under which the entity is shown.
    pub name: String,
    /// Other spellings of the name.
    pub aliases: Vec<String>,
    /// Type of the named entity.
    pub kind: EntityKind,
    /// Identifier that the list gives, such as "Q64" for a city in Wikidata.
    pub id: Option<String>,
}

impl OwnName {
    /// Returns the full name and the aliases.
    fn spellings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }
}

/// Capitals that a listed word requires in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Capitals {
    /// None.
    None,
    /// The first letter.
    First,
    /// All letters.
    All,
}

impl Capitals {
    /// Returns the capitals of a word.
    fn of(word: &str) -> Self {
        let mut letters = word.chars().filter(|letter| letter.is_alphabetic());
        match letters.next() {
            Some(first) if first.is_uppercase() => {
                let mut rest = letters.peekable();
                let is_long = rest.peek().is_some();
                if is_long && rest.all(char::is_uppercase) { Self::All } else { Self::First }
            }
            _ => Self::None,
        }
    }

    /// Returns whether a word of the text has the required capitals.
    fn allow(self, word: &str) -> bool {
        match self {
            Self::None => true,
            Self::First => Self::of(word) != Self::None,
            Self::All => Self::of(word) == Self::All,
        }
    }
}

/// One spelling of a listed name.
#[derive(Debug)]
struct Spelling {
    /// Index of the name in the lists.
    name: usize,
    /// Capitals required of each word.
    capitals: Vec<Capitals>,
}

/// Place in the text that has a listed spelling: its span, and the index of the name in the lists.
pub(crate) type ListedMention = (Span, usize);

/// Index of the user's own names by their spellings.
#[derive(Debug, Default)]
pub(crate) struct OwnNames {
    names: Vec<OwnName>,
    /// Spellings by the hash of their words. The beginnings of longer spellings are present too, with an empty list if
    /// no spelling ends there.
    beginnings: Map<Vec<Spelling>>,
}

/// Hash of a spelling without words.
const EMPTY: u64 = 1;

impl OwnNames {
    /// Indexes names by their spellings. If two names share a spelling, it belongs to the first of them.
    pub(crate) fn new(names: Vec<OwnName>, lexicon: &Lexicon) -> Self {
        let mut beginnings: Map<Vec<Spelling>> = Map::default();
        for (index, name) in names.iter().enumerate() {
            for spelling in name.spellings() {
                let mut tokens = Vec::new();
                tokenize(spelling, Span::new(0, spelling.len()), lexicon, &mut tokens);
                let words: Vec<&str> = tokens.iter().map(|token| token.span.of(spelling)).collect();
                let mut hash = EMPTY;
                for word in &words {
                    hash = mix(hash, folded(word));
                    beginnings.entry(hash).or_default();
                }
                let capitals = words.iter().map(|word| Capitals::of(word)).collect();
                if let Some(spellings) = beginnings.get_mut(&hash) {
                    spellings.push(Spelling { name: index, capitals });
                }
            }
        }
        Self { names, beginnings }
    }

    /// Adds the listed names to the recognised ones. A name that was also recognised gets its listed type. A spelling
    /// inside a longer recognised name is skipped, because "Orlo" in "Mara Orlo" is not the company. Returns the places
    /// of the listed names, in text order.
    pub(crate) fn mark(&self, document: &Document<'_>, names: &mut Vec<Name>) -> Vec<ListedMention> {
        let mut found = Vec::new();
        if self.names.is_empty() {
            return found;
        }
        for sentence in &document.sentences {
            let mut at = sentence.tokens.start;
            while at < sentence.tokens.end {
                let Some((end, name)) = self.longest(document, at..sentence.tokens.end) else {
                    at += 1;
                    continue;
                };
                let is_first = at == sentence.tokens.start;
                if put(document, names, at..end, self.names[name].kind, is_first) {
                    found.push((document.span(at..end), name));
                }
                at = end;
            }
        }
        found
    }

    /// Returns the end of the longest listed spelling at the beginning of a token range, with the index of its name.
    fn longest(&self, document: &Document<'_>, tokens: Range<usize>) -> Option<(usize, usize)> {
        let start = tokens.start;
        let mut hash = EMPTY;
        let mut found = None;
        for index in tokens {
            hash = mix(hash, folded(document.word(index)));
            let Some(spellings) = self.beginnings.get(&hash) else { break };
            let words = || (start..=index).map(|at| document.word(at));
            let fits = |spelling: &&Spelling| {
                spelling.capitals.len() == words().count()
                    && spelling.capitals.iter().zip(words()).all(|(capitals, word)| capitals.allow(word))
            };
            if let Some(spelling) = spellings.iter().find(fits) {
                found = Some((index + 1, spelling.name));
            }
        }
        found
    }

    /// Joins the entities of one listed name, separates those of different ones, and gives each the name, the type and
    /// the ID of the list.
    pub(crate) fn identify(&self, text: &str, found: &[ListedMention], entities: &mut Vec<Entity>) {
        if found.is_empty() {
            return;
        }
        let listed = |span: Span| {
            let at = found.partition_point(|(other, _)| other.start < span.start);
            found.get(at).filter(|(other, _)| *other == span).map(|(_, name)| *name)
        };
        let mut groups = Groups::default();
        for (old, entity) in entities.drain(..).enumerate() {
            groups.add(old, entity, listed);
        }
        *entities = groups.finish();
        for entity in entities {
            let first = entity.mentions.iter().find_map(|mention| listed(mention.span));
            if let Some(name) = first.and_then(|name| self.names.get(name)) {
                rename(text, entity, name);
            }
        }
    }
}

/// Entities, grouped by listed name.
#[derive(Default)]
struct Groups {
    /// Entities, each with the index of its listed name.
    entities: Vec<(Entity, Option<usize>)>,
    /// For each old index of an entity, its index in `entities`.
    moved: Vec<usize>,
}

impl Groups {
    /// Adds an entity. Its mentions of other listed names go to the entities of those names.
    fn add(&mut self, old: usize, mut entity: Entity, listed: impl Fn(Span) -> Option<usize>) {
        let first = entity.mentions.iter().find_map(|mention| listed(mention.span));
        let own = listed(entity.canonical).or(first);
        let is_own = |mention: &Mention| listed(mention.span).is_none_or(|name| Some(name) == own);
        let (kept, others): (Vec<Mention>, Vec<Mention>) = entity.mentions.iter().copied().partition(is_own);
        for mention in others {
            let split = Entity {
                canonical: mention.span,
                mentions: vec![mention],
                aliases: Vec::new(),
                role: None,
                demonym_of: None,
                ..entity.clone()
            };
            self.put(split, listed(mention.span));
        }
        entity.mentions = kept;
        let index = self.put(entity, own);
        debug_assert_eq!(self.moved.len(), old, "entities are added in order");
        self.moved.push(index);
    }

    /// Adds the mentions of an entity to the entity of the same listed name, or adds the entity. Returns its index.
    fn put(&mut self, entity: Entity, listed: Option<usize>) -> usize {
        let known = self.entities.iter().position(|(_, name)| name.is_some() && *name == listed);
        let Some(known) = known else {
            self.entities.push((entity, listed));
            return self.entities.len() - 1;
        };
        let whole = &mut self.entities[known].0;
        whole.role = whole.role.or(entity.role);
        whole.demonym_of = whole.demonym_of.or(entity.demonym_of);
        if whole.gender == Gender::Unknown {
            whole.gender = entity.gender;
        }
        whole.mentions.extend(entity.mentions);
        whole.mentions.sort_by_key(|mention| mention.span);
        known
    }

    /// Returns the entities in order of first mention.
    fn finish(self) -> Vec<Entity> {
        let Self { entities, moved } = self;
        let mut order: Vec<usize> = (0..entities.len()).collect();
        order.sort_by_key(|index| entities[*index].0.mentions.first().map(|mention| mention.span));
        let mut place = vec![0; order.len()];
        for (new, index) in order.iter().enumerate() {
            place[*index] = new;
        }
        let mut sorted: Vec<(usize, Entity)> =
            entities.into_iter().enumerate().map(|(index, (entity, _))| (place[index], entity)).collect();
        sorted.sort_by_key(|(new, _)| *new);
        let link = |old: usize| moved.get(old).map(|index| place[*index]);
        sorted
            .into_iter()
            .map(|(_, entity)| Entity { demonym_of: entity.demonym_of.and_then(link), ..entity })
            .collect()
    }
}

/// Gives an entity the name, the type and the ID of a list. Its other spellings in the text become aliases.
fn rename(text: &str, entity: &mut Entity, listed: &OwnName) {
    let spelt = |span: Span| dateline_core::text::folded(span.of(text));
    let named = || entity.mentions.iter().filter(|mention| mention.kind == MentionKind::Name);
    let mut aliases: Vec<String> = Vec::new();
    for alias in named().map(|mention| spelt(mention.span)) {
        if alias != listed.name && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    if let Some(full) = named().find(|mention| spelt(mention.span) == listed.name) {
        entity.canonical = full.span;
    }
    entity.aliases = aliases;
    entity.name.clone_from(&listed.name);
    entity.kind = listed.kind;
    entity.id.clone_from(&listed.id);
}

/// Puts a listed name among the recognised ones. Replaces names that it covers or overlaps, unless one of them is
/// longer and covers it. Returns whether the listed name was put there.
fn put(document: &Document<'_>, names: &mut Vec<Name>, tokens: Range<usize>, kind: EntityKind, is_first: bool) -> bool {
    let first = names.partition_point(|name| name.tokens.end <= tokens.start);
    let last = names.partition_point(|name| name.tokens.start < tokens.end).max(first);
    let covers = |name: &Name| {
        name.tokens.start <= tokens.start && tokens.end <= name.tokens.end && name.tokens.len() > tokens.len()
    };
    if names[first..last].iter().any(covers) {
        return false;
    }
    // The capital at the beginning of a sentence does not make a common word a name.
    let is_common = || {
        let senses = document.resources.vocabulary().senses(document.word(tokens.start), TokenKind::Word);
        senses.has(Trait::Listed)
    };
    if first == last && is_first && tokens.len() == 1 && is_common() {
        return false;
    }
    let span = document.span(tokens.clone());
    names.splice(first..last, [Name { span, tokens, kind, confidence: 1.0 }]);
    true
}

/// Returns the version of the results of an analyser that uses these names. Without names, this is
/// [`VERSION`](super::VERSION).
#[must_use]
pub fn version_with(names: &[OwnName]) -> u32 {
    super::VERSION + checksum(names)
}

/// Number of bits of [`VERSION`](super::VERSION). The checksum of the user's names uses the bits above.
const VERSION_BITS: u32 = 8;

/// Returns a checksum of names, as a multiple of 256. It is 0 only if there are no names.
pub(crate) fn checksum(names: &[OwnName]) -> u32 {
    const { assert!(super::VERSION < 1 << VERSION_BITS) };
    if names.is_empty() {
        return 0;
    }
    let hash = names.iter().fold(EMPTY, |hash, name| {
        let fields = name.spellings().chain([name.kind.name(), name.id.as_deref().unwrap_or_default()]);
        // The separator keeps the end of one field apart from the beginning of the next.
        fields.fold(mix(hash, 0), |hash, field| mix(mix(hash, exact(field)), 1))
    });
    let bits = (hash >> (64 - (32 - VERSION_BITS))) as u32;
    bits.max(1) << VERSION_BITS
}

#[cfg(test)]
mod tests;
