//! Describes the target of a link so that it cannot mislead: the real host comes first.

use dateline_core::text::clean;
use url::Url;

/// Maximum number of characters to show of a URL.
const MAX_SHOWN_CHARACTERS: usize = 160;

/// Adjacent cells in a row of the screen that belong to the same link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// First column of the run, counted from 0.
    pub(crate) x: u16,
    /// Row of the run, counted from 0.
    pub(crate) y: u16,
    /// Width of the run, in columns.
    pub(crate) width: u16,
    /// Target of the link: an http or https URL in printable ASCII.
    pub(crate) address: String,
}

/// Normalises an http or https URL for a terminal or a browser. The host is converted to its ASCII form, and everything
/// else is percent-encoded to printable ASCII: `https://a.example/ü` becomes `https://a.example/%C3%BC`. Returns `None`
/// for any other URL.
#[must_use]
pub(crate) fn address(url: &str) -> Option<String> {
    let url = Url::parse(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    url.host_str()?;
    let address = String::from(url);
    address.bytes().all(|byte| byte.is_ascii_graphic()).then_some(address)
}

/// Describes the target of a link to the user. The real host comes first.
#[must_use]
pub(crate) fn describe(url: &str) -> String {
    let Ok(parsed) = Url::parse(url) else { return format!("no URL: {}", cut(url)) };
    let host = parsed.host_str().unwrap_or_default();
    if !matches!(parsed.scheme(), "http" | "https") {
        return format!("{}: {} (cannot be opened from here)", parsed.scheme(), cut(parsed.path()));
    }
    let secure = if parsed.scheme() == "http" { " (not encrypted)" } else { "" };
    let port = parsed.port().map(|port| format!(":{port}")).unwrap_or_default();
    // Mention a user name, which can look like the host: "https://bank.example@evil.example/" leads to "evil.example".
    let user = if parsed.username().is_empty() && parsed.password().is_none() { "" } else { " (contains a user name)" };
    let query = parsed.query().map(|query| format!("?{query}")).unwrap_or_default();
    format!("{host}{port}{secure}{user} {}", cut(&format!("{}{query}", parsed.path())))
}

fn cut(text: &str) -> String {
    let end = text.char_indices().nth(MAX_SHOWN_CHARACTERS).map_or(text.len(), |(at, _)| at);
    clean(text.get(..end).unwrap_or(text)).to_string()
}

/// Returns whether two URLs refer to the same page. The fragment after `#` and the difference between http and https
/// are ignored.
#[must_use]
pub(crate) fn same(one: &str, other: &str) -> bool {
    let page = |url: &str| {
        let mut url = Url::parse(url).ok()?;
        url.set_fragment(None);
        let _ = url.set_scheme("https");
        Some(url)
    };
    page(one).is_some_and(|one| page(other) == Some(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_real_host_comes_first() {
        assert!(describe("https://vale.example/a?b=1").starts_with("vale.example /a?b=1"));
        assert!(describe("https://bank.example@evil.example/").starts_with("evil.example (contains a user name)"));
        assert!(describe("https://аррӏе.example/").starts_with("xn--"));
        assert!(describe("http://a.example:8080/").starts_with("a.example:8080 (not encrypted)"));
        assert!(describe("mailto:me@a.example").contains("cannot be opened"));
    }

    #[test]
    fn only_plain_web_addresses_pass() {
        assert_eq!(address("https://a.example/ü").as_deref(), Some("https://a.example/%C3%BC"));
        for dead in ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example", "no address", "https://"] {
            assert_eq!(address(dead), None, "{dead}");
        }
        let hostile = address("https://a.example/\x1b]8;;x\x07").unwrap_or_default();
        assert!(hostile.bytes().all(|byte| byte.is_ascii_graphic()));
    }

    #[test]
    fn a_page_is_the_same_with_and_without_its_fragment() {
        assert!(same("https://a.example/x#top", "http://a.example/x"));
        assert!(!same("https://a.example/x", "https://a.example/y"));
        assert!(!same("nonsense", "nonsense"));
    }
}
