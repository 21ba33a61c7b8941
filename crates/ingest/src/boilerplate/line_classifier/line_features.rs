//! Features of a single line that do not depend on its neighbours.

use crate::boilerplate::boilerplate_phrases::{self, Fit};
use crate::lexicon::{AGES, COMMENT_HEADS, FUNCTION_WORDS, READER_WORDS, REPORT_WORDS};
use crate::metadata::credit::{self, CaptionMark};
use crate::metadata::{byline, timestamp_line};
use crate::script::is_unspaced;
use crate::sentence::ends_sentence;
use dateline_core::article::Boilerplate;
use foldhash::{HashMap, HashMapExt};
use std::sync::LazyLock;

/// Maximum length of a line to be searched for credits, bylines and dates, in bytes.
const SHORT: usize = 250;

/// Features of a single line.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct LineFeatures {
    /// Number of characters in the line.
    pub chars: usize,
    /// Number of words separated by white space. In scripts without spaces, two characters count as a word.
    pub words: usize,
    /// Share of words that begin with a lower-case letter.
    pub small_share: f32,
    /// Share of words that begin with a capital letter.
    pub capital_share: f32,
    /// Share of letters that are capitals.
    pub upper_share: f32,
    /// Share of characters that are digits.
    pub digit_share: f32,
    /// Share of words that are English function words.
    pub function_share: f32,
    /// Number of commas in the line.
    pub commas: usize,
    /// Number of sentence ends before the end of the line.
    pub sentences: usize,
    /// Number of quotation marks in the line.
    pub quotes: usize,
    /// Number of separators used in menus and breadcrumbs: bars, arrows, spaced slashes, bullets.
    pub separators: usize,
    /// Whether the line ends like a sentence.
    pub ends_sentence: bool,
    /// Class of the last character: 0 letter, 1 full stop, 2 question or exclamation mark, 3 colon, 4 ellipsis, 5
    /// quotation mark, 6 comma or semicolon, 7 digit, 8 other.
    pub ending: u8,
    /// Class of the first character: 0 capital or caseless letter, 1 lower-case letter, 2 digit, 3 quotation mark, 4
    /// bracket, 5 copyright sign, 6 other.
    pub beginning: u8,
    /// Number of boilerplate phrases in the line.
    pub boilerplate_phrases: usize,
    /// Position and kind of the phrase that is the strongest evidence of boilerplate.
    pub(crate) boilerplate: Option<(Fit, Boilerplate)>,
    /// Whether the line contains a URL or an email address.
    pub address: bool,
    /// Evidence that the line is a caption: 0 none, 1 a typical opening, 2 a credit at the end, 3 only a credit.
    pub caption: u8,
    /// Whether the line begins with "By" and a name.
    pub signed: bool,
    /// Whether the line is a timestamp line.
    pub dated: bool,
    /// Whether the line contains a reporting verb or a pronoun of the first or third person.
    pub speech: bool,
    /// Number of words that address the reader of the page: "you", "your", "our", "us", "click".
    pub reader: usize,
    /// Whether the line is the header of a comment or of an entry in a news list. It contains an age ("2 days ago"), a
    /// date with a time of day, or a name followed by "says:".
    pub stamped: bool,
}

/// Maximum number of words in a comment header.
const STAMP: usize = 14;

/// Which word lists contain a given word.
#[derive(Clone, Copy, Default)]
struct Lists {
    function: bool,
    speech: bool,
    reader: bool,
}

/// Words of all lists in one map, so that each word of a line is looked up only once.
static LISTED: LazyLock<HashMap<&'static str, Lists>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, Lists> = HashMap::new();
    for word in FUNCTION_WORDS.iter() {
        words.entry(word).or_default().function = true;
    }
    for word in REPORT_WORDS.iter() {
        words.entry(word).or_default().speech = true;
    }
    for word in READER_WORDS.iter() {
        words.entry(word).or_default().reader = true;
    }
    words
});

impl Lists {
    /// Maximum length of a listed word, in bytes.
    const MAX_LENGTH: usize = 9;

