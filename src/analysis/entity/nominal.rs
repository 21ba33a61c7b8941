//! Descriptions that stand for a person named before: "the minister" where the story has told of
//! one minister only.

use super::{Entity, EntityKind, Mention, MentionKind};
use crate::analysis::document::Document;
use crate::analysis::hash::folded;
use crate::analysis::lexicon::names::Kinds;
use crate::text::Span;

/// Adds mentions by role to the persons that alone hold it.
pub fn link(document: &Document<'_>, entities: &mut [Entity], stray: &[usize]) {
    let heads: Vec<Vec<u64>> = entities.iter().map(|entity| role_words(document, entity)).collect();
    let lists = document.lexicon.names();
    let blocks = document.sentences.iter().filter(|sentence| !stray.contains(&sentence.block));
    for index in blocks.flat_map(|sentence| sentence.tokens.clone()) {
        let word = document.word(index);
        let described = lists.of(word).any(Kinds::ROLE)
            && word.starts_with(char::is_lowercase)
            && ends_phrase(document, index)
            && index > 0
            && matches!(document.word(index - 1), "the" | "The");
        if !described {
            continue;
        }
        let at = document.span(index - 1..index + 1);
        if let Some(entity) = only_holder(entities, &heads, folded(word), at) {
            insert(&mut entities[entity].mentions, Mention { span: at, kind: MentionKind::Nominal });
        }
    }
}

/// Whether the phrase ends here: no name and no further noun of a role follows, and no "of".
fn ends_phrase(document: &Document<'_>, index: usize) -> bool {
    let next = document.word(index + 1);
    !(next.starts_with(char::is_uppercase)
        || matches!(next, "of" | "for" | "at" | "in" | "who" | "to")
        || document.lexicon.names().of(next).any(Kinds::ROLE))
}

/// The words of a role that say what somebody is.
fn role_words(document: &Document<'_>, entity: &Entity) -> Vec<u64> {
    let Some(role) = entity.role.filter(|_| entity.kind == EntityKind::Person) else { return Vec::new() };
    let lists = document.lexicon.names();
    let words = document.tokens_in(role).map(|index| document.word(index));
    words
        .take_while(|word| !matches!(*word, "of" | "to" | "for" | "at" | "in"))
        .filter(|word| lists.of(word).any(Kinds(Kinds::ROLE.0 | Kinds::TITLE.0)))
        .map(folded)
        .collect()
}

/// The one entity that holds the role and was named before `at`.
fn only_holder(entities: &[Entity], heads: &[Vec<u64>], role: u64, at: Span) -> Option<usize> {
    let mut holders = heads.iter().enumerate().filter(|(_, words)| words.contains(&role)).map(|(index, _)| index);
    let holder = holders.next()?;
    let named = entities.get(holder)?.mentions.first()?.span.start < at.start;
    (named && holders.next().is_none()).then_some(holder)
}

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
