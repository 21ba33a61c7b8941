//! Tests that marks on a story that was not in the library are still there after a restart.

use super::terminal::{Folder, Program, stories};
use std::fs;
use std::process::Command;

const TEXT: &str =
    "The quay is shut\n\nThe quay was shut on Monday after a storm broke its wall.\n\n“It was old,” said Mara Odell.\n";

/// Creates a folder with a story. Returns the folder and the path of a library that does not exist yet.
fn folder(name: &str) -> (Folder, String) {
    let folder = stories(name);
    fs::write(format!("{}/quay.txt", folder.path()), TEXT).unwrap();
    let path = format!("{}/library.db", folder.path());
    (folder, path)
}

/// Highlights the visible words, adds a note and quits.
fn mark_and_quit(program: &mut Program) {
    program.press("vis3").expect("Highlighted as to follow up").expect("saved to the library");
    program.press("aWho pays?\r").expect("Saved the note");
    program.press("\x03").expect_end(0);
    program.expect_restored();
}

/// Checks that the library contains the note, and the story with its original source bytes.
fn expect_kept(path: &str, source: &str) {
    let mut morning = Program::start(110, 32, &["--library", path], &[]);
    morning.expect("Inbox").press("\r").press_until("]q", "quote 1 of");
    morning.press("H").expect("Who pays?").press("\x1b").press("\x03").expect_end(0);
    let export = Command::new(env!("CARGO_BIN_EXE_dateline")).args(["export", "--library", path]).output().unwrap();
    let export = String::from_utf8(export.stdout).unwrap();
    assert_eq!(export.matches("\"kind\":\"article\"").count(), 1);
    assert!(export.contains(&format!("\"source\":\"{source}")), "another source than {source}");
    assert!(export.contains("\"raw\":{\"text\":"), "the bytes are not kept");
}

#[test]
fn marks_in_a_file_named_on_the_command_line_are_there_the_next_morning() {
    let (folder, path) = folder("keeping-file");
    let file = format!("{}/quay.txt", folder.path());
    let mut program = Program::start(110, 32, &[&file], &[("DATELINE_LIBRARY", &path)]);
    program.expect("The quay is shut").press("\r").press_until("]q", "quote 1 of");
    mark_and_quit(&mut program);
    expect_kept(&path, &file);
}

#[test]
fn marks_in_a_bundled_story_are_there_the_next_morning() {
    let (_folder, path) = folder("keeping-bundled");
    let mut program = Program::start(110, 32, &[], &[("DATELINE_LIBRARY", &path)]);
    program.expect("Stories").press("\r").press_until("]q", "quote 1 of");
    mark_and_quit(&mut program);
    expect_kept(&path, "bundled with Dateline: ");
}

#[test]
fn marks_in_a_story_from_a_pipe_are_there_the_next_morning() {
    let (folder, path) = folder("keeping-pipe");
    let program = env!("CARGO_BIN_EXE_dateline");
    let command = format!("cat {}/quay.txt | DATELINE_LIBRARY={path} {program} -", folder.path());
    let mut program = Program::start_shell(110, 32, &command);
    program.expect("The quay is shut").press("\r").press_until("]q", "quote 1 of");
    mark_and_quit(&mut program);
    expect_kept(&path, "standard input");
}

#[test]
fn marks_in_a_pasted_story_are_there_the_next_morning() {
    let (_folder, path) = folder("keeping-paste");
    let mut program = Program::start(110, 32, &[], &[("DATELINE_LIBRARY", &path)]);
    program
        .expect("Stories")
        .press(&format!("\x1b[200~{TEXT}\x1b[201~"))
        .expect("Pasted: one story")
        .press_until("]q", "quote 1 of");
    mark_and_quit(&mut program);
    expect_kept(&path, "pasted text");
}

