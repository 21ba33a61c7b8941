//! Client for the Google Reader API, which many feed servers still speak
//! (<https://feedhq.readthedocs.io/en/latest/api/>). The server lists the IDs of entries as decimal numbers, but names
//! an entry by a tag with the same number in hexadecimal.

use super::account::{Account, Secret};
use super::connection::{Connection, form, parse};
use super::entry::Entry;
use super::error::SyncError;
use dateline_fetch::{ApiCall, Fetcher};
use dateline_library::RemoteFeed;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Stream of all entries.
const ALL: &str = "user/-/state/com.google/reading-list";
/// Stream of the starred entries, and tag of each of them.
pub(crate) const STARRED: &str = "user/-/state/com.google/starred";
/// Tag of the entries that have been read.
pub(crate) const READ: &str = "user/-/state/com.google/read";

/// Beginning of the tag of a label.
const LABEL: &str = "user/-/label/";
/// Maximum number of labels whose entries are listed, with a request for each.
const MAX_LABELS: usize = 200;
/// Beginning of the long form of an entry's ID.
const LONG_ID: &str = "tag:google.com,2005:reader/item/";
/// Number of IDs that one request asks for. Servers may send fewer.
const IDS: usize = 10_000;
/// Maximum number of IDs in one list.
const MAX_IDS: usize = 500_000;

/// Client for the Google Reader API.
#[derive(Debug)]
pub(crate) struct GoogleReader {
    connection: Connection,
    user: String,
}

#[derive(Deserialize)]
struct Subscriptions {
    subscriptions: Vec<SubscriptionJson>,
}

#[derive(Deserialize)]
struct SubscriptionJson {
    id: String,
    #[serde(default)]
    title: String,
    url: Option<String>,
    #[serde(default)]
    categories: Vec<CategoryJson>,
}

#[derive(Deserialize)]
struct CategoryJson {
    #[serde(default)]
    id: String,
    label: Option<String>,
}

#[derive(Deserialize)]
struct Tags {
    #[serde(default)]
    tags: Vec<TagJson>,
}

#[derive(Deserialize)]
struct TagJson {
    id: String,
    #[serde(rename = "type")]
    kind: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ids {
    #[serde(default)]
    item_refs: Vec<IdJson>,
    continuation: Option<Value>,
}

#[derive(Deserialize)]
struct IdJson {
    id: Value,
}

#[derive(Deserialize)]
struct Contents {
    #[serde(default)]
    items: Vec<ItemJson>,
}

#[derive(Deserialize)]
struct ItemJson {
    id: Value,
    #[serde(default)]
    categories: Vec<String>,
    #[serde(default)]
    title: String,
    published: Option<Value>,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    canonical: Vec<LinkJson>,
    #[serde(default)]
    alternate: Vec<LinkJson>,
    summary: Option<TextJson>,
    content: Option<TextJson>,
    origin: Option<OriginJson>,
}

#[derive(Deserialize)]
struct LinkJson {
    #[serde(default)]
    href: String,
}

#[derive(Deserialize)]
struct TextJson {
    #[serde(default)]
    content: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OriginJson {
    #[serde(default)]
    stream_id: String,
}

/// A list of entries: those of a stream, newest first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IdList<'a> {
    stream: &'a str,
    /// Tag of the entries that are listed.
    only: Option<&'a str>,
    /// Tag of the entries that are left out.
    without: Option<&'a str>,
}

impl IdList<'_> {
    /// All entries.
    pub(crate) const ALL: Self = Self { stream: ALL, only: None, without: None };
    /// The unread entries.
    pub(crate) const UNREAD: Self = Self { stream: ALL, only: None, without: Some(READ) };
    /// The entries that have been read. Miniflux looks at the stream, and `FreshRSS` at the tag.
    pub(crate) const READ: Self = Self { stream: READ, only: Some(READ), without: None };
    /// The starred entries.
    pub(crate) const STARRED: Self = Self { stream: STARRED, only: None, without: None };
}

/// A page of a list of entries.
#[derive(Debug, Default)]
pub(crate) struct IdPage {
    pub ids: Vec<i64>,
    /// Where the next page begins, in a form of the server's own; `None` on the last page.
    pub continuation: Option<String>,
    /// The server's clock, in Unix seconds.
    pub date: Option<i64>,
}

impl IdPage {
    /// Returns whether the first page of a list shows that the server continues a list at a position, as Miniflux does.
    /// Other servers continue it after an ID or a time.
    pub(crate) fn shows_positions(&self) -> bool {
        self.continuation.as_ref().is_some_and(|text| *text == self.ids.len().to_string())
    }
}

impl GoogleReader {
    /// Creates a client and logs in if there is no token yet.
    pub(crate) fn new(fetcher: &Fetcher, account: &Account, secret: &mut Secret) -> Result<Self, SyncError> {
        let connection = Connection::new(fetcher, &account.url)?;
        let mut client = Self { connection, user: account.user.clone() };
        match &secret.token {
            Some(token) => client.authorize(token),
            None => client.log_in(secret)?,
        }
        Ok(client)
    }

