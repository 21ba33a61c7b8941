//! Vocabulary of figures: phrases for numbers, units, limits and outcomes, from `crates/analysis/assets/figures/words.txt`.

use crate::document::Document;
use crate::lexicon::inflection;
use crate::lexicon::verbs::Verbs;
use foldhash::{HashMap, HashMapExt};
use std::sync::LazyLock;

/// Declares the classes with their names in the file.
macro_rules! classes {
    ($($class:ident $name:literal,)*) => {
        /// Class of a phrase in figures. The file says what each class is for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Class { $(#[doc = $name] $class,)* }

        /// Every class with its name.
        const CLASSES: &[(&str, Class)] = &[$(($name, Class::$class),)*];
    };
}

classes! {
    Cardinal "CARDINAL", Scale "SCALE", Suffix "SUFFIX", Vague "VAGUE", Fraction "FRACTION", Zero "ZERO",
    Limit "LIMIT", Unit "UNIT", Before "BEFORE", Sign "SIGN", Currency "CURRENCY", State "STATE", Act "ACT",
    Doer "DOER", Event "EVENT", Toll "TOLL", Lives "LIVES", Claim "CLAIM", Person "PERSON", Plural "PLURAL",
    Empty "EMPTY", Label "LABEL", Definite "DEFINITE", Change "CHANGE", Level "LEVEL", Money "MONEY", Price "PRICE",
    Extent "EXTENT", Linking "LINKING", Describing "DESCRIBING", Away "AWAY", Weight "WEIGHT",
    Share "SHARE", Exceed "EXCEED", Capacity "CAPACITY", Aboard "ABOARD", Open "OPEN", Forecast "FORECAST",
    Attribution "ATTRIBUTION",
}

/// Phrase of the vocabulary.
#[derive(Debug)]
pub(super) struct Phrase {
    /// Class of the phrase.
    pub class: Class,
    /// Value of the phrase, whose meaning depends on the class.
    pub value: &'static str,
    /// Whether the phrase can be a passive participle: "killed", but not "killing".
    pub passive: bool,
    /// Words of the phrase, in lower case.
    words: Vec<String>,
}

impl Phrase {
    /// Returns the value as a number, or 0 if it is not one.
    pub(super) fn number(&self) -> f64 {
        self.value.parse().unwrap_or(0.0)
    }
}

/// All phrases, by their first and by their last word.
#[derive(Debug)]
pub(super) struct Words {
    phrases: Vec<Phrase>,
    first: HashMap<String, Vec<usize>>,
    last: HashMap<String, Vec<usize>>,
    /// Filter of the first words.
    firsts: Filter,
    /// Filter of the last words.
    lasts: Filter,
    /// Filter of the words with which a number can begin, of whatever class.
    opening: Filter,
}

/// Filter that rejects most words by their class, first letter and length, because nearly every word that is looked up is
/// not in the vocabulary.
#[derive(Debug)]
struct Filter {
    /// For each class and each ASCII character, the lengths of the words that begin with it, one bit each.
    lengths: Vec<u32>,
}

impl Filter {
    /// Number of ASCII characters.
    const LETTERS: usize = 128;

    fn new() -> Self {
        Self { lengths: vec![0; CLASSES.len() * Self::LETTERS] }
    }

    /// Returns the index in `lengths` for a word; `None` if the word does not begin with an ASCII character.
    #[inline]
    fn place(word: &str, class: Class) -> Option<usize> {
        let letter = word.bytes().next()?.to_ascii_lowercase();
        letter.is_ascii().then(|| class as usize * Self::LETTERS + usize::from(letter))
    }

    fn add(&mut self, word: &str, class: Class) {
        if let Some(lengths) = Self::place(word, class).and_then(|place| self.lengths.get_mut(place)) {
            *lengths |= 1 << word.len().min(31);
        }
    }

    /// Returns whether the class may contain `word`. Words that do not begin with an ASCII character are not rejected.
    #[inline]
    fn may_contain(&self, word: &str, class: Class) -> bool {
        let Some(place) = Self::place(word, class) else { return !word.is_empty() };
        self.lengths.get(place).is_some_and(|lengths| lengths >> word.len().min(31) & 1 == 1)
    }
}

/// The bundled vocabulary, read on first use.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(Words::bundled);

