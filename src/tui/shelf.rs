//! The library beside the loop: what the screen asks of it and what comes back. One thread holds the one connection
//! that writes and tells of a change only when it is on the disk; another answers questions; a third fetches, and a fourth renews annotations. Knows
//! the library and events; knows nothing of panes and keys.

mod fetching;
mod keeper;
mod keeping;
mod listing;
mod marks;
mod renewing;
mod replay;
mod scout;
mod unsaved;

pub use fetching::{Errand, News};
pub use keeper::{Keeper, Opening};
pub use renewing::Renewal;

use super::event::Event;
use super::highlight::Highlight;
use dateline_analysis::{Analysis, Correction};
use dateline_core::article::Article;
use dateline_library::{Change, Count, Direction, Feed, List, Replayed, Row};
use std::sync::Arc;

/// Which stories the list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// One of the lists that are always there.
    List(List),
    /// What a query finds.
    Query(String),
    /// What the query of a saved view finds: its name and the query.
    Saved(String, String),
    /// What a feed brought: its number and title.
    Feed(i64, String),
    /// The stories that name or quote somebody: the number of the name, the story that it is seen in, or 0, and
    /// the name.
    Who(i64, i64, String),
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
            Self::Query(title) | Self::Saved(title, _) | Self::Feed(_, title) | Self::Who(_, _, title) => title,
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
    /// A story that is not in the library, to be kept there with its marks.
    Keep(Box<Keeping>),
    /// The marks of an article.
    Marks(i64),
    /// An article whose text was opened, to be marked as read.
    Opened(i64),
    /// The last change to be undone or redone; the article that is shown.
    Replay(Direction, Option<i64>),
    /// This change to be undone or redone: the reader was asked.
    ReplayChange(Direction, i64),
    /// The highlights of an article before the reader changed them, and after.
    Highlights(i64, Vec<Highlight>, Vec<Highlight>),
    /// One more correction of an article.
    Correct(i64, Correction),
    /// Marks of an article that the disk did not take, to be tried again.
    Save(i64),
    /// So far the reader has come: a byte of the text.
    Place(i64, usize),
    /// A query under a name; no query takes the view away.
    SaveView(String, Option<String>),
    /// A saved view one place up, or down.
    MoveView(String, bool),
    /// A feed is followed no longer.
    Unfollow(Feed),
    /// A feed is called so.
    RenameFeed(i64, String),
    /// The pages that a feed links to are fetched too, or no longer.
    FullText(i64, bool),
    /// Two names are one.
    Merge(i64, i64),
    /// A name is taken out of what it was merged with.
    Split(i64),
    /// An article's bytes are in this encoding.
    Reread(i64, &'static str),
    /// A query to be remembered.
    Remember(String),
}

impl Request {
    /// The event that reports its failure, if it keeps what the reader wrote.
    #[must_use]
    pub fn failed(self, reason: &str) -> Option<Event> {
        match self {
            Self::Keep(keeping) => Some(Event::NotKept(keeping.article, reason.to_owned())),
            Self::Highlights(id, ..) | Self::Correct(id, _) | Self::Save(id) => {
                Some(Event::Saved(id, Some(reason.to_owned())))
            }
            _ => None,
        }
    }
}

/// A story to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Keeping {
    /// The article; the answer carries the same one.
    pub article: Arc<Article>,
    /// Its annotations, where they are those that the library would make.
    pub analysis: Option<Analysis>,
    /// Whether the reader opened it.
    pub read: bool,
    /// The reader's highlights.
    pub highlights: Vec<Highlight>,
    /// What the reader put right.
    pub corrections: Vec<Correction>,
    /// Something to be done with it besides.
    pub change: Option<Change>,
}

/// A story that is kept.
#[derive(Clone, Debug)]
pub struct KeptStory {
    /// The article.
    pub article: Arc<Article>,
    /// Its row.
    pub rows: Vec<Row>,
    /// Its highlights, including those that the library had before.
    pub highlights: Vec<Highlight>,
    /// Its corrections, likewise.
    pub corrections: Vec<Correction>,
    /// Whether it was not in the library before.
    pub is_new: bool,
    /// What to say of the change that was asked for; empty for none.
    pub said: String,
}

/// What the reader marked in an article of the library.
#[derive(Clone, Debug)]
pub struct Marks {
    /// Its row.
    pub rows: Vec<Row>,
    /// Its highlights.
    pub highlights: Vec<Highlight>,
    /// Its corrections.
    pub corrections: Vec<Correction>,
}

/// The answer to an undo or a redo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reversal {
    /// It is on the disk.
    Done(Direction, Replayed),
    /// It would overwrite newer values: the reason.
    Refused(Direction, String),
    /// There is no such change.
    Nothing(Direction),
    /// The reader is to be asked first.
    Ask {
        /// Undo or redo.
        direction: Direction,
        /// The change.
        id: i64,
        /// The question, with the keys that answer it.
        question: String,
    },
}

/// What the screen wants to know of the library. Answered by a thread that reads alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// What is found by a query that is still being typed; the answer carries the generation.
    Typed(String, u32),
    /// Everything about somebody, by kind and name, seen in a story.
    Dossier(Wanted, i64),
    /// What somebody, by kind and name, said in other stories than this.
    Elsewhere(String, String, i64),
    /// Lists, saved views and feeds with what is unread in them.
    Sources,
    /// The names that most stories hold, with the sources: what one can go to.
    Places,
    /// The older texts of an article and what changed.
    Versions(i64),
}

/// Who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The number of a name.
    Known(i64),
    /// A kind and a name, as an analysis has them.
    Named(String, String),
}

/// Lists, saved views and feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// The lists that are always there, and how many stories each holds.
    pub lists: Vec<(List, usize)>,
    /// The saved views.
    pub views: Vec<SavedView>,
    /// The feeds.
    pub feeds: Vec<Feed>,
}

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// What it is called.
    pub name: String,
    /// What it looks for.
    pub query: String,
    /// Unread stories and all, each perhaps with more that were not counted; nothing for a query that makes no sense.
    pub counts: Option<(Count, Count)>,
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
    /// Whether others follow these.
    pub goes_on: bool,
}
