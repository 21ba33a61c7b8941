//! Everything that can happen to the reader, from outside or from a worker.

use super::key::Key;
use super::shelf::{KeptStory, Marks, News, Opened, Renewal, Reversal, Rows, Sources};
use dateline_analysis::Analysis;
use dateline_core::article::Article;
use dateline_library::{Difference, Dossier, Elsewhere, Row, Version, Who};
use ratatui::layout::Size;
use std::sync::Arc;

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something at a cell of the screen.
    Mouse(Mouse, u16, u16),
    /// The screen has another size.
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
        /// Number of the story.
        story: usize,
        /// The request that this answers; an older one is dropped.
        generation: u32,
        /// The annotations, or nothing when the analysis failed.
        analysis: Option<Box<Analysis>>,
    },
    /// Rows of the library.
    Rows(Rows),
    /// An article of the library.
    Opened(Box<Opened>),
    /// Something was done with articles of the library, and what to say of it.
    Changed(Vec<Row>, String),
    /// The answer to an undo or a redo.
    Replayed(Reversal),
    /// Something of the library is on the disk, what to say of it, and whether it can be taken back.
    Kept(String, bool),
    /// A story is kept in the library.
    KeptStory(Box<KeptStory>),
    /// A story could not be kept, and why.
    NotKept(Arc<Article>, String),
    /// Whether highlights and corrections of an article of the library are on the disk: the reason if they are not.
    Saved(i64, Option<String>),
    /// The marks of an article of the library.
    Marks(Box<Marks>),
    /// What was looked for before, the latest first.
    Searches(Vec<String>),
    /// All that the library knows of somebody, who was asked for in a story, or 0.
    Dossier(Box<Dossier>, i64),
    /// What somebody of this name, asked for in this story, said in others.
    Elsewhere(String, i64, Box<Elsewhere>),
    /// Lists, views and feeds.
    Sources(Sources),
    /// Names and sources that one can go to.
    Places(Vec<Who>, Sources),
    /// What changed from version to version of the story that is read, the latest first.
    Versions(Vec<(Version, Vec<Difference>)>),
    /// What is heard of feeds that are fetched.
    Fetching(News),
    /// Stories are being annotated again, or were.
    Renewal(Renewal),
    /// It is time to fetch.
    FetchDue,
    /// A story was read in another encoding.
    Reread(usize, Box<Article>),
    /// A note was written in the user's editor.
    NoteEdited {
        /// Number of the story.
        story: usize,
        /// Index of the highlight that it is of.
        index: usize,
        /// The note.
        note: String,
    },
    /// Something the reader should know: a setting that is wrong.
    Notice(String),
    /// The terminal is gone.
    InputLost,
    /// The system asks the reader to end, by this signal.
    Ended(i32),
    /// The system asks the reader to stop for a while.
    Suspend,
    /// The reader goes on after it was stopped.
    Resumed,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mouse {
    /// The left button was pressed.
    Click,
    /// It was moved with the left button held.
    Drag,
    /// The left button was let go.
    Release,
    /// The wheel was turned towards the reader's hand.
    WheelDown,
    /// The wheel was turned away.
    WheelUp,
}
