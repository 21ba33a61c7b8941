//! Parses names in the forms that pages use: a list of authors in a metadata field, a byline inside a longer line, or a
//! "By" on a separate line.

use super::{name, names, opened, signed};
use crate::lexicon::{BYLINE_CUES, BYLINE_ENDS, BYLINE_OPENINGS, NAME_PARTICLES};

/// Maximum number of words in a line that contains a byline.
const WORDS: usize = 16;

/// Returns the names in a metadata field for authors.
#[must_use]
pub(crate) fn listed(text: &str) -> Vec<String> {
    let text = text.trim();
    let mut found = names(opened(text).unwrap_or(text));
    // In "Ana Ruiz, Harbourpost", the single word after a full name is the publication.
    if found.first().is_some_and(|first| first.contains(' ')) {
        found.retain(|name| name.contains(' ') || super::is_agency(name));
    }
    if found.is_empty() && is_other_script(text) {
        found.extend(
            text.split(['、', ',', '，', '/', '／', '|'])
                .take(8)
                .map(dateline_core::text::folded)
                .filter(|part| !part.is_empty()),
        );
    }
    found
}

/// Returns the names in an author field of a feed or record. Splits the field only if every part has the form of a
/// person's name, because the name of an office or company may contain a comma or "and". Any other field is returned as
/// one name.
#[must_use]
pub(crate) fn in_field(text: &str) -> Vec<String> {
    let parts = text.split(';').map(str::trim).filter(|part| !part.is_empty());
    parts.flat_map(|part| persons(opened(part).unwrap_or(part))).collect()
}

/// Splits a list of people into names. Returns the whole text as one name if any part does not have the form of a
/// person's name.
fn persons(text: &str) -> Vec<String> {
    let parts = text.split([',', '&']).flat_map(|part| part.split(" and "));
    let parts: Vec<&str> = parts.map(|part| part.trim().trim_start_matches("and ")).collect();
    if parts.iter().all(|part| is_person(part)) {
        parts.into_iter().map(str::to_owned).collect()
    } else {
        vec![text.to_owned()]
    }
}

/// Returns whether a text has the form of a person's name: two to four words that are capitalised or particles.
fn is_person(text: &str) -> bool {
    let named = |word: &str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|letter| !letter.is_ascii_digit() && letter != '@')
            || word != "of" && NAME_PARTICLES.contains(word)
    };
    (2..=4).contains(&text.split(' ').count()) && text.split(' ').all(named)
}

/// Returns whether a text is short and in a script without capital letters.
fn is_other_script(text: &str) -> bool {
    let first = text.chars().find(|c| c.is_alphanumeric());
    text.chars().count() <= 30 && first.is_some_and(|c| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase())
}

/// Returns whether a line consists only of the opening of a byline: "By", "Von".
#[must_use]
pub(crate) fn is_opening(line: &str) -> bool {
    let line = line.trim().trim_end_matches(':');
    line.len() <= 20
        && BYLINE_OPENINGS.iter().any(|opening| opening.trim_end_matches([' ', ':']).eq_ignore_ascii_case(line))
}

/// Returns the names in a line that begins with "By", or contains "By" next to a date and section.
#[must_use]
pub(crate) fn signed_within(line: &str) -> Option<Vec<String>> {
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
    let whole = |names: &Vec<String>| names.iter().all(|name| name.split(' ').count() <= 5);
    if let Some(found) = signed(before_closing(line)).filter(whole) {
        return Some(found);
    }
    let dated = line.contains(|c: char| c.is_ascii_digit() || c == '|');
    if !dated || line.split_whitespace().count() > WORDS || line.ends_with(['.', '!', '?']) {
        return None;
    }
    let lower = line.to_ascii_lowercase();
    let start = BYLINE_CUES.iter().find_map(|cue| lower.find(cue).map(|at| at + cue.len()))?;
    let rest = before_closing(line.get(start..)?);
    name(rest.split([',', '|', '·']).next()?)?;
    let found: Vec<String> = names(rest);
    (!found.is_empty() && whole(&found)).then_some(found)
}

/// Returns a byline without the date, place or section that follows it.
fn before_closing(text: &str) -> &str {
    let cut = BYLINE_ENDS.iter().filter_map(|word| text.find(word)).min();
    cut.and_then(|cut| text.get(..cut)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_names() {
        assert_eq!(listed("Ana Ruiz"), ["Ana Ruiz"]);
        assert_eq!(listed("By Ana Ruiz and Bo Lee, Harbour News Staff Writers"), ["Ana Ruiz", "Bo Lee"]);
        assert_eq!(listed("Ana Ruiz, MS, RDN"), ["Ana Ruiz"]);
        assert_eq!(listed("Ana Ruiz, PhD, and Bo Lee, M.D."), ["Ana Ruiz", "Bo Lee"]);
        assert_eq!(listed("Ana Ruiz, Harbourpost"), ["Ana Ruiz"]);
        assert_eq!(listed("山田太郎"), ["山田太郎"]);
        assert!(listed("admin").is_empty());
    }

    #[test]
    fn a_field_is_divided_only_between_persons() {
        assert_eq!(in_field("By Ana Ruiz, Bo van Lee and Cy Odell"), ["Ana Ruiz", "Bo van Lee", "Cy Odell"]);
        assert_eq!(in_field("Ana Ruiz; Lee, Bo"), ["Ana Ruiz", "Lee, Bo"]);
        assert_eq!(in_field("Ministry of Roads and Rivers"), ["Ministry of Roads and Rivers"]);
        assert_eq!(in_field("Lowmoor Water, Ltd"), ["Lowmoor Water, Ltd"]);
        assert_eq!(in_field("millkeeper7"), ["millkeeper7"]);
    }

    #[test]
    fn a_signature_among_other_things() {
        assert_eq!(signed_within("September 10, 2018 | by Ana").unwrap(), ["Ana"]);
        assert_eq!(signed_within("Posted by Ana Ruiz on May 3, 2024, 6:21 AM").unwrap(), ["Ana Ruiz"]);
        assert_eq!(signed_within("05/10/2018 - Publicado por: Ana Ruiz - Categoria: Porto").unwrap(), ["Ana Ruiz"]);
        assert_eq!(signed_within("Monday May 3, 2024 7:45 am PST by Ana Ruiz").unwrap(), ["Ana Ruiz"]);
        assert_eq!(signed_within("Written by Ana Ruiz, MS, RD on May 3, 2024").unwrap(), ["Ana Ruiz"]);
        assert_eq!(signed_within("The bridge built by Ana Ruiz fell in 2024 and nobody saw it."), None);
    }

    #[test]
    fn a_word_that_opens_a_byline_by_itself() {
        assert!(is_opening("By") && is_opening("Von") && is_opening("Written by:"));
        assert!(!is_opening("Bypass"));
    }
}
