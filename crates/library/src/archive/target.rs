//! Where an import puts lines.

/// The story that lines belong to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Target {
    /// Its number in this library.
    pub id: i64,
    /// Whether the import brought it.
    pub is_new: bool,
    /// Whether it has the text that was exported.
    pub same_text: bool,
}
