//! Reads e-books (EPUB). Each chapter becomes an article, in reading order. A chapter may be a file, a section of a
//! file that the table of contents lists separately, or several files if the later ones continue the first. Archives
//! are unpacked in memory within size limits, and paths that lead outside the archive are rejected.

mod contents;
mod package;
mod role;
mod xhtml;

use super::{Error, html, xml};
use crate::decode::charset;
use crate::decode::zip::Archive;
use crate::metadata::source_metadata::SourceMetadata;
use contents::Entry;
use dateline_core::article::{Article, BlockKind, Boilerplate, Builder, LeftOut};
use dateline_core::text::{clean, folded};
use package::{BookFile, Package};
use xml::{Dialect, Tree};

/// Maximum size of a chapter, and of all chapters together, in bytes.
const CHAPTER: usize = 16 << 20;
const BOOK: usize = 64 << 20;
/// Maximum size of each file that describes the book (container, package, encryption, table of contents), in bytes.
const PACKAGE: usize = 8 << 20;
/// Encryption algorithms used only to obfuscate fonts; a book that uses them is readable.
const FONTS: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// A chapter whose files are still being collected.
#[derive(Default)]
struct Draft {
    /// Title of the chapter in the table of contents.
    label: Option<String>,
    /// XHTML markup of the chapter, one string per file.
    markup: Vec<String>,
    notes: Vec<String>,
}

/// Text of a book, divided into chapters and other parts.
#[derive(Default)]
struct Book {
    chapters: Vec<Draft>,
    /// Parts that are not chapters, such as the cover or the notes, each with the name of its role.
    other: Vec<(&'static str, Draft)>,
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
    let outside = || Error::Refused("its container points outside the book".to_owned());
    let path = package::resolved("", &path).ok_or_else(outside)?;
    let package = package::read(&described(&archive, &path)?, &path);
    let entries = contents::entries(&archive, &package);
    let mut book = book(&archive, &package, &entries);
    let mut left_out = Vec::new();
    // If every part seems to be something other than a chapter, the parts are wrongly marked, so read the whole book.
    if book.chapters.is_empty() {
        book.chapters.extend(book.other.drain(..).map(|(_, draft)| draft));
    }
    let mut articles = Vec::new();
    for draft in book.chapters {
        articles.extend(chapter(&format!("{id}#{}", articles.len() + 1), draft, &package.metadata));
    }
    let mut roles: Vec<&str> = Vec::new();
    for (role, draft) in book.other {
        roles.extend(if roles.contains(&role) { None } else { Some(role) });
        left_out.extend(lines(&draft));
    }
    let Some(first) = articles.first_mut() else {
        let reason = book.notes.into_iter().next();
        let reason =
            reason.map_or("it is a book without text".to_owned(), |note| note.trim_end_matches('.').to_owned());
        return Err(Error::Refused(reason));
    };
    first.notes.extend(book.notes);
    first.notes.extend((!roles.is_empty()).then(|| format!("Left out of the book: {}.", roles.join(", "))));
    first.left_out.extend(left_out);
    Ok(articles)
}

/// Reads the text files of a book and divides them into chapters and other parts.
fn book(archive: &Archive<'_>, package: &Package, entries: &[Entry]) -> Book {
    let mut book = Book { notes: package.notes.clone(), ..Book::default() };
    let mut left = BOOK;
    for file in &package.files {
        match archive.read(&file.path, CHAPTER.min(left)) {
            Ok(member) => {
                left -= member.bytes.len();
                let Ok((text, mut notes)) = charset::decode_and_mend(&member.bytes) else { continue };
                if member.damaged {
                    notes.push("Its check sum is wrong: the book is damaged here.".to_owned());
                }
                add_file(&mut book, file, &xhtml::expanded(&text), notes, package, entries);
            }
            Err(reason) => book.notes.push(format!("The chapter {} was left out: {reason}.", named(&file.path))),
        }
    }
    book
}

/// Adds the text of a file to a book: as chapters, as a continuation of the last chapter, or as another part.
fn add_file(book: &mut Book, file: &BookFile, text: &str, notes: Vec<String>, package: &Package, entries: &[Entry]) {
    if let Some(role) = role::of(file.role.as_deref(), text, &package.metadata) {
        book.other.push((role, Draft { markup: vec![text.to_owned()], notes, label: None }));
        return;
    }
    let listed = contents::of_file(entries, &file.path);
    let first = book.chapters.len();
    for (label, markup) in xhtml::divided(text, &listed) {
        let blocks = html::fragment_blocks(markup);
        let continues = !entries.is_empty() && label.is_none() && !blocks.contains(&BlockKind::Heading);
        match book.chapters.last_mut().filter(|_| continues) {
            _ if blocks.is_empty() => {}
            Some(last) => last.markup.push(markup.to_owned()),
            None => book.chapters.push(Draft { label, markup: vec![markup.to_owned()], notes: Vec::new() }),
        }
    }
    let at = first.min(book.chapters.len().saturating_sub(1));
    if let Some(draft) = book.chapters.get_mut(at) {
        draft.notes.extend(notes);
    }
}

/// Returns a path inside the archive on one line, cleaned for display in a message.
fn named(path: &str) -> String {
    clean(&folded(path)).to_string()
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

/// Returns the blocks of a part that is not a chapter.
fn lines(draft: &Draft) -> Vec<LeftOut> {
    let mut builder = Builder::new("");
    for markup in &draft.markup {
        html::fragment_without(markup, None, &mut builder);
    }
    let part = builder.build();
    let text = |span: dateline_core::text::Span| span.of(&part.text).to_owned();
    part.blocks.iter().map(|block| LeftOut { text: text(block.span), why: Boilerplate::Furniture }).collect()
}

/// Converts a chapter to an article. Returns `None` if the chapter contains only headings, like the title page of a
/// part.
fn chapter(id: &str, draft: Draft, book: &SourceMetadata) -> Option<Article> {
    let mut inside = Builder::new(id);
    for markup in &draft.markup {
        html::fragment_without(markup, None, &mut inside);
    }
    let inside = inside.build();
    let heading = inside.blocks.iter().find(|block| block.kind == BlockKind::Heading);
    let heading = heading.map(|block| block.span.of(&inside.text));
    if !inside.blocks.iter().any(|block| block.kind != BlockKind::Heading) {
        return None;
    }
    let title =
        contents::title(draft.label, heading).or_else(|| draft.markup.first().and_then(|text| html::title(text)));
    let heading = heading.filter(|heading| title.as_ref().is_some_and(|title| title.contains(*heading)));
    let mut builder = Builder::new(id);
    SourceMetadata { title, ..book.clone() }.open(&mut builder);
    for (at, markup) in draft.markup.iter().enumerate() {
        html::fragment_without(markup, heading.filter(|_| at == 0), &mut builder);
    }
    builder.article().notes.extend(draft.notes);
    Some(builder.build())
}
