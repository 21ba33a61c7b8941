//! Parses bylines: "By Jane Doe and John Roe", "Jane Doe in Geneva", "Associated Press".

mod page;

use crate::lexicon::{
    AGENCIES, BUTTON_LABELS, BYLINE_OPENINGS, CHANGED_WORDS, DEGREES, NAME_JOINERS, NAME_PARTICLES, PAPERS,
    PICTURE_CREDITS_IN_BYLINES, POSTS, PUBLISHED_WORDS, WRITING_POSTS,
};
use crate::metadata::calendar_names::{MONTHS, WEEKDAYS};

pub(crate) use page::{in_field, is_opening, listed, signed_within};

/// Prefixes of family names that may be followed by a capital letter, as in "`McKay`".
const NAME_PREFIXES: [&str; 9] = ["Mc", "Mac", "Fitz", "De", "Di", "La", "Le", "Van", "Von"];
/// Maximum number of names in a byline.
const MAX_NAMES: usize = 8;

/// Returns the names in a line that begins with "By".
#[must_use]
pub(crate) fn signed(line: &str) -> Option<Vec<String>> {
    if line.len() > 200 {
        return None;
    }
    let words = opened(line)?;
    let names = names(words);
    (!names.is_empty()).then_some(names)
}

/// Returns the text after a "By" at the beginning of a line.
fn opened(line: &str) -> Option<&str> {
    let line = line.trim_start();
    BYLINE_OPENINGS
        .iter()
        .filter(|opening| line.get(..opening.len()).is_some_and(|head| head.eq_ignore_ascii_case(opening)))
        .max_by_key(|opening| opening.len())
        .map(|opening| line[opening.len()..].trim_start())
        .filter(|rest| rest.starts_with(|letter: char| letter.is_uppercase() || letter == '@') || is_agency(rest))
}

/// Returns the names in a line that consists only of names. Meant for lines next to a headline or date.
#[must_use]
pub(crate) fn unsigned(line: &str) -> Option<Vec<String>> {
    if line.len() > 120 || line.ends_with(['.', '!', '?', ':']) {
        return None;
    }
    let first = line.split(['|', '·', '•', ',']).next().unwrap_or_default().trim();
    // For example, "Harbour Review, Sunday" is the name of a newspaper.
    if is_paper(first) && !is_agency(first) {
        return None;
    }
    let names = names(first);
    let whole = names.iter().all(|name| (2..=4).contains(&name.split(' ').count()) || is_agency(name));
    (!names.is_empty() && whole).then_some(names)
}

/// Returns whether a line consists of a job title: "Health Writer", "Legal affairs correspondent".
#[must_use]
pub(crate) fn is_role(line: &str) -> bool {
    line.len() <= 60
        && line.split_whitespace().count() <= 5
        && line.starts_with(char::is_uppercase)
        && ends_in_role(line)
        && (line.split_whitespace().count() == 2
            || line.split_whitespace().all(|word| {
                let lower = word.to_lowercase();
                POSTS.contains(&lower) || WRITING_POSTS.contains(&lower) || word.chars().all(char::is_lowercase)
            }))
}

/// Returns the names in a line that ends with the author's job title: "Jane Doe, Health Writer".
#[must_use]
pub(crate) fn with_role(line: &str) -> Option<Vec<String>> {
    (ends_in_role(line) && !is_role(line)).then(|| unsigned(line)).flatten()
}

fn ends_in_role(line: &str) -> bool {
    let last = line.trim_end().rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    WRITING_POSTS.contains(&last.to_lowercase())
}

/// Returns the part of a byline before the names of photographers.
fn before_pictures(words: &str) -> &str {
    let lower = words.to_ascii_lowercase();
    let cut = PICTURE_CREDITS_IN_BYLINES.iter().filter_map(|phrase| lower.find(phrase)).filter(|at| *at > 0).min();
    cut.and_then(|cut| words.get(..cut)).unwrap_or(words)
}

/// Returns whether a text is the name of an agency, or of a desk that signs stories in place of a person.
#[must_use]
pub(crate) fn is_agency(words: &str) -> bool {
    let lower = words.trim().to_lowercase();
    AGENCIES.contains(&lower)
}

/// Splits the text of a byline into names.
fn names(words: &str) -> Vec<String> {
    let mut out = Vec::new();
    for part in parts(before_pictures(words)) {
        let part = part.trim().trim_start_matches("and ").trim_end_matches('.');
        if part.is_empty() {
            continue;
        }
        // In "Jane Doe, March 4, 2026" and "Jane Doe, 4 March 2026", the rest is a date.
        if !out.is_empty() && is_day(part) {
            break;
        }
        // For example, "Jane Doe, M.D." is one person.
        if !out.is_empty() && is_degree(part) {
            continue;
        }
        match name(unglued(part)) {
            Some(name) if out.len() < MAX_NAMES && (out.is_empty() || !(is_post(&name) || is_paper(&name))) => {
                out.push(name);
            }
            _ => break,
        }
        // A weekday, number or email address after the name ends the list.
        let day = part.split_whitespace().skip(1).any(|word| WEEKDAYS.contains(&word.to_lowercase().as_str()));
        if day || part.contains(|c: char| c.is_ascii_digit() || c == '@') {
            break;
        }
    }
    out
}

