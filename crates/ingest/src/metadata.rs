//! What pages say about a story: who wrote it and when, its place, its pictures' credits, its language.

pub mod byline;
pub(crate) mod calendar_names;
pub mod credit;
pub mod date_line;
pub mod dateline;
pub mod declared;
pub(crate) mod language;
pub(crate) mod moment;
