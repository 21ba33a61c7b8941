//! Decodes bytes as browsers do: by byte-order mark, as valid UTF-8, by the declared charset, and finally by a guess.

use super::mojibake;
use crate::Error;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Number of bytes to search for a declared charset. WHATWG says 1024, but real pages declare it later.
const DECLARATION: usize = 4096;

/// Decodes `bytes`. Returns the text, and notes on everything that was guessed or replaced.
///
/// # Errors
/// Returns an error if zero bytes show that the input is a binary file.
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, Vec<String>), Error> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        // Some programs prepend a UTF-8 byte-order mark without converting the text.
        let broken = encoding == UTF_8 && std::str::from_utf8(rest).is_err() && !mostly_utf8(rest);
        return match declared(rest).filter(|other| broken && *other != UTF_8) {
            Some(other) => with(
                other,
                rest,
                Some(format!("Its characters were read as {}, as it declares, despite a mark of UTF-8.", other.name())),
            ),
            None => with(encoding, rest, None),
        };
    }
    if let Some(encoding) = wide(bytes) {
        return with(encoding, bytes, None);
    }
    if is_binary(bytes) {
        return Err(Error::NotText("a zero byte"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        if memchr::memchr(0, bytes).is_some() {
            let zeros = memchr::memchr_iter(0, bytes).count();
            let note = format!("{zeros} zero characters were replaced.");
            return Ok((text.replace('\0', "\u{fffd}"), vec![note]));
        }
        return Ok((text.to_owned(), Vec::new()));
    }
    let declared = declared(bytes).filter(|encoding| *encoding != UTF_8);
    if let Some(found) = mixed(bytes, declared.unwrap_or(WINDOWS_1252)) {
        return Ok(found);
    }
    if let Some(encoding) = declared {
        return with(encoding, bytes, None);
    }
    if mostly_utf8(bytes) {
        return with(UTF_8, bytes, None);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let note = format!("Its characters were read as {}, since they are not UTF-8.", guess.name());
    with(guess, bytes, Some(note))
}

/// Decodes a document as [`decode`] does, and mends text that was decoded twice before it was stored.
///
/// # Errors
/// Returns an error if zero bytes show that the input is a binary file.
pub(crate) fn decode_and_mend(bytes: &[u8]) -> Result<(String, Vec<String>), Error> {
    let (text, mut notes) = decode(bytes)?;
    let Some((mended, count)) = mojibake::mended(&text) else { return Ok((text, notes)) };
    notes.push(format!("{count} of its characters had been decoded twice, and were repaired."));
    Ok((mended, notes))
}

/// Number of bytes to search for zero bytes, from the start.
const SAMPLE: usize = 512;

/// Returns whether bytes are binary data. Such data has no byte-order mark, and more zero bytes than text has by
/// accident.
#[must_use]
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    if memchr::memchr(0, bytes).is_none() || Encoding::for_bom(bytes).is_some() || wide(bytes).is_some() {
        return false;
    }
    let zeros = memchr::memchr_iter(0, bytes).count();
    zeros * 20 > bytes.len() || !is_mostly_utf_8(bytes)
}

/// Returns whether bytes are valid UTF-8, apart from a character truncated at the end.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).err().is_none_or(|error| error.error_len().is_none())
}

/// Detects UTF-16 without a byte-order mark, in which nearly every second byte of Western text is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(SAMPLE)).filter(|sample| sample.len() >= 8)?;
    let zeros = |side: usize| sample.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = |many: usize, few: usize| many * 10 >= sample.len() * 4 && few * 20 <= sample.len();
    if most(even, odd) { Some(encoding_rs::UTF_16BE) } else { most(odd, even).then_some(encoding_rs::UTF_16LE) }
}

/// Decodes bytes with a known encoding, and counts the characters that had to be replaced.
fn with(encoding: &'static Encoding, bytes: &[u8], guess: Option<String>) -> Result<(String, Vec<String>), Error> {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    if memchr::memchr(0, text.as_bytes()).is_some() {
        return Err(Error::NotText("a zero character"));
    }
    let mut notes: Vec<String> = guess.into_iter().collect();
    if replaced {
        let count = text.matches(char::REPLACEMENT_CHARACTER).count();
        notes.push(format!("{count} characters that are no {} were replaced.", encoding.name()));
    }
    Ok((text.into_owned(), notes))
}

/// Returns whether a text is UTF-8 with a few broken bytes. It must have at least two well-formed non-ASCII letters per
/// broken byte, which does not happen by chance.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let lossy = String::from_utf8_lossy(bytes);
    let broken = lossy.matches(char::REPLACEMENT_CHARACTER).count();
    let wide = lossy.chars().filter(|letter| !letter.is_ascii() && *letter != char::REPLACEMENT_CHARACTER).count();
    wide >= 2 * broken && wide > 1
}

