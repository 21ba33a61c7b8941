//! Trims words that do not belong to a name from its beginning and its end.

use crate::kind::EntityKind;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::lexicon::type_hints::TypeHint;
use crate::lexicon::word_index::WordLists;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use crate::name::word_form::WordForm;
use crate::word_class::WordClass;

/// Corrects where names begin and end.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    for index in 0..names.len() {
        let follows = names.get(index + 1).map(|next| next.tokens.start);
        let free = index.checked_sub(1).and_then(|before| names.get(before)).map_or(0, |before| before.tokens.end);
        if let Some(name) = names.get_mut(index) {
            given_name(extractor, name, free);
            lead_in(extractor, name);
            trailing_pronoun(extractor, name);
            calendar_words(extractor, name);
            patron_saint(extractor, name);
            headed_by_title(extractor, name);
            before_person(extractor, name, follows);
            name.span = extractor.document.span(name.tokens.clone());
        }
    }
    names.retain(|name| !name.tokens.is_empty());
}

/// Adds a missed given name before a person's family name, or before a second given name: "Sylke" before "Tempel". The
/// word must be unknown, and the words around the name must be in lower case, because all words of a headline begin
/// with capitals. `free` is the end of the name before.
fn given_name(extractor: &FeatureExtractor<'_>, name: &mut Name, free: usize) {
    const OTHERS: Kinds = Kinds(
        Kinds::TITLE.0
            | Kinds::ROLE.0
            | Kinds::DEMONYM.0
            | Kinds::PLACE.0
            | Kinds::ORGANISATION.0
            | Kinds::ORGANISATION_WORD.0
            | Kinds::PLACE_WORD.0
            | Kinds::CALENDAR.0
            | Kinds::COMMON.0,
    );
    let start = name.tokens.start;
    if name.kind != EntityKind::Person || name.tokens.len() > 2 || start < 2 || start <= free {
        return;
    }
    let forms = extractor.forms.get(start - 2..name.tokens.end + 1).unwrap_or_default();
    let [before, given, family, .., after] = forms else { return };
    let second = name.tokens.len() == 2;
    let usual = given.lists.any(WordLists(WordLists::FEMALE.0 | WordLists::MALE.0))
        || ["given", "surname"].iter().any(|kind| Some(given.type_hint) == TypeHint::named(kind));
    let shortened = extractor.document.word(start - 1).ends_with('.');
    if second && (!usual || shortened || family.first) {
        return;
    }
    let unknown = given.capital && !given.all_capitals && !given.first && given.phrase_place == 0 && given.common == 0;
    let surrounded = (!before.capital || before.first) && !after.capital && family.capital;
    if unknown && surrounded && !given.kinds.any(OTHERS) {
        name.tokens.start -= 1;
    }
}

/// Trims words before the name proper: a function word that opens the sentence ("Since Ana Ode left"), "Tarn-based", or
/// "Neighbouring" before a country.
fn lead_in(extractor: &FeatureExtractor<'_>, name: &mut Name) {
    const ORGANISED: Kinds = Kinds(Kinds::ORGANISATION_WORD.0 | Kinds::COMPANY_SUFFIX.0 | Kinds::PLACE_WORD.0);
    let Some([first, second, rest @ ..]) = extractor.forms.get(name.tokens.clone()) else { return };
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
    // Drop the article of "The Harbour Board", but not of "The Hague".
    let article = word == "The"
        && first.phrase_place == 0
        && std::iter::once(second).chain(rest).any(|form| form.kinds.any(ORGANISED));
    if small || neighbour || article || word.ends_with("-based") {
        name.tokens.start += 1;
        if neighbour {
            name.kind = EntityKind::Place;
        }
    }
}

/// Trims a pronoun that begins the next clause: "In Caracas I met", "After Tarn She left". Keeps the numeral of a king
/// or queen.
fn trailing_pronoun(extractor: &FeatureExtractor<'_>, name: &mut Name) {
    let document = extractor.document;
    let Some(last) = name.tokens.end.checked_sub(1).filter(|_| name.tokens.len() > 1) else { return };
    let word = document.word(last);
    let verb = document.classes.get(name.tokens.end).is_some_and(|class| class.is_finite());
    let opener = name.tokens.start.checked_sub(1).filter(|at| extractor.forms.get(*at).is_some_and(|form| form.first));
    let class = opener.and_then(|opener| document.classes.get(opener));
    let led = class.is_some_and(|class| matches!(class, WordClass::Preposition | WordClass::Subordinator));
    let number = word == "I" && (!verb || name.kind == EntityKind::Person && !led);
    if lists::SUBJECT_PRONOUNS.contains_any_case(word) && !number && (verb || word != "It") {
        name.tokens.end = last;
        let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
        if forms.iter().all(|form| form.kinds.any(Kinds::PLACE) || form.phrase.any(Kinds::PLACE)) {
            name.kind = EntityKind::Place;
        }
    }
}

/// Trims days and months at either end of a name: "U.S. June 17", "Monday Kenya". A person's name keeps a given name
/// such as "April".
fn calendar_words(extractor: &FeatureExtractor<'_>, name: &mut Name) {
    let calendar = |index: usize| {
        let form = extractor.forms.get(index);
        let named = Kinds(Kinds::GIVEN.0 | Kinds::SURNAME.0);
        form.is_some_and(|form| {
            form.kinds.any(Kinds::CALENDAR)
                && (name.kind != EntityKind::Person || !form.kinds.any(named))
                && form.phrase_place == 0
                && lists::DAYS_AND_MONTHS.contains(extractor.document.word(index))
        })
    };
    if !matches!(name.kind, EntityKind::Person | EntityKind::Place | EntityKind::Organization | EntityKind::Group) {
        return;
    }
    let (start, end) = (name.tokens.start, name.tokens.end);
    let tail = (start + 1..end).rev().take_while(|index| calendar(*index)).count();
    let head = (start..end - tail - 1).take_while(|index| calendar(*index)).count();
    name.tokens = start + head..end - tail;
}

/// Completes the name of a church, school or hospital with the possessive of its saint: "St Mary's". Saints own nothing
/// else in news.
fn patron_saint(extractor: &FeatureExtractor<'_>, name: &mut Name) {
    let document = extractor.document;
    let saint = matches!(document.word(name.tokens.start), "St" | "St." | "Saint");
    if saint && name.tokens.len() == 2 && matches!(document.word(name.tokens.end), "'s" | "’s") {
        name.tokens.end += 1;
    }
}

/// Types "General Ana Ode" and "Lord Ode" as persons, but not "General Motors".
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

/// Trims titles at the end of a name that precedes a person's name: "Tarn Governor" before "Ana Ode" becomes "Tarn".
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
