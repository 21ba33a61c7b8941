//! The story that imported lines are written to.

/// The story that lines belong to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    /// Number of the story in this library.
    pub id: i64,
    /// Whether the import added the story.
    pub is_new: bool,
    /// Whether the story has the text that was exported.
    pub same_text: bool,
}
