//! Requests of `update` to the outside. The answer comes back as an event.

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
        /// Generation of the request; the answer carries it.
        generation: u32,
        /// The article.
        article: Arc<Article>,
        /// The user's own reference date.
        options: Options,
    },
    /// Save another correction of a story.
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
        /// The form in which they are copied.
        form: Form,
    },
    /// Open an address in the browser.
    OpenLink(String),
    /// Read a story's source again, in an encoding.
    Reread {
        /// Index of the story.
        story: usize,
        /// Name of the article; if it is the only one in its file, that of the file.
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
        /// The present note.
        note: String,
    },
    /// Hand the terminal over to the shell until it resumes the reader.
    Suspend,
    /// Take the terminal over again.
    Resume,
}
