//! Input to the pattern matcher: the tokens of a sentence with their possible interpretations. Hyphenated words are
//! split, and the words of a number are joined.

use super::numeral;
use super::vocabulary::{Class, Interpretations, Symbol, Vocabulary};
use crate::document::Document;
use crate::token::{Token, TokenKind};
use dateline_core::text::Span;
use std::ops::Range;

/// Smallest unit that a pattern matches: a word, a part of a hyphenated word, or an entire number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Atom {
    /// Byte span of the atom.
    pub span: Span,
    /// Index of the atom's first token.
    pub token: usize,
    /// Possible interpretations of the atom.
    pub interpretations: Interpretations,
    /// Whether a hyphen joins the atom to the previous one.
    pub hyphened: bool,
}

/// Symbols of the words that join atoms.
#[derive(Clone, Copy, Debug)]
pub(super) struct JoiningSymbols {
    /// Symbol of "-" between numbers.
    pub dash: Symbol,
    /// Symbol of "a" before "hundred".
    pub a: Symbol,
    /// Symbol of "and" inside a number.
    pub and: Symbol,
}

/// Replaces the contents of `out` with the atoms in a range of tokens. Returns whether any atom has an interpretation.
pub(super) fn atoms(
    document: &Document<'_>,
    tokens: Range<usize>,
    vocabulary: &Vocabulary,
    joints: JoiningSymbols,
    out: &mut Vec<Atom>,
) -> bool {
    out.clear();
    let mut number_words = false;
    let first = tokens.start;
    for (offset, token) in document.tokens.get(tokens).unwrap_or_default().iter().enumerate() {
        let at = first + offset;
        let word = token.span.of(document.text);
        if token.kind == TokenKind::Number && join_short_year(document, at, word, out) {
            continue;
        }
        if matches!(word, "s" | "'s" | "’s") && join_decade(document, at, word, out) {
            continue;
        }
        let before = out.len();
        push(token, at, word, vocabulary, joints, out);
        number_words |= out[before..].iter().any(|atom| is_number_word(&atom.interpretations));
    }
    if number_words {
        join_numbers(joints, out);
    }
    out.iter().any(|atom| !atom.interpretations.is_empty())
}

/// Returns whether a word can be part of a spelt-out number.
fn is_number_word(interpretations: &Interpretations) -> bool {
    interpretations.value(Class::Cardinal).is_some() || interpretations.value(Class::Scale).is_some()
}

/// Appends the atoms of one token to `out`.
fn push(token: &Token, at: usize, word: &str, vocabulary: &Vocabulary, joints: JoiningSymbols, out: &mut Vec<Atom>) {
    let atom = |span, interpretations, hyphened| Atom { span, token: at, interpretations, hyphened };
    if let Some((whole, fraction)) = split_fraction(word) {
        let middle = token.span.start + whole.len();
        if !whole.is_empty() {
            out.push(atom(Span::new(token.span.start, middle), numeral::digits(whole), false));
        }
        out.push(atom(Span::new(middle, token.span.end), vocabulary.interpretations(fraction), false));
        return;
    }
    let whole = match token.kind {
        TokenKind::Number => numeral::digits(word),
        _ => vocabulary.interpretations(word),
    };
    let splits = whole.is_empty()
        && matches!(token.kind, TokenKind::Number | TokenKind::Word)
        && word.len() < 40
        && word.bytes().any(|byte| byte == b'-' || byte == 0xe2);
    if !splits {
        out.push(atom(token.span, whole, false));
        return;
    }
    let before = out.len();
    let mut start = token.span.start;
    for part in word.split(['-', '‐', '‑']) {
        let span = Span::new(start, start + part.len());
        let numeric = part.starts_with(|first: char| first.is_ascii_digit());
        let interpretations = if numeric { numeral::digits(part) } else { vocabulary.interpretations(part) };
        if interpretations.is_empty() {
            // A single unknown part changes the meaning of the whole word, as in "Sunday-school".
            out.truncate(before);
            out.push(atom(token.span, Interpretations::NONE, false));
            return;
        }
        let number_before = out.len() > before && out.last().is_some_and(|atom| is_numeric(&atom.interpretations));
        if number_before && numeric {
            let dash = super::vocabulary::Interpretation { symbol: joints.dash, value: 0 };
            let mut interpretations = Interpretations::NONE;
            interpretations.push(dash);
            out.push(atom(Span::new(start.saturating_sub(1), start), interpretations, true));
        }
        out.push(atom(span, interpretations, out.len() > before));
        start = span.end + word.get(span.end - token.span.start..).map_or(1, dash_length);
    }
}

/// Splits a number such as "2½" before its fraction.
fn split_fraction(word: &str) -> Option<(&str, &str)> {
    let start = word.find(['½', '¼', '¾'])?;
    let (whole, fraction) = word.split_at(start);
    (fraction.chars().count() == 1 && whole.bytes().all(|byte| byte.is_ascii_digit())).then_some((whole, fraction))
}

