//! Resolves references: the entities predefined in XML, those of HTML 4, and numeric character references. Any other
//! `&` is text.

use crate::lexicon::lexicon_lines;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Maximum length of a reference, in bytes, including `&` and `;`.
const MAX_LENGTH: usize = 12;

static NAMES: LazyLock<HashMap<&'static str, char>> = LazyLock::new(|| {
    let entries = lexicon_lines(include_str!("../../assets/lexicon/references.txt"));
    let pairs = entries.flat_map(|line| line.split(", ")).filter_map(|entry| entry.split_once(' '));
    let known = pairs.filter_map(|(name, code)| Some((name, char::from_u32(code.parse().ok()?)?)));
    known.chain([("apos", '\'')]).collect()
});

/// Resolves the references in `text` once.
#[must_use]
pub(crate) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (character, length) = one(rest).unwrap_or(('&', 1));
        out.push(character);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Resolves the reference at the beginning of `text`. Returns its character, and its length in bytes.
fn one(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    if bytes.get(1) == Some(&b'#') {
        return numeric(bytes);
    }
    let head = bytes.get(..MAX_LENGTH.min(bytes.len()))?;
    let end = memchr::memchr(b';', head)?;
    let name = text.get(1..end)?;
    NAMES.get(name).or_else(|| NAMES.get(name.to_ascii_lowercase().as_str())).map(|found| (*found, end + 1))
}

/// Resolves `&#233;` or `&#xe9;`, with or without the semicolon. C1 codes are read as Windows-1252, as in browsers.
fn numeric(bytes: &[u8]) -> Option<(char, usize)> {
    let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
    let (start, radix) = if hex { (3, 16) } else { (2, 10) };
    let digits = bytes.get(start..)?.iter().take_while(|byte| char::from(**byte).is_digit(radix)).count();
    if digits == 0 {
        return None;
    }
    let end = start + digits;
    let code =
        std::str::from_utf8(bytes.get(start..end)?).ok().and_then(|digits| u32::from_str_radix(digits, radix).ok());
    let character = match code {
        Some(code @ 0x80..=0x9f) => {
            let byte = [code as u8];
            encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte).0.chars().next()
        }
        Some(0) | None => None,
        Some(code) => char::from_u32(code),
    };
    let semicolon = usize::from(bytes.get(end) == Some(&b';'));
    Some((character.unwrap_or(char::REPLACEMENT_CHARACTER), end + semicolon))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_once_and_a_bare_sign_stays() {
        assert_eq!(decoded("Marks &amp; Co &mdash; caf&eacute; &#x201c;&#147;"), "Marks & Co — café ““");
        assert_eq!(decoded("R&D, AT&T; &unknown; &amp;lt; &"), "R&D, AT&T; &unknown; &lt; &");
        assert_eq!(decoded("&#0;&#xD800;&#99999999999;"), "\u{fffd}\u{fffd}\u{fffd}");
    }
}
