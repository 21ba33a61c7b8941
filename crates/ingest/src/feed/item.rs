//! Reads the fields of a feed item. If several elements can contain a field, the most specific one is preferred.

use super::text_construct::TextConstruct;
use super::{Channel, person};
use crate::address;
use crate::metadata::byline;
use crate::metadata::datetime::{self, DateTime};
use crate::metadata::source_metadata;
use crate::xml::{Element, Namespace};
use url::Url;

/// Maximum number of categories to keep, and maximum number of media URLs.
const MAX_ITEMS: usize = 64;

/// Fields of a feed item.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// Identifier within the feed, from `guid` or `id`.
    pub id: Option<String>,
    /// Headline of the item.
    pub title: Option<String>,
    /// URL of the item's web page.
    pub link: Option<String>,
    /// Names of the item's authors.
    pub authors: Vec<String>,
    /// Time of publication.
    pub published: Option<DateTime>,
    /// Time of the last change.
    pub modified: Option<DateTime>,
    /// Full text of the item.
    pub content: Option<TextConstruct>,
    /// Summary of the item.
    pub summary: Option<TextConstruct>,
    /// Names of the item's categories.
    pub section: Vec<String>,
    /// ISO 639 code of the item's language.
    pub language: Option<String>,
    /// Name of the source from which the item was taken.
    pub source: Option<String>,
    /// Base URL against which relative links are resolved.
    pub base: Option<Url>,
    /// URLs of enclosures and media.
    pub media: Vec<String>,
    /// Article notes on omitted parts of the item.
    pub notes: Vec<String>,
}

/// Elements that may contain the time of publication, most reliable first.
const PUBLISHED: [(Namespace, &str); 7] = [
    (Namespace::Own, "pubDate"),
    (Namespace::Own, "published"),
    (Namespace::Own, "issued"),
    (Namespace::Dc, "issued"),
    (Namespace::Dc, "date"),
    (Namespace::Own, "created"),
    (Namespace::Dc, "created"),
];
/// Elements that may contain the time of the last change, most reliable first.
const MODIFIED: [(Namespace, &str); 3] =
    [(Namespace::Own, "updated"), (Namespace::Own, "modified"), (Namespace::Dc, "modified")];
/// Elements that may contain the full text, most specific first.
const CONTENT: [(Namespace, &str); 6] = [
    (Namespace::Content, "encoded"),
    (Namespace::Own, "content"),
    (Namespace::Xhtml, "body"),
    (Namespace::Xhtml, "div"),
    (Namespace::Own, "body"),
    (Namespace::Own, "fullitem"),
];
/// Elements that may contain a summary, most specific first.
const SUMMARY: [(Namespace, &str); 6] = [
    (Namespace::Own, "summary"),
    (Namespace::Own, "description"),
    (Namespace::Own, "abstract"),
    (Namespace::Dc, "description"),
    (Namespace::Media, "description"),
    (Namespace::Itunes, "summary"),
];
/// Elements that may contain the headline, most specific first.
const TITLE: [(Namespace, &str); 4] =
    [(Namespace::Own, "title"), (Namespace::Dc, "title"), (Namespace::Media, "title"), (Namespace::Itunes, "title")];
/// Element with an item's original URL, used when the item's link passes through a click-counting service.
const ORIGINAL_LINK: &str = "origLink";
/// Attribute of an item of the Channel Definition Format with the time of its last change.
const CDF_CHANGED: &str = "lastmod";
/// Elements that may contain an author's name, most specific first.
const AUTHOR: [(Namespace, &str); 4] =
    [(Namespace::Own, "author"), (Namespace::Dc, "creator"), (Namespace::Dc, "author"), (Namespace::Itunes, "author")];

