//! Detects the format of an input, by content first and by file extension only if the content is inconclusive.

use super::format::Format;
use super::signature::{ByExtension, Signatures};

/// Number of bytes to examine, from the start of a source.
pub(crate) const HEAD: usize = 64 << 10;
/// Maximum offset of the root element, in bytes. Server warnings may precede it.
const MAX_ROOT_OFFSET: usize = 16 << 10;

/// Magic numbers of binary formats that cannot be read, with a description for the error message.
const BINARY: [(&[u8], &str); 8] = [
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
];

/// Returns the format identified by the first bytes, before the encoding is known.
#[must_use]
pub(crate) fn by_bytes(head: &[u8]) -> Option<Format> {
    Format::ALL.iter().copied().find(|format| (format.row().signatures.magic)(head))
}

/// Returns the format of binary data, judging by the file extension. An e-book, for instance, may have other bytes
/// before its archive.
#[must_use]
pub(crate) fn by_name_of_binary(name: &str) -> Option<Format> {
    Format::of_name(name).filter(|format| format.row().signatures.extension == ByExtension::Binary)
}

/// Returns a description of the binary file type, if known.
#[must_use]
pub(crate) fn binary(head: &[u8]) -> Option<&'static str> {
    BINARY.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, name)| *name)
}

/// Returns the format of a text. Text that matches no other format is a dump.
#[must_use]
pub(crate) fn by_text(name: &str, text: &str) -> Format {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let by = |sign: fn(&Signatures) -> fn(&str) -> bool| {
        Format::ALL.iter().copied().find(|format| sign(&format.row().signatures)(start))
    };
    let named = Format::of_name(name).filter(|format| format.row().signatures.extension == ByExtension::Text);
    match by(|signatures| signatures.opening) {
        // One record does not show whether it is the only one in the file.
        Some(Format::Json) if named == Some(Format::JsonLines) => Format::JsonLines,
        Some(format) => format,
        None => root(start)
            .or_else(|| by(|signatures| signatures.shape))
            .or(named)
            .or_else(|| by(|signatures| signatures.layout))
            .unwrap_or(Format::Dump),
    }
}

/// Returns the format of the first tag that is the root element of a known format.
fn root(start: &str) -> Option<Format> {
    // A document type declaration before the root element may be long.
    let reach = if start.starts_with("<?xml") || start.starts_with("<!DOCTYPE") { HEAD } else { MAX_ROOT_OFFSET };
    let mut end = start.len().min(reach);
    while !start.is_char_boundary(end) {
        end -= 1;
    }
    let head = &start[..end];
    let xml = head.contains("<?xml") || head.contains("</") || head.starts_with('<');
    if !xml {
        return None;
    }
    let mut rest = head;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with("!--") {
            rest = rest.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        if rest.get(..13).is_some_and(|head| head.eq_ignore_ascii_case("!doctype html")) {
            return Some(Format::Html);
        }
        let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != ':').unwrap_or(rest.len())];
        let local = name.rsplit_once(':').map_or(name, |(_, local)| local);
        let is_root = |root: &&str| local.eq_ignore_ascii_case(root);
        let known = Format::ALL.iter().copied().find(|format| format.row().signatures.roots.iter().any(is_root));
        if known.is_some() {
            return known;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_content() {
        for (text, format) in [
            ("<?xml version='1.0'?>\n<rss><channel/></rss>", Format::Feed),
            ("<br />\n<b>Warning</b>: include() in /x.php\n<?xml version='1.0'?><feed xmlns='…'>", Format::Feed),
            ("<RDF:RDF>", Format::Feed),
            ("<!DOCTYPE html><html><body>", Format::Html),
            ("<opml version='2.0'>", Format::Opml),
            ("<nitf>", Format::News),
            ("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", Format::JsonLines),
            ("{\n \"text\": \"a\"}", Format::Json),
            ("[{\"text\": \"a\"}]", Format::Json),
            ("---\ntitle: A\n---\nB", Format::Markdown),
            ("From: a@b.example\nSubject: Hello\n\nHello.", Format::Mail),
            ("[Photo] The bridge was shut.\nIt stays shut.", Format::Dump),
            ("Home\nNews\nBridge shut\nBy Ana Ruiz", Format::Dump),
        ] {
            assert_eq!(by_text("x", text), format, "{text}");
        }
    }

    #[test]
    fn a_name_decides_only_where_content_does_not() {
        assert_eq!(by_text("notes.md", "The bridge was shut."), Format::Markdown);
        assert_eq!(by_text("page.md", "<html><body>The bridge was shut."), Format::Html);
        assert_eq!(by_bytes(b"PK\x03\x04"), Some(Format::Epub));
        assert_eq!(by_bytes(b"From a@b.example Fri May  3 10:15:00 2024\nSubject: x\n"), Some(Format::Mbox));
    }
}
