//! Story to which imported lines apply.

/// A story in this library that imported lines refer to.
#[derive(Clone, Copy, Debug)]
pub(super) struct TargetStory {
    /// ID of the story in this library.
    pub id: i64,
    /// Whether the story was added by the current import.
    pub is_new: bool,
    /// Whether the story's text in this library is the exported one.
    pub same_text: bool,
}
