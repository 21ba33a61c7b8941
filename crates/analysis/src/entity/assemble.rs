//! Assembles entities from clusters of names: the fullest name, its aliases, type, role and gender.

use super::role::Roles;
use super::surface::Surface;
use super::{Entity, EntityKind, Gender, Mention, MentionKind, gender};
use crate::document::Document;
use crate::lexicon::lists;
use dateline_core::article::BlockKind;
use dateline_core::text::{Span, folded};
use foldhash::{HashMap, HashMapExt};

/// Creates the entity of a cluster; its surfaces are in order and not empty.
#[must_use]
pub(super) fn entity(document: &Document<'_>, roles: &Roles<'_>, cluster: &[&Surface<'_>]) -> Option<Entity> {
    let kind = kind(cluster);
    let fullest = fullest(document, cluster)?;
    let name = display(document, fullest);
    let mut aliases: Vec<String> = Vec::new();
    for surface in cluster {
        let alias = display(document, surface);
        if alias != name && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    let person = kind == EntityKind::Person;
    let role = if person { cluster.iter().find_map(|surface| roles.of(&surface.tokens)) } else { None };
    let mentions =
        cluster.iter().map(|surface| Mention { span: surface.span, kind: MentionKind::Name }).collect::<Vec<_>>();
    let gender = if person { told(document, cluster, role) } else { Gender::Unknown };
    Some(Entity { name, canonical: fullest.span, kind, aliases, role, gender, mentions, demonym_of: None })
}

/// Returns the type of most mentions, weighted by confidence.
fn kind(cluster: &[&Surface<'_>]) -> EntityKind {
    let mut weights: Vec<(EntityKind, f32)> = Vec::new();
    for surface in cluster {
        match weights.iter_mut().find(|(kind, _)| *kind == surface.kind) {
            Some((_, weight)) => *weight += surface.confidence,
            None => weights.push((surface.kind, surface.confidence)),
        }
    }
    // In a tie the type of the last mention wins.
    let weight = |kind: EntityKind| weights.iter().find(|(other, _)| *other == kind).map_or(0.0, |(_, weight)| *weight);
    let kinds = cluster.iter().map(|surface| surface.kind);
    kinds.max_by(|a, b| weight(*a).total_cmp(&weight(*b))).unwrap_or(EntityKind::Other)
}

/// Returns the mention with the most words; among those one in the most frequent spelling, because typos are rare;
/// among those the first one in a paragraph, else the first one.
fn fullest<'s, 'a>(document: &Document<'_>, cluster: &[&'s Surface<'a>]) -> Option<&'s Surface<'a>> {
    let longest = cluster.iter().map(|surface| size(surface)).max()?;
    let full = || cluster.iter().filter(move |surface| size(surface) == longest);
    let mut spelt: HashMap<&[u64], usize> = HashMap::new();
    for surface in full() {
        *spelt.entry(&surface.words).or_default() += 1;
    }
    let most = spelt.values().copied().max()?;
    let full = || full().filter(|surface| spelt.get(surface.words.as_slice()) == Some(&most));
    full().find(|surface| in_story(document, surface.span)).or_else(|| full().next()).copied()
}

/// Returns a size that compares words first, then letters: "Jon A. Ode" before "Jon Ode" before "J. Ode"; a bare title
/// is the smallest.
fn size(surface: &Surface<'_>) -> (usize, usize) {
    let letters = surface.texts.iter().map(|word| word.len()).sum();
    (if surface.is_title { 0 } else { surface.words.len() }, letters)
}

/// Returns whether a span is in a paragraph rather than in a headline or caption.
fn in_story(document: &Document<'_>, span: Span) -> bool {
    let block = document.article.block_at(span.start).and_then(|index| document.article.blocks.get(index));
    block.is_some_and(|block| !block.kind.is_front() && !matches!(block.kind, BlockKind::Caption | BlockKind::Heading))
}

/// Returns a mention as a name. A title is not part of a person's full name ("Senator Ana Ruiz"), but it is part of the
/// name with a single word ("Pope Francis").
fn display(document: &Document<'_>, surface: &Surface<'_>) -> String {
    let first = surface.tokens.start + surface.led;
    let start = document.tokens.get(first).map(|token| token.span.start);
    let named = start.filter(|start| surface.led > 0 && surface.texts.len() > 1 && *start < surface.span.end);
    let span = Span::new(named.unwrap_or(surface.span.start), surface.span.end);
    folded(span.of(document.text))
}

/// Returns the gender given by titles, roles and given names, in this order.
fn told(document: &Document<'_>, cluster: &[&Surface<'_>], role: Option<Span>) -> Gender {
    let titled = cluster.iter().map(|surface| gender::before(document, surface.tokens.start));
    let told = titled.chain(role.and_then(|role| of_role(document, role))).find(|gender| *gender != Gender::Unknown);
    let named = || cluster.iter().map(|surface| surface.gender).find(|gender| *gender != Gender::Unknown);
    told.or_else(named).unwrap_or_default()
}

fn of_role(document: &Document<'_>, role: Span) -> Option<Gender> {
    let lists = document.resources.names();
    let words = document.tokens_in(role).map(|index| document.word(index));
    words
        .take_while(|word| !lists::AFTER_ROLE_HEAD.contains(word))
        .map(|word| gender::of_title(lists.of(word)))
        .find(|gender| *gender != Gender::Unknown)
}
