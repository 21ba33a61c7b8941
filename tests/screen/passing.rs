//! Tests passing stories of a library in the list: what is loaded and stored on the way.

use super::Reader;
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::following::changes_screen;
use crate::tui::key::Key;
use crate::tui::library_messages::{OpenedStory, Request, RowBatch, View};
use crate::tui::update;
use dateline_analysis::Analysis;
use dateline_core::article::Article;
use dateline_library::{List, StoryRow};

pub(super) fn row(id: i64) -> StoryRow {
    StoryRow { id, headline: format!("Story {id}"), ..super::keeping::row(&Article::verbatim("a", "The mill closed.")) }
}

/// Opens a library of `count` stories, with an empty list of requests.
fn library(count: i64) -> (Reader, Vec<Request>) {
    let mut reader = Reader::empty(80, 24);
    let rows = (1..=count).map(row).collect();
    let view = View::List(List::Inbox);
    let batch = RowBatch { view, generation: 0, rows, more: false, goes_on: false, total: None, empty: None };
    let mut requests = Vec::new();
    send(&mut reader, Event::Rows(batch), &mut requests);
    send(&mut reader, Event::LoadedAll, &mut requests);
    (reader, std::mem::take(&mut requests))
}

/// Returns the reply of the library to a request to open a story.
pub(super) fn opened(id: i64) -> OpenedStory {
    let text = format!("Story {id} is long.\n\n{}", "The mill has closed and the weir is open.\n\n".repeat(60));
    OpenedStory {
        id,
        row: Some(row(id)),
        article: Article::verbatim(id.to_string(), text),
        analysis: Some(Analysis::default()),
        highlights: Vec::new(),
        corrections: Vec::new(),
        place: None,
    }
}

/// Sends an event and replies to requests to open stories. Notes all requests.
fn send(reader: &mut Reader, event: Event, requests: &mut Vec<Request>) {
    for effect in update(&mut reader.state, event) {
        let Effect::Library(request) = effect else { continue };
        requests.push(request.clone());
        if let Request::Open(id) = request {
            send(reader, Event::Opened(Box::new(opened(id))), requests);
        }
    }
}

/// Presses a key. Returns the resulting requests to the library.
fn press(reader: &mut Reader, key: &str) -> Vec<Request> {
    let mut requests = Vec::new();
    send(reader, Event::Key(Key::parse(key).unwrap()), &mut requests);
    requests
}

fn stored(requests: &[Request]) -> Vec<(i64, usize)> {
    let places = requests.iter().filter_map(|request| match request {
        Request::Place(id, offset) => Some((*id, *offset)),
        _ => None,
    });
    places.collect()
}

fn loaded(requests: &[Request]) -> Vec<i64> {
    let ids = requests.iter().filter_map(|request| match request {
        Request::Open(id) => Some(*id),
        _ => None,
    });
    ids.collect()
}

#[test]
fn a_story_that_is_only_passed_keeps_its_position_without_a_write() {
    let (mut reader, _) = library(9);
    for _ in 0..4 {
        assert_eq!(stored(&press(&mut reader, "j")), []);
    }
    press(&mut reader, "Enter");
    press(&mut reader, "Ctrl-d");
    let moved = stored(&press(&mut reader, "n"));
    assert!(matches!(moved.as_slice(), [(5, 1..)]), "{moved:?}");
    press(&mut reader, "Ctrl-d");
    let ended = stored(&press(&mut reader, "Ctrl-c"));
    assert!(matches!(ended.as_slice(), [(6, 1..)]), "{ended:?}");
}

#[test]
fn stories_are_loaded_when_the_key_rests() {
    let (mut reader, first) = library(40);
    assert_eq!(loaded(&first), [3, 2, 1]);
    let mut requests = press(&mut reader, "j");
    assert_eq!(loaded(&requests), [4], "the first movement does not wait");
    requests.clear();
    reader.state.hurried = true;
    for _ in 0..20 {
        requests.extend(press(&mut reader, "j"));
    }
    assert_eq!(requests, []);
    assert!(reader.state.reading.page.is_none());
    send(&mut reader, Event::Rested, &mut requests);
    assert_eq!(loaded(&requests), [24, 21, 23, 22]);
    assert!(reader.screen().contains("Story 22 is long."), "{}", reader.screen());
    reader.state.hurried = true;
    requests = press(&mut reader, "j");
    assert_eq!(loaded(&requests), [0_i64; 0]);
    assert_eq!(loaded(&press(&mut reader, "Enter")), [25], "the text has the focus and is shown at once");
    assert!(reader.screen().contains("Story 23 is long."), "{}", reader.screen());
}

#[test]
fn stories_far_from_the_open_one_are_unloaded() {
    let (mut reader, _) = library(200);
    for _ in 0..150 {
        press(&mut reader, "j");
    }
    let count = reader.state.stories.iter().filter(|story| story.kept.as_ref().unwrap().loaded).count();
    assert!((4..60).contains(&count), "{count} stories in memory");
    assert!(!reader.state.stories[0].kept.as_ref().unwrap().loaded);
    assert_eq!(loaded(&press(&mut reader, "g")).len(), 3);
}

#[test]
fn only_the_open_story_and_changed_rows_change_the_screen() {
    let (reader, _) = library(9);
    let of = |id: i64, read: bool| {
        Event::Opened(Box::new(OpenedStory { row: Some(StoryRow { read, ..row(id) }), ..opened(id) }))
    };
    assert!(changes_screen(&reader.state, &of(1, true)), "it is open");
    let mut state = reader.state.clone();
    for story in &mut state.stories {
        story.request_again();
        story.close(&std::sync::Arc::default());
    }
    assert!(!changes_screen(&state, &of(2, true)));
    assert!(!changes_screen(&state, &of(3, true)));
    assert!(changes_screen(&state, &of(2, false)), "its row has changed");
    assert!(changes_screen(&state, &of(9, true)), "it was not requested as a neighbour");
    assert!(changes_screen(&state, &Event::LoadedAll));
}
