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
pub(super) const COUNT: usize = 25;
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
    "listing",
];

/// Class hints that mark lists of other stories.
const RELATED: ClassHints = of("related").with(of("listing"));

/// Class hints that mark positions outside the story.
const APART: ClassHints = ClassHints(
    of("comments").0
        | RELATED.0
        | of("aside").0
        | of("navigation").0
        | of("footer").0
        | of("newsletter").0
        | of("advertisement").0
        | of("popup").0,
);
/// Maximum number of ancestors of an element to check.
const MAX_ANCESTORS: usize = 12;

/// Maximum length of a word in a class name, in bytes. Longer words are cut.
const MAX_WORD: usize = 32;

/// Entry of the word list.
struct Listed {
    word: &'static str,
    /// Whether the entry matches all words with this prefix.
    prefix: bool,
    /// Bit of the hint.
    bit: usize,
}

/// Entries of the word list, grouped by their first two letters.
static WORDS: LazyLock<Vec<Vec<Listed>>> = LazyLock::new(|| {
    let mut out: Vec<Vec<Listed>> = std::iter::repeat_with(Vec::new).take(26 * 26).collect();
    for line in lexicon_lines(include_str!("../../assets/lexicon/class_hints.txt")) {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap_or_default().trim_end_matches(':');
        if let Some(bit) = NAMES.iter().position(|known| *known == name) {
            for word in words {
                let stem = word.strip_suffix('*');
                if let Some(bucket) = bucket(word.as_bytes()).and_then(|letters| out.get_mut(letters)) {
                    bucket.push(Listed { word: stem.unwrap_or(word), prefix: stem.is_some(), bit });
                }
            }
        }
    }
    out
});

/// Returns the hint with a name, or an empty set if there is none. Evaluated at compile time, because the results are
/// compared with the hints of every element.
const fn of(name: &str) -> ClassHints {
    let mut bit = 0;
    while bit < COUNT {
        if is_equal(NAMES[bit].as_bytes(), name.as_bytes()) {
            return ClassHints(1 << bit);
        }
        bit += 1;
    }
    ClassHints(0)
}

