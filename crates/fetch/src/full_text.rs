//! Completes feeds that contain only teasers, by fetching and parsing the pages of their items, within limits. Nothing
//! else to which a feed or page links is requested.

use super::address::is_local;
use super::error::FetchError;
use super::http::{FetchResponse, Fetcher, Limits, Page, Validators};
use super::login;
use dateline_core::article::{Article, Datum};
use dateline_core::text::folded;
use dateline_ingest as ingest;
use dateline_library::{Document, ItemName, Unique, canonical_url};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::net::IpAddr;
use std::time::{Duration, Instant};
use url::Url;

/// Maximum number of pages requested per fetch of a feed. Other items keep their teasers until the next fetch.
pub(crate) const MAX_PAGES: usize = 20;
/// Maximum total time for fetching the pages of one feed.
const MAX_FEED_TIME: Duration = Duration::from_mins(2);
/// Pause between requests for two pages of a feed, to avoid overloading its server.
const PAUSE: Duration = Duration::from_millis(200);
/// Maximum time for fetching one page.
const PAGE_TIMEOUT: Duration = Duration::from_secs(20);
/// Maximum size of a page, in bytes after decompression.
const MAX_PAGE_BYTES: u64 = 8_000_000;

/// A feed item to be added to the library.
pub(crate) struct Item {
    /// Article for the item, read from the feed or from the item's page.
    pub article: Article,
    /// Which of the item's ID, URL and title are unique within the feed.
    pub unique: Unique,
    /// Body of the item's page, if the article was read from it.
    pub page: Option<Vec<u8>>,
}

/// Names (ID, URL, title) and texts of the stories stored by earlier fetches of a feed, and the pages that gave no story.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownPages {
    names: HashSet<ItemName>,
    texts: HashSet<String>,
    /// Number of requests that gave no story, by URL of the page.
    failures: HashMap<String, i64>,
    /// URLs of the pages that are not to be requested yet.
    resting: HashSet<String>,
}

impl KnownPages {
    /// Collects what [`Library::pages_of`](dateline_library::Library::pages_of) returned, at the time `now` in Unix
    /// seconds. Articles that are really login forms are skipped, so that their pages are refetched.
    pub(crate) fn of((stored, failed): &(Vec<Article>, HashMap<String, (i64, i64)>), now: i64) -> Self {
        let stories = || stored.iter().filter(|article| !login::is_login_text(article));
        let resting = failed.iter().filter(|(_, (_, due))| *due > now);
        Self {
            names: stories().flat_map(ItemName::all_of).flatten().collect(),
            texts: stories().map(|article| folded(&article.text)).collect(),
            failures: failed.iter().map(|(url, (count, _))| (url.clone(), *count)).collect(),
            resting: resting.map(|(url, _)| url.clone()).collect(),
        }
    }

    /// Returns how often the page of an item was requested and gave no story.
    fn failures(&self, item: &Article) -> i64 {
        item.url.as_ref().and_then(|url| self.failures.get(url)).copied().unwrap_or_default()
    }
}

/// Reason why an item keeps its teaser instead of the text of its page.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum RefusalReason {
    TooMany,
    Resting,
    Unfetched(String),
    Shorter,
    Shared,
    Login,
}

impl RefusalReason {
    /// Returns whether the page was requested and gave no story.
    const fn is_of_page(&self) -> bool {
        !matches!(self, Self::TooMany | Self::Resting)
    }
}

impl fmt::Display for RefusalReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("The teaser only: ")?;
        match self {
            Self::TooMany => write!(f, "the feed links to more pages than one fetch requests."),
            Self::Resting => write!(f, "its page gave no story before and is requested again later."),
            Self::Unfetched(reason) => write!(f, "the page was not fetched: {reason}."),
            Self::Shorter => write!(f, "its page contains no more text."),
            Self::Shared => write!(f, "several items of the feed link to the same page."),
            Self::Login => write!(f, "its page asks to log in."),
        }
    }
}

