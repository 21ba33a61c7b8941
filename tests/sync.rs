//! Tests reading against a feed server, by running the real program against a server of our own that answers as
//! Miniflux 2.2.6 does, in both of its protocols. `tests/sync/real.py` runs the program against Miniflux itself.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

#[allow(dead_code, reason = "these tests run the program with standard input")]
mod test_folder;

#[path = "sync/failures.rs"]
mod failures;
#[path = "sync/labels.rs"]
mod labels;
#[path = "sync/lists.rs"]
mod lists;
#[path = "sync/server.rs"]
mod server;
#[path = "sync/states.rs"]
mod states;
