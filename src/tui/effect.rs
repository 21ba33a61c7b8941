//! Requests from `update` to the outside world. Replies come back as events.

use super::arrangement::Arrangement;
use super::cite::Form;
use super::highlight::Highlight;
use super::library_client::{FetchJob, LibraryQuery, Request};
use dateline_analysis::{Correction, Options};
use dateline_core::article::Article;
use std::sync::Arc;

/// One request.
#[derive(Clone, Debug)]
pub(crate) enum Effect {
    /// Annotate an article.
    Analyse {
        /// Index of the story.
        story: usize,
        /// Generation of the request, which the reply repeats.
        generation: u32,
        /// The article.
        article: Arc<Article>,
        /// The reference date set by the user.
        options: Options,
    },
    /// Save a new correction of a story.
    KeepCorrection {
        /// Index of the story.
        story: usize,
        /// The correction.
        correction: Correction,
    },
    /// Save the arrangement of the screen for the next session.
    KeepArrangement(Arrangement),
    /// Send a request to the library.
    Library(Request),
    /// Send a question to the library.
    Query(LibraryQuery),
    /// Fetch feeds.
    Fetch(FetchJob),
    /// Stop reading the sources.
    StopLoading,
    /// Clear the terminal and redraw it.
    Redraw,
    /// Copy words to the clipboard.
    Copy {
        /// The words.
        words: String,
        /// The form in which to copy them.
        form: Form,
    },
    /// Open a URL in the browser.
    OpenLink(String),
    /// Reread a story's source in another encoding.
    Reread {
        /// Index of the story.
        story: usize,
        /// Name of the article, or of its file if the file contains no other article.
        source: String,
        /// The encoding.
        encoding: &'static str,
    },
    /// Read pasted text as articles.
    ReadText(String),
    /// Save the changed highlights of a story.
    KeepHighlights {
        /// Index of the story.
        story: usize,
        /// All highlights before the change.
        before: Vec<Highlight>,
        /// All highlights after the change.
        after: Vec<Highlight>,
    },
    /// Open a note in the user's editor.
    EditNote {
        /// Index of the story.
        story: usize,
        /// Index of the highlight that the note belongs to.
        index: usize,
        /// The current note.
        note: String,
    },
    /// Hand the terminal over to the shell until the TUI is resumed.
    Suspend,
    /// Take over the terminal again.
    Resume,
}
