//! Special terms in the full-text indices: words of names and prefixes of words. Each is preceded by a character that
//! marks its field. These characters are from Unicode's private use area because FTS5's tokenizer treats those as
//! letters.

use super::search_field::SearchField;
use dateline_core::text::fold;
use foldhash::{HashSet, HashSetExt};
use std::borrow::Cow;
use std::fmt::Write;

/// Separator between two names in an index, so that no phrase can match across both.
const BETWEEN: char = '\u{e00f}';

/// Returns the character that marks the terms of a field in the indices, if the field has one.
pub(crate) const fn mark(place: SearchField) -> Option<char> {
    Some(match place {
        SearchField::Speaker => '\u{e000}',
        SearchField::Person => '\u{e001}',
        SearchField::Organization => '\u{e002}',
        SearchField::Location => '\u{e003}',
        SearchField::Title => '\u{e004}',
        SearchField::Quote => '\u{e005}',
        SearchField::Figure => '\u{e006}',
        _ => return None,
    })
}

/// Splits a text into its words, in folded form.
pub(super) fn parts(words: &str) -> Vec<String> {
    let folded = fold(words);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Converts a text to the form stored in the indices: folded and without marker characters. Scripts such as Chinese do
/// not separate words, so runs of their characters are replaced with overlapping pairs. The last character of a run
/// also becomes a term by itself, so that every character begins a term.
pub(super) fn indexed(text: &str) -> String {
    let folded = fold(&unmarked(text));
    if !may_have_unspaced(&folded) {
        return folded;
    }
    let mut out = String::with_capacity(folded.len());
    for (run, is_unspaced) in runs(&folded) {
        if is_unspaced {
            let _ = write!(out, " {} ", pairs(run));
            out.extend(run.chars().next_back().filter(|_| run.chars().nth(1).is_some()));
            out.push(' ');
        } else {
            out.push_str(run);
        }
    }
    out
}

/// Returns FTS5 phrases, without quotation marks, that find these words in a text converted by [`indexed`], and whether
/// the last phrase is a prefix. A story matches if it contains every phrase.
pub(crate) fn phrases(words: &str, prefix: bool) -> (Vec<String>, bool) {
    let folded = fold(words).replace('"', " ");
    let mut out = Vec::new();
    let mut is_last_open = prefix && is_indexable_prefix(&folded);
    for (run, is_unspaced) in runs(&folded) {
        if is_unspaced {
            out.push(pairs(run));
        } else if run.chars().any(char::is_alphanumeric) {
            out.push(run.to_owned());
        } else {
            continue;
        }
        // A single character only matches the beginning of the pairs in the index, so it is searched as a prefix.
        is_last_open = if is_unspaced { run.chars().nth(1).is_none() } else { prefix && is_indexable_prefix(run) };
    }
    (out, is_last_open)
}

/// Returns whether the last word is long enough to be searched as a prefix. One letter is too short, since nearly every
/// story has a word that begins with it.
fn is_indexable_prefix(words: &str) -> bool {
    let last = words.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    last.chars().nth(1).is_some()
}

/// Splits a text so that each run of a script that does not separate words is a piece of its own. The flag is `true`
/// for such a run.
fn runs(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_unspaced = is_unspaced(rest.chars().next()?);
        let end = rest.find(|letter| self::is_unspaced(letter) != is_unspaced).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some((run, is_unspaced))
    })
}

/// Returns the overlapping pairs of characters in a run, separated by spaces. A run of one character is returned
/// unchanged.
fn pairs(run: &str) -> String {
    let letters: Vec<char> = run.chars().collect();
    match letters.as_slice() {
        [_] => run.to_owned(),
        letters => letters.windows(2).map(|pair| pair.iter().collect()).collect::<Vec<String>>().join(" "),
    }
}

/// Returns whether a letter belongs to a script that does not separate words: Thai, Lao, Burmese, Khmer, Chinese or
/// Japanese.
fn is_unspaced(letter: char) -> bool {
    let is_in_block = matches!(letter,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    is_in_block && letter.is_alphanumeric()
}

/// Returns whether a text has a byte with which letters of such a script begin in UTF-8. Few other characters begin with
/// them: punctuation and currency signs do not.
fn may_have_unspaced(text: &str) -> bool {
    text.bytes().any(|byte| matches!(byte, 0xe0 | 0xe1 | 0xe3..=0xe9 | 0xef | 0xf0))
}

/// Replaces the marker characters in a text with spaces.
pub(super) fn unmarked(text: &str) -> Cow<'_, str> {
    // The first byte of all of them in UTF-8.
    if !text.as_bytes().contains(&0xee) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(|c| ('\u{e000}'..=BETWEEN).contains(&c), " "))
}

