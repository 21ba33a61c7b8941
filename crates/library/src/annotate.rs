//! Annotates the stories that were stored without annotations and can be found only by their words. A thread analyses
//! them on all cores, while the caller's thread stores the annotations in batches, one transaction per batch. Killing
//! the process loses at most one batch, because a story counts as unannotated until its annotations are stored.
//!
//! The newest stories come first, since they are at the top of every list. All others follow in the order of their IDs:
//! the rows of stories with neighbouring IDs are on the same pages of the library, so each page is written about once,
//! whereas in the order of days nearly every batch would write nearly all pages.

use super::annotation_store::Unsettled;
use super::guard::lock_owner::LockOwner;
use super::import::Progress;
use super::incoming::UNANNOTATED;
use super::renew::Reannotated;
use super::{Library, Result};
use dateline_analysis::Analyzer;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;

/// Number of stories analysed at a time: at first, so that something can be seen soon, and at most.
const FIRST_BATCH: usize = 64;
const MAX_BATCH: usize = 256;

/// Number of stories that are annotated newest first, as the sum of a few batches.
const NEWEST: usize = FIRST_BATCH * 15;

/// Maximum number of stories stored per transaction, and maximum size of their annotations in bytes. Every transaction
/// touches most pages of the indices of names and days, and every page touched is written once per transaction, so that
/// few large ones write much less.
const TRANSACTION: usize = 4_096;
const MAX_BYTES: usize = 44 << 20;

/// Number of analysed batches that may wait while a transaction is stored.
const WAITING: usize = 1;

/// Selects the unannotated stories, newest first and those in the bin last. The index of versions is named explicitly:
/// without it, the planner reads all stories in order of their days.
const UNANNOTATED_SQL: &str =
    "SELECT a.id FROM texts t INDEXED BY texts_analyser JOIN articles a ON a.id = t.article_id
    WHERE t.analyser = ? ORDER BY a.binned_at IS NOT NULL, a.day DESC, a.moment DESC, a.id DESC";

impl Library {
    /// Annotates all stories that have not been annotated yet, on the threads of the current pool. Reports how many are
    /// still to come, and the stories on which the analyser failed: these get no annotations until its next version.
    /// Setting `stop` ends the work after the current batch. Returns the number of stories annotated.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read or written to. Annotations stored before remain.
    pub fn annotate(
        &mut self,
        analyzer: &Analyzer,
        stop: &AtomicBool,
        mut report: impl FnMut(Progress<'_>),
    ) -> Result<usize> {
        let mut ids = self.unannotated()?;
        if ids.is_empty() {
            return Ok(0);
        }
        report(Progress::Unannotated(ids.len()));
        let newest = ids.len().min(NEWEST);
        if let Some(others) = ids.get_mut(newest..) {
            others.sort_unstable();
        }
        let left = ids.len();
        let Some(path) = self.path().map(ToOwned::to_owned) else {
            let mut writer = Writer { library: self, newest, left, count: 0, unsettled: Unsettled::default(), report };
            for batch in batches(&ids).take_while(|_| !stop.load(Ordering::Relaxed)) {
                let annotated = writer.library.reannotate(analyzer, batch)?;
                writer.store(annotated, batch.len())?;
            }
            return writer.end();
        };
        let _holder = LockOwner::claim(&path, "annotating stories");
        let reader = Self::open_read_only(&path)?.annotated_by(self.analyser);
        self.set_bulk(true)?;
        let mut writer = Writer { library: self, newest, left, count: 0, unsettled: Unsettled::default(), report };
        let outcome = std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(WAITING);
            let analysing = scope.spawn(move || {
                for batch in batches(&ids).take_while(|_| !stop.load(Ordering::Relaxed)) {
                    if sender.send((reader.reannotate(analyzer, batch)?, batch.len())).is_err() {
                        break;
                    }
                }
                Ok(())
            });
            writer.store_all(receiver)?;
            // If storing failed, the receiver has been dropped, which ends the other thread.
            analysing.join().unwrap_or(Ok(()))
        });
        let outcome = outcome.and_then(|()| writer.end());
        self.set_bulk(false)?;
        outcome
    }

    /// Returns the IDs of the stories that have not been annotated yet, newest first.
    fn unannotated(&self) -> Result<Vec<i64>> {
        let ids = self.connection.prepare_cached(UNANNOTATED_SQL).and_then(|mut statement| {
            statement.query_map([i64::from(UNANNOTATED)], |row| row.get(0))?.collect::<rusqlite::Result<_>>()
        });
        ids.map_err(|error| self.with_path(error))
    }
}