    /// Returns which lists contain `word`, ignoring ASCII case.
    fn of(word: &str) -> Self {
        let mut buffer = [0; Self::MAX_LENGTH];
        let Some(lower) = buffer.get_mut(..word.len()) else { return Self::default() };
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).ok().and_then(|word| LISTED.get(word)).copied().unwrap_or_default()
    }
}

impl LineFeatures {
    /// Computes the features of a line.
    #[must_use]
    pub(crate) fn of(line: &str) -> Self {
        let mut features = Self::default();
        features.count_letters(line);
        features.count_words(line);
        features.ends_sentence = ends_sentence(line);
        features.ending = ending(line);
        features.beginning = beginning(line);
        let hits = boilerplate_phrases::hits(line);
        features.boilerplate_phrases = hits.count;
        features.boilerplate = hits.best;
        features.address = line.contains("http") || line.contains("www.") || (line.contains('@') && line.contains('.'));
        features.caption = match credit::find(line) {
            None => 0,
            Some(CaptionMark::Opening) => 1,
            Some(CaptionMark::Credit(_)) => 2,
            Some(CaptionMark::CreditOnly(_)) => 3,
        };
        features.signed = is_signed(line);
        if line.len() <= SHORT {
            features.dated = features.caption < 2 && timestamp_line::read(line).is_some();
            features.stamped = features.words <= STAMP && is_stamp(line);
        }
        features
    }

    fn count_letters(&mut self, line: &str) {
        let (mut letters, mut upper, mut digits) = (0_usize, 0_usize, 0_usize);
        let mut before = ' ';
        for letter in line.chars() {
            self.chars += 1;
            match letter {
                ',' | '،' | '、' => self.commas += 1,
                '"' | '“' | '”' | '«' | '»' => self.quotes += 1,
                '|' | '›' | '•' | '·' | '→' => self.separators += 1,
                '/' | '>' if before == ' ' => self.separators += 1,
                ' ' if matches!(before, '.' | '!' | '?') => self.sentences += 1,
                _ if letter.is_ascii_digit() => digits += 1,
                _ if letter.is_alphabetic() => {
                    letters += 1;
                    upper += usize::from(letter.is_uppercase());
                }
                _ => {}
            }
            before = letter;
        }
        self.upper_share = upper as f32 / letters.max(1) as f32;
        self.digit_share = digits as f32 / self.chars.max(1) as f32;
    }

    fn count_words(&mut self, line: &str) {
        let (mut small, mut capital, mut function) = (0_usize, 0_usize, 0_usize);
        let unspaced = unspaced_words(line);
        self.words += unspaced;
        small += unspaced;
        for word in line.split_whitespace() {
            self.words += 1;
            let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            small += usize::from(bare.starts_with(char::is_lowercase));
            capital += usize::from(bare.starts_with(char::is_uppercase));
            let lists = Lists::of(bare);
            function += usize::from(lists.function);
            self.speech |= lists.speech;
            self.reader += usize::from(lists.reader);
        }
        let words = self.words.max(1) as f32;
        self.small_share = small as f32 / words;
        self.capital_share = capital as f32 / words;
        self.function_share = function as f32 / words;
    }
}

/// Returns the number of words in the parts of a line that are written without spaces. Two characters count as a word
/// there.
fn unspaced_words(line: &str) -> usize {
    if line.is_ascii() { 0 } else { line.chars().filter(|letter| is_unspaced(*letter)).count() / 2 }
}

/// Returns the number of words in a line, the same as [`LineFeatures::words`].
pub(crate) fn word_count(line: &str) -> usize {
    unspaced_words(line) + line.split_whitespace().count()
}

/// Returns whether a line begins with "By" and a name, the same as [`LineFeatures::signed`].
pub(crate) fn is_signed(line: &str) -> bool {
    line.len() <= SHORT && byline::signed(line).is_some()
}

/// Returns whether a line is a timestamp line, the same as [`LineFeatures::dated`].
pub(crate) fn is_dated(line: &str) -> bool {
    let credited = || matches!(credit::find(line), Some(CaptionMark::Credit(_) | CaptionMark::CreditOnly(_)));
    line.len() <= SHORT && timestamp_line::read(line).is_some() && !credited()
}

