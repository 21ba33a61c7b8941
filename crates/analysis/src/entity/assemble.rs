//! Assembles an entity from a cluster of coreferent names: its fullest name, aliases, type, role and gender.

use super::name_mention::NameMention;
use super::role::Roles;
use super::{Entity, EntityKind, Gender, Mention, MentionKind, gender};
use crate::document::Document;
use crate::hash;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::lexicon::word_index::WordLists;
use dateline_core::article::BlockKind;
use dateline_core::text::{Span, folded};
use foldhash::{HashMap, HashMapExt};

/// Creates the entity for a cluster of coreferent names, which are in text order. Returns `None` for an empty cluster.
#[must_use]
pub(super) fn entity(document: &Document<'_>, roles: &Roles<'_>, cluster: &[&NameMention<'_>]) -> Option<Entity> {
    let kind = kind(cluster);
    let fullest = fullest(document, cluster)?;
    let name = display(document, fullest, kind);
    let mut aliases: Vec<String> = Vec::new();
    for mention in cluster {
        let alias = display(document, mention, kind);
        if alias != name && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    let person = kind == EntityKind::Person;
    let role = if person { cluster.iter().find_map(|mention| roles.of(&mention.tokens)) } else { None };
    let mentions =
        cluster.iter().map(|mention| Mention { span: mention.span, kind: MentionKind::Name }).collect::<Vec<_>>();
    let gender = if person { gender(document, cluster, role) } else { Gender::Unknown };
    let role = role.filter(|role| !is_of_speaker(document, *role));
    Some(Entity { name, canonical: fullest.span, kind, aliases, role, gender, mentions, demonym_of: None, id: None })
}

/// Returns the type with the most mentions, weighted by confidence.
fn kind(cluster: &[&NameMention<'_>]) -> EntityKind {
    let mut weights: Vec<(EntityKind, f32)> = Vec::new();
    for mention in cluster {
        match weights.iter_mut().find(|(kind, _)| *kind == mention.kind) {
            Some((_, weight)) => *weight += mention.confidence,
            None => weights.push((mention.kind, mention.confidence)),
        }
    }
    // In a tie, the type of the last mention wins.
    let weight = |kind: EntityKind| weights.iter().find(|(other, _)| *other == kind).map_or(0.0, |(_, weight)| *weight);
    let kinds = cluster.iter().map(|mention| mention.kind);
    kinds.max_by(|a, b| weight(*a).total_cmp(&weight(*b))).unwrap_or(EntityKind::Other)
}

/// Returns the mention with the most words. In a tie, the most frequent spelling wins, because typos are rare. If
/// several mentions remain, the first one in the body text wins, or else the first one anywhere.
fn fullest<'s, 'a>(document: &Document<'_>, cluster: &[&'s NameMention<'a>]) -> Option<&'s NameMention<'a>> {
    let longest = cluster.iter().map(|mention| size(mention)).max()?;
    let full = || cluster.iter().filter(move |mention| size(mention) == longest);
    let mut spelt: HashMap<&[u64], usize> = HashMap::new();
    for mention in full() {
        *spelt.entry(&mention.words).or_default() += 1;
    }
    let most = spelt.values().copied().max()?;
    let full = || full().filter(|mention| spelt.get(mention.words.as_slice()) == Some(&most));
    // Prefer "Stavanger" to the "STAVANGER" of a dateline or heading.
    let plain = full().any(|mention| !is_shouted(mention));
    let full = || full().filter(|mention| !plain || !is_shouted(mention));
    full().find(|mention| in_story(document, mention.span)).or_else(|| full().next()).copied()
}

/// Returns whether a name is written in capitals and too long to be an acronym.
fn is_shouted(mention: &NameMention<'_>) -> bool {
    const ACRONYM: usize = 5;
    is_capitals(mention) && mention.texts.iter().any(|word| word.len() > ACRONYM)
}

/// Returns whether a name is written without lower-case letters.
fn is_capitals(mention: &NameMention<'_>) -> bool {
    mention.texts.iter().all(|word| !word.chars().any(char::is_lowercase))
}

/// Returns the size of a name: its number of words, then its number of letters. "Jon A. Ode" is larger than "Jon Ode",
/// which is larger than "J. Ode". A title without a name is smallest.
fn size(mention: &NameMention<'_>) -> (usize, usize) {
    let letters = mention.texts.iter().map(|word| word.len()).sum();
    (if mention.is_title { 0 } else { mention.words.len() }, letters)
}

/// Returns whether a span is in the body text, and not in a headline, heading or caption.
fn in_story(document: &Document<'_>, span: Span) -> bool {
    let block = document.article.block_at(span.start).and_then(|index| document.article.blocks.get(index));
    block.is_some_and(|block| !block.kind.is_front() && !matches!(block.kind, BlockKind::Caption | BlockKind::Heading))
}

/// Returns the text of a mention as a display name. Omits the title before a full name, as in "Senator Ana Ruiz", but
/// keeps the title before a single name, as in "Pope Francis".
fn display(document: &Document<'_>, mention: &NameMention<'_>, kind: EntityKind) -> String {
    let first = mention.tokens.start + mention.title_count;
    let start = document.tokens.get(first).map(|token| token.span.start);
    let named = start.filter(|start| mention.title_count > 0 && mention.texts.len() > 1 && *start < mention.span.end);
    let span = Span::new(named.unwrap_or(mention.span.start), mention.span.end);
    let name = folded(span.of(document.text));
    let towns = mention.texts.iter().all(|word| is_town(document, word));
    let towns = towns && mention.texts.iter().any(|word| word.len() > ACRONYM_OF_TOWN);
    if kind == EntityKind::Place && (is_shouted(mention) || towns && is_capitals(mention)) {
        return lowered(document, &name);
    }
    name
}

/// Maximum length, in bytes, of an all-capitals word that counts as an acronym although a town has the same name, such
/// as "USA".
const ACRONYM_OF_TOWN: usize = 3;

/// Returns whether a word belongs to the name of a town, so that it is not an acronym: "PARIS".
fn is_town(document: &Document<'_>, word: &str) -> bool {
    const TOWNS: WordLists = WordLists(WordLists::TOWN.0 | WordLists::TOWN_WORD.0);
    !word.contains('.') && document.resources.words().lists(hash::folded(word)).any(TOWNS)
}

/// Converts an all-capitals name to its usual spelling, such as "Rio de Janeiro".
fn lowered(document: &Document<'_>, name: &str) -> String {
    let joins = Kinds(Kinds::PARTICLE.0 | Kinds::CONNECTOR.0);
    let word = |(index, word): (usize, &str)| {
        let small = word.to_lowercase();
        if word.contains('.') || index > 0 && document.resources.names().of(&small).any(joins) {
            return if word.contains('.') { word.to_owned() } else { small };
        }
        let mut start = true;
        let capital = |letter: char| {
            let upper = start;
            start = !letter.is_alphabetic() && !matches!(letter, '\'' | '’');
            if upper { letter.to_uppercase().collect::<String>() } else { letter.to_lowercase().collect() }
        };
        word.chars().map(capital).collect()
    };
    name.split(' ').enumerate().map(word).collect::<Vec<String>>().join(" ")
}

/// Returns whether a role relates the person to the speaker ("my husband"), whom a list of names does not show.
fn is_of_speaker(document: &Document<'_>, role: Span) -> bool {
    let first = document.tokens_in(role).next().map(|index| document.word(index));
    first.is_some_and(|word| ["my", "our"].iter().any(|owner| word.eq_ignore_ascii_case(owner)))
}

/// Returns the gender given by a title, the role or a given name, in this order of preference.
fn gender(document: &Document<'_>, cluster: &[&NameMention<'_>], role: Option<Span>) -> Gender {
    let titled = cluster.iter().map(|mention| gender::before(document, mention.tokens.start));
    let stated = titled.chain(role.and_then(|role| of_role(document, role))).find(|gender| *gender != Gender::Unknown);
    let named = || cluster.iter().map(|mention| mention.gender).find(|gender| *gender != Gender::Unknown);
    stated.or_else(named).unwrap_or_default()
}

fn of_role(document: &Document<'_>, role: Span) -> Option<Gender> {
    let lists = document.resources.names();
    let words = document.tokens_in(role).map(|index| document.word(index));
    words
        .take_while(|word| !lists::AFTER_ROLE_HEAD.contains(word))
        .map(|word| gender::of_title(lists.of(word)))
        .find(|gender| *gender != Gender::Unknown)
}
