//! Types names as places by the word lists, by the noun at their end and by the words around them: "Tarnholm Delta",
//! "rain fell in Orlo". The recogniser often takes an unknown town for an organisation, because towns and companies do
//! the same things in news.

use crate::hash::{Map, Set, mix};
use crate::kind::EntityKind;
use crate::lexicon::lists::{self, WordList};
use crate::lexicon::names::Kinds;
use crate::lexicon::type_hints::TypeHint;
use crate::lexicon::word_index::WordLists;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use crate::name::word_form::WordForm;
use crate::token::TokenKind;
use crate::word_class::WordClass;
use std::cell::OnceCell;

/// Minimum number of different words about sport in a sports report, where a town's name denotes its team.
const SPORTS_WORDS: usize = 3;

/// Types organisations and other named things as places if the story or the word lists show that they are places.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut [Name]) {
    let evidence = evidence(extractor, names);
    let teams = teams(extractor, names);
    let sport = OnceCell::new();
    let number =
        |index: usize| extractor.document.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Number);
    // A town with a number beside it is a team in a table: "Orlo 4 Tarn 1".
    let tabular = |name: &Name| number(name.tokens.end);
    for name in names.iter_mut().filter(|name| is_doubtful(name) || is_shore(extractor, name)) {
        let placed = || evidence.get(&key(extractor, name)).is_some_and(|evidence| evidence.for_place);
        let listed = listed(extractor, name);
        let shown = listed.any(Kinds::PLACE) || has_landform(extractor, name) || is_town(extractor, name) || placed();
        let in_report = || {
            tabular(name) || teams.contains(&key(extractor, name)) || *sport.get_or_init(|| is_sports_report(extractor))
        };
        // If a government or team named by its country ("Norway cut its quota") were an organisation, the country would
        // be split into two rows.
        if listed.any(Kinds::COUNTRY) || shown && !in_report() {
            name.kind = EntityKind::Place;
        }
    }
}

/// Returns the hashes of the words that begin the names of teams and companies, such as "Orlo" in "Orlo Rovers". Such
/// words may be short for these names. The police of a town are not short for the town.
fn teams(extractor: &FeatureExtractor<'_>, names: &[Name]) -> Set {
    let mut teams = Set::default();
    for name in names.iter().filter(|name| name.kind == EntityKind::Organization && name.tokens.len() > 1) {
        let last = extractor.document.word(name.tokens.end - 1);
        if lists::TOWN_BODIES.contains(last) || lists::LOCAL_BODIES.contains(last) {
            continue;
        }
        let forms = extractor.forms.get(name.tokens.start..name.tokens.end - 1).unwrap_or_default();
        let mut hash = 0;
        for form in forms {
            hash = mix(hash, form.folded);
            teams.insert(hash);
        }
    }
    teams
}

/// Returns whether the recogniser may have mistaken a place for a name of this type.
const fn is_doubtful(name: &Name) -> bool {
    matches!(name.kind, EntityKind::Organization | EntityKind::Other)
}

/// Returns whether a name recognised as a person ends like a place and is the object of a preposition of place ("off
/// Skerry Ness"), or comes before a noun for a place ("Orlo prison").
fn is_shore(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let grounds = || is_before(extractor, name, &lists::NAMED_GROUNDS) && may_be_place(extractor, name);
    name.kind == EntityKind::Person
        && (has_landform(extractor, name) && is_located(extractor, name) || grounds())
        && !is_owner_or_speaker(extractor, name)
}

/// Returns whether the word after a name is in a list.
fn is_before(extractor: &FeatureExtractor<'_>, name: &Name, list: &WordList) -> bool {
    list.contains(extractor.document.word(name.tokens.end))
}

