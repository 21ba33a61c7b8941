//! Decides whether two attributions name the same speaker, based only on their words.

mod form;
mod table;

pub(super) use form::Form;

use table::{AFTER_NOUN, PRONOUNS, SHORT_FORMS, SUFFIXES, TITLES};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns whether a mention consists of a single pronoun.
#[must_use]
pub(super) fn is_pronoun(mention: &str) -> bool {
    matches!(words(mention).as_slice(), [word] if PRONOUNS.contains(&word.as_str()))
}

/// Returns whether two mentions have the same head word. Pronouns have none. The head word is the surname in a name,
/// and the noun in any other mention.
#[must_use]
pub(super) fn same_head(one: &str, other: &str) -> bool {
    if is_pronoun(one) || is_pronoun(other) {
        return false;
    }
    let (head, other_head) = (head(one), head(other));
    if !head.is_empty() && head == other_head {
        return true;
    }
    let surname = name_words(other).pop();
    one.contains(char::is_uppercase)
        && same_name(one, other)
        && surname.is_some_and(|surname| words(one).contains(&surname))
}

/// Returns whether two names may belong to the same speaker. Either their surnames agree and their given names do not
/// conflict, or one name is an acronym or a part of the other.
#[must_use]
pub(super) fn same_name(one: &str, other: &str) -> bool {
    let (one, other) = (name_words(one), name_words(other));
    let (Some(last), Some(other_last)) = (one.last(), other.last()) else { return false };
    if one == other {
        return true;
    }
    if last != other_last {
        return part_of(&one, &other) || acronym(&one, &other) || acronym(&other, &one);
    }
    if one.len() == 1 || other.len() == 1 {
        return true;
    }
    let (first, other_first) = (&one[0], &other[0]);
    let short = |a: &str, b: &str| SHORT_FORMS.iter().any(|(short, long)| *short == a && *long == b);
    first.starts_with(other_first.as_str())
        || other_first.starts_with(first.as_str())
        || short(first, other_first)
        || short(other_first, first)
        || other.contains(first)
        || one.contains(other_first)
}

fn part_of(one: &[String], other: &[String]) -> bool {
    let (one_text, other_text) = (one.join(" "), other.join(" "));
    one.len() > 1 && other.len() > 1 && (one_text.contains(&other_text) || other_text.contains(&one_text))
}

/// Returns whether `short` is a single word that consists of the initials of `long`.
fn acronym(short: &[String], long: &[String]) -> bool {
    let initials: String = long.iter().filter_map(|word| word.chars().next()).collect();
    matches!(short, [word] if long.len() > 2 && word.replace('.', "") == initials)
}

/// Returns the words of a name without titles, initials and suffixes. If that would leave none, returns all words.
#[must_use]
pub(super) fn name_words(name: &str) -> Vec<String> {
    let all = words(name);
    let kept: Vec<String> = all
        .iter()
        .filter(|word| !is_title(word) && !SUFFIXES.contains(&word.as_str()) && word.chars().count() > 1)
        .cloned()
        .collect();
    if kept.is_empty() { all } else { kept }
}

fn is_title(word: &str) -> bool {
    let bare = word.trim_matches('.').to_lowercase();
    TITLES.contains(&bare.as_str())
}

/// Returns the last word of the noun phrase at the beginning of a mention, in lower case.
fn head(mention: &str) -> String {
    let phrase = words(&first_phrase(mention));
    let last = phrase.into_iter().rfind(|word| !SUFFIXES.contains(&word.as_str()));
    last.or_else(|| words(mention).pop()).unwrap_or_default()
}

/// Returns the part of a mention before its first comma, bracket, dash, relative pronoun or preposition.
fn first_phrase(mention: &str) -> String {
    let cut = mention.split([',', '(', '–', '—']).next().unwrap_or_default();
    let closes = |word: &str| AFTER_NOUN.contains(&word) || matches!(word, "who" | "whose" | "which" | "that" | "-");
    let mut phrase = String::new();
    for word in cut.split_whitespace().take_while(|word| !closes(&word.to_lowercase())) {
        phrase.push_str(word);
        phrase.push(' ');
    }
    if phrase.is_empty() { mention.to_owned() } else { phrase }
}

/// Splits text into words in lower case, without accents, possessive endings, or punctuation at either end.
fn words(text: &str) -> Vec<String> {
    let folded: String = text
        .nfkd()
        .filter(|character| !is_combining_mark(*character))
        .map(|character| if matches!(character, '’' | '‘') { '\'' } else { character })
        .collect();
    let part_of_word = |character: char| character.is_alphanumeric() || "_.'&-".contains(character);
    folded
        .split(|character: char| !part_of_word(character))
        .map(|word| word.strip_suffix("'s").unwrap_or(word).trim_matches(['.', '\'', '-']).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_passes_for_the_full_name_and_another_given_name_does_not() {
        assert!(same_name("Odell", "Mara Odell"));
        assert!(same_name("Mike Farrow", "Michael J. Farrow"));
        assert!(!same_name("Mara Odell", "Piers Odell"));
        assert!(same_name("Dr. José Peña", "Jose Pena"));
    }

    #[test]
    fn organisations_pass_by_acronym_and_by_part() {
        assert!(same_name("WHO", "World Health Organization"));
        assert!(same_name("Ostrel Harbour Board", "the Ostrel Harbour Board of Trade"));
        assert!(!same_name("Ostrel", "Harbour Board"));
    }

    #[test]
    fn heads_are_compared_but_never_of_pronouns() {
        assert!(same_head("a spokesman for the port", "the port's spokesman"));
        assert!(same_head("Mara Odell, the harbour master", "Odell"));
        assert!(!same_head("she", "she"));
    }
}
