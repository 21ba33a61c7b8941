//! Performs a single fetch: a GET request, its redirects and the body of the response, within limits.

use super::address::LocalAddressGuard;
use super::error::FetchError;
use super::retry::retry_after;
use jiff::Timestamp;
use std::io::Read;
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::config::Config;
use ureq::http::{HeaderMap, Response, StatusCode, header};
use ureq::unversioned::transport::DefaultConnector;
use url::Url;

/// Limits of a single fetch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Maximum time for establishing the connection.
    pub connect: Duration,
    /// Maximum time between establishing the connection and reading the end of the response header.
    pub header: Duration,
    /// Maximum total time of the fetch, including all redirects.
    pub whole: Duration,
    /// Maximum number of redirects to follow.
    pub hops: u32,
    /// Maximum size of the response header, in bytes.
    pub header_bytes: usize,
    /// Maximum size of the body, in bytes after decompression.
    pub body_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            header: Duration::from_secs(20),
            whole: Duration::from_mins(1),
            hops: 5,
            header_bytes: 64 * 1024,
            body_bytes: 32_000_000,
        }
    }
}

/// Maximum length of a validator, in bytes. Longer ones are neither stored nor sent back.
const MAX_VALIDATOR_BYTES: usize = 1024;

/// Validators, by which a server recognises the version of a document that the client has (RFC 9110, 8.8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Validators {
    /// Header field `ETag`, as received.
    pub etag: Option<String>,
    /// Header field `Last-Modified`, as received.
    pub last_modified: Option<String>,
}

impl Validators {
    fn of(headers: &HeaderMap) -> Self {
        let kept = |name| text(headers, name).filter(|value| value.len() <= MAX_VALIDATOR_BYTES);
        Self { etag: kept(header::ETAG), last_modified: kept(header::LAST_MODIFIED) }
    }

    /// Returns whether there is neither validator.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// A document fetched over HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) struct Page {
    /// URL after all redirects, which is also the base URL of the document's links.
    pub url: Url,
    /// New URL of the document, if the server reported a permanent move (301, 308). The new URL is used only after the
    /// user has agreed to it.
    pub moved: Option<Url>,
    /// Header field `Content-Type`, as received: media type and charset.
    pub content_type: Option<String>,
    /// Validators to be sent with the next request.
    pub validators: Validators,
    /// Body of the response, decompressed.
    pub body: Vec<u8>,
}

/// Response to a successful fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FetchResponse {
    /// The server sent the document.
    Fresh(Box<Page>),
    /// The document has not changed since the last fetch.
    Unchanged,
}

/// HTTP client. It keeps no state between fetches: no cookies, connections or credentials.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetcher {
    /// Limits that apply to each fetch.
    pub limits: Limits,
    /// Whether hosts on this machine and its networks are allowed. This applies only to the origin in the user's URL,
    /// never to another origin reached by a redirect.
    pub allow_local: bool,
}

impl Fetcher {
    /// Fetches `url`. The server need not send the document if it has not changed since the validators `known` were
    /// received.
    ///
    /// # Errors
    /// Returns a [`FetchError`] for any response other than a document or "not modified".
    pub(crate) fn fetch(&self, url: &Url, known: &Validators) -> Result<FetchResponse, FetchError> {
        let deadline = Instant::now() + self.limits.whole;
        let mut here = url.clone();
        let mut moved = None;
        let mut for_good = true;
        for hops in 0..=self.limits.hops {
            let response = self.get(&here, url, known, hops, deadline)?;
            let status = response.status();
            if is_redirect(status) {
                let next = target(&here, response.headers())?;
                if here.scheme() == "https" && next.scheme() == "http" {
                    return Err(FetchError::Downgrade);
                }
                for_good &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
                if for_good {
                    moved = Some(next.clone());
                }
                here = next;
                continue;
            }
            return match status {
                StatusCode::OK => {
                    self.page(response, here, moved, deadline).map(|page| FetchResponse::Fresh(Box::new(page)))
                }
                StatusCode::NOT_MODIFIED if known.is_empty() => Err(FetchError::UnchangedWhat),
                StatusCode::NOT_MODIFIED => Ok(FetchResponse::Unchanged),
                _ => Err(refusal(&response)),
            };
        }
        Err(FetchError::TooManyHops(self.limits.hops))
    }

