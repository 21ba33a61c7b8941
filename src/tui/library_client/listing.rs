//! Sends a list of the library in windows, so that the first rows are on the screen before the others are read.
//! Requests are served between two windows.

use super::gathering::send_clusters;
use crate::remedy::explain;
use crate::tui::event::Event;
use crate::tui::library_messages::{RowBatch, View};
use dateline_library::{Library, List, StoryRow};
use std::sync::mpsc::Sender;

/// Number of rows in the first window, which is more than fits on any screen.
const FIRST_WINDOW: usize = 200;
/// Maximum number of rows in a later window.
const MAX_WINDOW: usize = 1_000;

/// State of a list that is being sent in windows.
pub(super) struct Listing {
    view: View,
    list: List,
    generation: u32,
    /// The last row sent; `None` before the first.
    after: Option<StoryRow>,
    /// Number of rows to send in the next window.
    window: usize,
}

impl Listing {
    /// Creates a listing that begins with the first row.
    pub(super) const fn new(view: View, list: List, generation: u32) -> Self {
        Self { view, list, generation, after: None, window: FIRST_WINDOW }
    }

    /// Sends the next window of rows. Returns whether more may follow.
    fn step(&mut self, library: &Library, inbox: &Sender<Event>) -> dateline_library::Result<bool> {
        let rows = library.page(self.list, self.after.as_ref(), self.window)?;
        let (whole, more) = (rows.len() < self.window, self.after.is_some());
        self.after = rows.last().cloned();
        self.window = (4 * self.window).min(MAX_WINDOW);
        // The title of the list shows the number from the first frame on.
        let total = if whole || more { None } else { Some(library.count(self.list)?) };
        let (view, generation) = (self.view.clone(), self.generation);
        send_clusters(library, &rows, generation, !more, inbox);
        let batch = RowBatch { view, generation, rows, more, goes_on: !whole, total, empty: None };
        let sent = inbox.send(Event::Rows(batch));
        Ok(!whole && sent.is_ok())
    }
}

/// Sends the next window of a listing. Drops the listing once all rows are sent.
pub(super) fn step(library: &Library, listing: &mut Option<Listing>, inbox: &Sender<Event>) {
    let Some(begun) = listing else { return };
    match begun.step(library, inbox) {
        Ok(true) => {}
        Ok(false) => {
            *listing = None;
            library.shrink();
        }
        Err(error) => {
            *listing = None;
            let _ = inbox.send(Event::Notice(explain(&error)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{LibraryWriter, Opening};
    use super::*;
    use crate::tui::library_messages::Request;
    use crate::tui::session_sources::SessionSources;
    use dateline_analysis::Analysis;
    use dateline_core::article::Article;
    use dateline_library::Incoming;
    use std::path::PathBuf;
    use std::sync::mpsc::channel;

    /// Creates a library of `count` stories in a separate folder.
    fn library(name: &str, count: usize) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("dateline-keeper-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("library.db");
        let _ = std::fs::remove_file(&path);
        let stories = (0..count).map(|number| {
            let article = Article::verbatim(format!("story {number}"), format!("Ferry {number} was late again."));
            Incoming::new(article, Analysis::default(), &format!("ferries/{number}")).prepare().unwrap()
        });
        Library::open_or_create(&path).unwrap().add(&stories.collect::<Vec<_>>()).unwrap();
        path
    }

    #[test]
    fn a_list_is_read_to_its_end_whatever_is_asked_for_meanwhile() {
        let count = FIRST_WINDOW + 4 * FIRST_WINDOW + 2 * MAX_WINDOW + 7;
        let path = library("list", count);
        let (inbox, events) = channel();
        let writer = LibraryWriter::start(path.clone(), Opening::Named, SessionSources::default(), inbox);
        let (mut listed, mut opened, mut ended) = (0, 0, false);
        while !ended || opened == 0 {
            match events.recv_timeout(std::time::Duration::from_mins(1)).unwrap() {
                Event::Rows(rows) => {
                    if let Some(row) = rows.rows.first().filter(|_| listed == 0) {
                        assert_eq!(writer.ask(Request::Open(row.id)), None);
                    }
                    assert_eq!(rows.more, listed > 0);
                    assert_eq!(rows.total, (listed == 0).then_some(count));
                    listed += rows.rows.len();
                    ended = !rows.goes_on;
                }
                Event::Opened(_) => opened += 1,
                Event::Notice(words) => panic!("{words}"),
                _ => {}
            }
        }
        assert_eq!((listed, opened), (count, 1));
        writer.finish(false);
        let _ = std::fs::remove_dir_all(path.parent().unwrap());
    }
}
