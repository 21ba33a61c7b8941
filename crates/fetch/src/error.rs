//! Errors of a fetch.

use super::address::{LocalAddress, PublicAddress};
use jiff::SignedDuration;
use std::io;
use std::net::IpAddr;
use thiserror::Error;

/// Reason why a fetch failed. Every message is a clause that can follow the URL and a colon.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FetchError {
    /// The URL has a scheme other than http and https.
    #[error("only http and https URLs can be fetched, not {0}")]
    Scheme(String),
    /// The host name resolves to this machine or its network.
    #[error("the address {0} is on this machine or its local network")]
    Local(IpAddr),
    /// A redirect points to a host on this machine or its network.
    #[error("it redirects to {host}, at the local address {address}")]
    LocalRedirect {
        /// Host named by the redirect.
        host: String,
        /// IP address to which the host resolves.
        address: IpAddr,
    },
    /// A redirect points from https to http.
    #[error("it redirects from https to plain http")]
    Downgrade,
    /// There were more redirects than this limit.
    #[error("more than {0} redirects")]
    TooManyHops(u32),
    /// Credentials would be sent over plain http to a host on the internet.
    #[error("over plain http, others could read the password; use https")]
    Unencrypted,
    /// The API of a server redirects, for example to a login page. The string is the origin of the target.
    #[error("it redirects to {0}")]
    Redirect(String),
    /// A redirect has no target, or its target is not a valid URL.
    #[error("it redirects without a valid URL")]
    NoTarget,
    /// The body is larger than this limit, in bytes.
    #[error("it is larger than {} MB", .0 / 1_000_000)]
    TooLarge(u64),
    /// The response header is larger than the limit for headers.
    #[error("its response header is too large")]
    LargeHeader,
    /// A time limit was exceeded during the phase named by the string.
    #[error("timed out ({0})")]
    Slow(&'static str),
    /// The host does not exist.
    #[error("no such host")]
    NoHost,
    /// The connection failed, for the reason given.
    #[error("connection failed: {0}")]
    Connection(String),
    /// The connection was closed before the response began or within its header, for the reason given.
    #[error("the server closed the connection before the response was complete: {0}")]
    NoResponse(String),
    /// The certificate is not trusted, or client and server could not agree on a cipher. The string gives the reason.
    #[error("secure connection failed: {0}")]
    Tls(String),
    /// The body is incomplete: either the connection broke or the compressed data ended early.
    #[error("the response was truncated after {bytes} bytes: {reason}")]
    Incomplete {
        /// Number of body bytes received, after decompression.
        bytes: usize,
        /// Reason reported by the connection or the decompressor.
        reason: String,
    },
    /// The response is not valid HTTP.
    #[error("invalid HTTP response: {0}")]
    Protocol(String),
    /// The server responded with an error status.
    #[error("the server returned {status}{}", .reason.map(|reason| format!(" ({reason})")).unwrap_or_default())]
    Status {
        /// HTTP status code.
        status: u16,
        /// Usual meaning of the status code.
        reason: Option<&'static str>,
        /// Wait before the next request, as demanded by the server.
        retry_after: Option<SignedDuration>,
    },
    /// The server responded "not modified", although the request had no validators.
    #[error("the server reports no change, but nothing was fetched from it before")]
    UnchangedWhat,
}

impl FetchError {
    /// Converts an error that occurred while a body was read. `bytes` is the number of bytes received.
    pub(super) fn of_body(error: io::Error, bytes: usize) -> Self {
        match Self::of(ureq::Error::from(error), 0, "") {
            Self::Connection(reason) | Self::NoResponse(reason) | Self::Protocol(reason) => {
                Self::Incomplete { bytes, reason }
            }
            other => other,
        }
    }

    /// Converts an error of the HTTP client. `hops` is the number of redirects followed so far, `host` the target of
    /// the last one.
    pub(crate) fn of(error: ureq::Error, hops: u32, host: &str) -> Self {
        match error {
            ureq::Error::Io(error) => {
                let local = error.get_ref().and_then(|inner| inner.downcast_ref::<LocalAddress>());
                let is_public = error.get_ref().and_then(|inner| inner.downcast_ref::<PublicAddress>()).is_some();
                match local {
                    None if is_public => Self::Unencrypted,
                    Some(LocalAddress(address)) if hops == 0 => Self::Local(*address),
                    Some(LocalAddress(address)) => Self::LocalRedirect { host: host.to_owned(), address: *address },
                    None if is_closed(error.kind()) => Self::NoResponse(error.to_string()),
                    None => Self::Connection(error.to_string()),
                }
            }
            ureq::Error::Timeout(timeout) => Self::Slow(match timeout {
                ureq::Timeout::Resolve => "resolving the host",
                ureq::Timeout::Connect => "connecting",
                ureq::Timeout::RecvResponse => "response header",
                _ => "whole response",
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

/// Returns whether an error means that the server ended a connection that had been established.
fn is_closed(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, UnexpectedEof};
    matches!(kind, BrokenPipe | ConnectionAborted | ConnectionReset | UnexpectedEof)
}
