//! File extensions that do not indicate the format, or that show that the file is not an article.

use crate::lexicon::NEVER_ARTICLES;

/// Extensions of compressed files, which may hold any format.
pub const COMPRESSIONS: [&str; 2] = ["gz", "zst"];

/// Returns whether a file extension belongs to pictures, sounds, styles, scripts or fonts.
pub(super) fn is_never_article(extension: &str) -> bool {
    NEVER_ARTICLES.contains_any_case(extension)
}

/// Returns whether a list contains an extension, in upper or lower case.
pub(super) fn is_one_of(list: &[&str], extension: &str) -> bool {
    list.iter().any(|known| extension.eq_ignore_ascii_case(known))
}
