//! Decides whether a short name is a form of a longer one. Applies to all types except people.

use super::super::EntityKind;
use super::super::name_mention::NameMention;
use super::spelling::is_typo;
use crate::document::Document;
use crate::hash::folded;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::lexicon::word_index::WordLists;
use crate::steps::step;

/// Returns whether `short` is a form of `long`. `kinds` contains the listed kinds of each word in `short`.
pub(super) fn same_thing(
    document: &Document<'_>,
    short: &NameMention<'_>,
    long: &NameMention<'_>,
    kinds: &[Kinds],
) -> bool {
    step();
    if short.kind != long.kind {
        return false;
    }
    match short.kind {
        EntityKind::Organization => {
            is_initials(short, long)
                || is_tail(short, long, kinds)
                || is_own_tail(document, short, long)
                || is_without_ending(short, long)
                || is_head(document, short, long, kinds)
                || is_head_word(document, short, long)
                || is_turned(short, long, kinds)
                || is_typo_of(document, short, long)
        }
        EntityKind::Place => {
            is_initials(short, long)
                || is_hyphen_tail(short, long)
                || is_other_name(document, short, long)
                || is_head_word(document, short, long)
                || is_typo_of(document, short, long)
        }
        EntityKind::Work | EntityKind::Other => is_initials(short, long) || is_storm(short, long),
        EntityKind::Person | EntityKind::Group => false,
    }
}

/// Accepts the bare name of a storm: "Ida" for "Storm Ida".
fn is_storm(short: &NameMention<'_>, long: &NameMention<'_>) -> bool {
    short.words.len() == 1
        && long.words.last() == short.words.last()
        && long.texts.first().is_some_and(|first| lists::STORMS.contains(first))
}

/// Accepts initials: "UN" for "United Nations", "ICRC" for "International Committee of the Red Cross".
fn is_initials(short: &NameMention<'_>, long: &NameMention<'_>) -> bool {
    if !short.is_acronym() || long.words.len() < 2 {
        return false;
    }
    let Some(word) = short.texts.first() else { return false };
    let wanted: String = word.chars().filter(|letter| letter.is_alphabetic()).collect::<String>().to_uppercase();
    let agree = |words: &[&str]| {
        let first = |word: &&str| word.chars().next().filter(|letter| letter.is_alphabetic());
        let capitals: String = words.iter().filter_map(first).filter(|letter| letter.is_uppercase()).collect();
        let all: String = words.iter().filter_map(first).flat_map(char::to_uppercase).collect();
        wanted == capitals || wanted == all
    };
    // In "UN World Food Programme", the parent organisation's initials precede the name and are not part of it.
    let without_parent = match long.texts.as_slice() {
        [parent, own @ ..] if own.len() > 1 && parent.chars().all(|letter| letter.is_uppercase() || letter == '.') => {
            own
        }
        whole => whole,
    };
    agree(&long.texts) || agree(without_parent)
}

/// Accepts the last words of a name: at least two words, or one word after "of". Rejects them if they are all common in
/// names of organisations. Examples are "the Red Cross" for "International Committee of the Red Cross", "Ministry of
/// Defence" for the "Russian Ministry of Defence", and "Scientology" for the "Church of Scientology".
fn is_tail(short: &NameMention<'_>, long: &NameMention<'_>, kinds: &[Kinds]) -> bool {
    let common = Kinds(Kinds::ORGANISATION_WORD.0 | Kinds::CONNECTOR.0);
    let specific = kinds.iter().any(|kinds| !kinds.any(common));
    let before = long.texts.len().checked_sub(short.texts.len() + 1).and_then(|index| long.texts.get(index));
    let enough = short.words.len() >= 2 || before.is_some_and(|word| *word == "of");
    let unit = long.texts.len() > short.texts.len() + 1
        && long.texts.iter().any(|word| lists::UNITS.contains(word))
        && !short.texts.iter().any(|word| lists::UNITS.contains(word));
    enough && !unit && long.words.len() > short.words.len() && specific && long.words.ends_with(&short.words)
}

