//! Short word lists for the rules, read from `crates/analysis/assets/lexicon/en/word_lists.txt`. The file has one
//! section per list, and its header explains how a line of lemmas expands to inflected forms.

use super::inflection;
use super::verbs::Verbs;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Distinct words of one list, in file order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordList {
    words: Vec<String>,
    /// Bloom filter with one bit per word signature. Rules look up every word of a text, and the filter rejects nearly
    /// all of them.
    signatures: [u64; SIGNATURES / 64],
}

/// Number of different word signatures.
const SIGNATURES: usize = 512;

/// Returns the index in `signatures` and the bit mask for a word. The signature depends on its length and on its first
/// and last byte, ignoring ASCII case.
#[inline]
fn signature(word: &str) -> (usize, u64) {
    let letter = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(byte | 0x20));
    let bytes = word.as_bytes();
    let mixed = 37 * bytes.len() + 11 * letter(bytes.first()) + 101 * letter(bytes.last());
    (mixed / 64 % (SIGNATURES / 64), 1 << (mixed % 64))
}

impl WordList {
    /// Returns whether the list contains `word` in exactly this spelling.
    #[must_use]
    #[inline]
    pub(crate) fn contains(&self, word: &str) -> bool {
        self.may_contain(word) && self.words.iter().any(|listed| listed == word)
    }

    /// Returns whether the list contains `word`, ignoring ASCII case.
    #[must_use]
    #[inline]
    pub(crate) fn contains_any_case(&self, word: &str) -> bool {
        self.may_contain(word) && self.words.iter().any(|listed| listed.eq_ignore_ascii_case(word))
    }

    /// Returns whether the list may contain `word`, ignoring ASCII case. False positives are possible.
    #[inline]
    fn may_contain(&self, word: &str) -> bool {
        let (place, bit) = signature(word);
        self.signatures[place] & bit != 0
    }

    /// Returns the words in file order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// Adds words. A word with a straight apostrophe is also added with a curly one, because articles have both.
    fn extend(&mut self, words: Vec<String>) {
        for word in words {
            let curly = word.replace('\'', "’");
            for word in [word, curly] {
                if !self.contains(&word) {
                    let (place, bit) = signature(&word);
                    self.signatures[place] |= bit;
                    self.words.push(word);
                }
            }
        }
    }
}

/// Lines of each section, keyed by the name of the list.
type Sections = HashMap<&'static str, Vec<&'static str>>;

/// Sections of the word list file, parsed on first use.
static SECTIONS: LazyLock<Sections> =
    LazyLock::new(|| sections(include_str!("../../assets/lexicon/en/word_lists.txt")));

/// Principal parts of verbs, used to inflect lines of lemmas.
static VERBS: LazyLock<Verbs> = LazyLock::new(Verbs::bundled);

/// Splits the file into its sections. Lines that begin with "# " are comments.
fn sections(file: &'static str) -> Sections {
    let mut sections = Sections::new();
    let mut name = "";
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            Some(section) => name = section,
            None => sections.entry(name).or_default().push(line),
        }
    }
    sections
}

/// Reads the list `name`, or an empty list if the file has no such section.
fn read(name: &str, sections: &Sections) -> WordList {
    let mut list = WordList::default();
    for line in sections.get(name).into_iter().flatten() {
        let (form, words) = split_form(line);
        for word in words.split_whitespace() {
            let other = word.strip_prefix('@').filter(|other| !other.is_empty());
            let lemmas = other.map_or_else(|| vec![word.to_owned()], |other| read(other, sections).words);
            for lemma in &lemmas {
                list.extend(form(lemma));
            }
        }
    }
    list
}

/// Function that expands a lemma to its requested forms.
type Inflect = fn(&str) -> Vec<String>;

/// Splits a line into the requested form and the lemmas.
fn split_form(line: &str) -> (Inflect, &str) {
    let same: Inflect = |word| vec![word.to_owned()];
    let Some((name, words)) = line.split_once(": ") else { return (same, line) };
    let form: Inflect = match name {
        "present" => |word| vec![word.to_owned(), inflection::with_s(word)],
        "third" => |word| vec![inflection::with_s(word)],
        "past" => |word| VERBS.past(word),
        "participle" => |word| VERBS.participle(word),
        "gerund" => |word| vec![VERBS.gerund(word)],
        "noun" => |word| vec![word.to_owned(), inflection::with_s(word)],
        "capital" => |word| vec![capital(word)],
        "both" => |word| vec![word.to_owned(), capital(word)],
        _ => return (same, line),
    };
    (form, words)
}

