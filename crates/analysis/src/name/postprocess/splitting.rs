//! Splits two names that were recognised as one: "Japan's Toyo Corp", "Ruiz to Novak", "the EU and Norway", "Tarn
//! County Sheriff Ana Ruiz".

use crate::kind::EntityKind;
use crate::lexicon::names::Kinds;
use crate::lexicon::word_index::WordLists;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use crate::name::word_form::WordForm;
use std::ops::Range;

/// Splits every name that consists of two names: "Japan's Toyo Corp", "Ruiz to Novak", "Spain for Portugal".
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    let mut parted = Vec::with_capacity(names.len());
    for mut name in names.drain(..) {
        if let Some(office) = office(extractor, &name).or_else(|| duties(extractor, &name)) {
            parted.extend(holder(extractor, &name, office.before));
            name.tokens.start = office.end;
            name.span = extractor.document.span(name.tokens.clone());
            name.kind = EntityKind::Person;
            parted.push(name);
            continue;
        }
        if let Some(camp) = camp(extractor, &name).or_else(|| compatriot(extractor, &mut name)) {
            parted.extend(holder(extractor, &name, name.tokens.start..camp));
            name.tokens.start = camp;
            name.span = extractor.document.span(name.tokens.clone());
            parted.push(name);
            continue;
        }
        if let Some(of) = belonging(extractor, &name) {
            let house = if extractor.document.word(of + 1) == "the" { of + 2 } else { of + 1 };
            for (tokens, kind) in [
                (name.tokens.start..of, EntityKind::Person),
                (
                    house..name.tokens.end,
                    if name.kind == EntityKind::Person { EntityKind::Organization } else { name.kind },
                ),
            ] {
                let span = extractor.document.span(tokens.clone());
                parted.push(Name { span, tokens, kind, confidence: name.confidence });
            }
            continue;
        }
        let Some(joint) = conjunction(extractor, &name) else {
            parted.push(name);
            continue;
        };
        let after = if extractor.document.word(joint + 1) == "the" { joint + 2 } else { joint + 1 };
        for tokens in [name.tokens.start..joint, after..name.tokens.end] {
            let forms = extractor.forms.get(tokens.clone()).unwrap_or_default();
            let kind = if forms.iter().all(is_place) { EntityKind::Place } else { name.kind };
            let span = extractor.document.span(tokens.clone());
            parted.push(Name { span, tokens, kind, confidence: name.confidence });
        }
    }
    *names = parted;
}

/// Finds the "of" between a person and an organisation in a name that follows a lower-case role: "analyst Ines Vale of
/// Tarn University".
fn belonging(extractor: &FeatureExtractor<'_>, name: &Name) -> Option<usize> {
    let before = name.tokens.start.checked_sub(1).and_then(|before| extractor.forms.get(before))?;
    let role = before.small && before.kinds.any(Kinds::ROLE);
    let of = name.tokens.clone().find(|index| extractor.document.word(*index) == "of").filter(|_| role)?;
    let person = extractor.forms.get(name.tokens.start..of)?;
    let named = (2..=3).contains(&person.len()) && person.iter().all(|form| form.capital && form.phrase_place == 0);
    (named && of + 1 < name.tokens.end).then_some(of)
}

/// Position of a public office inside a recognised name.
struct Office {
    /// Tokens of the name before the office. Empty if the office comes first.
    before: Range<usize>,
    /// First token of the person's name after the office.
    end: usize,
}

/// Finds the office in a recognised name that ends with a person's full name: "Tarn County Sheriff Ana Ruiz".
fn office(extractor: &FeatureExtractor<'_>, name: &Name) -> Option<Office> {
    const PERSONAL: Kinds = Kinds(Kinds::GIVEN.0 | Kinds::SURNAME.0);
    let names_office = |form: &WordForm| {
        form.kinds.any(Kinds(Kinds::TITLE.0 | Kinds::ROLE.0)) && !form.kinds.any(PERSONAL) && form.phrase_place == 0
    };
    let forms = extractor.forms.get(name.tokens.clone())?;
    let last = (1..forms.len().saturating_sub(2)).rev().find(|at| names_office(&forms[*at]))?;
    let person = forms.get(last + 1..)?;
    let full = person.first().is_some_and(|form| form.kinds.any(Kinds::GIVEN))
        && person.len() <= 4
        && person.iter().all(|form| form.capital || form.kinds.any(Kinds::PARTICLE));
    let leads = |at: &usize| {
        let word = extractor.document.word(name.tokens.start + at);
        names_office(&forms[*at]) || extractor.document.resources.names().is_role_modifier(word)
    };
    let first = (0..last).rev().take_while(leads).last().unwrap_or(last);
    let given = name.kind == EntityKind::Person && forms.first().is_some_and(|form| form.kinds.any(Kinds::GIVEN));
    (full && !given)
        .then(|| Office { before: name.tokens.start..name.tokens.start + first, end: name.tokens.start + last + 1 })
}

