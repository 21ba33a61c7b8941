//! Tests keeping stories with a simulated library: the requests sent to the library, and the effects of its replies.

use super::Reader;
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::key::Key;
use crate::tui::library_messages::{KeptStory, Request, Reversal, StoryMarks, StoryToKeep};
use crate::tui::update;
use dateline_core::article::Article;
use dateline_library::{Direction, Replayed, StoryRow};
use std::sync::Arc;

/// Presses keys. Returns the resulting requests to keep a story.
fn asked(reader: &mut Reader, keys: &str) -> Vec<StoryToKeep> {
    let mut out = Vec::new();
    for key in Key::parse_all(keys).unwrap() {
        for effect in update(&mut reader.state, Event::Key(key)) {
            if let Effect::Library(Request::Keep(keeping)) = effect {
                out.push(*keeping);
            }
        }
    }
    out
}

pub(super) fn row(article: &Article) -> StoryRow {
    StoryRow {
        id: 7,
        uid: "7".into(),
        headline: article.title().to_owned(),
        preview: String::new(),
        publisher: None,
        source: "weir.txt".into(),
        url: None,
        published: None,
        inferred: false,
        day: 0,
        moment: 0,
        added: 0,
        words: 0,
        quotes: 0,
        events: 0,
        highlights: 0,
        versions: 0,
        read: true,
        starred: false,
        archived: false,
        binned_at: None,
    }
}

/// Returns the library's reply that a story has been kept with these marks.
fn kept(keeping: &StoryToKeep) -> Event {
    Event::KeptStory(Box::new(KeptStory {
        article: Arc::clone(&keeping.article),
        rows: vec![row(&keeping.article)],
        highlights: keeping.highlights.clone(),
        corrections: keeping.corrections.clone(),
        is_new: true,
        said: String::new(),
    }))
}

#[test]
fn every_mark_keeps_the_story_and_the_answer_names_the_key_that_undoes_it() {
    for (keys, first) in [
        ("Enter v i s 1", "Highlighted as important"),
        ("Enter v i s a", "Note:"),
        ("*", ""),
        ("A", ""),
        ("Enter 1 Tab x", "Removed the row"),
        ("K", ""),
    ] {
        let mut reader = Reader::new(120, 40);
        let asked = asked(&mut reader, keys);
        assert_eq!(asked.len(), 1, "{keys}");
        reader.send(kept(&asked[0]));
        let status = reader.status();
        assert!(status.starts_with(first), "{keys}: {status}");
        if !status.starts_with("Note:") {
            assert!(status.to_lowercase().contains("saved") && status.ends_with("· u undo"), "{status}");
        }
        assert_eq!(reader.state.stories[0].kept.as_ref().map(|kept| kept.id), Some(7));
    }
}

#[test]
fn a_note_that_is_typed_while_the_story_is_kept_is_said_to_be_kept_and_goes_to_its_words() {
    let mut reader = Reader::new(120, 40);
    let asked = asked(&mut reader, "Enter v i s a");
    let mut answer = asked[0].clone();
    // The library already contains a highlight that precedes this one.
    let mut before = answer.highlights[0].clone();
    before.span.end = before.span.start + 1;
    answer.highlights.insert(0, before);
    reader.send(kept(&answer));
    reader.type_text("Who pays?").press("Enter");
    assert_eq!(reader.status(), "Saved the note · story saved to the library · u undo");
    let notes: Vec<_> = reader.state.stories[0].opened().highlights.all().iter().map(|one| one.note.clone()).collect();
    assert_eq!(notes, [None, Some("Who pays?".to_owned())]);
}

#[test]
fn quitting_waits_for_the_library_and_asks_where_it_cannot_keep() {
    let mut reader = Reader::new(120, 40);
    let asked = asked(&mut reader, "Enter v i s 1");
    assert!(reader.press("Ctrl-c").state.running, "an answer is to come");
    assert!(!reader.send(kept(&asked[0])).state.running);

    let mut reader = Reader::new(120, 40);
    let asked = self::asked(&mut reader, "Enter v i s 1");
    reader.send(Event::NotKept(Arc::clone(&asked[0].article), Vec::new(), "the disk is full".into()));
    assert_eq!(reader.status(), "Highlighted as important · not saved (K retries): the disk is full");
    assert!(reader.press("Ctrl-c").state.running);
    assert!(reader.status().contains("Quit and lose unsaved changes in one story? y/n"), "{}", reader.status());
    assert!(reader.press("j").state.running);
    assert!(!reader.press("Ctrl-c Ctrl-c").state.running, "it is asked once");

    // Saving marks on a story that is already in the library fails, too.
    let mut reader = Reader::new(120, 40);
    let asked = self::asked(&mut reader, "Enter v i s 1");
    reader.send(kept(&asked[0])).send(Event::Saved(7, Some("the disk is full".into())));
    assert!(reader.press("Ctrl-c").state.running);
    assert!(!reader.press("j").send(Event::Saved(7, None)).press("Ctrl-c").state.running);
}

