//! Follows a feed, given its URL or the URL of a page that links to it.

use super::error::FetchError;
use super::http::{FetchResponse, Fetcher, Page, Validators};
use super::refresh::{FetchOutcome, refresh, store_page};
use dateline_ingest as ingest;
use dateline_library::{self as library, Feed, Library};
use url::Url;

/// A newly followed feed, with the outcome of its first fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Followed {
    /// The feed, as stored in the library.
    pub feed: Feed,
    /// Outcome of the first fetch of the feed.
    pub outcome: FetchOutcome,
    /// Feeds on other hosts to which the page links, with their titles, so that the user can follow them.
    pub on_other_hosts: Vec<(Url, String)>,
}

/// Reason why a URL cannot be followed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FollowError {
    /// The URL has a scheme other than http and https.
    #[error("{0}: only http and https URLs can be fetched")]
    Scheme(Url),
    /// The URL could not be fetched.
    #[error("{0}: {1}")]
    Fetch(Url, Box<FetchError>),
    /// The URL is neither a feed nor a page that links to a feed on the same host. The list contains the feeds on other
    /// hosts to which the page links, with their titles.
    #[error("{0}: neither a feed nor a page that links to one on its host{named}", named = named(.1))]
    NoFeed(Url, Vec<(Url, String)>),
    /// The feed could not be stored in the library.
    #[error(transparent)]
    Library(#[from] library::Error),
}

impl FollowError {
    /// Returns whether the URL was rejected because it points to this machine or its network.
    #[must_use]
    pub fn is_local(&self) -> bool {
        matches!(self, Self::Fetch(_, error) if matches!(**error, FetchError::Local(_)))
    }
}

fn named(on_other_hosts: &[(Url, String)]) -> String {
    on_other_hosts.iter().map(|(url, _)| format!("; it links to {url} on another host")).collect()
}

/// Fetches a URL once, follows the feed at that URL, and stores its articles. If the URL leads to a page, follows the
/// first feed on the same host to which the page links.
///
/// # Errors
/// Returns a [`FollowError`]. Unless the library itself failed, no feed is followed in that case.
pub fn follow(
    library: &mut Library,
    url: &Url,
    title: &str,
    tags: &[String],
    fetcher: &Fetcher,
) -> Result<Followed, FollowError> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(FollowError::Scheme(url.clone()));
    }
    let answer =
        fetcher.fetch(url, &Validators::default()).map_err(|error| FollowError::Fetch(url.clone(), Box::new(error)))?;
    let page = match answer {
        FetchResponse::Fresh(page) => page,
        FetchResponse::Unchanged => return Err(FollowError::Fetch(url.clone(), Box::new(FetchError::UnchangedWhat))),
    };
    if ingest::is_feed(&page.body) {
        let feed = store_feed(library, url, title, tags)?;
        let outcome = store_page(library, feed, *page, fetcher)?;
        return Ok(Followed { feed: store_feed(library, url, title, tags)?, outcome, on_other_hosts: Vec::new() });
    }
    of_page(library, url, &page, title, tags, fetcher)
}

fn of_page(
    library: &mut Library,
    url: &Url,
    page: &Page,
    title: &str,
    tags: &[String],
    fetcher: &Fetcher,
) -> Result<Followed, FollowError> {
    let named = ingest::feed_links(&page.body, &page.url);
    let (here, on_other_hosts): (Vec<_>, Vec<_>) =
        named.into_iter().partition(|(feed, _)| feed.host_str() == page.url.host_str());
    // The first feed is the main one. The others usually contain its sections and comments.
    let Some((address, name)) = here.into_iter().next() else {
        return Err(FollowError::NoFeed(url.clone(), on_other_hosts));
    };
    let title = if title.is_empty() { name.as_str() } else { title };
    let feed = store_feed(library, &address, title, tags)?;
    let mut outcome = FetchOutcome::Unchanged;
    refresh(library, vec![feed.clone()], fetcher, true, |_, fetched| outcome = fetched.clone())?;
    Ok(Followed { feed, outcome, on_other_hosts })
}

/// Follows a feed. Returns the feed as stored in the library.
fn store_feed(library: &mut Library, url: &Url, title: &str, tags: &[String]) -> library::Result<Feed> {
    let (id, _) = library.follow(url.as_str(), title, tags)?;
    Ok(library.feeds()?.into_iter().find(|feed| feed.id == id).unwrap_or_default())
}
