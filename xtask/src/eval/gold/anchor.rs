//! Converts words quoted in annotations to spans in the text.

use super::file::Entity;
use anyhow::{Context, bail};
use dateline_core::text::Span;

/// Finds every occurrence of `piece` that consists of whole words.
pub(super) fn occurrences(text: &str, piece: &str) -> Vec<Span> {
    let inside_word = |character: Option<char>| character.is_some_and(is_word);
    let (opens, closes) = (inside_word(piece.chars().next()), inside_word(piece.chars().next_back()));
    text.match_indices(piece)
        .map(|(start, found)| Span::new(start, start + found.len()))
        .filter(|span| !(opens && inside_word(text[..span.start].chars().next_back())))
        .filter(|span| !(closes && inside_word(text[span.end..].chars().next())))
        .collect()
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Finds the only occurrence of `piece` or, if `nth` is given, that occurrence, counted from 1.
pub(super) fn place(text: &str, piece: &str, nth: Option<usize>) -> anyhow::Result<Span> {
    let places = occurrences(text, piece);
    match nth {
        None if places.len() > 1 => bail!("{piece:?} appears {} times", places.len()),
        None => places.first().copied().with_context(|| format!("{piece:?} is not in the story")),
        Some(nth) => nth
            .checked_sub(1)
            .and_then(|index| places.get(index))
            .copied()
            .with_context(|| format!("{piece:?} has no occurrence {nth}")),
    }
}

/// Finds the occurrence of `piece` that is nearest to `content`, outside `content` and at most one paragraph away. If
/// `nth` is given, finds that occurrence in the whole text instead.
pub(super) fn near(text: &str, piece: &str, nth: Option<usize>, content: Span) -> anyhow::Result<Span> {
    if nth.is_some() {
        return place(text, piece, nth);
    }
    let reach = neighbourhood(text, content);
    occurrences(text, piece)
        .into_iter()
        .filter(|span| reach.covers(*span) && !span.overlaps(content))
        .min_by_key(|span| span.start.saturating_sub(content.end).max(content.start.saturating_sub(span.end)))
        .with_context(|| format!("{piece:?} is not near {:?}", content.of(text)))
}

/// Returns the span from the beginning of the paragraph before `content` to the end of the paragraph after it.
fn neighbourhood(text: &str, content: Span) -> Span {
    let back = |from: usize| text[..from].trim_end_matches('\n').rfind('\n').map_or(0, |at| at + 1);
    let start = text[..content.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[content.end..].find('\n').map_or(text.len(), |at| content.end + at);
    let after = end + text[end..].len() - text[end..].trim_start_matches('\n').len();
    Span::new(back(start), text[after..].find('\n').map_or(text.len(), |at| after + at))
}

/// Returns the mentions of each entity in text order. Mentions inside a longer mention of any entity are left out.
pub(super) fn mentions(text: &str, entities: &[Entity]) -> Vec<Vec<Span>> {
    let claims: Vec<Vec<Span>> = entities.iter().map(|entity| claims(text, entity)).collect();
    let covered = |span: Span| claims.iter().flatten().any(|other| *other != span && other.covers(span));
    claims
        .iter()
        .map(|spans| {
            let mut kept: Vec<Span> = spans.iter().copied().filter(|span| !covered(*span)).collect();
            kept.sort();
            kept
        })
        .collect()
}

/// Finds all occurrences of an entity's surface forms, except those inside one of its exceptions.
fn claims(text: &str, entity: &Entity) -> Vec<Span> {
    let excepted: Vec<Span> = entity.except.iter().flat_map(|piece| occurrences(text, piece)).collect();
    let surfaces = entity.mentions.iter().flat_map(|surface| occurrences(text, surface));
    surfaces.filter(|span| !excepted.iter().any(|piece| piece.covers(*span))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_inside_another_does_not_count() {
        let text = "Now, unknown to all, now.";
        assert_eq!(occurrences(text, "now").len(), 1);
        assert_eq!(place(text, "now", None).unwrap().start, 21);
        assert!(place(text, "all then", None).is_err());
    }

    #[test]
    fn the_nearest_speaker_is_at_most_a_paragraph_away() {
        let text = "He left.\n\nHe came.\n\n“Yes,” he said.\n\nHe sat.";
        let yes = place(text, "Yes", None).unwrap();
        assert_eq!(near(text, "he", None, yes).unwrap().start, text.find("he said").unwrap());
        assert_eq!(near(text, "came", None, yes).unwrap().of(text), "came");
        assert!(near(text, "left", None, yes).is_err());
    }
}
