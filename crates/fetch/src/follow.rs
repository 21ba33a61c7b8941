//! Follows a URL: that of a feed, or of a page that links to its feed.

use super::error::FetchError;
use super::http::{Answer, Fetcher, Page, Validators};
use super::refresh::{Outcomes, refresh, take};
use dateline_ingest as ingest;
use dateline_library::{self as library, Feed, Library};
use url::Url;

/// A newly followed feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The feed.
    pub feed: Feed,
    /// Outcome of its first fetch.
    pub outcome: Outcomes,
    /// Feeds on other hosts that the page links to, with their titles, for the user to add.
    pub elsewhere: Vec<(Url, String)>,
}

/// Reason why a URL is not followed.
#[derive(Debug, thiserror::Error)]
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

fn named(elsewhere: &[(Url, String)]) -> String {
    elsewhere.iter().map(|(url, _)| format!("; it names {url} on another")).collect()
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
        Answer::Fresh(page) => page,
        Answer::Unchanged => return Err(FollowError::Fetch(url.clone(), Box::new(FetchError::UnchangedWhat))),
    };
    if ingest::is_feed(&page.body) {
        let feed = note_down(library, url, title, tags)?;
        let outcome = take(library, feed, *page, fetcher)?;
        return Ok(Followed { feed: note_down(library, url, title, tags)?, outcome, elsewhere: Vec::new() });
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
    let named = ingest::html::feeds::named(&page.body, &page.url);
    let (here, elsewhere): (Vec<_>, Vec<_>) =
        named.into_iter().partition(|(feed, _)| feed.host_str() == page.url.host_str());
    // The first one is the main feed; the others are its sections and comments.
    let Some((address, name)) = here.into_iter().next() else {
        return Err(FollowError::NoFeed(url.clone(), elsewhere));
    };
    let title = if title.is_empty() { name.as_str() } else { title };
    let feed = note_down(library, &address, title, tags)?;
    let mut outcome = Outcomes::Unchanged;
    refresh(library, vec![feed.clone()], fetcher, true, |_, came| outcome = came.clone())?;
    Ok(Followed { feed, outcome, elsewhere })
}

/// Follows a feed and returns it as stored in the library.
fn note_down(library: &mut Library, url: &Url, title: &str, tags: &[String]) -> library::Result<Feed> {
    let (id, _) = library.follow(url.as_str(), title, tags)?;
    Ok(library.feeds()?.into_iter().find(|feed| feed.id == id).unwrap_or_default())
}
