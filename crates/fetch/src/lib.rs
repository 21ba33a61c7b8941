//! Fetches documents over HTTP at the user's request, within limits. Nothing is fetched unless the user requests it,
//! and no other part of the program opens a connection. Depends on the library, but not on screens.
//!
//! ```
//! use dateline_fetch::{Subscription, is_local, opml};
//!
//! assert!(is_local("127.0.0.1".parse()?) && !is_local("192.0.32.7".parse()?));
//! let gazette = Subscription {
//!     url: "https://gazette.example/feed".to_owned(),
//!     title: "Gazette".to_owned(),
//!     tags: vec!["Sea".to_owned()],
//! };
//! assert!(opml(&[gazette]).contains("xmlUrl=\"https://gazette.example/feed\""));
//! # Ok::<(), std::net::AddrParseError>(())
//! ```

mod address;
mod error;
mod follow;
mod full_text;
mod http;
mod login;
mod refresh;
mod retry;
mod subscriptions;

pub use address::is_local;
pub use error::FetchError;
pub use follow::{FollowError, Followed, follow};
pub use http::{Fetcher, Limits, Page, Validators};
pub use refresh::{FetchOutcome, refresh};
pub use subscriptions::{Subscription, Subscriptions, opml};
