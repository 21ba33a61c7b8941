//! Tests undo and redo in the TUI: which changes they affect, when they ask first, and that notes are never lost.

use super::library::{add, library, open, to_weir};
use super::terminal::Folder;
use std::process::Command;

/// Creates a library with three stories.
fn three(name: &str) -> (Folder, String) {
    let (folder, path) = library(name);
    std::fs::write(format!("{}/c.txt", folder.path()), "The ferry waits\n\nThe ferry will not run in May.").unwrap();
    add(&folder, &path);
    (folder, path)
}

/// Runs a command on the library. Returns its output.
fn printed(path: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    let output = command.args(arguments).args(["--library", path]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn notes(path: &str) -> String {
    printed(path, &["export", "--notes"])
}

#[test]
fn a_note_outlives_five_undos_two_stories_later() {
    let (_folder, path) = three("habit");
    let mut program = open(&path);
    to_weir(&mut program);
    program.press("va").expect("Note: ").press("Ask Pell.\r").expect("Saved the note");
    program.press("B").expect("Inbox: 3 stories").press_until("N", "No unread stories left");
    // Opening a story is not a change, but writing a note is. The note is not on the screen, so undo asks for
    // confirmation.
    for keys in ["u", "u"] {
        program.press(keys).expect("Undo “added a note to a highlight”? y/n · in “Old weir");
        program.press("u").expect("Did not undo anything");
    }
    program.press("u").expect("y/n").press("q").expect("Did not undo anything").press("\x03").expect_end(0);
    assert!(notes(&path).contains("Ask Pell."), "{}", notes(&path));

    // After a restart, the note belongs to a different session.
    let mut program = open(&path);
    program.press("u").expect("Undo “added a note to a highlight”? y/n").expect("made in another session");
    program.press("n").expect("Did not undo anything").press("u").expect("y/n");
    program.press("y").expect("Undid: added a note to a highlight · Alt-u redo");
    assert!(!notes(&path).contains("Ask Pell."), "{}", notes(&path));
    // Neither opening other stories nor making other changes discards the redo.
    program.press("\r").expect("Space page down").press("n").press("*").expect("Starred 1 story · u undo");
    program.press("\x1bu").expect("Redid: added a note to a highlight · u undo");
    program.press("\x03").expect_end(0);
    assert!(notes(&path).contains("Ask Pell."), "{}", notes(&path));
}

#[test]
fn with_a_story_open_undo_brings_the_one_before_back_and_stays() {
    let (_folder, path) = three("open");
    let mut program = open(&path);
    program.press("f ferry\r").expect("one story").press("B").expect("Inbox: 3 stories");
    program.press("\r").expect("Space page down").press("A").expect("Archived 1 story · u undo").expect("archived");
    program.press_until("N", "No unread stories left");
    program.press("u").expect("Undid: archived 1 story · Alt-u redo").expect_gone("archived · ");
    // No story has become unread, and nothing is left to undo.
    program.press("u").expect("Nothing to undo");
    program.press("\x1bu").expect("Redid: archived 1 story").press("\x03").expect_end(0);
    assert_eq!(printed(&path, &["list", "is:read", "--to", "jsonl"]).lines().count(), 3);
    assert_eq!(printed(&path, &["list", "is:archived", "--to", "jsonl"]).lines().count(), 1);
}

#[test]
fn an_open_story_stays_when_an_undo_reads_a_list_that_it_has_left() {
    let (_folder, path) = three("left");
    let mut program = open(&path);
    program.press("B").expect("Unread: 3 stories").press("\r").expect("▸The ferry waits").press("*").expect("Starred");
    program.press("u").expect("Undid: starred 1 story").press("j").expect("▸The ferry waits");
    program.press("\x03").expect_end(0);
    assert_eq!(printed(&path, &["list", "is:unread", "--to", "jsonl"]).lines().count(), 2);
}

#[test]
fn a_mark_by_hand_in_the_open_story_is_undone_and_redone_and_holds() {
    let (_folder, path) = library("unread");
    let mut program = open(&path);
    program.press("\r").expect("Space page down").press("r").expect("Marked 1 story as unread · u undo");
    program.press("u").expect("Undid: marked 1 story as unread");
    program.press("\x1bu").expect("Redid: marked 1 story as unread");
    program.press("j").press("\x03").expect_end(0);
    assert_eq!(printed(&path, &["list", "is:unread", "--to", "jsonl"]).lines().count(), 2);
}

#[test]
fn another_window_is_asked_before_it_undoes_this_one_s_change() {
    let (_folder, path) = library("windows");
    let mut one = open(&path);
    let mut other = open(&path);
    to_weir(&mut one);
    one.press("va").expect("Note: ").press("Ask Pell.\r").expect("Saved the note");
    other.press("u").expect("Undo “added a note to a highlight”? y/n · from ").expect("another session");
    other.press("n").expect("Did not undo anything").press("*").expect("Starred 1 story");
    other.press("u").expect("Undid: starred 1 story").press("\x03").expect_end(0);
    assert!(notes(&path).contains("Ask Pell."), "{}", notes(&path));
    // With the story open, the note is undone without confirmation, and the screen shows the key for redo.
    one.press("u").expect("Undid: added a note to a highlight · Alt-u redo");
    one.press("u").expect("Undid: highlighted a passage · Alt-u redo");
    one.press("\x1bu")
        .expect("Redid: highlighted a passage")
        .press("\x1bu")
        .expect("Redid: added a note to a highlight");
    one.press("H").expect("Ask Pell.").press("\x1b").press("\x03").expect_end(0);
    assert!(notes(&path).contains("Ask Pell."), "{}", notes(&path));
}

#[test]
fn a_highlight_of_another_window_is_not_removed_by_one_made_here() {
    let (_folder, path) = library("highlights");
    let mut one = open(&path);
    to_weir(&mut one);
    let mut other = open(&path);
    to_weir(&mut other);
    other.press("va").expect("Note: ").press("Ask Pell.\r").expect("Saved the note").press("\x03").expect_end(0);
    one.press("gVa").expect("Note: ").press("Whole.\r").expect("Saved the note").press("\x03").expect_end(0);
    let notes = notes(&path);
    assert!(notes.contains("Ask Pell.") && notes.contains("Whole."), "{notes}");
}

#[test]
fn a_correction_of_an_earlier_session_is_asked_about_and_redone() {
    let (_folder, path) = library("corrected");
    let mut program = open(&path);
    to_weir(&mut program);
    program.press("1").expect("Quotes 3").press("\tx").expect("Removed the row · u undo").expect("Quotes 2");
    program.press("u").expect("Undid: removed a row · Alt-u redo").expect("Quotes 3");
    program.press("\x1bu").expect("Redid: removed a row").expect("Quotes 2").press("\x03").expect_end(0);

    let mut program = open(&path);
    to_weir(&mut program);
    program.press("1").expect("Quotes 2").press("u").expect("Undo “removed a row”? y/n");
    program.press("n").expect("Did not undo anything").expect("Quotes 2");
    program.press("u").expect("y/n").press("y").expect("Undid: removed a row").expect("Quotes 3");
    program.press("\x03").expect_end(0);
}
