//! Completes the names of organisations: joins a name to the name after "of the" that completes it, and finds short
//! forms. Also corrects types about which the word lists leave no doubt.

use super::insert::add;
use super::public_bodies;
use crate::hash::Set;
use crate::kind::EntityKind;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::lexicon::word_index::WordLists;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use crate::name::word_form::WordForm;

/// Corrects the extents and types of names about which the word lists leave no doubt.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    let families = families(extractor, names);
    for name in names.iter_mut() {
        people(extractor, name);
        if is_only_place(extractor, name) || is_state(extractor, name) || is_inhabited(extractor, name, &families) {
            name.kind = EntityKind::Place;
        } else if is_listed_agency(extractor, name)
            || is_only_organisation(extractor, name)
            || is_business(extractor, name)
            || is_body(extractor, name)
        {
            name.kind = EntityKind::Organization;
        } else if is_doctrine(extractor, name) {
            name.kind = EntityKind::Other;
        } else if is_full_name(extractor, name) {
            name.kind = EntityKind::Person;
        }
    }
    regions(extractor, names);
    complete(extractor, names);
    public_bodies::apply(extractor, names);
    short_forms(extractor, names);
}

/// Types the second of two names as a place if it says where the first one is: "in Hattersley, Greater Manchester, on
/// Friday". The preposition must not begin the sentence, because "In Orlo, Harbour Nine, a shop, closed" names a firm.
fn regions(extractor: &FeatureExtractor<'_>, names: &mut [Name]) {
    let document = extractor.document;
    for index in 1..names.len() {
        let (before, [region, ..]) = names.split_at_mut(index) else { continue };
        let Some(place) = before.last().filter(|place| place.kind == EntityKind::Place) else { continue };
        let preposition = place.tokens.start.checked_sub(1).map_or("", |at| document.word(at));
        let next = document.word(region.tokens.end);
        let forms = extractor.forms.get(region.tokens.clone()).unwrap_or_default();
        if region.kind == EntityKind::Organization
            && region.tokens.start == place.tokens.end + 1
            && document.word(place.tokens.end) == ","
            && matches!(preposition, "in" | "near" | "at" | "from" | "outside" | "of")
            && matches!(next, "," | "." | ";" | "on" | "in" | "")
            && !forms.iter().any(|form| form.kinds.any(Kinds::ORGANISATION_WORD))
        {
            region.kind = EntityKind::Place;
        }
    }
}

/// Types "Karabakh Armenians" as a group, and shortens "Armenians of Karabakh", which is not an organisation, to
/// "Armenians".
fn people(extractor: &FeatureExtractor<'_>, name: &mut Name) {
    let document = extractor.document;
    let plural = |index: usize| {
        let form = extractor.forms.get(index);
        form.is_some_and(|form| {
            form.kinds.any(Kinds::DEMONYM) && !form.kinds.any(Kinds::TEAM) && form.phrase_place == 0
        }) && document.word(index).ends_with('s')
    };
    let start = name.tokens.start;
    let places = extractor.forms.get(start..name.tokens.end.saturating_sub(1)).unwrap_or_default();
    if name.kind != EntityKind::Organization || name.tokens.len() < 2 {
        return;
    }
    if plural(start) && matches!(document.word(start + 1), "of" | "in" | "from") {
        name.tokens.end = start + 1;
        name.kind = EntityKind::Group;
    } else if plural(name.tokens.end - 1) && places.iter().all(|form| form.kinds.any(Kinds::PLACE)) {
        name.kind = EntityKind::Group;
    }
    name.span = document.span(name.tokens.clone());
}

/// Marks the first word of an organisation's name as its short form wherever the word occurs by itself: "Harrowgate"
/// after "Harrowgate Services". Skips words that are listed as something else, and words that the story uses for a
/// person.
fn short_forms(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    let (local, long): (Vec<&Name>, Vec<&Name>) = (names.iter())
        .filter(|name| name.kind == EntityKind::Organization && name.tokens.len() > 1)
        .partition(|name| is_local_body(extractor, name));
    let mut towns = heads(extractor, local.into_iter().filter(|name| name.tokens.len() == 2));
    towns.extend(settlements(extractor));
    let companies = &heads(extractor, long.into_iter()) - &towns;
    spread(extractor, names, &companies, EntityKind::Organization);
    spread(extractor, names, &owners(extractor), EntityKind::Organization);
    spread(extractor, names, &towns, EntityKind::Place);
}

