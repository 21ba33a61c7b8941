//! Interface between the screen and the library: requests, questions and answers. One thread holds the only writing
//! connection and reports a change only once it is on the disk; a second answers questions, a third fetches and a
//! fourth renews annotations. Knows the library and events; knows nothing of panes and keys.

mod fetching;
mod keeping;
mod listing;
mod marks;
mod reader;
mod renewing;
mod replay;
mod unsaved;
mod writer;

pub(crate) use fetching::{FetchJob, FetchProgress};
pub(crate) use renewing::Renewal;
pub(crate) use writer::{LibraryWriter, Opening};

use super::event::Event;
use super::highlight::Highlight;
use dateline_analysis::{Analysis, Correction};
use dateline_core::article::Article;
use dateline_library::{Change, Count, Direction, Feed, List, Replayed, StoryRow};
use std::sync::Arc;

/// Selection of stories that the list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// One of the built-in lists.
    List(List),
    /// Results of a query.
    Query(String),
    /// Results of a saved view: its name and its query.
    Saved(String, String),
    /// Stories of a feed: its id and title.
    Feed(i64, String),
    /// Stories that name or quote a person, organisation or place: id of the name, id of the story it was seen in (or
    /// 0) and the name.
    Who(i64, i64, String),
}

impl View {
    /// Returns the title of the list.
    #[must_use]
    pub(crate) fn title(&self) -> &str {
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

/// Request of the screen to the library.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Request {
    /// Read the rows of a view; the answer carries the generation.
    Show(View, u32),
    /// Open an article with everything that the user did to it.
    Open(i64),
    /// Apply a change to an article.
    Set(i64, Change),
    /// Keep a story that is not in the library yet, with its marks.
    Keep(Box<StoryToKeep>),
    /// Read the marks of an article.
    Marks(i64),
    /// Mark an article as read, because its text was opened.
    Opened(i64),
    /// Undo or redo the last change; carries the id of the article that is shown.
    Replay(Direction, Option<i64>),
    /// Undo or redo this change; the user has confirmed it.
    ReplayChange(Direction, i64),
    /// Replace the highlights of an article: those before the user's change, and those after it.
    Highlights(i64, Vec<Highlight>, Vec<Highlight>),
    /// Add a correction to an article.
    Correct(i64, Correction),
    /// Retry writing the marks of an article that could not be written.
    Save(i64),
    /// Save the reading position (byte offset into the text).
    Place(i64, usize),
    /// Save a query under a name; no query removes the view.
    SaveView(String, Option<String>),
    /// Move a saved view up (`true`) or down by one place.
    MoveView(String, bool),
    /// Unfollow a feed.
    Unfollow(Feed),
    /// Rename a feed.
    RenameFeed(i64, String),
    /// Start or stop fetching the pages that a feed links to.
    FullText(i64, bool),
    /// Merge two names.
    Merge(i64, i64),
    /// Split a name off from those that it was merged with.
    Split(i64),
    /// Decode an article's bytes again in this encoding.
    Reread(i64, &'static str),
    /// Remember a query in the search history.
    Remember(String),
}

impl Request {
    /// Returns the event that reports the failure of this request, if it keeps something that the user wrote.
    #[must_use]
    pub(crate) fn failed(self, reason: &str) -> Option<Event> {
        match self {
            Self::Keep(keeping) => Some(Event::NotKept(keeping.article, reason.to_owned())),
            Self::Highlights(id, ..) | Self::Correct(id, _) | Self::Save(id) => {
                Some(Event::Saved(id, Some(reason.to_owned())))
            }
            _ => None,
        }
    }
}

/// Story to be kept in the library.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoryToKeep {
    /// The article; the answer carries the same one.
    pub(crate) article: Arc<Article>,
    /// Its annotations, if they are the same as the library would make.
    pub(crate) analysis: Option<Analysis>,
    /// Whether the user opened it.
    pub(crate) read: bool,
    /// The user's highlights.
    pub(crate) highlights: Vec<Highlight>,
    /// The user's corrections.
    pub(crate) corrections: Vec<Correction>,
    /// A further change to apply to it.
    pub(crate) change: Option<Change>,
}

/// Story that has been kept.
#[derive(Clone, Debug)]
pub(crate) struct KeptStory {
    /// The article.
    pub(crate) article: Arc<Article>,
    /// Its row.
    pub(crate) rows: Vec<StoryRow>,
    /// Its highlights, including those that the library already had.
    pub(crate) highlights: Vec<Highlight>,
    /// Its corrections, including those that the library already had.
    pub(crate) corrections: Vec<Correction>,
    /// Whether it was not in the library before.
    pub(crate) is_new: bool,
    /// Message about the requested change; empty if there was none.
    pub(crate) said: String,
}

/// The user's marks in an article of the library.
#[derive(Clone, Debug)]
pub(crate) struct StoryMarks {
    /// Its row.
    pub(crate) rows: Vec<StoryRow>,
    /// Its highlights.
    pub(crate) highlights: Vec<Highlight>,
    /// Its corrections.
    pub(crate) corrections: Vec<Correction>,
}

/// Answer to an undo or redo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reversal {
    /// The change is on the disk.
    Done(Direction, Replayed),
    /// It would overwrite newer values: the reason.
    Refused(Direction, String),
    /// There is no such change.
    Nothing(Direction),
    /// The user has to confirm it first.
    Ask {
        /// Undo or redo.
        direction: Direction,
        /// Id of the change.
        id: i64,
        /// The question, with the keys that answer it.
        question: String,
    },
}

