//! Serves the requests of the TUI that change the library or open a story.

use super::finding::rows;
use super::gathering;
use super::listing::Listing;
use super::marks::{self, sentence};
use super::renewing::Renewer;
use super::replay;
use crate::own_names;
use crate::tui::event::Event;
use crate::tui::library_messages::{OpenedStory, Request, Reversal, StoryMarks};
use dateline_analysis::Options;
use dateline_ingest as ingest;
use dateline_library::{Change, FeedChange, Flag, Incoming, Library, Raw, Result, SharedSource};
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// Serves one request. A requested list is put into `listing` to be sent in windows, and replaces any list still being
/// sent.
///
/// # Errors
/// Returns an error if the library fails.
pub(super) fn answer(
    library: &mut Library,
    request: Request,
    inbox: &Sender<Event>,
    listing: &mut Option<Listing>,
    renewer: Option<&Renewer>,
) -> Result<()> {
    match request {
        Request::Show(view, generation) => *listing = rows(library, view, generation, inbox),
        Request::Open(id) => load(library, id, inbox, renewer)?,
        Request::Set(id, change) => {
            library.set(&[id], &change)?;
            send(inbox, Event::Changed(library.rows(&[id])?, sentence(&change.label(1))));
        }
        Request::MarkRead(ids) => mark_read(library, ids, inbox)?,
        Request::Opened(id) => {
            library.mark_opened(id)?;
            send(inbox, Event::Changed(library.rows(&[id])?, String::new()));
        }
        Request::Replay(direction, shown) => {
            let reversal = replay::next(library, direction, shown)?;
            report_replayed(library, reversal, shown, inbox);
        }
        Request::ReplayChange(direction, id, shown) => {
            let reversal = replay::confirmed(library, direction, id)?;
            report_replayed(library, reversal, shown, inbox);
        }
        Request::Marks(id) => send(inbox, Event::Marks(Box::new(marks_in(library, id)?))),
        // These requests are served before this function is called.
        Request::Keep(_) | Request::Highlights(..) | Request::Correct(..) | Request::Save(_) => {}
        Request::Place(id, offset) => library.set_position(id, offset)?,
        Request::Reread(id, encoding) => reopen(library, id, encoding, inbox)?,
        Request::Remember(words) => library.remember_search(&words)?,
        Request::SaveView(name, query) => save_view(library, &name, query.as_deref(), inbox)?,
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
            report_done(inbox, if is { "Full text on" } else { "Full text off" }.to_owned(), false);
        }
        Request::Merge(name, other) => {
            library.merge_names(name, other)?;
            report_done(inbox, "Merged the two names".to_owned(), true);
        }
        Request::Split(name) => {
            library.split_name(name, None)?;
            report_done(inbox, "Separated the merged names".to_owned(), true);
        }
        Request::Regather(ids, how) => {
            let (said, is_changed) = gathering::regather(library, &ids, how)?;
            send(inbox, Event::Regathered(said, is_changed));
        }
        Request::KeepApart(name, other) => {
            library.split_name(name, Some(other))?;
            report_done(inbox, "Kept the two names apart".to_owned(), true);
        }
    }
    Ok(())
}

/// Sends an event to the screen.
fn send(inbox: &Sender<Event>, event: Event) {
    // Ignore errors: sending fails only if the event loop has ended.
    let _ = inbox.send(event);
}

/// Reports the outcome of an undo or redo. If it changed the library, the marks in the open story are sent first, because
/// the next key may ask for what the message says has come back.
fn report_replayed(library: &Library, reversal: Reversal, shown: Option<i64>, inbox: &Sender<Event>) {
    let changed = shown.filter(|_| matches!(reversal, Reversal::Done(..)));
    // Without marks the screen shows those that it has until the story is loaded again.
    if let Some(Ok(marks)) = changed.map(|id| marks_in(library, id)) {
        send(inbox, Event::Marks(Box::new(marks)));
    }
    send(inbox, Event::Replayed(reversal));
}

/// Reports that a change was saved, and whether it can be undone.
fn report_done(inbox: &Sender<Event>, said: String, undoable: bool) {
    send(inbox, Event::Kept(said, undoable));
}

