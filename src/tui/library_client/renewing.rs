//! Re-annotates outdated stories while the TUI is open. Runs on a separate thread with its own connection. It uses a
//! single core and short transactions, so that keys and other writers come first.

use crate::own_names;
use crate::tui::library_messages::Renewal;
use dateline_analysis::Analyzer;
use dateline_library::{Error, Library, OutdatedWalk, Result};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Number of stories to store per transaction.
const BATCH: usize = 8;
/// Pause between transactions, which leaves the library unlocked for other writers.
const PAUSE: Duration = Duration::from_millis(5);
/// Interval at which to check whether the TUI's requests have been served, and the maximum number of checks. Waiting
/// longer is pointless: a request that is still pending by then is itself waiting for another program.
const POLL_INTERVAL: Duration = Duration::from_millis(2);
const MAX_POLLS: usize = 1_000;
/// Interval between reports of the progress.
const REPORT_INTERVAL: Duration = Duration::from_millis(500);
/// Delay before the next attempt when another program has locked the library.
const RETRY_DELAY: Duration = Duration::from_secs(10);
/// Niceness to add to threads in the background, since the TUI and the analysis of an opened story come first.
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;

/// Number of requests to the writing thread that have not been served yet.
pub(super) type Pending = Arc<AtomicUsize>;

/// Handle for sending the IDs of opened stories to the thread.
#[derive(Debug)]
pub(super) struct Renewer(Sender<i64>);

impl Renewer {
    /// Starts the thread. It ends once no story is outdated, or when `report` signals that the receiver is gone.
    pub(super) fn start(
        path: PathBuf,
        pending: Pending,
        report: impl Fn(Renewal) -> ControlFlow<()> + Send + 'static,
    ) -> Self {
        let (first, opened) = channel();
        thread::spawn(move || {
            lower_priority();
            renew_patiently(&path, &opened, &pending, &report);
        });
        Self(first)
    }

    /// Moves an opened story to the front of the queue.
    pub(super) fn first(&self, id: i64) {
        // Ignore errors: if the thread has ended, there is nothing left to re-annotate in this session.
        let _ = self.0.send(id);
    }
}

/// Annotates the stories that a fetch has stored by their words only, on the current thread.
pub(super) fn annotate_fetched(path: &Path, pending: &AtomicUsize, report: impl Fn(Renewal) -> ControlFlow<()>) {
    // A story opened meanwhile is analysed for the screen by another thread, so none has to come first here.
    let (_, none_opened) = channel();
    renew_patiently(path, &none_opened, pending, &report);
}

/// Re-annotates all outdated stories on the current thread only. If another program has locked the library, tries again
/// later.
fn renew_patiently(
    path: &Path,
    opened: &Receiver<i64>,
    pending: &AtomicUsize,
    report: &impl Fn(Renewal) -> ControlFlow<()>,
) {
    // Create a thread pool for this thread, since the global one would use all cores.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    // Retry only if the library is locked. A full or read-only library is reported when the user changes something, and
    // the next start resumes the work.
    while let Err(Error::Locked(..)) = renew_all(path, opened, pending, report) {
        thread::sleep(RETRY_DELAY);
    }
}

/// Lowers the priority of this thread and of the threads that it starts.
pub(super) fn lower_priority() {
    // On Linux, niceness applies to a single thread; on other systems, it would slow down the whole process.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(NICENESS);
}

/// Re-annotates all outdated stories, starting with those that were `opened`, and reports how many are left. Returns
/// the number of stories re-annotated.
fn renew_all(
    path: &Path,
    opened: &Receiver<i64>,
    pending: &AtomicUsize,
    report: impl Fn(Renewal) -> ControlFlow<()>,
) -> Result<usize> {
    let mut library = Library::open(path)?.annotated_by(own_names::version());
    let left = library.outdated_count()?;
    if left == 0 {
        return Ok(0);
    }
    let mut ended = report(Renewal::Left(left));
    // Load the analyser only if it is needed, because it takes more memory than everything else.
    let analyzer = own_names::analyzer();
    let (mut walk, mut count, mut reported) = (OutdatedWalk::default(), 0, Instant::now());
    while ended.is_continue() {
        let Some(stored) = renew_next(&mut library, &analyzer, &mut walk, opened, pending)? else { break };
        count += stored;
        if reported.elapsed() >= REPORT_INTERVAL {
            ended = report(Renewal::Left(library.outdated_count()?));
            reported = Instant::now();
        }
        thread::sleep(PAUSE);
    }
    let _ = report(Renewal::Ended(count));
    Ok(count)
}

