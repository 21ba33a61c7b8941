//! Fetches all feeds. Only one request per host is made at a time, but several hosts are contacted in parallel. A
//! single writer stores the articles, and only if the response was a feed. A failure leaves the stored data unchanged.

use super::error::FetchError;
use super::full_text::{self, Completed, Item, KnownPages};
use super::http::{FetchResponse, Fetcher, Page, Validators};
use dateline_analysis::Analysis;
use dateline_ingest as ingest;
use dateline_library::{self as library, Document, Feed, Fetched, Incoming, Library, Outcome, Prepared, Raw};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc;
use std::thread;
use url::Url;

/// Maximum number of hosts from which feeds are fetched in parallel.
const MAX_HOSTS: usize = 8;

/// Outcome of fetching a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchOutcome {
    /// The whole feed was read.
    Read {
        /// Number of articles added to the library.
        new: usize,
        /// Number of articles updated with a changed text.
        changed: usize,
        /// New URL of the feed, if the server reported a permanent move.
        moved: Option<String>,
        /// Summaries of the pages that were not used, one sentence per reason.
        refused: Vec<String>,
    },
    /// Only part of the feed was received. The complete items were stored, and the next fetch will request the whole
    /// feed.
    Partial {
        /// Number of articles added to the library.
        new: usize,
        /// Number of articles updated with a changed text.
        changed: usize,
        /// Description of the missing part of the feed.
        reason: String,
    },
    /// The feed has not changed since the last fetch.
    Unchanged,
    /// The feed was not fetched because it is not due before this time, in Unix seconds.
    TooSoon(i64),
    /// The feed was not fetched because it was paused by the user or reported as gone by its server.
    Paused,
    /// The feed could not be fetched, for the reason given.
    Failed(String),
    /// The feed was not fetched, for the reason given: its URL points to this machine or its network, which was not
    /// allowed.
    Local(String),
}

/// Result of fetching one feed, sent by a worker thread.
struct FetchedFeed {
    feed: Feed,
    record: Fetched,
    articles: Vec<Prepared>,
    moved: Option<String>,
    refused: Vec<String>,
    /// Whether the URL was rejected because it points to this machine or its network.
    is_local: bool,
}

/// Parsed content of a server's response.
#[derive(Default)]
struct ReadFeed {
    /// Title stated in the feed.
    title: Option<String>,
    articles: Vec<Prepared>,
    /// Summaries of the pages that were not used, one sentence per reason.
    refused: Vec<String>,
    /// URLs of the pages that were requested and gave no story, each with the reason.
    failed_pages: Vec<(String, String)>,
    /// Whether the feed document is truncated.
    cut: bool,
}

/// Fetches the `feeds` that are due, or all of them if `all` is `true`, and stores their articles, which are annotated
/// later ([`Library::annotate`]). Calls `report` for each feed as soon as its articles have been stored. Leaves out the
/// feeds that a feed server fetches.
///
/// # Errors
/// Returns an error if the library cannot be written to.
pub fn refresh(
    library: &mut Library,
    feeds: Vec<Feed>,
    fetcher: &Fetcher,
    all: bool,
    mut report: impl FnMut(&Feed, &FetchOutcome),
) -> library::Result<()> {
    let now = jiff::Timestamp::now().as_second();
    let mut hosts: BTreeMap<String, Vec<Feed>> = BTreeMap::new();
    // A feed server fetches its feeds itself.
    for feed in feeds.into_iter().filter(|feed| feed.server.is_none()) {
        if feed.paused && !all {
            report(&feed, &FetchOutcome::Paused);
        } else if feed.next_due > now && !all {
            report(&feed, &FetchOutcome::TooSoon(feed.next_due));
        } else {
            let host = Url::parse(&feed.url).ok().and_then(|url| url.host_str().map(str::to_owned));
            hosts.entry(host.unwrap_or_default()).or_default().push(feed);
        }
    }
    let mut known: BTreeMap<i64, KnownPages> = BTreeMap::new();
    for feed in hosts.values().flatten().filter(|feed| feed.full_text) {
        known.insert(feed.id, KnownPages::of(&library.pages_of(feed.id)?, now));
    }
    let waiting = Mutex::new(hosts.into_values().collect::<Vec<_>>());
    let (sender, fetched) = mpsc::sync_channel::<FetchedFeed>(MAX_HOSTS);
    thread::scope(|scope| {
        for _ in 0..MAX_HOSTS {
            let (sender, waiting, known) = (sender.clone(), &waiting, &known);
            scope.spawn(move || {
                while let Some(host) = waiting.lock().ok().and_then(|mut waiting| waiting.pop()) {
                    for feed in host {
                        let known = known.get(&feed.id).cloned().unwrap_or_default();
                        if sender.send(fetch_feed(feed, fetcher, &known)).is_err() {
                            return;
                        }
                    }
                }
            });
        }
        drop(sender);
        // If this loop ends early, the receiver is dropped, so the workers end after their current feed.
        for mut one in fetched {
            let outcome = store(library, &mut one)?;
            report(&one.feed, &outcome);
        }
        Ok(())
    })
}

/// Stores the articles of a feed from a document that has already been fetched.
///
/// # Errors
/// Returns an error if the library cannot be written to.
pub(crate) fn store_page(
    library: &mut Library,
    feed: Feed,
    page: Page,
    fetcher: &Fetcher,
) -> library::Result<FetchOutcome> {
    let answer = Ok(FetchResponse::Fresh(Box::new(page)));
    let known = KnownPages::of(&library.pages_of(feed.id)?, jiff::Timestamp::now().as_second());
    store(library, &mut read_response(feed, answer, fetcher, &known))
}

