//! Company offices between two names: "Yara Chief Executive Svein Holt" is a company, an office and a person.

use super::insert::put;
use crate::document::Document;
use crate::kind::EntityKind;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use crate::name::word_form::WordForm;
use std::ops::Range;

/// Maximum length of a person's name after an office, in tokens.
const PERSON_LENGTH: usize = 4;

/// Removes company offices from names. Types a name before an office as an organisation, and a name after it as a
/// person.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    let document = extractor.document;
    for sentence in &document.sentences {
        let mut index = sentence.tokens.start;
        while index < sentence.tokens.end {
            let capital = extractor.forms.get(index).is_some_and(|form| form.capital);
            let Some(end) = capital.then(|| office(document, index, sentence.tokens.end)).flatten() else {
                index += 1;
                continue;
            };
            cut(document, names, &(index..end));
            company(extractor, names, &sentence.tokens, &(index..end));
            person(extractor, names, end, sentence.tokens.end);
            index = end;
        }
    }
}

/// Returns the end of the listed office that begins at token `start`.
fn office(document: &Document<'_>, start: usize, limit: usize) -> Option<usize> {
    // Few capitalised words begin an office, so a listed office is split into words only if it begins with this word.
    let first = document.word(start);
    let letter = first.as_bytes().first();
    let begins = |office: &&str| office.as_bytes().first() == letter && office.starts_with(first);
    lists::CORPORATE_OFFICES.iter().filter(begins).find_map(|office| {
        let mut at = start;
        let whole = office.split('-').all(|word| {
            at += 1;
            at <= limit && document.word(at - 1) == word
        });
        whole.then_some(at)
    })
}

/// Removes the tokens of an office from all names that contain any of them.
fn cut(document: &Document<'_>, names: &mut Vec<Name>, office: &Range<usize>) {
    for name in names.iter_mut() {
        if name.tokens.start < office.start && office.start < name.tokens.end {
            name.tokens.end = office.start;
        } else if office.contains(&name.tokens.start) {
            name.tokens.start = office.end.min(name.tokens.end);
        } else {
            continue;
        }
        name.span = document.span(name.tokens.clone());
    }
    names.retain(|name| !name.tokens.is_empty());
}

/// Types the capitalised words before an office as an organisation. Skips places, peoples and a person's full name, and
/// offices followed by "of", as in "Chief Executive of Yara".
fn company(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>, sentence: &Range<usize>, office: &Range<usize>) {
    const OTHERS: Kinds = Kinds(Kinds::PLACE.0 | Kinds::DEMONYM.0 | Kinds::TITLE.0 | Kinds::ROLE.0 | Kinds::CALENDAR.0);
    let document = extractor.document;
    let form = |index: &usize| extractor.forms.get(*index);
    let opens = |index: &usize| {
        lists::OFFICE_OPENERS.contains(document.word(*index))
            || form(index).filter(|form| form.phrase_place == 0).is_some_and(|form| {
                form.kinds.any(Kinds(Kinds::TITLE.0 | Kinds::ROLE.0 | Kinds::DEMONYM.0 | Kinds::CALENDAR.0))
                    || form.first && form.common & WordForm::FUNCTION != 0
            })
    };
    let joins = |index: &usize| form(index).is_some_and(|form| form.capital) || document.word(*index) == "&";
    let start = (sentence.start..office.start).rev().take_while(joins).take_while(|index| !opens(index)).last();
    let Some(start) = start.filter(|_| !matches!(document.word(office.end), "of" | "at")) else { return };
    let tokens = start..office.start;
    let forms = extractor.forms.get(tokens.clone()).unwrap_or_default();
    let listed = |form: &WordForm| form.kinds.any(OTHERS) || form.phrase.any(Kinds::PLACE);
    let full_name = tokens.len() > 1 && forms.first().is_some_and(|form| form.kinds.any(Kinds::GIVEN));
    let known = names.iter().any(|name| name.tokens == tokens && name.kind == EntityKind::Organization);
    if !known && !full_name && !forms.iter().all(listed) {
        names.retain(|name| !(start <= name.tokens.start && name.tokens.end <= office.start));
        put(document, names, tokens, EntityKind::Organization);
    }
}

/// Types two to four capitalised words after an office as a person, unless only some of them belong to a name.
fn person(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>, start: usize, limit: usize) {
    let capital = |index: &usize| extractor.forms.get(*index).is_some_and(|form| form.capital && !form.all_capitals);
    let length = (start..limit).take_while(capital).count();
    if (2..=PERSON_LENGTH).contains(&length) {
        put(extractor.document, names, start..start + length, EntityKind::Person);
    }
}
