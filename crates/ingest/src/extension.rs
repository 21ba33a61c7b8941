//! File extensions of compressed files, and of files that are never articles.

use crate::lexicon::NEVER_ARTICLES;

/// Extensions of compressed files; the file inside may have any format.
pub(crate) const COMPRESSIONS: [&str; 2] = ["gz", "zst"];

/// Returns whether a file extension belongs to a picture, sound, style sheet, script or font.
pub(super) fn is_never_article(extension: &str) -> bool {
    NEVER_ARTICLES.contains_any_case(extension)
}

/// Returns whether a list contains an extension, ignoring case.
pub(super) fn is_one_of(list: &[&str], extension: &str) -> bool {
    list.iter().any(|known| extension.eq_ignore_ascii_case(known))
}
