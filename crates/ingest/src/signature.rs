//! Signatures by which input formats are recognised, and functions to match them.

use crate::lexicon::MAIL_HEADERS;

/// Signatures of a format, tried in field order. A format usually has only one.
pub(crate) struct Signatures {
    /// Matches the first bytes of a source, before its encoding is known.
    pub magic: fn(&[u8]) -> bool,
    /// Matches an unambiguous beginning of a text.
    pub opening: fn(&str) -> bool,
    /// Names of XML root elements, without namespace prefix, in lower case.
    pub roots: &'static [&'static str],
    /// Matches the beginning of a text by its syntax.
    pub shape: fn(&str) -> bool,
    /// Cases in which the file extension determines the format.
    pub extension: ByExtension,
    /// Matches a layout that other kinds of text may share, so the extension takes precedence.
    pub layout: fn(&str) -> bool,
}

/// Cases in which the file extension determines the format, since the content is inconclusive.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ByExtension {
    /// The extension never determines the format, since the content always does.
    Never,
    /// The extension determines the format of text that matches no other signature.
    Text,
    /// The extension determines the format of binary data.
    Binary,
}

/// Signatures of a format that cannot be recognised by its content.
pub(super) const NONE: Signatures = Signatures {
    magic: |_| false,
    opening: |_| false,
    roots: &[],
    shape: |_| false,
    extension: ByExtension::Never,
    layout: |_| false,
};

/// Returns whether a source begins like a ZIP archive.
pub(crate) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Returns whether a source begins like a mailbox: `From sender Fri May  3 10:15:00 2024`.
pub(crate) fn is_mbox(head: &[u8]) -> bool {
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    head.starts_with(b"From ") && first.len() < 300 && memchr::memchr_iter(b':', first).count() >= 2
}

/// Returns whether a text begins with a JSON object or with an array of objects, but not with JSON Lines.
pub(crate) fn is_json(start: &str) -> bool {
    let array = start.strip_prefix('[').map(str::trim_start);
    let array = array.is_some_and(|rest| rest.starts_with('{') || rest.starts_with('[') && rest.len() > 100);
    (array || is_object(start)) && !is_json_lines(start)
}

/// Returns whether a text begins with several JSON objects, one per line.
pub(crate) fn is_json_lines(start: &str) -> bool {
    let (first, rest) = start.split_once('\n').unwrap_or((start, ""));
    is_object(start) && first.trim_end().ends_with('}') && rest.trim_start().starts_with('{')
}

fn is_object(start: &str) -> bool {
    start.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

/// Returns whether a text begins with mail headers.
pub(crate) fn is_mail(start: &str) -> bool {
    let mut known = 0;
    for line in start.lines().take(60) {
        if line.trim().is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && known > 0 {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return false;
        }
        known += usize::from(MAIL_HEADERS.contains_any_case(name));
    }
    known >= 2
}

/// Returns whether a text begins with front matter, or has a heading and other unmistakable Markdown syntax.
pub(crate) fn is_markdown(start: &str) -> bool {
    let fenced = |fence: &str| {
        let Some(rest) = start.strip_prefix(fence).and_then(|rest| rest.strip_prefix('\n')) else { return false };
        let first = rest.lines().next().unwrap_or_default();
        first.contains([':', '=']) && rest.lines().take(60).any(|line| line.trim_end() == fence)
    };
    if fenced("---") || fenced("+++") {
        return true;
    }
    // Programs that convert pages to Markdown put the menu, a list of links, before the heading.
    if start.contains("\n# ") && start.matches("](").count() > 1 {
        return true;
    }
    let titled = start.starts_with("# ");
    let marks = ["](http", "\n## ", "\n> ", "\n```", "\n- ", "**"];
    titled && marks.iter().any(|mark| start.contains(mark))
}
