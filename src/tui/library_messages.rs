//! Messages between the TUI and the library: the requests, and the values that their replies carry. They have a
//! module of their own because events carry the replies, and the threads that serve the requests send events.

use super::highlight::Highlight;
use crate::pairing::PairReport;
use dateline_analysis::{Analysis, Correction};
use dateline_core::article::Article;
use dateline_library::{
    Change, Count, Direction, EmptyResult, Feed, List, PairedFolder, Replayed, StoryRow, SyncServer,
};
use std::sync::Arc;

/// Selection of library stories that the list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum View {
    /// Built-in list.
    List(List),
    /// Results of this query.
    Query(String),
    /// Results of a saved view, given by its name and query.
    Saved(String, String),
    /// Stories of a feed, given by its ID and title.
    Feed(i64, String),
    /// Stories that mention or quote a person, organisation or place. Carries the ID of the name, the ID of the story
    /// in which the user selected the name (or 0), and the name itself.
    Who(i64, i64, String),
}

impl View {
    /// Returns the title to show above the list.
    #[must_use]
    pub(crate) fn title(&self) -> &str {
        match self {
            Self::List(List::Inbox) => "Inbox",
            Self::List(List::Unread) => "Unread",
            Self::List(List::All) => "All stories",
            Self::List(List::Starred) => "Starred",
            Self::List(List::Bin) => "Bin",
            Self::Query(title) | Self::Saved(title, _) | Self::Feed(_, title) | Self::Who(_, _, title) => title,
        }
    }
}

/// Cluster of stories in a list that report the same happening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gathered {
    /// ID of the cluster.
    pub(crate) id: i64,
    /// ID of the story that represents the cluster: the unread version with the most words.
    pub(crate) head: i64,
    /// Names of the outlets.
    pub(crate) outlets: Vec<String>,
    /// IDs of the stories, in order of publication.
    pub(crate) members: Vec<i64>,
}

/// The user's change of the highlights of a story.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HighlightChange {
    /// ID of the article.
    pub(crate) id: i64,
    /// The article as it was shown, whose text the spans belong to.
    pub(crate) shown: Arc<Article>,
    /// All highlights before the change.
    pub(crate) before: Vec<Highlight>,
    /// All highlights after the change.
    pub(crate) after: Vec<Highlight>,
}

/// Change by hand to the happenings that stories report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Regrouping {
    /// Takes a story out of its happening, for good.
    Split,
    /// Merges the happenings of several stories, for good.
    Merge,
}

/// Request from the TUI to the library.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Request {
    /// Read the rows of a view. Carries the generation, which the reply repeats.
    Show(View, u32),
    /// Open the article with this ID, together with everything that the user did to it.
    Open(i64),
    /// Apply a change to the article with this ID.
    Set(i64, Change),
    /// Save a story that is not in the library yet, with the user's marks.
    Keep(Box<StoryToKeep>),
    /// Read the user's marks in the article with this ID.
    Marks(i64),
    /// Mark the articles with these IDs as read, as a single change.
    MarkRead(Vec<i64>),
    /// Mark the article with this ID as read after the user has opened its text.
    Opened(i64),
    /// Undo or redo the last change. Carries the ID of the open article, if any.
    Replay(Direction, Option<i64>),
    /// Undo or redo the change with this ID, as confirmed by the user. Carries the ID of the open article, if any.
    ReplayChange(Direction, i64, Option<i64>),
    /// Replace the highlights of an article.
    Highlights(HighlightChange),
    /// Add a correction to the article with this ID.
    Correct(i64, Correction),
    /// Retry saving the marks of the article with this ID.
    Save(i64),
    /// Save the reading position in an article, given by its ID and a byte offset into the text.
    Place(i64, usize),
    /// Save a query as a view with this name; `None` deletes the view.
    SaveView(String, Option<String>),
    /// Move the view with this name up by one (`true`) or down.
    MoveView(String, bool),
    /// Unfollow this feed.
    Unfollow(Feed),
    /// Rename the feed with this ID.
    RenameFeed(i64, String),
    /// Turn full text on or off for the feed with this ID: whether to fetch the pages that it links to.
    FullText(i64, bool),
    /// Merge the names with these IDs.
    Merge(i64, i64),
    /// Split the name with this ID off from those that it was merged with.
    Split(i64),
    /// Record that the names with these IDs belong to different people, organisations or places.
    KeepApart(i64, i64),
    /// Split the article with this ID off from its happening, or merge the happenings of articles.
    Regather(Vec<i64>, Regrouping),
    /// Reread the source of the article with this ID in the given encoding.
    Reread(i64, &'static str),
    /// Add a query to the search history.
    Remember(String),
}

