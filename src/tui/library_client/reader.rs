//! Thread that serves read-only requests: results while a query is being typed, profiles across stories, unread counts.
//! A newer request replaces a pending one of the same kind.

use super::finding::{explain_empty, found};
use super::gathering::{happening, send_clusters, setting};
use crate::own_names;
use crate::remedy::explain;
use crate::tui::event::Event;
use crate::tui::library_messages::{EntityRef, LibraryQuery, RowBatch, SavedView, Sources, View};
use dateline_library::query::{Query, unread_of};
use dateline_library::{Library, List, Order, Profile, RelatedQuotes, differences};
use jiff::Zoned;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Maximum debounce interval: how long typing must pause before the query is run.
const MAX_DEBOUNCE: Duration = Duration::from_millis(25);
/// Maximum number of results to show while a query is being typed.
const MAX_TYPED_RESULTS: usize = 300;
/// Maximum number of stories to count in a view.
const MAX_COUNTED: usize = 9_999;
/// Maximum number of quotes from other stories to show on a card.
const MAX_RELATED_QUOTES: usize = 5;
/// Maximum number of names to suggest for merging.
const MAX_SUGGESTIONS: usize = 200;
/// Maximum number of names to offer as jump targets.
const MAX_NAMES: usize = 3_000;

/// Handle for sending requests to the thread.
#[derive(Debug)]
pub(super) struct LibraryReader(Sender<LibraryQuery>);

impl LibraryReader {
    /// Starts the thread. It opens the library at the first request.
    pub(super) fn start(path: PathBuf, inbox: Sender<Event>) -> Self {
        let (questions, mailbox) = channel();
        thread::spawn(move || {
            let lost = inbox.clone();
            if catch_unwind(AssertUnwindSafe(|| serve(&path, &mailbox, &inbox))).is_err() {
                // Ignore errors: sending fails only if the event loop has ended.
                let _ = lost.send(Event::Notice("Internal error: the library can no longer be queried".to_owned()));
            }
        });
        Self(questions)
    }

    /// Sends a request. If the library cannot be opened, the reply is a notice.
    pub(super) fn ask(&self, question: LibraryQuery) {
        let _ = self.0.send(question);
    }
}

/// Opens the library for reading.
fn open(path: &Path) -> dateline_library::Result<Library> {
    Ok(Library::open_read_only(path)?.annotated_by(own_names::version()).gathering(setting()))
}

/// Debouncer of the queries that run while the user types. A query waits for the next letter as long as the previous
/// query took, so that cheap queries run at once and only expensive ones may be skipped.
#[derive(Debug, Default)]
struct Debounce(Duration);

impl Debounce {
    /// Returns how long to wait for another letter before the next query runs.
    const fn interval(&self) -> Duration {
        self.0
    }

    /// Records how long a query took.
    fn record(&mut self, elapsed: Duration) {
        self.0 = elapsed.min(MAX_DEBOUNCE);
    }
}

fn serve(path: &Path, mailbox: &Receiver<LibraryQuery>, inbox: &Sender<Event>) {
    let mut library = None;
    let mut waiting: VecDeque<LibraryQuery> = VecDeque::new();
    let mut debounce = Debounce::default();
    loop {
        if waiting.is_empty() {
            let Ok(first) = mailbox.recv() else { return };
            waiting.push_back(first);
        }
        let Some(question) = waiting.pop_front() else { continue };
        let is_typed = matches!(question, LibraryQuery::Typed(..));
        if is_typed {
            thread::sleep(debounce.interval());
        }
        waiting.extend(mailbox.try_iter());
        let overtaken = |later: &LibraryQuery| std::mem::discriminant(later) == std::mem::discriminant(&question);
        if waiting.iter().any(overtaken) {
            continue;
        }
        let answered = match library.take().map_or_else(|| open(path), Ok) {
            Ok(open) => {
                let start = Instant::now();
                let answer = answer(&open, question);
                if is_typed {
                    debounce.record(start.elapsed());
                }
                library = Some(open);
                answer
            }
            Err(error) => Err(error),
        };
        let event = answered.unwrap_or_else(|error| Event::Notice(explain(&error)));
        if let (Some(library), Event::Rows(batch)) = (&library, &event) {
            send_clusters(library, &batch.rows, batch.generation, true, inbox);
        }
        if inbox.send(event).is_err() {
            return;
        }
    }
}

