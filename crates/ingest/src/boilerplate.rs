//! Separates the story of a page from its boilerplate: line classifier, boilerplate phrases, repeated text.

pub mod line_classifier;
pub mod page_words;
pub(crate) mod repeat;
