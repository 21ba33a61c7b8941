//! Splits a text into the spans of words, numbers and punctuation marks. Follows the Penn Treebank as far as spans
//! allow: clitics ('s, n't, 'll) and possessives are separate tokens, hyphenated words remain whole, and abbreviations
//! and initials keep their period.

use super::lexicon::Lexicon;
use crate::lexicon::lists;
use dateline_core::text::Span;

/// Word, number or punctuation mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Byte span of the token in the text.
    pub span: Span,
    /// Kind of the token, determined by its characters.
    pub(crate) kind: TokenKind,
    /// Whether white space precedes the token.
    pub spaced: bool,
}

/// Kind of a token, determined by its characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TokenKind {
    /// Token that begins with a letter.
    Word,
    /// Token that begins with a digit.
    Number,
    /// Quotation mark: straight or curly, double or single. Apostrophes inside words are excluded.
    QuoteMark,
    /// Any other punctuation mark or symbol.
    Mark,
}

/// Appends the tokens of `block` to `out`.
pub(crate) fn tokenize(text: &str, block: Span, lexicon: &Lexicon, out: &mut Vec<Token>) {
    let mut at = block.start;
    let mut spaced = true;
    while let Some(character) = text.get(at..block.end).and_then(|rest| rest.chars().next()) {
        if character.is_whitespace() {
            at += character.len_utf8();
            spaced = true;
            continue;
        }
        let rest = &text[at..block.end];
        let (length, kind) = next(rest, lexicon);
        push(text, Span::new(at, at + length), kind, spaced, out);
        at += length;
        spaced = false;
    }
}

/// Returns the length in bytes and the kind of the token at the beginning of `rest`.
fn next(rest: &str, lexicon: &Lexicon) -> (usize, TokenKind) {
    let Some(first) = rest.chars().next() else { return (0, TokenKind::Mark) };
    if first.is_alphabetic() {
        return (word_length(rest, lexicon), TokenKind::Word);
    }
    if first.is_numeric() {
        return (number_length(rest), TokenKind::Number);
    }
    if is_quote_mark(first) {
        // Reached for "'90s", "'em" and quotation marks. The "'s" after a word never gets here, because it is split off
        // from the token of the word.
        return (first.len_utf8(), TokenKind::QuoteMark);
    }
    let run = rest.chars().take_while(|c| *c == first && matches!(c, '.' | '-' | '–' | '—' | '_' | '*' | '=')).count();
    (first.len_utf8() * run.max(1), TokenKind::Mark)
}

/// Returns whether a character can open or close a quotation.
#[must_use]
pub(crate) const fn is_quote_mark(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '\'' | '‘' | '’' | '‚' | '‹' | '›' | '`')
}

/// Returns the length of a word in bytes. A word consists of letters and digits with inner hyphens, apostrophes,
/// ampersands and periods.
fn word_length(rest: &str, lexicon: &Lexicon) -> usize {
    // Fast path: most words are ASCII letters before a space.
    let letters = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if matches!(rest.as_bytes().get(letters), None | Some(b' ' | b',' | b'\n')) {
        return letters;
    }
    let mut end = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map(|(_, next)| *next);
        let joins = |next: char| next.is_alphanumeric();
        let inside = character.is_alphanumeric()
            || is_mark_on_letter(character)
            || (matches!(character, '-' | '‐' | '‑' | '\'' | '’' | '&' | '_' | '@') && after.is_some_and(joins))
            || (character == '.'
                && after.is_some_and(char::is_alphanumeric)
                && !sentence_glued(&rest[..at], &rest[at + 1..]));
        if !inside {
            break;
        }
        end = at + character.len_utf8();
    }
    if rest[end..].starts_with('.') && keeps_period(&rest[..end], lexicon) {
        end += 1;
    }
    end
}

/// Returns whether a character belongs to the preceding letter, as combining marks and joiners do.
fn is_mark_on_letter(character: char) -> bool {
    unicode_normalization::char::is_combining_mark(character) || matches!(character, '\u{200c}' | '\u{200d}' | '\u{ad}')
}

/// Returns whether "word.Word" is two sentences with a missing space rather than a name with a period.
fn sentence_glued(before: &str, after: &str) -> bool {
    let long_before = before.chars().count() > 2 && before.chars().last().is_some_and(char::is_lowercase);
    let mut letters = after.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    long_before && capital && letters.next().is_some_and(char::is_lowercase)
}

/// Returns whether the period after `word` is part of the token, as for initials, "U.S" and listed abbreviations.
fn keeps_period(word: &str, lexicon: &Lexicon) -> bool {
    let single = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let dotted = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    single || dotted || lexicon.is_abbreviation(word)
}

/// Returns the length of a number in bytes: digits with inner separators and attached letters. Examples are "5th",
/// "1990s" and "9am"; "F-16" is a word.
fn number_length(rest: &str) -> usize {
    let mut end = 0;
    let mut characters = rest.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map(|(_, next)| *next);
        let separator = matches!(character, '.' | ',' | ':' | '/') && after.is_some_and(|next| next.is_ascii_digit());
        let hyphen = matches!(character, '-' | '‐' | '‑') && after.is_some_and(char::is_alphanumeric);
        if !(character.is_alphanumeric() || separator || hyphen) {
            break;
        }
        end = at + character.len_utf8();
    }
    end
}

/// Appends a token, with its clitic as a separate token.
fn push(text: &str, span: Span, kind: TokenKind, spaced: bool, out: &mut Vec<Token>) {
    let clitic = if matches!(kind, TokenKind::Word | TokenKind::Number) { clitic_length(span.of(text)) } else { 0 };
    let cut = span.end - clitic;
    out.push(Token { span: Span::new(span.start, cut), kind, spaced });
    if clitic > 0 {
        out.push(Token { span: Span::new(cut, span.end), kind: TokenKind::Word, spaced: false });
    }
}

/// Returns the length in bytes of the clitic at the end of `word`: 's, n't, 're, 've, 'll, 'd or 'm. Returns 0 if the
/// word has no clitic.
fn clitic_length(word: &str) -> usize {
    let Some(at) = word.rfind(['\'', '’']) else { return 0 };
    let lower = word.to_lowercase();
    if let Some(before) = lower.strip_suffix("n't").or_else(|| lower.strip_suffix("n’t"))
        && !before.is_empty()
        && lower.len() == word.len()
    {
        return word.len() - before.len();
    }
    let tail = word[at..].trim_start_matches(['\'', '’']);
    if at > 0 && lists::CLITICS.contains_any_case(tail) { word.len() - at } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, text.len()), &Lexicon::bundled(), &mut tokens);
        tokens.iter().map(|token| token.span.of(text).to_owned()).collect()
    }

    #[test]
    fn clitics_and_possessives_are_tokens() {
        assert_eq!(words("She didn't see Ana’s dog."), ["She", "did", "n't", "see", "Ana", "’s", "dog", "."]);
    }

    #[test]
    fn abbreviations_and_initials_keep_their_period() {
        assert_eq!(words("Mr. J. Ode of the U.S. left."), ["Mr.", "J.", "Ode", "of", "the", "U.S.", "left", "."]);
    }

    #[test]
    fn numbers_keep_their_separators() {
        assert_eq!(words("99.9% of 1,200 at 5:08"), ["99.9", "%", "of", "1,200", "at", "5:08"]);
    }

    #[test]
    fn a_lost_blank_between_sentences_is_seen() {
        assert_eq!(words("He went home.Then she came"), ["He", "went", "home", ".", "Then", "she", "came"]);
    }
}
