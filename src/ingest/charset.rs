//! Bytes to text: byte-order marks, UTF-8, and Windows-1252 for what is neither.

use super::Error;

/// Windows-1252 from 0x80 to 0x9f; the rest of it is Latin-1.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text of `bytes`, and what had to be guessed or replaced, a sentence each.
///
/// # Errors
/// When a zero byte, which no text holds, shows that it is a binary file.
pub fn decode(bytes: &[u8]) -> Result<(String, Vec<String>), Error> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return decode(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes);
    }
    if memchr::memchr(0, bytes).is_some() {
        return Err(Error::NotText("a zero byte"));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_owned(), Vec::new())),
        Err(error) => Ok(guessed(bytes, error.valid_up_to())),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<(String, Vec<String>), Error> {
    let units = bytes.as_chunks::<2>().0.iter().map(|&pair| unit(pair));
    let text: String = char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    if text.contains('\0') {
        return Err(Error::NotText("a zero character"));
    }
    let replaced = text.matches(char::REPLACEMENT_CHARACTER).count();
    let notes = if replaced > 0 {
        vec![format!("{replaced} broken characters of its UTF-16 were replaced.")]
    } else {
        Vec::new()
    };
    Ok((text, notes))
}

/// Text that is not UTF-8: a UTF-8 text with few broken bytes, or else one in Windows-1252.
fn guessed(bytes: &[u8], _valid: usize) -> (String, Vec<String>) {
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.matches(char::REPLACEMENT_CHARACTER).count();
    let wide = lossy.chars().filter(|letter| !letter.is_ascii() && *letter != char::REPLACEMENT_CHARACTER).count();
    // Two or more well-formed letters beyond ASCII for each broken byte do not come about by chance.
    if wide >= 2 * broken && wide > 1 {
        return (lossy.into_owned(), vec![format!("{broken} bytes that are no UTF-8 were replaced.")]);
    }
    let text = bytes
        .iter()
        .map(|&byte| match byte {
            0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
            _ => char::from(byte),
        })
        .collect();
    (text, vec!["Its characters were read as Windows-1252, since they are no UTF-8.".to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_utf_8() {
        assert_eq!(decode("é".as_bytes()).unwrap().0, "é");
        assert_eq!(decode(b"\xef\xbb\xbfab").unwrap().0, "ab");
        assert_eq!(decode(b"\xff\xfea\0b\0").unwrap().0, "ab");
        assert_eq!(decode(b"\xfe\xff\0a\0b").unwrap().0, "ab");
    }

    #[test]
    fn windows_1252_is_guessed_and_said() {
        let (text, notes) = decode(b"He said \x93no\x94 \x96 caf\xe9.").unwrap();
        assert_eq!(text, "He said “no” – café.");
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn one_broken_byte_does_not_turn_utf_8_into_something_else() {
        let (text, notes) = decode(
            "“Nö”, “ja” und “schön” \u{0}"
                .replace('\0', "")
                .as_bytes()
                .iter()
                .copied()
                .chain([0xff])
                .collect::<Vec<_>>()
                .as_slice(),
        )
        .unwrap();
        assert!(text.starts_with("“Nö”"));
        assert!(notes[0].contains("1 byte"));
    }

    #[test]
    fn a_zero_byte_is_no_text() {
        assert_eq!(decode(b"ab\0c"), Err(Error::NotText("a zero byte")));
    }
}
