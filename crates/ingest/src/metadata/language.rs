//! Detects the language of a text.

use whatlang::{Lang, detect};

/// Length of a text in bytes below which a guess is used only if it is reliable.
const SHORT: usize = 400;
/// Number of bytes to examine. The beginning of a text is enough to identify its language.
const LOOKED_AT: usize = 1500;

/// ISO 639-1 codes of the languages with the most readers of news.
const CODES: [(Lang, &str); 44] = [
    (Lang::Eng, "en"),
    (Lang::Spa, "es"),
    (Lang::Fra, "fr"),
    (Lang::Deu, "de"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Nld, "nl"),
    (Lang::Rus, "ru"),
    (Lang::Ukr, "uk"),
    (Lang::Pol, "pl"),
    (Lang::Ces, "cs"),
    (Lang::Slk, "sk"),
    (Lang::Slv, "sl"),
    (Lang::Hrv, "hr"),
    (Lang::Srp, "sr"),
    (Lang::Bul, "bg"),
    (Lang::Mkd, "mk"),
    (Lang::Ron, "ro"),
    (Lang::Hun, "hu"),
    (Lang::Fin, "fi"),
    (Lang::Swe, "sv"),
    (Lang::Dan, "da"),
    (Lang::Nob, "nb"),
    (Lang::Est, "et"),
    (Lang::Lav, "lv"),
    (Lang::Lit, "lt"),
    (Lang::Ell, "el"),
    (Lang::Tur, "tr"),
    (Lang::Aze, "az"),
    (Lang::Ara, "ar"),
    (Lang::Pes, "fa"),
    (Lang::Heb, "he"),
    (Lang::Hin, "hi"),
    (Lang::Ben, "bn"),
    (Lang::Urd, "ur"),
    (Lang::Tam, "ta"),
    (Lang::Cmn, "zh"),
    (Lang::Jpn, "ja"),
    (Lang::Kor, "ko"),
    (Lang::Vie, "vi"),
    (Lang::Tha, "th"),
    (Lang::Ind, "id"),
    (Lang::Cat, "ca"),
    (Lang::Hye, "hy"),
];

/// Detects the language of a text, as an ISO 639-1 code. Returns `None` if the text is too short for a reliable guess,
/// or if its language is not in the list.
#[must_use]
pub(crate) fn of(text: &str) -> Option<String> {
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let found = detect(&text[..end])?;
    if text.len() < SHORT && !found.is_reliable() {
        return None;
    }
    CODES.iter().find(|(language, _)| *language == found.lang()).map(|(_, code)| (*code).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_distinguished() {
        assert_eq!(of("The council met on Monday to talk about the quay, and would not say when the boats could come back to it.").as_deref(), Some("en"));
        assert_eq!(of("Der Rat trat am Montag zusammen, um über den Kai zu sprechen, und sagte nicht, wann die Boote zurückkehren könnten.").as_deref(), Some("de"));
        assert_eq!(of(""), None);
    }
}
