//! Tests undo and redo. They must choose the correct change, must never overwrite a newer value, and must never lose a
//! note.

use crate::stories::{folder, library, note_of, prepared, redo, story, tags, undo};
use dateline_analysis::Correction;
use dateline_analysis::correction::{Anchor, Layer};
use dateline_core::text::Span;
use dateline_library::{By, Change, Direction, Error, Flag, Library, List, Origin};
use std::path::PathBuf;

/// Opens a library of three stories in two sessions.
fn two_sessions(name: &str) -> (Library, Library) {
    let path: PathBuf = folder(name).join("library.db");
    let mut one = Library::open_or_create(&path).unwrap().used_on(Origin::Screen);
    one.add(&[prepared(story(0)), prepared(story(1)), prepared(story(2))]).unwrap();
    (one, Library::open(&path).unwrap().used_on(Origin::Screen))
}

/// Returns the label of the change that would be undone or redone next.
fn next(library: &Library, direction: Direction, by: By) -> Option<String> {
    library.last_change(direction, by).unwrap().map(|entry| entry.label)
}

/// Returns the ID of the last change that has not been undone.
fn last(library: &Library) -> i64 {
    library.last_change(Direction::Undo, By::Anyone).unwrap().unwrap().id
}

fn note(words: &str) -> Change {
    Change::Note(words.to_owned())
}

fn reason(outcome: Result<impl std::fmt::Debug, Error>) -> String {
    match outcome {
        Err(Error::Conflict(reason)) => reason,
        other => panic!("no conflict: {other:?}"),
    }
}

#[test]
fn every_change_is_undone_and_redone_in_a_later_session() {
    let path = folder("undo").join("library.db");
    let mut library = Library::open_or_create(&path).unwrap();
    library.add(&[prepared(story(0)), prepared(story(1))]).unwrap();
    assert_eq!(library.set(&[1, 2], &Change::Flag(Flag::Starred, true)).unwrap(), 2);
    library.set(&[1], &Change::Tag("sea".into())).unwrap();
    library.set(&[1], &note("Ask the harbour.")).unwrap();
    library.set(&[2], &Change::Binned(true)).unwrap();
    library.highlight(1, Span::new(4, 9), "yellow", "").unwrap();
    assert_eq!(library.rows(&[1]).unwrap()[0].highlights, 1);
    drop(library);

    let mut library = Library::open(&path).unwrap();
    assert_eq!(undo(&mut library).unwrap(), "highlighted a passage");
    assert_eq!(library.rows(&[1]).unwrap()[0].highlights, 0);
    assert_eq!(undo(&mut library).unwrap(), "moved 1 story to the bin");
    assert_eq!(library.count(List::Inbox).unwrap(), 2);
    undo(&mut library);
    assert_eq!(note_of(&library, 1), None);
    undo(&mut library);
    assert!(tags(&library, 1).is_empty());
    assert_eq!(undo(&mut library).unwrap(), "starred 2 stories");
    assert_eq!(library.count(List::Starred).unwrap(), 0);
    assert_eq!(undo(&mut library), None);
    for _ in 0..5 {
        redo(&mut library).unwrap();
    }
    assert_eq!(redo(&mut library), None);
    assert_eq!((tags(&library, 1), library.highlights(1).unwrap().len()), (vec!["sea".to_owned()], 1));
}

#[test]
fn opening_stories_is_not_a_change_and_leaves_undone_notes_to_be_redone() {
    let mut library = library(3);
    library.highlight(1, Span::new(4, 9), "yellow", "Which ferry?").unwrap();
    undo(&mut library);
    for id in 1..=3 {
        library.mark_opened(id).unwrap();
        library.set_position(id, 20).unwrap();
    }
    assert!(library.rows(&[1, 2, 3]).unwrap().iter().all(|row| row.read));
    assert_eq!(next(&library, Direction::Undo, By::Anyone), None);
    assert_eq!(redo(&mut library).unwrap(), "highlighted a passage");
    assert_eq!(library.highlights(1).unwrap()[0].note, "Which ferry?");
}

#[test]
fn a_mark_by_hand_is_one_change_however_many_stories_it_touched() {
    let mut library = library(3);
    library.set(&[1, 2, 3], &Change::Flag(Flag::Read, true)).unwrap();
    library.set(&[2], &Change::Flag(Flag::Read, false)).unwrap();
    assert_eq!(undo(&mut library).unwrap(), "marked 1 story as unread");
    assert_eq!(undo(&mut library).unwrap(), "marked 3 stories as read");
    assert_eq!(library.count(List::Unread).unwrap(), 3);
    assert_eq!(undo(&mut library), None);
}

#[test]
fn an_action_without_effect_is_not_recorded() {
    let mut library = library(1);
    assert_eq!(library.set(&[1], &Change::Flag(Flag::Read, false)).unwrap(), 0);
    assert_eq!(undo(&mut library), None);
    assert!(library.set(&[99], &Change::Binned(true)).is_err());
    assert!(library.set(&[1], &Change::Tag("a, b".into())).is_err());
}