/// Question of the screen to the library, answered by a read-only thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LibraryQuery {
    /// Results of a query that is still being typed; the answer carries the generation.
    Typed(String, u32),
    /// Profile of a person, organisation or place, by kind and name, as seen in a story.
    Profile(EntityRef, i64),
    /// Quotes of a speaker, by kind and name, in stories other than this one.
    RelatedQuotes(String, String, i64),
    /// Lists, saved views and feeds with their unread counts.
    Sources,
    /// Targets to jump to: the names that occur in most stories, and the sources.
    Places,
    /// Older versions of an article and their differences.
    Versions(i64),
}

/// The person, organisation or place that a question is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EntityRef {
    /// Id of a name.
    Known(i64),
    /// Kind and name, as an analysis has them.
    Named(String, String),
}

/// Lists, saved views and feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sources {
    /// The built-in lists, and the number of stories in each.
    pub(crate) lists: Vec<(List, usize)>,
    /// The saved views.
    pub(crate) views: Vec<SavedView>,
    /// The feeds.
    pub(crate) feeds: Vec<Feed>,
}

/// Saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SavedView {
    /// Its name.
    pub(crate) name: String,
    /// Its query.
    pub(crate) query: String,
    /// Counts of unread stories and of all stories, each possibly a lower bound; `None` for an invalid query.
    pub(crate) counts: Option<(Count, Count)>,
}

/// Article that was requested.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OpenedStory {
    /// Its id in the library.
    pub(crate) id: i64,
    /// The article.
    pub(crate) article: Article,
    /// Its annotations; `None` when another version of the analyser made them.
    pub(crate) analysis: Option<Analysis>,
    /// The user's highlights whose words are still in the text.
    pub(crate) highlights: Vec<Highlight>,
    /// The user's corrections.
    pub(crate) corrections: Vec<Correction>,
    /// Reading position, as a byte offset into the text.
    pub(crate) place: Option<usize>,
}

/// Rows of a view.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RowBatch {
    /// The view.
    pub(crate) view: View,
    /// Generation of the request that this answers; answers to older requests are dropped.
    pub(crate) generation: u32,
    /// The rows.
    pub(crate) rows: Vec<StoryRow>,
    /// Whether they continue rows that came before.
    pub(crate) more: bool,
    /// Whether more rows follow these.
    pub(crate) goes_on: bool,
}
