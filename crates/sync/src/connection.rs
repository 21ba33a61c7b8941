//! Requests to a feed server, and the judgement of its responses before any of them is used.

use super::error::SyncError;
use dateline_fetch::{ApiCall, ApiClient, ApiResponse, FetchError, Fetcher};
use serde::de::{DeserializeOwned, IgnoredAny};
use url::Url;

/// A connection to a feed server.
#[derive(Debug)]
pub(crate) struct Connection {
    client: ApiClient,
    credentials: Option<Credentials>,
}

/// Header field with the credentials.
struct Credentials {
    name: &'static str,
    value: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Connection {
    /// Creates a connection to the API at `base`. Nothing is sent yet.
    pub(crate) fn new(fetcher: &Fetcher, base: &Url) -> Result<Self, SyncError> {
        Ok(Self { client: ApiClient::new(fetcher, base)?, credentials: None })
    }

    /// Sets the header field that is sent with every request from now on.
    pub(crate) fn authorize(&mut self, name: &'static str, value: String) {
        self.credentials = Some(Credentials { name, value });
    }

    /// Sends a request and returns the response if its status is a success and it is not a web page.
    pub(crate) fn send(&self, path: &str, call: ApiCall<'_>) -> Result<ApiResponse, SyncError> {
        let credentials = self.credentials.as_ref().map(|own| (own.name, own.value.as_str()));
        let response = self.client.send(path, credentials, call).map_err(|error| match error {
            FetchError::Redirect(target) => SyncError::Redirect(target),
            FetchError::Incomplete { .. } => SyncError::Incomplete,
            error => SyncError::Fetch(error),
        })?;
        let is_page = response.content_type.as_deref().is_some_and(|kind| kind.starts_with("text/html"))
            || response.body.trim_ascii_start().starts_with(b"<");
        match response.status {
            401 | 403 => Err(SyncError::Refused),
            200..=299 if is_page => Err(SyncError::WebPage),
            200..=299 => Ok(response),
            status => Err(SyncError::Status(status)),
        }
    }

    /// Requests a JSON document. Returns it with the server's clock, in Unix seconds.
    pub(crate) fn get<T: DeserializeOwned>(&self, path: &str) -> Result<(T, Option<i64>), SyncError> {
        let response = self.send(path, ApiCall::Get)?;
        Ok((parse(&response.body)?, response.date))
    }
}

/// Parses a JSON document.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, SyncError> {
    // The message of the parser may quote the document, so it is not passed on.
    serde_json::from_slice(body).map_err(|_| match serde_json::from_slice::<IgnoredAny>(body) {
        Err(error) if error.is_eof() => SyncError::Incomplete,
        _ => SyncError::Malformed,
    })
}

/// Formats pairs of names and values as a form or a query.
pub(crate) fn form<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}
