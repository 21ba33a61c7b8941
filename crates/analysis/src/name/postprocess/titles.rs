//! Titles before people's names. A title such as "Mr" or "President" is not part of the name, and the name after it
//! belongs to a person. Also drops dates and common nouns recognised as names.

use super::insert::put;
use crate::document::Document;
use crate::kind::EntityKind;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use crate::name::word_form::WordForm;

/// Removes titles from names, types a name after "Mr" or a role as a person, and drops dates and common nouns.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    let document = extractor.document;
    for name in names.iter_mut() {
        while name.tokens.len() > 1 && is_led_by_title(extractor, name) {
            name.tokens.start += 1;
        }
        while is_led_out(extractor, name) {
            name.tokens.end -= 1;
            name.kind = EntityKind::Person;
        }
        if is_courtesy_title(document, name.tokens.start.wrapping_sub(1))
            || is_introduced(extractor, name)
            || is_relative(extractor, name)
        {
            name.kind = EntityKind::Person;
        } else if is_settled(extractor, name) {
            name.kind = EntityKind::Place;
        }
        name.span = document.span(name.tokens.clone());
    }
    names.retain(|name| {
        !is_calendar(extractor, name) && !is_organisation_noun(extractor, name) && !is_duty(extractor, name)
    });
    find_titled_persons(extractor, names);
}

/// Returns whether a name consists only of days, months and holidays.
fn is_calendar(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    // Ignore the pronoun in "On Saturday I will try".
    let forms = match forms {
        [day @ .., last] if extractor.document.word(name.tokens.end - 1) == "I" && last.capital => day,
        all => all,
    };
    name.kind != EntityKind::Person
        && !forms.is_empty()
        && forms.iter().all(|form| form.kinds.any(Kinds::CALENDAR) && !form.all_capitals)
}

/// Returns whether a name is a common noun for an organisation, capitalised only because it begins the sentence:
/// "Company spokesman Tiago Brun".
fn is_organisation_noun(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    const HOUSES: Kinds = Kinds(Kinds::ORGANISATION_WORD.0 | Kinds::COMPANY_SUFFIX.0);
    let Some([form]) = extractor.forms.get(name.tokens.clone()) else { return false };
    let next = extractor.forms.get(name.tokens.end);
    let role = next.is_some_and(|next| next.small && next.kinds.any(Kinds::ROLE));
    form.first && form.kinds.any(HOUSES) && role
}

/// Returns whether a name is an office with its duties, or only the duties: "Secretary of Transportation", or "Defense"
/// in "Secretary of Defense". The person who holds the office is not an organisation.
fn is_duty(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let document = extractor.document;
    let office = |at: usize| lists::OFFICES_WITH_DUTIES.contains(document.word(at)) && document.word(at + 1) == "of";
    let of_office = name
        .tokens
        .start
        .checked_sub(2)
        .is_some_and(|at| office(at) || office(at.saturating_sub(1)) && document.word(at + 1) == "the");
    let duties = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    let common = duties.iter().all(|form| form.common != 0 && form.phrase_place == 0);
    name.kind == EntityKind::Organization && (office(name.tokens.start) || of_office && common)
}

/// Returns whether a name begins with a title. Titles such as "Mr" count in any name, other titles only in a person's
/// name.
fn is_led_by_title(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let document = extractor.document;
    let kinds = document.resources.names().of(document.word(name.tokens.start));
    let person = name.kind == EntityKind::Person && kinds.any(Kinds::TITLE) && !kinds.any(Kinds::GIVEN);
    person || is_courtesy_title(document, name.tokens.start)
}

/// Returns whether an honour, a degree or an office ends the name of a person, or a name of two more words: "KC" in "Ana
/// Ode KC", but not in "Sporting KC".
fn is_led_out(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let Some([first, rest @ ..]) = extractor.forms.get(name.tokens.clone()) else { return false };
    let team = first.kinds.any(Kinds::ORGANISATION_WORD);
    (rest.len() > 1 && !team || name.kind == EntityKind::Person && !rest.is_empty())
        && lists::POST_NOMINALS.contains(extractor.document.word(name.tokens.end - 1))
}

/// Returns whether one or two words without a conflicting kind follow an owner and a noun for a relative of one sex:
/// "her daughter, Ngozi", "his late brother Osk". Other relatives may be companies: "its parent, Osk".
fn is_relative(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    const SEXED: Kinds = Kinds(Kinds::FEMALE_TITLE.0 | Kinds::MALE_TITLE.0);
    let word = |index: usize| extractor.document.word(index);
    let start = name.tokens.start;
    let noun = if start > 0 && word(start - 1) == "," { start.checked_sub(2) } else { start.checked_sub(1) };
    let Some(noun) = noun.filter(|noun| lists::RELATIVES.contains(word(*noun))) else { return false };
    let sexed = extractor.forms.get(noun).is_some_and(|form| form.kinds.any(SEXED));
    let owned = (noun.saturating_sub(2)..noun).any(|index| lists::OWNERS_OF_RELATIVES.contains(word(index)));
    let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    sexed && owned && forms.len() < 3 && forms.iter().all(is_plain)
}

/// Returns whether a word is a courtesy title such as "Mr", "Mrs." or "Ms". Only people's names follow such titles.
fn is_courtesy_title(document: &Document<'_>, index: usize) -> bool {
    lists::POLITE_TITLES.contains(document.word(index))
}

/// Returns whether an unknown word between commas is the name of a settlement just mentioned: "the capital, Sorgat,".
fn is_settled(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let word = |steps: usize| name.tokens.start.checked_sub(steps).map_or("", |index| extractor.document.word(index));
    let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    word(1) == ","
        && lists::SETTLEMENTS.contains(word(2))
        && forms.len() == 1
        && forms.iter().all(|form| form.kinds.is_empty())
        && matches!(extractor.document.word(name.tokens.end), "," | "." | ")")
}

/// Returns whether a name of two or three words without a conflicting kind follows a lower-case role: "captain Eero
/// Lahti".
fn is_introduced(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let role = name.tokens.start.checked_sub(1).and_then(|before| extractor.forms.get(before));
    let role = role.is_some_and(|form| form.small && form.kinds.any(Kinds::ROLE));
    let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    let first = forms.first().is_some_and(|form| form.kinds.is_empty() || form.kinds.any(Kinds::GIVEN));
    role && (2..=3).contains(&forms.len()) && first && forms.iter().all(is_plain)
}

/// Returns whether a capitalised word in a name may be part of a person's name.
fn is_plain(form: &WordForm) -> bool {
    const THINGS: Kinds =
        Kinds(Kinds::ORGANISATION_WORD.0 | Kinds::COMPANY_SUFFIX.0 | Kinds::PLACE_WORD.0 | Kinds::DEMONYM.0);
    form.phrase_place == 0 && !form.kinds.any(THINGS) && !form.all_capitals && form.capital
}

/// Adds the capitalised words after "Mr" as a person, if no name was found there.
fn find_titled_persons(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    let document = extractor.document;
    for sentence in &document.sentences {
        for index in sentence.tokens.clone().filter(|index| is_courtesy_title(document, *index)) {
            let run = (index + 1..sentence.tokens.end)
                .take_while(|at| extractor.forms.get(*at).is_some_and(|form| form.capital))
                .count();
            if run > 0 && run < 4 {
                put(document, names, index + 1..index + 1 + run, EntityKind::Person);
            }
        }
    }
}
