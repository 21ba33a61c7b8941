//! Interface between the TUI and the library: requests and replies. One thread holds the only connection for writing
//! and reports a change only once it is saved; a second serves read-only requests, a third fetches feeds and a fourth
//! re-annotates outdated stories. Depends on the library and on events, but not on panes or keys.

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
use dateline_library::{Change, Count, Direction, EmptyResult, Feed, List, Replayed, StoryRow};
use std::sync::Arc;

/// Selection of stories shown in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// One of the built-in lists.
    List(List),
    /// Results of a query.
    Query(String),
    /// Results of a saved view: its name and query.
    Saved(String, String),
    /// Stories of a feed: its ID and title.
    Feed(i64, String),
    /// Stories that mention or quote a person, organisation or place: ID of the name, ID of the story in which the name
    /// was selected (or 0), and the name.
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

/// Request from the TUI to the library.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Request {
    /// Read the rows of a view; the reply repeats the generation.
    Show(View, u32),
    /// Open an article together with everything that the user did to it.
    Open(i64),
    /// Apply a change to an article.
    Set(i64, Change),
    /// Save a story that is not in the library yet, with its marks.
    Keep(Box<StoryToKeep>),
    /// Read the marks of an article.
    Marks(i64),
    /// Mark articles as read, as one change.
    MarkRead(Vec<i64>),
    /// Mark an article as read: the user has opened its text.
    Opened(i64),
    /// Undo or redo the last change; carries the ID of the article being shown.
    Replay(Direction, Option<i64>),
    /// Undo or redo the change with this ID, which the user has confirmed.
    ReplayChange(Direction, i64),
    /// Replace the highlights of an article: those before the user's change, and those after it.
    Highlights(i64, Vec<Highlight>, Vec<Highlight>),
    /// Add a correction to an article.
    Correct(i64, Correction),
    /// Retry writing marks of an article that could not be saved.
    Save(i64),
    /// Save the reading position (byte offset into the text).
    Place(i64, usize),
    /// Save a query under a name; `None` deletes the view.
    SaveView(String, Option<String>),
    /// Move a saved view one place up (`true`) or down.
    MoveView(String, bool),
    /// Unfollow a feed.
    Unfollow(Feed),
    /// Rename a feed.
    RenameFeed(i64, String),
    /// Start or stop fetching the pages that a feed links to.
    FullText(i64, bool),
    /// Merge two names.
    Merge(i64, i64),
    /// Split a name off from those with which it was merged.
    Split(i64),
    /// Decode an article's bytes again, using this encoding.
    Reread(i64, &'static str),
    /// Add a query to the search history.
    Remember(String),
}

impl Request {
    /// Returns the event that reports the failure of this request, if the request would save the user's own work.
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

/// Story to be saved in the library.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoryToKeep {
    /// The article; the reply refers to the same one.
    pub(crate) article: Arc<Article>,
    /// Annotations, unless the library would produce different ones.
    pub(crate) analysis: Option<Analysis>,
    /// Whether the user has opened the story.
    pub(crate) read: bool,
    /// The user's highlights.
    pub(crate) highlights: Vec<Highlight>,
    /// The user's corrections.
    pub(crate) corrections: Vec<Correction>,
    /// Further change to apply to the story.
    pub(crate) change: Option<Change>,
}

/// Story that has been saved in the library.
#[derive(Clone, Debug)]
pub(crate) struct KeptStory {
    /// The article.
    pub(crate) article: Arc<Article>,
    /// Rows of the story, for the list.
    pub(crate) rows: Vec<StoryRow>,
    /// The user's highlights, including those already in the library.
    pub(crate) highlights: Vec<Highlight>,
    /// The user's corrections, including those already in the library.
    pub(crate) corrections: Vec<Correction>,
    /// Whether the story was new to the library.
    pub(crate) is_new: bool,
    /// Message about the requested change; empty if none was requested.
    pub(crate) said: String,
}

/// The user's marks in a library article.
#[derive(Clone, Debug)]
pub(crate) struct StoryMarks {
    /// Rows of the article, for the list.
    pub(crate) rows: Vec<StoryRow>,
    /// The user's highlights.
    pub(crate) highlights: Vec<Highlight>,
    /// The user's corrections.
    pub(crate) corrections: Vec<Correction>,
}

/// Reply to an undo or redo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reversal {
    /// The change was undone or redone, and the result was saved.
    Done(Direction, Replayed),
    /// The change would overwrite newer values; carries the reason.
    Refused(Direction, String),
    /// There is no such change.
    Nothing(Direction),
    /// The user has to confirm the change first.
    Ask {
        /// Undo or redo.
        direction: Direction,
        /// ID of the change.
        id: i64,
        /// Question to the user, with the keys that answer it.
        question: String,
    },
}

/// Read-only request from the TUI to the library, served by a thread of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LibraryQuery {
    /// Read the results of a query as it is being typed; the reply repeats the generation.
    Typed(String, u32),
    /// Read the profile of a person, organisation or place, selected in the story with this ID (or 0).
    Profile(EntityRef, i64),
    /// Read the quotes of a speaker, by kind and name, in stories other than the one with this ID.
    RelatedQuotes(String, String, i64),
    /// Read the lists, saved views and feeds with their unread counts.
    Sources,
    /// Read the jump targets: the names that occur in the most stories, and the sources.
    Places,
    /// Read the older versions of an article and their differences.
    Versions(i64),
}

/// The person, organisation or place that a request is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EntityRef {
    /// ID of a name in the library.
    Known(i64),
    /// Kind and name as given by an analysis.
    Named(String, String),
}

/// Lists, saved views and feeds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sources {
    /// Built-in lists, and the number of stories in each.
    pub(crate) lists: Vec<(List, usize)>,
    /// Saved views.
    pub(crate) views: Vec<SavedView>,
    /// Feeds.
    pub(crate) feeds: Vec<Feed>,
}

/// Saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SavedView {
    /// Name of the view.
    pub(crate) name: String,
    /// Query as typed.
    pub(crate) query: String,
    /// Counts of unread stories and of all stories, each possibly a lower bound; `None` if the query is invalid.
    pub(crate) counts: Option<(Count, Count)>,
}

/// Article that was requested.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OpenedStory {
    /// ID of the article in the library.
    pub(crate) id: i64,
    /// The article.
    pub(crate) article: Article,
    /// Annotations; `None` if they were made by another analyser version.
    pub(crate) analysis: Option<Analysis>,
    /// The user's highlights, except those whose words are no longer in the text.
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
    /// Generation of the request. Replies to older requests are dropped.
    pub(crate) generation: u32,
    /// The rows.
    pub(crate) rows: Vec<StoryRow>,
    /// Whether these rows continue the previous batch.
    pub(crate) more: bool,
    /// Whether more rows follow.
    pub(crate) goes_on: bool,
    /// Reason why there are none, if the view is a query.
    pub(crate) empty: Option<EmptyResult>,
}
