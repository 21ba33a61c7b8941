//! Gazetteer look-up: adds nationalities and places that are unambiguous in the word lists and were not recognised.

use super::insert::{add, merge};
use crate::kind::EntityKind;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use crate::name::word_form::WordForm;
use crate::token::TokenKind;
use crate::word_class::Trait;

/// Kinds that make a listed nationality or place ambiguous, because it may also be a person or a common word.
const PERSONS: Kinds = Kinds(Kinds::GIVEN.0 | Kinds::SURNAME.0 | Kinds::TITLE.0 | Kinds::COMMON.0);

/// Adds nationalities, political groups and places that were not recognised.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    camps(extractor, names);
    phrases(extractor, names);
    let place = |index: usize| extractor.forms.get(index).is_some_and(is_only_place);
    add(extractor, names, EntityKind::Place, place);
    lower_case_places(extractor, names);
}

/// Adds places in text without capitals: "i live in malaysia". Applies only if the writer omits capitals, and only to
/// uncommon words after a preposition of place.
fn lower_case_places(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    const OTHER_KINDS: Kinds =
        Kinds(PERSONS.0 | Kinds::ORGANISATION.0 | Kinds::DEMONYM.0 | Kinds::WORK.0 | Kinds::PARTICLE.0);
    let document = extractor.document;
    let led = |index: usize| {
        let before = index.checked_sub(1).map_or("", |before| document.word(before));
        lists::LEADING_TO_PLACES.contains(before)
    };
    let unlisted = |index: usize| {
        let kind = document.tokens.get(index).map_or(TokenKind::Word, |token| token.kind);
        !document.resources.vocabulary().senses(document.word(index), kind).has(Trait::Listed)
    };
    let place = |index: usize, form: &WordForm| {
        form.small && form.kinds.any(Kinds::PLACE) && !form.kinds.any(OTHER_KINDS) && led(index) && unlisted(index)
    };
    let found: Vec<Name> = (extractor.forms.iter().enumerate())
        .filter(|(index, form)| place(*index, form))
        .filter(|(index, _)| !names.iter().any(|name| name.tokens.contains(index)))
        .map(|(index, _)| {
            let tokens = index..index + 1;
            Name { span: document.span(tokens.clone()), tokens, kind: EntityKind::Place, confidence: 0.6 }
        })
        .collect();
    if !found.is_empty() && is_lower_cased(extractor) {
        merge(names, found);
    }
}

/// Returns whether the writer omits capitals, that is, writes "i" or begins at least one sentence in four in lower
/// case.
fn is_lower_cased(extractor: &FeatureExtractor<'_>) -> bool {
    let sentences = &extractor.document.sentences;
    let small = |start: usize| extractor.forms.get(start).is_some_and(|form| form.small);
    let begun = sentences.iter().filter(|sentence| small(sentence.tokens.start)).count();
    4 * begun >= sentences.len() || (0..extractor.forms.len()).any(|index| extractor.document.word(index) == "i")
}

/// Returns whether a word is in the lists of countries or cities and in no other list.
fn is_only_place(form: &WordForm) -> bool {
    const PLACES: Kinds = Kinds(Kinds::COUNTRY.0 | Kinds::CITY.0);
    const OTHER_KINDS: Kinds =
        Kinds(PERSONS.0 | Kinds::ORGANISATION.0 | Kinds::DEMONYM.0 | Kinds::WORK.0 | Kinds::ORGANISATION_WORD.0);
    form.capital && form.kinds.any(PLACES) && !form.kinds.any(OTHER_KINDS) && form.common == 0 && form.phrase_place == 0
}

/// Adds listed phrases that are known only as places: "New Zealand".
fn phrases(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    const OTHER_KINDS: Kinds = Kinds(Kinds::ORGANISATION.0 | Kinds::WORK.0 | Kinds::SURNAME.0 | Kinds::DEMONYM.0);
    let mut found = Vec::new();
    let mut at = 0;
    for (start, form) in extractor.forms.iter().enumerate().filter(|(_, form)| form.phrase_place == 1) {
        if !form.phrase.any(Kinds::PLACE) || form.phrase.any(OTHER_KINDS) {
            continue;
        }
        let more = extractor.forms.iter().skip(start + 1).take_while(|form| form.phrase_place > 1).count();
        let tokens = start..start + 1 + more;
        while names.get(at).is_some_and(|name| name.tokens.end <= tokens.start) {
            at += 1;
        }
        let taken = names.get(at).is_some_and(|name| name.tokens.start < tokens.end);
        let capital = |index: Option<usize>| {
            index
                .and_then(|index| extractor.forms.get(index))
                .is_some_and(|form| form.capital && !form.all_capitals && !form.first)
        };
        if !taken && more > 0 && !capital(Some(tokens.end)) && !capital(start.checked_sub(1)) {
            let span = extractor.document.span(tokens.clone());
            found.push(Name { span, tokens, kind: EntityKind::Place, confidence: 0.6 });
        }
    }
    merge(names, found);
}

/// Adds nationalities and political groups that are not yet in a name. Their listed type holds in every context.
fn camps(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    const OTHER_KINDS: Kinds =
        Kinds(Kinds::GIVEN.0 | Kinds::SURNAME.0 | Kinds::PLACE.0 | Kinds::TEAM.0 | Kinds::COMMON.0);
    let camp = |index: usize| {
        extractor.forms.get(index).is_some_and(|form| {
            form.capital && form.kinds.any(Kinds::DEMONYM) && !form.kinds.any(OTHER_KINDS) && form.phrase_place == 0
        })
    };
    add(extractor, names, EntityKind::Group, camp);
}