impl Item {
    /// Reads the fields of an item element.
    pub(super) fn new(item: Element<'_, '_>, channel: &Channel) -> Self {
        let atom = item.is("entry");
        // The title, description and players of a video may be nested in a group element.
        let group = item.children().find(|child| child.is_in(Namespace::Media, "group"));
        let grouped = group.into_iter().flat_map(|group| group.children());
        let children: Vec<Element<'_, '_>> = item.children().chain(grouped).collect();
        let first = |names: &[(Namespace, &str)]| {
            names.iter().find_map(|(space, name)| {
                children.iter().copied().find(|child| child.is_in(*space, name) && !is_empty(*child))
            })
        };
        let moment = |names: &[(Namespace, &str)]| {
            names.iter().find_map(|(space, name)| {
                children
                    .iter()
                    .filter(|child| child.is_in(*space, name))
                    .find_map(|child| datetime::parse_any(&child.text(), channel.order))
            })
        };
        let base = bases(item).or_else(|| channel.base.clone());
        let content = first(&CONTENT);
        let mut out = Self {
            id: children
                .iter()
                .find(|child| child.is("guid") || child.is("id"))
                .map(Element::text)
                .or_else(|| item.attribute("about").map(|about| about.trim().to_owned()))
                .filter(|id| !id.is_empty()),
            title: first(&TITLE).map(|title| TextConstruct::of(title, atom).plain()).filter(|title| !title.is_empty()),
            published: moment(&PUBLISHED),
            modified: moment(&MODIFIED).or_else(|| datetime::parse(&item.attribute(CDF_CHANGED)?)),
            content: content.or_else(|| longer_summary(&children)).map(|content| {
                // The module that defines `content:encoded` says that it is HTML, whatever the format of the feed.
                TextConstruct::of(content, atom && !content.is_in(Namespace::Content, "encoded"))
            }),
            summary: first(&SUMMARY).map(|summary| TextConstruct::of(summary, atom)),
            language: item.attribute("lang").and_then(|tag| source_metadata::language(&tag)),
            source: item.child("source").and_then(|source| source.child("title")).map(|title| title.text()),
            base: content.and_then(bases).or_else(|| base.clone()),
            ..Self::default()
        };
        let own_link = || address::absolute(base.as_ref(), &item.attribute("href")?);
        out.link = link(&children, base.as_ref()).or_else(own_link);
        out.authors(&children);
        out.categories(&children);
        out.media(&item, base.as_ref());
        if children.iter().any(|child| child.is("content") && child.attribute("src").is_some()) {
            out.notes.push("Its full text lies elsewhere and was not fetched.".to_owned());
        }
        out
    }

    fn authors(&mut self, children: &[Element<'_, '_>]) {
        for (space, name) in AUTHOR {
            let named = children.iter().filter(|child| child.is_in(space, name));
            let named = named.filter_map(|child| person::of_element(*child)).flat_map(|name| byline::in_field(&name));
            for author in named.take(MAX_ITEMS) {
                if !self.authors.contains(&author) {
                    self.authors.push(author);
                }
            }
            if !self.authors.is_empty() {
                return;
            }
        }
    }

    fn categories(&mut self, children: &[Element<'_, '_>]) {
        let mut left_out = 0;
        for child in children.iter().filter(|child| child.is("category") || child.is_in(Namespace::Dc, "subject")) {
            let label =
                child.attribute("label").or_else(|| child.attribute("term")).map(|label| label.trim().to_owned());
            let name = label.filter(|label| !label.is_empty()).unwrap_or_else(|| child.text());
            if name.is_empty() || self.section.len() < MAX_ITEMS && self.section.contains(&name) {
                continue;
            }
            if self.section.len() < MAX_ITEMS { self.section.push(name) } else { left_out += 1 }
        }
        if left_out > 0 {
            self.notes.push(format!("{left_out} more of its categories were left out."));
        }
    }

