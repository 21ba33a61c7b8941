//! Addresses: relative ones resolved, and only those kept that a reader can be sent to.

use url::Url;

/// The longest address kept, in bytes; browsers take no more.
const LONGEST: usize = 4096;

/// `href` as an absolute address; none for one that leads nowhere outside (`#top`), that no base
/// resolves, or whose scheme is neither of the web nor of mail.
#[must_use]
pub fn absolute(base: Option<&Url>, href: &str) -> Option<String> {
    let href = href.trim();
    if href.is_empty() || href.len() > LONGEST || href.starts_with('#') {
        return None;
    }
    let url = match Url::parse(href) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) => base?.join(href).ok()?,
        Err(_) => return None,
    };
    (matches!(url.scheme(), "http" | "https" | "mailto")).then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_addresses_need_a_base_and_odd_schemes_are_dead() {
        let base = Url::parse("https://a.example/news/today.html").unwrap();
        assert_eq!(absolute(Some(&base), "../b?x=1").as_deref(), Some("https://a.example/b?x=1"));
        assert_eq!(absolute(None, " http://c.example ").as_deref(), Some("http://c.example/"));
        for dead in ["#top", "/b", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://["] {
            assert_eq!(absolute(None, dead), None, "{dead}");
        }
    }
}
