//! Boundaries of names: cuts off lead-ins, and titles that belong to the next name.

use crate::kind::EntityKind;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use crate::name::word_form::WordForm;
use crate::word_class::WordClass;

/// Corrects the beginning and end of names.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    for index in 0..names.len() {
        let follows = names.get(index + 1).map(|next| next.tokens.start);
        if let Some(name) = names.get_mut(index) {
            lead_in(extractor, name);
            headed_by_title(extractor, name);
            before_person(extractor, name, follows);
            name.span = extractor.document.span(name.tokens.clone());
        }
    }
    names.retain(|name| !name.tokens.is_empty());
}

/// Cuts the lead-in of a name: a function word that opens the sentence ("Since Ana Ode left"), "Tarn-based",
/// "Neighbouring" before a country.
fn lead_in(extractor: &FeatureExtractor<'_>, name: &mut Name) {
    let Some([first, second, ..]) = extractor.forms.get(name.tokens.clone()) else { return };
    let word = extractor.document.word(name.tokens.start);
    let class = extractor.document.classes.get(name.tokens.start).copied();
    let small = first.first
        && first.phrase_place == 0
        && second.capital
        && first.common & WordForm::FUNCTION != 0
        && class.is_some_and(|class| {
            matches!(
                class,
                WordClass::Preposition | WordClass::Subordinator | WordClass::Determiner | WordClass::Adverb
            )
        })
        && !lists::NAME_OPENERS.contains(word);
    let neighbour = second.kinds.any(Kinds::COUNTRY) && name.tokens.len() == 2 && word.ends_with("ing");
    if small || neighbour || word.ends_with("-based") {
        name.tokens.start += 1;
        if neighbour {
            name.kind = EntityKind::Place;
        }
    }
}

/// Types "General Ana Ode" and "Lord Ode" as persons, unlike "General Motors".
fn headed_by_title(extractor: &FeatureExtractor<'_>, name: &mut Name) {
    const ORGANISED: Kinds =
        Kinds(Kinds::ORGANISATION.0 | Kinds::ORGANISATION_WORD.0 | Kinds::COMPANY_SUFFIX.0 | Kinds::PLACE_WORD.0);
    let Some([first, rest @ ..]) = extractor.forms.get(name.tokens.clone()) else { return };
    let Some(second) = rest.first() else { return };
    let personal = second.kinds.any(Kinds::GIVEN)
        || (second.kinds.any(Kinds::PARTICLE) && !second.kinds.any(Kinds::CONNECTOR) && rest.len() > 1);
    let titled = first.kinds.any(Kinds::TITLE) && first.phrase_place == 0;
    if name.kind == EntityKind::Organization && titled && personal && !rest.iter().any(|form| form.kinds.any(ORGANISED))
    {
        name.kind = EntityKind::Person;
        name.tokens.start += 1;
    }
}

/// Splits "Tarn Governor" before "Ana Ode" into the place and a title.
fn before_person(extractor: &FeatureExtractor<'_>, name: &mut Name, follows: Option<usize>) {
    let is_title = |form: &WordForm| {
        form.kinds.any(Kinds(Kinds::TITLE.0 | Kinds::ROLE.0))
            && !form.kinds.any(Kinds(Kinds::GIVEN.0 | Kinds::SURNAME.0))
    };
    if name.kind == EntityKind::Person || follows != Some(name.tokens.end) {
        return;
    }
    let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    let titles = forms.iter().rev().take_while(|form| is_title(form)).count();
    if titles == 0 || titles == forms.len() {
        return;
    }
    name.tokens.end -= titles;
    let rest = forms.get(..forms.len() - titles).unwrap_or_default();
    if rest.iter().all(|form| form.kinds.any(Kinds::PLACE) || form.phrase.any(Kinds::PLACE)) {
        name.kind = EntityKind::Place;
    } else if rest.iter().all(|form| form.kinds.any(Kinds::DEMONYM)) {
        name.kind = EntityKind::Group;
    }
}
