//! Insertion of names into a document's ordered list of names.

use crate::document::Document;
use crate::kind::EntityKind;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use std::ops::Range;

/// Inserts a name in text order. Replaces a name with the same tokens, but does nothing if another name overlaps in
/// part.
pub(super) fn put(document: &Document<'_>, names: &mut Vec<Name>, tokens: Range<usize>, kind: EntityKind) {
    let at = names.partition_point(|name| name.tokens.end <= tokens.start);
    let name = Name { span: document.span(tokens.clone()), tokens: tokens.clone(), kind, confidence: 0.9 };
    match names.get_mut(at) {
        Some(other) if other.tokens == tokens => *other = name,
        Some(other) if other.tokens.start < tokens.end => {}
        _ => names.insert(at, name),
    }
}

/// Adds a name of one token for every token that `wanted` accepts. Skips tokens with a capitalised neighbour and tokens
/// already in a name.
pub(super) fn add(
    extractor: &FeatureExtractor<'_>,
    names: &mut Vec<Name>,
    kind: EntityKind,
    wanted: impl Fn(usize) -> bool,
) {
    let capital = |index: Option<usize>| {
        index
            .and_then(|index| extractor.forms.get(index))
            .is_some_and(|form| form.capital && !form.first && !form.all_capitals)
    };
    let mut found = Vec::new();
    let mut at = 0;
    for index in (0..extractor.forms.len()).filter(|index| wanted(*index)) {
        while names.get(at).is_some_and(|name| name.tokens.end <= index) {
            at += 1;
        }
        let inside = names.get(at).is_some_and(|name| name.tokens.start <= index);
        if !inside && !capital(Some(index + 1)) && !capital(index.checked_sub(1)) {
            let tokens = index..index + 1;
            found.push(Name { span: extractor.document.span(tokens.clone()), tokens, kind, confidence: 0.6 });
        }
    }
    merge(names, found);
}

/// Merges the names `found` into `names`, in text order.
pub(super) fn merge(names: &mut Vec<Name>, found: Vec<Name>) {
    if !found.is_empty() {
        names.extend(found);
        names.sort_by_key(|name| name.tokens.start);
    }
}

/// Replaces all names inside `tokens` with a single name. Does nothing if an existing name extends beyond these tokens.
pub(super) fn replace(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>, tokens: Range<usize>, kind: EntityKind) {
    let first = names.partition_point(|name| name.tokens.end <= tokens.start);
    let last = names.partition_point(|name| name.tokens.start < tokens.end);
    let inside = |name: &Name| tokens.start <= name.tokens.start && name.tokens.end <= tokens.end;
    if first > last || !names[first..last].iter().all(inside) {
        return;
    }
    let span = extractor.document.span(tokens.clone());
    names.splice(first..last, [Name { span, tokens, kind, confidence: 0.8 }]);
}
