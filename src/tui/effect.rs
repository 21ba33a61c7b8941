//! Effects: requests from `update` to the outside world. Replies come back as events.

use super::arrangement::Arrangement;
use super::cite::Form;
use super::highlight::Highlight;
use super::library_messages::{FetchJob, LibraryQuery, Request};
use super::pipe::PipeJob;
use dateline_analysis::{Correction, Options};
use dateline_core::article::Article;
use std::sync::Arc;

/// Request to the outside world.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    /// Annotate an article.
    Analyse {
        /// Index of the story to annotate.
        story: usize,
        /// Generation of the request. The reply repeats it.
        generation: u32,
        /// Article to annotate.
        article: Arc<Article>,
        /// Options of the analysis, such as a reference date set by the user.
        options: Options,
    },
    /// Save a new correction to a story.
    KeepCorrection {
        /// Index of the corrected story.
        story: usize,
        /// Correction to save.
        correction: Correction,
    },
    /// Save the arrangement of the screen for the next session.
    KeepArrangement(Arrangement),
    /// Send a writing request to the library.
    Library(Request),
    /// Send a read-only request to the library.
    Query(LibraryQuery),
    /// Run a job that fetches feeds.
    Fetch(FetchJob),
    /// Stop reading the sources that the TUI was opened on.
    StopLoading,
    /// Read the settings files again and apply them.
    ReloadSettings,
    /// Clear the terminal and redraw it.
    Redraw,
    /// Copy words to the clipboard.
    Copy {
        /// Words to copy.
        words: String,
        /// Format in which to copy the words.
        form: Form,
    },
    /// Pipe text to a command and show the command's output.
    Pipe(PipeJob),
    /// Pipe text to a command that controls the terminal.
    PipeOnTerminal(PipeJob),
    /// Open a URL in the browser.
    OpenLink(String),
    /// Reread a story's source in another encoding.
    Reread {
        /// Index of the story to reread.
        story: usize,
        /// Name of the article. If its file contains no other article, this is the name of the file.
        source: String,
        /// Name of the encoding.
        encoding: &'static str,
    },
    /// Read pasted text as articles.
    ReadText(String),
    /// Save the changed highlights of a story.
    KeepHighlights {
        /// Index of the story with the highlights.
        story: usize,
        /// All highlights before the change.
        before: Vec<Highlight>,
        /// All highlights after the change.
        after: Vec<Highlight>,
    },
    /// Open a note in the user's editor.
    EditNote {
        /// Index of the story that the note belongs to.
        story: usize,
        /// Index of the highlight that the note belongs to.
        index: usize,
        /// Text of the note before editing.
        note: String,
    },
    /// Suspend the TUI and give the terminal back to the shell.
    Suspend,
    /// Take over the terminal after a suspension.
    Resume,
}
