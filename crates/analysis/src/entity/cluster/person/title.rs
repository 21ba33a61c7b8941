//! Titles that replace a person's name: "the Home Secretary", "the Pope".

use super::super::UnionFind;
use crate::document::Document;
use crate::entity::name_mention::NameMention;
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
        let beside = names.iter().copied().find(|name| is_beside(document, mention, &mentions[*name]));
        if let Some(name) = beside {
            sets.join(name, *index);
        }
    }
    for (at, index) in titles.iter().enumerate() {
        let mention = &mentions[*index];
        let bearers = || names.iter().copied().filter(|name| has_title(&mentions[*name], mention));
        let bearer = bearers().rfind(|name| name < index).or_else(|| bearers().next());
        let same = || titles[..at].iter().copied().rfind(|earlier| mentions[*earlier].words == mention.words);
        let shorter =
            || titles[..at].iter().copied().rfind(|earlier| mentions[*earlier].words.ends_with(&mention.words));
        if let Some(other) = bearer.or_else(same).or_else(shorter) {
            sets.join(other, *index);
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

/// Returns whether the titles that introduce a name are exactly these words.
fn has_title(name: &NameMention<'_>, title: &NameMention<'_>) -> bool {
    !name.titles.is_empty() && name.titles == title.words
}
