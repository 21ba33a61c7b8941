//! Reads long files in batches. Each batch is prepared and stored before the next is read, so that a mailbox of any
//! size takes no more memory than a few hundred messages. Standard input is read in the same way, since its length is
//! unknown.

use super::{BATCH, Batch, Incoming, MAX_KEPT_SOURCE, PANIC_MESSAGE, Seen, Source, renew};
use crate::Result;
use crate::document::Document;
use crate::incoming::{Raw, SharedSource};
use dateline_core::article::Article;
use dateline_ingest::source::{self, Content, File, PendingArticles};
use dateline_ingest::{self as ingest, Error};
use std::io::Read;
use std::sync::Arc;

/// State of reading a long file.
struct FileState<'a> {
    name: &'a str,
    raw: Raw,
    document: Document,
    /// Number of articles already added to batches.
    handed: usize,
    pending: PendingArticles,
    failed: Vec<(String, String)>,
}

impl FileState<'_> {
    /// Takes the pending articles as the input of a batch.
    fn incoming(&mut self) -> Vec<Incoming> {
        let articles = self.pending.take();
        let several = self.handed + articles.len() > 1;
        let mut out = Vec::with_capacity(articles.len());
        for mut article in articles {
            self.handed += 1;
            self.document.count(&article);
            let unique = self.document.is_item(&article, several).then(|| self.document.unique(&article));
            let item = if several { self.handed.to_string() } else { String::new() };
            let raw = match &self.raw {
                Raw::Shared(whole) if !several => Raw::Own(whole.bytes.to_vec()),
                raw => raw.clone(),
            };
            if matches!(raw, Raw::None) {
                article.notes.push(not_kept());
            }
            out.push(Incoming { article, source: self.name.to_owned(), item, unique, raw, ..Incoming::default() });
        }
        out
    }
}

/// Returns the article note for a source that is too long to be stored.
fn not_kept() -> String {
    format!("Its source is not kept in the library, because it is longer than {} MB.", MAX_KEPT_SOURCE >> 20)
}

/// Returns the message for a file whose source is too long to be stored.
fn file_not_kept() -> String {
    format!("added without its source, which is longer than {} MB", MAX_KEPT_SOURCE >> 20)
}

impl Source<'_> {
    /// Reads a long file. The file is marked as read in the same transaction as its last batch. Returns whether to
    /// continue the import.
    pub(super) fn long(&self, file: &File, seen: Option<&Seen>) -> Result<bool> {
        let name = file.path.to_string_lossy();
        match source::content(file, MAX_KEPT_SOURCE) {
            Ok(Content::Whole(bytes)) => {
                let whole = Arc::new(SharedSource::from(bytes));
                let document = counted(&name, &whole.bytes);
                self.read_long(&name, Raw::Shared(Arc::clone(&whole)), document, whole.bytes.as_ref(), seen)
            }
            Ok(Content::Long(source)) => self.read_long(&name, Raw::None, Document::new(&name), source, seen),
            Err(error) => {
                let failed = vec![(name.into_owned(), error.to_string())];
                Ok(self.send(Batch { failed, done: 1, ..Batch::default() }))
            }
        }
    }

    fn read_long(
        &self,
        name: &str,
        raw: Raw,
        document: Document,
        source: impl Read,
        seen: Option<&Seen>,
    ) -> Result<bool> {
        let kept = !matches!(raw, Raw::None);
        let mut reading =
            FileState { name, raw, document, handed: 0, pending: PendingArticles::new(BATCH), failed: Vec::new() };
        let mut outcome = Ok(true);
        let read = renew::unharmed(|| {
            ingest::read(name, None, source, &mut |article| {
                outcome = self.take(&mut reading, article);
                matches!(outcome, Ok(true))
            })
        });
        if !outcome? {
            return Ok(false);
        }
        let reason = match read {
            None => Some(PANIC_MESSAGE.to_owned()),
            Some(read) => read.err().map(|error| error.to_string()),
        };
        reading.failed.extend(reason.map(|reason| (name.to_owned(), reason)));
        let failed = !reading.failed.is_empty();
        let mut last = self.batch(&mut reading)?;
        // If nothing could be read from the file, the next import should try again.
        let nothing = reading.handed == 0;
        let lost = nothing && failed;
        last.done = 1;
        if !kept && !nothing {
            last.left_out.push((name.to_owned(), file_not_kept()));
        }
        last.files.extend(seen.filter(|_| !lost).map(Seen::again));
        Ok(self.send(last))
    }

    /// Receives an article or error from the parser. Returns whether to continue the import.
    fn take(&self, reading: &mut FileState<'_>, article: std::result::Result<Article, Error>) -> Result<bool> {
        let full = match article {
            Ok(article) => reading.pending.push(article),
            Err(error) => {
                reading.failed.push((reading.name.to_owned(), error.to_string()));
                reading.failed.len() >= BATCH
            }
        };
        if !full {
            return Ok(true);
        }
        let batch = self.batch(reading)?;
        Ok(self.send(batch))
    }

    /// Returns the pending articles, prepared for storage, and the failures since the last batch.
    fn batch(&self, reading: &mut FileState<'_>) -> Result<Batch> {
        let mut batch = Batch { failed: std::mem::take(&mut reading.failed), ..Batch::default() };
        self.prepare_new(reading.incoming(), &mut batch)?;
        Ok(batch)
    }
}