    fn authorize(&mut self, token: &str) {
        self.connection.authorize("Authorization", format!("GoogleLogin auth={token}"));
    }

    /// Exchanges the password for a new token.
    pub(crate) fn log_in(&mut self, secret: &mut Secret) -> Result<(), SyncError> {
        let body = form([
            ("Email", self.user.as_str()),
            ("Passwd", secret.password.as_str()),
            ("service", "reader"),
            ("accountType", "HOSTED_OR_GOOGLE"),
            ("output", "text"),
        ]);
        let response = self.connection.send("/accounts/ClientLogin", ApiCall::Form(&body))?;
        let text = String::from_utf8(response.body).map_err(|_| SyncError::Malformed)?;
        let token = text.lines().find_map(|line| line.strip_prefix("Auth=")).ok_or(SyncError::Malformed)?.trim();
        self.authorize(token);
        secret.token = Some(token.to_owned());
        Ok(())
    }

    /// Returns the feeds that the user follows, each with its first folder, and the names of all folders.
    pub(crate) fn feeds(&self) -> Result<(Vec<RemoteFeed>, HashSet<String>), SyncError> {
        let (found, _) = self.connection.get::<Subscriptions>("/reader/api/0/subscription/list?output=json")?;
        let folder =
            |category: &CategoryJson| category.label.clone().or_else(|| label_name(&category.id).map(str::to_owned));
        let folders = found.subscriptions.iter().flat_map(|feed| feed.categories.iter().filter_map(folder)).collect();
        let feed = |feed: SubscriptionJson| RemoteFeed {
            // Without a field of its own, the URL is in the ID.
            url: feed.url.unwrap_or_else(|| feed.id.trim_start_matches("feed/").to_owned()),
            folder: feed.categories.iter().find_map(folder).unwrap_or_default(),
            title: feed.title,
            remote: feed.id,
        };
        Ok((found.subscriptions.into_iter().map(feed).collect(), folders))
    }

    /// Returns the entries of each label that can be given to an entry. Labels of feeds are `folders`, and some servers
    /// list both in the same way.
    pub(crate) fn labels(&self, folders: &HashSet<String>) -> Result<BTreeMap<String, HashSet<i64>>, SyncError> {
        let (found, _) = self.connection.get::<Tags>("/reader/api/0/tag/list?output=json&types=1")?;
        let is_label = |tag: &TagJson, name: &str| {
            tag.kind.as_deref().is_none_or(|kind| kind == "tag") && !name.is_empty() && !folders.contains(name)
        };
        let names = found.tags.iter().filter_map(|tag| label_name(&tag.id).filter(|name| is_label(tag, name)));
        let names: BTreeSet<&str> = names.collect();
        let mut out = BTreeMap::new();
        for name in names.into_iter().take(MAX_LABELS) {
            let stream = label(name);
            let list = IdList { stream: &stream, only: None, without: None };
            out.insert(name.to_owned(), self.ids(list)?.into_iter().collect());
        }
        Ok(out)
    }

    /// Returns the IDs of all entries of a list.
    pub(crate) fn ids(&self, list: IdList<'_>) -> Result<Vec<i64>, SyncError> {
        let (mut out, mut seen) = (Vec::new(), HashSet::new());
        let mut continuation: Option<String> = None;
        loop {
            let page = self.page(list, IDS, continuation.as_deref())?;
            let is_empty = page.ids.is_empty();
            let before = out.len();
            out.extend(page.ids.into_iter().filter(|id| seen.insert(*id)));
            continuation = page.continuation;
            if continuation.is_none() || is_empty {
                return Ok(out);
            }
            // A list that repeats itself would never end.
            if out.len() == before || out.len() > MAX_IDS {
                return Err(SyncError::Endless);
            }
        }
    }

    /// Returns a page of a list with at most `count` IDs. It begins where the page with `continuation` has ended.
    pub(crate) fn page(&self, list: IdList<'_>, count: usize, continuation: Option<&str>) -> Result<IdPage, SyncError> {
        let count = count.to_string();
        let pairs = [("output", "json"), ("s", list.stream), ("n", count.as_str())];
        let optional = [("it", list.only), ("xt", list.without), ("c", continuation)];
        let optional = optional.into_iter().filter_map(|(name, value)| Some((name, value?)));
        let path = format!("/reader/api/0/stream/items/ids?{}", form(pairs.into_iter().chain(optional)));
        let (page, date) = self.connection.get::<Ids>(&path)?;
        let ids: Option<Vec<i64>> = page.item_refs.iter().map(|item| id(&item.id)).collect();
        let continuation = page.continuation.as_ref().map(plain).filter(|text| !text.is_empty());
        Ok(IdPage { ids: ids.ok_or(SyncError::Malformed)?, continuation, date })
    }

