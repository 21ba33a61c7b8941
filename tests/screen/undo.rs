//! Tests undo and redo as a dialogue between the screen and the library. The test takes the place of the library.

use super::Reader;
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::key::Key;
use crate::tui::library_messages::{Request, Reversal, View};
use crate::tui::state::LibraryView;
use crate::tui::update;
use dateline_library::{Direction, List, Replayed};

/// Opens a TUI with a library.
fn reader() -> Reader {
    let mut reader = Reader::new(100, 30);
    reader.state.library = Some(LibraryView::new(View::List(List::Inbox), 0));
    reader
}

fn ask() -> Event {
    let question = "Undo “archived 1 story”? y/n · from 24 Nov 2026".to_owned();
    Event::Replayed(Reversal::Ask { direction: Direction::Undo, id: 7, question })
}

/// Presses a key. Returns the resulting requests to the library to undo or redo.
fn requests(reader: &mut Reader, key: &str) -> Vec<Request> {
    let effects = update(&mut reader.state, Event::Key(Key::parse(key).unwrap()));
    let requests = effects.into_iter().filter_map(|effect| match effect {
        Effect::Library(request @ (Request::Replay(..) | Request::ReplayChange(..))) => Some(request),
        _ => None,
    });
    requests.collect()
}

#[test]
fn only_y_answers_yes() {
    let mut reader = reader();
    assert_eq!(requests(&mut reader, "u"), [Request::Replay(Direction::Undo, None)]);
    assert_eq!(requests(&mut reader, "Alt-u"), [Request::Replay(Direction::Redo, None)]);
    reader.send(ask());
    assert!(reader.status().contains("y/n"), "{}", reader.status());
    for key in ["u", "Enter", "Esc", "n", "q"] {
        assert_eq!(requests(&mut reader, key), [], "{key}");
        assert!(
            reader.state.running && reader.status().contains("Did not undo anything"),
            "{key}: {}",
            reader.status()
        );
        reader.send(ask());
    }
    assert_eq!(requests(&mut reader, "y"), [Request::ReplayChange(Direction::Undo, 7)]);
    reader.send(Event::Replayed(Reversal::Done(
        Direction::Undo,
        Replayed { label: "archived 3 stories".to_owned(), left_out: 1 },
    )));
    let said = "Undid: archived 3 stories, except 1 changed or deleted since · Alt-u redo";
    assert!(reader.status().contains(said), "{}", reader.status());
}

#[test]
fn a_question_outlasts_other_messages_and_takes_no_letter_that_is_typed() {
    let mut reader = reader();
    reader.send(ask()).send(Event::Notice("A feed failed".to_owned()));
    assert!(reader.status().contains("y/n"), "{}", reader.status());
    reader.press("n");
    reader.press("/").type_text("ma").send(ask()).type_text("y");
    assert!(reader.state.confirmation.is_none() && reader.status().contains("/may"), "{}", reader.status());
}

#[test]
fn a_refusal_says_why_and_how_to_go_on() {
    let mut reader = reader();
    let reason = "cannot undo “set the note on 1 story” because the note has changed since".to_owned();
    reader.send(Event::Replayed(Reversal::Refused(Direction::Undo, reason)));
    let said = "Cannot undo “set the note on 1 story” because the note has changed since · u skips it";
    assert!(reader.status().contains(said), "{}", reader.status());
}

#[test]
fn corrections_outside_the_library_are_redone_too() {
    let mut reader = Reader::new(120, 40);
    reader.press("3 Tab Tab x").refuse_keeping();
    let events = |reader: &Reader| reader.state.analysis_view().unwrap().analysis.events.len();
    assert_eq!(events(&reader), 1);
    assert!(reader.press("u").status().contains("Undid: a correction · 0 left · Alt-u redo"));
    assert_eq!(events(&reader), 2);
    assert!(reader.press("Alt-u").status().contains("Redid: a correction · u undo"));
    assert_eq!(events(&reader), 1);
    assert!(reader.press("Alt-u").status().contains("Nothing to redo"));
}
