//! Converts JSON objects to articles by the usual names of their fields.

use crate::lexicon::{
    RECORD_AUTHORS, RECORD_ID, RECORD_MARKUP, RECORD_MODIFIED, RECORD_PUBLISHED, RECORD_PUBLISHER, RECORD_SECTION,
    RECORD_TEXT, RECORD_TITLE, RECORD_URL,
};
use crate::metadata::byline;
use crate::metadata::datetime::{self, DateTime};
use crate::metadata::source_metadata::{self, SourceMetadata};
use crate::{address, feed, html};
use dateline_core::article::{Article, BlockKind, Builder};
use dateline_core::text::folded;
use serde_json::Value;
use url::Url;

/// Names of fields whose text may be inside an object, with the full text before the summary.
const WRAPPED: [&str; 2] = ["content", "summary"];
/// Minimum values of timestamps in seconds and in milliseconds since 1970. Lower numbers are dates such as `20240503`.
const SECONDS: i64 = 100_000_000;
const MILLISECONDS: i64 = 100_000_000_000;
/// Name of the field with the standfirst.
const STANDFIRST: [&str; 1] = ["standfirst"];
/// Names of fields with the language, most reliable first.
const LANGUAGE: [&str; 3] = ["language", "inLanguage", "lang"];

/// JSON paths of the authors in a `WordPress` post, whose own field `author` is only a number.
const EMBEDDED_AUTHORS: [&str; 2] = ["/_embedded/author", "/yoast_head_json/author"];

/// Converts an object to an article. Returns `None` if it has no text.
pub(super) fn article(id: &str, value: &Value) -> Option<Article> {
    let wrapped = || WRAPPED.iter().find_map(|key| first(value.get(*key)?, &["rendered", "content"]));
    let markup = first(value, RECORD_MARKUP.words()).or_else(|| body_of_renditions(value)).or_else(wrapped);
    let markup = markup.or_else(|| markup_beside_text(value));
    let markup = markup.filter(|markup| markup.contains('<'));
    let text = first(value, RECORD_TEXT.words());
    if markup.is_none() && text.is_none() {
        return None;
    }
    let id = RECORD_ID.iter().find_map(|key| scalar(value.get(key)?)).unwrap_or_else(|| id.to_owned());
    let mut builder = Builder::new(id);
    let metadata = metadata(value);
    let base = metadata.url.as_deref().and_then(|url| Url::parse(url).ok());
    metadata.open(&mut builder);
    match (markup, text) {
        (Some(markup), _) => html::fragment(&markup, base.as_ref(), &mut builder),
        (None, Some(text)) if looks_like_markup(value, &text) => html::fragment(&text, base.as_ref(), &mut builder),
        (None, Some(text)) => feed::paragraphs(&text, &mut builder),
        (None, None) => {}
    }
    if builder.article().blocks.iter().all(|block| block.kind.is_front()) {
        builder.block(BlockKind::Paragraph, metadata.standfirst.as_deref().unwrap_or_default());
    }
    Some(builder.build())
}

/// Reads the metadata fields of an object.
fn metadata(value: &Value) -> SourceMetadata {
    let moment = |keys: &[&str]| -> Option<DateTime> { keys.iter().find_map(|key| moment_of(value.get(*key)?)) };
    SourceMetadata {
        title: first(value, RECORD_TITLE.words()).map(|title| html::plain(&title)),
        standfirst: first(value, &STANDFIRST).map(|words| folded(&words)),
        authors: authors(value),
        published: moment(RECORD_PUBLISHED.words()).or_else(|| moment(RECORD_MODIFIED.words())),
        modified: moment(RECORD_MODIFIED.words()),
        publisher: RECORD_PUBLISHER
            .iter()
            .find_map(|key| names(value.get(key)?).into_iter().find(|name| !name.contains("://"))),
        section: RECORD_SECTION
            .iter()
            .map(|key| value.get(key).map(names).unwrap_or_default())
            .find(|names| !names.is_empty())
            .unwrap_or_default(),
        language: first(value, &LANGUAGE).as_deref().and_then(source_metadata::language),
        url: RECORD_URL.iter().find_map(|key| address::absolute(None, &names(value.get(key)?).into_iter().next()?)),
    }
}

/// Returns the names in the first author field that contains any.
fn authors(value: &Value) -> Vec<String> {
    let fields = RECORD_AUTHORS.iter().map(|key| value.get(key));
    let embedded = EMBEDDED_AUTHORS.iter().map(|path| value.pointer(path));
    let named = fields.chain(embedded).flatten().map(names).find(|names| !names.is_empty());
    named.unwrap_or_default().iter().flat_map(|name| byline::in_field(name)).collect()
}

/// Returns the markup in `content` if `textContent` has the same text without markup. The plain text is worse, since
/// the browser that removed the tags joined the last word of each paragraph to the next paragraph.
fn markup_beside_text(value: &Value) -> Option<String> {
    value.get("textContent")?;
    first(value, &["content"])
}

/// Parses a timestamp, which is a text or a number of seconds or milliseconds since 1970.
fn moment_of(value: &Value) -> Option<DateTime> {
    let Some(number) = value.as_i64() else { return datetime::parse(&scalar(value)?) };
    let seconds = match number {
        SECONDS..MILLISECONDS => number,
        MILLISECONDS.. => number / 1000,
        _ => return datetime::parse(&number.to_string()),
    };
    let stamp = jiff::Timestamp::from_second(seconds).ok()?;
    let date = stamp.to_zoned(jiff::tz::TimeZone::UTC).date();
    (date.year() <= 2100).then(|| DateTime { date, stamp: Some(stamp.to_string()) })
}

/// Returns the first text under `keys` that is not blank. A field may also be a list of objects that contain a text, as
/// in ninjs 3.
fn first(value: &Value, keys: &[&str]) -> Option<String> {
    keys.iter().find_map(|key| match value.get(*key)? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Array(items) => items.iter().find_map(|item| first(item, &["value", "text"])),
        // WordPress and feed readers put texts into objects.
        Value::Object(_) => first(value.get(*key)?, &["rendered", "content"]),
        _ => None,
    })
}

/// Returns the body in ninjs 2 and 3: the HTML entry of `bodies` or `body`, or else the first entry.
fn body_of_renditions(value: &Value) -> Option<String> {
    let bodies = value.get("bodies").or_else(|| value.get("body"))?.as_array()?;
    let html = bodies.iter().find(|body| first(body, &["contenttype"]).is_some_and(|kind| kind.contains("html")));
    first(html.or_else(|| bodies.first())?, &["value", "content"])
}

/// Returns whether a text is HTML although its field is not meant for markup.
fn looks_like_markup(value: &Value, text: &str) -> bool {
    let is_record = value.get("text").is_some() || value.get("body_text").is_some();
    !is_record && ["</p>", "<br", "</div>"].iter().any(|tag| text.contains(tag))
}

/// Returns a string or number as text. Returns `None` for other values and blank strings.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns the names in a value: a string itself, the names in an array, or the name in an object.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => Some(folded(text)).filter(|text| !text.is_empty()).into_iter().collect(),
        Value::Array(items) => {
            items.iter().take(64).flat_map(|item| if item.is_array() { Vec::new() } else { names(item) }).collect()
        }
        Value::Object(map) => ["name", "value", "literal", "@id", "href", "title"]
            .iter()
            .find_map(|key| scalar(map.get(*key)?))
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}
