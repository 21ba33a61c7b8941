//! Runs `dateline pair` as two machines do that share a folder: two libraries, one folder, the real program.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod test_folder;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use test_folder::{TestFolder, err, out};

/// Number of stories in each library.
const STORIES: usize = 5;

/// Creates a library with the same stories as every other one, and the folder of changes.
fn machine(name: &str, shared: &Path) -> TestFolder {
    let machine = TestFolder::new(name);
    let inbox = machine.0.join("inbox");
    fs::create_dir_all(&inbox).unwrap();
    fs::create_dir_all(shared).unwrap();
    for n in 0..STORIES {
        let text = format!("Quay {n} is shut\n\nThe quay was shut on 3 May 2024, said Mara Odell{n}.\n");
        fs::write(inbox.join(format!("{n}.txt")), text).unwrap();
    }
    let added = machine.dateline(&["add", inbox.to_str().unwrap()]);
    assert!(added.status.success(), "{}", err(&added));
    machine
}

fn shared(name: &str) -> TestFolder {
    TestFolder::new(&format!("{name}-shared"))
}

/// Runs the program, which must succeed. Returns its output.
fn run(machine: &TestFolder, arguments: &[&str]) -> String {
    let output = machine.dateline(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", err(&output));
    assert_eq!(err(&output), "", "{arguments:?}");
    out(&output)
}

/// Returns the user's marks in a library, as an export has them, without the times of notes.
fn marks(machine: &TestFolder) -> Vec<String> {
    let export = run(machine, &["export"]);
    let is_mark = |line: &&str| {
        ["state", "tag", "note", "view"].iter().any(|kind| line.contains(&format!("{{\"kind\":\"{kind}\"")))
    };
    let mut lines: Vec<String> =
        export.lines().filter(is_mark).map(|line| line.split(",\"changed\"").next().unwrap().to_owned()).collect();
    lines.sort();
    lines
}

fn changes(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn marks_travel_both_ways_and_a_second_pairing_writes_nothing() {
    let folder = shared("pair-both");
    let (a, b) = (machine("pair-a", &folder.0), machine("pair-b", &folder.0));
    let path = folder.0.to_str().unwrap();
    assert_eq!(run(&a, &["pair", "list"]), "no folder is paired; `dateline pair FOLDER` pairs one\n");
    run(&a, &["mark", "title:\"quay 1\"", "--star", "--tag", "sea", "--note", "Ask Odell."]);
    run(&b, &["mark", "title:\"quay 1\"", "--read", "--note", "Asked."]);
    run(&b, &["view", "add", "Quays", "title:quay"]);
    assert!(run(&a, &["pair", path]).contains("no other machine yet"), "a is the first");
    let said = run(&b, &["pair", path]);
    assert!(said.contains("received 1 star, 1 tag, 1 note"), "{said}");
    let said = run(&a, &["pair"]);
    assert!(said.contains("received 1 read mark, 1 note, 1 saved view"), "{said}");
    assert_eq!(marks(&a), marks(&b));
    assert!(
        marks(&a).iter().any(|line| line.contains("Ask Odell.\\n\\nAsked.") || line.contains("Asked.\\n\\nAsk Odell."))
    );
    let files = changes(&folder.0);
    assert_eq!(files.len(), 2);
    let contents: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    for machine in [&a, &b] {
        assert!(run(machine, &["pair"]).ends_with(": nothing new\n"));
    }
    assert_eq!(changes(&folder.0), files);
    assert_eq!(files.iter().map(|file| fs::read(file).unwrap()).collect::<Vec<_>>(), contents);
    // `undo` travels, too.
    run(&a, &["mark", "title:\"quay 2\"", "--star"]);
    run(&a, &["pair"]);
    run(&b, &["pair"]);
    assert_eq!(run(&b, &["list", "is:starred"]).lines().filter(|line| line.contains("Quay")).count(), 2);
    run(&a, &["undo"]);
    run(&a, &["pair"]);
    run(&b, &["pair"]);
    assert_eq!(marks(&a), marks(&b));
    assert!(run(&a, &["pair", "list"]).contains("last exchange"));
    assert!(run(&a, &["pair", "remove", path]).contains("its files stay"));
    assert_eq!(a.dateline(&["pair"]).status.code(), Some(1));
    assert_eq!(a.dateline(&["pair", "remove", path]).status.code(), Some(1));
    assert_eq!(changes(&folder.0), files);
}

#[test]
fn a_damaged_file_is_named_and_the_rest_is_read() {
    let folder = shared("pair-damaged");
    let (a, b) = (machine("pair-damaged-a", &folder.0), machine("pair-damaged-b", &folder.0));
    let path = folder.0.to_str().unwrap();
    run(&a, &["mark", "title:quay", "--star", "--yes"]);
    run(&a, &["pair", path]);
    let file = changes(&folder.0).remove(0);
    let whole = fs::read_to_string(&file).unwrap();
    fs::write(&file, whole.replacen("\"star\"", "\"st\u{1b}r\"", 1)).unwrap();
    fs::write(folder.0.join("dateline-zz.changes"), "\u{1b}[2J what is this\n").unwrap();
    let paired = b.dateline(&["pair", path]);
    assert_eq!(paired.status.code(), Some(1));
    let faults = err(&paired);
    assert!(faults.contains("is damaged in line 2; skipped 1 line, the rest was read"), "{faults}");
    assert!(
        faults.contains("dateline-zz.changes is damaged in its first line") && !faults.contains('\u{1b}'),
        "{faults}"
    );
    assert!(out(&paired).contains(&format!("received {} stars", STORIES - 1)), "{}", out(&paired));
    // The machine that writes the file repairs it.
    fs::remove_file(folder.0.join("dateline-zz.changes")).unwrap();
    assert_eq!(a.dateline(&["pair"]).status.code(), Some(0));
    run(&b, &["pair"]);
    assert_eq!(marks(&a), marks(&b));
    let missing = a.dateline(&["pair", "/nonexistent/folder"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(err(&missing).contains("/nonexistent/folder is not a folder"), "{}", err(&missing));
}

#[test]
fn killed_pairings_lose_nothing_and_write_nothing_twice() {
    let folder = shared("pair-killed");
    let (a, b) = (machine("pair-killed-a", &folder.0), machine("pair-killed-b", &folder.0));
    let path = folder.0.to_str().unwrap();
    run(&a, &["pair", path]);
    run(&b, &["pair", path]);
    let mut lines = 0;
    for round in 0_u64..12 {
        for (machine, n) in [(&a, round % STORIES as u64), (&b, (round + 1) % STORIES as u64)] {
            let title = format!("title:\"quay {n}\"");
            run(machine, &["mark", &title, "--tag", &format!("tag{round}"), "--note", &format!("Note {round}.")]);
            lines += 2;
            let mut child = Command::new(env!("CARGO_BIN_EXE_dateline"))
                .arg("pair")
                .env("DATELINE_LIBRARY", machine.0.join("library.db"))
                .env("XDG_CONFIG_HOME", "/nonexistent")
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            // At a different moment each time: before, while and after it writes.
            let end = Instant::now() + Duration::from_micros(1_500 * round);
            while Instant::now() < end && child.try_wait().unwrap().is_none() {}
            let _ = child.kill();
            child.wait().unwrap();
        }
    }
    for machine in [&a, &b, &a, &b] {
        run(machine, &["pair"]);
    }
    assert_eq!(marks(&a), marks(&b));
    assert_eq!(marks(&a).iter().filter(|line| line.contains("\"tag\"")).count(), 24);
    let files = changes(&folder.0);
    let written: usize = files.iter().map(|file| fs::read_to_string(file).unwrap().lines().count() - 1).sum();
    assert!(files.len() == 2 && written <= lines, "{written} lines in {files:?}, of {lines} changes");
    for machine in [&a, &b] {
        assert!(run(machine, &["pair"]).ends_with(": nothing new\n"));
        run(machine, &["check"]);
    }
}
