//! Tests how the status line reports re-annotation while the TUI is open.

use super::Reader;
use crate::tui::event::Event;
use crate::tui::library_messages::{Renewal, RowBatch, View};
use crate::tui::state::LibraryView;
use dateline_library::List;

/// Opens a TUI with a library.
fn reader(width: u16) -> Reader {
    let mut reader = Reader::new(width, 30);
    reader.state.library = Some(LibraryView::new(View::List(List::Inbox), 0));
    reader
}

fn left(count: usize) -> Event {
    Event::Renewal(Renewal::Left(count))
}

#[test]
fn the_count_goes_down_and_its_end_is_seen_once() {
    let mut reader = reader(100);
    let before = reader.status();
    for (count, said) in [(1_204, "1,204 left"), (1_100, "1,100 left"), (7, "7 left")] {
        let status = reader.send(left(count)).status();
        assert!(status.ends_with(&format!("annotating: {said}")), "{status}");
        let first = |status: &str| status.split_whitespace().next().map(str::to_owned);
        assert_eq!(first(&status), first(&before), "the first hint stays");
    }
    let status = reader.send(Event::Renewal(Renewal::Ended(1_204))).status();
    assert!(status.ends_with("annotated 1,204 stories"), "{status}");
    let status = reader.press("j").status();
    assert!(!status.contains("annotat"), "{status}");
}

#[test]
fn the_count_gives_way_to_messages_prompts_and_keys() {
    let mut reader = reader(70);
    reader.send(left(1_204));
    assert!(reader.status().contains("1,204 left"), "{}", reader.status());
    let long = "The library is being written to by another program";
    let status = reader.send(Event::Notice(long.to_owned())).status();
    assert_eq!(status, long);
    // The final notice is only shown after the message has disappeared.
    reader.send(Event::Renewal(Renewal::Ended(1_204)));
    assert_eq!(reader.status(), long);
    let status = reader.press("j").status();
    assert!(status.contains("annotated 1,204 stories"), "{status}");
    let status = reader.press("k").send(left(3)).press("/").status();
    assert!(!status.contains("annotating"), "a prompt has the line to itself: {status}");
    let status = reader.press("Esc 5").status();
    assert!(status.ends_with('5') && !status.contains("annotating"), "{status}");
}

#[test]
fn nothing_is_said_where_nothing_was_to_do() {
    let mut reader = reader(100);
    let before = reader.status();
    for renewal in [Renewal::Left(0), Renewal::Ended(0)] {
        assert_eq!(reader.send(Event::Renewal(renewal)).status(), before);
    }
}

#[test]
fn a_query_about_annotations_says_how_many_stories_are_still_to_come() {
    let mut reader = reader(100);
    let found = |reader: &mut Reader, view: View| {
        if let Some(shelf) = &mut reader.state.library {
            shelf.quiet = false;
        }
        reader
            .send(Event::Rows(RowBatch {
                view,
                generation: 0,
                rows: Vec::new(),
                more: false,
                goes_on: false,
                total: None,
                empty: None,
            }))
            .status()
    };
    let query = |words: &str| View::Query(words.to_owned());
    reader.send(left(1_204));
    let status = found(&mut reader, query("speaker:odell"));
    assert!(status.contains("speaker:odell: 0 stories · 1,204 not annotated yet"), "{status}");
    let status = found(&mut reader, View::Saved("Odell".to_owned(), "-person:odell".to_owned()));
    assert!(status.contains("Odell: 0 stories · 1,204 not annotated yet"), "{status}");
    let status = found(&mut reader, View::Who(3, 0, "Mara Odell".to_owned()));
    assert!(status.contains("1,204 not annotated yet"), "{status}");
    for view in [query("ferry is:unread"), View::List(List::All)] {
        let status = found(&mut reader, view);
        assert!(!status.contains("not annotated yet"), "{status}");
    }
    reader.send(Event::Renewal(Renewal::Ended(1_204)));
    let status = found(&mut reader, query("speaker:odell"));
    assert!(!status.contains("not annotated yet"), "{status}");
}
