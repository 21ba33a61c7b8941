//! The library beside the loop: a thread of its own holds the one connection, answers what the screen asks, and
//! tells of a change only when it is on the disk. Knows the library and events; knows nothing of panes and keys.

use super::event::Event;
use super::highlight::{Highlight, HighlightKind};
use super::source;
use crate::analysis::{Analysis, Correction};
use crate::article::Article;
use crate::library::query::Query;
use crate::library::{Change, Flag, Key, Library, List, Row};
use jiff::Zoned;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

/// How many rows come first: more than any screen shows.
const FIRST: usize = 200;
/// How many rows come at once after that.
const MORE: usize = 5_000;
/// The most rows that a query gives.
const MOST_FOUND: usize = 2_000;

/// Which stories the list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// One of the lists that are always there.
    List(List),
    /// What a query finds.
    Query(String),
}

impl View {
    /// What the list's title says.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::List(List::Inbox) => "Library",
            Self::List(List::Unread) => "Unread",
            Self::List(List::All) => "All stories",
            Self::List(List::Starred) => "Starred",
            Self::List(List::Bin) => "Bin",
            Self::Query(words) => words,
        }
    }
}

/// What the screen asks of the library.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// The rows of a view; the answer carries the generation.
    Show(View, u32),
    /// An article with all that the reader did to it.
    Open(i64),
    /// Something to be done with an article.
    Set(i64, Change),
    /// The last change taken back.
    Undo,
    /// These are all highlights of an article now.
    Highlights(i64, Vec<Highlight>),
    /// These are all corrections of an article now.
    Corrections(i64, Vec<Correction>),
    /// So far the reader has come: a byte of the text.
    Place(i64, usize),
}

/// An article that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// Its number in the library.
    pub id: i64,
    /// The article.
    pub article: Article,
    /// Its annotations; none when another version of the analyser made them.
    pub analysis: Option<Analysis>,
    /// The reader's highlights whose words are still there.
    pub highlights: Vec<Highlight>,
    /// What the reader put right.
    pub corrections: Vec<Correction>,
    /// How far the reader had come, in bytes of the text.
    pub place: Option<usize>,
}

/// Rows of a view.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The view.
    pub view: View,
    /// The request that this answers; an older one is dropped.
    pub generation: u32,
    /// The rows.
    pub rows: Vec<Row>,
    /// Whether they follow rows that came before.
    pub more: bool,
}

/// The thread that keeps the library.
#[derive(Debug)]
pub struct Keeper {
    requests: Sender<Request>,
    thread: JoinHandle<()>,
}

impl Keeper {
    /// Starts it on the library at `path`. Where there is none, or an empty one, the bundled stories come instead,
    /// unless the reader named that library: then its emptiness is told.
    #[must_use]
    pub fn start(path: PathBuf, named: bool, inbox: Sender<Event>) -> Self {
        let (requests, mailbox) = channel();
        let thread = thread::spawn(move || {
            let lost = inbox.clone();
            if catch_unwind(AssertUnwindSafe(|| keep(&path, named, &mailbox, &inbox))).is_err() {
                // Whoever has ended does not listen any more.
                let _ = lost.send(Event::Notice("The library is closed by a fault of this program".to_owned()));
                let _ = lost.send(Event::LoadedAll);
            }
        });
        Self { requests, thread }
    }

    /// Asks for something. A library that could not be opened answers nothing.
    pub fn ask(&self, request: Request) {
        let _ = self.requests.send(request);
    }

    /// Waits until everything asked for is on the disk.
    pub fn finish(self) {
        drop(self.requests);
        // A fault of the thread was told when it happened.
        let _ = self.thread.join();
    }
}

/// Opens the library and answers until nobody asks any more.
fn keep(path: &Path, named: bool, mailbox: &Receiver<Request>, inbox: &Sender<Event>) {
    let library = if named || path.exists() { Library::open(path).map(Some) } else { Ok(None) };
    let empty = match &library {
        Ok(Some(library)) => library.is_empty().unwrap_or(true),
        Ok(None) => true,
        Err(error) => {
            let _ = inbox.send(Event::Notice(error.to_string()));
            true
        }
    };
    let Ok(Some(mut library)) = library.map(|library| library.filter(|_| named || !empty)) else {
        source::read_all(&[], |event| inbox.send(event).is_ok());
        return;
    };
    let mut shown = None;
    rows(&library, &View::List(List::Inbox), 0, mailbox, inbox, &mut shown);
    let _ = inbox.send(Event::LoadedAll);
    loop {
        let Some(request) = shown.take().or_else(|| mailbox.recv().ok()) else { return };
        let answered = answer(&mut library, request, mailbox, inbox, &mut shown);
        if let Err(error) = answered {
            let _ = inbox.send(Event::Notice(error.to_string()));
        }
    }
}

