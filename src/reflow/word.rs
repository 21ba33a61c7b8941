//! Splits text into words, the unbreakable units of a line.

use super::Extra;
use super::cells::{cells, width as cell_width};
use dateline_core::text::Span;
use textwrap::WordSeparator;
use textwrap::core::Fragment;

/// Run of text that cannot be broken, with its width.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Byte span of the word, without the white space after it.
    pub(crate) span: Span,
    /// Width of the word in columns, including the additions inside it.
    pub(crate) width: usize,
    /// Width of the white space after the word, in columns: 0 or 1.
    pub(crate) space: usize,
    /// Whether the word continues in the next one, so that a line ending here needs a hyphen.
    pub(crate) divided: bool,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        self.width as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.space as f64
    }

    fn penalty_width(&self) -> f64 {
        f64::from(u8::from(self.divided))
    }
}

/// Splits `span` into words of at most `limit` columns. Only a single grapheme cluster may be wider.
pub(super) fn words(text: &str, span: Span, limit: usize, extras: &[Extra]) -> Vec<Word> {
    let mut out = Vec::with_capacity(span.len() / 6);
    let inside = span.of(text);
    let mut extras =
        extras.get(extras.partition_point(|extra| extra.at <= span.start)..).unwrap_or_default().iter().peekable();
    let mut rest = inside.trim_start();
    while !rest.is_empty() {
        let start = span.end - rest.len();
        let end = rest.find(char::is_whitespace).map_or(span.end, |at| start + at);
        for part in parts(text, Span::new(start, end)) {
            let mut extra = 0;
            while let Some(next) = extras.next_if(|next| next.at <= part.end) {
                extra += next.width;
            }
            push(&mut out, text, part, limit, extra);
        }
        let behind = &text[end..span.end];
        rest = behind.trim_start();
        if let Some(last) = out.last_mut()
            && !rest.is_empty()
        {
            last.space = 1;
        }
    }
    out
}

/// Minimum number of letters before and after a hyphenation point.
const LETTERS: usize = 3;

/// Splits long words at their English hyphenation points. Names, words followed by an addition, and words in other
/// scripts are left whole.
pub(super) fn divided(text: &str, words: Vec<Word>) -> Vec<Word> {
    let mut out = Vec::with_capacity(words.len() * 2);
    for word in words {
        let inside = word.span.of(text);
        let letters = inside.trim_end_matches(|c: char| c.is_ascii_punctuation());
        let whole = letters.len() < 2 * LETTERS
            || word.width != inside.len()
            || !letters.bytes().all(|byte| byte.is_ascii_lowercase());
        if whole {
            out.push(word);
            continue;
        }
        let mut start = word.span.start;
        let mut at = start;
        for part in hypher::hyphenate(letters, hypher::Lang::English) {
            at += part.len();
            let left = word.span.start + letters.len() - at;
            if at - start >= LETTERS && left >= LETTERS {
                let span = Span::new(start, at);
                out.push(Word { span, width: span.len(), space: 0, divided: true });
                start = at;
            }
        }
        let span = Span::new(start, word.span.end);
        out.push(Word { span, width: span.len(), ..word });
    }
    out
}

/// Appends a word to `out`, broken into pieces if it is too wide for a line.
fn push(out: &mut Vec<Word>, text: &str, span: Span, limit: usize, extra: usize) {
    let inside = span.of(text);
    let plain = inside.bytes().all(|byte| byte.is_ascii_graphic());
    let width = if plain { inside.len() } else { cell_width(inside) };
    if width + extra <= limit {
        out.push(Word { span, width: width + extra, space: 0, divided: false });
        return;
    }
    let mut from = span.start;
    let mut used = 0;
    for cell in cells(text, span) {
        if used + cell.width > limit && cell.span.start > from {
            out.push(Word { span: Span::new(from, cell.span.start), width: used, space: 0, divided: false });
            from = cell.span.start;
            used = 0;
        }
        used += cell.width;
    }
    out.push(Word { span: Span::new(from, span.end), width: used + extra, space: 0, divided: false });
}

/// Splits text without white space where a line may be broken: after dashes, and after hyphens and slashes between
/// letters. Scripts without spaces between words are split by Unicode's line breaking rules.
fn parts(text: &str, span: Span) -> Vec<Span> {
    let inside = span.of(text);
    if inside.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b',' | b'\'' | b'"')) {
        return vec![span];
    }
    let mut ends: Vec<usize> = Vec::new();
    let by_rule = |character: char| !character.is_control() && !needs_dictionary(character);
    if inside.chars().any(needs_unicode) && inside.chars().all(by_rule) {
        let mut at = 0;
        for word in WordSeparator::UnicodeBreakProperties.find_words(inside) {
            at += word.len() + word.whitespace.len();
            ends.push(at);
        }
        ends.pop();
    } else {
        let mut characters = inside.char_indices().peekable();
        let mut before = None;
        while let Some((at, character)) = characters.next() {
            let after = characters.peek().map(|&(_, after)| after);
            if breaks_after(before, character, after) {
                ends.push(at + character.len_utf8());
            }
            before = Some(character);
        }
    }
    let mut out = Vec::with_capacity(ends.len() + 1);
    let mut from = span.start;
    for end in ends.into_iter().map(|end| span.start + end).chain([span.end]) {
        if end > from && text.is_char_boundary(end) {
            out.push(Span::new(from, end));
            from = end;
        }
    }
    out
}

/// Returns whether a line may be broken after `character`.
fn breaks_after(before: Option<char>, character: char, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return false;
    };
    match character {
        '-' | '\u{2010}' | '/' => before.is_alphabetic() && after.is_alphabetic(),
        '–' | '—' => !is_closing(after),
        _ => false,
    }
}

/// Returns whether a punctuation mark must not begin a line.
fn is_closing(character: char) -> bool {
    matches!(character, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '”' | '’' | '"' | '\'')
}

/// Returns whether a character belongs to a script whose words can be separated only with a dictionary: Thai, Lao,
/// Burmese, Khmer. We have no dictionary, so runs of such characters are broken at the end of the line. The segmenter
/// is not used on them, since it would log warnings to the terminal.
fn needs_dictionary(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{19e0}'..='\u{19ff}')
        || matches!(character, '\u{1a20}'..='\u{1aaf}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}')
}

/// Returns whether a character belongs to a script that does not break lines at spaces. Includes all Unicode blocks
/// from Thai onwards, except general punctuation and the symbols used in Western text.
fn needs_unicode(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{1dff}' | '\u{2e80}'..)
}
