//! Tests undo and redo as a dialogue between the screen and the library. The test takes the place of the library.

use super::Reader;
use super::passing::{opened, row};
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::highlight::{Highlight, HighlightKind};
use crate::tui::key::Key;
use crate::tui::library_messages::{OpenedStory, Request, Reversal, RowBatch, StoryMarks, View};
use crate::tui::state::LibraryView;
use crate::tui::update;
use dateline_analysis::Analysis;
use dateline_core::text::Span;
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
    assert_eq!(requests(&mut reader, "y"), [Request::ReplayChange(Direction::Undo, 7, None)]);
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

/// Returns the rows of a list of three stories, as the library sends them for the request with this generation.
fn rows(generation: u32) -> Event {
    let (view, rows) = (View::List(List::Inbox), (1..=3).map(row).collect());
    Event::Rows(RowBatch { view, generation, rows, more: false, goes_on: false, total: None, empty: None })
}

/// Returns the library's reply that the open story has this note after a redo, and the message of the redo.
fn redone(note: &str) -> [Event; 2] {
    let highlight = Highlight { span: Span::new(0, 5), kind: HighlightKind::Important, note: Some(note.to_owned()) };
    let marks = StoryMarks { rows: vec![row(1)], highlights: vec![highlight], corrections: Vec::new() };
    let replayed = Replayed { label: "added a note to a highlight".to_owned(), left_out: 0 };
    [Event::Marks(Box::new(marks)), Event::Replayed(Reversal::Done(Direction::Redo, replayed))]
}

#[test]
fn what_a_redo_brings_back_is_there_as_soon_as_its_message() {
    for is_list_read in [false, true] {
        let mut reader = Reader::empty(100, 30);
        reader.send(rows(0)).send(Event::LoadedAll).send(Event::Opened(Box::new(opened(1)))).press("Enter");
        let [marks, message] = redone("Ask Pell.");
        reader.send(marks).send(message);
        assert!(reader.status().contains("Redid: added a note to a highlight"), "{}", reader.status());
        if is_list_read {
            let generation = reader.state.library.as_ref().unwrap().generation;
            reader.send(rows(generation));
        }
        assert!(reader.press("H").screen().contains("Ask Pell."), "{is_list_read}: {}", reader.screen());
    }
}

#[test]
fn a_story_that_is_read_again_is_asked_for_and_replaces_the_shown_text_and_annotations() {
    let mut reader = Reader::empty(100, 30);
    reader.send(rows(0)).send(Event::LoadedAll).send(Event::Opened(Box::new(opened(1)))).press("Enter");
    let [marks, message] = redone("Ask Pell.");
    reader.send(marks).send(message);
    let generation = reader.state.library.as_ref().unwrap().generation;
    let effects = update(&mut reader.state, rows(generation));
    let opens = |effect: &Effect| matches!(effect, Effect::Library(Request::Open(1)));
    assert!(effects.iter().any(opens), "{effects:?}");
    assert!(reader.screen().contains("Story 1 is long."), "{}", reader.screen());
    let analysis = Analysis { sentences: vec![Span::new(0, 5)], ..Analysis::default() };
    reader.send(Event::Opened(Box::new(OpenedStory { analysis: Some(analysis), ..opened(1) })));
    let sentences = |reader: &Reader| reader.state.analysis_view().map(|view| view.analysis.sentences.len());
    assert_eq!(sentences(&reader), Some(1));
    assert!(reader.press("H").status().contains("No highlights in this story"), "{}", reader.status());
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

#[test]
fn a_reference_date_set_by_the_user_outlasts_a_reload_of_the_list() {
    let mut reader = Reader::empty(100, 30);
    reader.send(rows(0)).send(Event::LoadedAll).send(Event::Opened(Box::new(opened(1)))).press("Enter");
    reader.press("d").type_text("2024-05-20").press("Enter");
    let date = jiff::civil::date(2024, 5, 20);
    let reference = |reader: &Reader| reader.state.story().unwrap().opened().options.reference;
    assert_eq!(reference(&reader), Some(date));
    let [marks, message] = redone("Ask Pell.");
    reader.send(marks).send(message);
    let generation = reader.state.library.as_ref().unwrap().generation;
    reader.send(rows(generation));
    let effects = update(&mut reader.state, Event::Opened(Box::new(opened(1))));
    assert_eq!(reference(&reader), Some(date));
    let analyses = |effect: &Effect| matches!(effect, Effect::Analyse { story: 0, options, .. } if options.reference == Some(date));
    assert!(effects.iter().any(analyses), "{effects:?}");
}
