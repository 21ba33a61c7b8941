//! Long files of several articles - a feed of ten thousand, years of mail - batch by batch: what is read is analysed
//! and stored before all of it is read.

use super::{BATCH, Batch, Incoming, Seen, Source, renew};
use crate::article::Article;
use crate::ingest;
use crate::library::Result;
use crate::library::document::Document;
use crate::library::incoming::{Raw, Whole};
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// From so many bytes on, a file is long.
const LONG: u64 = 4 << 20;

/// Whether a file is long.
pub(super) fn is_long(seen: Option<&Seen>) -> bool {
    seen.is_some_and(|seen| seen.size as u64 >= LONG)
}

/// A file as it is read.
struct Reading<'a> {
    name: &'a str,
    raw: Raw,
    document: Document,
    /// How many articles were handed on.
    handed: usize,
    waiting: Vec<Article>,
    failed: Vec<(String, String)>,
}

impl Reading<'_> {
    /// The articles that wait, as a batch is made of them.
    fn incoming(&mut self) -> Vec<Incoming> {
        let several = self.handed + self.waiting.len() > 1;
        let mut out = Vec::with_capacity(self.waiting.len());
        for article in self.waiting.drain(..) {
            self.handed += 1;
            self.document.count(&article);
            let unique = self.document.is_item(&article).then(|| self.document.unique(&article));
            let item = if several { self.handed.to_string() } else { String::new() };
            let raw = match &self.raw {
                Raw::Shared(whole) if !several => Raw::Own(whole.bytes.to_vec()),
                raw => raw.clone(),
            };
            out.push(Incoming { article, source: self.name.to_owned(), item, unique, raw, ..Incoming::default() });
        }
        out
    }
}

impl Source<'_> {
    /// A long file, batch by batch; it counts as read with the last. Whether there is reason to go on.
    pub(super) fn long(&self, path: &Path, seen: Option<&Seen>) -> Result<bool> {
        let name = path.to_string_lossy();
        let done = || {
            let files = seen.map(|seen| Seen { path: seen.path.clone(), ..*seen }).into_iter().collect();
            self.send(Batch { done: 1, files, ..Batch::default() })
        };
        let bytes = match fs::read(path) {
            Ok(bytes) => Arc::new(Whole::new(bytes)),
            Err(error) => {
                let failed = vec![(name.to_string(), error.to_string())];
                return Ok(self.send(Batch { failed, done: 1, ..Batch::default() }));
            }
        };
        let raw = Raw::Shared(Arc::clone(&bytes));
        let document = counted(&name, &bytes.bytes);
        let mut reading = Reading { name: &name, raw, document, handed: 0, waiting: Vec::new(), failed: Vec::new() };
        let mut outcome = Ok(true);
        let read = renew::unharmed(|| {
            ingest::read(&name, None, bytes.bytes.as_ref(), &mut |article| {
                match article {
                    Ok(article) => reading.waiting.push(article),
                    Err(error) => reading.failed.push((name.to_string(), error.to_string())),
                }
                if reading.waiting.len() >= BATCH {
                    outcome = self.hand_on(&mut reading);
                }
                matches!(outcome, Ok(true))
            })
        });
        if !outcome? {
            return Ok(false);
        }
        let reason = match read {
            None => Some("reading it failed, which is a fault of Dateline".to_owned()),
            Some(read) => read.err().map(|error| error.to_string()),
        };
        // A file of which nothing could be read is looked at again the next time.
        let lost = reading.handed + reading.waiting.len() == 0 && (reason.is_some() || !reading.failed.is_empty());
        reading.failed.extend(reason.map(|reason| (name.to_string(), reason)));
        let on = self.hand_on(&mut reading)?;
        Ok(on && if lost { self.send(Batch { done: 1, ..Batch::default() }) } else { done() })
    }

    fn hand_on(&self, reading: &mut Reading<'_>) -> Result<bool> {
        let mut batch = Batch { failed: std::mem::take(&mut reading.failed), ..Batch::default() };
        self.annotate(reading.incoming(), &mut batch)?;
        Ok(self.send(batch))
    }
}

/// Counts the names of a feed's items before any of them is stored, because the first item that has a name cannot show
/// that a later one has it too. Other documents name their items by their places and are counted on the way.
fn counted(name: &str, bytes: &[u8]) -> Document {
    let mut document = Document::new(name);
    if ingest::is_feed(bytes) {
        // What cannot be read is reported when the items are read to be stored.
        let _ = renew::unharmed(|| {
            ingest::read(name, None, bytes, &mut |article| {
                article.iter().for_each(|article| document.count(article));
                true
            })
        });
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analyzer, Options};
    use crate::library::import::{Importer, Summary};
    use crate::library::query::Query;
    use crate::library::{Library, Order};
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
        assert!(feed.len() as u64 > LONG);
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
        assert!(fs::metadata(&feed).unwrap().len() > LONG);
        let _ = fs::remove_file(&place);
        let mut library = Library::open_or_create(&place).unwrap();
        let importer = Importer { analyzer: Analyzer::bundled(), options: Options::default(), records: false };
        let mut batches = 0;
        let mut run = |library: &mut Library| {
            let counted = |progress: crate::library::Progress<'_>| {
                batches += usize::from(matches!(progress, crate::library::Progress::Done(..)));
            };
            importer.run(library, std::slice::from_ref(&feed), &AtomicBool::new(false), counted).unwrap()
        };
        assert_eq!(run(&mut library), Summary { new: 600, ..Summary::default() });
        assert_eq!(run(&mut library), Summary { unchanged: 1, ..Summary::default() });
        assert!(batches > 3, "it came in one piece");
        let last = Query::parse("title:\"ferry 599 late\"").unwrap();
        let today = jiff::civil::date(2024, 5, 15);
        assert_eq!(library.found(&last, today, Order::Newest).unwrap().len(), 1);
        drop(library);
        let _ = fs::remove_dir_all(&folder);
    }
}
