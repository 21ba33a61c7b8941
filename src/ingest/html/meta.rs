//! What a page says about itself: JSON-LD, Open Graph and other `meta`, microdata, `time`, the
//! address. Sources are asked in the order in which they were right most often on pages of news.

use crate::ingest::declared::Declared;
use crate::ingest::moment::{self, Moment};
use dom_query::{Document, NodeRef};
use serde_json::Value;

/// Types of schema.org that are a story.
const STORY_TYPES: [&str; 8] = [
    "article",
    "newsarticle",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "blogposting",
    "opinionnewsarticle",
    "liveblogposting",
    "report",
];
/// Names under which `meta` gives the day of publication, surest first.
const DATE_NAMES: [&str; 22] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date.published",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "published-date",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "date",
];
/// Names under which `meta` gives the author.
const AUTHOR_NAMES: [&str; 8] = [
    "author",
    "article:author_name",
    "dc.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dcterms.creator",
    "article.author",
];

/// Reads everything a page declares.
pub fn declared(document: &Document) -> Declared {
    let metas = metas(document);
    let story = story(document);
    let meta = |name: &str| metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let url = link(document, "canonical").or_else(|| meta("og:url")).filter(|url| url.starts_with("http"));
    Declared {
        title: title(document, meta("og:title"), story.as_ref()),
        standfirst: None,
        authors: authors(document, &metas, story.as_ref()),
        published: published(document, &metas, story.as_ref(), url.as_deref()),
        modified: modified(&metas, story.as_ref()),
        publisher: meta("og:site_name").or_else(|| text_at(story.as_ref()?.get("publisher")?, "name")),
        section: meta("article:section").or_else(|| text_at(story.as_ref()?, "articleSection")).into_iter().collect(),
        language: document
            .html_root()
            .attr("lang")
            .map(|code| code.chars().take_while(char::is_ascii_alphabetic).collect::<String>().to_lowercase())
            .filter(|code| !code.is_empty()),
        url,
    }
}

/// The summary that a page gives of itself.
pub fn description(document: &Document) -> Option<String> {
    let metas = metas(document);
    let meta = |name: &str| metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    meta("og:description").or_else(|| meta("description"))
}

/// All `meta` as (name or property, content), names in lower case.
fn metas(document: &Document) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for node in document.select("meta").nodes() {
        let name = ["property", "name", "itemprop"].iter().find_map(|key| node.attr(key));
        if let (Some(name), Some(content)) = (name, node.attr("content")) {
            let content = crate::text::folded(&content);
            if !content.is_empty() {
                out.push((name.to_lowercase(), content));
            }
        }
    }
    out
}

/// The address of `link rel=…`.
fn link(document: &Document, rel: &str) -> Option<String> {
    document
        .select("link")
        .nodes()
        .iter()
        .find(|node| node.attr("rel").is_some_and(|value| value.eq_ignore_ascii_case(rel)))?
        .attr("href")
        .map(|url| url.to_string())
}

/// The first JSON-LD object that is a story.
fn story(document: &Document) -> Option<Value> {
    for node in document.select("script[type='application/ld+json']").nodes() {
        let source = node.text();
        let parsed = serde_json::from_str::<Value>(&source).or_else(|_| {
            // Line breaks inside strings are the commonest fault.
            let folded: String = source.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            serde_json::from_str(folded.trim().trim_end_matches(';'))
        });
        if let Some(found) = parsed.ok().as_ref().and_then(find_story) {
            return Some(found.clone());
        }
    }
    None
}

/// The first object of a story's type in a JSON-LD value, looking into arrays and `@graph`.
fn find_story(value: &Value) -> Option<&Value> {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items.iter().rev()),
            Value::Object(map) => {
                let types = map.get("@type").map(strings).unwrap_or_default();
                if types.iter().any(|name| STORY_TYPES.contains(&name.to_lowercase().as_str())) {
                    return Some(value);
                }
                open.extend(map.get("@graph"));
                open.extend(map.get("mainEntity"));
            }
            _ => {}
        }
    }
    None
}

/// The strings of a value: itself, or those of an array, or the `name` of an object.
fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![crate::text::folded(text)],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(map) => map.get("name").map(strings).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The first string under `key`.
fn text_at(value: &Value, key: &str) -> Option<String> {
    strings(value.get(key)?).into_iter().find(|text| !text.is_empty())
}

/// The headline: the `h1` that the page's title holds, else the only `h1`, else what is declared.
fn title(document: &Document, og: Option<String>, story: Option<&Value>) -> Option<String> {
    let page = crate::text::folded(&document.select_single("title").text());
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let declared = letters(&format!("{page} {}", og.as_deref().unwrap_or_default()));
    let heads: Vec<String> = document
        .select("h1")
        .nodes()
        .iter()
        .map(|node| crate::text::folded(&node.text()))
        .filter(|text| !text.is_empty())
        .collect();
    let fits = |text: &&String| letters(text).len() > 8 && declared.contains(&letters(text));
    heads
        .iter()
        .filter(fits)
        .max_by_key(|text| text.len())
        .cloned()
        .or_else(|| heads.first().filter(|text| heads.len() == 1 && text.split_whitespace().count() > 2).cloned())
        .or(og)
        .or_else(|| text_at(story?, "headline"))
        .or_else(|| Some(without_site(&page)).filter(|text| !text.is_empty()))
}

