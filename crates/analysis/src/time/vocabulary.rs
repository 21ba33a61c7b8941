//! Vocabulary of time expressions: the possible interpretations of single words.

use crate::hash::mix;
use crate::lexicon::entries;
use foldhash::{HashMap, HashMapExt};

/// Word class or literal word, as used in patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Symbol(u16);

impl Symbol {
    /// Returns the index of this symbol among all symbols.
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Declares the word classes with their names in the data files.
macro_rules! classes {
    ($($class:ident $name:literal,)*) => {
        /// Word class used in patterns and in their meanings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub(super) enum Class { $(#[doc = $name] $class,)* }

        /// Every word class with its name, in symbol order.
        const CLASSES: &[(&str, Class)] = &[$(($name, Class::$class),)*];
    };
}

classes! {
    Month "MONTH", Weekday "WEEKDAY", ShortDay "SHORTDAY", Weekdays "WEEKDAYS",
    Unit "UNIT", Units "UNITS", Part "PART", Parts "PARTS", ClockWord "CLOCKWORD", Season "SEASON", Seasons "SEASONS",
    DayWord "DAYWORD", Cardinal "CARDINAL", Scale "SCALE", Ordinal "ORD", Tens "TENS", Vague "VAGUE",
    Last "LAST", Next "NEXT", This "THIS", Previous "PREVIOUS", Following "FOLLOWING",
    Frequency "FREQUENCY", Every "EVERY", AmPm "AMPM", Zone "ZONE", Counted "COUNTED",
    Number "NUM", Tenths "DEC", Day "DAY", Year "YEAR", ShortYear "YY", Hour "HOUR", Clock "CLOCK",
    BeforeDate "BEFOREDATE", BeforeLength "BEFORELENGTH", BeforeClock "BEFORECLOCK", BeforeRate "BEFORERATE",
    Title "TITLE", Figures "FIGURES", Decade "DECADE", Calendar "CALENDAR", Quarter "QUARTER", Holiday "HOLIDAY",
    Lasting "LASTING", Era "ERA", Fraction "FRACTION", Offset "OFFSET",
}

impl Class {
    /// Returns the symbol of this class in patterns.
    pub(super) const fn symbol(self) -> Symbol {
        Symbol(self as u16)
    }
}

/// One possible interpretation of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interpretation {
    /// Word class, or the word itself.
    pub symbol: Symbol,
    /// Numeric value of the word, whose meaning depends on the class.
    pub value: i32,
}

impl Interpretation {
    /// Creates an interpretation as a word class.
    pub(super) const fn new(class: Class, value: i32) -> Self {
        Self { symbol: class.symbol(), value }
    }
}

/// Interpretations of one word. There are at most [`Interpretations::MAX_COUNT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Interpretations {
    list: [Interpretation; Self::MAX_COUNT],
    count: u8,
}

impl Interpretations {
    /// Maximum number of interpretations. No word in the data files reaches it.
    const MAX_COUNT: usize = 6;
    /// Empty list of interpretations, for a word unrelated to time.
    pub(super) const NONE: Self = Self { list: [Interpretation::new(Class::Number, 0); Self::MAX_COUNT], count: 0 };

    /// Adds an interpretation, unless there are already six.
    pub(super) fn push(&mut self, interpretation: Interpretation) {
        if let Some(place) = self.list.get_mut(usize::from(self.count)) {
            *place = interpretation;
            self.count += 1;
        }
    }

    /// Returns these interpretations plus another.
    pub(super) fn with(mut self, class: Class, value: i32) -> Self {
        self.push(Interpretation::new(class, value));
        self
    }

    /// Returns an iterator over the interpretations.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Interpretation> {
        self.list.iter().take(usize::from(self.count))
    }

    /// Returns whether there are no interpretations.
    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Returns the interpretation to capture for a word matched as `interpretation`. A unit that the pattern spells out
    /// is captured with its class.
    pub(super) fn caught(&self, interpretation: Interpretation) -> Interpretation {
        let spelt = usize::from(interpretation.symbol.0) >= CLASSES.len();
        let unit =
            |other: &&Interpretation| other.symbol == Class::Unit.symbol() || other.symbol == Class::Units.symbol();
        if spelt { self.iter().find(unit).copied().unwrap_or(interpretation) } else { interpretation }
    }

    /// Returns the value of the word as `class`, if the word has that interpretation.
    pub(super) fn value(&self, class: Class) -> Option<i32> {
        self.iter()
            .find(|interpretation| interpretation.symbol == class.symbol())
            .map(|interpretation| interpretation.value)
    }
}

/// Lower-case word of up to 16 bytes packed into one number, which is compared and hashed in one operation.
type Key = u128;

/// Number of hash bits that choose a key's bit in `known`. The resulting 8 kB stay in the processor's cache.
const KNOWN_BITS: u32 = 16;

/// All words in the data files, with their interpretations.
#[derive(Debug)]
pub(super) struct Vocabulary {
    words: HashMap<Key, Entry>,
    /// Bit set of key hashes, used to reject most words of a text quickly.
    known: Vec<u64>,
    next: u16,
    literals: HashMap<String, Symbol>,
}

/// Interpretations of a word. Interpretations that require a capital letter are in a separate list.
#[derive(Clone, Copy, Debug)]
struct Entry {
    always: Interpretations,
    capital: Interpretations,
}

