//! Titles that replace a person's name: "the Home Secretary", "the Pope".

use super::super::UnionFind;
use crate::document::Document;
use crate::entity::name_mention::NameMention;
use crate::hash::{Map, Tail, sequence};
use crate::token::TokenKind;

/// Maximum distance between a title and an adjacent name, in tokens: "Ana Ode, a Harbour Union MP".
const MAX_DISTANCE: usize = 5;

/// Links each title to the adjacent name, or else to a person with the same title, or else to an earlier mention with
/// this title or a longer form of it.
pub(super) fn link(
    document: &Document<'_>,
    mentions: &[NameMention<'_>],
    names: &[usize],
    titles: &[usize],
    sets: &mut UnionFind,
) {
    for index in titles {
        let mention = &mentions[*index];
        // Only a name within a few tokens can be next to the title. Names are in text order.
        let first = mention.tokens.start.saturating_sub(MAX_DISTANCE);
        let near = names.partition_point(|name| mentions[*name].tokens.end < first);
        let mut near = names[near..].iter().take_while(|name| mentions[**name].tokens.start <= mention.tokens.end);
        if let Some(name) = near.find(|name| is_beside(document, mention, &mentions[**name])) {
            sets.join(*name, *index);
        }
    }
    let mut bearers: Map<Vec<usize>> = Map::default();
    for name in names.iter().filter(|name| !mentions[**name].titles.is_empty()) {
        bearers.entry(sequence(&mentions[*name].titles)).or_default().push(*name);
    }
    // The last mention of each title, and of each end of a title, before the current one.
    let (mut last, mut last_with_end): (Map<usize>, Map<usize>) = (Map::default(), Map::default());
    for index in titles {
        let words = &mentions[*index].words;
        let whole = sequence(words);
        let bearers = bearers.get(&whole).map_or(&[][..], Vec::as_slice);
        let bearer = bearers[..bearers.partition_point(|name| name < index)].last().or_else(|| bearers.first());
        let other = bearer.or_else(|| last.get(&whole)).or_else(|| last_with_end.get(&whole));
        if let Some(other) = other {
            sets.join(*other, *index);
        }
        last.insert(whole, *index);
        let mut tail = Tail::empty();
        for word in words.iter().rev() {
            tail.prepend(*word);
            last_with_end.insert(tail.hash, *index);
        }
    }
}

/// Returns whether a title is next to a name: right before it ("Shadow Minister Ana Ode"), or after a comma that
/// follows it ("Ana Ode, a Harbour Union MP").
fn is_beside(document: &Document<'_>, title: &NameMention<'_>, name: &NameMention<'_>) -> bool {
    if title.tokens.end == name.tokens.start {
        return true;
    }
    let between = name.tokens.end..title.tokens.start;
    let plain = |index: usize| document.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Word);
    (2..=MAX_DISTANCE).contains(&between.len())
        && document.word(between.start) == ","
        && matches!(document.word(between.start + 1), "a" | "an" | "the")
        && (between.start + 1..between.end).all(plain)
}