/// Returns the words that the story calls a settlement, except words that it also uses for a person.
fn settlements(extractor: &FeatureExtractor<'_>) -> Set {
    let person = |form: &&WordForm| {
        let usage = extractor.context.usage(form.folded);
        usage.titled || usage.after_given || usage.small > 0
    };
    let settled = |form: &&WordForm| form.capital && extractor.context.usage(form.folded).settled;
    extractor.forms.iter().filter(settled).filter(|form| !person(form)).map(|form| form.folded).collect()
}

/// Returns the unknown words that come before a noun related to a company, with or without a possessive: "Tavish" in
/// "Tavish's workers" and "Tavish shares".
fn owners(extractor: &FeatureExtractor<'_>) -> Set {
    let unknown = |form: &&WordForm| {
        form.capital && !form.all_capitals && form.kinds.is_empty() && form.common == 0 && form.lists.0 == 0
    };
    let owner = |form: &&WordForm| {
        let usage = extractor.context.usage(form.folded);
        usage.firm && usage.small == 0 && !usage.titled && !usage.after_given && !usage.located && !usage.landmark
    };
    extractor.forms.iter().filter(unknown).filter(owner).map(|form| form.folded).collect()
}

/// Returns whether a name of two or more words ends with a noun for a kind of business.
fn is_business(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    let whole = forms.len() > 1 && forms.iter().all(|form| form.capital && form.phrase_place == 0);
    let noun = lists::BUSINESS_NOUNS.contains(extractor.document.word(name.tokens.end - 1));
    let surname = forms.last().is_some_and(|form| form.kinds.any(Kinds::SURNAME));
    whole && noun && !surname && matches!(name.kind, EntityKind::Person | EntityKind::Place | EntityKind::Other)
}

/// Returns whether a name recognised as a place ends with a noun for a body, such as "Partnership".
fn is_body(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    let listed = forms.iter().any(|form| form.phrase_place == 3 && form.phrase.any(Kinds::PLACE));
    name.kind == EntityKind::Place
        && forms.len() > 1
        && !listed
        && lists::BODIES.contains(extractor.document.word(name.tokens.end - 1))
}

/// Returns whether a name recognised as a person, place or organisation is one word for a faith or a doctrine, such as
/// "Buddhism".
fn is_doctrine(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let word = extractor.document.word(name.tokens.start);
    let doubtful = matches!(name.kind, EntityKind::Person | EntityKind::Place | EntityKind::Organization);
    doubtful && name.tokens.len() == 1 && (word.ends_with("ism") || matches!(word, "Islam" | "Christianity"))
}

/// Returns whether a name denotes a town's newspaper, police or school. The name of the town is not a short form of
/// such a name.
fn is_local_body(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    lists::LOCAL_BODIES.contains(extractor.document.word(name.tokens.end - 1))
}

/// Returns the unknown first words of the names `long`, except words that the story also uses in another way.
fn heads<'n>(extractor: &FeatureExtractor<'_>, long: impl Iterator<Item = &'n Name>) -> Set {
    long.filter_map(|name| extractor.forms.get(name.tokens.start))
        .filter(|form| form.kinds.is_empty() && form.common == 0 && !form.all_capitals)
        .map(|form| form.folded)
        .filter(|word| {
            let usage = extractor.context.usage(*word);
            usage.small == 0 && !usage.titled && !usage.after_given && !usage.landmark
        })
        .collect()
}

/// Types names that consist of one word from `heads` as `kind`. Adds such words that are not in a name yet.
fn spread(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>, heads: &Set, kind: EntityKind) {
    if heads.is_empty() {
        return;
    }
    let listed = |index: usize| {
        extractor
            .forms
            .get(index)
            .is_some_and(|form| form.capital && !form.all_capitals && heads.contains(&form.folded))
    };
    for name in names.iter_mut().filter(|name| name.tokens.len() == 1 && listed(name.tokens.start)) {
        name.kind = kind;
    }
    add(extractor, names, kind, listed);
}

