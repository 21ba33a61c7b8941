//! The library as used by the screen and the command line: everything stored can be read back, and no existing file is
//! harmed.

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