/// Returns the words of a name as index terms of a field, in order. The result is empty for a field without a marker.
pub(crate) fn named(place: SearchField, name: &str) -> String {
    let mut out = String::new();
    let Some(mark) = mark(place) else { return out };
    for word in parts(name) {
        let _ = write!(out, "{mark}{word} ");
    }
    out.truncate(out.trim_end().len());
    out
}

/// Returns the index terms for the distinct names of an article, in order.
pub(super) fn all_named<'a>(names: impl Iterator<Item = (SearchField, &'a str)>) -> String {
    let mut seen = HashSet::new();
    let mut out = String::new();
    for (place, name) in names {
        let terms = named(place, name);
        if !terms.is_empty() && !seen.contains(&terms) {
            let _ = write!(out, "{terms} {BETWEEN} ");
            seen.insert(terms);
        }
    }
    out
}

/// Returns the term that finds a word of a field in the index `terms`. The word must be in a script that FTS5 and this
/// crate split into words in the same way. If `prefix` is `true`, the word may be incomplete. A prefix of two or three
/// letters is a term of its own; a longer one is an FTS5 prefix.
pub(super) fn word(place: SearchField, word: &str, prefix: bool) -> Option<String> {
    let mut parts = parts(word);
    let word = parts.pop().filter(|word| parts.is_empty() && word.chars().all(has_starts))?;
    let short = prefix && (2..=3).contains(&word.chars().count());
    let mark = if short { Some(start_mark(place)?) } else { word_mark(place)? };
    let mark = mark.map(String::from).unwrap_or_default();
    let star = if prefix && !short && word.chars().count() > 1 { " *" } else { "" };
    Some(format!("\"{mark}{word}\"{star}"))
}

/// Returns the character that marks a field's words in the index `terms`. The words of [`SearchField::Anywhere`] have
/// no marker.
#[allow(clippy::option_option, reason = "no words of the field there, or words without a mark")]
const fn word_mark(place: SearchField) -> Option<Option<char>> {
    match place {
        SearchField::Anywhere => Some(None),
        SearchField::Title | SearchField::Quote => Some(mark(place)),
        _ => None,
    }
}

/// Returns the character that marks the prefixes of a field's words, if the field has one.
const fn start_mark(place: SearchField) -> Option<char> {
    Some(match place {
        SearchField::Anywhere => '\u{e008}',
        SearchField::Title => '\u{e009}',
        SearchField::Quote => '\u{e00a}',
        _ => return None,
    })
}

/// Returns the text that represents the quotes of an article in the index `annotation_terms`.
pub(super) fn quote_index(quoted: &str) -> String {
    let mut out = String::new();
    words(SearchField::Quote, quoted, &mut out);
    starts(SearchField::Quote, quoted, &mut out);
    out
}

/// Returns the text that represents the words of an article in the index `terms`.
pub(super) fn index(headline: &str, body: &str) -> String {
    let mut out = String::with_capacity(headline.len() + body.len());
    distinct(headline, body, &mut out);
    words(SearchField::Title, headline, &mut out);
    starts(SearchField::Title, headline, &mut out);
    starts(SearchField::Anywhere, headline, &mut out);
    starts(SearchField::Anywhere, body, &mut out);
    out
}

/// Appends the distinct pieces of a headline and a body between white space. The index has no positions, so it needs each
/// word only once.
fn distinct(headline: &str, body: &str, out: &mut String) {
    let mut seen: HashSet<&str> = HashSet::new();
    for piece in headline.split_ascii_whitespace().chain(body.split_ascii_whitespace()) {
        if seen.insert(piece) {
            out.push_str(piece);
            out.push(' ');
        }
    }
}

/// Appends the distinct words of a field, each preceded by the field's marker.
fn words(place: SearchField, text: &str, out: &mut String) {
    let Some(mark) = mark(place) else { return };
    let mut seen: HashSet<&str> = HashSet::new();
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_accent(c)) {
        if !word.is_empty() && seen.insert(word) {
            out.push(mark);
            out.push_str(word);
            out.push(' ');
        }
    }
}

