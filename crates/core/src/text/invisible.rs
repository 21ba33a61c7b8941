//! Characters that typesetting puts inside words and that no reader sees: soft hyphens and zero-width characters. They
//! must not split a word, because a name or a date with one inside would be found nowhere.

use std::borrow::Cow;

/// Returns whether a character is invisible and carries no meaning: a soft hyphen, a zero-width blank, a word joiner or
/// a byte-order mark. The joiners of graphemes are kept, because scripts and pictures are spelled with them.
#[must_use]
pub const fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Returns the text without invisible characters and with the ligatures of copied print as letters; borrows if nothing
/// had to change.
#[must_use]
pub fn without_invisible(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.chars().any(|character| is_invisible(character) || ligature(character).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for character in text.chars().filter(|character| !is_invisible(*character)) {
        match ligature(character) {
            Some(letters) => out.push_str(letters),
            None => out.push(character),
        }
    }
    Cow::Owned(out)
}

/// Returns the letters of a ligature, as copied from a printed page.
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
}
