//! Resolves relative URLs and keeps only those that the user can open.

use url::Url;

/// Maximum length of a URL, in bytes; browsers accept no more.
const MAX_LENGTH: usize = 4096;

/// Returns `href` as an absolute URL; `None` if it stays on the page (`#top`), if no base resolves it, or if its scheme
/// is neither web nor mail.
#[must_use]
pub(crate) fn absolute(base: Option<&Url>, href: &str) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href.len() > MAX_LENGTH || href.starts_with('#') {
        return None;
    }
    let url = match Url::parse(href) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) => base?.join(href).ok()?,
        Err(_) => return None,
    };
    // Keep the spelling if it differs only in case: a host in capitals is the same host.
    let as_written = url.as_str().eq_ignore_ascii_case(href);
    (matches!(url.scheme(), "http" | "https" | "mailto"))
        .then(|| if as_written { href.to_owned() } else { url.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_need_a_base_and_odd_schemes_are_dead() {
        let base = Url::parse("https://a.example/news/today.html").unwrap();
        assert_eq!(absolute(Some(&base), "../b?x=1").as_deref(), Some("https://a.example/b?x=1"));
        assert_eq!(absolute(None, " http://c.example ").as_deref(), Some("http://c.example/"));
        assert_eq!(absolute(None, "http://News.Example/A").as_deref(), Some("http://News.Example/A"));
        for dead in ["#top", "/b", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://["] {
            assert_eq!(absolute(None, dead), None, "{dead}");
        }
    }
}
