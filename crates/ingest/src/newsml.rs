//! Reads the XML formats of news agencies: NITF, and NewsML-G2 with embedded NITF or XHTML.

use super::{Error, feed, html, xml};
use crate::metadata::datetime;
use crate::metadata::source_metadata::{self, SourceMetadata};
use dateline_core::article::{Article, Builder};
use dateline_core::text::folded;
use xml::{Dialect, Element, Tree};

/// HTML element for each NITF element with the same meaning.
const AS_HTML: [(&str, &str); 5] = [
    ("hl2", "h2"),
    ("media-caption", "figcaption"),
    ("media-producer", "figcaption"),
    ("block", "div"),
    ("bq", "blockquote"),
];

/// Returns the articles in an NITF or NewsML-G2 document. `id` identifies the document.
///
/// # Errors
/// Returns an error if the document contains no article.
pub(crate) fn articles(id: &str, source: &str) -> Result<Vec<Article>, Error> {
    let tree = Tree::new(source, Dialect::default());
    let named =
        |name: &str| tree.elements().filter(|element| element.name().eq_ignore_ascii_case(name)).collect::<Vec<_>>();
    let items = named("newsItem");
    let mut articles: Vec<Article> = if items.is_empty() {
        let stories = named("nitf");
        stories
            .iter()
            .enumerate()
            .filter_map(|(number, story)| nitf(&numbered(id, number, stories.len()), *story, None))
            .collect()
    } else {
        items
            .iter()
            .enumerate()
            .filter_map(|(number, item)| item_of(&numbered(id, number, items.len()), *item))
            .collect()
    };
    let Some(last) = articles.last_mut() else {
        return Err(Error::Refused("it is news-agency XML without a text".to_owned()));
    };
    if tree.cut {
        last.notes.push("The delivery is truncated here.".to_owned());
    }
    Ok(articles)
}

/// Returns the ID of an article. A number is appended if the document has several.
fn numbered(id: &str, number: usize, all: usize) -> String {
    if all > 1 { format!("{id}#{}", number + 1) } else { id.to_owned() }
}

/// Converts a NewsML-G2 item to an article.
fn item_of(id: &str, item: Element<'_, '_>) -> Option<Article> {
    let text = |name: &str| item.inner(name).map(|element| folded(&element.text())).filter(|text| !text.is_empty());
    let stamp = |name: &str| text(name).as_deref().and_then(datetime::parse);
    let provider = item.inner("provider");
    let publisher = provider.and_then(|provider| {
        let named = provider.inner("name").map(|name| folded(&name.text()));
        named.or_else(|| provider.attribute("literal").map(std::borrow::Cow::into_owned))
    });
    let subjects = item.descendants().filter(|element| element.name() == "subject");
    let metadata = SourceMetadata {
        title: text("headline"),
        authors: text("by")
            .iter()
            .flat_map(|line| crate::metadata::byline::signed(line).unwrap_or_else(|| vec![line.clone()]))
            .collect(),
        published: stamp("firstCreated").or_else(|| stamp("contentCreated")).or_else(|| stamp("versionCreated")),
        modified: stamp("versionCreated"),
        publisher: publisher.filter(|name| !name.is_empty()),
        section: subjects
            .filter_map(|subject| subject.inner("name"))
            .map(|name| folded(&name.text()))
            .take(20)
            .collect(),
        language: item.attribute("lang").and_then(|tag| source_metadata::language(&tag)),
        url: None,
        standfirst: None,
    };
    if let Some(story) = item.inner("nitf") {
        return nitf(id, story, Some(&metadata));
    }
    let mut builder = Builder::new(id);
    metadata.open(&mut builder);
    if let Some(inline) = item.inner("inlineXML") {
        html::fragment(&inline.inner("body").unwrap_or(inline).markup(), None, &mut builder);
    } else {
        feed::paragraphs(&item.inner("inlineData")?.text(), &mut builder);
    }
    Some(builder.build())
}

/// Converts an NITF story to an article. `around` is the metadata of its envelope, used for missing fields.
fn nitf(id: &str, story: Element<'_, '_>, around: Option<&SourceMetadata>) -> Option<Article> {
    let text = |name: &str| story.inner(name).map(|element| folded(&element.text())).filter(|text| !text.is_empty());
    let norm =
        |name: &str| story.inner(name).and_then(|date| date.attribute("norm")).and_then(|norm| datetime::parse(&norm));
    let around = around.cloned().unwrap_or_default();
    let by = text("byline").or_else(|| text("bytag"));
    let authors =
        by.map(|line| crate::metadata::byline::signed(&line).unwrap_or_else(|| vec![line])).unwrap_or_default();
    let keywords = story.descendants().filter(|element| element.name() == "tobject.subject");
    let section: Vec<String> =
        keywords.filter_map(|subject| subject.attribute("tobject.subject.type").map(|name| folded(&name))).collect();
    let mut builder = Builder::new(id);
    SourceMetadata {
        title: text("hl1").or(around.title).or_else(|| text("title")),
        standfirst: story.inner("abstract").map(|words| folded(&words.text())),
        authors: if authors.is_empty() { around.authors } else { authors },
        published: norm("date.issue")
            .or_else(|| norm("date.release"))
            .or_else(|| norm("story.date"))
            .or(around.published),
        modified: around.modified,
        publisher: story
            .inner("pubdata")
            .and_then(|data| data.attribute("name"))
            .map(std::borrow::Cow::into_owned)
            .or(around.publisher),
        section: if section.is_empty() { around.section } else { section },
        language: story.attribute("lang").and_then(|tag| source_metadata::language(&tag)).or(around.language),
        url: None,
    }
    .open(&mut builder);
    let place = story.inner("dateline").map(|line| folded(&line.text())).filter(|line| !line.is_empty());
    let mut markup = story.inner("body.content")?.markup();
    for (from, to) in AS_HTML {
        markup =
            markup.replace(&format!("<{from}"), &format!("<{to}")).replace(&format!("</{from}"), &format!("</{to}"));
    }
    if let Some(place) = place {
        builder.article().dateline = Some(dateline_core::article::Dateline {
            place: Some(place),
            date: None,
            span: dateline_core::text::Span::default(),
        });
    }
    html::fragment(&markup, None, &mut builder);
    Some(builder.build())
}
