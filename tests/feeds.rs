//! Tests how feed items change over time. Each item must continue the correct story, and no fetch may destroy a story.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

#[path = "feeds/cut.rs"]
mod cut;
#[path = "feeds/identity.rs"]
mod identity;
#[path = "feeds/many.rs"]
mod many;
#[path = "feeds/pages.rs"]
mod pages;
#[path = "feeds/server.rs"]
mod server;
mod test_folder;
