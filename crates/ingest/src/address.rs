//! Resolves relative URLs, and rejects those that the user could not open.

use url::Url;

/// Maximum length of a URL, in bytes. Longer ones are ignored.
const MAX_LENGTH: usize = 4096;

/// Returns `href` as an absolute URL. Returns `None` for a link within the page (`#top`), a relative URL without a
/// base, and a scheme other than `http`, `https` or `mailto`.
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
    // Keep the original spelling if it differs only in case, since host names are case-insensitive.
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
