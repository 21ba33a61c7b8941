//! Reads the package file of a book: its metadata, its files in reading order, and the paths of its tables of contents.

use crate::metadata::datetime;
use crate::metadata::source_metadata::{self, SourceMetadata};
use crate::xml::{Dialect, Element, Namespace, Tree};
use dateline_core::text::{clean, folded};
use std::collections::{HashMap, HashSet};

/// Maximum number of files to read from a book.
const FILES: usize = 5_000;
/// Media type of an EPUB 2 table of contents.
const NCX: &str = "application/x-dtbncx+xml";

/// Parsed package file of a book.
#[derive(Default)]
pub(super) struct Package {
    pub metadata: SourceMetadata,
    /// Text files of the book, distinct and in reading order.
    pub files: Vec<BookFile>,
    /// Path of the EPUB 3 table of contents, an XHTML page.
    pub nav: Option<String>,
    /// Path of the EPUB 2 table of contents, an XML document.
    pub ncx: Option<String>,
    pub notes: Vec<String>,
}

/// Text file listed in a book's package file.
pub(super) struct BookFile {
    /// Path of the file inside the archive.
    pub path: String,
    /// Role that the package file declares for this file, such as `toc` or `cover`.
    pub role: Option<String>,
}

/// Parses the package file stored at `path`.
pub(super) fn read(text: &str, path: &str) -> Package {
    let tree = Tree::new(text, Dialect::default());
    let folder = folder(path);
    let named = |name: &'static str| {
        tree.elements().filter(move |element| element.name().eq_ignore_ascii_case(name)).collect::<Vec<_>>()
    };
    let items = named("item");
    let href = |element: &Element<'_, '_>| element.attribute("href").and_then(|href| resolved(folder, &href));
    let has = |item: &Element<'_, '_>, word: &str| {
        item.attribute("properties").is_some_and(|list| list.split_whitespace().any(|property| property == word))
    };
    let mut out = Package { metadata: metadata(&tree), ..Package::default() };
    out.nav = items.iter().find(|item| has(item, "nav")).and_then(href);
    out.ncx = items.iter().find(|item| item.attribute("media-type").as_deref() == Some(NCX)).and_then(href);
    let mut roles: HashMap<String, String> = HashMap::new();
    for reference in named("reference") {
        if let (Some(path), Some(role)) = (href(&reference), reference.attribute("type")) {
            roles.entry(path).or_insert_with(|| role.to_ascii_lowercase());
        }
    }
    roles.extend(out.nav.clone().map(|path| (path, "toc".to_owned())));
    add_files(&mut out, folder, &items, &named("itemref"), &mut roles);
    out
}

/// Adds the files that the reading order lists.
fn add_files(
    out: &mut Package,
    folder: &str,
    items: &[Element<'_, '_>],
    order: &[Element<'_, '_>],
    roles: &mut HashMap<String, String>,
) {
    let hrefs: HashMap<String, String> = items
        .iter()
        .filter_map(|item| Some((item.attribute("id")?.into_owned(), item.attribute("href")?.into_owned())))
        .collect();
    let mut seen = HashSet::new();
    let mut repeated = 0;
    for entry in order {
        let Some(href) = entry.attribute("idref").and_then(|name| hrefs.get(name.as_ref())) else { continue };
        if !seen.insert(href) {
            repeated += 1;
        } else if out.files.len() >= FILES {
            out.notes.push(format!("Only its first {FILES} chapters were read."));
            break;
        } else {
            match resolved(folder, href) {
                Some(path) => out.files.push(BookFile { role: roles.remove(&path), path }),
                None => out
                    .notes
                    .push(format!("The chapter {} is missing: it lies outside the book.", clean(&folded(href)))),
            }
        }
    }
    if repeated > 0 {
        out.notes.push(format!("{repeated} chapters that are named again were left out."));
    }
}

/// Reads the title, authors, date and language of a book.
fn metadata(tree: &Tree<'_>) -> SourceMetadata {
    let dc = |name: &str| {
        let found = tree.elements().filter(|element| element.is_in(Namespace::Dc, name)).map(|element| element.text());
        found.filter(|text| !text.is_empty()).take(20).collect::<Vec<String>>()
    };
    SourceMetadata {
        authors: dc("creator"),
        published: dc("date").first().and_then(|date| datetime::parse(date)),
        publisher: dc("title").into_iter().next(),
        language: dc("language").first().and_then(|tag| source_metadata::language(tag)),
        ..SourceMetadata::default()
    }
}

/// Returns the parent folder of a path, or an empty string for a file at the root of the archive.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Resolves `href` relative to `folder`. Returns `None` if the result is outside the archive.
pub(super) fn resolved(folder: &str, href: &str) -> Option<String> {
    let href = href.split(['#', '?']).next().unwrap_or_default();
    let href = unescaped(href)?;
    if href.contains(['\0', ':', '\\']) || href.starts_with('/') || href.is_empty() {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in href.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Decodes percent-encoded bytes such as `%20`.
pub(super) fn unescaped(href: &str) -> Option<String> {
    let mut out = Vec::with_capacity(href.len());
    let mut bytes = href.bytes();
    while let Some(byte) = bytes.next() {
        let pair = if byte == b'%' { Some([bytes.next()?, bytes.next()?]) } else { None };
        out.push(match pair {
            Some(pair) => u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?,
            None => byte,
        });
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_lies_inside_the_book_or_nowhere() {
        assert_eq!(resolved("OEBPS", "text/c%201.xhtml#top").as_deref(), Some("OEBPS/text/c 1.xhtml"));
        assert_eq!(resolved("OEBPS", "../c.xhtml").as_deref(), Some("c.xhtml"));
        for outside in ["../../etc/passwd", "%2e%2e/%2e%2e/x", "/etc/passwd", "file:///etc/passwd", "c\0x", ""] {
            assert_eq!(resolved("OEBPS", outside), None, "{outside}");
        }
    }
}
