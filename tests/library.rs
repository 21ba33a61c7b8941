//! Tests the library as the TUI and the command line use it. Everything stored must be readable, and no existing file
//! may be damaged.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

#[path = "library/export_import.rs"]
mod export_import;
#[path = "library/forms.rs"]
mod forms;
#[path = "library/guards.rs"]
mod guards;
#[path = "library/joined.rs"]
mod joined;
#[path = "library/killed.rs"]
mod killed;
#[path = "library/migrated.rs"]
mod migrated;
#[path = "library/renewed.rs"]
mod renewed;
#[path = "library/rescued.rs"]
mod rescued;
#[path = "library/state.rs"]
mod state;
#[path = "library/store.rs"]
mod store;
#[path = "library/stories.rs"]
mod stories;
#[path = "library/undo.rs"]
mod undo;