/// Story to save in the library.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StoryToKeep {
    /// Article to save. The reply contains the same `Arc`, so that the story can be identified.
    pub(crate) article: Arc<Article>,
    /// Annotations to save; `None` if the library would produce different ones.
    pub(crate) analysis: Option<Analysis>,
    /// Whether the user has opened the story.
    pub(crate) read: bool,
    /// The user's highlights in the story.
    pub(crate) highlights: Vec<Highlight>,
    /// The user's corrections to the story.
    pub(crate) corrections: Vec<Correction>,
    /// Changes to apply once the story is saved, oldest first.
    pub(crate) changes: Vec<Change>,
}

/// Story that was saved in the library.
#[derive(Clone, Debug)]
pub(crate) struct KeptStory {
    /// Saved article: the same `Arc` as in the request.
    pub(crate) article: Arc<Article>,
    /// Rows of the story, to show in the list.
    pub(crate) rows: Vec<StoryRow>,
    /// The user's highlights in the story, including those that the library already had.
    pub(crate) highlights: Vec<Highlight>,
    /// The user's corrections to the story, including those that the library already had.
    pub(crate) corrections: Vec<Correction>,
    /// Whether the story was new to the library.
    pub(crate) is_new: bool,
    /// Message about the last change requested together with the story; empty if none was requested.
    pub(crate) said: String,
}

/// The user's marks in a library article.
#[derive(Clone, Debug)]
pub(crate) struct StoryMarks {
    /// Rows of the article, to show in the list.
    pub(crate) rows: Vec<StoryRow>,
    /// The user's highlights in the article.
    pub(crate) highlights: Vec<Highlight>,
    /// The user's corrections to the article.
    pub(crate) corrections: Vec<Correction>,
}

/// Outcome of an undo or redo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reversal {
    /// The change was undone or redone, and the result is saved.
    Done(Direction, Replayed),
    /// The change would overwrite newer values, so it was not undone or redone. Carries the reason.
    Refused(Direction, String),
    /// There is no change to undo or redo.
    Nothing(Direction),
    /// The change must first be confirmed by the user.
    Ask {
        /// Whether to undo or redo the change.
        direction: Direction,
        /// ID of the change to confirm.
        id: i64,
        /// Question to the user, including the keys that answer it.
        question: String,
    },
}

/// Read-only request from the TUI to the library, served by a separate thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LibraryQuery {
    /// Read the results of a query that is still being typed. Carries the generation, which the reply repeats.
    Typed(String, u32),
    /// Read the profile of a person, organisation or place. Carries the ID of the story in which it was selected, or 0.
    Profile(EntityRef, i64),
    /// Read the quotes by a speaker in other stories. Carries the speaker's type and name, and the ID of the story to
    /// exclude.
    RelatedQuotes(String, String, i64),
    /// Read the lists, saved views and feeds, with their unread counts.
    Sources,
    /// Read the jump targets: the names that occur in the most stories, and the lists, views and feeds.
    Places,
    /// Read the names that may belong to the same person, organisation or place.
    Suggestions,
    /// Read the older versions of the article with this ID, and the differences between them.
    Versions(i64),
    /// Compare the article with this ID with the others that report the same happening.
    Happening(i64),
}

/// Reference to a person, organisation or place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EntityRef {
    /// ID of a name in the library.
    Known(i64),
    /// Type and name, as given by the analysis of a story.
    Named(String, String),
}

