//! Titles before persons' names: "Mr", "President" are not part of the name, and what they introduce is a person.
//! Drops what looks like a name only because its sentence begins there.

use super::insert::put;
use crate::document::Document;
use crate::kind::EntityKind;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::name::Name;
use crate::name::feature::Reading;
use crate::name::form::Form;

/// Cuts titles off, makes what "Mr" or a role introduces a person, and drops names that are only dates.
pub(super) fn apply(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let document = reading.document;
    for name in names.iter_mut() {
        while name.tokens.len() > 1 && is_led_by_title(reading, name) {
            name.tokens.start += 1;
        }
        if polite(document, name.tokens.start.wrapping_sub(1)) || is_introduced(reading, name) {
            name.kind = EntityKind::Person;
        } else if is_settled(reading, name) {
            name.kind = EntityKind::Place;
        }
        name.span = document.span(name.tokens.clone());
    }
    names.retain(|name| !is_calendar(reading, name) && !is_house(reading, name));
    addressed(reading, names);
}

/// Whether a name is days, months and feasts alone.
fn is_calendar(reading: &Reading<'_>, name: &Name) -> bool {
    let forms = reading.forms.get(name.tokens.clone()).unwrap_or_default();
    // "On Saturday I will try".
    let forms = match forms {
        [day @ .., last] if reading.document.word(name.tokens.end - 1) == "I" && last.capital => day,
        all => all,
    };
    name.kind != EntityKind::Person
        && !forms.is_empty()
        && forms.iter().all(|form| form.kinds.any(Kinds::CALENDAR) && !form.all_capitals)
}

/// Whether a word is the common one for a house and only its sentence gives it a capital: "Company spokesman Tiago Brun".
fn is_house(reading: &Reading<'_>, name: &Name) -> bool {
    const HOUSES: Kinds = Kinds(Kinds::ORGANISATION_WORD.0 | Kinds::COMPANY_SUFFIX.0);
    let Some([form]) = reading.forms.get(name.tokens.clone()) else { return false };
    let next = reading.forms.get(name.tokens.end);
    let role = next.is_some_and(|next| next.small && next.kinds.any(Kinds::ROLE));
    form.first && form.kinds.any(HOUSES) && role
}

/// Whether a person's name begins with a title, or another begins with "Mr".
fn is_led_by_title(reading: &Reading<'_>, name: &Name) -> bool {
    let document = reading.document;
    let kinds = document.resources.names().of(document.word(name.tokens.start));
    let person = name.kind == EntityKind::Person && kinds.any(Kinds::TITLE) && !kinds.any(Kinds::GIVEN);
    person || polite(document, name.tokens.start)
}

/// "Mr", "Mrs.", "Ms" …: a name of a person follows, and nothing else.
fn polite(document: &Document<'_>, index: usize) -> bool {
    lists::POLITE_TITLES.contains(document.word(index))
}

/// Whether an unknown word between commas names the settlement before it: "the capital, Sorgat,".
fn is_settled(reading: &Reading<'_>, name: &Name) -> bool {
    let word = |steps: usize| name.tokens.start.checked_sub(steps).map_or("", |index| reading.document.word(index));
    let forms = reading.forms.get(name.tokens.clone()).unwrap_or_default();
    word(1) == ","
        && lists::SETTLEMENTS.contains(word(2))
        && forms.len() == 1
        && forms.iter().all(|form| form.kinds.is_empty())
        && matches!(reading.document.word(name.tokens.end), "," | "." | ")")
}

/// Whether two or more unknown words follow a role in small letters: "captain Eero Lahti".
fn is_introduced(reading: &Reading<'_>, name: &Name) -> bool {
    const THINGS: Kinds =
        Kinds(Kinds::ORGANISATION_WORD.0 | Kinds::COMPANY_SUFFIX.0 | Kinds::PLACE_WORD.0 | Kinds::DEMONYM.0);
    let role = name.tokens.start.checked_sub(1).and_then(|before| reading.forms.get(before));
    let role = role.is_some_and(|form| form.small && form.kinds.any(Kinds::ROLE));
    let forms = reading.forms.get(name.tokens.clone()).unwrap_or_default();
    let unknown = |form: &Form| form.phrase_place == 0 && !form.kinds.any(THINGS) && !form.all_capitals && form.capital;
    let first = forms.first().is_some_and(|form| form.kinds.is_empty() || form.kinds.any(Kinds::GIVEN));
    role && (2..=3).contains(&forms.len()) && first && forms.iter().all(unknown)
}

/// The capitalised run after "Mr" where nothing was found.
fn addressed(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let document = reading.document;
    for sentence in &document.sentences {
        for index in sentence.tokens.clone().filter(|index| polite(document, *index)) {
            let run = (index + 1..sentence.tokens.end)
                .take_while(|at| reading.forms.get(*at).is_some_and(|form| form.capital))
                .count();
            if run > 0 && run < 4 {
                put(document, names, index + 1..index + 1 + run, EntityKind::Person);
            }
        }
    }
}
