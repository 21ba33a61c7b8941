//! Signs that identify a format: those that a row of the format table may declare, and the recognition of single signs.

use crate::lexicon::MAIL_HEADERS;

/// Signs that identify a format. They are tried in the order of the fields; a format needs at most one.
pub(crate) struct Signatures {
    /// Recognizes the first bytes, in any charset.
    pub magic: fn(&[u8]) -> bool,
    /// Recognizes an unmistakable beginning of a text.
    pub opening: fn(&str) -> bool,
    /// Root elements, without prefix, in lower case.
    pub roots: &'static [&'static str],
    /// Recognizes the beginning of a text by its shape.
    pub shape: fn(&str) -> bool,
    /// Condition under which the file extension decides.
    pub extension: ByExtension,
    /// Recognizes a layout that other texts share; the extension outweighs it.
    pub layout: fn(&str) -> bool,
}

/// Condition under which the file extension decides, because content cannot.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ByExtension {
    /// Never: the content always shows the format.
    Never,
    /// For a text without any other sign.
    Text,
    /// For bytes that are not text.
    Binary,
}

/// Signs of a format without any sign.
pub(super) const NONE: Signatures = Signatures {
    magic: |_| false,
    opening: |_| false,
    roots: &[],
    shape: |_| false,
    extension: ByExtension::Never,
    layout: |_| false,
};

/// Returns whether bytes begin a ZIP archive.
pub(crate) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Returns whether bytes begin a mail folder: `From sender Fri May  3 10:15:00 2024`.
pub(crate) fn is_mbox(head: &[u8]) -> bool {
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    head.starts_with(b"From ") && first.len() < 300 && memchr::memchr_iter(b':', first).count() >= 2
}

/// Returns whether a text opens with a JSON object that has a key, or with an array of such objects.
pub(crate) fn is_json(start: &str) -> bool {
    let array = start.strip_prefix('[').map(str::trim_start);
    let array = array.is_some_and(|rest| rest.starts_with('{') || rest.starts_with('[') && rest.len() > 100);
    (array || is_object(start)) && !is_json_lines(start)
}

/// Returns whether a text opens with several JSON objects, one per line.
pub(crate) fn is_json_lines(start: &str) -> bool {
    let (first, rest) = start.split_once('\n').unwrap_or((start, ""));
    is_object(start) && first.trim_end().ends_with('}') && rest.trim_start().starts_with('{')
}

fn is_object(start: &str) -> bool {
    start.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

/// Returns whether a text opens with a mail's head.
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

/// Returns whether a text opens with front matter, or is clearly laid out as Markdown.
pub(crate) fn is_markdown(start: &str) -> bool {
    let fenced = |fence: &str| {
        let Some(rest) = start.strip_prefix(fence).and_then(|rest| rest.strip_prefix('\n')) else { return false };
        let first = rest.lines().next().unwrap_or_default();
        first.contains([':', '=']) && rest.lines().take(60).any(|line| line.trim_end() == fence)
    };
    if fenced("---") || fenced("+++") {
        return true;
    }
    let titled = start.starts_with("# ");
    let marks = ["](http", "\n## ", "\n> ", "\n```", "\n- ", "**"];
    titled && marks.iter().any(|mark| start.contains(mark))
}
