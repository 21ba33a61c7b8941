//! Vocabulary of figures: phrases for numbers, units, limits and outcomes, from `crates/analysis/assets/figures/words.txt`.

use crate::document::Document;
use crate::lexicon::inflection;
use crate::lexicon::verbs::Verbs;
use crate::lexicon::word_map::WordMap;
use std::borrow::Cow;
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
    Attribution "ATTRIBUTION", Opener "OPENER", Anaphor "ANAPHOR", Speaker "SPEAKER", Pointing "POINTING",
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
    first: WordMap<Listed>,
    last: WordMap<Listed>,
    /// Filter of the first words.
    firsts: Filter,
    /// Filter of the last words.
    lasts: Filter,
}

/// Phrases that share a word.
#[derive(Debug, Default)]
struct Listed {
    /// Classes of the phrases, one bit each.
    classes: u64,
    /// Indices of the phrases.
    phrases: Vec<usize>,
}

impl Listed {
    fn add(&mut self, class: Class, index: usize) {
        self.classes |= class.bit();
        self.phrases.push(index);
    }
}

/// Filter that rejects most words by their class, first two letters and length, because nearly every word that is looked up
/// is not in the vocabulary.
#[derive(Debug)]
struct Filter {
    /// For each pair of letters, the classes of the words that begin with it, one bit each.
    classes: Vec<u64>,
    /// For each pair of letters, the lengths of the words that begin with it, one bit each.
    lengths: Vec<u32>,
}

impl Filter {
    /// Number of pairs. Bytes that differ only in the case of a letter are the same.
    const PAIRS: usize = 32 * 32;

    fn new() -> Self {
        Self { classes: vec![0; Self::PAIRS], lengths: vec![0; Self::PAIRS] }
    }

    /// Returns the index of the first two letters of a word; `None` for an empty word and for letters outside ASCII, whose
    /// upper case can be another pair.
    #[inline]
    fn pair(word: &str) -> Option<usize> {
        let bytes = word.as_bytes();
        let (first, second) = (*bytes.first()?, bytes.get(1).copied().unwrap_or(0));
        (first.is_ascii() && second.is_ascii()).then_some(usize::from(first & 31) << 5 | usize::from(second & 31))
    }

    /// Returns the bit for the length of a word.
    #[inline]
    fn length(word: &str) -> u32 {
        1 << word.len().min(31)
    }

    fn add(&mut self, word: &str, class: Class) {
        let Some(pair) = Self::pair(word) else { return };
        if let (Some(classes), Some(lengths)) = (self.classes.get_mut(pair), self.lengths.get_mut(pair)) {
            *classes |= class.bit();
            *lengths |= Self::length(word);
        }
    }

    /// Returns whether one of the `classes`, given as bits, may contain a word that begins as `word` does.
    #[inline]
    fn may_begin(&self, word: &str, classes: u64) -> bool {
        match Self::pair(word) {
            Some(pair) => self.classes.get(pair).is_some_and(|known| known & classes != 0),
            None => !word.is_empty(),
        }
    }

    /// Returns whether one of the `classes`, given as bits, may contain `word`. Words that do not begin with two ASCII
    /// characters are not rejected.
    #[inline]
    fn may_contain(&self, word: &str, classes: u64) -> bool {
        let known = |pair: usize| self.lengths.get(pair).is_some_and(|lengths| lengths & Self::length(word) != 0);
        self.may_begin(word, classes) && Self::pair(word).is_none_or(known)
    }
}

/// The bundled vocabulary, read on first use.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(Words::bundled);