/// Returns `word` with its first letter capitalised.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Declares the lists with their names in the file.
macro_rules! word_lists {
    ($($list:ident = $name:literal,)*) => {
        $(
            #[doc = concat!("List `", $name, "` of the file, which says what it is for.")]
            pub(crate) static $list: LazyLock<WordList> = LazyLock::new(|| read($name, &SECTIONS));
        )*

        /// All lists with their names in the file.
        #[cfg(test)]
        static ALL: &[(&str, &LazyLock<WordList>)] = &[$(($name, &$list),)*];
    };
}

word_lists! {
    BE = "be",
    BE_CLITICS = "be-clitics",
    HAVE = "have",
    HAVE_CLITICS = "have-clitics",
    DO = "do",
    FINITE_BE = "finite-be",
    PASSIVE_AUXILIARIES = "passive-auxiliaries",
    AUXILIARIES = "auxiliaries",
    FUTURE_MODALS = "future-modals",
    FORESEEING_MODALS = "foreseeing-modals",
    SUBJECT_PRONOUNS = "subject-pronouns",
    MASCULINE_PRONOUNS = "masculine-pronouns",
    FEMININE_PRONOUNS = "feminine-pronouns",
    FIRST_PERSON = "first-person",
    SPEAKING = "speaking",
    DEICTIC_TIMES = "deictic-times",
    LOOSE_SUBJECTS = "loose-subjects",
    UNKNOWN_SUBJECTS = "unknown-subjects",
    GENERIC_DETERMINERS = "generic-determiners",
    DEFINITE_DETERMINERS = "definite-determiners",
    BEFORE_LAST = "before-last",
    ROLE_OPENERS = "role-openers",
    SENTENCE_OPENERS = "sentence-openers",
    CLITICS = "clitics",
    SMALL_WORD_ACRONYMS = "small-word-acronyms",
    ELIDED_WORDS = "elided-words",
    COMPOUND_NOUNS = "compound-nouns",
    WEEKDAYS = "weekdays",
    PLAIN_MONTHS = "plain-months",
    SHORT_MONTHS = "short-months",
    SHORT_DAYS = "short-days",
    TIME_WORDS = "time-words",
    TIME_NOUNS = "time-nouns",
    FREQUENCY_NOUNS = "frequency-nouns",
    CONNECTORS = "connectors",
    STORMS = "storms",
    NAMED_BY_ONE_WORD = "named-by-one-word",
    SETTLEMENTS = "settlements",
    BEFORE_SETTLEMENTS = "before-settlements",
    SHIP_PREFIXES = "ship-prefixes",
    POST_NOMINALS = "post-nominals",
    LANDFORMS = "landforms",
    PEOPLE_ENDINGS = "people-endings",
    NAMED_GROUNDS = "named-grounds",
    INHABITANTS = "inhabitants",
    BODIES = "bodies",
    HOLDING_PLACES = "holding-places",
    HELD_IN = "held-in",
    SPORTS_WORDS = "sports-words",
    POLITE_TITLES = "polite-titles",
    LOCATING_PREPOSITIONS = "locating-prepositions",
    COMPANY_PARTS = "company-parts",
    BUSINESS_NOUNS = "business-nouns",
    DAYS_AND_MONTHS = "days-and-months",
    CORPORATE_OFFICES = "corporate-offices",
    OFFICES_WITH_DUTIES = "offices-with-duties",
    OFFICE_OPENERS = "office-openers",
    LOCAL_BODIES = "local-bodies",
    TOWN_NEWSPAPERS = "town-newspapers",
    TOWN_BODIES = "town-bodies",
    LEFT_OUT_OF_NAMES = "left-out-of-names",
    NOUNS_FOR_NAMES = "nouns-for-names",
    CALLED_AFTER_TOWNS = "called-after-towns",
    BYLINE_JOINERS = "byline-joiners",
    RELATIVES = "relatives",
    EXCLAIMED_NAMES = "exclaimed-names",
    CRIES = "cries",
    FORMS_OF_STATE = "forms-of-state",
    RELATIVE_ADVERBS = "relative-adverbs",
    OWNERS = "owners",
    OWNERS_OF_RELATIVES = "owners-of-relatives",
    MANNERS_OF_NAMING = "manners-of-naming",
    UNITS_OF_MEASURE = "units-of-measure",
    PEOPLE_NOUNS = "people-nouns",
    LEADING_TO_PLACES = "leading-to-places",
    NAME_OPENERS = "name-openers",
    UNITS = "units",
    DIRECTIONS = "directions",
    PLACE_ENDINGS = "place-endings",
    WATER_ENDINGS = "water-endings",
    DOMAINS = "domains",
    RESTRICTIVE = "restrictive",
    ROLE_ENDERS = "role-enders",
    ROLE_MARKS = "role-marks",
    ROLE_JOINERS = "role-joiners",
    PLAIN_TITLES = "plain-titles",
    AFTER_ROLE_HEAD = "after-role-head",
    PEOPLE = "people",
    WRITINGS = "writings",
    ANONYMITY = "anonymity",
    SPEECH_NOUNS = "speech-nouns",
    NEGATIONS = "negations",
    AFTER_NOT_ONLY = "after-not-only",
    POSSIBLE_MODALS = "possible-modals",
    UNREAL_WITH_HAVE = "unreal-with-have",
    DENYING_GOVERNORS = "denying-governors",
    UNREAL_GOVERNORS = "unreal-governors",
    PASSING_ON = "passing-on",
    UNREAL_ADVERBS = "unreal-adverbs",
    VIEW_NOUNS = "view-nouns",
    NEGATIVE_SUBJECTS = "negative-subjects",
    CONDITIONS = "conditions",
    INVERTED_CONDITIONS = "inverted-conditions",
    DENIALS = "denials",
    NEGATED_EVIDENCE = "negated-evidence",
    RELATIVE_PRONOUNS = "relative-pronouns",
    ANNOUNCING = "announcing",
    COMMENTS = "comments",
    CLAUSE_OPENERS = "clause-openers",
    RANKS = "ranks",
    FRACTIONS = "fractions",
    PAST_MODALS = "past-modals",
    ADDRESSING = "addressing",
    QUESTION_WORDS = "question-words",
    PLAIN_SPEECH = "plain-speech",
    PASSIVE_SPEECH = "passive-speech",
    ASKED = "asked",
    ASKED_ABOUT = "asked-about",
    WONDERING = "wondering",
    NEUTRAL_SPEECH = "neutral-speech",
    ASSERTING = "asserting",
    CONTRASTS = "contrasts",
    NO_SPEAKERS = "no-speakers",
    PRONOMINAL_QUANTIFIERS = "pronominal-quantifiers",
    BEFORE_OFFICES = "before-offices",
    BEFORE_TITLES = "before-titles",
    CALLING = "calling",
    LABELLING = "labelling",
    TITLE_SMALL_WORDS = "title-small-words",
    QUESTION_LABELS = "question-labels",
    ANSWER_LABELS = "answer-labels",
    LOOKING_AHEAD = "looking-ahead",
    PLANNED = "planned",
    FUTURE_BEFORE_TO = "future-before-to",
    DATED_PLANS = "dated-plans",
    DONE = "done",
    TIMETABLE = "timetable",
    PLANNING = "planning",
    PLANS = "plans",
    SCHEDULING = "scheduling",
    SCHEDULED_ACTS = "scheduled-acts",
    DECISIONS = "decisions",
    BEFORE_LENGTHS = "before-lengths",
    PARTS_OF_DAYS = "parts-of-days",
    STATES = "states",
    LIMITS = "limits",
    TIME_CONDITIONS = "time-conditions",
    PUT_OFF = "put-off",
    LASTED = "lasted",
    MEANWHILE = "meanwhile",
    CALLED_OFF = "called-off",
    EDGES = "edges",
    BOUNDS = "bounds",
    NUMBERED = "numbered",
    YEAR_LIMITS = "year-limits",
    AMBIGUOUS_MONTHS = "ambiguous-months",
    BELIEFS = "beliefs",
    OUTCOMES = "outcomes",
    PUBLICATIONS = "publications",
    GIVEN = "given",
    BETWEEN_CENTURIES = "between-centuries",
    INTENDED = "intended",
    WITNESSING = "witnessing",
    EXCEPTIONS = "exceptions",
    HAPPENINGS = "happenings",
    OCCASIONS = "occasions",
    OCCASION_PREPOSITIONS = "occasion-prepositions",
    APPROACH = "approach",
    PARTICIPATION = "participation",
    PARTICIPANTS = "participants",
    PUBLISHED = "published",
    SIMULTANEOUS = "simultaneous",
    EVES = "eves",
    DAY_PARTS = "day-parts",
    CONTENT_OPENERS = "content-openers",
    INTRANSITIVE = "intransitive",
    NO_VERBS = "no-verbs",
    OPEN = "open",
    DENYING = "denying",
    HABITS = "habits",
    ARRANGED = "arranged",
    AGES = "ages",
    ADVERBIAL_RELATIVES = "adverbial-relatives",
    OBJECT_RELATIVES = "object-relatives",
    ROUGHLY = "roughly",
    PLACE_PREPOSITIONS = "place-prepositions",
    ORDINALS = "ordinals",
    DROPPED_WITH_DATE = "dropped-with-date",
    DATE_ADVERBS = "date-adverbs",
    RELATING_PREPOSITIONS = "relating-prepositions",
    SPENDING = "spending",
    PERIODS = "periods",
    ONLY_COMPARING = "only-comparing",
    COMPARING = "comparing",
    CHANGES = "changes",
    ANY_DAY = "any-day",
    SUBORDINATORS = "subordinators",
    CLAUSE_PREPOSITIONS = "clause-prepositions",
    COMPLEMENT_OPENERS = "complement-openers",
    ARTICLES = "articles",
    DEGREES = "degrees",
    DESCRIBING_GERUNDS = "describing-gerunds",
    GERUND_PREPOSITIONS = "gerund-prepositions",
    BEGINNING = "beginning",
    IMPERSONAL = "impersonal",
    EMPTY_SUBJECTS = "empty-subjects",
    FOCUSING = "focusing",
    SAYING_WHEN = "saying-when",
    PERIOD_NOUNS = "period-nouns",
    BEFORE_PERIODS = "before-periods",
    OBJECT_CONTROL = "object-control",
    PURPOSE_BEFORE = "purpose-before",
    PASSIVE_BEFORE = "passive-before",
    SUFFICING = "sufficing",
    ASSURED = "assured",
    NAMING = "naming",
    DEMONSTRATIVES = "demonstratives",
    BARE_AFTER = "bare-after",
    PERCEIVING = "perceiving",
    LINKING = "linking",
    BECOMING = "becoming",
    OBJECT_PREDICATES = "object-predicates",
    CONTENT_VERBS = "content-verbs",
    QUESTION_VERBS = "question-verbs",
    REPORTING_AFTER = "reporting-after",
    SAYING_ON = "saying-on",
    PERSON_AND_CLAUSE = "person-and-clause",
    FREE_RELATIVES = "free-relatives",
    AFTER_PERIODS = "after-periods",
    PERSON_NOUN_ENDINGS = "person-noun-endings",
    PERSON_ENDINGS = "person-endings",
    EXAMPLE_OPENERS = "example-openers",
    CONTENT_NOUNS = "content-nouns",
    COMPARISON_IGNORED = "comparison-ignored",
    MODALITY = "modality",
    CARDINALS = "cardinals",
    APPROXIMATE = "approximate",
    EXPECTATION = "expectation",
    REMAINDER = "remainder",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_lemmas_expand_to_their_forms() {
        let file = "# A comment.\n[one]\npresent: deny plan\npast: go stop\n# Another.\n[two]\ncapital: @three\n\
                    participle: write\ngerund: plan\nboth: an\nnoun: call\n[three]\nmay\n$ #\nthird: meet\n";
        let sections = sections(file);
        let words = |name: &str| read(name, &sections).iter().collect::<Vec<_>>().join(" ");
        assert_eq!(words("one"), "deny denies plan plans went stopped");
        assert_eq!(words("two"), "May $ # Meets written planning an An call calls");
        assert_eq!(words("three"), "may $ # meets");
        assert_eq!(words("four"), "");
    }

    #[test]
    fn a_list_finds_its_words_and_nothing_else() {
        for (name, list) in ALL {
            for word in list.iter() {
                assert!(list.contains(word), "{name}: {word}");
                assert!(list.contains_any_case(word) && list.contains_any_case(&word.to_ascii_uppercase()), "{word}");
                let other = format!("{word}\u{1}{word}");
                assert!(!list.contains(&other) && !list.contains_any_case(&other), "{name}: {other}");
            }
            assert!(!list.contains("") && !list.contains_any_case(""), "{name}");
        }
    }

    #[test]
    fn every_list_of_the_file_is_declared_and_none_is_empty() {
        let declared: Vec<&str> = ALL.iter().map(|(name, _)| *name).collect();
        let mut sections: Vec<&str> = SECTIONS.keys().copied().collect();
        sections.sort_unstable();
        let mut sorted = declared.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, sections);
        for (name, list) in ALL {
            assert!(list.iter().next().is_some(), "{name} is empty");
            assert!(list.iter().all(|word| !word.ends_with(':') && !word.starts_with('@')), "{name}: {list:?}");
        }
    }

    #[test]
    fn an_apostrophe_is_straight_or_curly() {
        let sections = sections("[one]\n've don't plain\n");
        assert_eq!(read("one", &sections).words, ["'ve", "’ve", "don't", "don’t", "plain"]);
        for clitic in ["'re", "’re", "'m", "’m"] {
            assert!(BE_CLITICS.contains(clitic), "{clitic}");
        }
        assert!(HAVE.contains("’ve") && NEGATIONS.contains_any_case("n’t") && NEGATIONS.contains("n't"));
    }

    #[test]
    fn case_counts_unless_it_is_to_be_ignored() {
        assert!(STORMS.contains("Storm") && !STORMS.contains("storm") && STORMS.contains_any_case("STORM"));
    }
}
