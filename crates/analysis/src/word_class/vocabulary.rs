//! Vocabulary: every listed word form with its possible classes.

use super::WordClass::{
    self, Adjective, Mark, Noun, NounPlural, Number, VerbBase, VerbGerund, VerbParticiple, VerbPast, VerbPresent,
};
use super::ending;
use super::senses::{Senses, Trait};
use crate::lexicon::lists;
use crate::lexicon::word_map::WordMap;
use crate::lexicon::{entries, inflection};
use crate::token::TokenKind;
use foldhash::HashMap;

/// Listed word forms with their senses.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// Past tense of each verb, keyed by its gerund.
    pasts: HashMap<String, String>,
    words: WordMap<Senses>,
}

/// Maximum length of a listed word, in bytes. Longer words are treated as nouns.
const MAX_LENGTH: usize = 40;

impl Vocabulary {
    /// Loads the bundled lists. `reporting` yields the forms of reporting verbs.
    #[must_use]
    pub(crate) fn bundled<'a>(reporting: impl Iterator<Item = &'a str>) -> Self {
        let mut vocabulary = Self::default();
        vocabulary.read_irregular_verbs(include_str!("../../assets/lexicon/en/irregular_verbs.txt"));
        vocabulary.read_verbs(include_str!("../../assets/lexicon/en/verbs.txt"));
        vocabulary.read_nouns(include_str!("../../assets/lexicon/en/nouns.txt"));
        vocabulary.read_adjectives(include_str!("../../assets/lexicon/en/adjectives.txt"));
        vocabulary.read_classes(include_str!("../../assets/lexicon/en/adverbs.txt"), None);
        vocabulary.read_classes(include_str!("../../assets/lexicon/en/function_words.txt"), Some(Trait::Function));
        vocabulary.mark(reporting, Trait::Reporting);
        vocabulary.mark(lists::BE.iter().chain(lists::BE_CLITICS.iter()), Trait::Be);
        vocabulary.mark(lists::HAVE.iter(), Trait::Have);
        vocabulary.mark(lists::DO.iter(), Trait::Do);
        vocabulary.mark(lists::SUBJECT_PRONOUNS.iter(), Trait::Subject);
        vocabulary.read_calendar();
        vocabulary
    }

    /// Returns the senses of one token.
    #[must_use]
    pub(crate) fn senses(&self, word: &str, kind: TokenKind) -> Senses {
        match kind {
            TokenKind::Number => return Senses::of(&[Number]),
            TokenKind::Mark | TokenKind::QuoteMark => return mark_senses(word),
            TokenKind::Word => {}
        }
        let mut buffer = [0_u8; MAX_LENGTH];
        let Some(lower) = lowered(word, &mut buffer) else { return Senses::of(&[Noun]) };
        let senses = match self.words.get(lower) {
            Some(senses) => senses.with(Trait::Listed),
            None => self.compound(lower),
        };
        if word.starts_with(char::is_uppercase) { senses.with(Trait::Capital) } else { senses }
    }

    /// Guesses the senses of an unlisted word. A hyphenated word that ends in a listed noun can be a noun or an
    /// adjective. The senses of all other words are guessed from their endings.
    fn compound(&self, word: &str) -> Senses {
        if let Some((_, last)) = word.rsplit_once('-')
            && let Some(senses) = self.words.get(last)
            && (senses.is_only(NounPlural) || senses.is_only(Noun) && last.len() > 2)
        {
            return Senses::of(&[senses.likeliest, Adjective]);
        }
        ending::guess(word)
    }

    fn insert(&mut self, word: &str, classes: &[WordClass], likely: bool) {
        let new = Senses::of(classes);
        let entry = self.words.get_or_insert(word, new);
        for class in classes {
            entry.add(*class);
        }
        if likely {
            entry.likeliest = new.likeliest;
        }
    }

    /// Returns the past tense of the verb whose gerund is `word`: "took" for "taking". `word` must be in lower case.
    #[must_use]
    pub(crate) fn past_of_gerund(&self, word: &str) -> Option<&str> {
        self.pasts.get(word).map(String::as_str)
    }

    fn insert_verb(&mut self, base: &str, third: &str, gerund: &str, noun: bool) {
        let (bases, thirds): (&[_], &[_]) = if noun {
            (&[Noun, VerbBase, VerbPresent], &[NounPlural, VerbPresent])
        } else {
            (&[VerbBase, VerbPresent], &[VerbPresent])
        };
        self.insert(base, bases, false);
        self.insert(third, thirds, false);
        self.insert(gerund, &[VerbGerund], false);
    }

    fn read_verbs(&mut self, file: &str) {
        for entry in entries(file).flat_map(str::split_whitespace) {
            let noun = entry.contains('~');
            let doubled = entry.contains('+');
            let base = entry.trim_end_matches(['~', '+']);
            let forms = inflection::verb(base, doubled);
            self.insert_verb(base, &forms.third, &forms.gerund, noun);
            self.insert(&forms.past, &[VerbPast, VerbParticiple, Adjective], false);
            self.pasts.insert(forms.gerund, forms.past);
        }
    }

    fn read_irregular_verbs(&mut self, file: &str) {
        for entry in entries(file) {
            let mut columns = entry.split_whitespace();
            let (Some(base), Some(past), Some(participle)) = (columns.next(), columns.next(), columns.next()) else {
                continue;
            };
            let noun = base.ends_with('~');
            let base = base.trim_end_matches('~');
            for form in past.split('/') {
                self.insert(form, &[VerbPast], false);
            }
            for form in participle.split('/') {
                self.insert(form, &[VerbParticiple, Adjective], false);
            }
            // A short stem may double its consonant, as in "cutting". Both spellings are added.
            for doubled in [false, true] {
                let forms = inflection::verb(base, doubled);
                self.insert_verb(base, &forms.third, &forms.gerund, noun);
                self.pasts.insert(forms.gerund, past.split('/').next().unwrap_or(past).to_owned());
            }
        }
    }

    fn read_nouns(&mut self, file: &str) {
        for entry in entries(file).flat_map(str::split_whitespace) {
            if let Some(plural) = entry.strip_suffix('=') {
                self.insert(plural, &[NounPlural], true);
                continue;
            }
            self.insert(entry, &[Noun], true);
            let plural = inflection::with_s(entry);
            self.insert(&plural, &[NounPlural], true);
        }
    }

    fn read_adjectives(&mut self, file: &str) {
        for entry in entries(file).flat_map(str::split_whitespace) {
            let word = entry.trim_end_matches('~');
            self.insert(word, &[Adjective], true);
            if entry.ends_with('~') {
                self.insert(word, &[Noun], false);
                self.insert(&inflection::with_s(word), &[NounPlural], true);
            }
        }
    }

    /// Parses lines that consist of a word and its class names. These classes replace any that other lists give the
    /// word.
    fn read_classes(&mut self, file: &str, mark: Option<Trait>) {
        for entry in entries(file) {
            let mut columns = entry.split_whitespace();
            let Some(word) = columns.next() else { continue };
            let classes: Vec<WordClass> = columns.flat_map(named).copied().collect();
            let senses = Senses::of(&classes);
            self.words.insert(word, mark.map_or(senses, |mark| senses.with(mark)));
        }
    }

    fn read_calendar(&mut self) {
        let names = [&lists::WEEKDAYS, &lists::PLAIN_MONTHS, &lists::SHORT_MONTHS, &lists::SHORT_DAYS];
        for name in names.into_iter().flat_map(|list| list.iter()) {
            self.insert(name, &[WordClass::Proper], false);
            self.mark(std::iter::once(name), Trait::Calendar);
        }
    }

    fn mark<'a>(&mut self, words: impl Iterator<Item = &'a str>, mark: Trait) {
        for word in words {
            if let Some(senses) = self.words.get_mut(word) {
                *senses = senses.with(mark);
            }
        }
    }
}

