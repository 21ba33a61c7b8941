//! Limits the complexity of a page before it is parsed. HTML parsers are quadratic in the nesting depth and in the
//! number of attributes per tag: 128 kB of nested lists took 6.7 s. Excess tags and attributes are dropped, but all
//! text is kept. Scripts and style sheets are emptied, because they are half of a news page and nobody reads them.

use crate::lexicon::{RAW_ELEMENTS, UNNESTED_ELEMENTS};
use std::borrow::Cow;

/// Maximum nesting depth of elements, as in browsers.
const DEPTH: usize = 512;
/// Maximum number of attributes in a tag.
const ATTRIBUTES: usize = 1000;
/// Part of the media type that declares a script as JSON-LD.
const JSON_LD: &[u8] = b"ld+json";
/// Maximum length of an element name in the word lists, in bytes.
const NAME: usize = 16;

/// Limits the nesting depth and the number of attributes in a page, and empties its scripts and style sheets. Also
/// returns a note if any tags or attributes were dropped.
pub(super) fn within_bounds(html: &str) -> (Cow<'_, str>, Option<String>) {
    let mut limiter = NestingLimiter { html, out: None, copied: 0, depth: 0, dropped: 0, tags: 0, attributes: 0 };
    limiter.run();
    let note = limiter.note();
    match limiter.out {
        Some(mut out) => {
            out.push_str(&html[limiter.copied..]);
            (Cow::Owned(out), note)
        }
        None => (Cow::Borrowed(html), None),
    }
}

/// State of the pass over a page. `out` is `None` until something is dropped.
struct NestingLimiter<'a> {
    html: &'a str,
    out: Option<String>,
    /// Byte offset up to which the source has been copied to `out` or dropped.
    copied: usize,
    depth: usize,
    /// Number of dropped start tags that are still open.
    dropped: usize,
    tags: usize,
    attributes: usize,
}

impl NestingLimiter<'_> {
    fn run(&mut self) {
        let bytes = self.html.as_bytes();
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
            let start = at + found;
            at = start + 1;
            let rest = &self.html[start..];
            if rest.starts_with("<!--") {
                at = memchr::memmem::find(rest.as_bytes(), b"-->").map_or(bytes.len(), |end| start + end + 3);
                continue;
            }
            let closing = rest.starts_with("</");
            let name = tag_name(&rest[if closing { 2 } else { 1 }..]);
            if name.is_empty() {
                continue;
            }
            let (end, cut) = tag_end(rest);
            let end = start + end;
            at = end;
            let mut buffer = [0; NAME];
            let lower = lower_case(name, &mut buffer);
            let raw = RAW_ELEMENTS.contains(lower);
            let nests = !raw && !UNNESTED_ELEMENTS.contains(lower);
            if closing {
                self.close(nests, start, end);
                continue;
            }
            self.open(nests, start, end, cut.map(|cut| start + cut));
            if raw {
                at = end_of_raw(self.html, end, lower);
                let tag = &self.html[start..end];
                if is_unread(lower, tag) && !self.html[end..at].contains("<!--") {
                    self.drop_bytes(end, at);
                }
            }
        }
    }

    /// Counts a start tag. Drops it if it is nested too deeply, or drops its attributes from offset `cut` on.
    fn open(&mut self, nests: bool, start: usize, end: usize, cut: Option<usize>) {
        let nests = nests && !self.html[..end].ends_with("/>");
        if nests && self.depth >= DEPTH {
            self.dropped += 1;
            self.tags += 1;
            self.drop_bytes(start, end);
            return;
        }
        self.depth += usize::from(nests);
        if let Some(cut) = cut {
            self.attributes += 1;
            let kept = usize::from(self.html[..end].ends_with('>'));
            self.drop_bytes(cut, (end - kept).max(cut));
        }
    }

    /// Counts an end tag. Drops it if its start tag was dropped.
    fn close(&mut self, nests: bool, start: usize, end: usize) {
        if !nests {
            return;
        }
        if self.dropped > 0 {
            self.dropped -= 1;
            self.drop_bytes(start, end);
        } else {
            self.depth = self.depth.saturating_sub(1);
        }
    }

    /// Drops the bytes `start..end` from the result.
    fn drop_bytes(&mut self, start: usize, end: usize) {
        let out = self.out.get_or_insert_with(|| String::with_capacity(self.html.len()));
        out.push_str(&self.html[self.copied..start]);
        self.copied = end;
    }

    /// Returns the article note on the dropped parts, if any.
    fn note(&self) -> Option<String> {
        let mut parts = Vec::new();
        if self.tags > 0 {
            parts.push(format!("{} tags nested deeper than {DEPTH}", self.tags));
        }
        if self.attributes > 0 {
            parts.push(format!("attributes past the first {ATTRIBUTES} of {} tags", self.attributes));
        }
        (!parts.is_empty()).then(|| format!("left out of the page's structure: {}", parts.join(" and ")))
    }
}