    fn media(&mut self, item: &Element<'_, '_>, base: Option<&Url>) {
        for element in item.descendants().filter(|element| belongs_to(item, *element)) {
            let enclosure = element.is("enclosure")
                || element.is_in(Namespace::Media, "content")
                || element.is("link") && element.attribute("rel").as_deref() == Some("enclosure");
            let address = enclosure.then(|| element.attribute("url").or_else(|| element.attribute("href"))).flatten();
            if let Some(url) = address.and_then(|address| address::absolute(base, &address))
                && self.media.len() < MAX_ITEMS
                && !self.media.contains(&url)
            {
                self.media.push(url);
            }
        }
    }
}

/// Returns the longest summary, or `None` if the most specific one is as long. Podcasts have a short line in one
/// element and the whole description in another.
fn longer_summary<'a, 'b>(children: &[Element<'a, 'b>]) -> Option<Element<'a, 'b>> {
    let named = |child: &Element<'_, '_>| SUMMARY.iter().position(|(space, name)| child.is_in(*space, name));
    let found = || children.iter().filter_map(|child| Some((named(child)?, child.text().len(), *child)));
    let (_, own, _) = found().min_by_key(|(rank, ..)| *rank)?;
    found().max_by_key(|(_, length, _)| *length).filter(|(_, length, _)| *length > own).map(|(.., child)| child)
}

/// Returns whether an element belongs to this item, rather than to another item nested in it.
fn belongs_to(item: &Element<'_, '_>, element: Element<'_, '_>) -> bool {
    let mut at = element.parent();
    while let Some(here) = at.filter(|here| !here.is_same(item)) {
        if here.is("item") || here.is("entry") {
            return false;
        }
        at = here.parent();
    }
    true
}

/// Returns whether an element has neither text nor child elements.
fn is_empty(element: Element<'_, '_>) -> bool {
    !element.has_elements() && element.text().is_empty()
}

/// Returns the URL of the item's web page: from the original link, an alternate link (Atom), a link (RSS) or a guid.
fn link(children: &[Element<'_, '_>], base: Option<&Url>) -> Option<String> {
    let links = || children.iter().filter(|child| child.is("link"));
    let rel = |child: &&Element<'_, '_>, rel: &str| {
        // A link relation may also be written as a URI that ends with its name.
        let named = |value: &str| value.trim().rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case(rel));
        child.attribute("rel").is_none_or(|value| named(&value))
    };
    let href = |child: &Element<'_, '_>| child.attribute("href").and_then(|href| address::absolute(base, &href));
    let typed = |child: &&Element<'_, '_>| child.attribute("type").is_none_or(|kind| kind.contains("html"));
    let text = |child: &Element<'_, '_>| address::absolute(base, &child.text());
    let guid = || {
        let guid = children.iter().find(|child| child.is("guid"))?;
        let permanent = guid.attribute("isPermaLink").is_none_or(|value| !value.eq_ignore_ascii_case("false"));
        let text = guid.text();
        // Only use a guid that looks like a URL, even if it is declared to be a permalink.
        if permanent && text.starts_with("http") { address::absolute(base, &text) } else { None }
    };
    let original = children.iter().find(|child| child.is_in(Namespace::Other, ORIGINAL_LINK));
    original
        .and_then(text)
        .or_else(|| links().filter(|child| rel(child, "alternate") && typed(child)).find_map(href))
        .or_else(|| links().filter(|child| rel(child, "alternate")).find_map(href))
        .or_else(|| links().find_map(text))
        .or_else(guid)
}

/// Combines the `xml:base` attributes of an element and its ancestors.
pub(super) fn bases(element: Element<'_, '_>) -> Option<Url> {
    let mut chain = Vec::new();
    let mut at = Some(element);
    while let Some(here) = at {
        chain.extend(here.attribute("base").map(|base| base.trim().to_owned()));
        at = here.parent();
    }
    let mut out: Option<Url> = None;
    for base in chain.iter().rev() {
        out = match &out {
            Some(before) => before.join(base).ok().or(out),
            None => Url::parse(base).ok(),
        };
    }
    out.filter(|url| matches!(url.scheme(), "http" | "https"))
}
