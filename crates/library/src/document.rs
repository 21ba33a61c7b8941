//! Documents with several items, such as feeds and files of records. An item can have several names (ID, URL, title
//! with date), and only names unique within the document identify it.

use super::counters;
use super::identity::{self, Identity};
use dateline_core::article::Article;
use jiff::Timestamp;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Index of the names of all items in a document. A name shared by different items identifies none of them.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Name of the document. IDs that only number the items begin with it.
    name: String,
    /// Map from the hash of each name to the fingerprint of its item, or to `None` if different items share the name.
    names: HashMap<u64, Option<u64>>,
}

/// Flags for the names of an item that are unique within its document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "four independent answers")]
pub struct Unique {
    /// Whether the item has an ID that no other item has. An ID that only numbers the item does not count.
    pub id: bool,
    /// Whether the item is the only one with its URL, including the fragment.
    pub address: bool,
    /// Whether the item is the only one with its URL, without the fragment.
    pub page: bool,
    /// Whether the item is the only one with both its title and its date.
    pub title: bool,
}

/// A name that identifies an item within its feed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ItemName {
    /// ID given by the feed.
    Id(String),
    /// Normalised URL of the item, with the fragment.
    Address(String),
    /// Title of the item, and its date.
    Title(String, String),
}

impl ItemName {
    /// Returns all names of an item, most reliable first. Names that the item lacks are `None`.
    #[must_use]
    pub fn all_of(item: &Article) -> [Option<Self>; 3] {
        [
            Some(Self::Id(item.id.clone())).filter(|_| !item.id.is_empty()),
            item.url.as_deref().map(|url| Self::Address(identity::full_url(url))),
            item.headline.as_ref().map(|title| Self::Title(title.value.clone(), date(item))),
        ]
    }
}

impl Document {
    /// Creates an empty document. `name` is the name under which the document was parsed: items without an ID get one
    /// that begins with that name.
    #[must_use]
    pub(crate) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), names: HashMap::new() }
    }

    /// Creates a document and adds all its items.
    pub fn of<'a>(name: &str, items: impl IntoIterator<Item = &'a Article>) -> Self {
        let mut document = Self::new(name);
        items.into_iter().for_each(|item| document.count(item));
        document
    }

    /// Adds an item to the document. Adding an equal item again changes nothing.
    pub(crate) fn count(&mut self, item: &Article) {
        let fingerprint = fingerprint(item);
        for name in self.names_of(item).into_iter().flatten() {
            let known = self.names.entry(name).or_insert(Some(fingerprint));
            if *known != Some(fingerprint) {
                *known = None;
            }
        }
    }

    /// Returns which names of an added item are unique so far.
    #[must_use]
    pub fn unique(&self, item: &Article) -> Unique {
        let [id, address, page, title] =
            self.names_of(item).map(|name| name.is_some_and(|name| matches!(self.names.get(&name), Some(Some(_)))));
        Unique { id, address, page, title }
    }

    /// Returns whether an article is an item of a document rather than a separate page. `several` is `true` if the
    /// document contains other articles, too: the first one of a text may have the name of the document as its ID.
    #[must_use]
    pub fn is_item(&self, article: &Article, several: bool) -> bool {
        several || (!article.id.is_empty() && article.id != self.name)
    }

    /// Returns the most reliable unique name of an item: its ID, else its URL, else its title and date.
    #[must_use]
    pub fn name_of(&self, item: &Article) -> Option<ItemName> {
        let unique = self.unique(item);
        let names = ItemName::all_of(item);
        names.into_iter().zip([unique.id, unique.address, unique.title]).find_map(|(name, is)| name.filter(|_| is))
    }

    fn names_of(&self, item: &Article) -> [Option<u64>; 4] {
        let address = item.url.as_deref();
        [
            self.has_own_id(item).then(|| hash(("id", &item.id))),
            address.map(|url| hash(("address", identity::full_url(url)))),
            address.map(|url| hash(("page", identity::canonical_url(url)))),
            item.headline.as_ref().map(|title| hash(("title", &title.value, date(item)))),
        ]
    }

    fn has_own_id(&self, item: &Article) -> bool {
        !item.id.is_empty() && !is_numbered(&item.id, &self.name)
    }
}

