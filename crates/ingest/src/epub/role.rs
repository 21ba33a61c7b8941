//! Recognises the parts of a book that are not chapters: cover, title page, copyright page, table of contents and
//! notes.

use crate::html;
use crate::lexicon::IMPRINT_PHRASES;
use crate::metadata::source_metadata::SourceMetadata;
use dom_query::Document;

/// Roles that a package file or page may declare, with their display names.
const DECLARED: [(&str, &str); 22] = [
    ("cover", "cover"),
    ("cover-page", "cover"),
    ("frontcover", "cover"),
    ("backcover", "cover"),
    ("titlepage", "title page"),
    ("title-page", "title page"),
    ("halftitlepage", "title page"),
    ("copyright-page", "copyright page"),
    ("copyright", "copyright page"),
    ("imprint", "copyright page"),
    ("colophon", "copyright page"),
    ("toc", "table of contents"),
    ("landmarks", "table of contents"),
    ("page-list", "table of contents"),
    ("loi", "list of pictures"),
    ("lot", "list of tables"),
    ("index", "index"),
    ("endnotes", "notes"),
    ("rearnotes", "notes"),
    ("footnotes", "notes"),
    ("footnote", "notes"),
    ("notes", "notes"),
];
/// Maximum length of a copyright page that is not declared as such, in bytes.
const IMPRINT: usize = 3000;
/// Minimum number of links in a table of contents that is not declared as such.
const LINKS: usize = 3;
/// Maximum number of nested elements to search for a declared role, each the only child of its parent.
const NESTED: usize = 5;

/// Returns the display name of a file's role in the book, or `None` for a chapter. `declared` is the role from the
/// package file.
pub(super) fn of(declared: Option<&str>, text: &str, book: &SourceMetadata) -> Option<&'static str> {
    let document = Document::from(text);
    let of_page = || declared_by_page(&document);
    declared.and_then(named).or_else(of_page).or_else(|| seen(text, book))
}

/// Returns the display name of a declared role.
fn named(role: &str) -> Option<&'static str> {
    let role = role.rsplit('.').next().unwrap_or(role);
    DECLARED.iter().find(|(declared, _)| declared.eq_ignore_ascii_case(role)).map(|(_, name)| *name)
}

/// Returns the display name of the role that a page declares for its body, or for the only element in its body.
fn declared_by_page(document: &Document) -> Option<&'static str> {
    let mut node = document.body()?;
    for _ in 0..NESTED {
        let roles = node.attr("epub:type").unwrap_or_default();
        if let Some(found) = roles.split_whitespace().find_map(named) {
            return Some(found);
        }
        let children = node.element_children();
        let [only] = children.as_slice() else { return None };
        node = *only;
    }
    None
}

/// Recognises a part of the book by its text. A title page repeats the title and the authors, and a table of contents
/// consists of links into the book. A copyright page has at least two of the usual phrases and little other text.
fn seen(text: &str, book: &SourceMetadata) -> Option<&'static str> {
    let (words, linked, links) = html::fragment_summary(text);
    let length: usize = words.iter().map(String::len).sum();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let front: String = book.publisher.iter().chain(&book.authors).map(|name| -> String { letters(name) }).collect();
    let repeats = |line: &String| -> bool {
        let line: String = letters(line.trim_start_matches("by ").trim_start_matches("By "));
        front.contains(&line)
    };
    if !words.is_empty() && words.iter().all(repeats) {
        return Some("title page");
    }
    if links >= LINKS && linked * 10 >= length * 8 {
        return Some("table of contents");
    }
    let lower = words.join(" ").to_lowercase();
    let phrases = IMPRINT_PHRASES.iter().filter(|phrase| lower.contains(phrase)).count();
    (length < IMPRINT && phrases >= 2).then_some("copyright page")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen_in(body: &str) -> Option<&'static str> {
        let book = SourceMetadata {
            publisher: Some("The Weir".to_owned()),
            authors: vec!["Ana Ruiz".to_owned()],
            ..SourceMetadata::default()
        };
        of(None, &format!("<html><body>{body}</body></html>"), &book)
    }

    #[test]
    fn parts_that_are_not_declared_are_known_by_two_signs() {
        assert_eq!(seen_in("<h1>The Weir</h1><p>by Ana Ruiz</p>"), Some("title page"));
        assert_eq!(seen_in("<p>© 2024 Ana Ruiz. All rights reserved.</p>"), Some("copyright page"));
        let links = "<p><a href='a.xhtml'>One day</a></p><p><a href='b.xhtml'>A year</a></p><p><a href='c.xhtml'>The end</a></p>";
        assert_eq!(seen_in(links), Some("table of contents"));
        assert_eq!(
            seen_in("<section epub:type='bodymatter endnotes'><p>1. The letter of May.</p></section>"),
            Some("notes")
        );
    }

    #[test]
    fn a_chapter_about_such_things_is_a_chapter() {
        assert_eq!(seen_in("<h1>The Weir</h1><p>She never asked for the copyright of her song.</p>"), None);
        assert_eq!(
            seen_in("<section epub:type='chapter'><p>It rained.</p><aside epub:type='footnote'>So.</aside></section>"),
            None
        );
    }
}
