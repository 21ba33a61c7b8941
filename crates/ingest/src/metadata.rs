//! Metadata of a story as pages state it: authors, dates, place, picture credits, language.

pub mod byline;
pub(crate) mod calendar_names;
pub mod credit;
pub mod dateline;
pub mod declared;
pub(crate) mod language;
pub(crate) mod moment;
pub mod timestamp_line;
