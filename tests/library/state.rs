//! What the reader does with articles, and taking it back.

use crate::stories::{folder, library, prepared, story};
use dateline::library::{Change, Flag, Library, List};
use dateline::text::Span;

#[test]
fn whatever_was_done_is_taken_back_step_by_step_also_after_leaving() {
    let path = folder("undo").join("library.db");
    let mut library = Library::open_or_create(&path).unwrap();
    library.add(&[prepared(story(0)), prepared(story(1))]).unwrap();
    assert_eq!(library.set(&[1, 2], &Change::Flag(Flag::Starred, true)).unwrap(), 2);
    library.set(&[1], &Change::Tag("sea".into())).unwrap();
    library.set(&[1], &Change::Note("Ask the harbour.".into())).unwrap();
    library.set(&[2], &Change::Binned(true)).unwrap();
    library.highlight(1, Span::new(4, 9), "yellow", "").unwrap();
    assert_eq!(library.rows(&[1]).unwrap()[0].highlights, 1);
    drop(library);

    let mut library = Library::open(&path).unwrap();
    assert_eq!(library.undo().unwrap().unwrap(), "highlighted words");
    assert_eq!(library.rows(&[1]).unwrap()[0].highlights, 0);
    assert_eq!(library.undo().unwrap().unwrap(), "put 1 article into the bin");
    assert_eq!(library.count(List::Inbox).unwrap(), 2);
    library.undo().unwrap();
    assert_eq!(library.note(1).unwrap(), None);
    library.undo().unwrap();
    assert!(library.tags(1).unwrap().is_empty());
    assert_eq!(library.undo().unwrap().unwrap(), "starred 2 articles");
    assert_eq!(library.count(List::Starred).unwrap(), 0);
    assert_eq!(library.undo().unwrap(), None);
    for _ in 0..5 {
        library.redo().unwrap().unwrap();
    }
    assert_eq!(library.redo().unwrap(), None);
    assert_eq!((library.tags(1).unwrap(), library.highlights(1).unwrap().len()), (vec!["sea".to_owned()], 1));
}

#[test]
fn what_changes_nothing_is_no_step() {
    let mut library = library(1);
    assert_eq!(library.set(&[1], &Change::Flag(Flag::Read, false)).unwrap(), 0);
    assert_eq!(library.undo().unwrap(), None);
    assert!(library.set(&[99], &Change::Binned(true)).is_err());
    assert!(library.set(&[1], &Change::Tag("a, b".into())).is_err());
}

#[test]
fn highlights_and_the_reader_s_place_move_with_the_text() {
    let mut library = library(1);
    let text = story(0).text;
    let at = text.find("mended ramp").unwrap();
    library.highlight(1, Span::new(at, at + 11), "yellow", "When?").unwrap();
    library.set_position(1, at).unwrap();
    let mut changed = story(0);
    changed.text = format!("Updated at noon with a word of the mayor.\n\n{text}");
    library.add(&[prepared(changed.clone())]).unwrap();
    let highlight = &library.highlights(1).unwrap()[0];
    assert_eq!(highlight.anchor.span.unwrap().of(&changed.text), "mended ramp");
    assert_eq!(library.position(1).unwrap(), changed.text.find("mended ramp"));
    let versions = library.versions(1).unwrap();
    assert_eq!(library.version(versions[0].id).unwrap(), story(0));
    // Gone, and back again.
    changed.text = "Voters in the valley chose a new council.".into();
    library.add(&[prepared(changed)]).unwrap();
    assert_eq!(library.highlights(1).unwrap()[0].anchor.span, None);
    assert!(library.notebook().unwrap().contains("> mended ramp (no longer in the text)\n\nWhen?"));
    library.add(&[prepared(story(0))]).unwrap();
    assert_eq!(library.highlights(1).unwrap()[0].anchor.span, Some(Span::new(at, at + 11)));
    assert!(library.check().unwrap().faults.is_empty());
}

#[test]
fn what_is_purged_is_gone_and_the_rest_is_whole() {
    let mut library = library(3);
    library.set(&[2], &Change::Tag("sea".into())).unwrap();
    library.set(&[2], &Change::Binned(true)).unwrap();
    assert_eq!(library.purge(i64::MAX).unwrap(), 1);
    let report = library.check().unwrap();
    assert_eq!((report.articles, report.faults), (2, vec![]));
    // Steps that concern it alone are passed over.
    while library.undo().unwrap().is_some() {}
    assert_eq!(library.page(List::All, None, 9).unwrap().len(), 2);
}
