//! Fetches one address that the reader asked for, over HTTP, within limits. Nothing here is called unless the reader
//! fetches; nothing else in the program opens a connection. Knows the library; knows nothing of screens.

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
pub use http::{Answer, Fetcher, Limits, Page, Validators};
pub use refresh::{Outcomes, refresh, take};
pub use retry::{LONGEST_WAIT, SHORTEST_WAIT, retry_after};
pub use subscriptions::{Subscription, Subscriptions, opml};
