//! Requests to the API of a server that the user has named and has an account on. The limits of a fetch apply. Requests
//! and credentials go to one origin only, and no redirect is followed.

use super::address::LocalAddressGuard;
use super::error::FetchError;
use super::http::{Fetcher, Limits, read_body, text};
use jiff::fmt::rfc2822;
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::config::Config;
use ureq::http::header;
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

/// Maximum time for which an unused connection is kept open. The requests of one sync follow each other closely, and a
/// handshake for each would take longer than most of the responses.
const IDLE: Duration = Duration::from_secs(10);

/// Client for the API of one server.
#[derive(Debug)]
pub struct ApiClient {
    agent: Agent,
    limits: Limits,
    /// URL below which the API is, without user name, password, query and fragment.
    base: Url,
}

/// A request to an API: its method and its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiCall<'a> {
    /// GET.
    Get,
    /// POST, with a form as the body (`application/x-www-form-urlencoded`).
    Form(&'a str),
    /// PUT, with JSON as the body, which may be empty.
    Put(&'a str),
}

/// Response of an API, with any status except a redirect.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApiResponse {
    /// HTTP status code.
    pub status: u16,
    /// Header field `Content-Type`, as received.
    pub content_type: Option<String>,
    /// Header field `Date`: the server's clock, in Unix seconds.
    pub date: Option<i64>,
    /// Body of the response, decompressed.
    pub body: Vec<u8>,
}

impl ApiClient {
    /// Creates a client for the server of `base`. Nothing is sent yet. The limits and the permission for local hosts are
    /// those of `fetcher`. Over plain http, only local hosts can be reached, because the requests contain credentials.
    ///
    /// # Errors
    /// Returns an error if `base` is not an http or https URL.
    pub fn new(fetcher: &Fetcher, base: &Url) -> Result<Self, FetchError> {
        if !matches!(base.scheme(), "http" | "https") {
            return Err(FetchError::Scheme(base.scheme().to_owned()));
        }
        let mut plain = base.clone();
        // Ignore errors: both calls fail only for URLs without a host, which the scheme excludes.
        let _ = plain.set_username("");
        let _ = plain.set_password(None);
        plain.set_query(None);
        plain.set_fragment(None);
        let limits = fetcher.limits;
        let config = Config::builder()
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("dateline/", env!("CARGO_PKG_VERSION")))
            .accept("application/json, text/plain;q=0.5")
            .max_response_header_size(limits.header_bytes)
            .max_idle_connections(1)
            .max_idle_age(IDLE)
            .timeout_resolve(Some(limits.connect))
            .timeout_connect(Some(limits.connect))
            .timeout_recv_response(Some(limits.header))
            .timeout_global(Some(limits.whole))
            .build();
        let guard = match plain.scheme() {
            "http" => LocalAddressGuard::without_public(fetcher.allow_local),
            _ => LocalAddressGuard::new(fetcher.allow_local),
        };
        Ok(Self { agent: Agent::with_parts(config, DefaultConnector::default(), guard), limits, base: plain })
    }

    /// Returns the URL below which the API is. It contains no credentials.
    #[must_use]
    pub const fn base(&self) -> &Url {
        &self.base
    }

    /// Sends a request for `path`, which is appended to the base URL and may contain a query. `credentials` is the name
    /// and the value of the header field that contains them.
    ///
    /// # Errors
    /// Returns an error if there is no complete response, or if the response is a redirect. No error contains
    /// credentials or a body.
    pub fn send(
        &self,
        path: &str,
        credentials: Option<(&str, &str)>,
        call: ApiCall<'_>,
    ) -> Result<ApiResponse, FetchError> {
        let deadline = Instant::now() + self.limits.whole;
        // The path is appended and not resolved, so that it cannot lead to another origin.
        let url = format!("{}{path}", self.base.as_str().trim_end_matches('/'));
        let response = match call {
            ApiCall::Get => {
                let request = self.agent.get(&url);
                match credentials {
                    Some((name, value)) => request.header(name, value).call(),
                    None => request.call(),
                }
            }
            ApiCall::Form(body) | ApiCall::Put(body) => {
                let is_form = matches!(call, ApiCall::Form(_));
                let request = if is_form { self.agent.post(&url) } else { self.agent.put(&url) };
                let kind = if is_form { "application/x-www-form-urlencoded" } else { "application/json" };
                let request = request.content_type(kind);
                match credentials {
                    Some((name, value)) => request.header(name, value).send(body),
                    None => request.send(body),
                }
            }
        };
        let mut response = response.map_err(|error| FetchError::of(error, 0, ""))?;
        let status = response.status();
        if status.is_redirection() {
            let target = text(response.headers(), header::LOCATION).and_then(|target| self.base.join(&target).ok());
            return Err(target
                .map_or(FetchError::NoTarget, |target| FetchError::Redirect(target.origin().ascii_serialization())));
        }
        let date = text(response.headers(), header::DATE);
        let date = date.and_then(|date| Some(rfc2822::parse(&date).ok()?.timestamp().as_second()));
        let content_type = text(response.headers(), header::CONTENT_TYPE);
        let body = read_body(&mut response, deadline, self.limits.body_bytes)?;
        Ok(ApiResponse { status: status.as_u16(), content_type, date, body })
    }
}

#[cfg(test)]
mod tests;
