//! Decodes character references such as `&amp;` and `&#8230;`, by the rules of the HTML standard.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};
use html5ever::tendril::StrTendril;

/// Decodes the character references in text, or in the value of an attribute if `attribute` is set. There, a name
/// without a semicolon is not decoded before a letter, digit or `=`, because it may be part of a URL.
pub(super) fn decoded(text: &str, attribute: bool) -> StrTendril {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return StrTendril::from_slice(text) };
    let mut out = String::with_capacity(text.len());
    let (before, mut rest) = text.split_at(first);
    out.push_str(before);
    while let Some(tail) = rest.strip_prefix('&') {
        let found = match tail.strip_prefix('#') {
            Some(number) => numeric(number).map(|(letter, length)| ([Some(letter), None], length + 1)),
            None => named(tail, attribute),
        };
        let (letters, length) = found.unwrap_or(([Some('&'), None], 0));
        out.extend(letters.into_iter().flatten());
        let tail = tail.get(length..).unwrap_or_default();
        let (before, next) = tail.split_at(memchr::memchr(b'&', tail.as_bytes()).unwrap_or(tail.len()));
        out.push_str(before);
        rest = next;
    }
    StrTendril::from_slice(&out)
}

/// Returns the character with the number after `&#`, and the length of the number with its semicolon. Returns `None` if
/// there is no number.
fn numeric(text: &str) -> Option<(char, usize)> {
    let (base, prefix) = if text.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = text.get(prefix..)?.chars().map_while(|letter| letter.to_digit(base));
    let (length, number) = digits
        .fold((0, 0_u32), |(length, number), digit| (length + 1, number.saturating_mul(base).saturating_add(digit)));
    let end = prefix + length;
    let semicolon = usize::from(text.get(end..).is_some_and(|after| after.starts_with(';')));
    let replaced = number.checked_sub(0x80).and_then(|at| *C1_REPLACEMENTS.get(at as usize)?);
    let letter = replaced.or_else(|| char::from_u32(number).filter(|letter| *letter != '\0'));
    (length > 0).then_some((letter.unwrap_or(char::REPLACEMENT_CHARACTER), end + semicolon))
}

/// Returns the characters of the longest name at the beginning of the text after `&`, and the length of the name.
/// Returns `None` if no name fits.
fn named(text: &str, attribute: bool) -> Option<([Option<char>; 2], usize)> {
    let mut best = None;
    for (at, letter) in text.char_indices() {
        let length = at + letter.len_utf8();
        match NAMED_ENTITIES.get(text.get(..length)?) {
            Some((0, _)) => {}
            Some(letters) => best = Some((*letters, length)),
            None => break,
        }
    }
    let ((first, second), length) = best?;
    let (name, after) = text.split_at_checked(length)?;
    let continues = after.starts_with(|next: char| next == '=' || next.is_ascii_alphanumeric());
    if attribute && !name.ends_with(';') && continues {
        return None;
    }
    Some(([char::from_u32(first), char::from_u32(second).filter(|second| *second != '\0')], length))
}