impl Words {
    fn bundled() -> Self {
        let mut words = Self {
            phrases: Vec::new(),
            first: WordMap::default(),
            last: WordMap::default(),
            firsts: Filter::new(),
            lasts: Filter::new(),
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
        let known = self.first.get(&first).into_iter().flat_map(|listed| &listed.phrases);
        if known.filter_map(|index| self.phrases.get(*index)).any(|known| known.class == class && known.words == words)
        {
            return;
        }
        self.firsts.add(&first, class);
        self.lasts.add(&last, class);
        let index = self.phrases.len();
        self.phrases.push(Phrase { class, value, passive, words });
        self.first.get_or_insert(&first, Listed::default()).add(class, index);
        self.last.get_or_insert(&last, Listed::default()).add(class, index);
    }

    /// Returns the longest phrase of `class` that begins at token `at`, with the index after it.
    pub(super) fn at(&self, document: &Document<'_>, at: usize, class: Class) -> Option<(usize, &Phrase)> {
        if !self.firsts.may_contain(document.word(at), class.bit()) {
            return None;
        }
        let first = self.first.get(&lower(document, at)).filter(|first| first.classes & class.bit() != 0)?;
        let matching = first.phrases.iter().filter_map(|index| self.phrases.get(*index)).filter(|phrase| {
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
        if !self.lasts.may_contain(document.word(at), class.bit()) {
            return None;
        }
        let last = self.last.get(&lower(document, at)).filter(|last| last.classes & class.bit() != 0)?;
        let matching = last.phrases.iter().filter_map(|index| self.phrases.get(*index)).filter(|phrase| {
            let start = end.checked_sub(phrase.words.len());
            phrase.class == class && start.is_some_and(|start| matches(document, start, &phrase.words))
        });
        let longest = matching.max_by_key(|phrase| phrase.words.len())?;
        Some((end - longest.words.len(), longest))
    }

    /// Returns the phrase of `class` that consists of `word` only.
    pub(super) fn word(&self, word: &str, class: Class) -> Option<&Phrase> {
        if !self.firsts.may_contain(word, class.bit()) {
            return None;
        }
        let first = self.first.get(&lower_case(word)).filter(|first| first.classes & class.bit() != 0)?;
        let mut phrases = first.phrases.iter().filter_map(|index| self.phrases.get(*index));
        phrases.find(|phrase| phrase.class == class && phrase.words.len() == 1)
    }

    /// Returns whether `word` can be the first word of a number.
    #[inline]
    pub(super) fn opens_number(&self, word: &str) -> bool {
        if !self.firsts.may_begin(word, Class::OPENING) {
            return false;
        }
        // A hyphen outside ASCII begins with the byte 0xE2.
        let hyphen = word.bytes().position(|byte| matches!(byte, b'-' | 0xE2));
        let first = hyphen.map(|_| word.split(['-', '‐', '‑']).next().unwrap_or_default());
        self.is_opening(word) || first.is_some_and(|first| self.is_opening(first))
    }

    /// Returns whether a number may begin at token `at`, whose word satisfies [`opens_number`](Self::opens_number). "A" does so
    /// because of "A$" and "a quarter", and is nearly never part of a number.
    pub(super) fn may_begin_number(&self, document: &Document<'_>, at: usize) -> bool {
        // No phrase begins with a digit, and most numbers do.
        if document.word(at).starts_with(|first: char| first.is_ascii_digit()) {
            return true;
        }
        let Some(first) = self.first.get(&lower(document, at)) else { return true };
        let mut phrases = first.phrases.iter().filter_map(|index| self.phrases.get(*index));
        phrases.any(|phrase| phrase.class.bit() & Class::OPENING != 0 && matches(document, at, &phrase.words))
    }

    #[inline]
    fn is_opening(&self, word: &str) -> bool {
        let known = || self.first.get(&lower_case(word)).is_some_and(|first| first.classes & Class::OPENING != 0);
        self.firsts.may_contain(word, Class::OPENING) && known()
    }
}

impl Class {
    /// Bits of the classes whose phrases can begin a number.
    const OPENING: u64 = Self::Cardinal.bit()
        | Self::Scale.bit()
        | Self::Vague.bit()
        | Self::Fraction.bit()
        | Self::Zero.bit()
        | Self::Sign.bit()
        | Self::Before.bit();

    /// Returns the bit for the class in a set of classes.
    const fn bit(self) -> u64 {
        1 << self as u32
    }
}

/// Returns whether white space precedes the token at `at`.
fn is_spaced(document: &Document<'_>, at: usize) -> bool {
    document.tokens.get(at).is_some_and(|token| token.spaced)
}

/// Returns the word at `at` in lower case.
#[inline]
pub(super) fn lower<'a>(document: &Document<'a>, at: usize) -> Cow<'a, str> {
    lower_case(document.word(at))
}

/// Returns `word` in lower case, without a copy if it is in lower case already, as nearly all words are.
#[inline]
fn lower_case(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

/// Returns whether the tokens from `at` on are `words`, which are in lower case.
fn matches(document: &Document<'_>, at: usize, words: &[String]) -> bool {
    words.iter().enumerate().all(|(offset, word)| {
        let found = document.word(at + offset);
        found.eq_ignore_ascii_case(word) || !found.is_ascii() && found.to_lowercase() == *word
    })
}
