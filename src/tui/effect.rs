//! What `update` asks the outside to do. The answer comes back as an event.

use crate::analysis::Options;
use crate::article::Article;
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
    /// Forget what the terminal shows and draw it anew.
    Redraw,
    /// Give the terminal to the shell until it lets the reader go on.
    Suspend,
    /// Take the terminal over again.
    Resume,
}
