//! Stores a page of entries. Their texts are parsed on all cores, because parsing takes longer than storing.

use super::entry::Entry;
use super::error::SyncError;
use dateline_analysis::Analysis;
use dateline_core::article::Article;
use dateline_core::text::folded;
use dateline_library::{
    Document, Incoming, Library, LocalFeed, Prepared, RemoteEntry, RemoteFeed, SyncCounts, SyncServer,
};
use rayon::prelude::*;
use std::collections::HashMap;

/// Number of characters by which headlines are compared. The library shortens long ones.
const COMPARED: usize = 100;

/// The feeds of a server with their counterparts in the library, by their IDs on the server.
#[derive(Debug, Default)]
pub(crate) struct Feeds {
    local: HashMap<String, LocalFeed>,
    titles: HashMap<String, String>,
}

impl Feeds {
    /// Follows the feeds in the library. Returns them and the number of stories archived because their feed is gone.
    pub(crate) fn follow(
        library: &mut Library,
        server: &SyncServer,
        feeds: &[RemoteFeed],
    ) -> Result<(Self, usize), SyncError> {
        let (local, archived) = library.sync_feeds(server.id, feeds)?;
        let titles = feeds.iter().map(|feed| (feed.remote.clone(), feed.title.clone())).collect();
        Ok((Self { local, titles }, archived))
    }

    /// Returns whether the feeds of all entries are known.
    pub(crate) fn have_all(&self, entries: &[Entry]) -> bool {
        entries.iter().all(|entry| self.local.contains_key(&entry.feed))
    }
}

/// Stores a page of entries and records `cursor`. Entries of unknown feeds are left out.
pub(crate) fn store(
    library: &mut Library,
    server: &SyncServer,
    feeds: &Feeds,
    entries: Vec<Entry>,
    cursor: &str,
) -> Result<SyncCounts, SyncError> {
    let ids: Vec<i64> = entries.iter().map(|entry| entry.id).collect();
    let known = library.sync_known(server.id, &ids)?;
    let mut entries: Vec<Entry> = entries.into_iter().filter(|entry| feeds.local.contains_key(&entry.feed)).collect();
    // The library matches the stories of one feed together.
    entries.sort_by(|a, b| a.feed.cmp(&b.feed));
    let articles: Vec<Option<Article>> = entries
        .par_iter_mut()
        .map(|entry| {
            let old = known.get(&entry.id);
            if old.is_some_and(|(_, content)| *content == entry.content()) {
                return None;
            }
            entry.feed_title = feeds.titles.get(&entry.feed).cloned().unwrap_or_default();
            Some(article(entry, &server.url))
        })
        .collect();
    for (entry, article) in entries.iter().zip(&articles) {
        if let (Some(article), Some((page, _))) = (article, known.get(&entry.id)) {
            check_identity(library, server, entry, article, *page)?;
        }
    }
    let (remote, stories) = prepare(feeds, &entries, articles)?;
    Ok(library.sync_page(server.id, &remote, &stories, cursor)?)
}

/// Converts an entry to an article. If its text cannot be read, the article has only a headline and a note.
fn article(entry: &Entry, server: &str) -> Article {
    entry.article(server).unwrap_or_else(|error| {
        let short = Entry { html: String::new(), ..entry.clone() };
        let mut article = short.article(server).unwrap_or_default();
        article.notes.push(format!("Its text was left out: {error}."));
        article
    })
}

/// Rejects an entry whose ID named another story at the last sync. A story may get a new URL or a new headline, but not
/// both at once.
fn check_identity(
    library: &Library,
    server: &SyncServer,
    entry: &Entry,
    article: &Article,
    page: i64,
) -> Result<(), SyncError> {
    if page == entry.page() {
        return Ok(());
    }
    let begin = |text: &str| folded(text).chars().take(COMPARED).collect::<String>();
    match library.sync_headline(server.id, entry.id)? {
        Some(headline) if begin(&headline) != begin(article.title()) => Err(SyncError::ChangedIds(entry.id)),
        _ => Ok(()),
    }
}

/// Prepares the articles for storage. Returns the entries, which refer to their stories by index, and the stories.
fn prepare(
    feeds: &Feeds,
    entries: &[Entry],
    articles: Vec<Option<Article>>,
) -> Result<(Vec<RemoteEntry>, Vec<Prepared>), SyncError> {
    let mut remote = Vec::with_capacity(entries.len());
    let mut incoming = Vec::new();
    let mut rest = articles.into_iter();
    for of_feed in entries.chunk_by(|a, b| a.feed == b.feed) {
        let articles: Vec<Option<Article>> = rest.by_ref().take(of_feed.len()).collect();
        let Some(feed) = of_feed.first().and_then(|entry| feeds.local.get(&entry.feed)) else { continue };
        let document = Document::of(&feed.url, articles.iter().flatten());
        for (entry, article) in of_feed.iter().zip(articles) {
            let story = article.is_some().then_some(incoming.len());
            remote.push(RemoteEntry {
                id: entry.id,
                feed: entry.feed.clone(),
                read: entry.read,
                starred: entry.starred,
                page: entry.page(),
                content: entry.content(),
                story,
            });
            incoming.extend(article.map(|article| Incoming {
                item: article.id.clone(),
                unique: Some(document.unique(&article)),
                format: "feed".to_owned(),
                feed: Some(feed.id),
                unannotated: true,
                ..Incoming::new(article, Analysis::default(), &feed.url)
            }));
        }
    }
    let stories: Result<Vec<Prepared>, _> = incoming.into_par_iter().map(Incoming::prepare).collect();
    Ok((remote, stories?))
}
