//! Detection of sentence ends.

/// Returns whether a text ends with a full stop or similar mark, ignoring closing quotation marks and brackets.
#[must_use]
pub(crate) fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']).ends_with(['.', '!', '?', '…', '。', '！', '？'])
}