    /// Returns the token that requests with changes must contain.
    pub(crate) fn edit_token(&self) -> Result<String, SyncError> {
        let response = self.connection.send("/reader/api/0/token", ApiCall::Get)?;
        let token = String::from_utf8(response.body).map_err(|_| SyncError::Malformed)?;
        Ok(token.trim().to_owned())
    }

    /// Returns the entries with these IDs, with their texts and states, in any order.
    pub(crate) fn contents(&self, ids: &[i64], token: &str) -> Result<Vec<Entry>, SyncError> {
        let names: Vec<String> = ids.iter().map(|id| long_id(*id)).collect();
        let names = names.iter().map(|name| ("i", name.as_str()));
        let body = form([("output", "json"), ("T", token)].into_iter().chain(names));
        let response = self.connection.send("/reader/api/0/stream/items/contents?output=json", ApiCall::Form(&body))?;
        let found: Contents = parse(&response.body)?;
        found.items.into_iter().map(|item| of_json(item).ok_or(SyncError::Malformed)).collect()
    }

    /// Adds a tag to entries, or removes it.
    pub(crate) fn tag(&self, ids: &[i64], tag: &str, add: bool, token: &str) -> Result<(), SyncError> {
        let names: Vec<String> = ids.iter().map(|id| long_id(*id)).collect();
        let names = names.iter().map(|name| ("i", name.as_str()));
        let body = form([("T", token), (if add { "a" } else { "r" }, tag)].into_iter().chain(names));
        self.connection.send("/reader/api/0/edit-tag", ApiCall::Form(&body)).map(drop)
    }
}

/// Returns the tag of a label.
pub(crate) fn label(name: &str) -> String {
    format!("{LABEL}{name}")
}

/// Returns the name of a label. The server may put its own ID of the user in place of the hyphen.
fn label_name(tag: &str) -> Option<&str> {
    tag.strip_prefix("user/")?.split_once("/label/").map(|(_, name)| name)
}

/// Formats an ID in its long form.
fn long_id(id: i64) -> String {
    format!("{LONG_ID}{:016x}", id as u64)
}

/// Parses an ID: a decimal number, signed or not, or the long form.
fn id(value: &Value) -> Option<i64> {
    let text = plain(value);
    match text.strip_prefix(LONG_ID) {
        Some(digits) => u64::from_str_radix(digits, 16).ok().map(|id| id as i64),
        None => text.parse::<i64>().ok().or_else(|| text.parse::<u64>().ok().map(|id| id as i64)),
    }
}

/// Formats a string or a number.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Returns whether an entry has a tag. The server may put its own ID of the user in place of the hyphen.
fn has(categories: &[String], tag: &str) -> bool {
    let state = tag.trim_start_matches("user/-");
    categories.iter().any(|category| category.starts_with("user/") && category.ends_with(state))
}

fn of_json(item: ItemJson) -> Option<Entry> {
    let link = item.canonical.into_iter().chain(item.alternate).map(|link| link.href).find(|href| !href.is_empty());
    let text =
        [item.content, item.summary].into_iter().flatten().map(|text| text.content).find(|text| !text.is_empty());
    let published = item.published.as_ref().and_then(|at| plain(at).parse().ok());
    let published = published.and_then(|at| jiff::Timestamp::from_second(at).ok());
    Some(Entry {
        id: id(&item.id)?,
        feed: item.origin?.stream_id,
        read: has(&item.categories, READ),
        starred: has(&item.categories, STARRED),
        title: item.title,
        url: link.unwrap_or_default(),
        author: item.author.unwrap_or_default(),
        published: published.map(|at| at.to_string()).unwrap_or_default(),
        html: text.unwrap_or_default(),
        ..Entry::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_in_all_its_forms() {
        let long = |text: &str| id(&Value::from(format!("{LONG_ID}{text}")));
        assert_eq!(id(&Value::from("12")), Some(12));
        assert_eq!(id(&Value::from(12)), Some(12));
        assert_eq!(long("000000000000000c"), Some(12));
        assert_eq!(long("ffffffffffffffff"), Some(-1));
        assert_eq!(id(&Value::from("18446744073709551615")), Some(-1));
        assert_eq!(id(&Value::from("-1")), Some(-1));
        assert_eq!(long_id(-2), format!("{LONG_ID}fffffffffffffffe"));
        assert_eq!(id(&Value::from("x")), None);
    }

    #[test]
    fn a_label_is_named_whatever_the_id_of_the_user() {
        assert_eq!(label_name("user/1005/label/a/label/b"), Some("a/label/b"));
        assert_eq!(label_name(&label("Ferries & quays")), Some("Ferries & quays"));
        assert_eq!(label_name("user/-/state/com.google/starred"), None);
    }

    #[test]
    fn a_state_is_recognised_whatever_the_id_of_the_user() {
        let categories = ["user/1005/state/com.google/read".to_owned(), "user/1005/label/starred".to_owned()];
        assert!(has(&categories, READ));
        assert!(!has(&categories, STARRED));
    }
}
