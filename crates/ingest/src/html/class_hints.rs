//! Classifies a position in a page by the element names, classes and IDs of its ancestors, as a set of class hints.
//! Site builders name their boxes in plain English. The words are in `crates/ingest/assets/lexicon/class_hints.txt`.

use crate::lexicon::lexicon_lines;
use dateline_core::article::Boilerplate;
use dom_query::NodeRef;
use std::sync::LazyLock;

/// Set of class hints, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClassHints(pub u32);

/// Number of different class hints.
pub(super) const COUNT: usize = 24;
/// Bit of the hint for captions and credits.
pub(super) const CAPTION: usize = 0;

/// Names of the hints in the word list, in the order of their bits.
const NAMES: [&str; COUNT] = [
    "caption",
    "byline",
    "date",
    "body",
    "article",
    "headline",
    "standfirst",
    "navigation",
    "header",
    "footer",
    "aside",
    "comments",
    "share",
    "related",
    "newsletter",
    "advertisement",
    "cookies",
    "tags",
    "embed",
    "gallery",
    "biography",
    "login",
    "breadcrumb",
    "popup",
];

/// Names of the hints for positions outside the story.
const APART: [&str; 8] =
    ["comments", "related", "aside", "navigation", "footer", "newsletter", "advertisement", "popup"];
/// Maximum number of ancestors of an element to check.
const MAX_ANCESTORS: usize = 12;

/// Words and the bits of their hints, grouped by first letter.
static WORDS: LazyLock<[Vec<(&'static str, usize)>; 26]> = LazyLock::new(|| {
    let mut out: [Vec<(&str, usize)>; 26] = Default::default();
    for line in lexicon_lines(include_str!("../../assets/lexicon/class_hints.txt")) {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap_or_default().trim_end_matches(':');
        if let Some(bit) = NAMES.iter().position(|known| *known == name) {
            for word in words {
                if let Some(bucket) = bucket(word).and_then(|letter| out.get_mut(letter)) {
                    bucket.push((word, bit));
                }
            }
        }
    }
    out
});

impl ClassHints {
    /// Returns the union of two sets.
    #[must_use]
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Returns whether the hint with the given bit is set.
    #[must_use]
    pub(crate) const fn has(self, bit: usize) -> bool {
        self.0 & (1 << bit) != 0
    }
}

/// Returns whether a position is in text about a person, such as an author or a forum member.
pub(super) fn is_person(hints: ClassHints) -> bool {
    ["byline", "login", "biography"]
        .iter()
        .any(|name| NAMES.iter().position(|known| known == name).is_some_and(|bit| hints.has(bit)))
}

/// Returns whether a position is in the summary below a headline.
pub(super) fn is_standfirst(hints: ClassHints) -> bool {
    NAMES.iter().position(|name| *name == "standfirst").is_some_and(|bit| hints.has(bit))
}

/// Returns whether a position is in comments, other stories or boilerplate. Ignores hints that `home`, the position of
/// the story, has as well.
pub(super) fn is_apart(place: ClassHints, home: ClassHints) -> bool {
    APART
        .iter()
        .any(|name| NAMES.iter().position(|known| known == name).is_some_and(|bit| place.has(bit) && !home.has(bit)))
}

/// Returns whether a position is outside the story, even without the hint for related stories. That hint's words also
/// name other lists and cards.
pub(super) fn is_far(place: ClassHints, home: ClassHints) -> bool {
    let related = NAMES.iter().position(|name| *name == "related").map_or(0, |bit| 1 << bit);
    is_apart(ClassHints(place.0 & !related), home)
}

/// Returns whether an element is marked as a comment section.
pub(super) fn is_comments(node: &NodeRef<'_>) -> bool {
    let opinion = || ["class", "id"].iter().any(|key| node.attr(key).is_some_and(|value| value.contains("ommentary")));
    node.is_element() && has_comments(of_element("", node)) && !opinion()
}

/// Returns whether an element is marked as a cookie notice.
pub(super) fn is_notice(node: &NodeRef<'_>) -> bool {
    node.is_element() && has_cookies(of_element("", node))
}

/// Returns whether a position is in a cookie notice.
pub(super) fn has_cookies(hints: ClassHints) -> bool {
    NAMES.iter().position(|name| *name == "cookies").is_some_and(|bit| hints.has(bit))
}

/// Returns whether a position is in a comment section.
pub(super) fn has_comments(hints: ClassHints) -> bool {
    NAMES.iter().position(|name| *name == "comments").is_some_and(|bit| hints.has(bit))
}