/// Returns whether an ID only numbers the item within its document. Such an ID is the document's name, optionally
/// followed by `#` and a number.
pub(super) fn is_numbered(id: &str, document: &str) -> bool {
    let Some(rest) = id.strip_prefix(document) else { return false };
    rest.is_empty() || rest.strip_prefix('#').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns whether a source has the same name every time it is read. Standard input has none, and the name of a file that is
/// not UTF-8 may belong to several files, so neither identifies the story that an article continues.
pub(super) fn has_lasting_name(source: &str) -> bool {
    source != "-" && !source.contains(char::REPLACEMENT_CHARACTER)
}

/// Hashes the title, date and text of an item. Items of one document that agree in all three are the same item.
pub(super) fn fingerprint(item: &Article) -> u64 {
    hash((item.headline.as_ref().map(|title| &title.value), date(item), identity::text_hash(&item.text)))
}

/// Formats a publication date as precisely as it is known, in UTC if it has a time. Returns an empty string if the item
/// is undated.
pub(super) fn date(item: &Article) -> String {
    let Some(published) = &item.published else { return String::new() };
    match &published.moment {
        Some(moment) => moment.parse::<Timestamp>().map_or_else(|_| moment.clone(), |moment| moment.to_string()),
        None => published.date.to_string(),
    }
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Keys by which an incoming article can be recognised as one already in the library.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    /// Whether the article is an item of a document. If so, a key made from one of its names is `None` unless that name
    /// is unique within the document.
    pub is_item: bool,
    /// Key made from the source and the article's ID within it.
    pub id: Option<Identity>,
    /// Key made from the article's URL, including the fragment.
    pub address: Option<Identity>,
    /// Key made from the article's URL without the fragment.
    pub page: Option<Identity>,
    /// Key made from the source, the title and the date.
    pub title: Option<Identity>,
    /// Key made from the article's position in the source; `None` if the source has no lasting name.
    pub place: Option<Identity>,
    /// Key made from the article's text.
    pub text: Identity,
    /// Key made from the source and the item's text with its counters replaced; `None` if the text has no counters.
    pub uncounted: Option<Identity>,
}

impl Keys {
    /// Returns the keys of an article that is not an item of a document.
    pub(crate) fn of_page(source: &str, place: &str, article: &Article) -> Self {
        Self {
            is_item: false,
            id: None,
            address: None,
            page: article.url.as_deref().map(identity::of_url),
            title: None,
            place: has_lasting_name(source).then(|| identity::of_item(source, place)),
            text: identity::of_text(&identity::text_hash(&article.text)),
            uncounted: None,
        }
    }

    /// Returns the keys of an item in a document.
    pub(crate) fn of_item(source: &str, place: &str, item: &Article, unique: Unique) -> Self {
        let page = Self::of_page(source, place, item);
        let address = item.url.as_deref().filter(|_| unique.address).map(identity::of_address);
        let title = item.headline.as_ref().filter(|_| unique.title);
        Self {
            is_item: true,
            id: unique.id.then(|| identity::of_item(source, &item.id)),
            address,
            page: page.page.filter(|_| unique.page),
            title: title.map(|title| identity::of_title(source, &title.value, &date(item))),
            uncounted: counters::without_counters(item).map(|text| identity::of_uncounted_text(source, &text)),
            ..page
        }
    }

    /// Returns the keys that identify a whole page: its URL, position and text.
    pub(crate) fn of_whole_page(&self) -> Vec<Identity> {
        self.page.into_iter().chain(self.place).chain([self.text]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::article::Datum;

    fn item(id: &str, url: &str, title: &str) -> Article {
        let url = Some(url.to_owned()).filter(|url| !url.is_empty());
        Article { url, headline: Some(Datum::given(title.to_owned())), ..Article::verbatim(id, title) }
    }

    #[test]
    fn a_name_that_two_different_items_have_identifies_neither() {
        let items = [
            item("poll", "https://a.example/live#1", "Bridge"),
            item("poll", "https://a.example/live#2", "Ferry"),
            item("c", "https://a.example/c", "School"),
            item("feed#4", "", "School"),
        ];
        let document = Document::of("feed", &items);
        let unique = |at: usize| document.unique(&items[at]);
        assert_eq!(unique(0), Unique { id: false, address: true, page: false, title: true });
        assert_eq!(unique(2), Unique { id: true, address: true, page: true, title: true });
        assert_eq!(unique(3), Unique { title: true, ..Unique::default() });
    }

    #[test]
    fn the_same_item_twice_keeps_its_names() {
        let items = [item("a", "https://a.example/1", "Bridge"), item("a", "https://a.example/1", "Bridge")];
        assert!(Document::of("feed", &items).unique(&items[0]).id);
    }

    #[test]
    fn one_moment_in_two_time_zones_is_one_date() {
        let dated =
            |stamp: &str| dateline_ingest::article_of_record(&format!(r#"{{"text": "a", "published": "{stamp}"}}"#), 1);
        let (zulu, berlin) = (dated("2026-03-04T09:00:00Z").unwrap(), dated("2026-03-04T10:00:00+01:00").unwrap());
        assert_eq!(date(&zulu), date(&berlin));
        assert_eq!(date(&dated("2026-03-04").unwrap()), "2026-03-04");
    }
}
