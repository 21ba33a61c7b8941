//! Ends of sentences.

/// Whether a full stop or its like ends the words, quotation marks and brackets aside.
#[must_use]
pub(crate) fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»', ' ']).ends_with(['.', '!', '?', '…', '。', '！', '？'])
}