/// Writes `word` to `buffer` in lower case and with straight apostrophes; returns `None` if the word is too long.
fn lowered<'b>(word: &'b str, buffer: &'b mut [u8; MAX_LENGTH]) -> Option<&'b str> {
    if word.len() <= MAX_LENGTH && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Some(word);
    }
    if word.is_ascii() {
        let lower = buffer.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return std::str::from_utf8(lower).ok();
    }
    let mut end = 0;
    for character in word.chars().flat_map(char::to_lowercase) {
        let character = if character == '’' { '\'' } else { character };
        let next = end + character.len_utf8();
        character.encode_utf8(buffer.get_mut(end..next)?);
        end = next;
    }
    std::str::from_utf8(&buffer[..end]).ok()
}

fn mark_senses(word: &str) -> Senses {
    match word {
        "&" => Senses::of(&[WordClass::Conjunction]),
        "%" => Senses::of(&[Noun]),
        "$" | "£" | "€" | "¥" | "#" => Senses::of(&[Number]),
        _ => Senses::of(&[Mark]),
    }
}

/// Returns the classes that a class name in a list denotes.
fn named(name: &str) -> &'static [WordClass] {
    match name {
        "determiner" => &[WordClass::Determiner],
        "pronoun" => &[WordClass::Pronoun],
        "possessive" => &[WordClass::Possessive],
        "adjective" => &[Adjective],
        "adverb" => &[WordClass::Adverb],
        "noun" => &[Noun],
        "plural" => &[NounPlural],
        "verb" => &[VerbBase, VerbPresent],
        "base" => &[VerbBase],
        "present" => &[VerbPresent],
        "past" => &[VerbPast],
        "participle" => &[VerbParticiple],
        "gerund" => &[VerbGerund],
        "modal" => &[WordClass::Modal],
        "to" => &[WordClass::To],
        "preposition" => &[WordClass::Preposition],
        "conjunction" => &[WordClass::Conjunction],
        "subordinator" => &[WordClass::Subordinator],
        "wh" => &[WordClass::Wh],
        "number" => &[Number],
        "negation" => &[WordClass::Negation],
        "interjection" => &[WordClass::Interjection],
        _ => &[],
    }
}
