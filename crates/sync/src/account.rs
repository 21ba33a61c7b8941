//! The account of the user on a feed server, and its credentials.

use std::fmt;
use url::Url;

/// Protocol that a feed server speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// The REST API of Miniflux, version 1.
    Miniflux,
    /// The API of the former Google Reader.
    GoogleReader,
}

impl Protocol {
    /// Returns the name under which the library stores the protocol.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Miniflux => "miniflux",
            Self::GoogleReader => "google-reader",
        }
    }

    /// Returns the protocol with a stored name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        [Self::Miniflux, Self::GoogleReader].into_iter().find(|protocol| protocol.name() == name)
    }
}

/// An account on a feed server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Protocol that the server speaks.
    pub protocol: Protocol,
    /// URL below which the API is, without credentials.
    pub url: Url,
    /// Name of the user; empty if the server knows the user by a key.
    pub user: String,
}

/// Credentials of an account.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret {
    /// Password of the user, or the key of an account without a user name.
    pub password: String,
    /// Token that the server gave in exchange for the password. It is renewed when it expires.
    pub token: Option<String>,
}

impl fmt::Debug for Secret {
    /// Formats nothing of the credentials, because debug output may end up in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_not_in_debug_output() {
        let secret = Secret { password: "sesame".to_owned(), token: Some("sesame".to_owned()) };
        assert!(!format!("{secret:?}").contains("sesame"));
    }
}
