//! Word lists for the parsers: English words, words of other languages, and names used by formats. The data is in
//! `crates/ingest/assets/lexicon`.

use foldhash::{HashMap, HashMapExt, HashSet};
use std::sync::LazyLock;

/// Contents of the word list files. If a list has parts in several files, they are concatenated in this order.
const FILES: [&str; 3] = [
    include_str!("../assets/lexicon/en/word_lists.txt"),
    include_str!("../assets/lexicon/other_languages.txt"),
    include_str!("../assets/lexicon/names.txt"),
];

/// Entries of a word list in all languages, in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordList {
    words: Vec<&'static str>,
    set: HashSet<&'static str>,
    /// One bit for the lowest five bits of each entry's first byte.
    firsts: u32,
}

impl WordList {
    /// Returns whether the list contains `word` in exactly this spelling.
    pub(crate) fn contains(&self, word: &str) -> bool {
        word.bytes().next().is_some_and(|first| self.firsts & first_bit(first) != 0) && self.set.contains(word)
    }

    /// Returns whether the list contains `word`, ignoring ASCII case.
    pub(crate) fn contains_any_case(&self, word: &str) -> bool {
        self.words.iter().any(|listed| listed.eq_ignore_ascii_case(word))
    }

    /// Returns whether the list contains the lower-case form of `word`, a word of ASCII letters.
    pub(crate) fn contains_lowered(&self, word: &str) -> bool {
        let mut buffer = [0; MAX_LOWERED];
        let Some(lower) = buffer.get_mut(..word.len()) else { return false };
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).is_ok_and(|lower| self.contains(lower))
    }

    /// Returns whether any entry occurs in `text`, even as part of a word.
    pub(crate) fn is_within(&self, text: &str) -> bool {
        let text = text.as_bytes();
        // The first byte rules out nearly all entries, at less cost than a call that compares them.
        let opens = |at: usize, first: u8| {
            let rest = text.get(at..).unwrap_or_default();
            self.words.iter().any(|word| word.as_bytes().first() == Some(&first) && rest.starts_with(word.as_bytes()))
        };
        text.iter().enumerate().any(|(at, byte)| self.firsts & first_bit(*byte) != 0 && opens(at, *byte))
    }

    /// Iterates over the entries, in file order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.words.iter().copied()
    }

    /// Returns the entries, in file order.
    pub(crate) fn words(&self) -> &[&'static str] {
        &self.words
    }
}

/// Maximum length of a word for [`WordList::contains_lowered`], in bytes. Longer words are in no list.
const MAX_LOWERED: usize = 24;

/// Returns the bit of a first byte in [`WordList::firsts`].
const fn first_bit(byte: u8) -> u32 {
    1 << (byte & 31)
}

/// All lists by name, parsed once.
static LISTS: LazyLock<HashMap<&'static str, WordList>> = LazyLock::new(|| {
    let mut lists = HashMap::new();
    for file in FILES {
        read(file, &mut lists);
    }
    lists
});

/// Adds the lists in a file. A name that is already known continues its list.
fn read(file: &'static str, lists: &mut HashMap<&'static str, WordList>) {
    let mut name = "";
    for line in lexicon_lines(file) {
        if let Some(head) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            name = head.split(' ').next().unwrap_or_default();
            continue;
        }
        let list = lists.entry(name).or_default();
        for entry in entries(line) {
            if list.set.insert(entry) {
                list.words.push(entry);
                list.firsts |= entry.bytes().next().map_or(0, first_bit);
            }
        }
    }
}

/// Splits a line into entries: words, or text in quotation marks.
fn entries(line: &'static str) -> impl Iterator<Item = &'static str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let (entry, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        rest = after;
        (!entry.is_empty()).then_some(entry)
    })
}

/// Returns the lines of a word list file without comments (`#`) and blank lines.
pub(crate) fn lexicon_lines(file: &str) -> impl Iterator<Item = &str> {
    file.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
}

/// Declares one static per word list, keyed by the list's name in the files.
macro_rules! word_lists {
    ($($list:ident = $name:literal,)*) => {
        $(
            #[doc = concat!("List `", $name, "` of the files, which say what it is for.")]
            pub(crate) static $list: LazyLock<WordList> = LazyLock::new(|| LISTS.get($name).cloned().unwrap_or_default());
        )*

        /// Names of all declared lists.
        #[cfg(test)]
        const NAMES: &[&str] = &[$($name,)*];
    };
}