/// Writing side of annotating stories.
struct Writer<'l, R> {
    library: &'l mut Library,
    /// Number of stories to come that are in the order of their days.
    newest: usize,
    /// Number of stories that are not annotated yet.
    left: usize,
    /// Number of stories annotated.
    count: usize,
    unsettled: Unsettled,
    report: R,
}

impl<R: FnMut(Progress<'_>)> Writer<'_, R> {
    /// Stores batches as they come. Each comes with the number of stories that it took.
    fn store_all(&mut self, batches: impl IntoIterator<Item = (Vec<Reannotated>, usize)>) -> Result<()> {
        let (mut pending, mut taken, mut bytes) = (Vec::new(), 0, 0);
        for (batch, count) in batches {
            bytes += batch.iter().map(Reannotated::size).sum::<usize>();
            pending.extend(batch);
            taken += count;
            if self.newest > 0 || taken >= TRANSACTION || bytes >= MAX_BYTES {
                self.store(std::mem::take(&mut pending), std::mem::take(&mut taken))?;
                bytes = 0;
            }
        }
        if taken > 0 { self.store(pending, taken) } else { Ok(()) }
    }

    /// Stores the annotations of a batch that took `taken` stories, and reports how many remain.
    fn store(&mut self, batch: Vec<Reannotated>, taken: usize) -> Result<()> {
        if self.newest > 0 {
            self.count += self.library.store_unsettled(&batch)?;
        } else {
            let last = batch.iter().map(|story| story.id).max().unwrap_or_default();
            self.count += self.library.store_settled(&batch, last, &mut self.unsettled)?;
        }
        for story in batch.iter().filter(|story| story.failed) {
            for row in self.library.rows(&[story.id])? {
                let reason = "added without annotations because the analysis failed";
                (self.report)(Progress::Failed(&row.headline, reason));
            }
        }
        if self.newest > 0 {
            self.newest = self.newest.saturating_sub(taken);
            self.unsettled.extend(batch);
        }
        self.left -= taken;
        (self.report)(Progress::Unannotated(self.left));
        Ok(())
    }

    /// Settles the types that are still doubtful. Returns the number of stories annotated.
    fn end(mut self) -> Result<usize> {
        self.library.store_settled(&[], i64::MAX, &mut self.unsettled)?;
        Ok(self.count)
    }
}

/// Splits IDs into batches. Each is twice as long as the one before it, up to the maximum.
fn batches(ids: &[i64]) -> impl Iterator<Item = &[i64]> {
    let (mut rest, mut length) = (ids, FIRST_BATCH);
    std::iter::from_fn(move || {
        let (batch, after) = rest.split_at(length.min(rest.len()));
        rest = after;
        length = MAX_BATCH.min(length * 2);
        Some(batch).filter(|batch| !batch.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;
    use crate::{Change, Importer, Incoming, Order};
    use dateline_analysis::{Analysis, Options};
    use dateline_core::article::Article;
    use jiff::civil::date;
    use std::path::{Path, PathBuf};

    /// Creates a file with `count` records, one per line, and a library that has their stories without annotations.
    fn imported(name: &str, count: usize) -> (PathBuf, Library) {
        let folder = std::env::temp_dir().join(format!("dateline-annotate-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let record = |n: usize| {
            let day = n % 28 + 1;
            format!(
                "{{\"id\": \"r{n}\", \"published\": \"2024-05-{day:02}\", \"text\": \"“Ferry {n} sailed,” said Mara Odell.\"}}\n"
            )
        };
        let file = folder.join("stories.jsonl");
        std::fs::write(&file, (0..count).map(record).collect::<String>()).unwrap();
        let mut library = Library::open_or_create(&folder.join("library.db")).unwrap();
        let options = Options::default();
        let importer = Importer { analyzer: Analyzer::bundled(), options, records: false, later: true };
        let summary = importer.run(&mut library, &[file], &AtomicBool::new(false), |_| ()).unwrap();
        assert_eq!(summary.new, count);
        (folder, library)
    }

    fn found(library: &Library, query: &str) -> usize {
        library.found(&Query::parse(query).unwrap(), date(2024, 6, 1), Order::Newest, 9_999).unwrap().len()
    }

    fn annotate(library: &mut Library, stop: &AtomicBool, report: impl FnMut(Progress<'_>)) -> usize {
        library.annotate(&Analyzer::bundled(), stop, report).unwrap()
    }

    fn remove(folder: &Path) {
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn imported_stories_are_found_by_their_words_before_they_are_annotated() {
        let (folder, mut library) = imported("words", 30);
        assert_eq!((found(&library, "ferry"), found(&library, "speaker:odell")), (30, 0));
        assert_eq!((library.outdated_count().unwrap(), library.check().unwrap().faults), (30, Vec::new()));
        let mut left = Vec::new();
        let count = annotate(&mut library, &AtomicBool::new(false), |progress| match progress {
            Progress::Unannotated(some) => left.push(some),
            other => panic!("{other:?}"),
        });
        assert_eq!((count, left), (30, vec![30, 0]));
        assert_eq!((found(&library, "ferry"), found(&library, "speaker:odell")), (30, 30));
        assert_eq!((library.outdated_count().unwrap(), library.check().unwrap().faults), (0, Vec::new()));
        assert_eq!(annotate(&mut library, &AtomicBool::new(false), |_| panic!("nothing was left to do")), 0);
        remove(&folder);
    }

    #[test]
    fn annotating_goes_on_where_it_was_stopped() {
        // When the first batch is stored, others wait and one is being analysed.
        const STORIES: usize = NEWEST + 2 * MAX_BATCH;
        let (folder, mut library) = imported("stopped", STORIES);
        let stop = AtomicBool::new(false);
        let first = annotate(&mut library, &stop, |progress| {
            if matches!(progress, Progress::Unannotated(left) if left < STORIES) {
                stop.store(true, Ordering::Relaxed);
            }
        });
        assert!((FIRST_BATCH..STORIES).contains(&first), "{first} were annotated before it stopped");
        assert_eq!(found(&library, "speaker:odell"), first);
        assert_eq!(annotate(&mut library, &AtomicBool::new(false), |_| ()), STORIES - first);
        assert_eq!(found(&library, "speaker:odell"), STORIES);
        remove(&folder);
    }

    /// Stories about weather and sports in twelve towns, in random order of days. That a town is a place is clear only
    /// from the stories about the weather.
    fn towns() -> String {
        const TOWNS: [&str; 12] = [
            "Tarnby",
            "Orlo",
            "Velnik",
            "Harsk",
            "Quomba",
            "Drenfield",
            "Osterby",
            "Lunmark",
            "Pellworth",
            "Skarra",
            "Wexmoor",
            "Yarrowby",
        ];
        let town = |n: usize| TOWNS.get(n % TOWNS.len()).copied().unwrap_or_default();
        let record = |n: usize| {
            let (here, there) = (town(n / 90), town(n / 90 + n));
            let text = match n % 9 {
                3 | 7 | 8 => format!("{here} beat {there} on Friday."),
                _ => format!("It rained in {here} on {} May. People in {here} stayed at home.", n % 30 + 1),
            };
            let (month, day) = (n * 7 % 12 + 1, n * 11 % 28 + 1);
            format!("{{\"id\": \"r{n}\", \"published\": \"2024-{month:02}-{day:02}\", \"text\": \"{text} {n}\"}}\n")
        };
        (0..NEWEST + 140).map(record).collect()
    }

    /// Returns everything that is derived from the annotations of stories, apart from IDs of names and from names that
    /// no story has any more.
    fn derived_rows(library: &Library) -> Vec<String> {
        let mut out = Vec::new();
        for sql in [
            "SELECT uid, day, published, published_source, quotes, events, indexed_apart, moment FROM articles ORDER BY id",
            "SELECT article_id, kind, name, entity, count, first_start, role FROM mentions JOIN names ON id = name_id
             ORDER BY article_id, entity",
            "SELECT article_id, seq, start, end, q.kind, name, confidence FROM quotes q LEFT JOIN names ON id = speaker
             ORDER BY article_id, seq",
            "SELECT * FROM events ORDER BY article_id, seq",
            "SELECT form, part, kind, name FROM forms JOIN names ON id = name_id
             WHERE id IN (SELECT name_id FROM mentions UNION SELECT speaker FROM quotes) ORDER BY 1, 2, 3, 4",
            "SELECT article_id, hex(analysis), analyser FROM texts ORDER BY article_id",
        ] {
            let mut statement = library.connection.prepare(sql).unwrap();
            let width = statement.column_count();
            let row = |row: &rusqlite::Row<'_>| {
                let cell = |at| row.get::<_, rusqlite::types::Value>(at).map(|value| format!("{value:?}"));
                Ok((0..width).map(cell).collect::<rusqlite::Result<Vec<String>>>()?.join(" "))
            };
            out.extend(statement.query_map([], row).unwrap().map(rusqlite::Result::unwrap));
        }
        out
    }

    #[test]
    fn two_phases_store_what_one_phase_stores() {
        let folder = std::env::temp_dir().join(format!("dateline-annotate-phases-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("stories.jsonl");
        std::fs::write(&file, towns()).unwrap();
        let [at_once, in_two] = [false, true].map(|later| {
            let mut library = Library::open_or_create(&folder.join(format!("{later}.db"))).unwrap();
            let (analyzer, options) = (Analyzer::bundled(), Options::default());
            let importer = Importer { analyzer, options, records: false, later };
            importer.run(&mut library, std::slice::from_ref(&file), &AtomicBool::new(false), |_| ()).unwrap();
            annotate(&mut library, &AtomicBool::new(false), |_| ());
            library
        });
        let (expected, rows) = (derived_rows(&at_once), derived_rows(&in_two));
        for (row, expected) in rows.iter().zip(&expected) {
            assert_eq!(row, expected);
        }
        assert_eq!(rows.len(), expected.len());
        let sql = "SELECT count(*) FROM (SELECT n.name FROM names n JOIN mentions ON name_id = n.id
            GROUP BY n.name HAVING count(DISTINCT n.kind) > 1)";
        let undecided: i64 = in_two.connection.query_row(sql, [], |row| row.get(0)).unwrap();
        assert!(undecided > 0, "the types depend on the order of the stories");
        for query in ["place:tarnby", "tarnby", "org:orlo", "published:2024-05"] {
            assert_eq!(found(&in_two, query), found(&at_once, query), "{query}");
        }
        remove(&folder);
    }

    #[test]
    fn the_newest_come_first_and_those_in_the_bin_last() {
        let mut library = Library::open_in_memory().unwrap();
        let stories: Vec<_> = (1..=4)
            .map(|n: i8| {
                let mut article = Article::verbatim(n.to_string(), format!("Ferry {n} sailed."));
                let source = dateline_core::article::DateSource::Metadata;
                let date = date(2024, 5, n);
                article.published =
                    Some(dateline_core::article::Published { date, moment: None, source, evidence: None });
                let new = Incoming::new(article, Analysis::default(), &n.to_string());
                Incoming { unannotated: true, ..new }.prepare().unwrap()
            })
            .collect();
        library.add(&stories).unwrap();
        library.set(&[3], &Change::Binned(true)).unwrap();
        assert_eq!(library.unannotated().unwrap(), [4, 2, 1, 3]);
    }

    #[test]
    fn a_library_without_unannotated_stories_is_not_searched_for_them() {
        let library = Library::open_in_memory().unwrap();
        let sql = format!("EXPLAIN QUERY PLAN {UNANNOTATED_SQL}");
        let mut statement = library.connection.prepare(&sql).unwrap();
        let steps: Vec<String> =
            statement.query_map([0], |row| row.get(3)).unwrap().collect::<rusqlite::Result<_>>().unwrap();
        assert!(steps[0].contains("INDEX texts_analyser (analyser=?)"), "{steps:?}");
    }
}
