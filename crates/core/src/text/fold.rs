//! Folds text for comparison, removing differences in case, accents, strokes, ligatures and width.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters that Unicode does not decompose, each with its usual replacement on keyboards that lack it.
const PLAIN: &[(char, &str)] = &[
    ('’', "'"),
    ('‘', "'"),
    ('ʼ', "'"),
    ('“', "\""),
    ('”', "\""),
    ('‐', "-"),
    ('‑', "-"),
    ('–', "-"),
    ('ł', "l"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ħ', "h"),
    ('ŧ', "t"),
    ('ı', "i"),
    ('ŋ', "n"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('þ', "th"),
    ('ς', "σ"),
];

/// Returns `text` in lower case, without accents and strokes, with ligatures expanded, and with plain quotation marks
/// and hyphens.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Runs of ASCII need no tables. They can be folded separately, because what they could combine with is removed.
    while let Some(first) = rest.bytes().next() {
        let end = rest.bytes().position(|byte| byte.is_ascii() != first.is_ascii()).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        if first.is_ascii() {
            out.push_str(run);
        } else {
            fold_run(run, &mut out);
        }
        rest = after;
    }
    out.make_ascii_lowercase();
    out
}

/// Appends a folded run of characters that are not ASCII.
fn fold_run(run: &str, out: &mut String) {
    // Most runs are a single quotation mark or dash.
    if let Some((_, plain)) = PLAIN.iter().find(|(character, _)| run.chars().eq([*character])) {
        out.push_str(plain);
        return;
    }
    let mut folded = String::with_capacity(run.len());
    for letter in run.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match PLAIN.iter().find(|(character, _)| *character == letter).filter(|_| !letter.is_ascii()) {
            Some((_, plain)) => folded.push_str(plain),
            None => folded.push(letter),
        }
    }
    // Recompose Hangul syllables, because text decomposed into letters would be three times as long.
    out.extend(folded.nfc());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_typography_do_not_count() {
        assert_eq!(fold("Élodie O’Brien‑Núñez"), "elodie o'brien-nunez");
    }

    #[test]
    fn a_text_is_folded_as_it_would_be_without_regard_to_runs() {
        for text in [
            "e\u{301}a",
            "a\u{301}\u{323}b c\u{327}",
            "x\u{1100}\u{1161}y",
            "ﬁve ½ № 5",
            "İI ǅ K",
            "“Ｅ\u{300}”–q",
            "가\u{11a8}",
        ] {
            let mut whole = String::new();
            fold_run(text, &mut whole);
            assert_eq!(fold(text), whole, "{text}");
        }
    }

    #[test]
    fn strokes_ligatures_and_accents_of_every_script_do_not_count() {
        for (written, typed) in [
            ("Łódź", "lodz"),
            ("Straße STRAẞE", "strasse strasse"),
            ("Søren Kærgård", "soren kaergard"),
            ("Đorđević Þór Ħamrun", "dordevic thor hamrun"),
            ("œuvre Işık", "oeuvre isik"),
            ("Ёлка Цой", "елка цои"),
            ("Ἀθῆναι Οδυσσέας", "αθηναι οδυσσεασ"),
            ("שָׁלוֹם كِتَاب", "שלום كتاب"),
            ("한국", "한국"),
            ("ＡＢＣ", "abc"),
        ] {
            assert_eq!(fold(written), typed, "{written}");
            assert_eq!(fold(typed), typed, "{written}");
        }
    }
}
