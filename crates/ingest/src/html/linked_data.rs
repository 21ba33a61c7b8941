//! Finds the story in a page's JSON-LD: an object of a story type, at any depth. An author given only as an `@id` is
//! resolved to the object with that ID. Scripts that are not valid JSON are scanned for a few important strings.

use crate::lexicon::{DISCUSSION_TYPES, PAGE_TYPES, PRODUCT_TYPES, STORY_TYPES, WordList};
use dom_query::{Document, NodeRef};
use serde_json::{Map, Value};

/// Keys to scan for in a script that is not valid JSON.
const STRINGS: [&str; 4] = ["headline", "datePublished", "dateCreated", "dateModified"];
/// Number of bytes to scan in a script that is not valid JSON.
const SEARCHED: usize = 200_000;
/// Minimum length of the prose on a page for it to count as the story, in bytes.
const SHOWN: usize = 300;
/// Minimum length of a story found only in JSON-LD, in bytes.
const BODY: usize = 200;

/// Returns the JSON-LD object that describes the story: one of a story type, of a page type, or any with a publication
/// date, in this order.
pub(super) fn story(document: &Document) -> Option<Value> {
    let scripts = scripts(document);
    let objects: Vec<Value> = scripts.iter().filter_map(|script| parsed(script)).collect();
    let mut found = [&STORY_TYPES, &PAGE_TYPES]
        .into_iter()
        .find_map(|types| objects.iter().find_map(|value| of_type(value, types)))
        .or_else(|| objects.iter().find(|value| value.get("datePublished").is_some()))
        .cloned();
    if let Some(Value::Object(story)) = &mut found
        && let Some(author) = story.get("author").and_then(|author| referred(author, &objects))
    {
        story.insert("author".to_owned(), author);
    }
    found.or_else(|| scripts.iter().find_map(|script| searched(script)))
}

/// Returns whether a JSON-LD object has a story type.
pub(super) fn is_story(object: &Value) -> bool {
    object.get("@type").map(strings).unwrap_or_default().iter().any(|name| STORY_TYPES.contains(&bare_type(name)))
}

/// Returns the JSON-LD object of the first post in a discussion, if the page declares one.
pub(super) fn discussion(document: &Document) -> Option<Value> {
    let objects: Vec<Value> = scripts(document).iter().filter_map(|script| parsed(script)).collect();
    objects.iter().find_map(|value| of_type(value, &DISCUSSION_TYPES)).cloned()
}

/// Returns whether an element is marked up (microdata) as a discussion or question.
pub(super) fn has_discussion_type(node: &NodeRef<'_>) -> bool {
    node.attr("itemtype").is_some_and(|kind| DISCUSSION_TYPES.contains(&bare_type(kind.trim_end_matches('/'))))
}

/// Returns whether a page declares that it is about a single product. A shelf declares several, or none.
pub(super) fn is_product(document: &Document) -> bool {
    let objects: Vec<Value> = scripts(document).iter().filter_map(|script| parsed(script)).collect();
    objects.iter().filter(|value| of_type(value, &PRODUCT_TYPES).is_some()).count() == 1
}

/// Returns the text of the page's JSON-LD scripts.
fn scripts(document: &Document) -> Vec<String> {
    let nodes = document.select("script");
    let declares =
        |node: &&NodeRef<'_>| node.attr("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
    nodes.nodes().iter().filter(declares).map(|node| node.text().to_string()).collect()
}

/// Returns the text of the story from JSON-LD if the page itself shows hardly any text. Such a page expects a script to
/// display the story.
pub(super) fn hidden_body(document: &Document, shown: usize) -> Option<String> {
    let story = if shown < SHOWN { story(document)? } else { return None };
    let text = story.get("articleBody")?.as_str()?;
    (text.len() >= BODY && text.len() > shown * 4).then(|| text.to_owned())
}

/// Returns the strings in a JSON value: a string itself, the strings in an array, or the `name` of an object.
pub(super) fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![super::plain(text)],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(map) => map.get("name").map(strings).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// Returns the first non-empty string under the key `key`.
pub(super) fn text_at(value: &Value, key: &str) -> Option<String> {
    strings(value.get(key)?).into_iter().find(|text| !text.is_empty())
}

/// Parses the JSON in a script. Repairs the most common syntax errors: line breaks inside strings, and comments or
/// semicolons around the value.
fn parsed(script: &str) -> Option<Value> {
    serde_json::from_str::<Value>(script).ok().or_else(|| {
        let folded: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let (start, end) = (folded.find(['{', '['])?, folded.rfind(['}', ']'])?);
        serde_json::from_str(folded.get(start..=end)?).ok()
    })
}

