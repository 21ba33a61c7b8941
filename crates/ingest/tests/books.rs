//! Tests of e-books: which parts are chapters, where chapters begin, and which titles they get.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_core::article::Article;
use dateline_ingest as ingest;

/// Creates a ZIP archive of the given files, without compression.
fn zip(files: &[(&str, String)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in files {
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        let (sum, size, length) = (crc.sum().to_le_bytes(), (text.len() as u32).to_le_bytes(), name.len() as u16);
        let common =
            [&[20, 0, 0, 8, 0, 0, 0, 0, 0, 0][..], &sum, &size, &size, &length.to_le_bytes(), &[0, 0]].concat();
        let offset = (out.len() as u32).to_le_bytes();
        out.extend([b"PK\x03\x04", &common[..], name.as_bytes(), text.as_bytes()].concat());
        directory.extend([b"PK\x01\x02\x14\x00", &common[..], &[0; 10], &offset, name.as_bytes()].concat());
    }
    let (count, start) = ((files.len() as u16).to_le_bytes(), (out.len() as u32).to_le_bytes());
    let size = (directory.len() as u32).to_le_bytes();
    out.extend([&directory[..], b"PK\x05\x06\0\0\0\0", &count, &count, &size, &start, &[0, 0]].concat());
    out
}

/// Reads a book with the given pages, in this order. `more` completes the manifest and the package, and `table` is the
/// table of contents.
fn book(pages: &[(&str, &str)], more: [&str; 2], table: (&str, &str)) -> Vec<Article> {
    let item =
        |(name, _): &(&str, &str)| format!("<item id='{name}' href='{name}' media-type='application/xhtml+xml'/>");
    let items: String = pages.iter().map(item).collect();
    let order: String = pages.iter().map(|(name, _)| format!("<itemref idref='{name}'/>")).collect();
    let package = format!(
        "<package xmlns='http://www.idpf.org/2007/opf'><metadata xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>The River Book</dc:title>\
         <dc:creator>Ana Ruiz</dc:creator></metadata><manifest>{items}{}</manifest><spine>{order}</spine>{}</package>",
        more[0], more[1]
    );
    let container = "<container><rootfiles><rootfile full-path='b/book.opf'/></rootfiles></container>";
    let mut files = vec![
        ("META-INF/container.xml".to_owned(), container.to_owned()),
        ("b/book.opf".to_owned(), package),
        (format!("b/{}", table.0), table.1.to_owned()),
    ];
    for (name, body) in pages {
        let page = format!("<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head>{body}</html>");
        files.push((format!("b/{name}"), page));
    }
    let files: Vec<(&str, String)> = files.iter().map(|(name, text)| (name.as_str(), text.clone())).collect();
    ingest::articles("book.epub", &zip(&files)).unwrap()
}

fn titles(articles: &[Article]) -> Vec<&str> {
    articles.iter().map(Article::title).collect()
}

#[test]
fn cover_contents_and_notes_of_a_book_are_not_chapters() {
    let nav = "<html><body><nav epub:type='toc'><ol><li><a href='a.xhtml'>The Weir</a></li><li><a href='b.xhtml'>The Mill</a></li></ol></nav></body></html>";
    let chapters = book(
        &[
            ("cover.xhtml", "<body epub:type='cover'><p>The River Book, told for the young</p></body>"),
            ("title.xhtml", "<body><h1>The River Book</h1><p>Ana Ruiz</p></body>"),
            ("rights.xhtml", "<body><p>Copyright 2024 Ana Ruiz. ISBN 000.</p></body>"),
            (
                "a.xhtml",
                "<body><h2>The Weir</h2><p>The weir was built in a single summer.<sup><a href='n.xhtml#n1'>1</a></sup></p></body>",
            ),
            ("b.xhtml", "<body><h2>The Mill</h2><p>The mill came later.</p></body>"),
            (
                "n.xhtml",
                "<body><section epub:type='endnotes'><p id='n1'>1. So says the book of the church.</p></section></body>",
            ),
        ],
        ["<item id='nav' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>", ""],
        ("nav.xhtml", nav),
    );
    assert_eq!(titles(&chapters), ["The Weir", "The Mill"]);
    assert_eq!(chapters[0].notes, ["Left out of the book: cover, title page, copyright page, notes."]);
    assert!(
        chapters[0].left_out.iter().any(|left| left.text.contains("book of the church")),
        "{:?}",
        chapters[0].left_out
    );
}

#[test]
fn a_file_with_several_chapters_is_divided_and_one_chapter_in_several_files_is_joined() {
    let point = |label: &str, target: &str| {
        format!("<navPoint><navLabel><text>{label}</text></navLabel><content src='{target}'/></navPoint>")
    };
    let table = [
        "<ncx><navMap>",
        &point("The Weir", "a.xhtml#w"),
        &point("The Mill", "a.xhtml#m"),
        &point("The Sea", "c.xhtml"),
        "</navMap></ncx>",
    ]
    .concat();
    let chapters = book(
        &[
            (
                "a.xhtml",
                "<body><p id='w'>I</p><p>The weir was built in a single summer.</p><a id='m'/><p>II</p><p>The mill came later.</p></body>",
            ),
            ("b.xhtml", "<body><p>It burnt down twice.</p></body>"),
            ("c.xhtml", "<body><p>All rivers end there.</p></body>"),
            ("toc.xhtml", "<body><p>Where to find what in this book of the river and its people.</p></body>"),
        ],
        [
            "<item id='x' href='toc.ncx' media-type='application/x-dtbncx+xml'/>",
            "<guide><reference type='toc' href='toc.xhtml'/></guide>",
        ],
        ("toc.ncx", &table),
    );
    assert_eq!(titles(&chapters), ["The Weir", "The Mill", "The Sea"]);
    assert!(chapters[1].text.ends_with("The mill came later.\n\nIt burnt down twice."), "{}", chapters[1].text);
    assert!(chapters[1].links.is_empty() && !chapters[0].text.contains("mill"));
}
