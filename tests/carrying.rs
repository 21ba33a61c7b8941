//! Tests `export`, `import` and `backup` by running the real program. Missing parts must be reported, and a full disk
//! must not leave a partial file.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod test_folder;

use std::fs;
use std::process::{Command, Output};
use test_folder::{TestFolder, err, out};

/// Creates a library with `count` stories, a star and a note.
fn filled(name: &str, count: usize) -> TestFolder {
    let test_folder = TestFolder::new(name);
    let inbox = test_folder.0.join("inbox");
    fs::create_dir_all(&inbox).unwrap();
    for n in 0..count {
        let more = format!("The wall of quay {n} is old. ").repeat(60);
        let text = format!("Quay {n} is shut\n\nThe quay was shut on 3 May 2024, said Mara Odell.\n\n{more}\n");
        fs::write(inbox.join(format!("{n:03}.txt")), text).unwrap();
    }
    let added = test_folder.dateline(&["add", inbox.to_str().unwrap()]);
    assert!(added.status.success(), "{}", err(&added));
    let said = out(&added);
    let uid = said.lines().next().unwrap().split(' ').nth(1).unwrap();
    assert!(test_folder.dateline(&["mark", uid, "--star", "--note", "Ask Odell."]).status.success());
    test_folder
}

/// Imports an export into a new library.
fn imported(name: &str, export: &str) -> Output {
    let other = TestFolder::new(name);
    let file = other.0.join("all.jsonl");
    fs::write(&file, export).unwrap();
    other.dateline(&["import", file.to_str().unwrap()])
}

#[test]
fn an_import_says_what_is_missing_and_whether_it_can_know() {
    let export = out(&filled("carrying-cut", 4).dateline(&["export"]));
    let whole = imported("carrying-whole", &export);
    assert_eq!((whole.status.code(), err(&whole)), (Some(0), String::new()));
    assert_eq!(out(&whole), "imported 4 stories\n");

    let lines: Vec<&str> = export.split_inclusive('\n').collect();
    let cut = imported("carrying-lines", &lines[..3].concat());
    assert_eq!(cut.status.code(), Some(1));
    assert!(
        err(&cut).contains("all.jsonl is truncated after line 3 of 8; missing: 2 stories, 1 note, 1 read/star state")
    );
    assert_eq!(out(&cut), "imported 2 stories\n");
    let cut = imported("carrying-one", &lines[..2].concat());
    assert_eq!(out(&cut), "imported 1 story\n");
    let cut = imported("carrying-inside", &export[..lines[..4].concat().len() - 9]);
    assert_eq!(cut.status.code(), Some(1));
    assert!(err(&cut).contains("is truncated in line 4 of 8; missing: 2 stories"), "{}", err(&cut));

    let old = format!("{{\"kind\":\"library\",\"version\":1}}\n{}", lines[1..lines.len() - 1].concat());
    let old = imported("carrying-old", &old);
    assert_eq!(old.status.code(), Some(0));
    assert!(err(&old).contains("so its completeness cannot be checked"), "{}", err(&old));
}

#[test]
fn an_import_says_what_it_merged_into_stories_that_are_there() {
    let there = filled("carrying-there", 2);
    let export = there.0.join("all.jsonl");
    assert!(there.dateline(&["export", "--to", export.to_str().unwrap()]).status.success());
    let here = TestFolder::new("carrying-here");
    // Add the same texts under different file names.
    let inbox = here.0.join("other");
    fs::create_dir_all(&inbox).unwrap();
    for entry in fs::read_dir(there.0.join("inbox")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, inbox.join(format!("copy-{}", path.file_name().unwrap().to_str().unwrap()))).unwrap();
    }
    assert!(here.dateline(&["add", inbox.to_str().unwrap()]).status.success());
    let import = || here.dateline(&["import", export.to_str().unwrap()]);
    assert_eq!(out(&import()), "imported 0 stories; 2 already in the library; merged into those: 1 note, 1 star\n");
    let once = out(&here.dateline(&["export"]));
    assert!(once.contains("Ask Odell."));
    assert_eq!(out(&import()), "imported 0 stories; 2 already in the library\n");
    assert_eq!(out(&here.dateline(&["export"])), once);
}

#[test]
fn a_disk_without_room_leaves_no_part_of_a_file_under_its_name() {
    let test_folder = filled("carrying-full", 60);
    let names = || {
        let names =
            fs::read_dir(&test_folder.0).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| !name.starts_with("library.db-")).collect();
        names.sort();
        names
    };
    let before = names();
    for command in ["export --output all.jsonl", "backup copy.db", "backup --daily .", "check --rescue new.db"] {
        // `ulimit` counts blocks of 1024 bytes. This limit is enough for the library's shared-memory file, but not for
        // a copy of the library.
        let script = format!("ulimit -f 64; exec '{}' {command}", env!("CARGO_BIN_EXE_dateline"));
        let mut limited = Command::new("bash");
        limited
            .args(["-c", &script])
            .current_dir(&test_folder.0)
            .env("DATELINE_LIBRARY", test_folder.0.join("library.db"));
        let output = limited.output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{command}: {output:?}");
        assert!(err(&output).starts_with("dateline: "), "{command}: {}", err(&output));
        assert_eq!(names(), before, "{command}");
    }
    // With enough space, the files are written and complete.
    assert!(
        test_folder.dateline(&["export", "--to", test_folder.0.join("all.jsonl").to_str().unwrap()]).status.success()
    );
    assert!(test_folder.dateline(&["backup", test_folder.0.join("copy.db").to_str().unwrap()]).status.success());
    assert_eq!(names().len(), before.len() + 2);
    let again = test_folder.dateline(&["export", "--to", test_folder.0.join("all.jsonl").to_str().unwrap()]);
    assert!(err(&again).contains("file already exists; not overwritten"), "{}", err(&again));
}

#[test]
fn output_that_cannot_be_written_is_reported() {
    let test_folder = filled("carrying-output", 1);
    let script = format!("exec '{}' export > /dev/full", env!("CARGO_BIN_EXE_dateline"));
    let mut full = Command::new("bash");
    let output = full.args(["-c", &script]).env("DATELINE_LIBRARY", test_folder.0.join("library.db")).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("No space left"), "{}", err(&output));
}
