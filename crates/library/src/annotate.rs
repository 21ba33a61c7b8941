//! Annotates the stories that were stored without annotations and can be found only by their words. A thread analyses
//! them on all cores, newest first, while the caller's thread stores the annotations, one transaction per batch.
//! Killing the process loses at most one batch, because a story counts as unannotated until its annotations are stored.

use super::guard::lock_owner::LockOwner;
use super::import::Progress;
use super::incoming::UNANNOTATED;
use super::renew::Reannotated;
use super::{Library, Result};
use dateline_analysis::Analyzer;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};

/// Number of stories annotated and stored at a time: at first, so that something can be seen soon, and at most. Every
/// batch touches most pages of the indices of names and days, and every page touched is written once per batch, so that
/// few large ones write much less.
const FIRST_BATCH: usize = 64;
const MAX_BATCH: usize = 1_024;

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
        let ids = self.unannotated()?;
        let mut left = ids.len();
        if left == 0 {
            return Ok(0);
        }
        report(Progress::Unannotated(left));
        let mut count = 0;
        let mut store = |library: &mut Self, taken: usize, annotated: &[Reannotated]| -> Result<()> {
            count += library.store_annotations(annotated)?;
            for story in annotated.iter().filter(|story| story.failed) {
                for row in library.rows(&[story.id])? {
                    report(Progress::Failed(&row.headline, "added without annotations because the analysis failed"));
                }
            }
            left -= taken;
            report(Progress::Unannotated(left));
            Ok(())
        };
        let Some(path) = self.path().map(ToOwned::to_owned) else {
            for batch in batches(&ids).take_while(|_| !stop.load(Ordering::Relaxed)) {
                let annotated = self.reannotate(analyzer, batch)?;
                store(self, batch.len(), &annotated)?;
            }
            return Ok(count);
        };
        let _holder = LockOwner::claim(&path, "annotating stories");
        let reader = Self::open_read_only(&path)?.annotated_by(self.analyser);
        self.set_bulk(true)?;
        let outcome = std::thread::scope(|scope| {
            let (sender, receiver) = sync_channel(1);
            let analysing = scope.spawn(move || reader.annotate_all(analyzer, &ids, stop, &sender));
            for (taken, annotated) in receiver {
                store(self, taken, &annotated)?;
            }
            // If storing failed, the receiver has been dropped, which ends the other thread.
            analysing.join().unwrap_or(Ok(()))
        });
        self.set_bulk(false)?;
        outcome.map(|()| count)
    }

    /// Annotates stories in batches and sends each batch, with the number of stories that it took.
    fn annotate_all(
        &self,
        analyzer: &Analyzer,
        ids: &[i64],
        stop: &AtomicBool,
        sender: &SyncSender<(usize, Vec<Reannotated>)>,
    ) -> Result<()> {
        for batch in batches(ids).take_while(|_| !stop.load(Ordering::Relaxed)) {
            let annotated = self.reannotate(analyzer, batch)?;
            if sender.send((batch.len(), annotated)).is_err() {
                break;
            }
        }
        Ok(())
    }

    /// Returns the IDs of the stories that have not been annotated yet, newest first.
    fn unannotated(&self) -> Result<Vec<i64>> {
        let ids = self.connection.prepare_cached(UNANNOTATED_SQL).and_then(|mut statement| {
            statement.query_map([i64::from(UNANNOTATED)], |row| row.get(0))?.collect::<rusqlite::Result<_>>()
        });
        ids.map_err(|error| self.with_path(error))
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
        let (folder, mut library) = imported("stopped", FIRST_BATCH * 15);
        let stop = AtomicBool::new(false);
        let first = annotate(&mut library, &stop, |progress| {
            if matches!(progress, Progress::Unannotated(left) if left < FIRST_BATCH * 15) {
                stop.store(true, Ordering::Relaxed);
            }
        });
        assert!((FIRST_BATCH..FIRST_BATCH * 15).contains(&first), "{first} were annotated before it stopped");
        assert_eq!(found(&library, "speaker:odell"), first);
        assert_eq!(annotate(&mut library, &AtomicBool::new(false), |_| ()), FIRST_BATCH * 15 - first);
        assert_eq!(found(&library, "speaker:odell"), FIRST_BATCH * 15);
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