/// Accepts the first words of a name: "Goldman" for "Goldman Sachs", "Deutsche Bank" for "Deutsche Bank Securities".
/// Rejects a nationality, a word common in names of organisations, and long names of subdivisions: "NASA's Earth
/// Observatory", "Leiden University Libraries".
fn is_head(document: &Document<'_>, short: &NameMention<'_>, long: &NameMention<'_>, kinds: &[Kinds]) -> bool {
    const VAGUE: Kinds = Kinds(Kinds::PLACE.0 | Kinds::ORGANISATION_WORD.0 | Kinds::COMMON.0 | Kinds::PLACE_WORD.0);
    // A place recognised as an organisation is a team or a school: "Duluth" for "Duluth Comets".
    let place = kinds.len() == 1 && kinds.iter().all(|kinds| kinds.any(Kinds::PLACE));
    let vague =
        !place && short.words.len() == 1 && kinds.iter().all(|kinds| kinds.any(Kinds(VAGUE.0 | Kinds::DEMONYM.0)));
    if vague || long.words.len() <= short.words.len() || !long.words.starts_with(&short.words) {
        return false;
    }
    let lists = document.resources.names();
    let rest = long.texts.get(short.texts.len()..).unwrap_or_default();
    // "Karsk" is a name of Karsk Rovers, but not of Karsk Crown Court.
    if is_place(document, &short.texts, &short.words)
        && rest.last().is_some_and(|last| lists::CALLED_AFTER_TOWNS.contains(last))
    {
        return false;
    }
    // "NASA" is not "NASA's Earth Observatory".
    let owner = rest.first().is_some_and(|word| matches!(*word, "'s" | "’s" | "of" | "and" | "&"));
    let organisation = |word: &str| lists.of(word).any(Kinds::ORGANISATION_WORD);
    let complete = short.texts.last().is_some_and(|last| organisation(last)) && short.texts.len() > 1;
    // "Tarn University" is not the "Tarn University Libraries Trust".
    let part = (complete || short.is_acronym())
        && rest.len() + usize::from(complete) > 1
        && rest.iter().any(|word| organisation(word));
    !owner && !part
}

/// Returns whether words are listed as a place or town, with or without a direction before it: "Karsk", "Greater
/// Karsk".
fn is_place(document: &Document<'_>, texts: &[&str], words: &[u64]) -> bool {
    let names = document.resources.names();
    let listed = |texts: &[&str], words: &[u64]| match (texts, words) {
        ([text], [word]) => {
            names.of(text).any(Kinds::PLACE) || document.resources.words().lists(*word).any(WordLists::TOWN)
        }
        ([first, ..], _) => {
            let phrase = names.phrase(names.of(first), words.iter().copied());
            phrase.is_some_and(|(length, kinds)| length == words.len() && kinds.any(Kinds::PLACE))
        }
        _ => false,
    };
    let directed = texts.len() > 1 && lists::DIRECTIONS.contains(texts[0]);
    listed(texts, words) || directed && listed(&texts[1..], &words[1..])
}

/// Accepts the end of a name without the place at its beginning: the team's own name ("Kings" for the "Fargo Kings"),
/// a newspaper ("the Times" for the "New York Times") and several words ("State Police" for the "Norfolk State
/// Police"). A single noun for a kind of organisation is left to [`is_head_word`].
fn is_own_tail(document: &Document<'_>, short: &NameMention<'_>, long: &NameMention<'_>) -> bool {
    const OTHERS: Kinds = Kinds(Kinds::ORGANISATION_WORD.0 | Kinds::PLACE.0 | Kinds::COMPANY_SUFFIX.0);
    let Some(length) = long.words.len().checked_sub(short.words.len()).filter(|length| *length > 0) else {
        return false;
    };
    let initials = |word: &str| word.contains('.') && word.ends_with('.');
    let owner = is_place(document, &long.texts[..length], &long.words[..length])
        || length == 1 && initials(long.texts[0])
        || document.resources.names().same_place(&long.words[..length]).is_some();
    if !owner || !long.words.ends_with(&short.words) {
        return false;
    }
    let [word] = short.texts.as_slice() else { return true };
    let team = !document.resources.names().of(word).any(OTHERS) && word.ends_with('s') && word.len() > 3;
    team || short.after_the && lists::TOWN_NEWSPAPERS.contains(word)
}

/// Accepts a name without a last word that adds nothing: "Baton Rouge Police" for the "Baton Rouge Police Department".
fn is_without_ending(short: &NameMention<'_>, long: &NameMention<'_>) -> bool {
    let Some((last, rest)) = long.texts.split_last() else { return false };
    short.words.len() > 1
        && rest.len() == short.words.len()
        && lists::LEFT_OUT_OF_NAMES.contains(last)
        && long.words.starts_with(&short.words)
}

