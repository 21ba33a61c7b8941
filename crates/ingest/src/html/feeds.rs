//! Finds the feeds that a page links to in its head.

use super::{limits, parse};
use crate::decode::charset;
use crate::lexicon::FEED_TYPES;
use url::Url;

/// Returns the URLs and titles of feeds in `<link rel="alternate">` elements, in page order. URLs are resolved against
/// `page`, and only web URLs are returned.
#[must_use]
pub fn feed_links(bytes: &[u8], page: &Url) -> Vec<(Url, String)> {
    let Ok((text, _)) = charset::decode(bytes) else { return Vec::new() };
    let (html, _) = limits::within_bounds(&text);
    let document = parse::document(&html);
    let mut out: Vec<(Url, String)> = Vec::new();
    for link in &document.select("link[rel][href][type]") {
        let value = |name: &str| link.attr(name).map(|value| value.trim().to_string()).unwrap_or_default();
        let alternate = value("rel").split_whitespace().any(|word| word.eq_ignore_ascii_case("alternate"));
        let kind = value("type").to_ascii_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim();
        let Ok(address) = page.join(&value("href")) else { continue };
        let known = out.iter().any(|(other, _)| *other == address);
        if alternate && FEED_TYPES.contains(kind) && matches!(address.scheme(), "http" | "https") && !known {
            out.push((address, value("title")));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_are_found_and_other_links_are_not() {
        let page = "<html><head><link rel='alternate' type='application/rss+xml' title='News' href='/feed.xml'>\
                    <link rel=\"ALTERNATE home\" type=\"application/atom+xml; charset=utf-8\" href=\"https://b.example/atom\">\
                    <link rel=alternate hreflang=de type='text/html' href='/de'>\
                    <link rel=alternate type='application/rss+xml' href='file:///etc/x'>\
                    <link rel=stylesheet type='text/css' href='/a.css'></head><body><p>Hallo.</p></body></html>";
        let found = feed_links(page.as_bytes(), &Url::parse("https://a.example/news/").unwrap());
        let found: Vec<(&str, &str)> = found.iter().map(|(url, title)| (url.as_str(), title.as_str())).collect();
        assert_eq!(found, [("https://a.example/feed.xml", "News"), ("https://b.example/atom", "")]);
    }
}
