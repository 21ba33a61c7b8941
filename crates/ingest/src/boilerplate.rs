//! Separates the story of a page from its boilerplate: line classifier, boilerplate phrases, repeated text.

pub mod page_words;
pub(crate) mod repeat;
pub mod story;