/// Single-byte encodings for languages in Latin script. Their texts practically never contain two adjacent accented
/// letters whose bytes also form a character in UTF-8.
const LATIN: [&str; 8] = [
    "windows-1252",
    "windows-1250",
    "windows-1254",
    "windows-1257",
    "ISO-8859-2",
    "ISO-8859-4",
    "ISO-8859-10",
    "ISO-8859-15",
];

/// Decodes a text that is UTF-8 in some places and another encoding in others, as when a feed combines items from
/// several sources. Returns `None` unless both occur: at least two letters or symbols in UTF-8, and single bytes next
/// to ASCII letters that are not valid UTF-8.
fn mixed(bytes: &[u8], other: &'static Encoding) -> Option<(String, Vec<String>)> {
    let latin = LATIN.contains(&other.name());
    let (mut text, mut wide, mut strays, mut broken) = (String::with_capacity(bytes.len()), 0, 0, 0);
    let mut chunks = bytes.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        wide += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        text.push_str(chunk.valid());
        let invalid = chunk.invalid();
        if invalid.is_empty() {
            continue;
        }
        let is_letter = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphabetic());
        let next = chunks.peek().and_then(|next| next.valid().chars().next());
        let (decoded, failed) = other.decode_without_bom_handling(invalid);
        let beside = is_letter(text.chars().next_back()) || is_letter(next);
        if beside && !failed && invalid.len() == 1 && !decoded.contains(char::is_control) {
            text.push_str(&decoded);
            strays += 1;
        } else {
            text.push(char::REPLACEMENT_CHARACTER);
            broken += 1;
        }
    }
    if !latin || wide < 2 || strays == 0 || broken * 10 > strays {
        return None;
    }
    let mut notes = vec![format!("Its characters were read as UTF-8, but {strays} of them as {}.", other.name())];
    if broken > 0 {
        notes.push(format!("{broken} characters that are neither were replaced."));
    }
    Some((text.replace('\0', "\u{fffd}"), notes))
}

/// Returns the encoding declared by `<meta charset>`, `http-equiv` or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARATION)].to_ascii_lowercase();
    [&b"charset="[..], b"encoding="].into_iter().find_map(|name| {
        let at = memchr::memmem::find(&head, name)?;
        let label: Vec<u8> = head[at + name.len()..]
            .iter()
            .copied()
            .skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '))
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'))
            .collect();
        Encoding::for_label(&label)
    })
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
    fn another_charset_is_guessed_and_noted() {
        let (text, notes) = decode(b"He said \x93no\x94 \x96 at the caf\xe9 on the quay, and left.").unwrap();
        assert_eq!(text, "He said “no” – at the café on the quay, and left.");
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn a_declared_charset_is_believed_when_the_bytes_are_no_utf8() {
        let (text, notes) = decode(b"<meta charset=\"iso-8859-2\"><p>\xa3\xf3d\xbc</p>").unwrap();
        assert!(text.contains("Łódź"));
        assert!(notes.is_empty());
    }

    #[test]
    fn one_broken_byte_does_not_turn_utf_8_into_something_else() {
        let mut bytes = "“Nö”, “ja” und “schön” ".as_bytes().to_vec();
        bytes.push(0xff);
        let (text, notes) = decode(&bytes).unwrap();
        assert!(text.starts_with("“Nö”"));
        assert!(notes[0].starts_with("1 character"));
    }

    #[test]
    fn a_text_in_two_encodings_is_read_in_both_and_this_is_noted() {
        let joined = |head: &str| [head.as_bytes(), "“Ja”, sagt Jörg. ".as_bytes(), b"M\xfchle am Caf\xe9"].concat();
        for (head, other) in [("", "windows-1252"), ("<?xml encoding='iso-8859-1'?>", "windows-1252")] {
            let (text, notes) = decode(&joined(head)).unwrap();
            assert!(text.ends_with("“Ja”, sagt Jörg. Mühle am Café"), "{text}");
            assert_eq!(notes, [format!("Its characters were read as UTF-8, but 2 of them as {other}.")]);
        }
        // The bytes of two adjacent letters in this Cyrillic text also form a character in UTF-8.
        let cyrillic = b"<meta charset=windows-1251>\xcc\xe5\xeb\xfc\xed\xe8\xf6\xe0 \xabX\xd0\xbb \xd0\xbb a\xe0";
        assert!(decode(cyrillic).unwrap().0.contains("Мельница"));
    }

    #[test]
    fn a_zero_byte_is_not_text() {
        assert_eq!(decode(b"ab\0c"), Err(Error::NotText("a zero byte")));
    }
}