/// Answers one request. A newer one that comes up while rows are read is put into `next`.
fn answer(
    library: &mut Library,
    request: Request,
    mailbox: &Receiver<Request>,
    inbox: &Sender<Event>,
    next: &mut Option<Request>,
) -> crate::library::Result<()> {
    match request {
        Request::Show(view, generation) => rows(library, &view, generation, mailbox, inbox, next),
        Request::Open(id) => {
            let opened = open(library, id)?;
            let _ = inbox.send(Event::Opened(Box::new(opened)));
        }
        Request::Set(id, change) => {
            library.set(&[id], &change)?;
            let quiet = change == Change::Flag(Flag::Read, true);
            let said = if quiet { String::new() } else { sentence(&change.label(1)) };
            let _ = inbox.send(Event::Changed(library.rows(&[id])?, said));
        }
        Request::Undo => {
            let undone = library.undo()?;
            let said = undone.map_or_else(|| "Nothing to take back".to_owned(), |label| format!("Taken back: {label}"));
            // Whatever it changed, the rows in view tell the truth again.
            let _ = inbox.send(Event::Undone(said));
        }
        Request::Highlights(id, highlights) => keep_highlights(library, id, &highlights)?,
        Request::Corrections(id, corrections) => library.set_corrections(id, &corrections)?,
        Request::Place(id, offset) => library.set_position(id, offset)?,
    }
    Ok(())
}

/// Reads the rows of a view, the first of them at once. Stops when another view is asked for.
fn rows(
    library: &Library,
    view: &View,
    generation: u32,
    mailbox: &Receiver<Request>,
    inbox: &Sender<Event>,
    next: &mut Option<Request>,
) {
    let send = |rows: Vec<Row>, more: bool| {
        inbox.send(Event::Rows(Rows { view: view.clone(), generation, rows, more })).is_ok()
    };
    let read = match view {
        View::Query(words) => found(library, words).map(|rows| {
            send(rows, false);
        }),
        View::List(list) => all(library, *list, |rows, more| {
            let listened = send(rows, more);
            *next = mailbox.try_recv().ok();
            listened && next.is_none()
        }),
    };
    if let Err(reason) = read {
        let _ = inbox.send(Event::Notice(reason));
    }
}

/// Hands on the rows of a list, window by window, until `send` has enough.
fn all(library: &Library, list: List, mut send: impl FnMut(Vec<Row>, bool) -> bool) -> Result<(), String> {
    let mut after: Option<Key> = None;
    loop {
        let limit = if after.is_none() { FIRST } else { MORE };
        let rows = library.page(list, after, limit).map_err(|error| error.to_string())?;
        let (whole, more) = (rows.len() < limit, after.is_some());
        after = rows.last().map(|row| list.key(row));
        if !send(rows, more) || whole {
            return Ok(());
        }
    }
}

/// What a query finds, the best first.
fn found(library: &Library, words: &str) -> Result<Vec<Row>, String> {
    let query = Query::parse(words).map_err(|error| error.to_string())?;
    let today = Zoned::now().date();
    let best = library.best(&query, today, MOST_FOUND).and_then(|ids| library.rows(&ids));
    best.map_err(|error| error.to_string())
}

fn open(library: &Library, id: i64) -> crate::library::Result<Opened> {
    let stored = library.article(id)?;
    let highlights = library.highlights(id)?.into_iter().filter_map(|kept| {
        let note = Some(kept.note).filter(|note| !note.is_empty());
        Some(Highlight { span: kept.anchor.span?, kind: HighlightKind::named(&kept.colour)?, note })
    });
    Ok(Opened {
        id,
        highlights: highlights.collect(),
        corrections: library.corrections(id)?,
        place: library.position(id)?,
        analysis: (!stored.outdated).then_some(stored.analysis),
        article: stored.article,
    })
}

/// Makes the highlights that are kept those that the reader sees.
fn keep_highlights(library: &mut Library, id: i64, seen: &[Highlight]) -> crate::library::Result<()> {
    let kept = library.highlights(id)?;
    let same = |kept: &crate::library::Highlight, seen: &Highlight| kept.anchor.span == Some(seen.span);
    for one in &kept {
        // What lost its words is not on the screen: the reader did not take it away.
        let gone = one.anchor.span.is_some() && !seen.iter().any(|seen| same(one, seen));
        if gone {
            library.change_highlight(id, one.id, None)?;
        }
    }
    for highlight in seen {
        let note = highlight.note.as_deref().unwrap_or_default();
        let kind = highlight.kind.name();
        match kept.iter().find(|kept| same(kept, highlight)) {
            Some(one) if one.colour == kind && one.note == note => {}
            Some(one) => library.change_highlight(id, one.id, Some((kind, note)))?,
            None => drop::<i64>(library.highlight(id, highlight.span, kind, note)?),
        }
    }
    Ok(())
}

/// Words as a sentence of the status line.
fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
