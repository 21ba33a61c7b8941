//! Reads e-books (EPUB). Each chapter becomes an article, in spine order. Archives are unpacked in memory, within size
//! limits, and paths that lead outside the archive are rejected.

use super::{Error, html, xml};
use crate::decode::charset;
use crate::decode::zip::Archive;
use crate::metadata::datetime;
use crate::metadata::source_metadata::{self, SourceMetadata};
use dateline_core::article::{Article, BlockKind, Builder};
use dateline_core::text::{clean, folded};
use std::collections::{HashMap, HashSet};
use xml::{Dialect, Element, Namespace, Tree};

/// Maximum size of a chapter, and of all chapters together, in bytes.
const CHAPTER: usize = 16 << 20;
const BOOK: usize = 64 << 20;
/// Maximum size of each file that describes the book (container, package, encryption), in bytes.
const PACKAGE: usize = 8 << 20;
/// Maximum number of chapters in a book.
const CHAPTERS: usize = 5_000;
/// Encryption algorithms used only to obfuscate fonts; a book that uses them is readable.
const FONTS: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// Parsed package file: the metadata and the reading order of a book.
struct Package {
    metadata: SourceMetadata,
    /// Paths of the chapters inside the archive, distinct and in reading order.
    chapters: Vec<String>,
    notes: Vec<String>,
}

/// Returns the chapters of a book as articles. `id` identifies the book.
///
/// # Errors
/// Returns an error if the bytes are not an e-book, the book is encrypted, or no chapter is readable.
pub(crate) fn articles(id: &str, bytes: &[u8]) -> Result<Vec<Article>, Error> {
    let archive = Archive::new(bytes).map_err(Error::Refused)?;
    let container = described(&archive, "META-INF/container.xml")?;
    refuse_encrypted(&archive)?;
    let tree = Tree::new(&container, Dialect::default());
    let path = tree.root().inner("rootfile").and_then(|root| root.attribute("full-path")).unwrap_or_default();
    let path = resolved("", &path).ok_or_else(|| Error::Refused("its container points outside the book".to_owned()))?;
    let package = package(&described(&archive, &path)?, &path);
    let mut notes = package.notes;
    let mut articles = Vec::new();
    let mut left = BOOK;
    for path in &package.chapters {
        match archive.read(path, CHAPTER.min(left)) {
            Ok(member) => {
                left -= member.bytes.len();
                let number = articles.len() + 1;
                let Ok((text, said)) = charset::decode(&member.bytes) else { continue };
                let Some(mut article) = chapter(&format!("{id}#{number}"), &text, &package.metadata) else { continue };
                article.notes.extend(said);
                if member.damaged {
                    article.notes.push("Its check sum is wrong: the book is damaged here.".to_owned());
                }
                articles.push(article);
            }
            Err(reason) => notes.push(format!("The chapter {} was left out: {reason}.", named(path))),
        }
    }
    let Some(first) = articles.first_mut() else {
        let reason = notes
            .into_iter()
            .next()
            .map_or_else(|| "it is a book without text".to_owned(), |note| note.trim_end_matches('.').to_owned());
        return Err(Error::Refused(reason));
    };
    first.notes.extend(notes);
    Ok(articles)
}

/// Returns a path inside the archive on one line, cleaned for display in a message.
fn named(path: &str) -> String {
    clean(&folded(path)).into_string()
}

/// Reads a file that describes the book. Entities that would be dangerous to resolve are rejected.
fn described(archive: &Archive<'_>, path: &str) -> Result<String, Error> {
    let member = archive
        .read(path, PACKAGE)
        .map_err(|reason| Error::Refused(format!("it is not a book: {}: {reason}", named(path))))?;
    let (text, _) = charset::decode(&member.bytes)?;
    match xml::dangerous_entity(&text) {
        Some(kind) => Err(Error::Refused(format!("its {} declares {kind}, and such are never resolved", named(path)))),
        None => Ok(text),
    }
}

/// Returns an error if chapters are encrypted, since they could not be read without the key.
fn refuse_encrypted(archive: &Archive<'_>) -> Result<(), Error> {
    if !archive.holds("META-INF/encryption.xml") {
        return Ok(());
    }
    let text = described(archive, "META-INF/encryption.xml")?;
    let tree = Tree::new(&text, Dialect::default());
    let mut hidden = tree.elements().filter(|element| element.name() == "EncryptedData");
    let hidden = hidden.any(|data| {
        let method = data.inner("EncryptionMethod").and_then(|method| method.attribute("Algorithm"));
        method.is_none_or(|name| !FONTS.contains(&name.as_ref()))
    });
    if hidden { Err(Error::Refused("it is encrypted (DRM)".to_owned())) } else { Ok(()) }
}

/// Parses the package file stored at `path`.
fn package(text: &str, path: &str) -> Package {
    let tree = Tree::new(text, Dialect::default());
    let dc = |name: &str| {
        let found = tree.elements().filter(|element| element.is_in(Namespace::Dc, name)).map(|element| element.text());
        found.filter(|text| !text.is_empty()).take(20).collect::<Vec<String>>()
    };
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let items: Vec<Element<'_, '_>> =
        tree.elements().filter(|element| element.name().eq_ignore_ascii_case("item")).collect();
    let hrefs: HashMap<String, String> = items
        .iter()
        .filter_map(|item| Some((item.attribute("id")?.into_owned(), item.attribute("href")?.into_owned())))
        .collect();
    let (mut chapters, mut notes, mut seen) = (Vec::new(), Vec::new(), HashSet::new());
    let mut repeated = 0;
    for entry in tree.elements().filter(|element| element.name().eq_ignore_ascii_case("itemref")) {
        let Some(href) = entry.attribute("idref").and_then(|name| hrefs.get(name.as_ref())) else { continue };
        if !seen.insert(href) {
            repeated += 1;
        } else if chapters.len() >= CHAPTERS {
            notes.push(format!("Only its first {CHAPTERS} chapters were read."));
            break;
        } else {
            match resolved(folder, href) {
                Some(path) => chapters.push(path),
                None => notes.push(format!("The chapter {} is missing: it lies outside the book.", named(href))),
            }
        }
    }
    if repeated > 0 {
        notes.push(format!("{repeated} chapters that are named again were left out."));
    }
    let metadata = SourceMetadata {
        authors: dc("creator"),
        published: dc("date").first().and_then(|date| datetime::parse(date)),
        publisher: dc("title").into_iter().next(),
        language: dc("language").first().and_then(|tag| source_metadata::language(tag)),
        ..SourceMetadata::default()
    };
    Package { metadata, chapters, notes }
}

/// Resolves `href` against `folder`. Returns `None` if the path leads outside the archive.
fn resolved(folder: &str, href: &str) -> Option<String> {
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
fn unescaped(href: &str) -> Option<String> {
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

/// Converts one chapter to an article. Returns `None` if it has no text, like a cover or title page.
fn chapter(id: &str, text: &str, book: &SourceMetadata) -> Option<Article> {
    let mut inside = Builder::new(id);
    html::fragment(text, None, &mut inside);
    let inside = inside.build();
    let heading =
        inside.blocks.iter().find(|block| block.kind == BlockKind::Heading).map(|block| block.span.of(&inside.text));
    if !inside.blocks.iter().any(|block| block.kind != BlockKind::Heading) {
        return None;
    }
    let title = heading.map(str::to_owned).or_else(|| html::title(text));
    let mut builder = Builder::new(id);
    SourceMetadata { title, ..book.clone() }.open(&mut builder);
    html::fragment_without(text, heading, &mut builder);
    Some(builder.build())
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
