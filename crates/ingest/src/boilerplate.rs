//! Separates the story of a page from its boilerplate, with a line classifier, known phrases and repeated text.

pub(crate) mod boilerplate_phrases;
pub(crate) mod line_classifier;
pub(crate) mod repeat;