/// Returns the length, in bytes, of the hyphen at the start of `rest`.
fn dash_length(rest: &str) -> usize {
    rest.chars().next().map_or(1, char::len_utf8)
}

/// Returns whether an atom was written in digits as a cardinal or ordinal number.
fn is_numeric(interpretations: &Interpretations) -> bool {
    interpretations.value(Class::Number).is_some() || interpretations.value(Class::Ordinal).is_some()
}

/// Joins an apostrophe and the digits after it into a short year or decade, such as "'84" or "’90s". Returns whether it
/// found such a year or decade.
fn join_short_year(document: &Document<'_>, at: usize, word: &str, out: &mut [Atom]) -> bool {
    let Some(mark) = at.checked_sub(1).and_then(|before| document.tokens.get(before)) else { return false };
    let Some(token) = document.tokens.get(at) else { return false };
    if mark.kind != TokenKind::QuoteMark || token.spaced || !matches!(mark.span.of(document.text), "'" | "’" | "‘")
    {
        return false;
    }
    let interpretations = match word.len() {
        2 => word.parse().map_or(Interpretations::NONE, |year| Interpretations::NONE.with(Class::ShortYear, year)),
        3 if word.ends_with("0s") => {
            word[..2].parse().map_or(Interpretations::NONE, |tens: i32| Interpretations::NONE.with(Class::Tens, tens))
        }
        _ => Interpretations::NONE,
    };
    let Some(last) = out.last_mut().filter(|_| !interpretations.is_empty()) else { return false };
    *last = Atom { span: mark.span.join(token.span), token: at - 1, interpretations, hyphened: false };
    true
}

/// Joins the digits of a decade with the "s" after an apostrophe, as in "the 1930's", "the mid-1930's" or "'60's". In
/// other contexts, such as "1930's worst storm", the "s" marks a possessive. Returns whether it found a decade.
fn join_decade(document: &Document<'_>, at: usize, word: &str, out: &mut Vec<Atom>) -> bool {
    let attached = |index: usize| document.tokens.get(index).is_some_and(|token| !token.spaced);
    let apart = word == "s";
    let mark = |atom: &Atom| matches!(atom.span.of(document.text), "'" | "’");
    if !attached(at) || apart && !out.last().is_some_and(|atom| mark(atom) && attached(at - 1)) {
        return false;
    }
    let Some(number) = out.len().checked_sub(1 + usize::from(apart)) else { return false };
    let Some(atom) = out.get(number) else { return false };
    let short = atom.interpretations.value(Class::ShortYear);
    let full = atom.interpretations.value(Class::Year).map(|year| (Class::Decade, year));
    let tens = || atom.interpretations.value(Class::Number).filter(|tens| (20..=90).contains(tens));
    let Some((class, value)) = short.map(|year| (Class::Tens, year)).or(full).or_else(|| Some((Class::Tens, tens()?)))
    else {
        return false;
    };
    let lead = number.checked_sub(1).and_then(|lead| out.get(lead)).map_or("", |lead| lead.span.of(document.text));
    let led = ["the", "mid", "early", "late"].iter().any(|word| lead.eq_ignore_ascii_case(word));
    if value % 10 != 0 || !(led || short.is_some()) {
        return false;
    }
    let Some(end) = document.tokens.get(at).map(|token| token.span) else { return false };
    out.truncate(number + 1);
    if let Some(atom) = out.last_mut() {
        atom.span = atom.span.join(end);
        atom.interpretations = Interpretations::NONE.with(class, value);
    }
    true
}

/// Joins the words of each number into one atom.
fn join_numbers(joints: JoiningSymbols, atoms: &mut Vec<Atom>) {
    let is =
        |atom: &Atom, symbol: Symbol| atom.interpretations.iter().any(|interpretation| interpretation.symbol == symbol);
    let mut out = 0;
    let mut at = 0;
    while at < atoms.len() {
        let article = is(&atoms[at], joints.a)
            && atoms.get(at + 1).is_some_and(|next| next.interpretations.value(Class::Scale).is_some());
        let start = if article { at + 1 } else { at };
        let mut joined = atoms[at];
        let mut taken = 1;
        if is_number_word(&atoms[start].interpretations) {
            let window: Vec<Interpretations> = atoms[start..].iter().take(8).map(|atom| atom.interpretations).collect();
            let and = |offset: usize| atoms.get(start + offset).is_some_and(|atom| is(atom, joints.and));
            if let Some((length, interpretations)) = numeral::words(&window, and) {
                taken = start + length - at;
                joined.span = joined.span.join(atoms[start + length - 1].span);
                joined.interpretations = interpretations;
                // A single word keeps its literal interpretation, because "one day" differs from "1 day".
                if taken == 1 {
                    for interpretation in atoms[at].interpretations.iter() {
                        joined.interpretations.push(*interpretation);
                    }
                }
            }
        }
        atoms[out] = joined;
        out += 1;
        at += taken;
    }
    atoms.truncate(out);
}
