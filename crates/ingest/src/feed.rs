//! Reads feeds: all versions of RSS, RDF, Atom and JSON Feed. Each item becomes an article, with its full text if the
//! feed contains it, or with its summary. Malformed feeds are accepted; see [`super::xml`].

mod entry;
mod item;
pub(crate) mod json;
pub(crate) mod long;
mod person;
mod text_construct;

pub use entry::{FeedEntry, article_of_entry};

use super::{Error, html, xml};
use crate::lexicon::{FEED_FIELDS, FEED_LEAVES};
use crate::metadata::dateline;
use crate::metadata::datetime::written::Order;
use crate::metadata::source_metadata::{self, SourceMetadata};
use dateline_core::article::{Article, Builder};
use item::Item;
use text_construct::TextConstruct;
use url::Url;
use xml::{Dialect, Element, Tree};

/// Returns the XML parsing rules for feed elements.
fn dialect() -> Dialect {
    Dialect { leaves: FEED_LEAVES.words(), fields: FEED_FIELDS.words(), items: &["item", "entry"] }
}

/// Properties of a feed, which apply to items that do not state their own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Channel {
    /// Title of the feed.
    pub title: Option<String>,
    /// ISO 639 code of the feed's language.
    pub language: Option<String>,
    /// Names of the feed's authors.
    pub authors: Vec<String>,
    /// Base URL against which relative links are resolved.
    pub base: Option<Url>,
    /// Order of day and month in the feed's numeric dates.
    pub order: Order,
}

/// Note on the last item of a feed truncated between items.
const CUT: &str = "The feed is truncated here.";
/// Note on the last item of a feed truncated inside that item.
const CUT_INSIDE: &str = "The feed is truncated in this item.";

/// Removes the last item if the feed was truncated inside it, since its text is incomplete. Returns whether the feed
/// was truncated, inside an item or between two.
pub fn drop_cut_item(items: &mut Vec<Article>) -> bool {
    let Some(last) = items.last_mut() else { return false };
    if last.notes.iter().any(|note| note == CUT_INSIDE) {
        items.pop();
        return true;
    }
    let notes = last.notes.len();
    last.notes.retain(|note| note != CUT);
    last.notes.len() < notes
}

/// Number of bytes to search for the document type, from the start.
const HEAD: usize = 4096;

/// Returns whether a document is a feed. Its first bytes must contain the root element of a feed or the version URL of
/// JSON Feed, and must not be those of an HTML page.
#[must_use]
pub fn is_feed(body: &[u8]) -> bool {
    // Drop zero bytes, since in UTF-16 they separate the letters of a tag.
    let head: Vec<u8> = body.iter().take(HEAD).filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let holds = |mark: &[u8]| head.windows(mark.len()).any(|window| window == mark);
    let page = holds(b"<html") || holds(b"<!doctype html");
    !page && [&b"<rss"[..], b"<feed", b"<rdf:rdf", b"jsonfeed.org/version"].into_iter().any(holds)
}

/// Returns the items of an XML feed as articles. `id` identifies the feed.
///
/// # Errors
/// Returns an error if the feed contains no items.
pub(crate) fn articles(id: &str, source: &str) -> Result<Vec<Article>, Error> {
    articles_of(id, source, 0, true)
}

/// Returns the articles in a piece of a feed, after `first` items in earlier pieces. `last` marks the final piece.
fn articles_of(id: &str, source: &str, first: usize, last: bool) -> Result<Vec<Article>, Error> {
    let tree = Tree::new(source, dialect());
    let channel = channel(&tree);
    let items: Vec<Element<'_, '_>> =
        tree.elements().filter(|element| element.is("item") || element.is("entry")).collect();
    if items.is_empty() {
        let is_cut = tree.cut && last;
        return Err(if is_cut {
            Error::Refused("it is a feed without complete items".to_owned())
        } else {
            Error::NoItems
        });
    }
    let mut articles: Vec<Article> = items
        .iter()
        .enumerate()
        .map(|(number, item)| article(id, first + number, &Item::new(*item, &channel), &channel))
        .collect();
    if let Some(end) = articles.last_mut() {
        if tree.cut && last {
            let inside = items.last().is_some_and(Element::is_cut);
            end.notes.push(if inside { CUT_INSIDE } else { CUT }.to_owned());
        }
        if tree.bounded {
            end.notes
                .push("The feed is nested too deeply or has too many elements; only their text was kept.".to_owned());
        }
    }
    articles.dedup_by(|next, before| {
        let same = next.id == before.id && next.text == before.text && next.published == before.published;
        if same && before.notes.is_empty() {
            before.notes.push("The feed contains this item several times.".to_owned());
        }
        same
    });
    Ok(articles)
}