/// Lists, saved views and feeds of the library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sources {
    /// Built-in lists, each with its number of stories.
    pub(crate) lists: Vec<(List, usize)>,
    /// Saved views, with their counts.
    pub(crate) views: Vec<SavedView>,
    /// Feeds, with their counts.
    pub(crate) feeds: Vec<Feed>,
    /// Feed servers that the library is read against.
    pub(crate) servers: Vec<SyncServer>,
    /// Folders that the library is paired through.
    pub(crate) folders: Vec<PairedFolder>,
}

/// View that the user saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SavedView {
    /// Name of the view.
    pub(crate) name: String,
    /// Query of the view, as typed.
    pub(crate) query: String,
    /// Number of unread stories and number of all stories, each possibly a lower bound; `None` if the query is invalid.
    pub(crate) counts: Option<(Count, Count)>,
}

/// Library article that was loaded to be shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct OpenedStory {
    /// ID of the article in the library.
    pub(crate) id: i64,
    /// Row of the article, because another session may have changed its marks since the list was read.
    pub(crate) row: Option<StoryRow>,
    /// Article as stored in the library.
    pub(crate) article: Article,
    /// Annotations of the article; `None` if they are outdated.
    pub(crate) analysis: Option<Analysis>,
    /// The user's highlights, except highlights whose words are no longer in the text.
    pub(crate) highlights: Vec<Highlight>,
    /// The user's corrections to the article.
    pub(crate) corrections: Vec<Correction>,
    /// Reading position, as a byte offset into the text.
    pub(crate) place: Option<usize>,
}

/// Batch of rows of a view.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RowBatch {
    /// View that the rows belong to.
    pub(crate) view: View,
    /// Generation of the request. Replies to older requests are dropped.
    pub(crate) generation: u32,
    /// Rows of this batch.
    pub(crate) rows: Vec<StoryRow>,
    /// Whether these rows continue the previous batch.
    pub(crate) more: bool,
    /// Whether another batch follows.
    pub(crate) goes_on: bool,
    /// Number of stories in the view, in the first of several batches.
    pub(crate) total: Option<usize>,
    /// Why a query has no results; `None` if it has some or the view is not a query.
    pub(crate) empty: Option<EmptyResult>,
}

/// Feeds to fetch, or URL to follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FetchJob {
    /// Fetch all feeds that are due.
    Due,
    /// Sync with all feed servers.
    Sync,
    /// Fetch all feeds that are due, sync with all feed servers and, if the settings say so, pair.
    All,
    /// Pair through all folders.
    Pair,
    /// Fetch the feed with this ID, even if it is not due.
    One(i64),
    /// Follow a URL: that of a feed, or of a page that links to its feed.
    Follow(String),
}

/// Progress of a fetch job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FetchProgress {
    /// Feeds are being fetched. Carries the number of feeds that have responded and the total number.
    Progress(usize, usize),
    /// Fetching is complete.
    Ended {
        /// Number of new articles in the library.
        new: usize,
        /// Number of articles that have changed in the library.
        changed: usize,
        /// Number of feeds that could not be fetched.
        failed: usize,
        /// Number of feeds that were to be fetched.
        asked: usize,
        /// Outcome of the sync, if there was one.
        synced: SyncReport,
        /// Outcome of pairing, if the library was paired.
        paired: PairReport,
    },
    /// Pairing by itself is complete. Carries the outcome.
    Paired(PairReport),
    /// A feed was followed. Carries the message to show.
    Followed(String),
    /// Fetching failed, for this reason.
    Failed(String),
    /// Following a feed failed, for this reason.
    NotFollowed(String),
}

/// Outcome of a sync with all feed servers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct SyncReport {
    /// Number of servers.
    pub(crate) servers: usize,
    /// Number of servers with which the sync failed.
    pub(crate) failed: usize,
    /// Number of read and starred states taken over from the servers or sent to them.
    pub(crate) marks: usize,
}

/// Progress of re-annotating outdated stories.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Renewal {
    /// Re-annotation is in progress. Carries the number of outdated stories left.
    Left(usize),
    /// Re-annotation is complete. Carries the number of stories re-annotated.
    Ended(usize),
}
