//! Follows a URL: that of a feed, or of a page that links to its feed.

use super::error::FetchError;
use super::http::{FetchResponse, Fetcher, Page, Validators};
use super::refresh::{FetchOutcome, refresh, store_page};
use dateline_ingest as ingest;
use dateline_library::{self as library, Feed, Library};
use url::Url;

/// A newly followed feed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Followed {
    /// The feed.
    pub feed: Feed,
    /// Outcome of its first fetch.
    pub outcome: FetchOutcome,
    /// Feeds on other hosts that the page links to, with their titles, for the user to add.
    pub on_other_hosts: Vec<(Url, String)>,
}

/// Reason why a URL is not followed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FollowError {
    /// The URL is neither http nor https.
    #[error("{0}: only http and https addresses are fetched")]
    Scheme(Url),
    /// The fetch failed.
    #[error("{0}: {1}")]
    Fetch(Url, Box<FetchError>),
    /// The URL is not a feed, and not a page that links to a feed on its own host.
    #[error("{0}: no feed, and a page that names none on its host{named}", named = named(.1))]
    NoFeed(Url, Vec<(Url, String)>),
    /// The library cannot be written to.
    #[error(transparent)]
    Library(#[from] library::Error),
}

impl FollowError {
    /// Returns whether the URL was refused because it points to this machine or its network.
    #[must_use]
    pub fn is_local(&self) -> bool {
        matches!(self, Self::Fetch(_, error) if matches!(**error, FetchError::Local(_)))
    }
}

fn named(on_other_hosts: &[(Url, String)]) -> String {
    on_other_hosts.iter().map(|(url, _)| format!("; it names {url} on another")).collect()
}

/// Fetches the URL once. A feed is followed and its articles stored; for a page, the first feed that it links to on its
/// own host is followed instead.
///
/// # Errors
/// Returns a [`FollowError`]; unless the library itself failed, nothing is followed then.
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
    // The first one is the main feed; the others are its sections and comments.
    let Some((address, name)) = here.into_iter().next() else {
        return Err(FollowError::NoFeed(url.clone(), on_other_hosts));
    };
    let title = if title.is_empty() { name.as_str() } else { title };
    let feed = store_feed(library, &address, title, tags)?;
    let mut outcome = FetchOutcome::Unchanged;
    refresh(library, vec![feed.clone()], fetcher, true, |_, fetched| outcome = fetched.clone())?;
    Ok(Followed { feed, outcome, on_other_hosts })
}

/// Follows a feed and returns it as stored in the library.
fn store_feed(library: &mut Library, url: &Url, title: &str, tags: &[String]) -> library::Result<Feed> {
    let (id, _) = library.follow(url.as_str(), title, tags)?;
    Ok(library.feeds()?.into_iter().find(|feed| feed.id == id).unwrap_or_default())
}
