//! Mends text that was decoded twice: UTF-8 read as windows-1252 and stored as UTF-8 again, so that "é" became "Ã©".

/// Characters of windows-1252 for the bytes 0x80 to 0x9F. The five undefined bytes map to the control characters that
/// browsers use.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];
/// Characters that may follow an accented letter in correct text, and are also the second byte of a sequence:
/// "IRMÃ”" may be a word with a quotation mark.
const AMBIGUOUS: [char; 14] = ['‘', '’', '“', '”', '‹', '›', '«', '»', '–', '—', '…', '\u{a0}', '\u{ad}', '·'];
/// Minimum number of certain sequences in a text to be mended.
const FEW: usize = 3;
/// Minimum number of certain sequences per accented letter outside a sequence, because such letters show that at least
/// part of the text is correct.
const PER_LETTER: usize = 4;

/// Evidence that a sequence was decoded twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Evidence {
    /// The characters may also be correct text.
    Ambiguous,
    /// No language writes these characters next to each other.
    Certain,
    /// No language writes these three or more characters next to each other, such as "â€™".
    Long,
}

/// Sequence of characters that are the bytes of one character.
#[derive(Clone, Copy, Debug)]
struct Sequence {
    /// Length of the sequence in the text, in bytes.
    length: usize,
    /// Character that the sequence encodes.
    meant: char,
    evidence: Evidence,
}

/// Counts of the sequences in a text.
#[derive(Debug, Default)]
struct Counts {
    certain: usize,
    ambiguous: usize,
    /// Whether any sequence is long, or two certain ones differ.
    varied: bool,
    first: Option<char>,
    /// Number of accented letters outside sequences.
    letters: usize,
}

/// Mends a text that was decoded twice. Returns the mended text and the number of mended places, or `None` if the text
/// has too few such places or if they may be correct. The result is never mended further by another call.
#[must_use]
pub(crate) fn mended(text: &str) -> Option<(String, usize)> {
    let (mut out, count) = once(text)?;
    // Some texts were decoded three times or more. Each pass shortens the text, so the loop ends.
    while let Some((shorter, _)) = once(&out) {
        out = shorter;
    }
    Some((out, count))
}

/// Mends one layer of a text.
fn once(text: &str) -> Option<(String, usize)> {
    // The first character of each sequence has the first byte 0xC3 in UTF-8.
    memchr::memchr(0xC3, text.as_bytes())?;
    let counts = counts(text);
    if counts.certain < FEW || !counts.varied || counts.letters * PER_LETTER > counts.certain {
        return None;
    }
    let whole = counts.letters == 0;
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    let mut count = 0;
    each(text, |at, found| {
        if let Some(found) = found.filter(|found| whole || found.evidence != Evidence::Ambiguous) {
            out.push_str(text.get(from..at).unwrap_or_default());
            out.push(found.meant);
            from = at + found.length;
            count += 1;
        }
    });
    out.push_str(text.get(from..).unwrap_or_default());
    Some((out, count))
}

/// Counts the sequences and the other accented letters in a text.
fn counts(text: &str) -> Counts {
    let mut counts = Counts::default();
    each(text, |_, found| match found {
        None => counts.letters += 1,
        Some(found) if found.evidence == Evidence::Ambiguous => counts.ambiguous += 1,
        Some(found) => {
            counts.certain += 1;
            let first = *counts.first.get_or_insert(found.meant);
            counts.varied |= found.evidence == Evidence::Long || first != found.meant;
        }
    });
    counts
}

/// Passes the offset of each accented letter to `take`, with the sequence that begins there, if any.
fn each(text: &str, mut take: impl FnMut(usize, Option<Sequence>)) {
    let mut end = 0;
    for at in memchr::memchr_iter(0xC3, text.as_bytes()) {
        let Some(rest) = text.get(at..).filter(|_| at >= end) else { continue };
        let found = sequence(rest);
        if let Some(found) = found {
            end = at + found.length;
        }
        if found.is_some() || rest.starts_with(char::is_alphabetic) {
            take(at, found);
        }
    }
}

