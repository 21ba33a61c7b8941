//! Places of datelines: the one that opens an agency report, and the one that the article was filed from.

use super::insert::put;
use crate::analysis::kind::EntityKind;
use crate::analysis::lexicon::names::Kinds;
use crate::analysis::name::Name;
use crate::analysis::name::feature::Reading;
use crate::analysis::token::TokenKind;
use crate::text::Span;
use std::ops::Range;

/// Marks the places of datelines.
pub fn apply(reading: &Reading<'_>, names: &mut Vec<Name>) {
    opening_places(reading, names);
    filing_place(reading, names);
}

/// The place that the article's own dateline names is a place wherever the story names it alone, unless it is known
/// for something else.
fn filing_place(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let document = reading.document;
    let Some(line) = document.article.dateline.as_ref() else { return };
    let Some(place) = line.place.as_ref() else { return };
    let Some(at) = line.span.of(document.text).find(place.as_str()) else { return };
    let start = line.span.start + at;
    let tokens = document.tokens_in(Span::new(start, start + place.len()));
    let capital = |index: usize| reading.forms.get(index).is_some_and(|form| form.capital);
    if tokens.is_empty() || tokens.len() > 3 || !tokens.clone().all(capital) {
        return;
    }
    put(document, names, tokens.clone(), EntityKind::Place);
    let folded = |tokens: &Range<usize>| -> Vec<u64> {
        reading.forms.get(tokens.clone()).unwrap_or_default().iter().map(|form| form.folded).collect()
    };
    let wanted = folded(&tokens);
    let same = |name: &&mut Name| name.kind == EntityKind::Organization && folded(&name.tokens) == wanted;
    for name in names.iter_mut().filter(same) {
        name.kind = EntityKind::Place;
    }
}

/// "BRUSSELS (Agency) - ", "GENEVA, May 3 — ": capitals at the head of a paragraph, then a bracket,
/// a date or a dash.
fn opening_places(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let document = reading.document;
    for sentence in &document.sentences {
        let start = sentence.tokens.start;
        let capitals = sentence
            .tokens
            .clone()
            .take(4)
            .take_while(|index| reading.forms.get(*index).is_some_and(|form| form.all_capitals))
            .count();
        let after = start + capitals;
        if capitals == 0 || capitals > 3 || !sentence.tokens.contains(&after) {
            continue;
        }
        let dash = |index: usize| matches!(document.word(index), "-" | "--" | "–" | "—");
        let closed = document.word(after) == "("
            && document.word(after + 2) == ")"
            && document.tokens.get(after + 3).is_some_and(|token| token.kind == TokenKind::Mark);
        let dated = document.word(after) == ","
            && (after + 1..after + 6)
                .any(|index| sentence.tokens.contains(&index) && (dash(index) || document.word(index) == "("));
        let spaced_dash = dash(after) && document.tokens.get(after).is_some_and(|token| token.spaced);
        if closed
            || dated
            || (spaced_dash && document.tokens.get(after + 1).is_some_and(|token| token.kind == TokenKind::Word))
        {
            let known = document.resources.names();
            let place = (start..after).all(|index| {
                let kinds = known.of(document.word(index));
                reading.forms.get(index).is_some_and(|form| form.phrase.any(Kinds::PLACE)) || kinds.any(Kinds::PLACE)
            });
            if closed || place {
                put(document, names, start..after, EntityKind::Place);
            }
        }
    }
}
