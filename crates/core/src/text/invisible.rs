//! Invisible characters that typesetting puts inside words: soft hyphens and zero-width characters. They must not split
//! a word, because a name or date that contains one could not be found.

use std::borrow::Cow;

/// Returns whether a character is invisible and has no meaning: a soft hyphen, a zero-width space, a word joiner or a
/// byte-order mark. Grapheme joiners are not among them, since some scripts and emoji need them.
#[must_use]
pub const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Removes invisible characters and expands ligatures, which occur in text copied from print. The text is borrowed if
/// nothing has to change.
#[must_use]
pub fn without_invisible(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, character, after)) = rest.get(next_change(rest.as_bytes())..).and_then(|tail| {
        let character = tail.chars().next()?;
        Some((rest.get(..rest.len() - tail.len())?, character, tail.get(character.len_utf8()..)?))
    }) {
        if out.capacity() == 0 {
            out.reserve(text.len());
        }
        out.push_str(before);
        out.push_str(ligature(character).unwrap_or_default());
        rest = after;
    }
    // Without a change, `rest` is still the whole text.
    if rest.len() == text.len() {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Number of bytes to check for ASCII at once.
const CHUNK: usize = 64;

/// Returns the byte offset of the first invisible character or ligature in UTF-8 text, or the length of the text if it
/// has none. Skips runs of ASCII and compares bytes, because a page is mostly ASCII and decoding all its characters
/// takes as long as finding its blocks.
fn next_change(text: &[u8]) -> usize {
    let mut start = 0;
    for chunk in text.chunks(CHUNK) {
        if !chunk.is_ascii()
            && let Some(at) = (start..start + chunk.len()).find(|at| changes(text.get(*at..).unwrap_or_default()))
        {
            return at;
        }
        start += chunk.len();
    }
    text.len()
}

/// Returns whether UTF-8 text begins with an invisible character or a ligature.
const fn changes(text: &[u8]) -> bool {
    matches!(
        text,
        [0xc2, 0xad, ..]
            | [0xe2, 0x80, 0x8b, ..]
            | [0xe2, 0x81, 0xa0, ..]
            | [0xef, 0xbb, 0xbf, ..]
            | [0xef, 0xac, 0x80..=0x86, ..]
    )
}

/// Returns the letters of a ligature, or `None` for any other character.
const fn ligature(character: char) -> Option<&'static str> {
    Some(match character {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_whole_again() {
        assert_eq!(without_invisible("har\u{ad}bour\u{200b}s o\u{fb03}ce"), "harbours office");
        assert!(matches!(without_invisible("Zo\u{eb} 👩\u{200d}🚒"), Cow::Borrowed(_)));
    }

    #[test]
    fn every_invisible_character_and_ligature_is_found() {
        for character in '\u{80}'..='\u{ffff}' {
            let changed = is_invisible(character) || ligature(character).is_some();
            assert_eq!(matches!(without_invisible(&format!("a{character}b")), Cow::Owned(_)), changed, "{character}");
        }
    }
}