/// Returns whether an element is outside the story, judging by its ancestors. `home` is the position of the story.
pub(super) fn is_outside_story(node: &NodeRef<'_>, home: ClassHints) -> bool {
    let above = node.ancestors_it(Some(MAX_ANCESTORS)).filter_map(|above| {
        let name = above.node_name()?;
        (name.as_ref() != "body").then(|| of_element(&name, &above))
    });
    // Accept footers, since the footer of a post contains its author and date.
    is_apart(above.fold(ClassHints::default(), ClassHints::with), home.with(of_name("footer")))
}

/// Returns the kind of boilerplate of a block outside the story.
pub(super) fn boilerplate(hints: ClassHints) -> Boilerplate {
    let kinds = [
        ("cookies", Boilerplate::Cookies),
        ("comments", Boilerplate::Comments),
        ("newsletter", Boilerplate::Newsletter),
        ("advertisement", Boilerplate::Advertisement),
        ("share", Boilerplate::Share),
        ("related", Boilerplate::Related),
        ("navigation", Boilerplate::Navigation),
        ("breadcrumb", Boilerplate::Navigation),
        ("footer", Boilerplate::Footer),
    ];
    let is = |name: &str| NAMES.iter().position(|known| *known == name).is_some_and(|bit| hints.has(bit));
    kinds.into_iter().find(|(name, _)| is(name)).map_or(Boilerplate::Furniture, |(_, kind)| kind)
}

/// Returns the hints in the name, classes, ID and similar attributes of an element.
pub(super) fn of_element(name: &str, node: &NodeRef<'_>) -> ClassHints {
    let mut hints = of_name(name);
    if let Some(element) = node.element_ref() {
        for attribute in &element.attrs {
            if matches!(
                &*attribute.name.local,
                "class" | "id" | "role" | "itemprop" | "data-component" | "data-testid" | "data-type"
            ) {
                hints = hints.with(of_words(&attribute.value));
            }
        }
    }
    hints
}

/// Returns the hint that an element name implies.
fn of_name(name: &str) -> ClassHints {
    let mark = match name {
        "figcaption" => "caption",
        "time" => "date",
        "article" => "article",
        "nav" => "navigation",
        "header" => "header",
        "footer" => "footer",
        "aside" => "aside",
        _ => return ClassHints::default(),
    };
    NAMES.iter().position(|known| *known == mark).map_or(ClassHints::default(), |bit| ClassHints(1 << bit))
}

/// Returns the hints in a list of class names. Class names are split into words. A word listed with a final `*` matches
/// all words with that prefix.
fn of_words(value: &str) -> ClassHints {
    let mut hints = ClassHints::default();
    for word in split_words(value) {
        let bucket = bucket(&word).and_then(|letter| WORDS.get(letter));
        for (listed, bit) in bucket.into_iter().flatten() {
            let fits = listed.strip_suffix('*').map_or(*listed == word, |stem| word.starts_with(stem));
            if fits {
                hints.0 |= 1 << bit;
            }
        }
    }
    hints
}

/// Returns the index of a word's first letter, from 0 for "a" to 25 for "z".
fn bucket(word: &str) -> Option<usize> {
    word.bytes().next().filter(u8::is_ascii_lowercase).map(|letter| usize::from(letter - b'a'))
}

/// Splits class names into lower-case words: `articleBody share-bar_item` becomes article, body, share, bar, item.
fn split_words(value: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut small = false;
    for character in value.chars() {
        let breaks = !character.is_ascii_alphabetic() || (small && character.is_ascii_uppercase());
        if breaks {
            out.push(String::new());
        }
        small = character.is_ascii_lowercase();
        if character.is_ascii_alphabetic()
            && let Some(last) = out.last_mut()
        {
            last.push(character.to_ascii_lowercase());
        }
    }
    out.retain(|word| word.len() > 1);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_are_cut_into_words() {
        assert_eq!(split_words("articleBody share-bar_item2 x"), ["article", "body", "share", "bar", "item"]);
    }

    #[test]
    fn every_mark_of_the_list_is_known() {
        for line in lexicon_lines(include_str!("../../assets/lexicon/class_hints.txt")) {
            let name = line.split_whitespace().next().unwrap().trim_end_matches(':');
            assert!(NAMES.contains(&name), "{name}");
        }
    }

    #[test]
    fn a_share_bar_is_known_by_its_class() {
        let share = NAMES.iter().position(|name| *name == "share").unwrap();
        assert!(of_words("c-socialShare").has(share));
        assert!(!of_words("shareholder-letter").has(share));
    }
}