/// Splits a byline at commas and at words such as "and", and cuts what follows a bar, bracket or dash.
fn parts(words: &str) -> Vec<&str> {
    let mut head = words.split(['|', '·', '•', '[', '\t']).next().unwrap_or_default();
    for dash in [" - ", " — ", " – "] {
        head = head.split(dash).next().unwrap_or_default();
    }
    let head = before_bracket(head);
    let mut parts: Vec<&str> = head.split([',', ';', '&']).collect();
    for joiner in NAME_JOINERS.iter() {
        let is_english = joiner == " and " || joiner == " with ";
        parts = parts.into_iter().flat_map(|part| divided(part, joiner, is_english)).collect();
    }
    parts.into_iter().flat_map(|part| part.split(" AND ")).collect()
}

/// Splits part of a byline at a joining word. Words such as "y" also occur inside names, so `anywhere` is whether a
/// single name may precede or follow the word.
fn divided<'a>(part: &'a str, joiner: &str, anywhere: bool) -> Vec<&'a str> {
    let pieces: Vec<&str> = part.split(joiner).collect();
    let full = |piece: &&str| piece.trim().contains(' ');
    if anywhere || pieces.iter().all(full) { pieces } else { vec![part] }
}

/// Returns a byline up to its first bracket. A nickname in brackets, as in "Ana (Nan) Ruiz", is part of the name.
fn before_bracket(head: &str) -> &str {
    let Some((name, rest)) = head.split_once('(') else { return head };
    let nickname = rest.split_once(") ").is_some_and(|(inside, after)| {
        inside.starts_with(char::is_uppercase)
            && inside.chars().all(char::is_alphabetic)
            && after.starts_with(char::is_uppercase)
            && !name.trim().is_empty()
            && !name.trim().contains([' ', ','])
    });
    if nickname {
        head.rsplit_once('(').filter(|(before, _)| before.contains('(')).map_or(head, |(before, _)| before)
    } else {
        name
    }
}

/// Returns whether a part of a byline begins with a month or a number.
fn is_day(part: &str) -> bool {
    let mut words = part.split_whitespace();
    let first = words.next().unwrap_or_default().trim_end_matches('.').to_lowercase();
    let digits = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let month = MONTHS.iter().any(|month| *month == first || first.len() == 3 && month.starts_with(&first));
    // A month may also be a given name, as in "April Roe".
    digits(&first) || month && words.next().is_none_or(digits)
}

/// Removes a label or role that is joined to part of a byline without a space: `Senior AnalystUpdated Jun`, `Jane
/// DoeHarbour Correspondent`.
fn unglued(part: &str) -> &str {
    let small = |at: usize| part.get(..at).and_then(|head| head.chars().next_back()).is_some_and(char::is_lowercase);
    let word = |at: usize| part.get(..at).and_then(|head| head.rsplit(' ').next()).unwrap_or_default();
    let cut = part.char_indices().find(|(at, letter)| {
        let label = part.get(*at..).unwrap_or_default();
        let lower = label.to_lowercase();
        let stated = CHANGED_WORDS.iter().chain(PUBLISHED_WORDS.iter()).any(|word| lower.starts_with(word));
        // In "Jane MacDonald Editor", the prefix before the capital belongs to the name.
        let role = ends_in_role(label) && !NAME_PREFIXES.contains(&word(*at));
        letter.is_uppercase() && small(*at) && (stated || role)
    });
    cut.and_then(|(at, _)| part.get(..at)).unwrap_or(part)
}

/// Returns whether a part of a byline is an academic degree: "M.A.", "M.D.".
fn is_degree(part: &str) -> bool {
    let letters: String = part.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    DEGREES.contains(&letters)
}

/// Returns whether the last word of a name is typical of newspapers: "Harbour Review".
fn is_paper(name: &str) -> bool {
    PAPERS.contains(&name.rsplit(' ').next().unwrap_or_default().to_lowercase())
}

/// Returns whether a name ends with a job title: "Northern Correspondent", "Editor-at-large".
fn is_post(name: &str) -> bool {
    let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    let last = last.split('-').next().unwrap_or_default();
    POSTS.contains(last) || last.strip_suffix('s').is_some_and(|last| POSTS.contains(last))
}

/// Returns the part of a byline before the label of a button or link, such as "View In Digital Edition".
fn before_button(part: &str) -> &str {
    let lower = part.to_ascii_lowercase();
    let starts = |at: usize| at == 0 || lower.as_bytes().get(at - 1) == Some(&b' ');
    let found = BUTTON_LABELS.iter().filter_map(|label| lower.find(label)).filter(|at| starts(*at)).min();
    found.and_then(|at| part.get(..at)).unwrap_or(part)
}

