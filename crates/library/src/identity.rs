//! Identities of articles. An article is recognised by the URL of its page, by its position in its file or feed, or by
//! its exact words.

use dateline_core::text::folded;
use sha2::{Digest, Sha256};
use url::Url;

/// Query parameters that record how a visitor reached a page. They do not identify the page.
const TRACKING: &[&str] =
    &["fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "ocid", "cmpid", "ref_src", "xtor"];

/// Prefixes of the names of other tracking parameters.
const TRACKING_PREFIXES: &[&str] = &["utm_", "at_medium", "at_campaign"];

/// Hash of one of an article's identities, truncated to the length stored in the library.
pub(super) type Identity = [u8; 16];

/// Computes a SHA-256 hash.
pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// Computes the hash of a text, ignoring differences in white space.
pub(super) fn text_hash(text: &str) -> [u8; 32] {
    // Hashed at once, because a call for each word would take longer than the hashing.
    let mut folded = String::with_capacity(text.len() + 1);
    for word in text.split_whitespace() {
        folded.push_str(word);
        folded.push(' ');
    }
    sha256(folded.as_bytes())
}

/// Returns the identity of the article at a URL.
pub(super) fn of_url(url: &str) -> Identity {
    cut(sha256(format!("url:{}", canonical_url(url)).as_bytes()))
}

/// Returns the identity of an item, given its source and its ID within that source.
pub(super) fn of_item(source: &str, item: &str) -> Identity {
    cut(sha256(format!("item:{source}#{item}").as_bytes()))
}

/// Returns the identity of the item at a URL, including the fragment.
pub(super) fn of_address(url: &str) -> Identity {
    cut(sha256(format!("url:{}", full_url(url)).as_bytes()))
}

/// Returns the identity of an item, given its source, title and date. The date is empty if the item is undated.
pub(super) fn of_title(source: &str, title: &str, date: &str) -> Identity {
    cut(sha256(format!("title:{source}\n{date}\n{}", folded(title)).as_bytes()))
}

/// Returns the identity of the article whose text has this hash.
pub(super) fn of_text(text_hash: &[u8; 32]) -> Identity {
    of_hash(text_hash)
}

/// Returns the identity of an item, given its source and its text with the counters replaced.
pub(super) fn of_uncounted_text(source: &str, text: &str) -> Identity {
    cut(sha256(format!("uncounted:{source}\n{text}").as_bytes()))
}

/// Returns the identity of an article, given the stored hash of its text.
pub(super) fn of_hash(text_hash: &[u8]) -> Identity {
    cut(sha256(&[b"text:".as_slice(), text_hash].concat()))
}

fn cut(hash: [u8; 32]) -> Identity {
    let mut out = Identity::default();
    out.copy_from_slice(&hash[..16]);
    out
}

/// Normalises a URL, so that different spellings of a page's URL become equal. The fragment, tracking parameters, the
/// default port, "www." and trailing slashes are removed, and http becomes https. A URL with any other scheme keeps its
/// fragment and query.
#[must_use]
pub fn canonical_url(address: &str) -> String {
    let Ok(mut url) = Url::parse(address.trim()) else { return address.trim().to_owned() };
    if !matches!(url.scheme(), "http" | "https") {
        return url.into();
    }
    url.set_fragment(None);
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !is_tracking(name))
        .map(|(n, v)| (n.into_owned(), v.into_owned()))
        .collect();
    if kept.is_empty() {
        url.set_query(None);
    } else {
        url.query_pairs_mut().clear().extend_pairs(kept);
    }
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("https://{host}{port}{}{query}", url.path().trim_end_matches('/'))
}

/// Normalises a URL like [`canonical_url`] but keeps the fragment, since the entries of a live page differ in nothing
/// else. Tracking fragments (`#xtor=RSS-1`) are dropped.
pub(super) fn full_url(address: &str) -> String {
    let page = canonical_url(address);
    let fragment = Url::parse(address.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .and_then(|url| url.fragment().map(str::to_owned))
        .filter(|fragment| !fragment.is_empty() && !counts_clicks(fragment));
    fragment.map_or(page.clone(), |fragment| format!("{page}#{fragment}"))
}

/// Returns whether a fragment consists of tracking parameters only.
fn counts_clicks(fragment: &str) -> bool {
    let mut names = fragment.split('&').map(|pair| pair.split_once('='));
    names.all(|pair| pair.is_some_and(|(name, _)| is_tracking(name)))
}

fn is_tracking(name: &str) -> bool {
    TRACKING.contains(&name) || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Returns whether two texts are versions of the same story: at least a tenth of the four-word sequences of the shorter
/// text occur in the other.
pub(super) fn is_revision(old: &str, new: &str) -> bool {
    shared_runs(old, new) >= 0.1
}

/// Returns the proportion (0 to 1) of the four-word sequences of the shorter text that occur in the other.
pub(super) fn shared_runs(old: &str, new: &str) -> f64 {
    let (old, new) = (runs(old), runs(new));
    let shared = old.intersection(&new).count();
    shared as f64 / old.len().min(new.len()).max(1) as f64
}

fn runs(text: &str) -> std::collections::HashSet<u64> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let words: Vec<&str> = text.split_whitespace().collect();
    let hash = |run: &[&str]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    words.windows(4.min(words.len().max(1))).map(hash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_are_one() {
        let plain = canonical_url("https://news.example/a/b?id=7");
        assert_eq!(canonical_url("http://www.news.example:80/a/b/?utm_source=x&id=7&fbclid=1#top"), plain);
        assert_ne!(canonical_url("https://news.example/a/b?id=8"), plain);
        assert_eq!(canonical_url("no address"), "no address");
    }

    #[test]
    fn a_fragment_names_an_item_unless_it_only_counts_clicks() {
        let live = "https://www.news.example/live/?utm_source=rss#a";
        assert_eq!(full_url(live), "https://news.example/live#a");
        assert_ne!(of_address(live), of_address("https://news.example/live#b"));
        assert_eq!(
            of_address("http://news.example/live#xtor=RSS-3&utm_medium=feed"),
            of_url("https://news.example/live")
        );
        assert_eq!(full_url("tag:news.example,2026:1#a"), canonical_url("tag:news.example,2026:1#a"));
    }

    #[test]
    fn line_breaks_do_not_make_another_text() {
        assert_eq!(text_hash("a  b\nc"), text_hash("a b c"));
        assert_ne!(text_hash("ab c"), text_hash("a bc"));
    }

    #[test]
    fn a_mended_story_is_the_same_and_another_is_not() {
        let old = "The ferry will sail again on Monday, the harbour master said after two weeks of repairs.";
        assert!(is_revision(old, &old.replace("Monday", "Tuesday")));
        assert!(!is_revision(old, "Voters in the valley chose a new council on a rainy Sunday in early spring."));
    }
}