    /// Sends one request without following redirects. Credentials in the user's URL are sent only to the origin of that
    /// URL.
    fn get(
        &self,
        url: &Url,
        asked: &Url,
        known: &Validators,
        hops: u32,
        deadline: Instant,
    ) -> Result<Response<ureq::Body>, FetchError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(FetchError::Scheme(url.scheme().to_owned()));
        }
        let at_home = url.origin() == asked.origin();
        let mut request = self.agent(at_home, deadline)?.get(plain(url).as_str());
        if let Some(credentials) = basic(asked).filter(|_| at_home) {
            request = request.header(header::AUTHORIZATION, credentials);
        }
        if let Some(etag) = known.etag.as_ref().filter(|_| at_home) {
            request = request.header(header::IF_NONE_MATCH, etag);
        }
        if let Some(date) = known.last_modified.as_ref().filter(|_| at_home) {
            request = request.header(header::IF_MODIFIED_SINCE, date);
        }
        request.call().map_err(|error| FetchError::of(error, hops, url.host_str().unwrap_or_default()))
    }

    fn agent(&self, at_home: bool, deadline: Instant) -> Result<Agent, FetchError> {
        let left = deadline.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(FetchError::Slow("whole response"));
        }
        let config = Config::builder()
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("dateline/", env!("CARGO_PKG_VERSION")))
            .accept("application/rss+xml, application/atom+xml, application/feed+json, text/html, */*;q=0.5")
            .max_response_header_size(self.limits.header_bytes)
            .max_idle_connections(0)
            .timeout_resolve(Some(self.limits.connect.min(left)))
            .timeout_connect(Some(self.limits.connect.min(left)))
            .timeout_recv_response(Some(self.limits.header.min(left)))
            .timeout_global(Some(left))
            .build();
        let guard = LocalAddressGuard::new(self.allow_local && at_home);
        Ok(Agent::with_parts(config, DefaultConnector::default(), guard))
    }

    /// Reads the body of a response.
    fn page(
        &self,
        mut response: Response<ureq::Body>,
        url: Url,
        moved: Option<Url>,
        deadline: Instant,
    ) -> Result<Page, FetchError> {
        let validators = Validators::of(response.headers());
        let content_type = text(response.headers(), header::CONTENT_TYPE);
        let body = read_body(&mut response, deadline, self.limits.body_bytes)?;
        Ok(Page { url, moved, content_type, validators, body })
    }
}

/// Reads the body of a response, decompressed. `limit` is its maximum size in bytes.
///
/// # Errors
/// Returns an error if the body is larger, if it is not complete at the deadline, or if the connection breaks.
pub(crate) fn read_body(
    response: &mut Response<ureq::Body>,
    deadline: Instant,
    limit: u64,
) -> Result<Vec<u8>, FetchError> {
    let mut body = Vec::new();
    // The limit applies to the decompressed bytes because those take up the memory.
    let mut reader = response.body_mut().with_config().limit(u64::MAX).reader();
    let mut chunk = vec![0; 64 * 1024];
    loop {
        if Instant::now() >= deadline {
            return Err(FetchError::Slow("whole response"));
        }
        let read = reader.read(&mut chunk).map_err(|error| FetchError::of_body(error, body.len()))?;
        if read == 0 {
            return Ok(body);
        }
        body.extend_from_slice(chunk.get(..read).unwrap_or_default());
        if body.len() as u64 > limit {
            return Err(FetchError::TooLarge(limit));
        }
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Returns the target of a redirect. Removes any user name and password from the target, since they are not the user's
/// own.
fn target(here: &Url, headers: &HeaderMap) -> Result<Url, FetchError> {
    let location = text(headers, header::LOCATION).ok_or(FetchError::NoTarget)?;
    let next = here.join(&location).map_err(|_| FetchError::NoTarget)?;
    Ok(plain(&next))
}

/// Returns a URL without its user name, password and fragment.
fn plain(url: &Url) -> Url {
    let mut url = url.clone();
    // Ignore errors: both calls fail only for URLs without a host, which cannot have a user name.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    url
}

/// Returns the value of the header field `Authorization` for the user name and password in a URL (RFC 7617).
fn basic(url: &Url) -> Option<String> {
    use base64::Engine;
    let decoded = |part: &str| percent_decoded(part);
    if url.username().is_empty() && url.password().is_none() {
        return None;
    }
    let pair = format!("{}:{}", decoded(url.username()), decoded(url.password().unwrap_or_default()));
    Some(format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair)))
}

fn percent_decoded(part: &str) -> String {
    url::form_urlencoded::parse(format!("a={}", part.replace('+', "%2B")).as_bytes())
        .next()
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn refusal(response: &Response<ureq::Body>) -> FetchError {
    let status = response.status();
    let wait = text(response.headers(), header::RETRY_AFTER).and_then(|value| retry_after(&value, Timestamp::now()));
    FetchError::Status { status: status.as_u16(), reason: status.canonical_reason(), retry_after: wait }
}

/// Returns a header field as a string, if it consists of visible ASCII characters.
pub(crate) fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

#[cfg(test)]
mod tests;
