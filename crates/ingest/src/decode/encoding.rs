//! Rereads a source in an encoding chosen by the user.

use crate::{Error, articles};
use dateline_core::article::Article;
use encoding_rs::Encoding;

/// Encodings to choose from, as names of the WHATWG standard with the region of use. Those most often confused come
/// first.
pub const ENCODINGS: &[(&str, &str)] = &[
    ("UTF-8", "everywhere"),
    ("windows-1252", "Western Europe"),
    ("windows-1250", "Central Europe"),
    ("windows-1251", "Cyrillic"),
    ("KOI8-R", "Russian"),
    ("KOI8-U", "Ukrainian"),
    ("IBM866", "Cyrillic, DOS"),
    ("macintosh", "Western Europe, old Macs"),
    ("ISO-8859-2", "Central Europe"),
    ("ISO-8859-5", "Cyrillic"),
    ("ISO-8859-15", "Western Europe, with the euro"),
    ("windows-1253", "Greek"),
    ("windows-1254", "Turkish"),
    ("windows-1255", "Hebrew"),
    ("windows-1256", "Arabic"),
    ("windows-1257", "Baltic"),
    ("windows-1258", "Vietnamese"),
    ("windows-874", "Thai"),
    ("Shift_JIS", "Japanese"),
    ("EUC-JP", "Japanese"),
    ("GB18030", "Chinese, simplified"),
    ("Big5", "Chinese, traditional"),
    ("EUC-KR", "Korean"),
    ("UTF-16LE", "wide characters"),
    ("UTF-16BE", "wide characters"),
];

/// Reads the articles of a source in `encoding`, and ignores any declared charset. `id` identifies the source.
///
/// # Errors
/// Returns an error if the encoding is unknown, or if the decoded source cannot be read.
pub fn articles_in(encoding: &str, id: &str, bytes: &[u8]) -> Result<Vec<Article>, Error> {
    let known = Encoding::for_label(encoding.as_bytes());
    let known = known.ok_or_else(|| Error::Unreadable(format!("no encoding is called {encoding}")))?;
    let (text, replaced) = known.decode_with_bom_removal(bytes);
    // The byte-order mark takes precedence over a charset declared in the text.
    let marked = format!("\u{feff}{text}");
    let mut found = articles(id, marked.as_bytes())?;
    for article in &mut found {
        article.notes.push(format!("Its characters were read as {}, as set by you.", known.name()));
        if replaced {
            article.notes.push(format!("Some of its bytes are no {} and were replaced.", known.name()));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_s_word_outweighs_the_declaration() {
        let page = "<html><head><meta charset=\"windows-1252\"><title>Мост</title></head><body><article><p>\
            Мост через реку открыли в понедельник после двух лет работ.</p></article></body></html>";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(page);
        assert!(!articles("a", &bytes).unwrap()[0].text.contains("Мост"));
        let read = articles_in("windows-1251", "a", &bytes).unwrap();
        assert!(read[0].text.contains("Мост через реку"));
        assert!(read[0].notes.iter().any(|note| note.contains("as set by you")));
    }

    #[test]
    fn every_encoding_of_the_table_is_known() {
        for (name, _) in ENCODINGS {
            assert_eq!(
                Encoding::for_label(name.as_bytes()).map(|known| known.name().to_lowercase()),
                Some(name.to_lowercase())
            );
        }
        assert!(articles_in("latin-none", "a", b"x").is_err());
    }
}