/// Returns whether a short line is the header of a comment or list entry, judging by a date or age in a form that
/// stories do not use.
fn is_stamp(line: &str) -> bool {
    let lower = line.trim_end().to_lowercase();
    if COMMENT_HEADS.iter().any(|saying| lower.ends_with(saying)) {
        return true;
    }
    let mut before = "";
    let mut counted = false;
    let mut clock = false;
    let mut digits = 0;
    for word in lower.split_whitespace() {
        let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit()) || matches!(word, "a" | "an" | "one");
        let glued = bare.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let age = (AGES.contains(bare) || bare.strip_suffix('s').is_some_and(|one| AGES.contains(one)))
            && number(before)
            || glued.len() < bare.len() && AGES.contains(glued);
        if bare == "ago" && counted {
            return true;
        }
        counted = age || counted && bare != "ago";
        clock |= timestamp_line::is_clock(bare) || matches!(bare, "am" | "pm");
        digits += usize::from(bare.starts_with(|letter: char| letter.is_ascii_digit()));
        before = bare;
    }
    clock && digits >= 2
}

fn ending(line: &str) -> u8 {
    match line.trim_end().chars().next_back() {
        Some('.' | '。') if line.trim_end().ends_with("...") => 4,
        Some('.' | '。') => 1,
        Some('?' | '!' | '？' | '！') => 2,
        Some(':') => 3,
        Some('…') => 4,
        Some('"' | '”' | '\'' | '’' | '»') => 5,
        Some(',' | ';') => 6,
        Some(letter) if letter.is_ascii_digit() => 7,
        Some(letter) if letter.is_alphabetic() => 0,
        _ => 8,
    }
}

fn beginning(line: &str) -> u8 {
    match line.chars().next() {
        Some(letter) if letter.is_ascii_digit() => 2,
        Some(letter) if letter.is_lowercase() => 1,
        Some(letter) if letter.is_alphabetic() => 0,
        Some('"' | '“' | '‘' | '\'' | '«') => 3,
        Some('(' | '[') => 4,
        Some('©') => 5,
        _ => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_and_menus_look_different() {
        let prose =
            LineFeatures::of("The council met on Monday, she said, and would not say when the quay would open.");
        let menu = LineFeatures::of("Home › News › Northland");
        assert!(prose.small_share > 0.7 && prose.ends_sentence && prose.speech);
        assert!(menu.capital_share > 0.5 && !menu.ends_sentence && menu.separators == 2);
    }

    #[test]
    fn heads_of_comments_are_stamped() {
        for line in ["2 days ago at 07:52 am", "Anna Berg says:", "3 May 2024 at 6:34 am", "Olav Lind • 4h ago"] {
            assert!(LineFeatures::of(line).stamped, "{line}");
        }
        for line in ["The quay was shut two days ago.", "At 6:30 the boats left.", "3 May 2024", "She said: no."] {
            assert!(!LineFeatures::of(line).stamped, "{line}");
        }
    }

    #[test]
    fn single_features_agree_with_those_of_a_line() {
        for line in [
            "By Ana Ruiz",
            "3 May 2024",
            "Ana Ruiz | Updated 3 May 2024 at 5:08 pm",
            "The pier, 3 May 2024. (Ana Ruiz/Reuters)",
            "Photo: Ana Ruiz/Getty Images 3 May 2024",
            "The county voted on 3 May 2024 to keep the ferry.",
            "港の古い灯台は、四十年ぶりに新しくなると町が発表した。 OK",
            "",
        ] {
            let features = LineFeatures::of(line);
            let single = (word_count(line), is_signed(line), is_dated(line));
            assert_eq!(single, (features.words, features.signed, features.dated), "{line}");
        }
        assert!(is_signed("By Ana Ruiz") && is_dated("3 May 2024"));
    }

    #[test]
    fn scripts_without_blanks_have_words_too() {
        assert!(LineFeatures::of("港の古い灯台は、四十年ぶりに新しくなると町が発表した。").words > 8);
    }

    #[test]
    fn an_empty_line_has_a_shape() {
        assert_eq!(LineFeatures::of("").words, 0);
    }
}
