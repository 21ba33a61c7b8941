//! All feeds at once: one request a host at a time, several hosts side by side, one writer. An article is stored
//! only when the answer was whole and a feed; whatever fails leaves what is stored as it is.

use super::error::FetchError;
use super::full_text::{self, Item, Known};
use super::http::{Answer, Fetcher, Page, Validators};
use dateline_analysis::{Analyzer, Options};
use dateline_ingest as ingest;
use dateline_library::{self as library, Document, Feed, Fetched, Incoming, Library, Outcome, Prepared, Raw};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc;
use std::thread;
use url::Url;

/// How many hosts are asked at once.
const HOSTS: usize = 8;

/// What came of one feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcomes {
    /// It brought something.
    Read {
        /// Articles that were not there.
        new: usize,
        /// Articles that came with another text.
        changed: usize,
        /// Where it has moved for good, when it says so.
        moved: Option<String>,
        /// Pages that were refused, a sentence each.
        refused: Vec<String>,
    },
    /// It was cut off: what came whole is stored, and the next fetch asks for all of it.
    Partial {
        /// Articles that were not there.
        new: usize,
        /// Articles that came with another text.
        changed: usize,
        /// What is missing.
        reason: String,
    },
    /// Nothing has changed.
    Unchanged,
    /// It is not asked before this moment, in Unix seconds.
    TooSoon(i64),
    /// The reader stopped it, or it is gone.
    Paused,
    /// Nothing came, for this reason.
    Failed(String),
    /// Nothing came, because its address is on this machine or its network and that was not allowed: the reason.
    Local(String),
}

/// What a worker brings back of one feed.
struct Brought {
    feed: Feed,
    came: Fetched,
    articles: Vec<Prepared>,
    moved: Option<String>,
    refused: Vec<String>,
    /// Whether its address was refused because it is local.
    is_local: bool,
}

/// What was read of an answer.
#[derive(Default)]
struct Read {
    /// What the feed calls itself.
    title: Option<String>,
    articles: Vec<Prepared>,
    /// Pages that were refused, a sentence each.
    refused: Vec<String>,
    /// The document ends before it is complete.
    cut: bool,
}

/// Asks all `feeds` that are due (`all`: also those that are not) and stores what they bring. `told` hears of each
/// as soon as what it brought is on the disk.
///
/// # Errors
/// When the library cannot be written to.
pub fn refresh(
    library: &mut Library,
    feeds: Vec<Feed>,
    fetcher: &Fetcher,
    all: bool,
    mut told: impl FnMut(&Feed, &Outcomes),
) -> library::Result<()> {
    let now = library::now();
    let mut hosts: BTreeMap<String, Vec<Feed>> = BTreeMap::new();
    for feed in feeds {
        if feed.paused && !all {
            told(&feed, &Outcomes::Paused);
        } else if feed.next_due > now && !all {
            told(&feed, &Outcomes::TooSoon(feed.next_due));
        } else {
            let host = Url::parse(&feed.url).ok().and_then(|url| url.host_str().map(str::to_owned));
            hosts.entry(host.unwrap_or_default()).or_default().push(feed);
        }
    }
    let mut known: BTreeMap<i64, Known> = BTreeMap::new();
    for feed in hosts.values().flatten().filter(|feed| feed.full_text) {
        known.insert(feed.id, Known::of(&library.pages_of(feed.id)?));
    }
    let analyzer = Analyzer::bundled();
    let waiting = Mutex::new(hosts.into_values().collect::<Vec<_>>());
    let (sender, brought) = mpsc::sync_channel::<Brought>(HOSTS);
    thread::scope(|scope| {
        for _ in 0..HOSTS {
            let (sender, waiting, analyzer, known) = (sender.clone(), &waiting, &analyzer, &known);
            scope.spawn(move || {
                while let Some(host) = waiting.lock().ok().and_then(|mut waiting| waiting.pop()) {
                    for feed in host {
                        let known = known.get(&feed.id).cloned().unwrap_or_default();
                        if sender.send(bring(feed, fetcher, analyzer, &known)).is_err() {
                            return;
                        }
                    }
                }
            });
        }
        drop(sender);
        // Leaving this loop early drops the receiver, which ends the workers after their present feed.
        for mut one in brought {
            let outcome = store(library, &mut one)?;
            told(&one.feed, &outcome);
        }
        Ok(())
    })
}

/// Stores what a page that was fetched already holds of a feed.
///
/// # Errors
/// When the library cannot be written to.
pub fn take(library: &mut Library, feed: Feed, page: Page, fetcher: &Fetcher) -> library::Result<Outcomes> {
    let answer = Ok(Answer::Fresh(Box::new(page)));
    let known = Known::of(&library.pages_of(feed.id)?);
    store(library, &mut brought(feed, answer, &Analyzer::bundled(), fetcher, &known))
}

/// Fetches and reads one feed.
fn bring(feed: Feed, fetcher: &Fetcher, analyzer: &Analyzer, known: &Known) -> Brought {
    let answer = fetch(&feed, fetcher);
    brought(feed, answer, analyzer, fetcher, known)
}

