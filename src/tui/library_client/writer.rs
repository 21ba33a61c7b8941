//! Thread that holds the only connection for writing to the library.

use super::fetching::{self, FetchJob};
use super::keeping::KeptStories;
use super::listing::{Listing, step};
use super::marks::{self, sentence};
use super::reader::{LibraryReader, explain_empty};
use super::renewing::{Pending, Renewer};
use super::unsaved::Unsaved;
use super::{LibraryQuery, OpenedStory, Request, RowBatch, StoryMarks, View, replay};
use crate::remedy::explain;
use crate::tui::event::Event;
use crate::tui::session_sources::SessionSources;
use crate::tui::source;
use dateline_analysis::{Analyzer, Options};
use dateline_ingest as ingest;
use dateline_library::query::{Query, QueryError};
use dateline_library::{Change, FeedChange, Flag, Incoming, Library, List, Order, Origin, Raw, SharedSource, StoryRow};
use jiff::Zoned;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::thread::{self, JoinHandle};

/// Maximum number of rows in the results of a query.
pub(super) const MAX_RESULTS: usize = 2_000;

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
    pub(crate) fn fetch(&self, job: FetchJob, allow_local: bool, hook: Option<Vec<String>>, inbox: Sender<Event>) {
        fetching::start(self.path.clone(), job, allow_local, hook, inbox);
    }

    /// Waits until every request has been served.
    pub(crate) fn finish(self) {
        drop(self.requests);
        // Ignore errors: a panic of the thread has already been reported.
        let _ = self.thread.join();
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
                let article = keeping.article.clone();
                let _ = inbox.send(match kept_stories.keep(&mut library, path, *keeping) {
                    Ok(kept) => Event::KeptStory(Box::new(kept)),
                    Err(error) => Event::NotKept(article, explain(&error)),
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
        Library::open(path).map(|library| Some(library.used_on(Origin::Screen)))
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

/// Serves one request. A requested list is put into `listing` to be sent in windows, and replaces any list still being
/// sent.
fn answer(
    library: &mut Library,
    request: Request,
    inbox: &Sender<Event>,
    listing: &mut Option<Listing>,
    renewer: Option<&Renewer>,
) -> dateline_library::Result<()> {
    match request {
        Request::Show(view, generation) => *listing = rows(library, view, generation, inbox),
        Request::Open(id) => {
            let opened = open(library, id)?;
            if let (None, Some(renewer)) = (&opened.analysis, renewer) {
                renewer.first(id);
            }
            // Send the row as well, because another session may have changed the story's marks since the list was read.
            let _ = inbox.send(Event::Changed(library.rows(&[id])?, String::new()));
            let _ = inbox.send(Event::Opened(Box::new(opened)));
        }
        Request::Set(id, change) => {
            library.set(&[id], &change)?;
            let _ = inbox.send(Event::Changed(library.rows(&[id])?, sentence(&change.label(1))));
        }
        Request::MarkRead(ids) => {
            library.set(&ids, &Change::Flag(Flag::Read, true))?;
            let said = sentence(&Change::Flag(Flag::Read, true).label(ids.len()));
            let _ = inbox.send(Event::MarkedRead(ids, said));
        }
        Request::Opened(id) => {
            library.mark_opened(id)?;
            let _ = inbox.send(Event::Changed(library.rows(&[id])?, String::new()));
        }
        Request::Replay(direction, shown) => {
            let _ = inbox.send(Event::Replayed(replay::next(library, direction, shown)?));
        }
        Request::ReplayChange(direction, id) => {
            let _ = inbox.send(Event::Replayed(replay::confirmed(library, direction, id)?));
        }
        Request::Marks(id) => {
            let marks = StoryMarks {
                rows: library.rows(&[id])?,
                highlights: marks::highlights(library, id)?,
                corrections: library.corrections(id)?,
            };
            let _ = inbox.send(Event::Marks(Box::new(marks)));
        }
        // These requests are served before this function is called.
        Request::Keep(_) | Request::Highlights(..) | Request::Correct(..) | Request::Save(_) => {}
        Request::Place(id, offset) => library.set_position(id, offset)?,
        Request::Reread(id, encoding) => match reread(library, id, encoding) {
            Ok(()) => {
                let _ = inbox.send(Event::Changed(library.rows(&[id])?, String::new()));
                let _ = inbox.send(Event::Opened(Box::new(open(library, id)?)));
                report_done(inbox, format!("Reopened as {encoding}; the previous text was kept as a version"), false);
            }
            Err(RereadError::Library(error)) => return Err(error),
            Err(error) => drop(inbox.send(Event::Notice(error.to_string()))),
        },
        Request::Remember(words) => library.remember_search(&words)?,
        Request::SaveView(name, query) => {
            library.save_view(&name, query.as_deref())?;
            let done = if query.is_some() { "Saved the view" } else { "Removed the view" };
            report_done(inbox, format!("{done} “{name}”"), true);
        }
        Request::MoveView(name, up) => {
            library.move_view(&name, up)?;
            report_done(inbox, String::new(), true);
        }
        Request::Unfollow(feed) => {
            library.change_feed(feed.id, FeedChange::Unfollow)?;
            report_done(inbox, format!("Unfollowed {}; its stories stay", feed.url), false);
        }
        Request::RenameFeed(id, title) => {
            library.change_feed(id, FeedChange::Title(&title))?;
            report_done(inbox, format!("Renamed the feed to “{title}”"), false);
        }
        Request::FullText(id, is) => {
            library.change_feed(id, FeedChange::FullText(is))?;
            let said = if is { "Full text on" } else { "Full text off" };
            report_done(inbox, said.to_owned(), false);
        }
        Request::Merge(name, other) => {
            library.merge_names(name, other)?;
            report_done(inbox, "Merged the two names".to_owned(), true);
        }
        Request::Split(name) => {
            library.split_name(name)?;
            report_done(inbox, "Separated the merged names".to_owned(), true);
        }
    }
    Ok(())
}

/// Error while rereading a story in another encoding.
#[derive(Debug, thiserror::Error)]
enum RereadError {
    /// A library operation failed.
    #[error(transparent)]
    Library(#[from] dateline_library::Error),
    /// The library has no stored source for the story.
    #[error("The source of this story was not stored, so it cannot be reopened in another encoding")]
    NoSource,
    /// The source cannot be read in this encoding. Carries the encoding and the error.
    #[error("Cannot read the story as {0}: {1}")]
    Source(String, ingest::Error),
    /// Read in this encoding, the source does not contain the story.
    #[error("This story is not in the source when read as {0}")]
    NoStory(String),
}

/// Reads the stored source of an article in another encoding, and replaces the article.
///
/// # Errors
/// Returns an error if the library has no source, if the source does not contain the story, or if the library fails.
fn reread(library: &mut Library, id: i64, encoding: &str) -> Result<(), RereadError> {
    let bytes = library.raw(id)?.ok_or(RereadError::NoSource)?;
    let old = library.article(id)?.article;
    let source = library.rows(&[id])?.into_iter().next().map(|row| row.source).unwrap_or_default();
    let read = ingest::articles_in(encoding, &old.id, &bytes)
        .map_err(|error| RereadError::Source(encoding.to_owned(), error))?;
    // If the source contains several stories, find the right one by its name.
    let alone = read.len() == 1;
    let Some(article) = read.into_iter().find(|article| alone || article.id == old.id) else {
        return Err(RereadError::NoStory(encoding.to_owned()));
    };
    let analysis = Analyzer::bundled().analyze(&article, &Options::default());
    let raw = if alone { Raw::Own(bytes) } else { Raw::Shared(Arc::new(SharedSource::from(bytes))) };
    let item = if alone { String::new() } else { article.id.clone() };
    let new = Incoming { item, raw, ..Incoming::new(article, analysis, &source) };
    library.replace(id, &new.prepare()?)?;
    Ok(())
}

/// Reports that a change was saved, and whether it can be undone.
fn report_done(inbox: &Sender<Event>, said: String, undoable: bool) {
    // Ignore errors: sending fails only if the event loop has ended.
    let _ = inbox.send(Event::Kept(said, undoable));
}

/// Sends the rows of a view. If the view is a list, sends only the first window and returns the listing to continue
/// with.
fn rows(library: &Library, view: View, generation: u32, inbox: &Sender<Event>) -> Option<Listing> {
    let read = match &view {
        View::Saved(_, words) => found(library, words, MAX_RESULTS),
        View::Query(words) => found_or_prefix(library, words),
        View::Feed(id, _) => {
            library.articles_of(*id, MAX_RESULTS).and_then(|ids| library.rows(&ids)).map_err(FindError::from)
        }
        View::Who(name, seen_in, _) => stories_of_entity(library, *name, *seen_in).map_err(FindError::from),
        View::List(list) => {
            let mut listing = Some(Listing::new(view.clone(), *list, generation));
            step(library, &mut listing, inbox);
            return listing;
        }
    };
    let _ = inbox.send(match read {
        Ok(rows) => {
            let empty = match &view {
                View::Query(words) | View::Saved(_, words) if rows.is_empty() => explain_empty(library, words),
                _ => None,
            };
            Event::Rows(RowBatch { view, generation, rows, more: false, goes_on: false, empty })
        }
        Err(error) => Event::Notice(error.to_string()),
    });
    None
}

/// Returns the stories that mention or quote a person, organisation or place, latest first.
fn stories_of_entity(library: &Library, name: i64, seen_in: i64) -> dateline_library::Result<Vec<StoryRow>> {
    let mut ids = library.stories_of(name, seen_in)?;
    ids.truncate(MAX_RESULTS);
    library.rows(&ids)
}

/// Error while finding the stories of a view.
#[derive(Debug, thiserror::Error)]
pub(super) enum FindError {
    /// The query is invalid.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A library operation failed.
    #[error("{}", explain(.0))]
    Library(#[from] dateline_library::Error),
}

/// Returns the results of a query, best match first.
pub(super) fn found(library: &Library, words: &str, most: usize) -> Result<Vec<StoryRow>, FindError> {
    Ok(best(library, &Query::parse(words)?, most)?)
}

fn best(library: &Library, query: &Query, most: usize) -> dateline_library::Result<Vec<StoryRow>> {
    library.found(query, Zoned::now().date(), Order::Best, most).and_then(|ids| library.rows(&ids))
}

/// Returns the results of a query. If there are none, treats the query as still being typed: the user may remember only
/// the beginning of a word.
fn found_or_prefix(library: &Library, words: &str) -> Result<Vec<StoryRow>, FindError> {
    let rows = found(library, words, MAX_RESULTS)?;
    match Query::parse_typed(words) {
        Ok(query) if rows.is_empty() => Ok(best(library, &query, MAX_RESULTS)?),
        _ => Ok(rows),
    }
}

fn open(library: &Library, id: i64) -> dateline_library::Result<OpenedStory> {
    let stored = library.article(id)?;
    Ok(OpenedStory {
        id,
        highlights: marks::highlights(library, id)?,
        corrections: library.corrections(id)?,
        place: library.position(id)?,
        analysis: (!stored.outdated).then_some(stored.analysis),
        article: stored.article,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_analysis::Analysis;
    use dateline_core::article::Article;

    #[test]
    fn annotations_of_an_older_analyser_are_not_shown_but_made_when_the_story_is_opened() {
        let mut library = Library::open_in_memory().unwrap();
        let stories: Vec<_> = (0..2)
            .map(|n| {
                let article =
                    Article::verbatim(n.to_string(), format!("The ferry sailed {n} times, said pilot Mara Odell."));
                Incoming::new(article, Analysis::default(), &n.to_string()).prepare().unwrap()
            })
            .collect();
        library.add(&stories).unwrap();
        library.mark_outdated(&[2]).unwrap();
        assert!(open(&library, 1).unwrap().analysis.is_some());
        assert!(open(&library, 2).unwrap().analysis.is_none(), "the screen asks the analyser for it");
    }
}