/// Accepts names with the head noun at the other end: "Tarn University" for the "University of Tarn", "Defence
/// Ministry" for the "Ministry of Defence".
fn is_turned(short: &NameMention<'_>, long: &NameMention<'_>, kinds: &[Kinds]) -> bool {
    let ([own @ .., head], [first, _, rest @ ..]) = (short.words.as_slice(), long.words.as_slice()) else {
        return false;
    };
    let organised = kinds.last().is_some_and(|kinds| kinds.any(Kinds::ORGANISATION_WORD));
    let rest_begins = usize::from(long.texts.get(2).is_some_and(|word| *word == "the"));
    organised && long.texts[1] == "of" && head == first && !own.is_empty() && rest.get(rest_begins..) == Some(own)
}

/// Accepts the head noun of a name by itself: "the Foundation" for the "Harbour Foundation", "the Bridge" for "Marrow
/// Bridge".
fn is_head_word(document: &Document<'_>, short: &NameMention<'_>, long: &NameMention<'_>) -> bool {
    let ([word], [text]) = (short.words.as_slice(), short.texts.as_slice()) else { return false };
    let wanted = if short.kind == EntityKind::Place { Kinds::PLACE_WORD } else { Kinds::ORGANISATION_WORD };
    let lists = document.resources.names();
    let kinds = lists.of(text);
    let heads = kinds.any(wanted) && !kinds.any(Kinds::PLACE) && !lists::DIRECTIONS.contains(text);
    let before_of = long.texts.iter().position(|word| matches!(*word, "of" | "for")).unwrap_or(long.texts.len());
    heads
        && long.words.len() > 1
        && (long.words.last() == Some(word) || before_of.checked_sub(1).and_then(|at| long.words.get(at)) == Some(word))
}

/// Accepts a misspelling such as "Untied Nations". Exactly one word differs, by one typo, and that word is unknown.
fn is_typo_of(document: &Document<'_>, short: &NameMention<'_>, long: &NameMention<'_>) -> bool {
    if short.words.len() != long.words.len() || short.words.len() < 2 {
        return false;
    }
    let mut different = (0..short.words.len()).filter(|index| short.words[*index] != long.words[*index]);
    let (Some(index), None) = (different.next(), different.next()) else { return false };
    let unknown = document.resources.names().of(short.texts[index]).is_empty();
    unknown && is_typo(short.texts[index], long.texts[index])
}

/// Accepts the part after a hyphen: "Karabakh" for "Nagorno-Karabakh".
fn is_hyphen_tail(short: &NameMention<'_>, long: &NameMention<'_>) -> bool {
    let ([_], [long]) = (short.texts.as_slice(), long.texts.as_slice()) else { return false };
    long.rsplit_once('-').is_some_and(|(_, tail)| tail.len() > 3 && short.words.first() == Some(&folded(tail)))
}

/// Accepts other names of places: "US" for "United States", "Everest" for "Mount Everest", "Bataan" for "Bataan
/// Peninsula".
fn is_other_name(document: &Document<'_>, short: &NameMention<'_>, long: &NameMention<'_>) -> bool {
    let lists = document.resources.names();
    let (one, other) = (lists.same_place(&short.words), lists.same_place(&long.words));
    if one.is_some() && one == other {
        return true;
    }
    if long.words.len() != short.words.len() + 1 {
        return false;
    }
    let (Some(first), Some(last)) = (long.texts.first(), long.texts.last()) else { return false };
    // "Tarn" is "Mount Tarn", but "Durham" is neither "County Durham" nor "North Durham".
    let opens = lists.of(first).any(Kinds::PLACE_WORD)
        && !lists.of(first).any(Kinds::PLACE)
        && !lists::DIRECTIONS.contains(first)
        && short.words.len() == 1;
    if opens && long.words.ends_with(&short.words) {
        return true;
    }
    let known = match short.texts.as_slice() {
        [word] => lists.of(word),
        texts => {
            lists.phrase(lists.of(texts[0]), short.words.iter().copied()).map_or(Kinds::default(), |(_, kinds)| kinds)
        }
    };
    // "New York" is "New York City", but "Mexico", as a country, is not "Mexico City".
    let closes = match *last {
        "City" => known.any(Kinds::CITY) && !known.any(Kinds::COUNTRY),
        ending if lists::PLACE_ENDINGS.contains(ending) => true,
        ending => lists::WATER_ENDINGS.contains(ending) && !known.any(Kinds::PLACE),
    };
    closes && long.words.starts_with(&short.words)
}
