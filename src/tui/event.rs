//! Events from the outside world and from workers.

use super::happening::Happening;
use super::key::Key;
use super::library_messages::{
    FetchProgress, Gathered, HighlightChange, KeptStory, OpenedStory, Renewal, Request, Reversal, RowBatch, Sources,
    StoryMarks,
};
use super::pipe::PipeOutput;
use dateline_analysis::Analysis;
use dateline_core::article::Article;
use dateline_library::{Change, Difference, EntitySummary, Profile, RelatedQuotes, StoryRow, Suggestion, Version};
use ratatui::layout::Size;
use std::sync::Arc;

/// Something that happened and that `update` handles.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse was used. Carries the column and the row of the screen.
    Mouse(Mouse, u16, u16),
    /// The selection of the list has come to rest after a fast movement.
    Rested,
    /// The screen was resized.
    Resize(Size),
    /// Articles were read from the sources, in list order.
    Loaded(Vec<Article>),
    /// Articles were read from pasted text.
    Pasted(Vec<Article>),
    /// A source could not be read. Carries its name and the reason.
    Failed(String, String),
    /// All sources have been read.
    LoadedAll,
    /// An article was analysed.
    Analysed {
        /// Index of the annotated story.
        story: usize,
        /// Generation of the request. Replies to older requests are dropped.
        generation: u32,
        /// Annotations of the story, or `None` if the analysis failed.
        analysis: Option<Box<Analysis>>,
    },
    /// Rows of a library view arrived.
    Rows(RowBatch),
    /// The clusters of the stories in the next batch of rows were read.
    Gathered {
        /// Generation of the request. Replies to older requests are dropped.
        generation: u32,
        /// Whether these clusters replace those of the previous view.
        replace: bool,
        /// Clusters with two or more stories.
        clusters: Vec<Gathered>,
    },
    /// The versions of a happening were compared.
    Happening(Box<Happening>),
    /// Stories were to be split off from a happening or merged into one. Carries the message to show, and whether
    /// anything has changed.
    Regathered(String, bool),
    /// A library article was loaded.
    Opened(Box<OpenedStory>),
    /// Library articles were changed. Carries their rows and the message to show.
    Changed(Vec<StoryRow>, String),
    /// An undo or redo was handled.
    Replayed(Reversal),
    /// Library articles were marked as read. Carries their IDs and the message to show.
    MarkedRead(Vec<i64>, String),
    /// A change to the library was saved. Carries the message to show, and whether the change can be undone.
    Kept(String, bool),
    /// A story was saved in the library.
    KeptStory(Box<KeptStory>),
    /// A story could not be saved in the library. Carries the article, the changes that were to be applied to it, and the
    /// reason.
    NotKept(Arc<Article>, Vec<Change>, String),
    /// The highlights and corrections of a library article were saved, or could not be saved. Carries the article's ID
    /// and, on failure, the reason.
    Saved(i64, Option<String>),
    /// The user's marks in a library article were read.
    Marks(Box<StoryMarks>),
    /// The search history was read, latest search first.
    Searches(Vec<String>),
    /// The profile of a person, organisation or place was read. Carries the ID of the story in which it was requested,
    /// or 0.
    Profile(Box<Profile>, i64),
    /// Quotes by a speaker in other stories were read. Carries the speaker's name and the ID of the story in which they
    /// were requested.
    RelatedQuotes(String, i64, Box<RelatedQuotes>),
    /// The lists, saved views and feeds were read.
    Sources(Sources),
    /// The jump targets were read: names, and lists, views and feeds.
    Places(Vec<EntitySummary>, Sources),
    /// The names that may belong to the same person, organisation or place were read.
    Suggestions(Vec<Suggestion>),
    /// The older versions of the open story were read, latest first. Carries the differences of each.
    Versions(Vec<(Version, Vec<Difference>)>),
    /// Feeds are being fetched. Carries the progress.
    Fetching(FetchProgress),
    /// Outdated stories are being re-annotated. Carries the progress.
    Renewal(Renewal),
    /// The next scheduled fetch is due.
    FetchDue,
    /// The feed servers are due for a sync.
    SyncDue,
    /// The reader has started, and the settings say that it pairs then.
    PairDue,
    /// A story was reread in another encoding. Carries the index of the story.
    Reread(usize, Box<Article>),
    /// A note was edited in the user's editor.
    NoteEdited {
        /// Index of the story that the note belongs to.
        story: usize,
        /// Index of the highlight that the note belongs to.
        index: usize,
        /// Text of the note after editing.
        note: String,
    },
    /// A command to which text was piped has exited. Carries the command and its output.
    Piped(String, PipeOutput),
    /// A message for the user has arrived, such as an error from a source.
    Notice(String),
    /// The settings files have been read. Carries their errors, one sentence each.
    SettingsFaults(Vec<String>),
    /// A settings file has changed.
    SettingsChanged,
    /// The terminal was closed.
    InputLost,
    /// The TUI received this signal and must exit.
    Ended(i32),
    /// The TUI received a signal to suspend itself.
    Suspend,
    /// The TUI was resumed after being suspended.
    Resumed,
}

impl Event {
    /// Returns the event that reports the failure of a request to the library; `None` if the user loses no work.
    #[must_use]
    pub(crate) fn failure(request: Request, reason: &str) -> Option<Self> {
        match request {
            Request::Keep(keeping) => Some(Self::NotKept(keeping.article, keeping.changes, reason.to_owned())),
            Request::Highlights(HighlightChange { id, .. }) | Request::Correct(id, _) | Request::Save(id) => {
                Some(Self::Saved(id, Some(reason.to_owned())))
            }
            _ => None,
        }
    }
}

/// Action of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mouse {
    /// The left button was pressed.
    Click,
    /// The left button was pressed twice in a row on the same cell.
    DoubleClick,
    /// The left button was pressed three times in a row on the same cell.
    TripleClick,
    /// The right button was pressed.
    RightClick,
    /// The mouse was moved with the left button pressed.
    Drag,
    /// The left button was released.
    Release,
    /// The wheel was scrolled down.
    WheelDown,
    /// The wheel was scrolled up.
    WheelUp,
}
