//! Detects sentence ends.

/// Returns whether the words end with a full stop or a similar mark, apart from quotation marks and brackets.
#[must_use]
pub(crate) fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']).ends_with(['.', '!', '?', '…', '。', '！', '？'])
}
