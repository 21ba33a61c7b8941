//! A library carried over by `export` and `backup`, through the program: a disk without room leaves no half of a file.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod shelf;

use shelf::{Shelf, err, out};
use std::fs;
use std::process::Command;

/// A library of stories, with a star and a note.
fn filled(name: &str, count: usize) -> Shelf {
    let shelf = Shelf::new(name);
    let inbox = shelf.0.join("inbox");
    fs::create_dir_all(&inbox).unwrap();
    for n in 0..count {
        let more = format!("The wall of quay {n} is old. ").repeat(60);
        let text = format!("Quay {n} is shut\n\nThe quay was shut on 3 May 2024, said Mara Odell.\n\n{more}\n");
        fs::write(inbox.join(format!("{n:03}.txt")), text).unwrap();
    }
    let added = shelf.dateline(&["add", inbox.to_str().unwrap()]);
    assert!(added.status.success(), "{}", err(&added));
    let said = out(&added);
    let uid = said.lines().next().unwrap().split(' ').nth(1).unwrap();
    assert!(shelf.dateline(&["mark", uid, "--star", "--note", "Ask Odell."]).status.success());
    shelf
}

#[test]
fn a_disk_without_room_leaves_no_part_of_a_file_under_its_name() {
    let shelf = filled("carrying-full", 60);
    let names = || {
        let names = fs::read_dir(&shelf.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| !name.starts_with("library.db-")).collect();
        names.sort();
        names
    };
    let before = names();
    for command in ["export --to all.jsonl", "backup copy.db", "backup --daily .", "check --rescue new.db"] {
        // In units of 1024 bytes: room for what readers of the library share, not for a copy.
        let script = format!("ulimit -f 64; exec '{}' {command}", env!("CARGO_BIN_EXE_dateline"));
        let mut limited = Command::new("bash");
        limited.args(["-c", &script]).current_dir(&shelf.0).env("DATELINE_LIBRARY", shelf.0.join("library.db"));
        let output = limited.output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{command}: {output:?}");
        assert!(err(&output).starts_with("dateline: "), "{command}: {}", err(&output));
        assert_eq!(names(), before, "{command}");
    }
    // With room they are there, and whole.
    assert!(shelf.dateline(&["export", "--to", shelf.0.join("all.jsonl").to_str().unwrap()]).status.success());
    assert!(shelf.dateline(&["backup", shelf.0.join("copy.db").to_str().unwrap()]).status.success());
    assert_eq!(names().len(), before.len() + 2);
    let again = shelf.dateline(&["export", "--to", shelf.0.join("all.jsonl").to_str().unwrap()]);
    assert!(err(&again).contains("there is such a file already; it was left as it is"), "{}", err(&again));
}

#[test]
fn output_that_cannot_be_written_is_told() {
    let shelf = filled("carrying-output", 1);
    let script = format!("exec '{}' export > /dev/full", env!("CARGO_BIN_EXE_dateline"));
    let mut full = Command::new("bash");
    let output = full.args(["-c", &script]).env("DATELINE_LIBRARY", shelf.0.join("library.db")).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("No space left"), "{}", err(&output));
}
