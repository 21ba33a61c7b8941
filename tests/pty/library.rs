//! The library on the screen: what was done to a story is there the next morning.

use super::terminal::{Folder, Program, stories};
use std::process::Command;

/// A library that holds the two test stories, in a folder of its own; the file's path.
fn library(name: &str) -> (Folder, String) {
    let folder = stories(name);
    let path = format!("{}/library.db", folder.path());
    let added = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["add", "--library", &path, &folder.path()])
        .output()
        .unwrap();
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
    (folder, path)
}

fn open(path: &str) -> Program {
    let mut program = Program::start(110, 32, &["--library", path], &[]);
    program.expect("Library").expect("Old weir at Tarn").expect("Snow closes");
    program
}

/// To the story of the weir, wherever the list has it.
fn to_weir(program: &mut Program) {
    program.press("fweir\r").expect("weir: one story").press("\r").expect("on  1 quotes");
}

#[test]
fn what_was_done_is_there_the_next_morning() {
    let (_folder, path) = library("morning");
    let mut evening = open(&path);
    to_weir(&mut evening);
    evening.press("*").expect("Starred 1 article");
    evening.press("Triver\r").expect("Tagged 1 article “river”");
    evening.press("v3").expect("Highlighted").press("q").expect_end(0);

    let mut morning = open(&path);
    morning.press("ftag:river is:starred\r").expect("one story").expect("★");
    morning.press("\rH").expect("→ “Old”");
    morning.press("\x1b").press("u").expect("Taken back: ");
    morning.press("q").expect_end(0);
    morning.expect_restored();
}

#[test]
fn the_bin_gives_back_what_was_put_into_it() {
    let (_folder, path) = library("bin");
    let mut program = open(&path);
    program.press("D").expect("Put 1 article into the bin").expect("in the bin");
    program.press("u").expect("Taken back: put 1 article into the bin").expect_gone("in the bin");
    program.press("q").expect_end(0);
}

#[test]
fn a_query_that_makes_no_sense_is_told_and_changes_nothing() {
    let (_folder, path) = library("query");
    let mut program = open(&path);
    program.press("fspeeker:ode\r").expect("No field is called “speeker”").expect("Old weir at Tarn");
    program.press("q").expect_end(0);
}

#[test]
fn a_library_that_is_none_is_told_and_left_alone() {
    let folder = stories("foreign");
    let path = format!("{}/notes.txt", folder.path());
    std::fs::write(&path, "No library.".repeat(100)).unwrap();
    let mut program = Program::start(110, 32, &["--library", &path], &[]);
    program.expect("is no library of Dateline");
    program.press("q").expect_end(0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "No library.".repeat(100));
}
