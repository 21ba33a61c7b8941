//! What of a page is its story and what is not: the classifier of lines, phrases of pages, repeated text.

pub mod page_words;
pub(crate) mod repeat;
pub mod story;