#[test]
fn a_session_is_offered_its_own_changes() {
    let (mut one, mut other) = two_sessions("sessions");
    one.set(&[1], &Change::Flag(Flag::Starred, true)).unwrap();
    other.set(&[2], &note("Ask Odell.")).unwrap();
    assert_eq!(next(&one, Direction::Undo, By::Session).unwrap(), "starred 1 story");
    assert_eq!(next(&one, Direction::Undo, By::Anyone).unwrap(), "set the note on 1 story");
    assert_eq!(next(&one, Direction::Undo, By::CommandLine), None);
    let star = one.last_change(Direction::Undo, By::Session).unwrap().unwrap();
    assert!(star.own && star.origin == Some(Origin::Screen) && star.rewrites_note_of.is_none());
    one.replay(Direction::Undo, star.id).unwrap();
    assert_eq!(next(&one, Direction::Undo, By::Session), None);
    let noted = one.last_change(Direction::Undo, By::Anyone).unwrap().unwrap();
    assert!(!noted.own);
    assert_eq!((noted.rewrites_note_of, noted.headline.as_deref()), (Some(2), Some("Ferry number 1 sails again")));
    // A redo is offered only to the session that undid the change.
    assert_eq!(next(&other, Direction::Redo, By::Session), None);
    assert_eq!(next(&one, Direction::Redo, By::Session).unwrap(), "starred 1 story");
    let mut command = other.used_on(Origin::CommandLine);
    command.set(&[3], &Change::Tag("sea".into())).unwrap();
    assert_eq!(next(&one, Direction::Undo, By::CommandLine).unwrap(), "tagged 1 story “sea”");
}

#[test]
fn a_new_change_keeps_undone_ones_and_each_is_redone() {
    let mut library = library(2);
    library.set(&[1], &note("Ask the harbour.")).unwrap();
    let noted = last(&library);
    library.set(&[1], &Change::Tag("sea".into())).unwrap();
    let tagged = last(&library);
    undo(&mut library);
    undo(&mut library);
    library.set(&[2], &Change::Flag(Flag::Starred, true)).unwrap();
    let states = |library: &Library| -> Vec<(i64, bool)> {
        library.journal().unwrap().iter().map(|entry| (entry.id, entry.undone)).collect()
    };
    assert_eq!(states(&library), [(tagged + 1, false), (tagged, true), (noted, true)]);
    library.replay(Direction::Redo, tagged).unwrap();
    assert_eq!(tags(&library, 1), ["sea"]);
    assert_eq!(redo(&mut library).unwrap(), "set the note on 1 story");
    assert_eq!(note_of(&library, 1).as_deref(), Some("Ask the harbour."));
    // The change that was redone last is the first to be undone again.
    assert_eq!(undo(&mut library).unwrap(), "set the note on 1 story");
    assert!(library.replay(Direction::Redo, tagged).unwrap_err().to_string().contains("has not been undone"));
    assert!(library.replay(Direction::Undo, noted).unwrap_err().to_string().contains("has already been undone"));
    assert!(library.replay(Direction::Undo, 99).unwrap_err().to_string().contains("no change 99"));
}

#[test]
fn a_newer_note_is_not_overwritten_and_the_next_undo_goes_on() {
    let (mut one, mut other) = two_sessions("newer");
    one.set(&[2], &Change::Flag(Flag::Archived, true)).unwrap();
    one.set(&[1], &note("Old words.")).unwrap();
    let noted = last(&one);
    other.set(&[1], &note("Newer words.")).unwrap();
    assert_eq!(
        reason(one.replay(Direction::Undo, noted)),
        "cannot undo “set the note on 1 story” because the note has changed since"
    );
    assert_eq!(note_of(&one, 1).as_deref(), Some("Newer words."));
    assert_eq!(next(&one, Direction::Undo, By::Session).unwrap(), "archived 1 story");
    // A redo is handled in the same way.
    undo(&mut other);
    one.replay(Direction::Undo, noted).unwrap();
    other.set(&[1], &note("Other words.")).unwrap();
    assert!(reason(one.replay(Direction::Redo, noted)).contains("cannot redo"));
    assert_eq!(note_of(&one, 1).as_deref(), Some("Other words."));
}

#[test]
fn a_newer_highlight_is_not_overwritten() {
    let (mut one, mut other) = two_sessions("newer-highlight");
    let id = one.highlight(1, Span::new(4, 9), "important", "").unwrap();
    let highlighted = last(&one);
    other.change_highlight(1, id, Some(("important", "Which ferry?"))).unwrap();
    assert!(reason(one.replay(Direction::Undo, highlighted)).contains("the highlight has changed since"));
    assert_eq!(one.highlights(1).unwrap()[0].note, "Which ferry?");
    let noted = last(&other);
    other.change_highlight(1, id, None).unwrap();
    assert!(reason(other.replay(Direction::Undo, noted)).contains("the highlight has been removed since"));
    // In the meantime, the same words have been highlighted again. The undo is refused, since one of two highlights of
    // the same words would hide the other.
    other.highlight(1, Span::new(4, 9), "wording", "Mine.").unwrap();
    let removed = other.journal().unwrap().into_iter().find(|entry| entry.label == "removed a highlight").unwrap();
    assert!(reason(other.replay(Direction::Undo, removed.id)).contains("highlighted again since"));
    let kept = one.highlights(1).unwrap();
    assert_eq!((kept.len(), kept[0].note.as_str()), (1, "Mine."));
}