impl Words {
    fn bundled() -> Self {
        let mut words = Self {
            phrases: Vec::new(),
            first: HashMap::new(),
            last: HashMap::new(),
            firsts: Filter::new(),
            lasts: Filter::new(),
            opening: Filter::new(),
        };
        let verbs = Verbs::bundled();
        let file = include_str!("../../assets/figures/words.txt");
        // "#" is a word of the list, so only a line that begins with it is a comment.
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            let Some((head, spellings)) = line.split_once(": ") else { continue };
            let (name, value) = head.split_once(' ').unwrap_or((head, ""));
            let Some((_, class)) = CLASSES.iter().find(|(known, _)| *known == name) else { continue };
            for spelling in spellings.split(", ") {
                words.add_forms(*class, value, spelling, &verbs);
            }
        }
        words
    }

    /// Adds a spelling with its inflected forms.
    fn add_forms(&mut self, class: Class, value: &'static str, spelling: &str, verbs: &Verbs) {
        if let Some(noun) = spelling.strip_prefix("N ") {
            let (before, last) = noun.rsplit_once(' ').map_or(("", noun), |(before, last)| (before, last));
            for form in [last.to_owned(), inflection::with_s(last)] {
                self.add(class, value, &format!("{before} {form}"), false);
            }
        } else if let Some(verb) = spelling.strip_prefix("V ") {
            let (base, rest) = verb.split_once(' ').unwrap_or((verb, ""));
            let plain = [base.to_owned(), inflection::with_s(base), verbs.gerund(base)];
            for participle in verbs.participle(base) {
                self.add(class, value, &format!("{participle} {rest}"), true);
            }
            for form in plain.into_iter().chain(verbs.past(base)) {
                self.add(class, value, &format!("{form} {rest}"), false);
            }
        } else {
            self.add(class, value, spelling, class == Class::Act);
        }
    }

    /// Adds one phrase, unless an earlier one of the class has the same words.
    fn add(&mut self, class: Class, value: &'static str, spelling: &str, passive: bool) {
        let words: Vec<String> = spelling.split_whitespace().map(str::to_lowercase).collect();
        let (Some(first), Some(last)) = (words.first().cloned(), words.last().cloned()) else { return };
        let known = self.first.get(&first).into_iter().flatten();
        if known.filter_map(|index| self.phrases.get(*index)).any(|known| known.class == class && known.words == words)
        {
            return;
        }
        self.firsts.add(&first, class);
        self.lasts.add(&last, class);
        if class.opens_number() {
            self.opening.add(&first, Class::Cardinal);
        }
        let index = self.phrases.len();
        self.phrases.push(Phrase { class, value, passive, words });
        self.first.entry(first).or_default().push(index);
        self.last.entry(last).or_default().push(index);
    }

    /// Returns the longest phrase of `class` that begins at token `at`, with the index after it.
    pub(super) fn at(&self, document: &Document<'_>, at: usize, class: Class) -> Option<(usize, &Phrase)> {
        if !self.firsts.may_contain(document.word(at), class) {
            return None;
        }
        let first = self.first.get(lower(document, at).as_str())?;
        let matching = first.iter().filter_map(|index| self.phrases.get(*index)).filter(|phrase| {
            // "a $20 note" is not in Australian dollars.
            let letter = phrase.words.first().is_some_and(|word| word.len() == 1);
            let glued = class != Class::Sign || phrase.words.len() == 1 || !letter || !is_spaced(document, at + 1);
            phrase.class == class && glued && matches(document, at, &phrase.words)
        });
        let longest = matching.max_by_key(|phrase| phrase.words.len())?;
        Some((at + longest.words.len(), longest))
    }

    /// Returns the longest phrase of `class` that ends before token `end`, with the index of its first token.
    pub(super) fn before(&self, document: &Document<'_>, end: usize, class: Class) -> Option<(usize, &Phrase)> {
        let at = end.checked_sub(1)?;
        if !self.lasts.may_contain(document.word(at), class) {
            return None;
        }
        let last = self.last.get(lower(document, at).as_str())?;
        let matching = last.iter().filter_map(|index| self.phrases.get(*index)).filter(|phrase| {
            let start = end.checked_sub(phrase.words.len());
            phrase.class == class && start.is_some_and(|start| matches(document, start, &phrase.words))
        });
        let longest = matching.max_by_key(|phrase| phrase.words.len())?;
        Some((end - longest.words.len(), longest))
    }

    /// Returns the phrase of `class` that consists of `word` only.
    pub(super) fn word(&self, word: &str, class: Class) -> Option<&Phrase> {
        if !self.firsts.may_contain(word, class) {
            return None;
        }
        let first = self.first.get(word.to_lowercase().as_str())?;
        let mut phrases = first.iter().filter_map(|index| self.phrases.get(*index));
        phrases.find(|phrase| phrase.class == class && phrase.words.len() == 1)
    }

    /// Returns whether `word` can be the first word of a number.
    pub(super) fn opens_number(&self, word: &str) -> bool {
        let first = word.split(['-', '‐', '‑']).next().unwrap_or_default();
        let opens = |word: &str| self.opening.may_contain(word, Class::Cardinal) && self.is_opening(word);
        opens(first) || first.len() < word.len() && opens(word)
    }

    fn is_opening(&self, word: &str) -> bool {
        let phrases = self.first.get(word.to_lowercase().as_str()).into_iter().flatten();
        phrases.filter_map(|index| self.phrases.get(*index)).any(|phrase| phrase.class.opens_number())
    }
}

impl Class {
    /// Returns whether a number can begin with a phrase of the class.
    const fn opens_number(self) -> bool {
        matches!(
            self,
            Self::Cardinal | Self::Scale | Self::Vague | Self::Fraction | Self::Zero | Self::Sign | Self::Before
        )
    }
}

/// Returns whether white space precedes the token at `at`.
fn is_spaced(document: &Document<'_>, at: usize) -> bool {
    document.tokens.get(at).is_some_and(|token| token.spaced)
}

/// Returns the word at `at` in lower case.
pub(super) fn lower(document: &Document<'_>, at: usize) -> String {
    document.word(at).to_lowercase()
}

/// Returns whether the tokens from `at` on are `words`, which are in lower case.
fn matches(document: &Document<'_>, at: usize, words: &[String]) -> bool {
    words.iter().enumerate().all(|(offset, word)| {
        let found = document.word(at + offset);
        found.eq_ignore_ascii_case(word) || !found.is_ascii() && found.to_lowercase() == *word
    })
}
