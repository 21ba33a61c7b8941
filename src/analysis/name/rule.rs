//! What the weights miss and a rule can see: acronyms in brackets after their long form, and the
//! place that opens an agency report.

use super::Name;
use super::feature::Reading;
use super::form::Form;
use crate::analysis::document::Document;
use crate::analysis::hash::{Map, exact};
use crate::analysis::kind::EntityKind;
use crate::analysis::lexicon::names::Kinds;
use crate::analysis::token::TokenKind;
use crate::text::Span;
use std::ops::Range;

/// Puts right what concerns single names: titles are no part of them, and what follows "Mr" is a person.
pub fn trim(reading: &Reading<'_>, names: &mut Vec<Name>) {
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
    matches!(document.word(index), "Mr" | "Mr." | "Mrs" | "Mrs." | "Ms" | "Ms." | "Dr" | "Dr.")
}

/// Nouns whose name follows after a comma.
const SETTLEMENTS: [&str; 6] = ["capital", "city", "town", "village", "port", "island"];

/// Whether an unknown word between commas names the settlement before it: "the capital, Sorgat,".
fn is_settled(reading: &Reading<'_>, name: &Name) -> bool {
    let word = |steps: usize| name.tokens.start.checked_sub(steps).map_or("", |index| reading.document.word(index));
    let forms = reading.forms.get(name.tokens.clone()).unwrap_or_default();
    word(1) == ","
        && SETTLEMENTS.contains(&word(2))
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

/// Adds the names that rules find; the order is kept.
pub fn apply(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let acronyms = bracketed(reading, names);
    if !acronyms.is_empty() {
        spread(reading, &acronyms, names);
    }
    datelines(reading, names);
    told_from(reading, names);
}

/// The place that the article's own dateline names is a place wherever the story names it alone, unless it is known
/// for something else.
fn told_from(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let document = reading.document;
    let Some(line) = document.article.dateline.as_ref() else { return };
    let Some(place) = line.place.as_ref() else { return };
    let Some(at) = line.span.of(document.text).find(place.as_str()) else { return };
    let start = line.span.start + at;
    let tokens = document.tokens_in(Span::new(start, start + place.len()));
    let capital = |index: usize| reading.forms.get(index).is_some_and(|form| form.capital);
    if tokens.is_empty() || tokens.len() > 3 || !tokens.clone().all(capital) {
        return;
    }
    put(document, names, tokens.clone(), EntityKind::Place);
    let folded = |tokens: &Range<usize>| -> Vec<u64> {
        reading.forms.get(tokens.clone()).unwrap_or_default().iter().map(|form| form.folded).collect()
    };
    let wanted = folded(&tokens);
    let same = |name: &&mut Name| name.kind == EntityKind::Organization && folded(&name.tokens) == wanted;
    for name in names.iter_mut().filter(same) {
        name.kind = EntityKind::Place;
    }
}

/// Puts a name where none stands; one that stands there alone is replaced.
fn put(document: &Document<'_>, names: &mut Vec<Name>, tokens: Range<usize>, kind: EntityKind) {
    let at = names.partition_point(|name| name.tokens.end <= tokens.start);
    let name = Name { span: document.span(tokens.clone()), tokens: tokens.clone(), kind, confidence: 0.9 };
    match names.get_mut(at) {
        Some(other) if other.tokens == tokens => *other = name,
        Some(other) if other.tokens.start < tokens.end => {}
        _ => names.insert(at, name),
    }
}

/// Acronyms that a name with the same initials introduces: "World Health Organization (WHO)".
fn bracketed(reading: &Reading<'_>, names: &[Name]) -> Map<EntityKind> {
    let document = reading.document;
    let mut found: Map<EntityKind> = Map::default();
    for name in names {
        let acronym = document.word(name.tokens.end + 1);
        let enclosed = document.word(name.tokens.end) == "(" && document.word(name.tokens.end + 2) == ")";
        if enclosed
            && name.tokens.len() > 1
            && name.kind != EntityKind::Person
            && initials_match(document, name, acronym)
        {
            found.insert(exact(acronym), name.kind);
        }
    }
    found
}

/// Whether the letters of an acronym open words of the name, in order.
fn initials_match(document: &Document<'_>, name: &Name, acronym: &str) -> bool {
    let capitals = acronym.chars().filter(|letter| letter.is_uppercase()).count();
    if capitals < 2 || acronym.chars().count() > 8 {
        return false;
    }
    let mut initials = name.tokens.clone().filter_map(|index| document.word(index).chars().next());
    let mut letters = acronym.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_uppercase);
    let matched = letters.clone().filter(|letter| initials.any(|initial| initial.to_uppercase().eq([*letter]))).count();
    matched >= 2 && letters.next().is_some() && 2 * matched > capitals
}

/// Marks every place where an introduced acronym stands.
fn spread(reading: &Reading<'_>, acronyms: &Map<EntityKind>, names: &mut Vec<Name>) {
    let document = reading.document;
    for index in 0..document.tokens.len() {
        if reading.forms.get(index).is_some_and(|form| form.capital)
            && let Some(kind) = acronyms.get(&exact(document.word(index)))
        {
            put(document, names, index..index + 1, *kind);
        }
    }
}

/// "BRUSSELS (Agency) - ", "GENEVA, May 3 — ": capitals at the head of a paragraph, then a bracket,
/// a date or a dash.
fn datelines(reading: &Reading<'_>, names: &mut Vec<Name>) {
    let document = reading.document;
    for sentence in &document.sentences {
        let start = sentence.tokens.start;
        let capitals = sentence
            .tokens
            .clone()
            .take(4)
            .take_while(|index| reading.forms.get(*index).is_some_and(|form| form.all_capitals))
            .count();
        let after = start + capitals;
        if capitals == 0 || capitals > 3 || !sentence.tokens.contains(&after) {
            continue;
        }
        let dash = |index: usize| matches!(document.word(index), "-" | "--" | "–" | "—");
        let closed = document.word(after) == "("
            && document.word(after + 2) == ")"
            && document.tokens.get(after + 3).is_some_and(|token| token.kind == TokenKind::Mark);
        let dated = document.word(after) == ","
            && (after + 1..after + 6)
                .any(|index| sentence.tokens.contains(&index) && (dash(index) || document.word(index) == "("));
        let spaced_dash = dash(after) && document.tokens.get(after).is_some_and(|token| token.spaced);
        if closed
            || dated
            || (spaced_dash && document.tokens.get(after + 1).is_some_and(|token| token.kind == TokenKind::Word))
        {
            let known = document.resources.names();
            let place = (start..after).all(|index| {
                let kinds = known.of(document.word(index));
                reading.forms.get(index).is_some_and(|form| form.phrase.any(Kinds::PLACE)) || kinds.any(Kinds::PLACE)
            });
            if closed || place {
                put(document, names, start..after, EntityKind::Place);
            }
        }
    }
}
