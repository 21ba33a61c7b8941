//! One fetch: a GET, its redirects, its body, each within limits.

use super::address::Guard;
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

/// What a fetch may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until the connection stands.
    pub connect: Duration,
    /// From there until the header of the answer is read.
    pub header: Duration,
    /// For everything, all redirects included.
    pub whole: Duration,
    /// Redirects.
    pub hops: u32,
    /// Bytes of the header.
    pub header_bytes: usize,
    /// Bytes of the body when unpacked.
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

/// The longest validator that is kept and sent back, in bytes; a longer one is no validator but a burden.
const LONGEST_VALIDATOR: usize = 1024;

/// By what a server knows what we have of it (RFC 9110, 8.8).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// `ETag`, as it came.
    pub etag: Option<String>,
    /// `Last-Modified`, as it came.
    pub last_modified: Option<String>,
}

impl Validators {
    fn of(headers: &HeaderMap) -> Self {
        let kept = |name| text(headers, name).filter(|value| value.len() <= LONGEST_VALIDATOR);
        Self { etag: kept(header::ETAG), last_modified: kept(header::LAST_MODIFIED) }
    }

    /// Whether the server told neither.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}

/// What came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it came from after all redirects; links in it are relative to this.
    pub url: Url,
    /// Where the server says that it has moved for good (301, 308): to be followed when the reader agrees.
    pub moved: Option<Url>,
    /// `Content-Type`, as it came: kind and charset.
    pub content_type: Option<String>,
    /// What to send the next time.
    pub validators: Validators,
    /// The bytes, unpacked.
    pub body: Vec<u8>,
}

/// How a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// With a page.
    Fresh(Box<Page>),
    /// That nothing has changed.
    Unchanged,
}

/// Fetches pages. Keeps nothing between fetches: no cookies, no connections, no credentials.
#[derive(Clone, Copy, Debug, Default)]
pub struct Fetcher {
    /// What a fetch may cost.
    pub limits: Limits,
    /// The reader allows servers on this machine and its networks: those he names, never those that a redirect names.
    pub allow_local: bool,
}

impl Fetcher {
    /// Gets `url`, unless it is as `known` tells.
    ///
    /// # Errors
    /// A [`FetchError`] for everything but a page or "nothing has changed".
    pub fn fetch(&self, url: &Url, known: &Validators) -> Result<Answer, FetchError> {
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
                StatusCode::OK => self.page(response, here, moved, deadline).map(|page| Answer::Fresh(Box::new(page))),
                StatusCode::NOT_MODIFIED if known.is_empty() => Err(FetchError::UnchangedWhat),
                StatusCode::NOT_MODIFIED => Ok(Answer::Unchanged),
                _ => Err(refusal(&response)),
            };
        }
        Err(FetchError::TooManyHops(self.limits.hops))
    }

    /// One request, without following anything. The reader's own credentials, if the address has some, go to
    /// its own origin only.
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
            return Err(FetchError::Slow("the whole answer"));
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
        let guard = Guard::new(self.allow_local && at_home);
        Ok(Agent::with_parts(config, DefaultConnector::default(), guard))
    }

    /// Reads the body of an answer.
    fn page(
        &self,
        mut response: Response<ureq::Body>,
        url: Url,
        moved: Option<Url>,
        deadline: Instant,
    ) -> Result<Page, FetchError> {
        let validators = Validators::of(response.headers());
        let content_type = text(response.headers(), header::CONTENT_TYPE);
        let mut body = Vec::new();
        // The limit is on what comes out of the unpacking, which is what fills the memory.
        let mut reader = response.body_mut().with_config().limit(u64::MAX).reader();
        let mut chunk = vec![0; 64 * 1024];
        loop {
            if Instant::now() >= deadline {
                return Err(FetchError::Slow("the whole answer"));
            }
            let read = reader.read(&mut chunk).map_err(|error| FetchError::of_body(error, body.len()))?;
            if read == 0 {
                return Ok(Page { url, moved, content_type, validators, body });
            }
            body.extend_from_slice(chunk.get(..read).unwrap_or_default());
            if body.len() as u64 > self.limits.body_bytes {
                return Err(FetchError::TooLarge(self.limits.body_bytes));
            }
        }
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Where a redirect leads; without user and password, which would be somebody else's.
fn target(here: &Url, headers: &HeaderMap) -> Result<Url, FetchError> {
    let location = text(headers, header::LOCATION).ok_or(FetchError::NoTarget)?;
    let next = here.join(&location).map_err(|_| FetchError::NoTarget)?;
    Ok(plain(&next))
}

/// An address without user, password and fragment.
fn plain(url: &Url) -> Url {
    let mut url = url.clone();
    // Both refuse only addresses without a host, which have no user either.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    url
}

/// The header of the user and password that an address has (RFC 7617).
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

/// A header that is plain text.
fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

#[cfg(test)]
mod tests;
