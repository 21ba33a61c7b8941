//! An entry as every protocol delivers it, and its conversion to a story of the library.

use dateline_core::article::Article;
use dateline_ingest::{self as ingest, FeedEntry};

/// An entry of a feed server with its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// ID on the server.
    pub id: i64,
    /// ID of its feed on the server.
    pub feed: String,
    /// Title of its feed.
    pub feed_title: String,
    pub title: String,
    pub url: String,
    pub author: String,
    /// Time of publication in RFC 3339.
    pub published: String,
    /// Full text as HTML.
    pub html: String,
    pub read: bool,
    pub starred: bool,
}

impl Entry {
    /// Returns the hash of the URL, by which an ID that names another story is noticed.
    pub(crate) fn page(&self) -> i64 {
        hash([self.url.as_str()])
    }

    /// Returns the hash of everything that becomes text.
    pub(crate) fn content(&self) -> i64 {
        hash([&self.title, &self.url, &self.author, &self.published, &self.html].map(String::as_str))
    }

    /// Converts the entry to an article. `server` is the URL of the server, which its IDs belong to.
    pub(crate) fn article(&self, server: &str) -> Result<Article, ingest::Error> {
        ingest::article_of_entry(&FeedEntry {
            id: &format!("{server}#{}", self.id),
            title: &self.title,
            url: &self.url,
            author: &self.author,
            published: &self.published,
            publisher: &self.feed_title,
            html: &self.html,
        })
    }
}

/// Hashes texts with FNV-1a. The library stores the result, so it must be the same in every version of the program, which
/// the standard library's hasher does not promise.
fn hash<'a>(texts: impl IntoIterator<Item = &'a str>) -> i64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for text in texts {
        // No byte of UTF-8 is 0xff, so texts that are divided differently have different hashes.
        for byte in text.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_every_version() {
        assert_eq!(hash(["a"]) as u64, 0x089b_c907_b544_c769);
        assert_ne!(hash(["ab", "c"]), hash(["a", "bc"]));
    }
}
