//! Word lists: what English news writes with. The data is in `assets/lexicon/`, one file a list,
//! each headed by what it holds and where it comes from.

use std::collections::{HashMap, HashSet};

/// Words that open a sentence after an abbreviation: "U.S. President" goes on, "in the U.S. The" does not.
const OPENERS: [&str; 22] = [
    "The", "A", "An", "He", "She", "It", "They", "We", "I", "You", "But", "And", "In", "On", "At", "This", "That",
    "There", "His", "Her", "If", "When",
];

/// Reads a list: one entry a line, `#` begins a comment, blank lines are passed over.
pub fn entries(file: &str) -> impl Iterator<Item = &str> {
    file.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|line| !line.is_empty())
}

/// All word lists, read once.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Words that keep their period, without it, lower case.
    abbreviations: HashSet<String>,
    /// Abbreviations that stand before a name and so end no sentence.
    before_names: HashSet<String>,
    /// Every form of the reporting verbs → its lemma.
    reporting: HashMap<String, String>,
}

impl Lexicon {
    /// The lists built into the program.
    #[must_use]
    pub fn bundled() -> Self {
        let mut lexicon = Self::default();
        for entry in entries(include_str!("../../assets/lexicon/abbreviations.txt")) {
            let (word, before_name) = entry.strip_suffix(" +").map_or((entry, false), |word| (word, true));
            lexicon.abbreviations.insert(word.to_lowercase());
            if before_name {
                lexicon.before_names.insert(word.to_lowercase());
            }
        }
        for entry in entries(include_str!("../../assets/lexicon/reporting_verbs.txt")) {
            let mut forms = entry.split_whitespace();
            if let Some(lemma) = forms.next() {
                lexicon.reporting.insert(lemma.to_owned(), lemma.to_owned());
                lexicon.reporting.extend(forms.map(|form| (form.to_owned(), lemma.to_owned())));
            }
        }
        lexicon
    }

    /// Whether `word` (without its period) is an abbreviation.
    #[must_use]
    pub fn is_abbreviation(&self, word: &str) -> bool {
        self.abbreviations.contains(&word.to_lowercase())
    }

    /// Whether any form of a reporting verb.
    #[must_use]
    pub fn is_reporting(&self, word: &str) -> bool {
        self.reporting_lemma(word).is_some()
    }

    /// The lemma of a reporting verb's form.
    #[must_use]
    pub fn reporting_lemma(&self, word: &str) -> Option<&str> {
        self.reporting.get(&word.to_lowercase()).map(String::as_str)
    }

    /// Whether the sentence goes on after abbreviation `word` (with its period) before `next`.
    #[must_use]
    pub fn continues_after_abbreviation(&self, word: &str, next: &str) -> bool {
        let bare = word.trim_end_matches('.').to_lowercase();
        let initial = bare.chars().count() == 1;
        initial || self.before_names.contains(&bare) || !OPENERS.contains(&next)
    }
}
