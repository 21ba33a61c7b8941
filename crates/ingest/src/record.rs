//! Reads a JSON Lines record, whose text is already the clean body of an article and is taken verbatim.

use super::{Error, line_limit};
use dateline_core::article::{Article, DateSource, Datum, Published};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

/// Record in the input of `extract --from jsonl`. Unknown fields are ignored.
#[derive(Debug, Deserialize)]
struct Record {
    id: Option<Value>,
    text: String,
    title: Option<String>,
    published: Option<String>,
    url: Option<String>,
}

/// Converts a record to an article. The line number `line` (from 1) serves as the ID of a record without one.
///
/// # Errors
/// Returns an error if the line is not a JSON object with a string `text`. If the record's ID can be read, it is
/// returned with the error.
pub fn article(json: &str, line: usize) -> Result<Article, (Option<Value>, Error)> {
    let failed = |error: serde_json::Error| {
        let id = serde_json::from_str::<Value>(json).ok().and_then(|value| value.get("id").cloned());
        (id, Error::Record(error.to_string()))
    };
    let record: Record = serde_json::from_str(json).map_err(failed)?;
    let id = match &record.id {
        Some(Value::String(id)) => id.clone(),
        Some(other) if !other.is_null() => other.to_string(),
        _ => line.to_string(),
    };
    let article = line_limit::checked(Article::verbatim(id, record.text));
    let mut article = article.map_err(|error| (record.id.clone(), error))?;
    article.headline = record.title.map(Datum::given);
    article.url = record.url;
    article.published = record.published.as_deref().and_then(published);
    Ok(article)
}

/// Parses an ISO 8601 date or timestamp. Returns `None` for anything else.
fn published(stamp: &str) -> Option<Published> {
    let date: Date = stamp.get(..10)?.parse().ok()?;
    let moment = (stamp.len() > 10).then(|| stamp.to_owned());
    Some(Published { date, moment, source: DateSource::Metadata, evidence: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_is_taken_verbatim() {
        let article = article(r#"{"id": 7, "text": " One.\nTwo. ", "published": "2024-02-03T10:00:00Z"}"#, 1).unwrap();
        assert_eq!(article.text, " One.\nTwo. ");
        assert_eq!(article.id, "7");
        assert_eq!(article.blocks.len(), 2);
        assert_eq!(article.published.unwrap().date.to_string(), "2024-02-03");
    }

    #[test]
    fn a_bad_record_keeps_its_id() {
        let (id, _) = article(r#"{"id": "a", "text": 5}"#, 1).unwrap_err();
        assert_eq!(id, Some(Value::from("a")));
    }
}
