//! Reads a book's table of contents, which divides the files of the book into chapters and names them.

use super::package::{Package, folder, resolved, unescaped};
use super::{described, xml};
use crate::decode::zip::Archive;
use dateline_core::text::folded;
use dom_query::{Document, NodeRef};
use xml::{Dialect, Element, Tree};

/// Maximum number of entries to read from a table of contents.
const ENTRIES: usize = 20_000;
/// Length of a heading below which the title in the table of contents is likely to be more informative, in letters and
/// digits. An example of such a heading is "IV".
const SHORT: usize = 5;

/// Entry of a book's table of contents.
pub(super) struct Entry {
    /// Path of the chapter's file inside the archive.
    path: String,
    /// ID of the element with which the chapter begins, or `None` if it begins with the file.
    fragment: Option<String>,
    /// Title of the chapter in the table of contents.
    label: String,
    /// Nesting level of the entry, from 1 for the outermost.
    depth: usize,
}

/// Returns the entries of a book's table of contents, or none if it is missing or unreadable.
pub(super) fn entries(archive: &Archive<'_>, package: &Package) -> Vec<Entry> {
    let text = |path: &Option<String>| described(archive, path.as_deref()?).ok();
    let of_page = text(&package.nav).map(|page| of_page(&page, package.nav.as_deref().unwrap_or_default()));
    let found = of_page.filter(|entries| !entries.is_empty());
    found
        .or_else(|| text(&package.ncx).map(|table| of_xml(&table, package.ncx.as_deref().unwrap_or_default())))
        .unwrap_or_default()
}

/// Parses an EPUB 3 table of contents: the links in a `nav` element.
fn of_page(page: &str, path: &str) -> Vec<Entry> {
    let document = Document::from(page);
    let navs = document.select("nav");
    let is_toc = |nav: &&NodeRef<'_>| {
        nav.attr("epub:type").is_some_and(|kind| kind.split_whitespace().any(|kind| kind == "toc"))
    };
    let Some(nav) = navs.nodes().iter().find(is_toc).or_else(|| navs.nodes().first()) else { return Vec::new() };
    let links = nav.descendants_it().filter(|node| node.has_name("a")).take(ENTRIES);
    let entry = |link: NodeRef<'_>| {
        let depth = link.ancestors_it(None).take_while(|above| above.id != nav.id);
        let depth = depth.filter(|above| above.has_name("ol") || above.has_name("ul")).count();
        new(folder(path), &link.attr("href")?, &link.text(), depth)
    };
    links.filter_map(entry).collect()
}

/// Parses an EPUB 2 table of contents: the `navPoint` elements in an NCX document.
fn of_xml(table: &str, path: &str) -> Vec<Entry> {
    let tree = Tree::new(table, Dialect::default());
    let points = tree.elements().filter(|element| element.name().eq_ignore_ascii_case("navPoint")).take(ENTRIES);
    let entry = |point: Element<'_, '_>| {
        let mut depth = 1;
        let mut above = point.parent();
        while let Some(here) = above {
            depth += usize::from(here.name().eq_ignore_ascii_case("navPoint"));
            above = here.parent();
        }
        let label = point.inner("navLabel")?.text();
        new(folder(path), &point.inner("content")?.attribute("src")?, &label, depth)
    };
    points.filter_map(entry).collect()
}

/// Creates an entry for a link. Returns `None` if the link leads outside the book or has no title.
fn new(folder: &str, href: &str, label: &str, depth: usize) -> Option<Entry> {
    let path = resolved(folder, href)?;
    let fragment = href.split_once('#').and_then(|(_, id)| unescaped(id)).filter(|id| !id.is_empty());
    let label = folded(label);
    (!label.is_empty()).then_some(Entry { path, fragment, label, depth })
}

/// Returns the chapters that begin in a file, in order, as the ID of the first element and the title. In a nested table
/// only the outermost level within this file counts, because deeper entries are sections of its chapters.
pub(super) fn of_file(entries: &[Entry], path: &str) -> Vec<(Option<String>, String)> {
    let own = || entries.iter().filter(|entry| entry.path == path);
    let depth = own().map(|entry| entry.depth).min().unwrap_or(0);
    own().filter(|entry| entry.depth == depth).map(|entry| (entry.fragment.clone(), entry.label.clone())).collect()
}

/// Chooses the title of a chapter: its heading, or the title in the table of contents if that contains the heading or
/// the heading is very short.
pub(super) fn title(label: Option<String>, heading: Option<&str>) -> Option<String> {
    let Some(heading) = heading else { return label };
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let own: String = letters(heading);
    let fuller = |label: &String| own.chars().count() < SHORT || letters(label).contains(&own);
    Some(label.filter(fuller).unwrap_or_else(|| heading.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fuller_of_two_titles_is_taken() {
        let of = |label: &str, heading| title(Some(label.to_owned()), heading).unwrap();
        assert_eq!(of("1. The Weir", Some("The Weir")), "1. The Weir");
        assert_eq!(of("The Weir", Some("IV")), "The Weir");
        assert_eq!(of("Weir", Some("The Weir at Lowmoor")), "The Weir at Lowmoor");
        assert_eq!(of("The Weir", None), "The Weir");
    }

    #[test]
    fn a_table_in_xml_gives_files_and_places() {
        let table = "<ncx><navMap><navPoint><navLabel><text>A</text></navLabel><content src='a%201.xhtml'/>\
            <navPoint><navLabel><text>A.1</text></navLabel><content src='a%201.xhtml#s'/></navPoint></navPoint></navMap></ncx>";
        let entries = of_xml(table, "OEBPS/toc.ncx");
        assert_eq!(of_file(&entries, "OEBPS/a 1.xhtml"), [(None, "A".to_owned())]);
        assert_eq!(entries[1].fragment.as_deref(), Some("s"));
    }
}