/// Outcome of fetching the page of an item.
enum PageOutcome {
    /// The item does not link to a page.
    None,
    Refused(RefusalReason),
    Read(Box<Page>, Box<Article>),
}

/// Items of a feed, completed with the texts of their pages.
#[derive(Default)]
pub(crate) struct Completed {
    /// Completed items, in the order of the feed.
    pub items: Vec<Item>,
    /// Summaries of the pages that were not used, one sentence per reason.
    pub refused: Vec<String>,
    /// URLs of the pages that were requested and gave no story, each with the reason.
    pub failed_pages: Vec<(String, String)>,
}

/// Fetches and parses the pages of a feed's items. Items whose pages are `known` are left out, since the library
/// already has them. An item keeps its teaser and gets a note if its page could not be fetched, is no longer than the
/// teaser, asks the user to log in, or is shared with other items.
pub(crate) fn complete(
    items: Vec<Article>,
    document: &Document,
    feed: &str,
    known: &KnownPages,
    fetcher: &Fetcher,
) -> Completed {
    let shared = shared_addresses(&items);
    let is_new = |item: &Article| document.name_of(item).is_none_or(|name| !known.names.contains(&name));
    let items: Vec<Article> = items.into_iter().filter(is_new).collect();
    let mut outcomes = fetch_all(&items, &shared, feed, known, fetcher);
    refuse_shared(&mut outcomes, known);
    let mut completed = Completed::default();
    let mut refused = BTreeMap::<RefusalReason, usize>::new();
    for (mut item, outcome) in items.into_iter().zip(outcomes) {
        let unique = document.unique(&item);
        completed.items.push(match outcome {
            PageOutcome::None => Item { article: item, unique, page: None },
            // The title of the page may replace that of the item, so the title no longer identifies the item.
            PageOutcome::Read(page, article) => Item {
                article: merge_page(item, *article),
                unique: Unique { title: false, ..unique },
                page: Some(page.body),
            },
            PageOutcome::Refused(reason) => {
                item.notes.push(reason.to_string());
                let is_asked =
                    reason.is_of_page() && item.url.as_deref().is_some_and(|url| !shared.contains(&canonical_url(url)));
                completed
                    .failed_pages
                    .extend(item.url.clone().filter(|_| is_asked).map(|url| (url, reason.to_string())));
                *refused.entry(reason).or_default() += 1;
                Item { article: item, unique, page: None }
            }
        });
    }
    completed.refused = refused.into_iter().filter_map(|(reason, count)| sentence(&reason, count)).collect();
    completed
}

/// Formats a sentence with the number of items whose pages were not used. Returns `None` for reasons that only the
/// notes of the items mention.
fn sentence(reason: &RefusalReason, count: usize) -> Option<String> {
    let stories =
        if count == 1 { "1 story keeps its teaser".to_owned() } else { format!("{count} stories keep their teasers") };
    let why = match reason {
        RefusalReason::Shared => "several items link to the same page",
        RefusalReason::Login => "the page asks to log in",
        _ => return None,
    };
    Some(format!("{stories}: {why}"))
}

/// Returns the URLs, without fragments, to which several different items link. A page that several items share is not
/// the story of any of them.
fn shared_addresses(items: &[Article]) -> HashSet<String> {
    let mut first = HashMap::new();
    let mut shared = HashSet::new();
    for item in items {
        let Some(page) = item.url.as_deref().map(canonical_url) else { continue };
        if *first.entry(page.clone()).or_insert(&item.text) != &item.text {
            shared.insert(page);
        }
    }
    shared
}