/// Reads the sequence at the beginning of a text.
fn sequence(text: &str) -> Option<Sequence> {
    let mut letters = text.chars();
    let lead = byte(letters.next()?)?;
    let size = match lead {
        // Leads of Latin, Greek and Cyrillic letters and of the accents in windows-1252. Others are left out because of
        // words such as "Spaß“".
        0xC2..=0xC6 | 0xCB | 0xCE..=0xD1 => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let (mut bytes, mut length, mut certain) = ([lead, 0, 0, 0], 2, false);
    for slot in bytes.get_mut(1..size)? {
        let letter = letters.next();
        let Some(value) = letter.and_then(byte).filter(|value| (0x80..0xC0).contains(value)) else {
            // Programs drop the undefined byte 0x9D, the last one of "”".
            return text.starts_with("â€").then_some(Sequence {
                length: "â€".len(),
                meant: '”',
                evidence: Evidence::Long,
            });
        };
        let letter = letter?;
        certain |= !AMBIGUOUS.contains(&letter);
        length += letter.len_utf8();
        *slot = value;
    }
    let meant = std::str::from_utf8(bytes.get(..size)?).ok()?.chars().next()?;
    // An undefined byte that was decoded twice may itself belong to a sequence.
    if meant.is_control() && !HIGH.contains(&meant) {
        return None;
    }
    let evidence = match (certain, size) {
        (false, _) => Evidence::Ambiguous,
        (true, 2) => Evidence::Certain,
        (true, _) => Evidence::Long,
    };
    Some(Sequence { length, meant, evidence })
}

/// Returns the byte of a character that is not ASCII in windows-1252 or Latin-1.
fn byte(letter: char) -> Option<u8> {
    match u32::from(letter) {
        code @ 0x80..=0xFF => u8::try_from(code).ok(),
        _ => HIGH.iter().position(|known| *known == letter).and_then(|at| u8::try_from(at + 0x80).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads the UTF-8 bytes of a text as windows-1252.
    fn twice(text: &str) -> String {
        let letter = |byte: u8| match byte {
            0x80..0xA0 => HIGH[usize::from(byte - 0x80)],
            _ => char::from(byte),
        };
        text.bytes().map(letter).collect()
    }

    #[test]
    fn texts_in_many_languages_are_mended() {
        for text in [
            "José Chávez isn’t here. “Too late”, he said – in the café.",
            "Die Mühle öffnet am Samstag, sagte der Müller. Größe zählt.",
            "À l’été, déjà vu : « Noël », 12 €",
            "Příliš žluťoučký kůň úpěl ďábelské ódy",
            "Мост закрыт до мая, сообщила мэрия.",
            "Η γέφυρα άνοιξε",
            "Good 😀 day, “friend”… it’s on – now",
            "橋は再開した。",
        ] {
            assert_eq!(mended(&twice(text)).map(|(text, _)| text).as_deref(), Some(text), "{}", twice(text));
            assert_eq!(mended(&twice(&twice(text))).map(|(text, _)| text).as_deref(), Some(text), "{text}");
        }
        assert_eq!(mended("isnâ€™t itâ€™s â€œnoâ€ he said").unwrap(), ("isn’t it’s “no” he said".to_owned(), 4));
    }

    #[test]
    fn a_correct_part_of_a_page_does_not_keep_the_rest_from_being_mended() {
        let page = format!("Español | {}", twice("José Chávez, café, mañana y después, ¿quién?"));
        assert_eq!(mended(&page).unwrap().0, "Español | José Chávez, café, mañana y después, ¿quién?");
    }

    #[test]
    fn correct_text_is_untouched() {
        for text in [
            "plain",
            "IRMÃ “BOA” E A MANHÃ’, À ‘NOITE’, IRMÃ” E MAÇÃ”",
            "A text shows “Ã©” in place of “é”, and “Ã¼” in place of “ü”, and so on: à la carte, más.",
            "Spaß“ und groß“ und bloß“ und Ruß”",
            "NESTLÉ® NESCAFÉ® CAFÉ®",
            "isnâ€™t cafÃ©",
            "“café” ‘naïve’ Ångström…",
        ] {
            assert_eq!(mended(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_without_such_sequences_is_untouched(text in "[ -~éüñçßÉŁ“”’—€ ]{0,200}") {
            let apart: String = text.chars().flat_map(|letter| [letter, ' ']).collect();
            prop_assert_eq!(mended(&apart), None);
        }

        #[test]
        fn mending_is_idempotent(text in "[a-z ÃÂâ€™œ©¡±³¼ðŸ\u{9d}\u{a0}éñ]{0,80}") {
            if let Some((mended_text, count)) = mended(&text) {
                prop_assert!(count >= FEW);
                prop_assert_eq!(mended(&mended_text), None);
            }
        }

        #[test]
        fn what_was_decoded_twice_comes_back(text in "[a-z]{1,9}é[a-z “”’—ñüø]{20,80}") {
            let wide = text.chars().filter(|letter| !letter.is_ascii()).count();
            if let Some((mended_text, count)) = mended(&twice(&text)) {
                prop_assert_eq!(mended_text, text);
                prop_assert_eq!(count, wide);
            }
        }
    }
}