/// Returns whether two byte strings are equal. Slices cannot be compared in constants.
const fn is_equal(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

impl ClassHints {
    /// Returns whether two sets of hints have a hint in common.
    const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

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
pub(super) const fn is_person(hints: ClassHints) -> bool {
    hints.meets(const { of("byline").with(of("login")).with(of("biography")) })
}

/// Class hints that name the story or its text.
const STORY: ClassHints = of("body").with(of("article"));

/// Returns whether the classes of an element name furniture and not a part of a story.
pub(super) const fn is_unlikely(hints: ClassHints) -> bool {
    let furniture = hints.meets(
        const {
            of("comments")
                .with(of("related"))
                .with(of("aside"))
                .with(of("navigation"))
                .with(of("header"))
                .with(of("footer"))
                .with(of("advertisement"))
                .with(of("cookies"))
                .with(of("popup"))
        },
    );
    (furniture || is_share(hints)) && !hints.meets(STORY)
}

/// Returns whether the classes of an element name buttons to share a story. The names of social networks are also in
/// the classes of embedded posts, which are part of the story.
pub(super) const fn is_share(hints: ClassHints) -> bool {
    hints.meets(const { of("share") }) && !hints.meets(const { of("embed") })
}

/// Returns the weight of an element's classes in the search for the story, from -25 for furniture to 25 for a story.
pub(super) const fn weight(hints: ClassHints) -> f32 {
    let furniture = hints.meets(
        const {
            of("comments")
                .with(of("related"))
                .with(of("aside"))
                .with(of("footer"))
                .with(of("advertisement"))
                .with(of("cookies"))
                .with(of("tags"))
        },
    );
    match (hints.meets(STORY), furniture || is_share(hints)) {
        (true, false) => 25.0,
        (false, true) => -25.0,
        _ => 0.0,
    }
}

/// Returns whether a position is in the summary below a headline.
pub(super) const fn is_standfirst(hints: ClassHints) -> bool {
    hints.meets(const { of("standfirst") })
}

/// Returns whether a position is in comments, other stories or boilerplate. Ignores hints that `home`, the position of
/// the story, also has.
pub(super) const fn is_apart(place: ClassHints, home: ClassHints) -> bool {
    ClassHints(place.0 & !home.0).meets(APART)
}

/// Returns whether a position is outside the story, not counting the hint for related stories. The words of that hint
/// also name other lists and cards.
pub(super) const fn is_far(place: ClassHints, home: ClassHints) -> bool {
    is_apart(ClassHints(place.0 & !RELATED.0), home)
}

/// Returns whether a position is in the frame of a site, which surrounds stories and listings alike: menus, footers,
/// notices and advertisements. Ignores hints in `common`, which the whole page has.
pub(super) const fn is_frame(place: ClassHints, common: ClassHints) -> bool {
    ClassHints(place.0 & !common.0).meets(
        const {
            of("navigation")
                .with(of("footer"))
                .with(of("aside"))
                .with(of("newsletter"))
                .with(of("advertisement"))
                .with(of("cookies"))
                .with(of("login"))
        },
    )
}

/// Returns whether a position is in a cookie notice.
pub(super) const fn has_cookies(hints: ClassHints) -> bool {
    hints.meets(const { of("cookies") })
}

/// Returns whether a position is in a comment section.
pub(super) const fn has_comments(hints: ClassHints) -> bool {
    hints.meets(const { of("comments") })
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
    const KINDS: [(ClassHints, Boilerplate); 9] = [
        (of("cookies"), Boilerplate::Cookies),
        (of("comments"), Boilerplate::Comments),
        (of("newsletter"), Boilerplate::Newsletter),
        (of("advertisement"), Boilerplate::Advertisement),
        (of("share"), Boilerplate::Share),
        (RELATED, Boilerplate::Related),
        (of("navigation"), Boilerplate::Navigation),
        (of("breadcrumb"), Boilerplate::Navigation),
        (of("footer"), Boilerplate::Footer),
    ];
    KINDS.into_iter().find(|(hint, _)| hints.meets(*hint)).map_or(Boilerplate::Furniture, |(_, kind)| kind)
}

/// Returns the hints in the name, classes, ID and similar attributes of an element.
pub(super) fn of_element(name: &str, node: &NodeRef<'_>) -> ClassHints {
    of_name(name).with(of_attributes(node))
}

/// Returns the hints in the classes, ID and similar attributes of an element.
pub(super) fn of_attributes(node: &NodeRef<'_>) -> ClassHints {
    let mut hints = ClassHints::default();
    if let Some(element) = node.element_ref() {
        for attribute in &element.attrs {
            if matches!(
                &*attribute.name.local,
                "class" | "id" | "role" | "itemprop" | "data-component" | "data-testid" | "data-type"
            ) {
                let found = of_words(&attribute.value);
                // A commentary is a kind of article.
                let commentary = attribute.value.contains("ommentary");
                hints = hints.with(if commentary { ClassHints(found.0 & !const { of("comments") }.0) } else { found });
            }
        }
    }
    hints
}

/// Returns the hint that an element name implies.
pub(super) fn of_name(name: &str) -> ClassHints {
    match name {
        "figcaption" => const { of("caption") },
        "time" => const { of("date") },
        "article" => const { of("article") },
        "nav" => const { of("navigation") },
        "header" => const { of("header") },
        "footer" => const { of("footer") },
        "aside" => const { of("aside") },
        _ => ClassHints::default(),
    }
}

/// Returns the hints in a list of class names. Class names are split into words. A word listed with a final `*` matches
/// all words with that prefix.
fn of_words(value: &str) -> ClassHints {
    let mut hints = ClassHints::default();
    let words = &*WORDS;
    each_word(value, |word| {
        let bucket = bucket(word).and_then(|letters| words.get(letters));
        for listed in bucket.into_iter().flatten() {
            if word.starts_with(listed.word.as_bytes()) && (listed.prefix || word.len() == listed.word.len()) {
                hints.0 |= 1 << listed.bit;
            }
        }
    });
    hints
}

/// Returns the index of a word's first two letters, from 0 for "aa" to 675 for "zz".
fn bucket(word: &[u8]) -> Option<usize> {
    let letter = |byte: &u8| byte.is_ascii_lowercase().then(|| usize::from(byte - b'a'));
    let [first, second, ..] = word else { return None };
    Some(letter(first)? * 26 + letter(second)?)
}

/// Passes each word of a class name to `take`, in lower case: article, body, share, bar and item for `articleBody
/// share-bar_item`. The words share one buffer, since a page has thousands of class names. Words that are too long for
/// it are cut, since no listed word is nearly as long.
pub(super) fn each_word(value: &str, mut take: impl FnMut(&[u8])) {
    let mut buffer = [0; MAX_WORD];
    let mut length = 0;
    let mut small = false;
    let mut end = |word: Option<&[u8]>| {
        if let Some(word) = word.filter(|word| word.len() > 1) {
            take(word);
        }
    };
    for byte in value.bytes() {
        let letter = byte.is_ascii_alphabetic();
        if !letter || small && byte.is_ascii_uppercase() {
            end(buffer.get(..length));
            length = 0;
        }
        small = byte.is_ascii_lowercase();
        if letter && let Some(place) = buffer.get_mut(length) {
            *place = byte.to_ascii_lowercase();
            length += 1;
        }
    }
    end(buffer.get(..length));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_are_cut_into_words() {
        let mut words = Vec::new();
        each_word("articleBody share-bar_item2 x éditeurB", |word| {
            words.push(String::from_utf8_lossy(word).into_owned());
        });
        assert_eq!(words, ["article", "body", "share", "bar", "item", "diteur"]);
    }

    #[test]
    fn every_mark_of_the_list_is_known() {
        for line in lexicon_lines(include_str!("../../assets/lexicon/class_hints.txt")) {
            let name = line.split_whitespace().next().unwrap().trim_end_matches(':');
            assert!(NAMES.contains(&name), "{name}");
            assert!(
                line.split_whitespace().skip(1).all(|word| bucket(word.as_bytes()).is_some() && word.len() < MAX_WORD),
                "{line}"
            );
        }
    }

    #[test]
    fn a_share_bar_is_known_by_its_class() {
        let share = NAMES.iter().position(|name| *name == "share").unwrap();
        assert!(of_words("c-socialShare").has(share));
        assert!(!of_words("shareholder-letter").has(share));
    }
}
