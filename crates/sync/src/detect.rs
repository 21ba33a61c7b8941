//! Finds out which protocol a server speaks, by asking it.

use super::account::{Account, Protocol, Secret};
use super::error::SyncError;
use super::greader::GoogleReader;
use super::miniflux::Miniflux;
use dateline_fetch::Fetcher;
use url::Url;

/// Path below which `FreshRSS` has the Google Reader API.
const FRESHRSS: &str = "/api/greader.php";
/// Paths of the protocols themselves, with which users may end the URL.
const ENDINGS: &[&str] = &["/v1", "/reader/api/0", "/accounts/ClientLogin"];

/// Finds the API of a server and logs in. The credentials are sent to the host of `url` only.
///
/// # Errors
/// Returns an error if the server cannot be reached, speaks no known protocol or rejects the credentials.
pub fn detect(fetcher: &Fetcher, url: &Url, user: &str, secret: &mut Secret) -> Result<Account, SyncError> {
    let base = base(url);
    let account = |protocol, url: &Url| Account { protocol, url: url.clone(), user: user.to_owned() };
    let mut refused = false;
    let mut is_not_here = |error| match error {
        SyncError::Refused => {
            refused = true;
            Ok(())
        }
        SyncError::Status(_) | SyncError::WebPage | SyncError::Malformed | SyncError::Incomplete => Ok(()),
        error => Err(error),
    };
    let miniflux = account(Protocol::Miniflux, &base);
    match Miniflux::new(fetcher, &miniflux, secret)?.check() {
        Ok(()) => return Ok(miniflux),
        Err(error) => is_not_here(error)?,
    }
    // A key without a user name is only known to Miniflux.
    let below = below(&base, FRESHRSS);
    for url in [Some(&base), Some(&below)].into_iter().flatten().filter(|_| !user.is_empty()) {
        let account = account(Protocol::GoogleReader, url);
        secret.token = None;
        match GoogleReader::new(fetcher, &account, secret) {
            Ok(_) => return Ok(account),
            Err(error) => is_not_here(error)?,
        }
    }
    Err(if refused { SyncError::Refused } else { SyncError::Unknown })
}

/// Returns the URL below which the API may be: without query and fragment, and without the path of a protocol.
fn base(url: &Url) -> Url {
    let mut base = url.clone();
    base.set_query(None);
    base.set_fragment(None);
    // Ignore errors: both calls fail only for URLs without a host, to which no connection is possible.
    let _ = base.set_username("");
    let _ = base.set_password(None);
    let path = base.path().trim_end_matches('/');
    let path = ENDINGS.iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path).to_owned();
    base.set_path(&path);
    base
}

fn below(base: &Url, path: &str) -> Url {
    let mut url = base.clone();
    let whole = format!("{}{path}", base.path().trim_end_matches('/'));
    url.set_path(&whole);
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_of_a_protocol_is_no_part_of_the_address() {
        let of = |url: &str| base(&Url::parse(url).unwrap()).to_string();
        assert_eq!(of("https://ada:x@a.example/rss/v1/?q#f"), "https://a.example/rss");
        assert_eq!(of("https://a.example/api/greader.php/reader/api/0"), "https://a.example/api/greader.php");
        assert_eq!(of("https://a.example"), "https://a.example/");
    }
}