/// Fetches the pages one after another, within the limits for one feed. Pages that gave no story before come last, so
/// that they do not use up the requests of the others.
fn fetch_all(
    items: &[Article],
    shared: &HashSet<String>,
    feed: &str,
    known: &KnownPages,
    fetcher: &Fetcher,
) -> Vec<PageOutcome> {
    let limits = Limits { whole: PAGE_TIMEOUT, body_bytes: MAX_PAGE_BYTES, ..fetcher.limits };
    // A feed on the public internet must not direct the program to a machine on the local network.
    let fetcher = Fetcher { limits, allow_local: fetcher.allow_local && names_local(feed) };
    let begin = Instant::now();
    let mut asked = 0;
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|&index| known.failures(&items[index]));
    let mut out: Vec<PageOutcome> = items.iter().map(|_| PageOutcome::None).collect();
    for index in order {
        let item = &items[index];
        let Some(address) = item.url.as_deref() else { continue };
        out[index] = if shared.contains(&canonical_url(address)) {
            PageOutcome::Refused(RefusalReason::Shared)
        } else if known.resting.contains(address) {
            PageOutcome::Refused(RefusalReason::Resting)
        } else if asked == MAX_PAGES || begin.elapsed() > MAX_FEED_TIME {
            PageOutcome::Refused(RefusalReason::TooMany)
        } else {
            if asked > 0 {
                std::thread::sleep(PAUSE);
            }
            asked += 1;
            fetch(item, address, &fetcher)
        };
    }
    out
}

/// Fetches and parses the page of an item.
fn fetch(item: &Article, address: &str, fetcher: &Fetcher) -> PageOutcome {
    let (asked, page) = match page(address, fetcher) {
        Ok(came) => came,
        Err(reason) => return PageOutcome::Refused(RefusalReason::Unfetched(reason)),
    };
    let read = ingest::articles(page.url.as_str(), &page.body).ok().and_then(|articles| articles.into_iter().next());
    match read {
        Some(article) if login::asks_to_log_in(&page, &asked, &article) => PageOutcome::Refused(RefusalReason::Login),
        Some(article) if article.text.len() > item.text.len() => PageOutcome::Read(Box::new(page), Box::new(article)),
        _ => PageOutcome::Refused(RefusalReason::Shorter),
    }
}

/// Rejects pages shared by several items: pages with the same final URL in this fetch, or with the same text in this
/// fetch or an earlier one.
fn refuse_shared(outcomes: &mut [PageOutcome], known: &KnownPages) {
    let mut addresses = HashMap::<String, usize>::new();
    let mut texts: HashMap<String, usize> = known.texts.iter().map(|text| (text.clone(), 1)).collect();
    for outcome in outcomes.iter() {
        if let PageOutcome::Read(page, article) = outcome {
            *addresses.entry(canonical_url(page.url.as_str())).or_default() += 1;
            *texts.entry(folded(&article.text)).or_default() += 1;
        }
    }
    for outcome in outcomes {
        if let PageOutcome::Read(page, article) = outcome
            && (addresses.get(&canonical_url(page.url.as_str())).is_some_and(|count| *count > 1)
                || texts.get(&folded(&article.text)).is_some_and(|count| *count > 1))
        {
            *outcome = PageOutcome::Refused(RefusalReason::Shared);
        }
    }
}

/// Returns whether the host in a URL is `localhost` or a local IP address.
fn names_local(address: &str) -> bool {
    let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.is_some_and(|host| {
        let number = host.trim_matches(['[', ']']).parse::<IpAddr>();
        host == "localhost" || number.is_ok_and(is_local)
    })
}