/// Appends the distinct prefixes of a field's words, each preceded by the field's marker for prefixes.
fn starts(place: SearchField, text: &str, out: &mut String) {
    let Some(mark) = start_mark(place) else { return };
    // A prefix of three characters, 21 bits each, is packed into one integer.
    let mut found: Vec<u64> = Vec::with_capacity(text.len() / 3);
    for word in text.split(|c: char| !c.is_alphanumeric() && !is_accent(c)) {
        let mut letters = ['\0'; 3];
        let mut count = 0;
        let mut take = |letter: char| {
            if let Some(place) = letters.get_mut(count).filter(|_| has_starts(letter)) {
                *place = letter;
                count += 1;
            }
        };
        if word.is_ascii() {
            word.chars().take(3).for_each(|letter| take(letter.to_ascii_lowercase()));
        } else {
            fold(word).chars().take(3).for_each(take);
        }
        for end in 2..=count {
            let letters = letters.iter().take(end);
            found.push(letters.fold(0, |key, &letter| key << 21 | u64::from(letter)));
        }
    }
    found.sort_unstable();
    found.dedup();
    for key in found {
        out.push(mark);
        let letters = [key >> 42, key >> 21, key].map(|bits| char::from_u32((bits & 0x1f_ffff) as u32));
        out.extend(letters.into_iter().flatten().filter(|&letter| letter != '\0'));
        out.push(' ');
    }
}

/// Returns whether a letter belongs to a script that FTS5 and this crate split into words in the same way: Latin,
/// Greek, Cyrillic and the scripts between them in Unicode.
fn has_starts(letter: char) -> bool {
    letter < '\u{590}' && letter.is_alphanumeric() && !is_accent(letter)
}

/// Returns whether a character is a combining mark.
fn is_accent(letter: char) -> bool {
    ('\u{300}'..'\u{370}').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_with_two_and_with_three_letters() {
        let mut out = String::new();
        starts(SearchField::Title, "The Émigré, then I", &mut out);
        let terms: Vec<&str> = out.split_whitespace().map(|term| term.trim_start_matches('\u{e009}')).collect();
        assert_eq!(terms, ["em", "th", "emi", "the"]);
        assert_eq!(word(SearchField::Title, "Ém", true).as_deref(), Some("\"\u{e009}em\""));
        assert_eq!(word(SearchField::Title, "emig", true).as_deref(), Some("\"\u{e004}emig\" *"));
        assert_eq!(word(SearchField::Anywhere, "Emig", false).as_deref(), Some("\"emig\""));
        assert_eq!(word(SearchField::Anywhere, "emi gre", true), None);
        assert_eq!(word(SearchField::Tag, "em", true), None);
    }

    #[test]
    fn names_are_separate_tokens_and_occur_once() {
        let names = [
            (SearchField::Person, "Mara O’Dell"),
            (SearchField::Person, "Mara O’Dell"),
            (SearchField::Speaker, "Pell"),
        ];
        assert_eq!(all_named(names.into_iter()), "\u{e001}mara \u{e001}o \u{e001}dell \u{e00f} \u{e000}pell \u{e00f} ");
        assert_eq!(unmarked("a\u{e001}b"), "a b");
    }

    #[test]
    fn only_scripts_that_do_not_separate_words_are_split() {
        assert_eq!(indexed("“Fähre” – 5 €… 港"), fold("“Fähre” – 5 €…  港  "));
        for letter in ['ก', 'က', 'ក', '々', 'の', 'ㇰ', '㐀', '港', '豈', '\u{20000}'] {
            assert!(is_unspaced(letter) && may_have_unspaced(&letter.to_string()), "{letter}");
            assert!(
                indexed(&format!("x{letter}{letter}y")).contains(&format!("x {letter}{letter} {letter} y")),
                "{letter}"
            );
        }
        assert!(!may_have_unspaced("“Fähre”, Łódź – 5 €… α я"));
    }

    #[test]
    fn the_index_without_positions_has_each_word_once() {
        let entry = index("ferry late", "the ferry, the ferry was late");
        assert_eq!(entry.split_whitespace().filter(|word| *word == "ferry" || *word == "the").count(), 2, "{entry}");
        assert!(entry.split_whitespace().any(|word| word == "ferry,"), "{entry}");
    }
}