/// Re-annotates the stories that were `opened` or, if there are none, the next outdated ones. Returns the number of
/// stories stored, or `None` if no story is outdated.
fn renew_next(
    library: &mut Library,
    analyzer: &Analyzer,
    walk: &mut OutdatedWalk,
    opened: &Receiver<i64>,
    pending: &AtomicUsize,
) -> Result<Option<usize>> {
    let mut ids: Vec<i64> = opened.try_iter().collect();
    if ids.is_empty() {
        ids = library.next_outdated(walk, BATCH)?;
    }
    if ids.is_empty() {
        return Ok(None);
    }
    let annotated = library.reannotate(analyzer, &ids)?;
    if annotated.is_empty() {
        return Ok(Some(0));
    }
    wait_for_requests(pending);
    library.store_annotations(&annotated).map(Some)
}

/// Waits until the writing thread has served its requests, but no longer than [`POLL_INTERVAL`] and [`MAX_POLLS`]
/// allow.
fn wait_for_requests(pending: &AtomicUsize) {
    for _ in 0..MAX_POLLS {
        if pending.load(Ordering::Acquire) == 0 {
            return;
        }
        thread::sleep(POLL_INTERVAL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::Analysis;
    use dateline_core::article::Article;
    use dateline_library::Incoming;
    use std::cell::RefCell;

    /// Creates a library of 40 stories without annotations. All but the first five are outdated.
    fn library(name: &str) -> (PathBuf, Library) {
        let folder = std::env::temp_dir().join(format!("dateline-renewing-{name}-{}", std::process::id()));
        let path = folder.join("library.db");
        let mut library = Library::open_or_create(&path).unwrap();
        let stories: Vec<_> = (0..40)
            .map(|n| {
                let text = format!("The ferry sailed {n} times, said pilot Mara Odell.");
                Incoming::new(Article::verbatim(n.to_string(), text), Analysis::default(), &n.to_string())
                    .prepare()
                    .unwrap()
            })
            .collect();
        library.add(&stories).unwrap();
        library.mark_outdated(&(6..=40).collect::<Vec<i64>>()).unwrap();
        (path, library)
    }

    #[test]
    fn every_outdated_story_is_annotated_again() {
        let (path, library) = library("all");
        let reports = RefCell::new(Vec::new());
        let report = |renewal| {
            reports.borrow_mut().push(renewal);
            ControlFlow::Continue(())
        };
        let (_first, opened) = channel();
        assert_eq!(renew_all(&path, &opened, &AtomicUsize::new(0), report).unwrap(), 35);
        assert_eq!(library.next_outdated(&mut OutdatedWalk::default(), 9).unwrap(), Vec::<i64>::new());
        assert!(library.article(5).unwrap().analysis.entities.is_empty(), "it was not outdated");
        assert_eq!(library.article(6).unwrap().analysis.quotes.len(), 1);
        assert_eq!(reports.borrow().first(), Some(&Renewal::Left(35)));
        assert_eq!(reports.borrow().last(), Some(&Renewal::Ended(35)));
        reports.borrow_mut().clear();
        assert_eq!(renew_all(&path, &opened, &AtomicUsize::new(0), report).unwrap(), 0);
        assert_eq!(*reports.borrow(), [], "nothing is said where nothing was to do");
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn an_opened_story_comes_before_the_newest() {
        let (path, mut library) = library("first");
        let (first, opened) = channel();
        let (analyzer, mut walk, pending) = (Analyzer::bundled(), OutdatedWalk::default(), AtomicUsize::new(0));
        first.send(7).unwrap();
        let mut next = |library: &mut Library| renew_next(library, &analyzer, &mut walk, &opened, &pending).unwrap();
        assert_eq!(next(&mut library), Some(1));
        assert!(!library.article(7).unwrap().outdated);
        assert_eq!(library.next_outdated(&mut OutdatedWalk::default(), 1).unwrap(), [40]);
        assert_eq!(next(&mut library), Some(BATCH));
        assert_eq!(library.next_outdated(&mut OutdatedWalk::default(), 1).unwrap(), [40 - BATCH as i64]);
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn it_ends_with_the_reader() {
        let (path, library) = library("ended");
        let (_first, opened) = channel();
        let gone = |_| ControlFlow::Break(());
        assert_eq!(renew_all(&path, &opened, &AtomicUsize::new(0), gone).unwrap(), 0);
        assert_eq!(library.outdated_count().unwrap(), 35);
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn requests_of_the_screen_come_before_a_transaction() {
        let pending = Pending::new(AtomicUsize::new(1));
        let waiting = Arc::clone(&pending);
        let thread = thread::spawn(move || {
            wait_for_requests(&waiting);
            waiting.load(Ordering::Acquire)
        });
        pending.store(0, Ordering::Release);
        assert_eq!(thread.join().unwrap(), 0);
    }
}
