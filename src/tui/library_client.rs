//! Threads that serve the library's requests. One holds the only connection for writing, and reports a change only once
//! it is saved. Three others serve read-only requests, fetch feeds and re-annotate outdated stories. Depends on the
//! library and on events, but not on panes or keys.

mod answering;
mod fetching;
mod finding;
mod gathering;
mod keeping;
mod listing;
mod marks;
mod reader;
mod renewing;
mod replay;
mod syncing;
mod unsaved;
mod writer;

pub(crate) use fetching::FetchSettings;
pub(crate) use writer::{LibraryWriter, Opening};