/// Returns the name at the beginning of a tag, which consists of ASCII letters and digits.
fn tag_name(rest: &str) -> &str {
    let end = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
    if rest.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) { &rest[..end] } else { "" }
}

/// Returns an element name in lower case, written to `buffer`. Returns an empty string for a name that is too long to be
/// in a word list.
fn lower_case<'a>(name: &str, buffer: &'a mut [u8; NAME]) -> &'a str {
    let Some(lower) = buffer.get_mut(..name.len()) else { return "" };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).unwrap_or_default()
}

/// Returns whether the content of a raw-text element is never read: a style sheet, or a script other than JSON-LD.
fn is_unread(name: &str, tag: &str) -> bool {
    let declares = || tag.as_bytes().windows(JSON_LD.len()).any(|part| part.eq_ignore_ascii_case(JSON_LD));
    name == "style" || name == "script" && !declares()
}

/// Returns the offset after the `>` that ends the tag at the beginning of `tag`. Also returns the offset of the first
/// attribute beyond [`ATTRIBUTES`], if there is one.
fn tag_end(tag: &str) -> (usize, Option<usize>) {
    let length = tag_length(tag.as_bytes());
    // Attributes need not be counted in a tag too short for that many, each with a space before it.
    if length <= ATTRIBUTES * 2 { (length, None) } else { counted_tag_end(tag) }
}

/// Returns the length of the tag at the beginning of `tag`, up to and including its `>`. Skips quoted values, and
/// returns the length of the whole text if the tag or one of its values does not end.
fn tag_length(tag: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'>', b'"', b'\'', tag.get(at..).unwrap_or_default()) {
        at += found + 1;
        match tag.get(at - 1) {
            Some(quote @ (b'"' | b'\'')) => match memchr::memchr(*quote, tag.get(at..).unwrap_or_default()) {
                Some(length) => at += length + 1,
                None => break,
            },
            _ => return at,
        }
    }
    tag.len()
}

/// Returns the same as [`tag_end`], counting the attributes of a long tag.
fn counted_tag_end(tag: &str) -> (usize, Option<usize>) {
    let bytes = tag.as_bytes();
    let mut attributes = 0;
    let mut cut = None;
    let mut blank = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return (at + 1, cut),
            b'"' | b'\'' => match memchr::memchr(byte, &bytes[at + 1..]) {
                Some(length) => at += length + 1,
                None => break,
            },
            _ if byte.is_ascii_whitespace() => blank = true,
            _ if blank => {
                blank = false;
                attributes += 1;
                if attributes > ATTRIBUTES && cut.is_none() {
                    cut = Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    (tag.len(), cut)
}

/// Returns the byte offset of the end tag of a raw-text element.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let bytes = html.as_bytes();
    let mut at = from;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        at = start + 1;
        let Some(tail) = bytes[at..].strip_prefix(b"/") else { continue };
        if tail.len() >= name.len() && tail[..name.len()].eq_ignore_ascii_case(name.as_bytes()) {
            return start;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ordinary_page_is_not_copied() {
        let page = "<html><body><div class='a'><p>One<p>Two</div><textarea>a < b '<div>'</textarea></body></html>";
        assert!(matches!(within_bounds(page).0, Cow::Borrowed(_)));
    }

    #[test]
    fn deep_nesting_keeps_its_text() {
        let page = format!("{}core{}after", "<div>".repeat(5000), "</div>".repeat(5000));
        let (kept, note) = within_bounds(&page);
        assert_eq!(kept.matches("<div>").count(), DEPTH);
        assert!(kept.contains("core") && kept.ends_with("after"));
        assert!(note.unwrap().contains("4488 tags"));
    }

    #[test]
    fn scripts_and_style_sheets_are_emptied() {
        let emptied = |page| within_bounds(page).0.into_owned();
        assert_eq!(emptied("<p>a<SCRIPT src=x>if (a < b) f('</p>')</SCRIPT>b"), "<p>a<SCRIPT src=x></SCRIPT>b");
        assert_eq!(emptied("<style>p > a { }</style><p>a"), "<style></style><p>a");
        for kept in [
            "<script type='application/LD+JSON'>{\"@type\": \"Article\"}</script>",
            // A script in a comment may contain the end tag of another one.
            "<script><!-- <script>a</script> --></script><p>a",
            "<title>a</title><textarea>b</textarea>",
        ] {
            assert_eq!(emptied(kept), kept);
        }
    }

    #[test]
    fn many_attributes_are_cut() {
        let page = format!("<p{}>text</p>", " a=1".repeat(5000));
        let (kept, note) = within_bounds(&page);
        assert!(kept.len() < 4100 && kept.ends_with(">text</p>"), "{}", kept.len());
        assert!(note.is_some());
    }

    #[test]
    fn marks_in_odd_places_break_nothing() {
        for page in ["<", "</", "<a", "<a href='", "a < b", "<é>", "<!--", "<script>", "<p/é>"] {
            let _ = within_bounds(page);
        }
    }
}
