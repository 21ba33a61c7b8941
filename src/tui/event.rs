//! All events, from the outside world or from a worker.

use super::key::Key;
use super::library_client::{FetchProgress, KeptStory, OpenedStory, Renewal, Reversal, RowBatch, Sources, StoryMarks};
use dateline_analysis::Analysis;
use dateline_core::article::Article;
use dateline_library::{Difference, EntitySummary, Profile, RelatedQuotes, StoryRow, Version};
use ratatui::layout::Size;
use std::sync::Arc;

/// One event.
#[derive(Clone, Debug)]
pub(crate) enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse was used at a cell of the screen: column and row.
    Mouse(Mouse, u16, u16),
    /// The screen was resized.
    Resize(Size),
    /// Articles were read, in list order.
    Loaded(Vec<Article>),
    /// Articles were read from pasted text.
    Pasted(Vec<Article>),
    /// A source could not be read: its name and the reason.
    Failed(String, String),
    /// All sources were read.
    LoadedAll,
    /// An article was analysed.
    Analysed {
        /// Index of the story.
        story: usize,
        /// Generation of the request. Replies to older requests are dropped.
        generation: u32,
        /// The annotations, or `None` if the analysis failed.
        analysis: Option<Box<Analysis>>,
    },
    /// Rows of the library arrived.
    Rows(RowBatch),
    /// An article of the library was loaded.
    Opened(Box<OpenedStory>),
    /// Articles of the library were changed: their rows, and the message to show.
    Changed(Vec<StoryRow>, String),
    /// Reply to an undo or redo.
    Replayed(Reversal),
    /// Articles of the library were marked as read: their ids, and the message to show.
    MarkedRead(Vec<i64>, String),
    /// A change to the library was saved: the message to show, and whether it can be undone.
    Kept(String, bool),
    /// A story was saved in the library.
    KeptStory(Box<KeptStory>),
    /// A story could not be saved: the article and the reason.
    NotKept(Arc<Article>, String),
    /// Highlights and corrections of a library article were saved, or could not be saved: the article's ID and, on
    /// failure, the reason.
    Saved(i64, Option<String>),
    /// Marks of a library article were read.
    Marks(Box<StoryMarks>),
    /// Search history, latest first.
    Searches(Vec<String>),
    /// Profile of a person, organisation or place, and the ID of the story in which it was requested, or 0.
    Profile(Box<Profile>, i64),
    /// Quotes from other stories by the speaker with this name, and the ID of the story in which they were requested.
    RelatedQuotes(String, i64, Box<RelatedQuotes>),
    /// Lists, views and feeds.
    Sources(Sources),
    /// Names and sources to jump to.
    Places(Vec<EntitySummary>, Sources),
    /// Differences between the versions of the open story, latest first.
    Versions(Vec<(Version, Vec<Difference>)>),
    /// Progress of fetching feeds.
    Fetching(FetchProgress),
    /// Progress of re-annotating stories.
    Renewal(Renewal),
    /// The next scheduled fetch is due.
    FetchDue,
    /// A story was read in another encoding.
    Reread(usize, Box<Article>),
    /// A note was written in the user's editor.
    NoteEdited {
        /// Index of the story.
        story: usize,
        /// Index of the highlight that the note belongs to.
        index: usize,
        /// The note.
        note: String,
    },
    /// A message to the user, such as an error in the settings.
    Notice(String),
    /// The terminal is gone.
    InputLost,
    /// The system asked the TUI to exit, with this signal.
    Ended(i32),
    /// The system asked the TUI to suspend itself.
    Suspend,
    /// The TUI was resumed after being suspended.
    Resumed,
}

/// Mouse event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mouse {
    /// The left button was pressed.
    Click,
    /// The mouse was moved with the left button pressed.
    Drag,
    /// The left button was released.
    Release,
    /// The wheel was scrolled down.
    WheelDown,
    /// The wheel was scrolled up.
    WheelUp,
}
