//! Thread that holds the only connection for writing to the library.

use super::answering::answer;
use super::fetching::{self, FetchSettings};
use super::gathering::setting;
use super::keeping::KeptStories;
use super::listing::{Listing, step};
use super::reader::LibraryReader;
use super::renewing::{Pending, Renewer};
use super::unsaved::Unsaved;
use crate::own_names;
use crate::pairing::pair_all;
use crate::remedy::explain;
use crate::tui::event::Event;
use crate::tui::library_messages::{FetchJob, LibraryQuery, Request, View};
use crate::tui::session_sources::SessionSources;
use crate::tui::source;
use dateline_library::{Library, List, Origin};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::{self, JoinHandle};

/// Time at which to open the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// Open the library immediately and show it even if it is empty. The user named it on the command line.
    Named,
    /// Open the library immediately. If it is missing or empty, show the bundled stories.
    Own,
    /// Open the library when the first story is saved.
    OnDemand,
}

/// Handle for sending requests to the thread that writes to the library.
#[derive(Debug)]
pub(crate) struct LibraryWriter {
    path: PathBuf,
    requests: Sender<Request>,
    /// Number of requests not served yet. The re-annotating thread waits until it is 0.
    pending: Pending,
    thread: JoinHandle<()>,
    reader: LibraryReader,
}

impl LibraryWriter {
    /// Starts the thread for the library at `path`.
    #[must_use]
    pub(crate) fn start(
        path: PathBuf,
        opening: Opening,
        session_sources: SessionSources,
        inbox: Sender<Event>,
    ) -> Self {
        let (requests, mailbox) = channel();
        let reader = LibraryReader::start(path.clone(), inbox.clone());
        let place = path.clone();
        let pending = Pending::default();
        let counted = Arc::clone(&pending);
        let thread = thread::spawn(move || {
            let lost = inbox.clone();
            if catch_unwind(AssertUnwindSafe(|| serve(&place, opening, session_sources, (&mailbox, &counted), &inbox)))
                .is_err()
            {
                // Ignore errors: sending fails only if the event loop has ended.
                let _ = lost.send(Event::Notice("Internal error: the library was closed".to_owned()));
                let _ = lost.send(Event::LoadedAll);
            }
        });
        Self { path, requests, pending, thread, reader }
    }

    /// Sends a request. Returns it if the thread is no longer running.
    #[must_use]
    pub(crate) fn ask(&self, request: Request) -> Option<Request> {
        self.pending.fetch_add(1, Ordering::AcqRel);
        self.requests.send(request).err().map(|unsent| unsent.0)
    }

    /// Sends a read-only request to the reading thread.
    pub(crate) fn query(&self, question: LibraryQuery) {
        self.reader.ask(question);
    }

    /// Starts a job that fetches feeds, on a separate thread with its own connection.
    pub(crate) fn fetch(&self, job: FetchJob, settings: FetchSettings, inbox: Sender<Event>) {
        fetching::start(self.path.clone(), job, settings, Arc::clone(&self.pending), inbox);
    }

    /// Waits until every request has been served, and then pairs if `pairs` is set, so that other machines get the last
    /// changes. Returns why that failed, if it did.
    pub(crate) fn finish(self, pairs: bool) -> Option<String> {
        drop(self.requests);
        // Ignore errors: a panic of the thread has already been reported.
        let _ = self.thread.join();
        match pairs.then(|| Library::open(&self.path).and_then(|mut library| pair_all(&mut library)))? {
            Ok(report) if report.failed == 0 => None,
            Ok(_) => Some("pairing failed; `dateline pair list` shows why".to_owned()),
            Err(error) => Some(explain(&error)),
        }
    }
}

/// Serves requests until all senders are gone. `asked` contains the queue of requests and the number of requests not
/// served yet.
fn serve(
    path: &Path,
    opening: Opening,
    session_sources: SessionSources,
    asked: (&Receiver<Request>, &Pending),
    inbox: &Sender<Event>,
) {
    let (mailbox, pending) = asked;
    let mut listing = None;
    let mut library =
        if opening == Opening::OnDemand { None } else { open_or_bundled(path, opening, &mut listing, inbox) };
    let renewer = library.as_ref().map(|_| renew(path, pending, inbox));
    let mut kept_stories = KeptStories::new(session_sources);
    let mut unsaved = Unsaved::default();
    loop {
        // While a long list is being sent, poll for a request between two windows instead of blocking. Opening a story
        // then never waits for the end of the list.
        let request = match &listing {
            None => mailbox.recv().map_err(|_| TryRecvError::Disconnected),
            Some(_) => mailbox.try_recv(),
        };
        match request {
            Ok(Request::Keep(keeping)) => {
                let (article, changes) = (keeping.article.clone(), keeping.changes.clone());
                let _ = inbox.send(match kept_stories.keep(&mut library, path, *keeping) {
                    Ok(kept) => Event::KeptStory(Box::new(kept)),
                    Err(error) => Event::NotKept(article, changes, explain(&error)),
                });
                pending.fetch_sub(1, Ordering::AcqRel);
            }
            Ok(request) => {
                let Some(library) = &mut library else { continue };
                let mut report = |id, failure| drop(inbox.send(Event::Saved(id, failure)));
                let answered = match unsaved.take(library, request, &mut report) {
                    Some(request) => answer(library, request, inbox, &mut listing, renewer.as_ref()),
                    None => Ok(()),
                };
                if let Err(error) = answered {
                    let _ = inbox.send(Event::Notice(explain(&error)));
                }
                pending.fetch_sub(1, Ordering::AcqRel);
            }
            Err(TryRecvError::Empty) => library.iter().for_each(|library| step(library, &mut listing, inbox)),
            Err(TryRecvError::Disconnected) => return,
        }
    }
}

/// Starts the thread that re-annotates outdated stories.
fn renew(path: &Path, pending: &Pending, inbox: &Sender<Event>) -> Renewer {
    let reports = inbox.clone();
    Renewer::start(path.to_owned(), Arc::clone(pending), move |renewal| {
        reports.send(Event::Renewal(renewal)).map_or(ControlFlow::Break(()), ControlFlow::Continue)
    })
}

/// Opens the library and starts sending its list. If the library is missing or empty, sends the bundled stories
/// instead.
fn open_or_bundled(
    path: &Path,
    opening: Opening,
    listing: &mut Option<Listing>,
    inbox: &Sender<Event>,
) -> Option<Library> {
    let named = opening == Opening::Named;
    let library = if named || path.exists() {
        let library = Library::open(path).map(|library| library.used_on(Origin::Screen).gathering(setting()));
        library.map(|library| Some(library.annotated_by(own_names::version())))
    } else {
        Ok(None)
    };
    let empty = match &library {
        Ok(Some(_)) if named => false,
        Ok(Some(library)) => {
            library.count(List::All).map_or(true, |count| count == 0)
                && library.feeds().is_ok_and(|feeds| feeds.is_empty())
        }
        Ok(None) => true,
        Err(error) => {
            let _ = inbox.send(Event::Notice(explain(error)));
            true
        }
    };
    let Ok(Some(library)) = library.map(|library| library.filter(|_| !empty)) else {
        source::read_all(&[], &SessionSources::default(), |event| inbox.send(event).is_ok());
        return None;
    };
    *listing = Some(Listing::new(View::List(List::Inbox), List::Inbox, 0));
    step(&library, listing, inbox);
    if let Ok(searches) = library.searches() {
        let _ = inbox.send(Event::Searches(searches));
    }
    let _ = inbox.send(Event::LoadedAll);
    Some(library)
}
