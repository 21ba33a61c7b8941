//! Why a fetch failed, in one sentence.

use super::address::LocalAddress;
use jiff::SignedDuration;
use std::io;
use std::net::IpAddr;
use thiserror::Error;

/// Why nothing came of a fetch. Every message is a clause that fits behind the address and a colon.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FetchError {
    /// Neither http nor https.
    #[error("only http and https addresses are fetched, not {0}")]
    Scheme(String),
    /// The name of the host leads to this machine or its network.
    #[error("the address {0} is on this machine or its own network")]
    Local(IpAddr),
    /// It sends the reader on to a host of this machine or its network.
    #[error("it sends us on to {host}, at the local address {address}")]
    LocalRedirect {
        /// The host as the redirect names it.
        host: String,
        /// What the name leads to.
        address: IpAddr,
    },
    /// It sends the reader from https to http.
    #[error("it sends us on from https to plain http")]
    Downgrade,
    /// It sends the reader on and on.
    #[error("it sends us on more than {0} times")]
    TooManyHops(u32),
    /// It sends the reader on without saying where, or to an address that is none.
    #[error("it sends us on to no address")]
    NoTarget,
    /// The body is larger than a fetch may be, in bytes.
    #[error("it is larger than {} MB", .0 / 1_000_000)]
    TooLarge(u64),
    /// The header is larger than one may be.
    #[error("its header is too large")]
    LargeHeader,
    /// It takes longer than a fetch may take.
    #[error("it takes too long ({0})")]
    Slow(&'static str),
    /// No such host.
    #[error("there is no such host")]
    NoHost,
    /// No connection.
    #[error("no connection: {0}")]
    Connection(String),
    /// The certificate is not to be trusted, or the two could not agree on a cipher.
    #[error("no safe connection: {0}")]
    Tls(String),
    /// The body ended early: the connection broke, or the packed bytes lack their end.
    #[error("the answer broke off after {bytes} bytes: {reason}")]
    Incomplete {
        /// Bytes of the body that came, unpacked.
        bytes: usize,
        /// What the connection or the decompressor reports.
        reason: String,
    },
    /// Not HTTP.
    #[error("the answer is no HTTP: {0}")]
    Protocol(String),
    /// The server refuses.
    #[error("the server says {status}{}", .reason.map(|reason| format!(" ({reason})")).unwrap_or_default())]
    Status {
        /// The status of HTTP.
        status: u16,
        /// Its usual meaning.
        reason: Option<&'static str>,
        /// How long the server wants to be left alone.
        retry_after: Option<SignedDuration>,
    },
    /// "Not modified", though nobody asked.
    #[error("the server says that nothing has changed, but we have nothing from it")]
    UnchangedWhat,
}

impl FetchError {
    /// Reads an error that ended a body after so many bytes.
    pub(super) fn of_body(error: io::Error, bytes: usize) -> Self {
        match Self::of(ureq::Error::from(error), 0, "") {
            Self::Connection(reason) | Self::Protocol(reason) => Self::Incomplete { bytes, reason },
            other => other,
        }
    }

    /// Reads an error of the client. `hops` is how often we had been sent on, `host` where to.
    pub(super) fn of(error: ureq::Error, hops: u32, host: &str) -> Self {
        match error {
            ureq::Error::Io(error) => {
                let local = error.get_ref().and_then(|inner| inner.downcast_ref::<LocalAddress>());
                match local {
                    Some(LocalAddress(address)) if hops == 0 => Self::Local(*address),
                    Some(LocalAddress(address)) => Self::LocalRedirect { host: host.to_owned(), address: *address },
                    None => Self::Connection(error.to_string()),
                }
            }
            ureq::Error::Timeout(timeout) => Self::Slow(match timeout {
                ureq::Timeout::Resolve => "finding the host",
                ureq::Timeout::Connect => "connecting",
                ureq::Timeout::RecvResponse => "the header of the answer",
                _ => "the whole answer",
            }),
            ureq::Error::HostNotFound => Self::NoHost,
            ureq::Error::BadUri(uri) => Self::Protocol(uri),
            ureq::Error::LargeResponseHeader(..) => Self::LargeHeader,
            ureq::Error::Tls(reason) => Self::Tls(reason.to_owned()),
            ureq::Error::Rustls(error) => Self::Tls(error.to_string()),
            ureq::Error::BodyExceedsLimit(limit) => Self::TooLarge(limit),
            other => Self::Protocol(other.to_string()),
        }
    }
}