/// Finds an office with its duties before a person's full name: "Minister for Women and Equalities Ana Ruiz", "Attorney
/// General of Tarn Ana Ruiz".
fn duties(extractor: &FeatureExtractor<'_>, name: &Name) -> Option<Office> {
    const PERSONAL: Kinds = Kinds(Kinds::GIVEN.0 | Kinds::SURNAME.0);
    const THINGS: Kinds =
        Kinds(Kinds::ORGANISATION_WORD.0 | Kinds::COMPANY_SUFFIX.0 | Kinds::PLACE_WORD.0 | Kinds::TITLE.0);
    let [first, duties @ .., before, given, family] = extractor.forms.get(name.tokens.clone())? else { return None };
    let titled = first.kinds.any(Kinds(Kinds::TITLE.0 | Kinds::ROLE.0)) && !first.kinds.any(PERSONAL);
    let joint = name.tokens.clone().skip(1).take(2).any(|at| matches!(extractor.document.word(at), "of" | "for"));
    let full = before.capital
        && given.capital
        && given.kinds.any(Kinds::GIVEN)
        && !given.kinds.any(Kinds::PLACE)
        && family.capital
        && !family.kinds.any(THINGS)
        && family.phrase_place == 0;
    (titled && joint && full && !duties.is_empty())
        .then(|| Office { before: name.tokens.start..name.tokens.start, end: name.tokens.end - 2 })
}

/// Finds where a political group begins after a place: "Nevada Democrat".
fn camp(extractor: &FeatureExtractor<'_>, name: &Name) -> Option<usize> {
    let (last, places) = extractor.forms.get(name.tokens.clone())?.split_last()?;
    let place = |form: &WordForm| is_place(form) && !form.kinds.any(Kinds::DEMONYM);
    let camp = last.kinds.any(Kinds::DEMONYM) && last.phrase_place == 0;
    (name.kind == EntityKind::Group && camp && !places.is_empty() && places.iter().all(place))
        .then(|| name.tokens.end - 1)
}

/// Finds where a person's name begins after a nationality ("German Ana Ode"), and types the name as a person.
fn compatriot(extractor: &FeatureExtractor<'_>, name: &mut Name) -> Option<usize> {
    const ORGANISED: Kinds = Kinds(
        Kinds::ORGANISATION_WORD.0
            | Kinds::COMPANY_SUFFIX.0
            | Kinds::PLACE_WORD.0
            | Kinds::ORGANISATION.0
            | Kinds::PLACE.0
            | Kinds::EVENT_WORD.0
            | Kinds::LAW_WORD.0
            | Kinds::DEMONYM.0,
    );
    let (first, rest) = extractor.forms.get(name.tokens.clone())?.split_first()?;
    let [given, .., family] = rest else { return None };
    let people = first.kinds.any(Kinds::DEMONYM) && first.phrase_place == 0 && rest.len() <= 4;
    let named = given.kinds.any(Kinds::GIVEN)
        || given.lists.any(WordLists(WordLists::FEMALE.0 | WordLists::MALE.0))
        || family.lists.any(WordLists(WordLists::SURNAME.0 | WordLists::RARE_SURNAME.0))
            && !given.lists.any(WordLists::DICTIONARY)
        || name.kind == EntityKind::Person;
    let words = family.capital && rest.iter().all(|form| form.capital || form.kinds.any(Kinds::PARTICLE));
    let person = named && words && !rest.iter().any(|form| form.kinds.any(ORGANISED) && !form.kinds.any(Kinds::GIVEN));
    // "Christian Ana Ode" is one person with three names.
    let own = name.kind == EntityKind::Person && first.kinds.any(Kinds(Kinds::GIVEN.0 | Kinds::SURNAME.0));
    if !people || !person || own {
        return None;
    }
    name.kind = EntityKind::Person;
    Some(name.tokens.start + 1)
}