fn page(address: &str, fetcher: &Fetcher) -> Result<(Url, Page), String> {
    let url = Url::parse(address).map_err(|error| FetchError::Protocol(error.to_string()).to_string())?;
    match fetcher.fetch(&url, &Validators::default()) {
        Ok(FetchResponse::Fresh(page)) => Ok((url, *page)),
        Ok(FetchResponse::Unchanged) => Err(FetchError::UnchangedWhat.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

/// Merges an item of a feed into the article read from its page.
fn merge_page(item: Article, mut article: Article) -> Article {
    // Metadata given by the feed is more reliable than metadata in the page.
    let given = |datum: &Datum<String>| Datum::given(datum.value.clone());
    article.id = item.id;
    article.url = item.url;
    article.headline = article.headline.or_else(|| item.headline.as_ref().map(given));
    article.publisher = item.publisher.as_ref().map(given).or(article.publisher);
    article.published = item.published.or(article.published);
    if article.byline.is_empty() {
        article.byline = item.byline.iter().map(given).collect();
    }
    article
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_of_the_house_is_known_by_its_number() {
        assert!(names_local("http://127.0.0.1:8080/feed") && names_local("http://localhost/feed"));
        assert!(names_local("http://[::1]/feed") && !names_local("https://example.org/feed"));
    }

    fn item(id: &str, url: &str) -> Article {
        Article { url: Some(url.to_owned()), ..Article::verbatim(id, format!("A teaser of {id}.")) }
    }

    fn stored(article: Article) -> KnownPages {
        KnownPages::of(&(vec![article], HashMap::new()), 0)
    }

    fn completed(items: Vec<Article>, known: &KnownPages) -> Completed {
        let document = Document::of("https://example.org/feed", &items);
        complete(items, &document, "https://example.org/feed", known, &Fetcher::default())
    }

    #[test]
    fn items_that_are_there_already_are_not_asked_for() {
        let known = stored(item("a", "https://example.org/1"));
        let items =
            vec![item("a", "https://example.org/1"), item("b", "ftp://example.org/2"), Article::verbatim("c", "None.")];
        let out = completed(items, &known).items;
        assert_eq!(out.len(), 2);
        assert!(out[0].article.notes[0].contains("was not fetched"), "{:?}", out[0].article.notes);
        assert!(out[1].article.notes.is_empty());
    }

    #[test]
    fn a_page_that_two_items_name_is_not_asked_for() {
        let out = completed(
            vec![item("a", "https://example.org/live#1"), item("b", "https://example.org/live#2")],
            &KnownPages::default(),
        );
        assert!(out.items.iter().all(|item| item.page.is_none() && item.article.notes[0].contains("same page")));
        assert_eq!(out.refused, ["2 stories keep their teasers: several items link to the same page"]);
    }

    #[test]
    fn a_new_item_at_a_known_address_is_not_taken_for_the_old_one() {
        let known = stored(item("a", "ftp://example.org/live"));
        assert_eq!(completed(vec![item("b", "ftp://example.org/live")], &known).items.len(), 1);
    }

    #[test]
    fn an_item_that_was_stored_as_a_login_form_is_asked_for_again() {
        let form = Article { url: Some("ftp://example.org/1".to_owned()), ..Article::verbatim("a", "Please log in.") };
        assert_eq!(completed(vec![item("a", "ftp://example.org/1")], &stored(form)).items.len(), 1);
    }

    #[test]
    fn pages_that_gave_no_story_rest_and_others_are_asked_first() {
        let url = |number: usize| format!("ftp://example.org/{number}");
        let items = || (0..30).map(|number| item(&number.to_string(), &url(number))).collect::<Vec<_>>();
        let asked = |known: &KnownPages| {
            let pages = completed(items(), known).failed_pages.into_iter();
            pages.map(|(page, _)| page).collect::<Vec<_>>()
        };
        let first = asked(&KnownPages::default());
        assert_eq!(first, (0..20).map(url).collect::<Vec<_>>());
        let failed: HashMap<String, (i64, i64)> = first.into_iter().map(|page| (page, (1, 1000))).collect();
        assert_eq!(asked(&KnownPages::of(&(Vec::new(), failed.clone()), 999)), (20..30).map(url).collect::<Vec<_>>());
        // All may be asked again, and those that did not fail come first.
        let all = asked(&KnownPages::of(&(Vec::new(), failed), 1000));
        assert!((20..30).map(url).all(|page| all.contains(&page)) && all.len() == 20, "{all:?}");
    }
}
