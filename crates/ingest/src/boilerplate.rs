//! Separates the story of a page from its boilerplate: line classifier, boilerplate phrases, repeated text.

pub mod boilerplate_phrases;
pub mod line_classifier;
pub(crate) mod repeat;