/// Counts how often each item name occurs in a feed before any item is stored, because a later item may have the same
/// name as an earlier one. In other documents, items are numbered and are counted during the import.
fn counted(name: &str, bytes: &[u8]) -> Document {
    let mut document = Document::new(name);
    if ingest::is_feed(bytes) {
        // Unreadable items are reported later, when the feed is reread to store its items.
        let _ = renew::unharmed(|| {
            ingest::read(name, None, bytes, &mut |article| {
                if let Ok(article) = &article {
                    document.count(article);
                }
                true
            })
        });
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Importer, Summary};
    use crate::query::Query;
    use crate::{Library, Order};
    use dateline_analysis::{Analyzer, Options};
    use std::fs;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn an_id_that_returns_megabytes_later_identifies_no_item() {
        let filling = "<p>It rained on the pier.</p>".repeat(9000);
        let items = (0..40).map(|n| {
            format!(
                "<item><title>Ferry {n}</title><guid>poll</guid><description><![CDATA[{filling}]]></description></item>"
            )
        });
        let feed = format!("<rss><channel>{}</channel></rss>", items.collect::<String>());
        assert!(feed.len() > 4 << 20, "a feed of this size is read piece by piece");
        let document = counted("feed.xml", feed.as_bytes());
        let first = &ingest::articles("feed.xml", feed.as_bytes()).unwrap()[0];
        let unique = document.unique(first);
        assert!(!unique.id && unique.title);
    }

    #[test]
    fn a_long_feed_is_stored_to_its_last_item_and_known_the_next_time() {
        let folder = std::env::temp_dir().join(format!("dateline-long-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (feed, place) = (folder.join("feed.xml"), folder.join("library.db"));
        let filling = "<p>It rained on the pier.</p>".repeat(500);
        let items = (0..600).map(|number| {
            format!("<item><title>Ferry {number} late</title><guid>f{number}</guid><description><![CDATA[{filling}<p>Ferry {number} came.</p>]]></description></item>")
        });
        let items: String = items.collect();
        fs::write(&feed, format!("<rss><channel><title>Post</title>{items}</channel></rss>")).unwrap();
        assert!(File::new(feed.clone()).is_long());
        let _ = fs::remove_file(&place);
        let mut library = Library::open_or_create(&place).unwrap();
        let importer =
            Importer { analyzer: Analyzer::bundled(), options: Options::default(), records: false, later: false };
        let mut batches = 0;
        let mut run = |library: &mut Library| {
            let counted = |progress: crate::Progress<'_>| {
                batches += usize::from(matches!(progress, crate::Progress::Done(..)));
            };
            importer.run(library, std::slice::from_ref(&feed), &AtomicBool::new(false), counted).unwrap()
        };
        assert_eq!(run(&mut library), Summary { new: 600, ..Summary::default() });
        assert_eq!(run(&mut library), Summary { unchanged: 1, ..Summary::default() });
        assert!(batches > 3, "it came in one piece");
        let last = Query::parse("title:\"ferry 599 late\"").unwrap();
        let today = jiff::civil::date(2024, 5, 15);
        assert_eq!(library.found(&last, today, Order::Newest, 9).unwrap().len(), 1);
        drop(library);
        let _ = fs::remove_dir_all(&folder);
    }
}