#[test]
fn a_key_keeps_a_story_and_another_gives_it_up() {
    let (folder, path) = folder("keeping-key");
    let file = format!("{}/quay.txt", folder.path());
    let mut program = Program::start(110, 32, &[&file], &[("DATELINE_LIBRARY", &path)]);
    program.expect("The quay is shut").press("K").expect("Saved the story to the library · u undo");
    program.press("K").expect("Already in the library");
    program.press("*").expect("Starred 1 story").expect("★");
    program.press("u").expect("starred 1 story").expect_gone("★");
    program.press("u").expect("Undid: saved a story to the library");
    program.press("\x1bu").expect("Redid: saved a story to the library").press("K").expect("Already in the library");
    program.press("u").expect("Undid: saved a story to the library");
    program.press("D").expect("Not in your library · K saves it");
    program.press("*").expect("saved to the library").expect("★");
    program.press("Tharbour\r").expect("Tagged 1 story “harbour”");
    program.press("\x03").expect_end(0);
    let mut morning = Program::start(110, 32, &["--library", &path], &[]);
    morning.expect("Inbox").press("ftag:harbour is:starred\r").expect("one story").press("\x03").expect_end(0);
}

#[test]
fn marks_of_a_story_that_the_library_has_stay_beside_the_new_ones() {
    let (folder, path) = folder("keeping-both");
    let file = format!("{}/quay.txt", folder.path());
    let open = || Program::start(110, 32, &[&file], &[("DATELINE_LIBRARY", &path)]);
    let mut program = open();
    program.expect("The quay is shut").press("\r").press_until("]q", "quote 1 of");
    program.press("viw1").expect("saved to the library").press("\x03").expect_end(0);
    let mut program = open();
    program.expect("The quay is shut").press("\r").press_until("]q", "quote 1 of");
    program.press("V4").expect("saved to the library");
    program.press("H").expect("! “").expect("~ “").press("\x1b").press("\x03").expect_end(0);
}

#[test]
fn without_a_library_to_write_to_quitting_asks_once() {
    let (folder, _) = folder("keeping-refused");
    let file = format!("{}/quay.txt", folder.path());
    let mut program = Program::start(130, 32, &[&file], &[("DATELINE_LIBRARY", "/dev/null/library.db")]);
    program.expect("The quay is shut").press("\r").press_until("]q", "quote 1 of");
    program.press("vis1").expect("not saved (K retries)");
    program.press("\x03").expect("Quit and lose unsaved changes in one story? y/n");
    program.press("j").expect("Did not quit");
    program.press("\x03").expect("y/n").press("y").expect_end(0);
    program.expect_restored();
    // Quitting does not ask for confirmation, since a mark that has been removed cannot be lost.
    let mut program = Program::start(130, 32, &[&file], &[("DATELINE_LIBRARY", "/dev/null/library.db")]);
    program.expect("The quay is shut").press("\r").press_until("]q", "quote 1 of");
    program
        .press("vis1")
        .expect("not saved (K retries)")
        .press("x")
        .expect("Removed the highlight")
        .press("\x03")
        .expect_end(0);
}

#[test]
fn a_star_that_could_not_be_saved_is_saved_by_the_next_attempt() {
    let (folder, _) = folder("keeping-retried");
    let file = format!("{}/quay.txt", folder.path());
    // A file where the folder of the library should be.
    let obstacle = format!("{}/shelf", folder.path());
    std::fs::write(&obstacle, "in the way").unwrap();
    let library = format!("{obstacle}/library.db");
    let mut program = Program::start(130, 32, &[&file], &[("DATELINE_LIBRARY", &library)]);
    program.expect("The quay is shut").press("\r").press("*").expect("ot saved (K retries)");
    std::fs::remove_file(&obstacle).unwrap();
    program.press("K").expect("saved to the library").expect("★").press("\x03").expect_end(0);
    let listed = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["list", "is:starred", "--to", "csv", "--library", &library])
        .output()
        .unwrap();
    assert!(String::from_utf8(listed.stdout).unwrap().contains("The quay is shut"));
}

#[test]
fn a_story_of_a_file_is_kept_in_the_library_that_is_named() {
    let folder = stories("named-library");
    let library = format!("{}/named.db", folder.path());
    let file = format!("{}/a.txt", folder.path());
    let mut program = Program::start(110, 32, &["--library", &library, &file], &[]);
    program.expect("Old weir at Tarn").press("K").expect("Saved the story to the library").press("q").expect_end(0);
    let mut program = Program::start(110, 32, &["read", &file, "--library", &library], &[]);
    program.expect("Old weir at Tarn").press("*").expect("Starred").press("q").expect_end(0);
    let listed = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["list", "is:starred", "--to", "csv", "--library", &library])
        .output()
        .unwrap();
    assert!(String::from_utf8(listed.stdout).unwrap().contains("Old weir at Tarn"));
}
