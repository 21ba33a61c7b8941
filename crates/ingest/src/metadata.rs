//! Metadata of a story as given in pages: authors, dates, place, picture credits, language.

pub mod byline;
pub(crate) mod calendar_names;
pub mod credit;
pub mod dateline;
pub(crate) mod datetime;
pub(crate) mod language;
pub mod source_metadata;
pub mod timestamp_line;
