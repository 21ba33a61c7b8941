//! Marks the place in the article's dateline wherever the story names it.

use super::insert::put;
use crate::kind::EntityKind;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use dateline_core::text::Span;
use std::ops::Range;

/// Marks the place from which the article was filed. A name with the same words that was typed as an organisation
/// becomes a place.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    let document = extractor.document;
    let Some(line) = document.article.dateline.as_ref() else { return };
    let Some(place) = line.place.as_ref() else { return };
    let Some(at) = line.span.of(document.text).find(place.as_str()) else { return };
    let start = line.span.start + at;
    let tokens = document.tokens_in(Span::new(start, start + place.len()));
    let capital = |index: usize| extractor.forms.get(index).is_some_and(|form| form.capital);
    if tokens.is_empty() || tokens.len() > 3 || !tokens.clone().all(capital) {
        return;
    }
    put(document, names, tokens.clone(), EntityKind::Place);
    let folded = |tokens: &Range<usize>| -> Vec<u64> {
        extractor.forms.get(tokens.clone()).unwrap_or_default().iter().map(|form| form.folded).collect()
    };
    let wanted = folded(&tokens);
    let same = |name: &&mut Name| name.kind == EntityKind::Organization && folded(&name.tokens) == wanted;
    for name in names.iter_mut().filter(same) {
        name.kind = EntityKind::Place;
    }
}