/// Sends a story that is to be opened. If its annotations are outdated, moves it to the front of the queue for
/// re-annotation.
fn load(library: &Library, id: i64, inbox: &Sender<Event>, renewer: Option<&Renewer>) -> Result<()> {
    let opened = open(library, id)?;
    if let (None, Some(renewer)) = (&opened.analysis, renewer) {
        renewer.first(id);
    }
    send(inbox, Event::Opened(Box::new(opened)));
    Ok(())
}

/// Marks stories as read, as a single change, and reports it.
fn mark_read(library: &mut Library, ids: Vec<i64>, inbox: &Sender<Event>) -> Result<()> {
    let change = Change::Flag(Flag::Read, true);
    library.set(&ids, &change)?;
    let said = sentence(&change.label(ids.len()));
    send(inbox, Event::MarkedRead(ids, said));
    Ok(())
}

/// Reads the user's marks in a story, together with its row.
fn marks_in(library: &Library, id: i64) -> Result<StoryMarks> {
    Ok(StoryMarks {
        rows: library.rows(&[id])?,
        highlights: marks::highlights(library, id)?,
        corrections: library.corrections(id)?,
    })
}

/// Saves a query as a view, or deletes the view if there is no query, and reports it.
fn save_view(library: &mut Library, name: &str, query: Option<&str>, inbox: &Sender<Event>) -> Result<()> {
    library.save_view(name, query)?;
    let done = if query.is_some() { "Saved the view" } else { "Removed the view" };
    report_done(inbox, format!("{done} “{name}”"), true);
    Ok(())
}

/// Rereads a story in another encoding and sends it again. Sends the reason if its source cannot be read that way.
fn reopen(library: &mut Library, id: i64, encoding: &str, inbox: &Sender<Event>) -> Result<()> {
    match reread(library, id, encoding) {
        Ok(()) => {
            send(inbox, Event::Opened(Box::new(open(library, id)?)));
            report_done(inbox, format!("Reopened as {encoding}; the previous text was kept as a version"), false);
        }
        Err(RereadError::Library(error)) => return Err(error),
        Err(error) => send(inbox, Event::Notice(error.to_string())),
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
fn reread(library: &mut Library, id: i64, encoding: &str) -> std::result::Result<(), RereadError> {
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
    let analysis = own_names::analyzer().analyze(&article, &Options::default());
    let raw = if alone { Raw::Own(bytes) } else { Raw::Shared(Arc::new(SharedSource::from(bytes))) };
    let item = if alone { String::new() } else { article.id.clone() };
    let new = Incoming { item, raw, ..Incoming::new(article, analysis, &source) };
    library.replace(id, &new.prepare()?)?;
    Ok(())
}

/// Reads a story to be opened, together with the user's marks in it.
fn open(library: &Library, id: i64) -> Result<OpenedStory> {
    let stored = library.article(id)?;
    Ok(OpenedStory {
        id,
        row: library.rows(&[id])?.pop(),
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
    use dateline_core::text::Span;
    use dateline_library::Direction;
    use std::sync::mpsc::channel;

    #[test]
    fn an_undo_sends_the_marks_of_the_open_story_before_its_message() {
        let mut library = Library::open_in_memory().unwrap();
        let article = Article::verbatim("mill", "The mill has closed.");
        library.add(&[Incoming::new(article, Analysis::default(), "mill").prepare().unwrap()]).unwrap();
        library.highlight(1, Span::new(4, 8), "important", "Why?").unwrap();
        let mut replay = |direction, shown| {
            let (inbox, events) = channel();
            answer(&mut library, Request::Replay(direction, shown), &inbox, &mut None, None).unwrap();
            drop(inbox);
            events.into_iter().collect::<Vec<_>>()
        };
        for (direction, count) in [(Direction::Undo, 0), (Direction::Redo, 1)] {
            let events = replay(direction, Some(1));
            let [Event::Marks(marks), Event::Replayed(Reversal::Done(..))] = events.as_slice() else {
                panic!("{events:?}")
            };
            assert_eq!(marks.highlights.len(), count, "{direction:?}");
        }
        assert!(matches!(replay(Direction::Redo, Some(1)).as_slice(), [Event::Replayed(Reversal::Nothing(_))]));
    }

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
