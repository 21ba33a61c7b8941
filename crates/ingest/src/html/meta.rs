//! Reads the metadata that a page declares in JSON-LD, Open Graph, other `meta` elements and its URL. Headline, authors
//! and publication date are found by separate modules, which receive these sources.

use super::linked_data::{self, text_at};
use super::text_block::{self, TextBlock};
use super::{author, headline, publication_date};
use crate::lexicon::PUBLISHED_META;
use crate::metadata::datetime;
use crate::metadata::datetime::DateTime;
use crate::metadata::datetime::written::Order;
use crate::metadata::source_metadata::SourceMetadata;
use dom_query::Document;
use serde_json::Value;
use url::Url;

/// Maximum number of characters to read from the title of a page.
const TITLE: usize = 1000;

/// Metadata of a page.
pub(super) struct PageMetadata {
    /// Metadata for the front matter of the story.
    pub source: SourceMetadata,
    /// Publication date that the page only shows in its text.
    pub shown: Option<DateTime>,
    /// Summary that the page declares.
    pub description: Option<String>,
    /// Whether the page declares that it is an article or about a single product, or a date of publication.
    pub single: bool,
    /// Order of day and month in the numeric dates of the page.
    pub order: Order,
}

/// Reads the metadata of a page.
pub(super) fn read(id: &str, document: &Document, blocks: &[TextBlock]) -> PageMetadata {
    let metas = metas(document);
    let story = linked_data::story(document);
    let story = story.as_ref();
    let meta = |name: &str| metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let url = address(document).or_else(|| meta("og:url").filter(|url| url.starts_with("http")));
    // Fetched and crawled pages have their URL as ID.
    let url = url.or_else(|| Some(id.to_owned()).filter(|id| id.starts_with("http") && id.contains("://")));
    let host = url.as_deref().and_then(|url| Url::parse(url).ok()?.host_str().map(str::to_owned));
    let tag = document.html_root().attr("lang").map(|tag| tag.to_string()).or_else(|| meta("og:locale"));
    let publisher = meta("og:site_name").or_else(|| text_at(story?.get("publisher")?, "name"));
    let page: String =
        dateline_core::text::folded(&document.select_single("title").text()).chars().take(TITLE).collect();
    let graph = meta("og:title").or_else(|| meta("twitter:title"));
    let stated = story.and_then(|story| text_at(story, "headline"));
    let title = headline::find(
        &headline::TitleCandidates {
            page: &page,
            graph: graph.as_deref(),
            headline: stated.as_deref(),
            site: publisher.as_deref(),
        },
        blocks,
    );
    let home = text_block::home(blocks, title.as_deref());
    let publishers = publisher.iter().cloned().chain(story.and_then(|story| text_at(story.get("publisher")?, "name")));
    let publishers = publishers.chain(host.as_deref().map(site_of)).collect();
    let signed = author::PageInfo { metas: &metas, story, title: title.as_deref(), home, publishers };
    let order = Order::of(tag.as_deref(), host.as_deref());
    let dated =
        publication_date::PageInfo { metas: &metas, story, url: url.as_deref(), title: title.as_deref(), home, order };
    let published = publication_date::declared(document, &dated)
        .map(|metadata| publication_date::as_shown(metadata, &dated, blocks));
    let shown = if published.is_none() { publication_date::shown(document, &dated, blocks) } else { None };
    let source = SourceMetadata {
        authors: author::find(document, &signed, blocks),
        title,
        standfirst: None,
        published,
        modified: modified(&metas, story),
        publisher,
        section: meta("article:section").or_else(|| text_at(story?, "articleSection")).into_iter().collect(),
        language: tag.as_deref().and_then(crate::metadata::source_metadata::language),
        url,
    };
    PageMetadata {
        source,
        shown,
        description: meta("og:description").or_else(|| meta("description")),
        single: meta("og:type").is_some_and(|kind| kind.eq_ignore_ascii_case("article"))
            || story.is_some_and(linked_data::is_story)
            || PUBLISHED_META.iter().any(|name| metas.iter().any(|(key, _)| key == name))
            || linked_data::is_product(document),
        order,
    }
}

/// Returns the part of a host name that identifies the site: `harbourpost` for `www.harbourpost.co.uk`.
fn site_of(host: &str) -> String {
    let host = host.trim_start_matches("www.");
    host.split('.').next().unwrap_or_default().to_owned()
}

/// Returns the URL that the page declares as its own.
fn address(document: &Document) -> Option<String> {
    ["canonical", "shortlink"].into_iter().find_map(|rel| link(document, rel).filter(|url| url.starts_with("http")))
}

/// Returns the names (or properties) and contents of all `meta` elements. The names are in lower case.
fn metas(document: &Document) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for node in document.select("meta").nodes() {
        let name = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| node.attr(key));
        if let (Some(name), Some(content)) = (name, node.attr("content")) {
            let content = dateline_core::text::folded(&content);
            if !content.is_empty() {
                out.push((name.to_lowercase(), content));
            }
        }
    }
    out
}

/// Returns the URL of the first `link` element with the given `rel`.
fn link(document: &Document, rel: &str) -> Option<String> {
    document
        .select("link")
        .nodes()
        .iter()
        .find(|node| node.attr("rel").is_some_and(|value| value.eq_ignore_ascii_case(rel)))?
        .attr("href")
        .map(|url| url.to_string())
}

/// Returns the declared time of the last change.
fn modified(metas: &[(String, String)], story: Option<&Value>) -> Option<DateTime> {
    let meta = |name: &str| metas.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    let declared = story.and_then(|story| text_at(story, "dateModified"));
    let stamp = declared.or_else(|| meta("article:modified_time")).or_else(|| meta("og:updated_time"))?;
    datetime::parse(&stamp)
}
