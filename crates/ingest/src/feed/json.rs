//! Reads JSON Feed, versions 1 and 1.1.

use super::item::Item;
use super::text_construct::TextConstruct;
use super::{Channel, article};
use crate::address;
use crate::metadata::{byline, datetime, source_metadata};
use dateline_core::article::Article;
use serde_json::Value;
use url::Url;

/// Returns whether a JSON value is a JSON Feed.
#[must_use]
pub(crate) fn is_feed(value: &Value) -> bool {
    let version = value.get("version").and_then(Value::as_str).is_some_and(|version| version.contains("jsonfeed.org"));
    version && value.get("items").is_some_and(Value::is_array)
}

/// Returns the items of a JSON Feed as articles. `id` identifies the feed.
#[must_use]
pub(crate) fn articles(id: &str, feed: &Value) -> Vec<Article> {
    let text = |key: &str| string(feed, key);
    let channel = Channel {
        title: text("title"),
        language: text("language").as_deref().and_then(source_metadata::language),
        authors: authors(feed),
        base: text("home_page_url").and_then(|url| Url::parse(&url).ok()),
        ..Channel::default()
    };
    let items = feed.get("items").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let items = items.iter().filter(|item| item.is_object()).enumerate();
    items.map(|(number, item)| article(id, number, &read(item, channel.base.as_ref()), &channel)).collect()
}

/// Reads the fields of an item.
fn read(item: &Value, base: Option<&Url>) -> Item {
    let text = |key: &str| string(item, key);
    let link = |key: &str| text(key).and_then(|url| address::absolute(base, &url));
    let stamp = |key: &str| text(key).as_deref().and_then(datetime::parse);
    let list = |key: &str| item.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    Item {
        id: text("id"),
        title: text("title").map(|title| dateline_core::text::folded(&title)),
        link: link("url").or_else(|| link("external_url")),
        authors: authors(item),
        published: stamp("date_published"),
        modified: stamp("date_modified"),
        content: text("content_html")
            .map(TextConstruct::Html)
            .or_else(|| text("content_text").map(TextConstruct::Plain)),
        summary: text("summary").map(TextConstruct::Plain),
        section: list("tags").iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        language: text("language").as_deref().and_then(source_metadata::language),
        media: list("attachments")
            .iter()
            .filter_map(|attachment| address::absolute(base, &string(attachment, "url")?))
            .collect(),
        ..Item::default()
    }
}

/// Returns the author names in `authors`, or in `author` as used by version 1.
fn authors(value: &Value) -> Vec<String> {
    let listed = value.get("authors").and_then(Value::as_array).into_iter().flatten();
    let name_of = |author: &Value| string(author, "name");
    let mut names: Vec<String> = listed.filter_map(name_of).collect();
    if names.is_empty() {
        names.extend(value.get("author").and_then(name_of));
    }
    names.iter().flat_map(|name| byline::in_field(name)).collect()
}

/// Returns the string or number with the key `key`, unless it is blank.
fn string(value: &Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