/// Reads the properties of the feed itself, which items inherit.
fn channel(tree: &Tree<'_>) -> Channel {
    let head =
        tree.elements().find(|element| element.is("channel") || element.is("feed")).unwrap_or_else(|| tree.root());
    let text = |name: &str| head.child(name).map(|child| child.text()).filter(|text| !text.is_empty());
    let atom = head.is("feed");
    let link = if atom { None } else { text("link") };
    let base = item::bases(head).or_else(|| link.as_deref().and_then(|link| Url::parse(link).ok()));
    let authors = head.child("author").filter(|_| atom).and_then(person::of_element);
    let language = text("language").or_else(|| head.attribute("lang").map(|tag| tag.to_string()));
    Channel {
        title: head
            .child("title")
            .map(|title| TextConstruct::of(title, atom).plain())
            .filter(|title| !title.is_empty()),
        language: language.as_deref().and_then(source_metadata::language),
        authors: authors.into_iter().collect(),
        order: Order::of(language.as_deref(), base.as_ref().and_then(Url::host_str)),
        base,
    }
}

/// Converts a feed item to an article.
fn article(feed: &str, number: usize, item: &Item, channel: &Channel) -> Article {
    let id = item.id.clone().or_else(|| item.link.clone()).unwrap_or_else(|| format!("{feed}#{}", number + 1));
    let mut builder = Builder::new(id);
    let (body, standfirst) = body_and_standfirst(item);
    SourceMetadata {
        title: item.title.clone(),
        standfirst,
        authors: if item.authors.is_empty() { channel.authors.clone() } else { item.authors.clone() },
        // An item without a publication time was published no later than its last change.
        published: item.published.clone().or_else(|| item.modified.clone()),
        modified: item.modified.clone(),
        publisher: item.source.clone().or_else(|| channel.title.clone()),
        section: item.section.clone(),
        language: item.language.clone().or_else(|| channel.language.clone()),
        url: item.link.clone(),
    }
    .open(&mut builder);
    let base = item.base.as_ref().or(channel.base.as_ref());
    match body {
        Some(TextConstruct::Plain(text)) => paragraphs(text, &mut builder),
        Some(TextConstruct::Html(markup)) if markup.contains('<') => html::fragment(markup, base, &mut builder),
        Some(TextConstruct::Html(text)) => match TextConstruct::unescaped(text) {
            Some(markup) => html::fragment(&markup, base, &mut builder),
            None => paragraphs(&xml::decoded(text), &mut builder),
        },
        None => {}
    }
    builder.article().media.clone_from(&item.media);
    builder.article().notes.extend(item.notes.iter().cloned());
    dateline::set(builder.article(), None);
    builder.build()
}

/// Returns the longest text of an item, and its summary if it says something else.
fn body_and_standfirst(item: &Item) -> (Option<&TextConstruct>, Option<String>) {
    let content = item.content.as_ref().filter(|words| !words.is_blank());
    let summary = item.summary.as_ref().filter(|words| !words.is_blank());
    let (Some(content), Some(summary)) = (content, summary) else { return (content.or(summary), None) };
    let (full, short) = (content.plain(), summary.plain());
    if full.len() < short.len() {
        return (Some(summary), None);
    }
    let head: String = short.chars().take(40).collect();
    (Some(content), (!full.contains(&head) && short.len() < 600).then_some(short))
}

/// Adds plain text as paragraphs, split at blank lines, or at every line break if there are no blank lines.
pub(super) fn paragraphs(text: &str, builder: &mut Builder) {
    let text = text.replace("\r\n", "\n");
    let blank = if text.contains("\n\n") { "\n\n" } else { "\n" };
    for paragraph in text.split(blank) {
        builder.block(dateline_core::article::BlockKind::Paragraph, &dateline_core::text::folded(paragraph));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = "<rss><channel><title>Post</title>\
        <item><title>One</title><description>The ferry came.</description></item>\
        <item><title>Two</title><description>The quay closed.</description></item></channel></rss>";

    /// Reads the feed up to `end`. Returns the titles of the complete items, and whether truncation was detected.
    fn left(end: &str) -> (Vec<String>, bool) {
        let end = FEED.find(end).unwrap();
        let mut items = articles("feed.xml", &FEED[..end]).unwrap();
        let cut = drop_cut_item(&mut items);
        assert!(items.iter().all(|item| item.notes.is_empty()));
        (items.iter().map(|item| item.title().to_owned()).collect(), cut)
    }

    #[test]
    fn of_a_cut_feed_the_whole_items_are_left() {
        let both = || vec!["One".to_owned(), "Two".to_owned()];
        assert_eq!(left("</channel>"), (both(), true));
        assert_eq!(left("</rss>"), (both(), true));
        assert_eq!(left("closed."), (vec!["One".to_owned()], true));
        assert_eq!(left("</description></item></channel>"), (vec!["One".to_owned()], true));
        let mut whole = articles("feed.xml", FEED).unwrap();
        assert!(!drop_cut_item(&mut whole));
        assert_eq!(whole.len(), 2);
    }

    #[test]
    fn items_that_differ_in_their_date_only_are_two() {
        let item = |day: &str| {
            format!(
                "<item><title>Weather</title><guid>w</guid><pubDate>{day} Mar 2026 06:00:00 GMT</pubDate><description>Sunny.</description></item>"
            )
        };
        let feed = |days: [&str; 2]| format!("<rss><channel>{}{}</channel></rss>", item(days[0]), item(days[1]));
        assert_eq!(articles("f", &feed(["Mon, 02", "Tue, 03"])).unwrap().len(), 2);
        assert_eq!(articles("f", &feed(["Mon, 02", "Mon, 02"])).unwrap().len(), 1);
    }
}