/// Fetches and parses a feed.
fn fetch_feed(feed: Feed, fetcher: &Fetcher, known: &KnownPages) -> FetchedFeed {
    let answer = fetch(&feed, fetcher);
    read_response(feed, answer, fetcher, known)
}

/// Parses the server's response to a request for a feed.
fn read_response(
    feed: Feed,
    answer: Result<FetchResponse, FetchError>,
    fetcher: &Fetcher,
    known: &KnownPages,
) -> FetchedFeed {
    let mut record = Fetched { at: jiff::Timestamp::now().as_second(), ..Fetched::default() };
    let mut read = ReadFeed::default();
    let mut moved = None;
    let is_local = matches!(answer, Err(FetchError::Local(_)));
    match answer {
        Ok(FetchResponse::Unchanged) => record.status = Some(304),
        Ok(FetchResponse::Fresh(page)) => {
            record.status = Some(200);
            record.bytes = page.body.len();
            // Validators describe the whole document, so they are kept only if all of it was read.
            record.validators = Some((None, None));
            match read_feed(&feed, &page, fetcher, known) {
                Ok(all) => read = all,
                Err(reason) => record.error = Some(reason),
            }
            record.title = read.title.take();
            record.failed_pages = std::mem::take(&mut read.failed_pages);
            if read.cut {
                record.partial = true;
                record.error = Some(cut_off(read.articles.len()));
            } else if record.error.is_none() {
                record.validators = Some((page.validators.etag, page.validators.last_modified));
                moved = page.moved.map(String::from);
            }
        }
        Err(error) => record_failure(&mut record, &error),
    }
    FetchedFeed { feed, record, articles: read.articles, moved, refused: read.refused, is_local }
}

/// Records why a fetch failed.
fn record_failure(record: &mut Fetched, error: &FetchError) {
    match error {
        FetchError::Status { status, retry_after, .. } => {
            record.status = Some(*status);
            record.wait = retry_after.map(|wait| wait.as_secs());
            record.gone = *status == 410;
        }
        FetchError::Incomplete { bytes, .. } => {
            record.bytes = *bytes;
            record.validators = Some((None, None));
        }
        _ => {}
    }
    record.error = Some(error.to_string());
}

fn cut_off(whole: usize) -> String {
    let items = if whole == 1 { "item" } else { "items" };
    format!("the feed was truncated after {whole} complete {items}; the next fetch requests all of it again")
}

fn fetch(feed: &Feed, fetcher: &Fetcher) -> Result<FetchResponse, FetchError> {
    let url = Url::parse(&feed.url).map_err(|error| FetchError::Protocol(error.to_string()))?;
    let known = Validators { etag: feed.etag.clone(), last_modified: feed.last_modified.clone() };
    fetcher.fetch(&url, &known)
}

/// Parses the articles in a response.
fn read_feed(feed: &Feed, page: &Page, fetcher: &Fetcher, known: &KnownPages) -> Result<ReadFeed, String> {
    if !ingest::is_feed(&page.body) {
        return Err("the response is not a feed (perhaps a login or error page)".to_owned());
    }
    let name = page.url.as_str();
    let mut articles = match ingest::articles(name, &page.body) {
        // A feed may have nothing to offer for a while.
        Err(ingest::Error::NoItems) => return Ok(ReadFeed::default()),
        articles => articles.map_err(|error| error.to_string())?,
    };
    let cut = ingest::drop_cut_item(&mut articles);
    let title = articles.iter().find_map(|article| article.publisher.as_ref().map(|datum| datum.value.clone()));
    let document = Document::of(name, &articles);
    let Completed { items, refused, failed_pages } = if feed.full_text {
        full_text::complete(articles, &document, &feed.url, known, fetcher)
    } else {
        let item = |article| Item { unique: document.unique(&article), article, page: None };
        Completed { items: articles.into_iter().map(item).collect(), ..Completed::default() }
    };
    let prepared = items.into_iter().map(|Item { article, unique, page }| {
        let incoming = Incoming {
            item: article.id.clone(),
            unique: Some(unique),
            format: "feed".to_owned(),
            raw: page.map_or(Raw::None, Raw::Own),
            feed: Some(feed.id),
            unannotated: true,
            ..Incoming::new(article, Analysis::default(), &feed.url)
        };
        incoming.prepare().map_err(|error| error.to_string())
    });
    Ok(ReadFeed { title, articles: prepared.collect::<Result<_, _>>()?, refused, failed_pages, cut })
}

/// Stores the articles fetched by a worker, and then the new state of the feed.
fn store(library: &mut Library, fetched: &mut FetchedFeed) -> library::Result<FetchOutcome> {
    let added = library.add(&fetched.articles)?;
    let count = |outcome| added.iter().filter(|one| one.outcome == outcome).count();
    let (new, changed) = (count(Outcome::New), count(Outcome::Changed));
    fetched.record.added = new + changed;
    library.fetched(&fetched.feed, &fetched.record)?;
    let (moved, refused) = (fetched.moved.take(), std::mem::take(&mut fetched.refused));
    Ok(match &fetched.record.error {
        Some(reason) if fetched.record.partial => FetchOutcome::Partial { new, changed, reason: reason.clone() },
        Some(reason) if fetched.is_local => FetchOutcome::Local(reason.clone()),
        Some(reason) => FetchOutcome::Failed(reason.clone()),
        None if fetched.record.status == Some(304) => FetchOutcome::Unchanged,
        None => FetchOutcome::Read { new, changed, moved, refused },
    })
}