/// A page's title without the site's name behind the last separator.
fn without_site(page: &str) -> String {
    let cut = [" | ", " - ", " – ", " — ", " :: ", " » "].iter().filter_map(|separator| page.rfind(separator)).max();
    let head = cut.map_or(page, |at| &page[..at]);
    if head.split_whitespace().count() > 2 { head.to_owned() } else { page.to_owned() }
}

/// Who wrote it.
fn authors(document: &Document, metas: &[(String, String)], story: Option<&Value>) -> Vec<String> {
    let from_story = story.and_then(|story| story.get("author")).map(strings).unwrap_or_default();
    let from_meta = || {
        AUTHOR_NAMES.iter().find_map(|name| metas.iter().find(|(key, _)| key == name)).map(|(_, value)| value.clone())
    };
    let from_page = || {
        let marked = ["[itemprop='author']", "[rel='author']", "[class*='byline' i]", "[class*='author' i]"];
        marked.iter().find_map(|selector| {
            let nodes = document.select(selector);
            nodes.nodes().iter().map(byline_text).find(|text| is_name_like(text))
        })
    };
    let mut out = Vec::new();
    let candidates = if from_story.iter().any(|name| is_name_like(name)) {
        from_story
    } else {
        from_meta().filter(|name| is_name_like(name)).or_else(from_page).into_iter().collect()
    };
    for name in candidates.iter().flat_map(|line| split_names(line)) {
        if is_name_like(&name) && !out.contains(&name) {
            out.push(name);
        }
    }
    out
}

/// The text of a byline's element in one line.
fn byline_text(node: &NodeRef<'_>) -> String {
    crate::text::folded(&node.text())
}

/// Names of a byline: "By Ana Ruiz and Bo Lee, Staff" is Ana Ruiz and Bo Lee.
fn split_names(line: &str) -> Vec<String> {
    let line = line
        .strip_prefix("By ")
        .or_else(|| line.strip_prefix("by "))
        .or_else(|| line.strip_prefix("BY "))
        .unwrap_or(line);
    line.split([',', '|', ';', '•'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" & "))
        .map(|part| part.trim().trim_start_matches("By ").to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// Whether a line can be somebody's name: short, capitalised, no address.
fn is_name_like(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=12).contains(&words)
        && text.len() <= 90
        && text.starts_with(char::is_alphabetic)
        && !text.contains("://")
        && !text.contains('@')
}

/// When it was last changed.
fn modified(metas: &[(String, String)], story: Option<&Value>) -> Option<Moment> {
    let meta = |name: &str| metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let declared = story.and_then(|story| text_at(story, "dateModified"));
    let stamp = declared.or_else(|| meta("article:modified_time")).or_else(|| meta("og:updated_time"))?;
    moment::parse(&stamp)
}

/// When it was published.
fn published(
    document: &Document,
    metas: &[(String, String)],
    story: Option<&Value>,
    url: Option<&str>,
) -> Option<Moment> {
    let declared = || {
        story
            .and_then(|story| text_at(story, "datePublished").or_else(|| text_at(story, "dateCreated")))
            .as_deref()
            .and_then(moment::parse)
    };
    let meta = || {
        DATE_NAMES
            .iter()
            .find_map(|name| metas.iter().find(|(key, _)| key == name).and_then(|(_, value)| moment::parse(value)))
    };
    let marked = |selector: &str| {
        document.select(selector).nodes().iter().find_map(|node| {
            let stamp = ["datetime", "content", "title"]
                .iter()
                .find_map(|key| node.attr(key))
                .as_deref()
                .and_then(moment::parse);
            stamp.or_else(|| moment::parse(&crate::text::folded(&node.text())))
        })
    };
    let from_url = || url.and_then(moment::in_url);
    let stated = declared().or_else(meta).or_else(|| marked("[itemprop*='datePublished']"));
    // The address is made once, on the day itself; what is declared may have been made again since.
    match (from_url(), &stated) {
        (Some(day), Some(other)) if day.date == other.date => return stated,
        (Some(day), _) => return Some(day),
        (None, _) => {}
    }
    stated
        .or_else(|| marked("time[pubdate]"))
        .or_else(|| marked("article time, main time, header time"))
        .or_else(|| marked("time"))
        .or_else(|| {
            marked(
                "[class*='publish' i], [class*='pubdate' i], [class*='timestamp' i], [class*='date' i], [id*='date' i]",
            )
        })
}
