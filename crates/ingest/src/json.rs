//! Reads JSON: Dateline's own results, JSON Feed, agency feeds (ninjs), page metadata (schema.org) and custom records,
//! whether single, in arrays or one per line.

mod native;
mod record;

use super::{Error, feed, line_limit};
use crate::lexicon::RECORD_LISTS;
use dateline_core::article::Article;
use serde_json::Value;

/// Maximum number of articles read from a document.
const MAX_ARTICLES: usize = 100_000;

/// Returns the articles in a JSON document. `id` identifies the document.
///
/// # Errors
/// Returns an error if the document is not valid JSON or contains no article.
pub(crate) fn articles(id: &str, text: &str) -> Result<Vec<Article>, Error> {
    let value = parsed(text)?;
    let (mut articles, bad) = of_value(id, &value);
    if articles.is_empty() {
        let is_feed =
            value.get("version").and_then(Value::as_str).is_some_and(|version| version.contains("jsonfeed.org"));
        let is_empty = value.get("items").and_then(Value::as_array).is_some_and(Vec::is_empty);
        return Err(if is_feed && is_empty {
            Error::NoItems
        } else {
            Error::Refused("it is JSON without a story in it".to_owned())
        });
    }
    if let (Some(last), true) = (articles.last_mut(), bad > 0) {
        last.notes.push(format!("{bad} other records of its file contain no story."));
    }
    Ok(articles)
}

/// Returns the articles in line `number` (from 1) of a JSON Lines file. The text of a plain record is taken verbatim.
pub(crate) fn articles_of_line(id: &str, line: &str, number: usize) -> Vec<Result<Article, Error>> {
    let value = match parsed(line) {
        Ok(value) => value,
        Err(Error::Record(reason)) => return vec![Err(Error::Record(format!("line {number}: {reason}")))],
        Err(error) => return vec![Err(error)],
    };
    let plain = value.get("text").is_some_and(Value::is_string) && !native::is_native(&value);
    if plain && let Ok(article) = super::record::article(line, number) {
        return vec![Ok(article)];
    }
    let (articles, _) = of_value(&format!("{id}#{number}"), &value);
    if articles.is_empty() {
        return vec![Err(Error::Record(format!("line {number} contains no story")))];
    }
    articles.into_iter().map(line_limit::checked).collect()
}

/// Parses JSON leniently. Control characters in strings are replaced with spaces, because programs write them although
/// JSON forbids them.
fn parsed(text: &str) -> Result<Value, Error> {
    let text = text.trim_start_matches('\u{feff}').trim();
    serde_json::from_str(text).or_else(|error| {
        let mended: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mended = without_lone_surrogates(&mended);
        serde_json::from_str(&mended).map_err(|_| Error::Record(error.to_string()))
    })
}

/// Replaces lone surrogates such as `\ud800`, which do not encode a character, with U+FFFD.
fn without_lone_surrogates(text: &str) -> String {
    let unit = |at: usize| {
        let escape = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(escape, 16).ok()
    };
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('\\')) {
        let here = at + found;
        out.push_str(&text[at..here]);
        let (kept, length) = match unit(here) {
            Some(0xd800..=0xdbff) if unit(here + 6).is_some_and(|low| (0xdc00..=0xdfff).contains(&low)) => {
                (text.get(here..here + 12), 12)
            }
            Some(0xd800..=0xdfff) => (Some("\\ufffd"), 6),
            Some(_) => (text.get(here..here + 6), 6),
            // Keep a single-character escape. Its second character may be a backslash.
            None => {
                let length = 1 + text[here + 1..].chars().next().map_or(0, char::len_utf8);
                (text.get(here..here + length), length)
            }
        };
        out.push_str(kept.unwrap_or_default());
        at = here + length;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Returns the articles in a JSON value, and the number of records in it without an article.
fn of_value(id: &str, value: &Value) -> (Vec<Article>, usize) {
    if feed::json::is_feed(value) {
        return (feed::json::articles(id, value), 0);
    }
    match value {
        Value::Array(items) => of_list(id, items),
        Value::Object(map) => {
            if let Some(article) = one(id, value) {
                return (vec![article], 0);
            }
            let inner =
                RECORD_LISTS.iter().find_map(|key| map.get(key).filter(|inner| inner.is_array() || inner.is_object()));
            match inner {
                Some(Value::Array(items)) => of_list(id, items),
                Some(inner) => RECORD_LISTS
                    .iter()
                    .find_map(|key| inner.get(key)?.as_array())
                    .map_or((Vec::new(), 1), |items| of_list(id, items)),
                None => (Vec::new(), 1),
            }
        }
        _ => (Vec::new(), 1),
    }
}

/// Returns the articles in a JSON array, and the number of the other items.
fn of_list(id: &str, items: &[Value]) -> (Vec<Article>, usize) {
    let mut articles = Vec::new();
    for (number, item) in items.iter().take(MAX_ARTICLES).enumerate() {
        let id = if items.len() > 1 { format!("{id}#{}", number + 1) } else { id.to_owned() };
        articles.extend(one(&id, item));
    }
    let bad = items.len() - articles.len();
    (articles, bad)
}

/// Converts a JSON object to an article, if it is one.
fn one(id: &str, value: &Value) -> Option<Article> {
    if native::is_native(value) { native::article(id, value) } else { record::article(id, value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mixed_list_gives_its_good_records_and_counts_the_others() {
        let text =
            r#"[{"title": "A", "text": "The mill has closed."}, 5, null, {"body_html": "<p>It will open.</p>"}]"#;
        let articles = articles("x.json", text).unwrap();
        assert_eq!(articles.len(), 2);
        assert!(articles[1].notes[0].starts_with("2 other records"));
    }

    #[test]
    fn what_json_forbids_and_programs_write_is_mended() {
        let articles = articles("x", "{\"text\": \"One\ttwo \\ud800 three \\\\ud800 \\ud83d\\ude00\"}").unwrap();
        assert_eq!(articles[0].text, "One two \u{fffd} three \\ud800 😀");
    }

    #[test]
    fn json_without_an_article_is_refused_in_a_sentence() {
        for text in ["{}", "[]", "7", "null", "{\"a\": [1]}"] {
            assert!(matches!(articles("x", text), Err(Error::Refused(_))), "{text}");
        }
    }
}