fn answer(library: &Library, question: LibraryQuery) -> dateline_library::Result<Event> {
    Ok(match question {
        LibraryQuery::Typed(words, generation) => {
            // A query that is still invalid is never sent here: the prompt reports the error, and the previous rows
            // stay.
            let rows = found_typed(library, &words)?;
            let empty = if rows.is_empty() { explain_empty(library, &words) } else { None };
            Event::Rows(RowBatch {
                view: View::Query(words),
                generation,
                rows,
                more: false,
                goes_on: false,
                total: None,
                empty,
            })
        }
        LibraryQuery::Profile(wanted, seen_in) => match profile(library, &wanted, seen_in)? {
            Some(profile) => Event::Profile(Box::new(profile), seen_in),
            None => Event::Notice(match wanted {
                EntityRef::Named(_, name) => format!("No story in the library names {name}"),
                EntityRef::Known(_) => "No story in the library has this name".to_owned(),
            }),
        },
        LibraryQuery::RelatedQuotes(kind, name, seen_in) => {
            let known = library.name_id(&kind, &name)?;
            let found = match known {
                Some(known) => library.related_quotes(known, seen_in, MAX_RELATED_QUOTES)?,
                None => RelatedQuotes { name: 0, quotes: 0, stories: 0, latest: Vec::new() },
            };
            Event::RelatedQuotes(name, seen_in, Box::new(found))
        }
        LibraryQuery::Sources => Event::Sources(sources(library)?),
        LibraryQuery::Places => Event::Places(library.find_entities("", MAX_NAMES)?, sources(library)?),
        LibraryQuery::Suggestions => Event::Suggestions(library.suggestions(None, MAX_SUGGESTIONS)?),
        LibraryQuery::Happening(id) => match happening(library, id)? {
            Some(happening) => Event::Happening(Box::new(happening)),
            None => Event::Notice("The other versions of this story are no longer in the library".to_owned()),
        },
        LibraryQuery::Versions(id) => {
            let mut newer = library.article(id)?.article;
            let mut changes = Vec::new();
            for version in library.versions(id)?.into_iter().rev() {
                let older = library.version(version.id)?;
                changes.push((version, differences(&older, &newer)));
                newer = older;
            }
            Event::Versions(changes)
        }
    })
}

fn found_typed(library: &Library, words: &str) -> dateline_library::Result<Vec<dateline_library::StoryRow>> {
    let Ok(query) = Query::parse_typed(words) else { return Ok(found(library, words, 0).unwrap_or_default()) };
    let ids = library.found(&query, Zoned::now().date(), Order::Best, MAX_TYPED_RESULTS)?;
    library.rows(&ids)
}

fn profile(library: &Library, wanted: &EntityRef, seen_in: i64) -> dateline_library::Result<Option<Profile>> {
    let name = match wanted {
        EntityRef::Known(name) => Some(*name),
        EntityRef::Named(kind, name) => match library.name_id(kind, name)? {
            Some(known) => Some(known),
            // Try the name with any type, because a correction in the TUI may have changed the type.
            None => library.find_entities(name, 1)?.first().map(|who| who.id),
        },
    };
    name.map(|name| library.profile(name, seen_in)).transpose()
}

fn sources(library: &Library) -> dateline_library::Result<Sources> {
    let lists = [List::Inbox, List::Unread, List::Starred, List::All, List::Bin];
    let lists =
        lists.into_iter().map(|list| Ok((list, library.count(list)?))).collect::<dateline_library::Result<_>>()?;
    let today = Zoned::now().date();
    let mut views = Vec::new();
    for (name, query) in library.views()? {
        let count = |words: &str| {
            let query = Query::parse(words).ok()?;
            library.count_found(&query, today, MAX_COUNTED).ok()
        };
        let counts = count(&unread_of(&query)).zip(count(&query));
        views.push(SavedView { name, query, counts });
    }
    Ok(Sources {
        lists,
        views,
        feeds: library.feeds()?,
        servers: library.sync_servers()?,
        folders: library.paired_folders()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_expensive_queries_wait_for_the_next_letter() {
        let mut debounce = Debounce::default();
        assert_eq!(debounce.interval(), Duration::ZERO, "the first letter");
        debounce.record(Duration::from_millis(2));
        assert_eq!(debounce.interval(), Duration::from_millis(2));
        debounce.record(Duration::from_secs(3));
        assert_eq!(debounce.interval(), MAX_DEBOUNCE);
        debounce.record(Duration::from_millis(1));
        assert_eq!(debounce.interval(), Duration::from_millis(1), "more letters make a query cheaper");
    }
}