/// Returns whether a name is one word that is in the public list of towns and usually a place.
fn is_town(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    const OTHERS: WordLists = WordLists(WordLists::DICTIONARY.0 | WordLists::FEMALE.0 | WordLists::MALE.0);
    let Some([form]) = extractor.forms.get(name.tokens.clone()) else { return false };
    form.lists.any(WordLists::TOWN)
        && !form.lists.any(OTHERS)
        && Some(form.type_hint) == TypeHint::named("place")
        && may_be_place(extractor, name)
        && !is_owner_or_speaker(extractor, name)
}

/// Returns whether the document is a report about sport: it has several words about sport, or consists of tables.
fn is_sports_report(extractor: &FeatureExtractor<'_>) -> bool {
    /// Minimum share of numbers among the tokens of a table, as one in this many.
    const ONE_IN: usize = 5;
    let tokens = &extractor.document.tokens;
    if ONE_IN * tokens.iter().filter(|token| token.kind == TokenKind::Number).count() > tokens.len() {
        return true;
    }
    let mut seen = Vec::new();
    for (index, form) in extractor.forms.iter().enumerate() {
        if form.small && !seen.contains(&form.folded) && lists::SPORTS_WORDS.contains(extractor.document.word(index)) {
            seen.push(form.folded);
            if seen.len() == SPORTS_WORDS {
                return true;
            }
        }
    }
    false
}

/// Maximum length of an acronym that may also be the name of a town, in bytes.
const ACRONYM: usize = 4;

/// Kinds of listed words and phrases that are not only places.
const OTHER_KINDS: Kinds = Kinds(
    Kinds::GIVEN.0
        | Kinds::SURNAME.0
        | Kinds::TITLE.0
        | Kinds::COMMON.0
        | Kinds::ORGANISATION.0
        | Kinds::ORGANISATION_WORD.0
        | Kinds::DEMONYM.0
        | Kinds::WORK.0,
);

/// Returns the listed kinds of a name that is listed as a place and as nothing else. The result is empty for all other
/// names.
fn listed(extractor: &FeatureExtractor<'_>, name: &Name) -> Kinds {
    let only = |kinds: Kinds| if kinds.any(OTHER_KINDS) { Kinds::default() } else { kinds };
    match extractor.forms.get(name.tokens.clone()).unwrap_or_default() {
        // "SWAT" is not the valley of Swat.
        [form] if form.all_capitals && !form.kinds.any(Kinds::COUNTRY) && name.span.len() <= ACRONYM => {
            Kinds::default()
        }
        [form] if form.common == 0 && form.phrase_place == 0 => only(form.kinds),
        [first, inner @ .., last]
            if first.phrase_place == 1 && last.phrase_place == 3 && inner.iter().all(|form| form.phrase_place == 2) =>
        {
            only(first.phrase)
        }
        _ => Kinds::default(),
    }
}

/// Returns whether a name of two or more words ends in a noun for a feature of the land, such as "Delta" or "Road".
fn has_landform(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    const HOUSES: Kinds =
        Kinds(Kinds::ORGANISATION_WORD.0 | Kinds::COMPANY_SUFFIX.0 | Kinds::EVENT_OPENER.0 | Kinds::DEMONYM.0);
    let Some([rest @ .., last]) = extractor.forms.get(name.tokens.clone()) else { return false };
    let listed = last.phrase_place > 0 && last.phrase.any(Kinds(Kinds::ORGANISATION.0 | Kinds::WORK.0));
    !rest.is_empty()
        && !listed
        && last.capital
        && rest.iter().all(|form| form.capital)
        && lists::LANDFORMS.contains_any_case(extractor.document.word(name.tokens.end - 1))
        && !rest.iter().any(|form| form.kinds.any(HOUSES))
}

/// Evidence for the type of a name, from all its mentions.
#[derive(Clone, Copy, Debug, Default)]
struct Evidence {
    /// Whether the words around a mention show that the name is a place.
    for_place: bool,
}

