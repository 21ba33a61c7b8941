//! Links a name to another name that the text introduces for the same person or thing.

use super::super::EntityKind;
use super::super::name_mention::NameMention;
use super::{Spellings, UnionFind, identity};
use crate::document::Document;
use crate::lexicon::lists;

/// Maximum number of tokens between the two names.
const MAX_DISTANCE: usize = 24;

/// Links a name to the name after it that the text introduces as another name: "Orlo Shipping, formerly known as Tavish
/// Lines", "Max Volt, born Emil Tarn".
pub(super) fn link(document: &Document<'_>, mentions: &[NameMention<'_>], sets: &mut UnionFind) {
    let mut spellings = Spellings::new(mentions, identity);
    for index in 1..mentions.len() {
        let (one, other) = (&mentions[index - 1], &mentions[index]);
        let between = one.tokens.end..other.tokens.start;
        if one.kind != other.kind || one.kind == EntityKind::Group || between.len() > MAX_DISTANCE {
            continue;
        }
        let words: Vec<&str> = between.map(|at| document.word(at)).collect();
        if introduces_name(&words, one.kind == EntityKind::Person) {
            spellings.join(index - 1, index, sets);
        }
    }
}

/// Returns whether the words between two names say that the second is another name for the first. The words may begin
/// with the details of the first name in brackets: "Emil Tarn (born 3 May 1962), better known as Max Volt".
fn introduces_name(words: &[&str], is_person: bool) -> bool {
    let details = match words {
        ["(", rest @ ..] => rest.iter().position(|word| *word == ")").map_or(0, |close| close + 2),
        _ => 0,
    };
    let words = match words.get(details..).unwrap_or_default() {
        [opener, rest @ ..] if matches!(*opener, "," | "(" | "–" | "—") => rest,
        whole => whole,
    };
    let words = words.strip_suffix(&["the"]).unwrap_or(words);
    let words = match words {
        [rest @ .., mark] if matches!(*mark, "\"" | "“" | "‘" | "'") => rest,
        whole => whole,
    };
    let manner = |word: &str| lists::MANNERS_OF_NAMING.contains(word);
    match words {
        ["formerly" | "aka" | "AKA" | "alias" | "a.k.a."] | ["known", "as"] => true,
        ["born" | "née" | "nee"] => is_person,
        [word, "known" | "called", "as"] | [word, "called"] => manner(word),
        [word, "known", "by", rest @ ..] => manner(word) && is_noun_for_name(rest),
        ["known", "by", rest @ ..] | ["whose", rest @ .., "is" | "was"] => is_noun_for_name(rest),
        _ => false,
    }
}

/// Returns whether words are a noun for a name, with or without a determiner: "his stage name".
fn is_noun_for_name(words: &[&str]) -> bool {
    let nouns = match words {
        [first, nouns @ ..] if matches!(*first, "his" | "her" | "its" | "their" | "the") => nouns,
        nouns => nouns,
    };
    (1..=3).contains(&nouns.len()) && nouns.iter().all(|noun| lists::NOUNS_FOR_NAMES.contains(noun))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        text.split(' ').collect()
    }

    #[test]
    fn another_name_is_introduced_in_many_ways() {
        for text in [
            ", better known as",
            ", better known by his stage name",
            "( born 3 May 1962 ) , better known by her pseudonym",
            ", born",
            "( née",
            ", whose real name is",
            "( also known as the",
            ", alias “",
        ] {
            assert!(introduces_name(&words(text), true), "{text}");
        }
        for text in [", known by his friends", "and", ", whose brother is", "( born 3 May 1962 ) met", ", who knew"] {
            assert!(!introduces_name(&words(text), true), "{text}");
        }
        assert!(!introduces_name(&words(", born"), false), "only people are born");
    }
}
