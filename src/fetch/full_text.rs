//! Feeds that give teasers alone: the pages that their items name are fetched and read, within limits. Nothing else
//! that a feed or a page names is asked for.

use super::error::FetchError;
use super::http::{Answer, Fetcher, Limits, Page, Validators};
use super::is_local;
use crate::article::{Article, Datum};
use crate::ingest;
use std::collections::HashSet;
use std::net::IpAddr;
use std::time::{Duration, Instant};
use url::Url;

/// The most pages that one fetch of one feed asks for; the others keep their teasers until the next fetch.
pub const MOST_PAGES: usize = 20;
/// The longest that all pages of one feed may take.
const LONGEST: Duration = Duration::from_mins(2);
/// Between two pages of one feed, so that its server has a rest.
const PAUSE: Duration = Duration::from_millis(200);
/// What one page may cost.
const PAGE: Duration = Duration::from_secs(20);
/// Bytes of one page, unpacked.
const PAGE_BYTES: u64 = 8_000_000;

/// An article with the bytes of the page that it was read from, if it was.
pub type Item = (Article, Option<Vec<u8>>);

/// The items of a feed with the texts of their pages. Items whose pages are `known` are left out: they are in the
/// library. An item whose page does not come, or holds no more than the teaser, keeps the teaser and says so.
pub fn complete(items: Vec<Article>, feed: &str, known: &HashSet<String>, fetcher: &Fetcher) -> Vec<Item> {
    let limits = Limits { whole: PAGE, body_bytes: PAGE_BYTES, ..fetcher.limits };
    // A feed of the net may not send us to a machine of the house.
    let fetcher = Fetcher { limits, allow_local: fetcher.allow_local && names_local(feed) };
    let begin = Instant::now();
    let mut asked = 0;
    let mut out = Vec::with_capacity(items.len());
    for mut item in items {
        let Some(address) = item.url.clone() else {
            out.push((item, None));
            continue;
        };
        if known.contains(&address) {
            continue;
        }
        if asked == MOST_PAGES || begin.elapsed() > LONGEST {
            item.notes.push("The teaser alone: more pages were named than one fetch asks for.".to_owned());
            out.push((item, None));
            continue;
        }
        if asked > 0 {
            std::thread::sleep(PAUSE);
        }
        asked += 1;
        out.push(match page(&address, &fetcher) {
            Ok(page) => whole(item, page),
            Err(reason) => {
                item.notes.push(format!("The teaser alone, since the page was not fetched: {reason}."));
                (item, None)
            }
        });
    }
    out
}

/// Whether an address names a machine of the house, by its number or as `localhost`.
fn names_local(address: &str) -> bool {
    let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.is_some_and(|host| {
        let number = host.trim_matches(['[', ']']).parse::<IpAddr>();
        host == "localhost" || number.is_ok_and(is_local)
    })
}

fn page(address: &str, fetcher: &Fetcher) -> Result<Page, String> {
    let url = Url::parse(address).map_err(|error| FetchError::Protocol(error.to_string()).to_string())?;
    match fetcher.fetch(&url, &Validators::default()) {
        Ok(Answer::Fresh(page)) => Ok(*page),
        Ok(Answer::Unchanged) => Err(FetchError::UnchangedWhat.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

/// The article of a page in the place of a feed's item, if it holds more.
fn whole(mut item: Article, page: Page) -> Item {
    let read = ingest::articles(page.url.as_str(), &page.body).ok().and_then(|articles| articles.into_iter().next());
    let longer = read.filter(|article| article.text.len() > item.text.len());
    let Some(mut article) = longer else {
        item.notes.push("The teaser alone: its page holds no more.".to_owned());
        return (item, None);
    };
    // What the feed says of the item is surer than what the page says of itself.
    let given = |datum: &Datum<String>| Datum::given(datum.value.clone());
    article.id = item.id;
    article.url = item.url;
    article.headline = article.headline.or_else(|| item.headline.as_ref().map(given));
    article.publisher = item.publisher.as_ref().map(given).or(article.publisher);
    article.published = item.published.or(article.published);
    if article.byline.is_empty() {
        article.byline = item.byline.iter().map(given).collect();
    }
    (article, Some(page.body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_of_the_house_is_known_by_its_number() {
        assert!(names_local("http://127.0.0.1:8080/feed") && names_local("http://localhost/feed"));
        assert!(names_local("http://[::1]/feed") && !names_local("https://example.org/feed"));
    }

    #[test]
    fn items_that_are_there_already_are_not_asked_for() {
        let item = |url: &str| Article { url: Some(url.to_owned()), ..Article::verbatim("a", "A teaser.") };
        let known: HashSet<String> = ["https://example.org/1".to_owned()].into();
        let items = vec![item("https://example.org/1"), item("ftp://example.org/2"), Article::verbatim("c", "None.")];
        let out = complete(items, "https://example.org/feed", &known, &Fetcher::default());
        assert_eq!(out.len(), 2);
        assert!(out[0].0.notes[0].contains("was not fetched"), "{:?}", out[0].0.notes);
        assert!(out[1].0.notes.is_empty());
    }
}