/// Collects the evidence about the doubtful names that may be places.
fn evidence(extractor: &FeatureExtractor<'_>, names: &[Name]) -> Map<Evidence> {
    let mut all: Map<Evidence> = Map::default();
    let mut against = Vec::new();
    for name in names.iter().filter(|name| is_doubtful(name) && may_be_place(extractor, name)) {
        if is_owner_or_speaker(extractor, name) {
            against.push(key(extractor, name));
        }
        if is_located(extractor, name) {
            all.entry(key(extractor, name)).or_default().for_place = true;
        }
    }
    for key in against {
        all.remove(&key);
    }
    all
}

/// Returns the hash of a name's words.
fn key(extractor: &FeatureExtractor<'_>, name: &Name) -> u64 {
    let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    forms.iter().fold(0, |hash, form| mix(hash, form.folded))
}

/// Returns whether nothing in the words of a name shows that it is an organisation, an event or a work.
fn may_be_place(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    const THINGS: Kinds = Kinds(
        OTHER_KINDS.0 & !Kinds::GIVEN.0 & !Kinds::SURNAME.0
            | Kinds::COMPANY_SUFFIX.0
            | Kinds::EVENT_WORD.0
            | Kinds::LAW_WORD.0
            | Kinds::EVENT_OPENER.0
            | Kinds::CALENDAR.0,
    );
    const HOUSES: [&str; 6] = ["agency", "company", "event", "organisation", "people", "team"];
    let houses = HOUSES.map(TypeHint::named);
    let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    let thing = |form: &WordForm| {
        form.kinds.any(THINGS) || form.all_capitals || form.phrase_place > 0 && form.phrase.any(THINGS)
    };
    let hint = forms.last().map(|form| form.type_hint);
    !forms.is_empty()
        && !forms.iter().any(thing)
        && !houses.contains(&hint)
        && !lists::BUSINESS_NOUNS.contains(extractor.document.word(name.tokens.end - 1))
}

/// Returns whether a name says something, owns a part of a company or comes before its suffix.
fn is_owner_or_speaker(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let Some(last) = name.tokens.end.checked_sub(1).and_then(|last| extractor.forms.get(last)) else { return false };
    let usage = extractor.context.usage(last.folded);
    let common = name.tokens.len() == 1 && usage.small > 0;
    usage.says || usage.firm || usage.organised || usage.titled || usage.after_given || common
}

/// Returns whether a name is the object of a preposition of place, or a noun for the place or its people follows it, or
/// its state or country after a comma: "rain fell in Orlo", "Orlo police", "Orlo, Idaho,".
fn is_located(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let document = extractor.document;
    let (start, end) = (name.tokens.start, name.tokens.end);
    let before = |steps: usize| start.checked_sub(steps).map_or("", |index| document.word(index));
    let class = |index: usize| document.classes.get(index).copied();
    // In "shares in Orlo rose", the noun takes a company.
    let holding = lists::HELD_IN.contains_any_case(before(2));
    let whole = !class(end).is_some_and(|class| class.is_noun() || class == WordClass::Adjective)
        && !extractor.forms.get(end).is_some_and(|form| form.capital)
        && !matches!(document.word(end), "'s" | "’s" | "&" | "-");
    let inside = lists::HOLDING_PLACES.contains_any_case(before(1)) && !holding && whole;
    let region = extractor.forms.get(end + 1).is_some_and(|form| {
        form.kinds.any(Kinds(Kinds::COUNTRY.0 | Kinds::REGION.0))
            || form.phrase_place == 1 && form.phrase.any(Kinds::PLACE)
    });
    let closed = (end + 2..end + 5)
        .find(|index| extractor.forms.get(*index).is_none_or(|form| form.phrase_place <= 1))
        .is_some_and(|index| matches!(document.word(index), "," | ")" | "–" | "—"));
    let named = is_before(extractor, name, &lists::NAMED_GROUNDS) || is_before(extractor, name, &lists::INHABITANTS);
    inside || named || document.word(end) == "," && region && closed && before(1) != "," && before(1) != "and"
}
