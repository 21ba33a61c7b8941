//! The signs that a source is of a format: what a row of the table of formats may declare, and how single signs are
//! recognized.

use crate::lexicon::MAIL_HEADERS;

/// The signs that a source is of a format. They are tried in the order of the fields; a format needs one at most.
pub(super) struct Signs {
    /// Recognizes the first bytes, whatever the charset.
    pub magic: fn(&[u8]) -> bool,
    /// Recognizes the first characters of a text that cannot be anything else.
    pub opening: fn(&str) -> bool,
    /// Outermost elements, without prefix, in lower case.
    pub roots: &'static [&'static str],
    /// Recognizes the beginning of a text by its shape.
    pub shape: fn(&str) -> bool,
    /// When the file extension decides.
    pub extension: ByExtension,
    /// Recognizes a layout that other texts share; the extension outweighs it.
    pub layout: fn(&str) -> bool,
}

/// When the file extension decides, since content cannot.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ByExtension {
    /// Never: the content always shows the format.
    Never,
    /// For a text without any other sign.
    Text,
    /// For bytes that are not text.
    Binary,
}

/// No sign at all.
pub(super) const NONE: Signs = Signs {
    magic: |_| false,
    opening: |_| false,
    roots: &[],
    shape: |_| false,
    extension: ByExtension::Never,
    layout: |_| false,
};

/// Whether a ZIP archive begins.
pub(crate) fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Whether a mail folder begins: `From sender Fri May  3 10:15:00 2024`.
pub(crate) fn is_mbox(head: &[u8]) -> bool {
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    head.starts_with(b"From ") && first.len() < 300 && memchr::memchr_iter(b':', first).count() >= 2
}

/// Whether a text opens with a JSON object that has a key, or with an array of such.
pub(crate) fn is_json(start: &str) -> bool {
    let array = start.strip_prefix('[').map(str::trim_start);
    let array = array.is_some_and(|rest| rest.starts_with('{') || rest.starts_with('[') && rest.len() > 100);
    (array || is_object(start)) && !is_json_lines(start)
}

/// Whether a text opens with several JSON objects, one a line.
pub(crate) fn is_json_lines(start: &str) -> bool {
    let (first, rest) = start.split_once('\n').unwrap_or((start, ""));
    is_object(start) && first.trim_end().ends_with('}') && rest.trim_start().starts_with('{')
}

fn is_object(start: &str) -> bool {
    start.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

/// Whether a text opens with a mail's head.
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

/// Whether a text opens with front matter, or is plainly laid out as Markdown.
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
