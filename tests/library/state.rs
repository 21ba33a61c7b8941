//! Tests the marks that the user leaves on articles.

use crate::stories::{library, prepared, story};
use dateline_core::text::Span;
use dateline_library::Change;

#[test]
fn highlights_and_the_reading_position_move_with_the_text() {
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
    // The highlighted words first disappear from the text and then reappear.
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
    // The journal contains neither the changes to a permanently deleted article nor the article's words.
    assert_eq!(library.journal().unwrap(), []);
}
