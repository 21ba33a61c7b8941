//! Separates the story of a page from its boilerplate: line classifier, boilerplate phrases, repeated text.

pub(crate) mod boilerplate_phrases;
pub(crate) mod line_classifier;
pub(crate) mod repeat;
