//! Reads against a feed server: brings its feeds and stories into the library, and carries read and starred states in
//! both directions. Speaks the REST API of Miniflux, and the Google Reader API of `FreshRSS` and others. Connects to
//! nothing but the server that the user has added, through the HTTP client of `dateline-fetch`. Does not depend on screens
//! or the command line.
//!
//! ```
//! use dateline_sync::{Account, Protocol};
//! use url::Url;
//!
//! let url = Url::parse("https://reader.example/")?;
//! let account = Account { protocol: Protocol::Miniflux, url, user: "ada".to_owned() };
//! assert_eq!(Protocol::of_name(account.protocol.name()), Some(Protocol::Miniflux));
//! # Ok::<(), url::ParseError>(())
//! ```

mod account;
mod connection;
mod detect;
mod entry;
mod error;
mod greader;
mod greader_sync;
mod miniflux;
mod miniflux_sync;
mod page;
mod run;
mod synced;

pub use account::{Account, Protocol, Secret};
pub use detect::detect;
pub use error::SyncError;
pub use run::sync;
pub use synced::Synced;
