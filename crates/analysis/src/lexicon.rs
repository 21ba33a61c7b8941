//! Word lists for English news text, from `crates/analysis/assets/lexicon/en/`. There is one file per list, whose
//! header describes its contents and origin.

pub(crate) mod demonyms;
pub(crate) mod inflection;
pub(crate) mod lists;
pub(crate) mod names;
pub(crate) mod nicknames;
pub(crate) mod type_hints;
pub(crate) mod verbs;
pub(crate) mod word_index;
pub(crate) mod word_map;

use foldhash::HashSet;
use word_map::WordMap;

/// Parses a list with one entry per line. Comments begin with `#`, and blank lines are skipped.
pub(crate) fn entries(file: &str) -> impl Iterator<Item = &str> {
    file.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
}

/// Word lists for splitting a text into tokens and sentences and for finding its reporting verbs. Later stages use the
/// tables of [`Resources`](super::Resources).
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    /// Words that keep their period, stored in lower case without it.
    abbreviations: HashSet<String>,
    /// Abbreviations that precede a name and therefore do not end a sentence.
    before_names: HashSet<String>,
    /// Reporting verbs, keyed by each of their forms in lower case and capitalised.
    reporting: WordMap<ReportingVerb>,
    /// All forms of the reporting verbs, in the order of the file.
    forms: Vec<String>,
}

/// Verb that reports speech.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReportingVerb {
    /// Dictionary form of the verb.
    pub lemma: String,
    /// Complement that the verb takes.
    pub reporting_kind: ReportingKind,
}

/// Complement that a reporting verb takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum ReportingKind {
    /// Clause or whole utterance: "say", "claim".
    Clause,
    /// Whole utterance only: "shout", "mutter".
    Utterance,
    /// Object about which a judgement is quoted: "call", "dismiss".
    Judgement,
    /// Whole utterance next to a verb that does not mean speech: "smile", "begin".
    Gesture,
}

impl ReportingKind {
    /// Returns whether the verb means speech even without a quotation.
    #[must_use]
    pub(crate) const fn is_speech(self) -> bool {
        matches!(self, Self::Clause | Self::Utterance)
    }
}

impl Lexicon {
    /// Loads the bundled lists.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        let mut lexicon = Self::default();
        for entry in entries(include_str!("../assets/lexicon/en/abbreviations.txt")) {
            let (word, before_name) = entry.strip_suffix(" +").map_or((entry, false), |word| (word, true));
            lexicon.abbreviations.insert(word.to_lowercase());
            if before_name {
                lexicon.before_names.insert(word.to_lowercase());
            }
        }
        for entry in entries(include_str!("../assets/lexicon/en/reporting_verbs.txt")) {
            if let Some((forms, reporting_kind)) = entry.split_once(" / ") {
                lexicon.add_reporting_verb(forms, reporting_kind);
            }
        }
        lexicon
    }

    /// Returns every form of the speech verbs, in lower case and capitalised.
    pub(crate) fn speech_verbs(&self) -> impl Iterator<Item = &str> {
        let is_speech = |form: &&str| self.reporting(form).is_some_and(|verb| verb.reporting_kind.is_speech());
        self.forms.iter().map(String::as_str).filter(is_speech)
    }

    /// Adds a reporting verb. `forms` lists the inflected forms, lemma first; `reporting_kind` is the name of the
    /// complement in the data file.
    fn add_reporting_verb(&mut self, forms: &str, reporting_kind: &str) {
        let reporting_kind = match reporting_kind {
            "that" => ReportingKind::Clause,
            "quote" => ReportingKind::Utterance,
            "judge" => ReportingKind::Judgement,
            _ => ReportingKind::Gesture,
        };
        let lemma = forms.split_whitespace().next().unwrap_or_default();
        for form in forms.split_whitespace() {
            let verb = ReportingVerb { lemma: lemma.to_owned(), reporting_kind };
            let mut capital = form.to_owned();
            if let Some(first) = capital.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            self.reporting.insert(&capital, verb.clone());
            self.reporting.insert(form, verb);
            self.forms.extend([capital, form.to_owned()]);
        }
    }

    /// Returns whether `word`, given without its period, is an abbreviation.
    #[must_use]
    pub(crate) fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(without_former(&word.to_lowercase()))
    }

    /// Returns whether `word` is a form of a reporting verb.
    #[must_use]
    pub(crate) fn is_reporting(&self, word: &str) -> bool {
        self.reporting(word).is_some()
    }

    /// Returns the reporting verb that has `word` as a form, in lower case or capitalised.
    #[must_use]
    #[inline]
    pub(crate) fn reporting(&self, word: &str) -> Option<&ReportingVerb> {
        self.reporting.get(word)
    }

    /// Returns whether the sentence continues across the abbreviation `word` (with its period) to `next`.
    #[must_use]
    pub(crate) fn continues_after_abbreviation(&self, word: &str, next: &str) -> bool {
        let bare = word.trim_end_matches('.').to_lowercase();
        let initial = bare.chars().count() == 1;
        initial || self.before_names.contains(without_former(&bare)) || !lists::SENTENCE_OPENERS.contains(next)
    }
}

/// Removes a prefix that marks a former title, so that "then-gov" is treated as the abbreviation "gov".
fn without_former(word: &str) -> &str {
    ["then-", "ex-"].iter().find_map(|prefix| word.strip_prefix(prefix)).unwrap_or(word)
}
