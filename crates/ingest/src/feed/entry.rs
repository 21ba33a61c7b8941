//! Reads entries of feed servers: items whose fields another program has taken out of their feeds.

use super::item::Item;
use super::text_construct::TextConstruct;
use super::{Channel, article};
use crate::metadata::{byline, datetime};
use crate::{Error, line_limit, xml};
use dateline_core::article::Article;
use dateline_core::text::folded;
use url::Url;

/// Entry of a feed server. Fields that the server does not know are empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FeedEntry<'a> {
    /// Identifier of the entry.
    pub id: &'a str,
    /// Headline, as text that may contain character references.
    pub title: &'a str,
    /// URL of the entry's web page.
    pub url: &'a str,
    /// Names of the authors, as one text.
    pub author: &'a str,
    /// Time of publication, in any form that feeds use.
    pub published: &'a str,
    /// Title of the feed.
    pub publisher: &'a str,
    /// Full text or summary, as HTML.
    pub html: &'a str,
}

/// Converts an entry of a feed server to an article, as if its feed had been read here.
///
/// # Errors
/// Returns an error if the text has too many lines.
pub fn article_of_entry(entry: &FeedEntry<'_>) -> Result<Article, Error> {
    let given = |text: &str| Some(folded(&xml::decoded(text))).filter(|text| !text.is_empty());
    let page = Url::parse(entry.url.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let item = Item {
        id: Some(entry.id.to_owned()),
        title: given(entry.title),
        authors: given(entry.author).map(|names| byline::in_field(&names)).unwrap_or_default(),
        published: datetime::parse(entry.published),
        content: Some(TextConstruct::Html(entry.html.to_owned())).filter(|html| !html.is_blank()),
        link: page.as_ref().map(|url| url.as_str().to_owned()),
        base: page,
        ..Item::default()
    };
    let channel = Channel { title: given(entry.publisher), ..Channel::default() };
    line_limit::checked(article(entry.id, 0, &item, &channel))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_reads_like_the_item_of_a_feed() {
        let feed = "<rss version='2.0'><channel><title>Gazette</title><item><guid>7</guid><title>Ferry &amp;amp; quay</title>\
            <link>https://a.example/1</link><author>Ada Quill</author><pubDate>Mon, 04 Mar 2024 08:00:00 GMT</pubDate>\
            <description>&lt;p&gt;The ferry is back, &lt;a href='https://a.example/b'&gt;Ada Quill&lt;/a&gt; said.&lt;/p&gt;</description></item></channel></rss>";
        let of_feed = crate::articles("feed", feed.as_bytes()).unwrap().remove(0);
        let entry = FeedEntry {
            id: "7",
            title: "Ferry &amp; quay",
            url: "https://a.example/1",
            author: "Ada Quill",
            published: "2024-03-04T08:00:00+00:00",
            publisher: "Gazette",
            html: "<p>The ferry is back, <a href='https://a.example/b'>Ada Quill</a> said.</p>",
        };
        assert_eq!(article_of_entry(&entry).unwrap(), of_feed);
    }
}
