//! All events, from outside or from a worker.

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
    /// Articles were read, in the order of the list.
    Loaded(Vec<Article>),
    /// Articles were read from text that was pasted.
    Pasted(Vec<Article>),
    /// A source could not be read: its name and the reason.
    Failed(String, String),
    /// Every source was read.
    LoadedAll,
    /// An article was analysed.
    Analysed {
        /// Index of the story.
        story: usize,
        /// Generation of the request that this answers; answers to older requests are dropped.
        generation: u32,
        /// The annotations, or `None` when the analysis failed.
        analysis: Option<Box<Analysis>>,
    },
    /// Rows of the library.
    Rows(RowBatch),
    /// An article of the library.
    Opened(Box<OpenedStory>),
    /// Articles of the library were changed: their rows, and the message to show.
    Changed(Vec<StoryRow>, String),
    /// The answer to an undo or a redo.
    Replayed(Reversal),
    /// A change of the library is on the disk: the message to show, and whether it can be undone.
    Kept(String, bool),
    /// A story is kept in the library.
    KeptStory(Box<KeptStory>),
    /// A story could not be kept: the article and the reason.
    NotKept(Arc<Article>, String),
    /// Highlights and corrections of an article of the library are on the disk, or are not: the id of the article, and
    /// the reason if they are not.
    Saved(i64, Option<String>),
    /// The marks of an article of the library.
    Marks(Box<StoryMarks>),
    /// The search history, the latest first.
    Searches(Vec<String>),
    /// Profile of a person, organisation or place, and the story in which it was asked for, or 0.
    Profile(Box<Profile>, i64),
    /// Quotes from other stories of a speaker of this name, asked for in this story.
    RelatedQuotes(String, i64, Box<RelatedQuotes>),
    /// Lists, views and feeds.
    Sources(Sources),
    /// Names and sources to jump to.
    Places(Vec<EntitySummary>, Sources),
    /// Differences between the versions of the story that is read, the latest first.
    Versions(Vec<(Version, Vec<Difference>)>),
    /// Progress of fetching feeds.
    Fetching(FetchProgress),
    /// Progress of annotating stories again.
    Renewal(Renewal),
    /// It is time to fetch.
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
    /// The system asks the reader to end, by this signal.
    Ended(i32),
    /// The system asks the reader to suspend itself.
    Suspend,
    /// The reader was resumed after it was suspended.
    Resumed,
}

/// Mouse event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mouse {
    /// The left button was pressed.
    Click,
    /// The mouse was moved with the left button held.
    Drag,
    /// The left button was released.
    Release,
    /// The wheel was turned towards the user.
    WheelDown,
    /// The wheel was turned away from the user.
    WheelUp,
}
