//! The story that imported lines apply to.

/// Story in this library that imported lines belong to.
#[derive(Clone, Copy, Debug)]
pub(super) struct TargetStory {
    /// ID of the story in this library.
    pub id: i64,
    /// Whether this import added the story.
    pub is_new: bool,
    /// Whether the story has the exported text.
    pub same_text: bool,
}