word_lists! {
    BUTTON_LABELS = "button-labels",
    BYLINE_OPENINGS = "byline-openings",
    NAME_PARTICLES = "name-particles",
    POSTS = "posts",
    PLAYERS = "players",
    UNSEEN_CLASSES = "unseen-classes",
    COLLAPSED_CLASSES = "collapsed-classes",
    WRITING_POSTS = "writing-posts",
    DEGREES = "degrees",
    PICTURE_CREDITS_IN_BYLINES = "picture-credits-in-bylines",
    AGENCIES = "agencies",
    PAPERS = "papers",
    BYLINE_CUES = "byline-cues",
    BYLINE_ENDS = "byline-ends",
    AGES = "ages",
    COMMENT_HEADS = "comment-heads",
    IMPRINT_PHRASES = "imprint-phrases",
    FUNCTION_WORDS = "function-words",
    REPORT_WORDS = "report-words",
    READER_WORDS = "reader-words",
    PUBLISHED_META = "published-meta",
    PUBLISHED_PROPERTIES = "published-properties",
    PUBLISHED_CLASSES = "published-classes",
    DATED_CLASSES = "dated-classes",
    CHANGED_CLASSES = "changed-classes",
    CHANGED_WORDS = "changed-words",
    PUBLISHED_WORDS = "published-words",
    AUTHOR_META = "author-meta",
    REVERSED_META = "reversed-meta",
    AUTHOR_PATHS = "author-paths",
    GUEST_WORDS = "guest-words",
    BIOGRAPHY_VERBS = "biography-verbs",
    USER_PATHS = "user-paths",
    USER_ATTRIBUTES = "user-attributes",
    PORTRAIT_WORDS = "portrait-words",
    NAME_JOINERS = "name-joiners",
    DAY_LABELS = "day-labels",
    STORY_TYPES = "story-types",
    PAGE_TYPES = "page-types",
    DISCUSSION_TYPES = "discussion-types",
    PRODUCT_TYPES = "product-types",
    SKIPPED_ELEMENTS = "skipped-elements",
    BLOCK_ELEMENTS = "block-elements",
    EMPHASIS_ELEMENTS = "emphasis-elements",
    INLINE_ELEMENTS = "inline-elements",
    PARAGRAPH_ELEMENTS = "paragraph-elements",
    FORUM_WORDS = "forum-words",
    THREAD_WORDS = "thread-words",
    STRUCK_ELEMENTS = "struck-elements",
    RAISED_UNITS = "raised-units",
    RAW_ELEMENTS = "raw-elements",
    UNNESTED_ELEMENTS = "unnested-elements",
    VOID_ELEMENTS = "void-elements",
    ASKED = "asked",
    MAIL_HEADERS = "mail-headers",
    NEVER_ARTICLES = "never-articles",
    CONTACT_OPENINGS = "contact-openings",
    OPEN_WORDS = "open-words",
    NO_COUNTRY = "no-country",
    WITHIN_DATES = "within-dates",
    ORDINAL_ENDINGS = "ordinal-endings",
    OTHER_DAYS = "other-days",
    UPDATE_LABELS = "update-labels",
    PLACE_PARTICLES = "place-particles",
    PICTURE_NOUNS = "picture-nouns",
    PICTURE_ORIGINS = "picture-origins",
    WEAK_LABELS = "weak-labels",
    RECORD_TEXT = "record-text",
    RECORD_MARKUP = "record-markup",
    RECORD_TITLE = "record-title",
    RECORD_AUTHORS = "record-authors",
    RECORD_PUBLISHED = "record-published",
    RECORD_MODIFIED = "record-modified",
    RECORD_URL = "record-url",
    RECORD_SECTION = "record-section",
    RECORD_PUBLISHER = "record-publisher",
    RECORD_ID = "record-id",
    RECORD_LISTS = "record-lists",
    FEED_LEAVES = "feed-leaves",
    FEED_FIELDS = "feed-fields",
    FEED_TYPES = "feed-types",
    PAGE_OPENINGS = "page-openings",
    LINK_SCHEMES = "link-schemes",
    DATE_ATTRIBUTES = "date-attributes",
    MATTER_STANDFIRST = "matter-standfirst",
    MATTER_AUTHORS = "matter-authors",
    MATTER_PUBLISHED = "matter-published",
    MATTER_MODIFIED = "matter-modified",
    MATTER_SECTION = "matter-section",
    MATTER_URL = "matter-url",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_list_follow_each_other() {
        let mut lists = HashMap::new();
        read("# What it is for.\n[one]\nby: \"by \" and\n[two]\nx\n", &mut lists);
        read("[one de]\nvon \"von \" and\n", &mut lists);
        assert_eq!(lists["one"].words(), ["by:", "by ", "and", "von", "von "]);
        assert_eq!(lists["two"].words(), ["x"]);
        assert!(lists["one"].contains("by ") && !lists["one"].contains("By "));
        assert!(lists["one"].contains_any_case("By ") && lists["one"].contains_lowered("AND"));
        assert!(lists["one"].is_within("sand") && !lists["one"].is_within("an bv"));
    }

    #[test]
    fn every_list_of_the_files_is_declared_and_none_is_empty() {
        let mut declared = NAMES.to_vec();
        let mut found: Vec<&str> = LISTS.keys().copied().collect();
        declared.sort_unstable();
        found.sort_unstable();
        assert_eq!(declared, found);
        assert!(LISTS.values().all(|list| !list.words().is_empty()));
    }
}