/// Returns the first object with a type in `types`. Arrays, `@graph` and `mainEntity` are searched as well.
fn of_type<'a>(value: &'a Value, types: &WordList) -> Option<&'a Value> {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(map) => {
                let own = map.get("@type").map(strings).unwrap_or_default();
                if own.iter().any(|name| types.contains(&bare_type(name))) {
                    return Some(value);
                }
                open.extend(map.get("@graph"));
                open.extend(map.get("mainEntity"));
                open.extend(map.get("mainEntityOfPage").filter(|page| page.is_object()));
            }
            _ => {}
        }
    }
    None
}

/// Returns a type name without its namespace, in lower case: `newsarticle` for `http://schema.org/NewsArticle`.
fn bare_type(name: &str) -> String {
    name.rsplit(['/', ':']).next().unwrap_or_default().to_ascii_lowercase()
}

/// Returns the objects that authors of the form `{"@id": …}` refer to, as an array. Returns `None` if no author has this
/// form.
fn referred(author: &Value, objects: &[Value]) -> Option<Value> {
    let authors = author.as_array().map_or(std::slice::from_ref(author), Vec::as_slice);
    let graphs: Vec<&Value> = objects
        .iter()
        .flat_map(|value| match value.get("@graph").unwrap_or(value) {
            Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        })
        .collect();
    let mut found = false;
    let resolved = authors.iter().map(|author| {
        let id = author.get("@id").filter(|_| author.get("name").is_none());
        let object = id.and_then(|id| {
            graphs.iter().find(|object| object.get("@id") == Some(id) && object.get("name").is_some()).copied()
        });
        found |= object.is_some();
        object.unwrap_or(author).clone()
    });
    let resolved: Vec<Value> = resolved.collect();
    found.then_some(Value::Array(resolved))
}

/// Extracts the values of a few important keys from a script that is not valid JSON.
fn searched(script: &str) -> Option<Value> {
    let script = script.get(..SEARCHED).unwrap_or(script);
    let lower = script.to_ascii_lowercase();
    STORY_TYPES.iter().find(|name| lower.contains(&format!("\"{name}\"")))?;
    let mut story = Map::new();
    for key in STRINGS {
        let value = script.split_once(&format!("\"{key}\"")).and_then(|(_, rest)| {
            let rest = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
            rest.split_once('"').map(|(value, _)| value.to_owned())
        });
        story.extend(value.map(|value| (key.to_owned(), Value::String(value))));
    }
    (!story.is_empty()).then_some(Value::Object(story))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(scripts: &[&str]) -> Option<Value> {
        let page: String =
            scripts.iter().map(|script| format!("<script type='application/ld+json'>{script}</script>")).collect();
        story(&Document::from(page))
    }

    #[test]
    fn an_author_that_is_referred_to_is_found() {
        let story = of(&[
            r##"{"@graph":[{"@type":"Article","author":{"@id":"#ana"}},{"@id":"#ana","@type":"Person","name":"Ana Ruiz"}]}"##,
        ]);
        assert_eq!(text_at(&story.unwrap(), "author").as_deref(), Some("Ana Ruiz"));
    }

    #[test]
    fn a_story_comes_before_the_page_around_it() {
        let story = of(&[
            r#"{"@type":"WebPage","datePublished":"2020-01-01"}"#,
            r#"{"@type":"http://schema.org/BlogPosting","datePublished":"2021-02-03"}"#,
        ]);
        assert_eq!(text_at(&story.unwrap(), "datePublished").as_deref(), Some("2021-02-03"));
    }

    #[test]
    fn an_object_without_a_known_type_counts_if_it_is_dated() {
        let story = of(&[r#"{"@type":"Organization"}"#, r#"{"@type":"CreativeWork","datePublished":"2021-02-03"}"#]);
        assert_eq!(text_at(&story.unwrap(), "datePublished").as_deref(), Some("2021-02-03"));
        assert_eq!(of(&[r#"{"@type":"Organization","name":"Weir Post"}"#]), None);
    }

    #[test]
    fn a_broken_script_still_gives_its_date() {
        let story = of(&[r#"{"@type":"NewsArticle", "headline":"He said "no" again", "datePublished":"2021-02-03",}"#]);
        assert_eq!(text_at(&story.unwrap(), "datePublished").as_deref(), Some("2021-02-03"));
    }
}
