//! Fetches feeds on a separate thread with its own connection, so that a slow server never delays the response to a
//! key.

use super::renewing::{Pending, annotate_fetched, lower_priority};
use super::syncing;
use crate::hook::Hook;
use crate::new_stories::NewStories;
use crate::own_names;
use crate::pairing::{PairReport, pair_all};
use crate::remedy::{LOCAL_ON_SCREEN, explain};
use crate::rules::{Rule, Rules};
use crate::tui::event::Event;
use crate::tui::library_messages::{FetchJob, FetchProgress, SyncReport};
use dateline_fetch::{self as fetch, FetchOutcome, Fetcher, FollowError};
use dateline_library::{Feed, Library};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use url::Url;

/// Settings of a fetch.
#[derive(Clone, Debug)]
pub(crate) struct FetchSettings {
    /// Whether feeds may be fetched from this machine and its local network.
    pub(crate) allow_local: bool,
    /// Whether fetching on demand also pairs.
    pub(crate) pair: bool,
    /// Rules to apply to the new stories.
    pub(crate) rules: Arc<Rules>,
    /// Program and arguments to run for each new story.
    pub(crate) hook: Option<Vec<String>>,
}

/// Starts a fetch job on a new thread. New stories are listed as soon as they can be found by their words, unless a rule
/// has to see their annotations first. `pending` counts the requests that come before annotating.
pub(super) fn start(path: PathBuf, job: FetchJob, settings: FetchSettings, pending: Pending, inbox: Sender<Event>) {
    thread::spawn(move || {
        // Several feeds are parsed at a time, which on a machine with few cores would delay the keys.
        lower_priority();
        let new = Library::open_or_create(&path).and_then(|library| NewStories::from_now(&library));
        let fetcher = Fetcher { allow_local: settings.allow_local, ..Fetcher::default() };
        let failed =
            if matches!(job, FetchJob::Follow(_)) { FetchProgress::NotFollowed } else { FetchProgress::Failed };
        let run = catch_unwind(AssertUnwindSafe(|| run(&path, job, &fetcher, settings.pair, &inbox)));
        let news = match run {
            Ok(Ok(news)) => news,
            Ok(Err(error)) => failed(error.to_string()),
            Err(_) => failed("internal error while fetching".to_owned()),
        };
        let report =
            |renewal| inbox.send(Event::Renewal(renewal)).map_or(ControlFlow::Break(()), ControlFlow::Continue);
        let rules_wait = settings.rules.iter().any(Rule::asks_annotations);
        if rules_wait {
            annotate_fetched(&path, &pending, report);
        }
        // Apply the rules before the list is drawn again, so that no story disappears from it a moment later.
        let applied = new.and_then(|new| settings.rules.apply_to_new(&path, &new).map(|_| new));
        // Ignore errors: sending fails only if the event loop has ended.
        let _ = inbox.send(Event::Fetching(news));
        if !rules_wait {
            annotate_fetched(&path, &pending, report);
        }
        let ran = applied.and_then(|new| match Hook::new(settings.hook.as_deref()) {
            Some(hook) => {
                let library = Library::open_read_only(&path)?;
                hook.run(&library, new.rows(&library)?)
            }
            None => Ok(None),
        });
        if let Some(failure) = ran.unwrap_or_else(|error| Some(explain(&error))) {
            let _ = inbox.send(Event::Notice(failure));
        }
    });
}

/// Error that ends a fetch job.
#[derive(Debug, thiserror::Error)]
enum JobError {
    /// An operation on the library failed.
    #[error("{}", explain(.0))]
    Library(#[from] dateline_library::Error),
    /// The typed text is not a URL.
    #[error("“{0}” is not a URL")]
    Address(String),
    /// The URL cannot be followed.
    #[error("{0}")]
    Follow(FollowError),
    /// The URL points to this machine or its network, which the settings do not allow.
    #[error("{0}{LOCAL_ON_SCREEN}")]
    Local(FollowError),
}

fn run(
    path: &Path,
    job: FetchJob,
    fetcher: &Fetcher,
    pairs: bool,
    inbox: &Sender<Event>,
) -> Result<FetchProgress, JobError> {
    let mut library = Library::open(path)?.annotated_by(own_names::version());
    let feeds = library.feeds()?;
    let syncs = matches!(job, FetchJob::Sync | FetchJob::All);
    let pairs = pairs && job == FetchJob::All;
    let (feeds, all) = match job {
        FetchJob::Due | FetchJob::All => (feeds, false),
        FetchJob::Sync => (Vec::new(), false),
        FetchJob::One(id) => (feeds.into_iter().filter(|feed| feed.id == id).collect(), true),
        FetchJob::Follow(address) => return follow(&mut library, &address, fetcher),
        FetchJob::Pair => return Ok(FetchProgress::Paired(pair_all(&mut library)?)),
    };
    let ended = refresh(&mut library, feeds, all, fetcher, inbox)?;
    let mut ended = if syncs { syncing::run(&mut library, fetcher, ended)? } else { ended };
    if let FetchProgress::Ended { paired, .. } = &mut ended
        && pairs
    {
        *paired = pair_all(&mut library)?;
    }
    Ok(ended)
}

fn refresh(
    library: &mut Library,
    feeds: Vec<Feed>,
    all: bool,
    fetcher: &Fetcher,
    inbox: &Sender<Event>,
) -> dateline_library::Result<FetchProgress> {
    // Those of a feed server are fetched by the server.
    let total = feeds.iter().filter(|feed| feed.server.is_none()).count();
    let (mut done, mut asked, mut new, mut changed, mut failed) = (0, 0, 0, 0, 0);
    let _ = inbox.send(Event::Fetching(FetchProgress::Progress(0, total)));
    fetch::refresh(library, feeds, fetcher, all, |_, outcome| {
        done += 1;
        match outcome {
            FetchOutcome::Read { new: some, changed: others, .. } => {
                asked += 1;
                new += some;
                changed += others;
            }
            FetchOutcome::Partial { new: some, changed: others, .. } => {
                asked += 1;
                new += some;
                changed += others;
                failed += 1;
            }
            FetchOutcome::Unchanged => asked += 1,
            FetchOutcome::Failed(_) | FetchOutcome::Local(_) => {
                asked += 1;
                failed += 1;
            }
            FetchOutcome::TooSoon(_) | FetchOutcome::Paused => {}
        }
        let _ = inbox.send(Event::Fetching(FetchProgress::Progress(done, total)));
    })?;
    Ok(FetchProgress::Ended {
        new,
        changed,
        failed,
        asked,
        synced: SyncReport::default(),
        paired: PairReport::default(),
    })
}

fn follow(library: &mut Library, address: &str, fetcher: &Fetcher) -> Result<FetchProgress, JobError> {
    let address = address.trim();
    let with_scheme = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    let url = Url::parse(&with_scheme).map_err(|_| JobError::Address(address.to_owned()))?;
    let followed = fetch::follow(library, &url, "", &[], fetcher).map_err(|error| match error {
        FollowError::Library(error) => error.into(),
        error if error.is_local() => JobError::Local(error),
        error => JobError::Follow(error),
    })?;
    let name = followed.feed.name().to_owned();
    Ok(FetchProgress::Followed(match followed.outcome {
        FetchOutcome::Read { new, .. } => format!("Following {name}: {new} new"),
        FetchOutcome::Partial { new, reason, .. } => format!("Following {name}: {new} new, but {reason}"),
        FetchOutcome::Failed(reason) | FetchOutcome::Local(reason) => {
            format!("Following {name}, but it could not be read: {reason}")
        }
        _ => format!("Following {name}"),
    }))
}
