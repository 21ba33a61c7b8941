//! Everything out and in again.

use crate::stories::{folder, library, prepared, story};
use dateline::analysis::{Analyzer, Options};
use dateline::library::{Change, Error, Flag, Incoming, Library, Raw, Whole};
use dateline::text::Span;
use proptest::prelude::*;

fn exported(library: &Library) -> String {
    let mut out = Vec::new();
    assert!(library.export(&mut out).unwrap().is_empty());
    String::from_utf8(out).unwrap()
}

fn imported(export: &str) -> Library {
    let mut library = Library::open_in_memory().unwrap();
    assert_eq!(library.import(export.as_bytes()).unwrap().failed, []);
    library
}

/// A library that holds something of every kind.
fn full() -> Library {
    let mut library = library(4);
    let mut changed = story(1);
    changed.text.push_str("\n\nThe mayor \u{1b}[31magreed.");
    library.add(&[prepared(changed)]).unwrap();
    let analyzer = Analyzer::bundled();
    let bytes = std::sync::Arc::new(Whole::new(vec![0xff, 0, 1, 2]));
    let shared: Vec<_> = (10..12)
        .map(|n| Incoming {
            analysis: analyzer.analyze(&story(n), &Options::default()),
            article: story(n),
            source: "two.html".into(),
            item: n.to_string(),
            raw: Raw::Shared(bytes.clone()),
            ..Incoming::default()
        })
        .map(|incoming| incoming.prepare().unwrap())
        .collect();
    library.add(&shared).unwrap();
    library.set(&[1, 3], &Change::Flag(Flag::Starred, true)).unwrap();
    library.set(&[2], &Change::Tag("Sea \"and\" ships".into())).unwrap();
    library.set(&[2], &Change::Note("Line one.\nLine two.".into())).unwrap();
    library.set(&[4], &Change::Binned(true)).unwrap();
    library.highlight(2, Span::new(4, 9), "green", "É").unwrap();
    library.set_position(2, 40).unwrap();
    library.save_view("Unread sea", Some("tag:sea is:unread")).unwrap();
    library
}

#[test]
fn what_is_exported_and_imported_is_exported_the_same() {
    let library = full();
    let export = exported(&library);
    assert!(!export.contains('\u{1b}'));
    let copy = imported(&export);
    assert_eq!(exported(&copy), export);
    assert_eq!(copy.article(2).unwrap(), library.article(2).unwrap());
    assert_eq!(copy.raw(5).unwrap(), Some(vec![0xff, 0, 1, 2]));
    assert_eq!(copy.highlights(2).unwrap(), library.highlights(2).unwrap());
    assert!(copy.check().unwrap().faults.is_empty());
}

#[test]
fn importing_twice_adds_nothing() {
    let export = exported(&full());
    let mut copy = imported(&export);
    let again = copy.import(export.as_bytes()).unwrap();
    assert_eq!((again.new, again.known), (0, 6));
    assert_eq!(exported(&copy), export);
}

#[test]
fn what_is_no_export_is_refused_and_bad_lines_are_told() {
    let mut library = Library::open_in_memory().unwrap();
    assert!(matches!(library.import("{}\n".as_bytes()), Err(Error::Refused(_))));
    assert!(matches!(library.import("{\"kind\":\"library\",\"version\":9}\n".as_bytes()), Err(Error::Refused(_))));
    let damaged = exported(&full()).replace("\"kind\":\"view\"", "\"kind\":\"vow\"") + "{\"kind\":\n";
    let report = library.import(damaged.as_bytes()).unwrap();
    assert_eq!((report.new, report.failed.len()), (6, 2));
}

#[test]
fn a_backup_is_a_library() {
    let folder = folder("backup");
    let mut library = Library::open_or_create(&folder.join("library.db")).unwrap();
    library.add(&[prepared(story(0))]).unwrap();
    let copy = folder.join("copy.db");
    library.back_up(&copy).unwrap();
    assert!(library.back_up(&copy).is_err(), "an older backup was overwritten");
    assert_eq!(exported(&Library::open(&copy).unwrap()), exported(&library));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_words_survive_the_way_out_and_in(text in "\\PC{1,80}", note in any::<String>(), tag in "\\w{1,9}", raw in any::<Vec<u8>>()) {
        let mut library = Library::open_in_memory().unwrap();
        let mut article = story(0);
        article.text = text;
        article.blocks.clear();
        let incoming = Incoming { article, raw: Raw::Own(raw), source: note.clone(), ..Incoming::default() };
        library.add(&[incoming.prepare().unwrap()]).unwrap();
        library.set(&[1], &Change::Note(note)).unwrap();
        library.set(&[1], &Change::Tag(tag)).unwrap();
        let export = exported(&library);
        prop_assert_eq!(exported(&imported(&export)), export);
    }
}