/// Returns whether a word recognised as a person is listed only as a place and never follows a title or a given name in
/// the story. "Baku said" does not make Baku a person, because news reports use the name of a capital city for its
/// government.
fn is_only_place(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    const OF_PERSONS: Kinds = Kinds(Kinds::GIVEN.0 | Kinds::SURNAME.0);
    let Some([form]) = extractor.forms.get(name.tokens.clone()) else { return false };
    let usage = extractor.context.usage(form.folded);
    name.kind == EntityKind::Person
        && form.kinds.any(Kinds(Kinds::CITY.0 | Kinds::COUNTRY.0))
        && !form.kinds.any(OF_PERSONS)
        && !usage.titled
        && !usage.after_given
}

/// Returns the last words of the full names of people.
fn families(extractor: &FeatureExtractor<'_>, names: &[Name]) -> Set {
    let full = names.iter().filter(|name| name.kind == EntityKind::Person && name.tokens.len() > 1);
    full.filter_map(|name| extractor.forms.get(name.tokens.end - 1)).map(|form| form.folded).collect()
}

/// Returns whether a single word recognised as a person follows "in" somewhere in the story, and nothing else in the
/// story points to a person: no full name, title or speech. "Schools in Vargas were closed" is about a town. `families`
/// are the family names of people named in full.
fn is_inhabited(extractor: &FeatureExtractor<'_>, name: &Name, families: &Set) -> bool {
    let Some([form]) = extractor.forms.get(name.tokens.clone()) else { return false };
    let usage = extractor.context.usage(form.folded);
    let personal = usage.titled || usage.after_given || usage.says || families.contains(&form.folded);
    name.kind == EntityKind::Person && usage.inside && usage.small == 0 && !personal
}

/// Returns whether a name doubtfully recognised as an organisation is a given name and a family name: "Pavel Brand".
/// Rejects listed companies, and family names that the story uses before a company suffix or a noun related to a
/// company.
fn is_full_name(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    /// Minimum confidence at which the recogniser's type is kept, because companies can be named after people: "Ted
    /// Baker".
    const CLEAR: f32 = 0.9;
    const OTHERS: Kinds = Kinds(
        Kinds::PLACE.0
            | Kinds::ORGANISATION.0
            | Kinds::ORGANISATION_WORD.0
            | Kinds::COMPANY_SUFFIX.0
            | Kinds::PLACE_WORD.0
            | Kinds::DEMONYM.0,
    );
    let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    let (given, family) = match forms {
        [given, family] => (given, family),
        [given, second, family] if second.kinds.any(Kinds::GIVEN) => (given, family),
        _ => return false,
    };
    let usage = extractor.context.usage(family.folded);
    let named = family.kinds.any(Kinds::SURNAME)
        || family.lists.any(WordLists(WordLists::SURNAME.0 | WordLists::RARE_SURNAME.0));
    let plain = |form: &WordForm| form.capital && form.phrase_place == 0 && !form.kinds.any(OTHERS);
    name.kind == EntityKind::Organization
        && name.confidence < CLEAR
        && given.kinds.any(Kinds::GIVEN)
        && named
        && forms.iter().all(plain)
        && !usage.organised
        && !usage.firm
}

/// Returns whether a name is the full name of a state: "Federal Republic of Cameroon".
fn is_state(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let document = extractor.document;
    let mut inner = name.tokens.clone().skip(1);
    let Some(of) = inner.find(|index| document.word(*index) == "of") else { return false };
    let rest = extractor.forms.get(of + 1..name.tokens.end).unwrap_or_default();
    let place =
        |form: &WordForm| form.kinds.any(Kinds(Kinds::COUNTRY.0 | Kinds::REGION.0)) || form.phrase.any(Kinds::PLACE);
    lists::FORMS_OF_STATE.contains(document.word(of - 1)) && !rest.is_empty() && rest.iter().all(place)
}