impl Vocabulary {
    /// Reads the bundled `crates/analysis/assets/times/words.txt`.
    pub(super) fn bundled() -> Self {
        let mut vocabulary = Self {
            words: HashMap::new(),
            known: vec![0; 1 << (KNOWN_BITS - 6)],
            next: CLASSES.len() as u16,
            literals: HashMap::new(),
        };
        for line in entries(include_str!("../../assets/times/words.txt")) {
            vocabulary.read(line);
        }
        vocabulary
    }

    /// Parses a line of the form `CLASS value: word …`.
    fn read(&mut self, line: &str) {
        let Some((head, words)) = line.split_once(':') else { return };
        let mut head = head.split_whitespace();
        let class = head.next().and_then(class);
        let value = head.next().and_then(|value| value.parse().ok());
        if let (Some(class), Some(value)) = (class, value) {
            for word in words.split_whitespace() {
                self.add(word, Interpretation::new(class, value));
            }
        }
    }

    /// Adds an interpretation of `word`. A leading `^` requires the word to be capitalised.
    fn add(&mut self, word: &str, interpretation: Interpretation) {
        let (word, capital) = word.strip_prefix('^').map_or((word, false), |word| (word, true));
        if let Some(key) = key(word) {
            let (place, bit) = place(key);
            if let Some(known) = self.known.get_mut(place) {
                *known |= bit;
            }
            let entry = self
                .words
                .entry(key)
                .or_insert(Entry { always: Interpretations::NONE, capital: Interpretations::NONE });
            if capital { entry.capital.push(interpretation) } else { entry.always.push(interpretation) }
        }
    }

    /// Returns the symbol of a class name or literal word. A new literal word is registered.
    pub(super) fn symbol(&mut self, name: &str) -> Symbol {
        if let Some(symbol) = self.literals.get(name) {
            return *symbol;
        }
        if let Some(class) = class(name) {
            return class.symbol();
        }
        let symbol = Symbol(self.next);
        self.next += 1;
        self.literals.insert(name.to_owned(), symbol);
        self.add(name, Interpretation { symbol, value: 0 });
        symbol
    }

    /// Returns the interpretations of `word`, ignoring a period at its end.
    pub(super) fn interpretations(&self, word: &str) -> Interpretations {
        let bare = if word.len() > 1 { word.strip_suffix('.').unwrap_or(word) } else { word };
        let known = |key: &Key| {
            let (place, bit) = place(*key);
            self.known.get(place).is_some_and(|known| known & bit != 0)
        };
        let Some(entry) = key(bare).filter(known).and_then(|key| self.words.get(&key)) else {
            return Interpretations::NONE;
        };
        let mut interpretations = entry.always;
        if !entry.capital.is_empty() && word.starts_with(|first: char| first.is_ascii_uppercase()) {
            for interpretation in entry.capital.iter() {
                interpretations.push(*interpretation);
            }
        }
        interpretations
    }
}

/// Returns the index in `known` and the bit mask for a key.
#[inline]
fn place(key: Key) -> (usize, u64) {
    let hash = mix(key as u64, (key >> 64) as u64) >> (64 - KNOWN_BITS);
    (hash as usize >> 6, 1 << (hash & 63))
}

/// Looks up a word class by its name.
#[inline]
fn class(name: &str) -> Option<Class> {
    CLASSES.iter().find(|(known, _)| *known == name).map(|(_, class)| *class)
}

/// Packs a word into its key, in ASCII lower case with normalised dashes and apostrophes. Returns `None` if the word is
/// too long.
fn key(word: &str) -> Option<Key> {
    if word.is_empty() || word.len() > 18 {
        return None;
    }
    let bytes = word.as_bytes();
    let mut padded = [0; size_of::<Key>()];
    if let Some(place) = padded.get_mut(..bytes.len()).filter(|_| word.is_ascii()) {
        place.copy_from_slice(bytes);
        padded.make_ascii_lowercase();
        return Some(Key::from_le_bytes(padded));
    }
    let mut key: Key = 0;
    let mut length = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let (folded, width) = match bytes.get(at..at + 3) {
            _ if byte.is_ascii() => (byte.to_ascii_lowercase(), 1),
            Some([0xe2, 0x80, 0x98 | 0x99]) => (b'\'', 3),
            Some([0xe2, 0x80, 0x90..=0x95]) => (b'-', 3),
            _ => (*byte, 1),
        };
        key |= Key::from(folded).checked_shl(8 * length).unwrap_or(0);
        at += width;
        length += 1;
    }
    (length <= 16).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn may_is_a_month_only_with_a_capital() {
        let vocabulary = Vocabulary::bundled();
        assert_eq!(vocabulary.interpretations("May").value(Class::Month), Some(5));
        assert_eq!(vocabulary.interpretations("may").value(Class::Month), None);
    }

    #[test]
    fn a_word_can_have_several_interpretations() {
        let vocabulary = Vocabulary::bundled();
        let second = vocabulary.interpretations("Second");
        assert_eq!((second.value(Class::Ordinal), second.value(Class::Unit)), (Some(2), Some(1)));
    }

    #[test]
    fn abbreviations_match_with_and_without_their_period() {
        let vocabulary = Vocabulary::bundled();
        assert_eq!(vocabulary.interpretations("Sept.").value(Class::Month), Some(9));
        assert_eq!(vocabulary.interpretations("p.m.").value(Class::AmPm), Some(720));
    }
}