/// Presses a key. Returns the resulting requests to the library, except those to keep a story.
fn requests(reader: &mut Reader, key: &str) -> Vec<Request> {
    let effects = update(&mut reader.state, Event::Key(Key::parse(key).unwrap()));
    let requests = effects.into_iter().filter_map(|effect| match effect {
        Effect::Library(request) => Some(request),
        _ => None,
    });
    requests.collect()
}

/// Returns the library's reply with the marks on the kept story.
fn marks(article: &Article, binned_at: Option<i64>) -> Event {
    let rows = vec![StoryRow { binned_at, ..row(article) }];
    Event::Marks(Box::new(StoryMarks { rows, highlights: Vec::new(), corrections: Vec::new() }))
}

#[test]
fn undo_and_redo_of_a_kept_story_are_those_of_the_library() {
    let mut reader = Reader::new(120, 40);
    assert_eq!(requests(&mut reader, "u"), [], "there is no library");
    let asked = asked(&mut reader, "Enter 1 Tab x");
    assert_eq!(asked[0].corrections.len(), 1);
    // The request to keep the story has already been sent, so its correction is undone in the library instead of on the
    // screen.
    assert_eq!(requests(&mut reader, "u"), [Request::Replay(Direction::Undo, None)]);
    reader.send(kept(&asked[0]));
    assert_eq!(requests(&mut reader, "u"), [Request::Replay(Direction::Undo, Some(7))]);

    let done = |direction| {
        let replayed = Replayed { label: "saved a story to the library".to_owned(), left_out: 0 };
        Event::Replayed(Reversal::Done(direction, replayed))
    };
    let effects = update(&mut reader.state, done(Direction::Undo));
    assert!(matches!(effects[..], [Effect::Library(Request::Marks(7)), ..]), "{effects:?}");
    reader.send(marks(&asked[0].article, Some(1)));
    let story = &reader.state.stories[0];
    assert!(story.kept.is_none() && story.opened().corrections.is_empty());
    // The screen still requests the marks on the abandoned story, since a redo restores the story.
    assert_eq!(requests(&mut reader, "Alt-u"), [Request::Replay(Direction::Redo, None)]);
    let effects = update(&mut reader.state, done(Direction::Redo));
    assert!(matches!(effects[..], [Effect::Library(Request::Marks(7)), ..]), "{effects:?}");
    reader.send(marks(&asked[0].article, None));
    assert_eq!(reader.state.stories[0].kept.as_ref().map(|kept| kept.id), Some(7));
}

#[test]
fn marks_that_the_disk_did_not_take_are_tried_again_by_the_same_key() {
    let mut reader = Reader::new(120, 40);
    let asked = asked(&mut reader, "K");
    reader.send(kept(&asked[0])).send(Event::Saved(7, Some("the disk is full".into())));
    assert_eq!(requests(&mut reader, "K"), [Request::Save(7)]);
    reader.send(Event::Saved(7, None));
    assert_eq!(requests(&mut reader, "K"), []);
}

#[test]
fn one_question_at_a_time_and_none_while_something_is_typed() {
    let question = || "Undo “archived 1 story”? y/n".to_owned();
    let ask = || Event::Replayed(Reversal::Ask { direction: Direction::Undo, id: 7, question: question() });
    let mut reader = Reader::new(120, 40);
    let asked = asked(&mut reader, "Enter v i s 1");
    let refusal = || Event::NotKept(Arc::clone(&asked[0].article), Vec::new(), "the disk is full".into());
    reader.send(refusal()).press("Ctrl-c").send(ask());
    assert!(reader.status().starts_with("Quit and lose unsaved"), "{}", reader.status());
    assert!(!reader.press("y").state.running);

    let mut reader = Reader::new(120, 40);
    let asked = self::asked(&mut reader, "Enter v i s 1");
    // The reply arrives after the user has begun to type.
    reader.press("Ctrl-c /").send(Event::NotKept(Arc::clone(&asked[0].article), Vec::new(), "the disk is full".into()));
    assert!(reader.type_text("y").state.running && reader.status().contains("/y"), "{}", reader.status());
}

#[test]
fn what_could_not_be_read_cannot_be_kept() {
    let mut reader = Reader::empty(80, 20);
    reader.send(Event::Failed("a.txt".into(), "no such file".into()));
    assert!(asked(&mut reader, "K *").is_empty());
    assert!(reader.status().starts_with("Cannot save the story"), "{}", reader.status());
}