/// Returns whether a name is one listed phrase for an agency or a newspaper that is not also a place.
fn is_listed_agency(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let Some([first, .., last]) = extractor.forms.get(name.tokens.clone()) else { return false };
    let ends = first.phrase_place == 1 && last.phrase_place == 3;
    ends && first.phrase.any(Kinds(Kinds::AGENCY.0 | Kinds::MEDIA.0))
        && first.phrase == last.phrase
        && !first.phrase.any(Kinds::PLACE)
}

/// Returns whether a word or phrase recognised as a person or a place is listed only as an organisation and never
/// follows a title or a given name in the story: "Interfax", "Ars Technica".
fn is_only_organisation(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    const OTHERS: Kinds = Kinds(
        Kinds::PLACE.0
            | Kinds::GIVEN.0
            | Kinds::SURNAME.0
            | Kinds::DEMONYM.0
            | Kinds::WORK.0
            | Kinds::COMMON.0
            | Kinds::TITLE.0,
    );
    let only = |kinds: Kinds| kinds.any(Kinds::ORGANISATION) && !kinds.any(OTHERS);
    let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    let listed = match forms {
        // "My Lords" are persons, although the Lords are a chamber.
        [form] => {
            let before = name.tokens.start.checked_sub(1).map_or("", |before| extractor.document.word(before));
            only(form.kinds) && form.common == 0 && !before.eq_ignore_ascii_case("my")
        }
        [first, .., last] => first.phrase_place == 1 && last.phrase_place == 3 && only(first.phrase),
        [] => false,
    };
    let usage = forms.last().map(|form| extractor.context.usage(form.folded));
    listed
        && matches!(name.kind, EntityKind::Person | EntityKind::Place)
        && !usage.is_some_and(|usage| usage.titled || usage.after_given)
}

/// Joins the two names in "International Committee of the Red Cross" and in "Lyme & Fenn".
fn complete(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    let mut whole: Vec<Name> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        match whole.last_mut() {
            Some(head) if completes(extractor, head, &name) || are_partners(extractor, head, &name) => {
                head.tokens.end = name.tokens.end;
                head.span = extractor.document.span(head.tokens.clone());
                head.kind = EntityKind::Organization;
            }
            _ => whole.push(name),
        }
    }
    *names = whole;
}

/// Returns whether two family names with an ampersand between them are the name of a firm.
fn are_partners(extractor: &FeatureExtractor<'_>, head: &Name, name: &Name) -> bool {
    let single = |name: &Name| name.tokens.len() == 1 && name.kind == EntityKind::Person;
    let before = head.tokens.start.checked_sub(1).map_or("", |before| extractor.document.word(before));
    // "(Lyme & Fenn, 2013)" cites two authors.
    single(head)
        && single(name)
        && !matches!(before, "(" | ";" | ":")
        && name.tokens.start == head.tokens.end + 1
        && extractor.document.word(head.tokens.end) == "&"
}

/// Returns whether a name contains "of" and is not listed as a place: "Exploration of the Sea".
fn is_of_object(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let listed = |form: &WordForm| form.kinds.any(Kinds::PLACE) || form.phrase.any(Kinds::PLACE);
    let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    name.tokens.clone().any(|index| extractor.document.word(index) == "of") && !forms.first().is_some_and(listed)
}

/// Returns whether `name` completes `head`: "of" or "of the" joins them, and `head` ends in a noun that heads
/// organisations' names, such as "Committee".
fn completes(extractor: &FeatureExtractor<'_>, head: &Name, name: &Name) -> bool {
    let document = extractor.document;
    let last = head.tokens.end.checked_sub(1).and_then(|last| extractor.forms.get(last));
    let between = head.tokens.end..name.tokens.start;
    let of = document.word(head.tokens.end) == "of"
        && (between.len() == 1 || between.len() == 2 && document.word(head.tokens.end + 1) == "the")
        || document.word(head.tokens.end) == "for"
            && between.len() == 2
            && document.word(head.tokens.end + 1) == "the"
            && last.is_some_and(|form| form.kinds.any(Kinds::ORGANISATION_WORD) && form.capital)
            && is_of_object(extractor, name);
    of && head.kind == EntityKind::Organization
        && matches!(name.kind, EntityKind::Place | EntityKind::Organization | EntityKind::Other)
        && last.is_some_and(|form| form.kinds.any(Kinds::ORGANISATION_WORD))
}