#[test]
fn newer_views_bins_and_merges_are_not_overwritten() {
    let (mut one, mut other) = two_sessions("newer-views");
    one.save_view("Ferries", Some("ferry")).unwrap();
    let saved = last(&one);
    other.save_view("Ferries", Some("ferry OR boat")).unwrap();
    assert!(reason(one.replay(Direction::Undo, saved)).contains("the view “Ferries” has changed since"));
    assert_eq!(one.views().unwrap(), [("Ferries".to_owned(), "ferry OR boat".to_owned())]);

    let mara = one.name_id("person", "Mara Odell").unwrap().unwrap();
    let jose = one.name_id("person", "José Álvarez").unwrap().unwrap();
    let ship = one.name_id("organization", "Northern Shipping Company").unwrap().unwrap();
    one.merge_names(jose, mara).unwrap();
    let merged = last(&one);
    other.merge_names(mara, ship).unwrap();
    assert!(reason(one.replay(Direction::Undo, merged)).contains("the names have been merged or split since"));
    assert_eq!(one.profile(mara, 0).unwrap().same.len(), 2);
    undo(&mut other);
    one.replay(Direction::Undo, merged).unwrap();
    assert!(one.profile(mara, 0).unwrap().same.is_empty());
}

#[test]
fn of_many_stories_those_changed_since_are_left_out_and_counted() {
    let (mut one, mut other) = two_sessions("left-out");
    one.set(&[1, 2, 3], &note("Check this.")).unwrap();
    let noted = last(&one);
    other.set(&[2], &note("Checked.")).unwrap();
    other.set(&[3], &Change::Binned(true)).unwrap();
    other.purge(i64::MAX).unwrap();
    assert_eq!(one.replay(Direction::Undo, noted).unwrap().left_out, 2);
    assert_eq!((note_of(&one, 1), note_of(&one, 2).as_deref()), (None, Some("Checked.")));
    assert_eq!(one.replay(Direction::Redo, noted).unwrap().left_out, 2);
    assert_eq!((note_of(&one, 1).as_deref(), note_of(&one, 2).as_deref()), (Some("Check this."), Some("Checked.")));
}

#[test]
fn a_change_that_another_session_reversed_is_undone_without_harm() {
    let (mut one, mut other) = two_sessions("reversed");
    one.set(&[1], &Change::Flag(Flag::Archived, true)).unwrap();
    let archived = last(&one);
    other.set(&[1], &Change::Flag(Flag::Archived, false)).unwrap();
    one.replay(Direction::Undo, archived).unwrap();
    assert!(!one.rows(&[1]).unwrap()[0].archived);
}

#[test]
fn corrections_are_changes_like_every_other() {
    let mut library = library(1);
    let text = story(0).text;
    let correction = |word: &str| {
        let at = text.find(word).unwrap();
        Correction::Dismiss { layer: Layer::Entities, at: Anchor::of(&text, Span::new(at, at + word.len())) }
    };
    library.correct(1, &correction("Ostrel Island")).unwrap();
    library.set(&[1], &Change::Flag(Flag::Starred, true)).unwrap();
    library.correct(1, &correction("Port Vessel")).unwrap();
    assert_eq!(undo(&mut library).unwrap(), "removed a row");
    assert_eq!(library.corrections(1).unwrap(), [correction("Ostrel Island")]);
    assert_eq!(undo(&mut library).unwrap(), "starred 1 story");
    undo(&mut library);
    assert_eq!(library.corrections(1).unwrap(), []);
    for _ in 0..3 {
        redo(&mut library).unwrap();
    }
    assert_eq!(library.corrections(1).unwrap(), [correction("Ostrel Island"), correction("Port Vessel")]);
    // Imported corrections can be undone as well, but only once.
    let mut export = Vec::new();
    library.export(&mut export).unwrap();
    let mut copy = Library::open_in_memory().unwrap();
    copy.import(export.as_slice()).unwrap();
    copy.import(export.as_slice()).unwrap();
    assert_eq!(copy.journal().unwrap().len(), 2);
    assert_eq!(undo(&mut copy).unwrap(), "corrected an annotation");
    assert_eq!(copy.corrections(1).unwrap(), [correction("Ostrel Island")]);
}

#[test]
fn the_words_of_a_deleted_article_leave_the_journal() {
    let mut library = library(2);
    library.set(&[1], &note("Do not keep this.")).unwrap();
    library.set(&[1, 2], &Change::Flag(Flag::Starred, true)).unwrap();
    library.save_view("Ferries", Some("ferry")).unwrap();
    library.set(&[1], &Change::Binned(true)).unwrap();
    library.purge(i64::MAX).unwrap();
    let labels: Vec<String> = library.journal().unwrap().into_iter().map(|entry| entry.label).collect();
    assert_eq!(labels, ["saved the view “Ferries”", "starred 2 stories"]);
}
