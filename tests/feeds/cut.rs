//! Tests truncated HTTP responses.

use crate::server::{Item, Reader, rss};
use crate::test_folder::out;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;

const ITEMS: [Item<'_>; 2] = [
    Item { title: "Ferry returns", guid: "1", link: "", day: 4, text: "The ferry came back on Monday." },
    Item { title: "Quay closes", guid: "2", link: "", day: 3, text: "The quay closes in May." },
];

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let mut out = format!("HTTP/1.1 200 OK\r\nETag: \"two\"\r\nConnection: close\r\n{head}\r\n\r\n").into_bytes();
    out.extend_from_slice(body);
    out
}

/// Returns whether the last request was conditional (`If-None-Match`).
fn last_asks_unless_changed(reader: &Reader) -> bool {
    reader.server.requests().last().unwrap().to_lowercase().contains("if-none-match")
}

#[test]
fn a_body_that_breaks_off_fails_and_keeps_no_validator() {
    let feed = rss(&ITEMS);
    let half = &feed.as_bytes()[..feed.len() / 2];
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(feed.as_bytes()).unwrap();
    let packed = gzip.finish().unwrap();
    let packed = &packed[..packed.len() - 8];
    let chunk = [format!("{:x}\r\n", half.len()).as_bytes(), half, b"\r\n"].concat();
    let broken = [
        ("short", answer(&format!("Content-Length: {}", feed.len()), half)),
        ("chunked", answer("Transfer-Encoding: chunked", &chunk)),
        ("gzip", answer(&format!("Content-Encoding: gzip\r\nContent-Length: {}", packed.len()), packed)),
    ];
    for (name, answer) in broken {
        let reader = Reader::new(&format!("broken-{name}"));
        assert_eq!(reader.bring(&ITEMS[..1]), "1 new, 0 changed");
        reader.server.set_raw("/feed", answer);
        let said = reader.fetch();
        assert!(said.contains("truncated after"), "{name}: {said}");
        assert!(last_asks_unless_changed(&reader), "{name}");
        assert_eq!(reader.bring(&ITEMS), "1 new, 0 changed", "{name}");
        assert!(!last_asks_unless_changed(&reader), "{name}");
    }
}

#[test]
fn of_a_document_that_is_cut_the_whole_items_are_stored_and_the_rest_is_asked_for_again() {
    let feed = rss(&ITEMS);
    for end in ["in May", "</channel>", "</rss>"] {
        let reader = Reader::new(&format!("cut-{}", end.len()));
        reader.server.set("/feed", &feed[..feed.find(end).unwrap()]);
        let whole = if end == "in May" { 1 } else { 2 };
        let output = reader.test_folder.dateline(&["fetch", "--all", "--allow-local"]);
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(out(&output), format!("Post: {whole} new, 0 changed\n"));
        let said = reader.fetch();
        assert!(said.contains(&format!("truncated after {whole} complete item")), "{said}");
        assert!(!last_asks_unless_changed(&reader));
        assert!(out(&reader.test_folder.dateline(&["feed", "list"])).contains("read in part: the feed was truncated"));
        assert_eq!(reader.bring(&ITEMS), format!("{} new, 0 changed", 2 - whole));
        assert!(!last_asks_unless_changed(&reader));
        reader.fetch();
        assert!(last_asks_unless_changed(&reader));
    }
}
