//! Common words recognised as names only because they begin a sentence ("Graduation had been set for May", "Services
//! for the Orlos"), and measurements recognised as codes ("It was 30C").

use crate::kind::EntityKind;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::lexicon::word_index::WordLists;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use crate::name::word_form::WordForm;
use crate::token::TokenKind;

/// Kinds of listed words that are names even at the beginning of a sentence.
const NAMES: Kinds = Kinds(
    Kinds::GIVEN.0
        | Kinds::SURNAME.0
        | Kinds::PLACE.0
        | Kinds::DEMONYM.0
        | Kinds::ORGANISATION.0
        | Kinds::TITLE.0
        | Kinds::CALENDAR.0
        | Kinds::WORK.0,
);

/// Drops names that are only a common noun or a measurement, and trims such a noun from the start of a longer name.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    for name in names.iter_mut() {
        let cries = cries(extractor, name);
        name.tokens.start = after_noun(extractor, name).unwrap_or(name.tokens.start + cries);
        let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
        if cries > 0 && forms.iter().all(|form| form.kinds.any(Kinds::PLACE)) {
            name.kind = EntityKind::Place;
        }
        name.span = extractor.document.span(name.tokens.clone());
    }
    let people: Vec<usize> =
        names.iter().filter(|name| name.kind == EntityKind::Person).map(|name| name.tokens.end).collect();
    names.retain(|name| {
        if name.tokens.is_empty() {
            return false;
        }
        let word = extractor.document.word(name.tokens.start);
        let exclaimed = name.tokens.len() == 1 && lists::EXCLAIMED_NAMES.contains(word);
        !exclaimed
            && !is_common(extractor, name)
            && !is_measurement(extractor, name)
            && !is_code(extractor, name, &people)
    });
}

/// Returns the number of words of a cry at the beginning of a name: one in "Viva Bolivar", two in "Ooh Aah". Cries are
/// trimmed only where a sentence or a quotation begins, because a company may be called "Viva Foods".
fn cries(extractor: &FeatureExtractor<'_>, name: &Name) -> usize {
    let document = extractor.document;
    let quoted = name.tokens.start.checked_sub(1).and_then(|before| document.tokens.get(before));
    let quoted = quoted.is_some_and(|token| token.kind == TokenKind::QuoteMark);
    if !quoted && !extractor.forms.get(name.tokens.start).is_some_and(|form| form.first) {
        return 0;
    }
    if document.word(name.tokens.start) == "Long" && document.word(name.tokens.start + 1) == "Live" {
        return name.tokens.len().min(2);
    }
    let count = name.tokens.clone().take_while(|index| lists::CRIES.contains(document.word(*index))).count();
    // "Vive la France": the article is not part of the country's name.
    let article =
        count > 0 && count < name.tokens.len() && matches!(document.word(name.tokens.start + count), "la" | "le");
    count + usize::from(article)
}

/// Returns whether a name is only a dictionary noun: one that begins a sentence and is never capitalised elsewhere, or
/// one typed as a person without further evidence.
fn is_common(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let Some([form]) = extractor.forms.get(name.tokens.clone()) else { return false };
    let usage = extractor.context.usage(form.folded);
    let noun = is_dictionary_noun(form);
    // "Weatherby said" is about a person, but "Nylon was" is not.
    let maybe_family = name.kind == EntityKind::Person && form.lists.any(WordLists::RARE_SURNAME) && usage.says;
    // In "God help them, Nylon was new", "Nylon" is not a person. Words in "-ing" are more often family names.
    let participle = extractor.document.word(name.tokens.start).ends_with("ing");
    let unlisted = !participle && !form.lists.any(WordLists::RARE_SURNAME);
    let no_person = name.kind == EntityKind::Person && unlisted && !usage.says;
    if no_person && noun && !usage.titled && !usage.after_given {
        return true;
    }
    form.first && noun && !maybe_family && usage.capital == 0 && !usage.titled && !usage.after_given && !usage.organised
}

/// Returns whether a capitalised word is in the dictionary and not in any list of names.
fn is_dictionary_noun(form: &WordForm) -> bool {
    const NAMED: WordLists =
        WordLists(WordLists::PROPER.0 | WordLists::FEMALE.0 | WordLists::MALE.0 | WordLists::SURNAME.0);
    form.lists.any(WordLists::DICTIONARY)
        && !form.lists.any(NAMED)
        && !form.kinds.any(NAMES)
        && !form.all_capitals
        && form.phrase_place == 0
}

/// Returns the first token of the name after a common noun that begins the sentence: "Funerals for the Orlos".
/// Societies keep their whole name: "Friends of the Canal".
fn after_noun(extractor: &FeatureExtractor<'_>, name: &Name) -> Option<usize> {
    let document = extractor.document;
    let [first, joint, rest @ ..] = extractor.forms.get(name.tokens.clone())? else { return None };
    let word = document.word(name.tokens.start);
    let noun = first.first
        && is_dictionary_noun(first)
        && !first.kinds.any(Kinds::ORGANISATION_WORD)
        && !lists::PEOPLE_NOUNS.contains_any_case(word)
        && extractor.context.usage(first.folded).capital == 0;
    let joint_word = document.word(name.tokens.start + 1);
    let owned = joint_word == "of" && lists::COMPANY_PARTS.contains_any_case(word);
    let joins = joint.small && (owned || matches!(joint_word, "for" | "in" | "at" | "on" | "to" | "from"));
    let skipped = rest.iter().take_while(|form| !form.capital).count();
    (noun && joins && skipped < rest.len()).then_some(name.tokens.start + 2 + skipped)
}

/// Returns whether a name is three capitals in brackets after a person, such as the code of a competitor's country: "Ana
/// Ode (KEN)". `people` are the ends of the names of people, in tokens.
fn is_code(extractor: &FeatureExtractor<'_>, name: &Name, people: &[usize]) -> bool {
    /// Length, in bytes, of a country's code.
    const LENGTH: usize = 3;
    let Some([form]) = extractor.forms.get(name.tokens.clone()) else { return false };
    let bracket = name.tokens.start.checked_sub(1).filter(|before| extractor.document.word(*before) == "(");
    form.all_capitals
        && extractor.document.word(name.tokens.start).len() == LENGTH
        && bracket.is_some_and(|bracket| people.binary_search(&bracket).is_ok())
        && extractor.document.word(name.tokens.end) == ")"
}

/// Returns whether a name is a number with a unit: "30C".
fn is_measurement(extractor: &FeatureExtractor<'_>, name: &Name) -> bool {
    let Some([form]) = extractor.forms.get(name.tokens.clone()) else { return false };
    let word = extractor.document.word(name.tokens.start);
    let unit = word.trim_start_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '°'));
    unit.len() < word.len() && form.kinds.is_empty() && lists::UNITS_OF_MEASURE.contains(unit)
}