/// Reads what a server answered.
fn brought(
    feed: Feed,
    answer: Result<Answer, FetchError>,
    analyzer: &Analyzer,
    fetcher: &Fetcher,
    known: &Known,
) -> Brought {
    let mut came = Fetched { at: library::now(), ..Fetched::default() };
    let mut read = Read::default();
    let mut moved = None;
    let is_local = matches!(answer, Err(FetchError::Local(_)));
    match answer {
        Ok(Answer::Unchanged) => came.status = Some(304),
        Ok(Answer::Fresh(page)) => {
            came.status = Some(200);
            came.bytes = page.body.len();
            // A validator describes the whole document, so it is kept only if that was read to its end.
            came.validators = Some((None, None));
            match read_feed(&feed, &page, analyzer, fetcher, known) {
                Ok(all) => read = all,
                Err(reason) => came.error = Some(reason),
            }
            came.title = read.title.take();
            if read.cut {
                came.partial = true;
                came.error = Some(cut_off(read.articles.len()));
            } else if came.error.is_none() {
                came.validators = Some((page.validators.etag, page.validators.last_modified));
                moved = page.moved.map(String::from);
            }
        }
        Err(error) => failed(&mut came, &error),
    }
    Brought { feed, came, articles: read.articles, moved, refused: read.refused, is_local }
}

/// Notes down why a fetch failed.
fn failed(came: &mut Fetched, error: &FetchError) {
    match error {
        FetchError::Status { status, retry_after, .. } => {
            came.status = Some(*status);
            came.wait = retry_after.map(|wait| wait.as_secs());
            came.gone = *status == 410;
        }
        FetchError::Incomplete { bytes, .. } => {
            came.bytes = *bytes;
            came.validators = Some((None, None));
        }
        _ => {}
    }
    came.error = Some(error.to_string());
}

fn cut_off(whole: usize) -> String {
    let items = if whole == 1 { "item" } else { "items" };
    format!("the feed is cut off after {whole} whole {items}; the next fetch asks for all of it again")
}

fn fetch(feed: &Feed, fetcher: &Fetcher) -> Result<Answer, FetchError> {
    let url = Url::parse(&feed.url).map_err(|error| FetchError::Protocol(error.to_string()))?;
    let known = Validators { etag: feed.etag.clone(), last_modified: feed.last_modified.clone() };
    fetcher.fetch(&url, &known)
}

/// Reads the articles of an answer.
fn read_feed(feed: &Feed, page: &Page, analyzer: &Analyzer, fetcher: &Fetcher, known: &Known) -> Result<Read, String> {
    if !ingest::is_feed(&page.body) {
        return Err("the answer is no feed (a login or error page, perhaps)".to_owned());
    }
    let name = page.url.as_str();
    let mut articles = ingest::articles(name, &page.body).map_err(|error| error.to_string())?;
    let cut = ingest::drop_cut_item(&mut articles);
    let title = articles.iter().find_map(|article| article.publisher.as_ref().map(|datum| datum.value.clone()));
    let document = Document::of(name, &articles);
    let (items, refused) = if feed.full_text {
        let completed = full_text::complete(articles, &document, &feed.url, known, fetcher);
        (completed.items, completed.refused)
    } else {
        let item = |article| Item { unique: document.unique(&article), article, page: None };
        (articles.into_iter().map(item).collect(), Vec::new())
    };
    let prepared = items.into_iter().map(|Item { article, unique, page }| {
        let analysis = analyzer.analyze(&article, &Options::default());
        let incoming = Incoming {
            item: article.id.clone(),
            unique: Some(unique),
            format: "feed".to_owned(),
            raw: page.map_or(Raw::None, Raw::Own),
            feed: Some(feed.id),
            ..Incoming::new(article, analysis, &feed.url)
        };
        incoming.prepare().map_err(|error| error.to_string())
    });
    Ok(Read { title, articles: prepared.collect::<Result<_, _>>()?, refused, cut })
}

/// Stores what a worker brought, then what is known of the feed.
fn store(library: &mut Library, brought: &mut Brought) -> library::Result<Outcomes> {
    let added = library.add(&brought.articles)?;
    let count = |outcome| added.iter().filter(|one| one.outcome == outcome).count();
    let (new, changed) = (count(Outcome::New), count(Outcome::Changed));
    brought.came.added = new + changed;
    library.fetched(&brought.feed, &brought.came)?;
    let (moved, refused) = (brought.moved.take(), std::mem::take(&mut brought.refused));
    Ok(match &brought.came.error {
        Some(reason) if brought.came.partial => Outcomes::Partial { new, changed, reason: reason.clone() },
        Some(reason) if brought.is_local => Outcomes::Local(reason.clone()),
        Some(reason) => Outcomes::Failed(reason.clone()),
        None if brought.came.status == Some(304) => Outcomes::Unchanged,
        None => Outcomes::Read { new, changed, moved, refused },
    })
}