/// Returns the name at the beginning of a part of a byline. It ends before the first word without a capital letter.
fn name(part: &str) -> Option<String> {
    if is_agency(part) {
        return Some(dateline_core::text::folded(part));
    }
    let mut taken: Vec<&str> = Vec::new();
    let part = before_button(part);
    for word in part.split_whitespace() {
        let lower = word.to_lowercase();
        let plain = lower.trim_end_matches([',', '.']);
        // An email address or number ends the name, as in "Jane Doe jane@example.org (555) 010-2000".
        if word.contains(['@', '/']) || word.chars().any(|letter| letter.is_ascii_digit()) {
            break;
        }
        let bare = word.trim_start_matches('(');
        let capital = bare.starts_with(|letter: char| letter.is_uppercase() || letter == '’' || letter == '\'');
        // The name ends before "in" in "Jane Doe in Geneva", but not before "van" in "John van Roe".
        if !capital && !NAME_PARTICLES.contains(plain) {
            break;
        }
        if !taken.is_empty() && WEEKDAYS.contains(&plain)
            || taken.len() >= 2 && (POSTS.contains(plain) || is_degree(word))
        {
            break;
        }
        taken.push(word);
    }
    while taken.last().is_some_and(|word| NAME_PARTICLES.contains(word)) {
        taken.pop();
    }
    let posts = taken.iter().filter(|word| POSTS.contains(&word.to_lowercase())).count();
    (!taken.is_empty() && taken.len() <= 6 && posts < taken.len()).then(|| taken.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signed_lines() {
        assert_eq!(signed("By Jane Doe").unwrap(), ["Jane Doe"]);
        assert_eq!(
            signed("By Jane Doe, John van Roe and Ann-Marie O’Neil").unwrap(),
            ["Jane Doe", "John van Roe", "Ann-Marie O’Neil"]
        );
        assert_eq!(signed("BY JANE DOE AND JOHN ROE").unwrap(), ["JANE DOE", "JOHN ROE"]);
        assert_eq!(signed("By Jane Doe, Political Correspondent").unwrap(), ["Jane Doe"]);
        assert_eq!(signed("By Jane Doe jane@example.org (555) 010-2000").unwrap(), ["Jane Doe"]);
        assert_eq!(signed("By Jane Doe in Geneva").unwrap(), ["Jane Doe"]);
        assert_eq!(signed("By Echo Staff").unwrap(), ["Echo Staff"]);
        assert_eq!(signed("By Jane Doe, March 4, 2026").unwrap(), ["Jane Doe"]);
        assert_eq!(signed("By: Jane Doe, Senior AnalystUpdated Jun 12, 2024").unwrap(), ["Jane Doe"]);
        assert_eq!(signed("By Jane DoeHarbour Correspondent").unwrap(), ["Jane Doe"]);
        assert_eq!(signed("By Jane MacDonald View In Digital Edition").unwrap(), ["Jane MacDonald"]);
        assert_eq!(signed("By Jane Doe and April Roe").unwrap(), ["Jane Doe", "April Roe"]);
        assert_eq!(signed("Von Jane Doe und April Roe").unwrap(), ["Jane Doe", "April Roe"]);
        assert_eq!(signed("Por Ana Ruiz y Gasset").unwrap(), ["Ana Ruiz y Gasset"]);
        assert_eq!(signed("By Jane (Nan) Doe (Geneva)").unwrap(), ["Jane (Nan) Doe"]);
        assert_eq!(signed("By Jane Doe (Geneva)").unwrap(), ["Jane Doe"]);
    }

    #[test]
    fn sentences_that_open_with_by_are_not_bylines() {
        assert_eq!(signed("By the time the boats came, the quay was shut."), None);
        assert_eq!(signed("By then it was late"), None);
    }

    #[test]
    fn posts_are_no_part_of_names() {
        assert_eq!(signed("Words by Jane Doe   Photographs by John Roe").unwrap(), ["Jane Doe"]);
        assert_eq!(with_role("Jane Doe Legal affairs correspondent").unwrap(), ["Jane Doe"]);
        assert_eq!(with_role("Jane Doe, Health Writer").unwrap(), ["Jane Doe"]);
        assert_eq!(with_role("Health Writer"), None);
        assert_eq!(signed("By Lena Marsh, Harbour Courier").unwrap(), ["Lena Marsh"]);
        assert_eq!(unsigned("The Harbour Review"), None);
        assert!(is_role("Courts Correspondent") && is_role("Staff Writer") && is_role("Legal affairs correspondent"));
        assert!(!is_role("Jane Doe, Health Writer") && !is_role("The council names its new editor"));
    }

    #[test]
    fn bare_names_and_agencies() {
        assert_eq!(unsigned("Jane Doe").unwrap(), ["Jane Doe"]);
        assert_eq!(unsigned("Associated Press").unwrap(), ["Associated Press"]);
        assert_eq!(unsigned("Jane Doe, Science Editor").unwrap(), ["Jane Doe"]);
        assert_eq!(unsigned("The council met on Monday"), None);
        assert_eq!(unsigned("News"), None);
        assert_eq!(unsigned("Learn More"), None);
    }
}
