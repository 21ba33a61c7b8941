//! Detects ends of sentences.

/// Returns whether a full stop or a similar mark ends the words, quotation marks and brackets aside.
#[must_use]
pub(crate) fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']).ends_with(['.', '!', '?', '…', '。', '！', '？'])
}
