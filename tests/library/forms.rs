//! Tests libraries from older versions. Each library was filled, marked and backed up by the version that introduced
//! its schema, and was then compressed.

use crate::stories::{folder, note_of, tags, undo};
use dateline_library::query::Query;
use dateline_library::{Library, List, Order};
use std::fs;

const SCHEMA_FILES: &[(u8, &[u8])] =
    &[(1, include_bytes!("forms/form-1.db.zst")), (2, include_bytes!("forms/form-2.db.zst"))];

#[test]
fn a_library_of_every_older_schema_opens_with_all_its_data() {
    for (form, packed) in SCHEMA_FILES {
        let path = folder(&format!("form-{form}")).join("library.db");
        fs::write(&path, zstd::decode_all(*packed).unwrap()).unwrap();
        assert!(Library::open_read_only(&path).unwrap_err().to_string().contains("older schema"));
        let mut library = Library::open(&path).unwrap();
        assert_eq!(library.check().unwrap().faults, Vec::<String>::new(), "form {form}");
        let rows = library.page(List::Starred, None, 9).unwrap();
        let id = rows[0].id;
        assert_eq!(rows.len(), 1);
        assert_eq!(tags(&library, id), ["sea"]);
        assert_eq!(note_of(&library, id).as_deref(), Some("Ask the harbour."));
        assert!(library.article(id).unwrap().article.text.contains("mended the ramp"));
        assert!(!library.article(id).unwrap().analysis.quotes.is_empty());
        assert!(library.raw(id).unwrap().unwrap().starts_with(b"Ferry sails again"));
        for words in ["ferry", "ram*", "person:\"mara odell\"", "quote:mended", "speaker:odell", "event:2023-10-03"] {
            let query = Query::parse(words).unwrap();
            let found = library.found(&query, "2024-01-01".parse().unwrap(), Order::Newest, 9).unwrap();
            assert_eq!(found, [id], "{words} in form {form}");
        }
        // The latest read mark no longer counts as a change, since it was set when the story was opened.
        assert_eq!(undo(&mut library).unwrap(), "changed the note of 1 article");
        assert!(library.journal().unwrap().iter().all(|entry| entry.origin.is_none()));
        drop(library);
        assert_eq!(Library::open_read_only(&path).unwrap().count(List::All).unwrap(), 2);
    }
}
