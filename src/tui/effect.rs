//! What `update` asks the outside to do. The answer comes back as an event.

use super::arrangement::Arrangement;
use super::cite::Form;
use super::highlight::Highlight;
use super::shelf::{Errand, Question, Request};
use dateline_analysis::{Correction, Options};
use dateline_core::article::Article;
use std::sync::Arc;

/// One request.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Annotate an article.
    Analyse {
        /// Number of the story.
        story: usize,
        /// Comes back with the answer.
        generation: u32,
        /// The article.
        article: Arc<Article>,
        /// The reader's own reference date.
        options: Options,
    },
    /// Keep one more correction of a story.
    KeepCorrection {
        /// Number of the story.
        story: usize,
        /// The correction.
        correction: Correction,
    },
    /// Keep the arrangement of the screen for the next time.
    KeepArrangement(Arrangement),
    /// Have something done in the library.
    Shelf(Request),
    /// Ask the library.
    Ask(Question),
    /// Fetch feeds.
    Fetch(Errand),
    /// Read no more of the sources.
    StopLoading,
    /// Forget what the terminal shows and draw it anew.
    Redraw,
    /// Put words into the clipboard.
    Copy {
        /// The words.
        words: String,
        /// How they were taken.
        form: Form,
    },
    /// Give an address of the web to the browser.
    OpenLink(String),
    /// Read a story's source anew, in an encoding.
    Reread {
        /// Number of the story.
        story: usize,
        /// The name of the article: of one that is alone in its file, the file.
        source: String,
        /// The encoding.
        encoding: &'static str,
    },
    /// Read pasted text as articles.
    ReadText(String),
    /// Keep the changed highlights of a story.
    KeepHighlights {
        /// Number of the story.
        story: usize,
        /// All of them before.
        before: Vec<Highlight>,
        /// All of them now.
        after: Vec<Highlight>,
    },
    /// Have a note written in the user's editor.
    EditNote {
        /// Number of the story.
        story: usize,
        /// Index of the highlight that it is of.
        index: usize,
        /// The note so far.
        note: String,
    },
    /// Give the terminal to the shell until it lets the reader go on.
    Suspend,
    /// Take the terminal over again.
    Resume,
}
