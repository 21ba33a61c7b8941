//! Fetches documents over HTTP at the user's request, within limits. Nothing is fetched unless the user requests it,
//! and no other part of the program opens a connection. Depends on the library, but not on the TUI.
//!
//! ```
//! use dateline_fetch::{Subscription, opml};
//!
//! let gazette = Subscription {
//!     url: "https://gazette.example/feed".to_owned(),
//!     title: "Gazette".to_owned(),
//!     tags: vec!["Sea".to_owned()],
//! };
//! assert!(opml(&[gazette]).contains("xmlUrl=\"https://gazette.example/feed\""));
//! ```

mod address;
mod api;
mod error;
mod follow;
mod full_text;
mod http;
mod login;
mod refresh;
mod retry;
mod subscriptions;

pub use api::{ApiCall, ApiClient, ApiResponse};
pub use error::FetchError;
pub use follow::{FollowError, Followed, follow};
pub use http::{Fetcher, Limits};
pub use refresh::{FetchOutcome, refresh};
pub use subscriptions::{Subscription, Subscriptions, opml};