/// Returns the name before an office, if it is a place, a people or an organisation.
fn holder(extractor: &FeatureExtractor<'_>, whole: &Name, before: Range<usize>) -> Option<Name> {
    let forms = extractor.forms.get(before.clone()).filter(|forms| !forms.is_empty())?;
    let kind = if forms.iter().all(is_place) {
        EntityKind::Place
    } else if forms.iter().all(|form| form.kinds.any(Kinds::DEMONYM)) {
        EntityKind::Group
    } else {
        EntityKind::Organization
    };
    let span = extractor.document.span(before.clone());
    Some(Name { span, tokens: before, kind, confidence: whole.confidence })
}

fn is_place(form: &WordForm) -> bool {
    form.phrase.any(Kinds::PLACE) || form.kinds.any(Kinds::PLACE)
}

/// Finds the word that joins two names: "and", "'s", or a preposition such as "in". Words inside a listed phrase are
/// skipped. In a person's name, any of these words except "'s" joins two names. In other names, the part before must be
/// a known place, or a known organisation if "'s" follows; or the part after "'s" must be a country. The word "and" also
/// joins two known organisations or two acronyms.
fn conjunction(extractor: &FeatureExtractor<'_>, name: &Name) -> Option<usize> {
    let inner = name.tokens.start + 1..name.tokens.end.saturating_sub(1);
    inner.filter(|index| extractor.forms.get(*index).is_some_and(|form| form.phrase_place == 0)).find(|index| {
        let (before, after) = (name.tokens.start..*index, index + 1..name.tokens.end);
        let joins = match extractor.document.word(*index) {
            "and" => {
                is_whole(extractor, before.clone()) && is_whole(extractor, after)
                    || are_acronyms(extractor, name, *index)
            }
            "'s" | "’s" => {
                let known = is_whole(extractor, before.clone());
                name.kind != EntityKind::Person && (known || is_country(extractor, after))
            }
            // "Mill Street in Tarn" is two places, because no place has "in" inside its name.
            "in" => name.kind == EntityKind::Place,
            "to" | "for" | "at" | "on" => false,
            _ => return false,
        };
        let forms = extractor.forms.get(before).unwrap_or_default();
        joins
            || name.kind == EntityKind::Person && !matches!(extractor.document.word(*index), "'s" | "’s")
            || forms.iter().all(is_place)
    })
}

/// Returns whether a range of words, ignoring a leading article, is listed as a place or an organisation.
fn is_whole(extractor: &FeatureExtractor<'_>, tokens: Range<usize>) -> bool {
    const KNOWN: Kinds = Kinds(Kinds::PLACE.0 | Kinds::ORGANISATION.0);
    let start = if extractor.document.word(tokens.start) == "the" { tokens.start + 1 } else { tokens.start };
    match extractor.forms.get(start..tokens.end) {
        Some([only]) => only.kinds.any(KNOWN),
        Some(forms @ [first, .., last]) => {
            first.phrase_place == 1
                && last.phrase_place == 3
                && forms.iter().all(|form| form.phrase == first.phrase)
                && first.phrase.any(KNOWN)
        }
        _ => false,
    }
}

/// Returns whether a range of words is a single country, as in "Barnier's UK counterpart".
fn is_country(extractor: &FeatureExtractor<'_>, tokens: Range<usize>) -> bool {
    matches!(extractor.forms.get(tokens), Some([only]) if only.kinds.any(Kinds::COUNTRY))
}

/// Returns whether a conjunction joins two acronyms: "BA and IAG".
fn are_acronyms(extractor: &FeatureExtractor<'_>, name: &Name, joint: usize) -> bool {
    let all_capitals = |index: usize| extractor.forms.get(index).is_some_and(|form| form.all_capitals);
    name.tokens == (joint - 1..joint + 2) && all_capitals(joint - 1) && all_capitals(joint + 1)
}
