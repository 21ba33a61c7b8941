//! Tests `dateline add` and related commands by running the real program. Their reports must be correct even after the
//! process has been killed.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use dateline_library::{Change, Library, Origin};
use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

fn dateline(library: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.args(arguments).env("DATELINE_LIBRARY", library);
    command
}

fn run(library: &Path, arguments: &[&str]) -> Output {
    dateline(library, arguments).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complaints(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Creates a folder with `count` stories. Half of them are separate files, half are records in a single file.
fn stories(name: &str, count: usize) -> (PathBuf, PathBuf) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("add-{name}"));
    let _ = fs::remove_dir_all(&folder);
    let inbox = folder.join("inbox");
    fs::create_dir_all(&inbox).unwrap();
    let mut records = String::new();
    for n in 0..count {
        let text = format!(
            "The ferry number {n} sailed on 3 May 2024, said harbour master Mara Odell.\\n\\n“Ramp {n} is mended,” Odell said."
        );
        if n % 2 == 0 {
            let text = text.replace("\\n", "\n");
            fs::write(inbox.join(format!("story-{n:04}.txt")), format!("Ferry {n} sails\n\n{text}\n")).unwrap();
        } else {
            writeln!(records, "{{\"id\": \"r{n}\", \"title\": \"Ferry {n}\", \"text\": \"{text}\"}}").unwrap();
        }
    }
    fs::write(inbox.join("wire.jsonl"), records).unwrap();
    (folder.join("library.db"), inbox)
}

fn uids(said: &str) -> Vec<&str> {
    said.lines().filter_map(|line| line.strip_prefix("added ")?.split(' ').next()).collect()
}

#[test]
fn stories_are_added_once_and_a_bad_file_is_named() {
    let (library, inbox) = stories("once", 40);
    let folder = inbox.to_str().unwrap();
    fs::write(inbox.join("picture.txt"), [0x89, b'P', b'N', b'G', 0, 0, 0, 1, 2]).unwrap();
    let first = run(&library, &["add", folder]);
    assert_eq!(first.status.code(), Some(1));
    assert!(complaints(&first).contains("picture.txt"), "{}", complaints(&first));
    assert_eq!(uids(&out(&first)).len(), 40);
    fs::remove_file(inbox.join("picture.txt")).unwrap();
    let second = run(&library, &["add", folder]);
    assert!(second.status.success());
    assert_eq!(complaints(&second).trim(), "dateline: 0 added, 21 files unchanged");
    // Files that have been moved to another folder are not added again.
    let moved = inbox.with_file_name("moved");
    fs::rename(&inbox, &moved).unwrap();
    let third = run(&library, &["add", moved.to_str().unwrap()]);
    assert_eq!(complaints(&third).trim(), "dateline: 0 added, 40 already in the library");
    assert_eq!(out(&run(&library, &["check"])), "40 stories, all OK\n");
}

#[test]
fn more_than_fifty_articles_of_a_query_need_a_yes() {
    let (library, inbox) = stories("mark-many", 51);
    run(&library, &["add", inbox.to_str().unwrap()]);
    let asked = run(&library, &["mark", "is:unread", "--read"]);
    assert_eq!((asked.status.code(), out(&asked).as_str()), (Some(1), ""));
    assert!(complaints(&asked).contains("matches 51 stories; --yes changes them all"), "{}", complaints(&asked));
    assert_eq!(out(&run(&library, &["mark", "is:unread", "--read", "--yes"])), "marked 51 stories as read\n");
    assert_eq!(out(&run(&library, &["undo"])), "undid: marked 51 stories as read\n");
}

#[test]
fn state_is_changed_and_undone_from_the_command_line() {
    let (library, inbox) = stories("mark", 4);
    let added = out(&run(&library, &["add", inbox.to_str().unwrap()]));
    let uid = uids(&added)[0];
    let marked = run(&library, &["mark", uid, "--star", "--tag", "sea"]);
    assert_eq!(out(&marked), "starred 1 story\ntagged 1 story “sea”\n", "{}", complaints(&marked));
    assert_eq!(out(&run(&library, &["undo"])), "undid: tagged 1 story “sea”\n");
    assert_eq!(out(&run(&library, &["undo", "--redo"])), "redid: tagged 1 story “sea”\n");
    let unknown = run(&library, &["mark", "nothing", "--star"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(
        complaints(&unknown).contains("no story matches “nothing” as an id or a query"),
        "{}",
        complaints(&unknown)
    );
    assert_eq!(out(&run(&library, &["mark", "is:unread", "-is:starred", "--read"])), "marked 3 stories as read\n");
    assert_eq!(out(&run(&library, &["undo"])), "undid: marked 3 stories as read\n");
    assert_eq!(run(&library, &["mark", uid]).status.code(), Some(2));
    let copy = inbox.with_file_name("copy.db");
    assert!(run(&library, &["backup", copy.to_str().unwrap()]).status.success());
    let export = out(&run(&library, &["export"]));
    assert_eq!(out(&run(&copy, &["export"])), export);
    let file = inbox.with_file_name("all.jsonl");
    fs::write(&file, &export).unwrap();
    let other = inbox.with_file_name("other.db");
    assert!(run(&other, &["import", file.to_str().unwrap()]).status.success());
    assert_eq!(out(&run(&other, &["export"])), export);
}

#[test]
fn a_change_made_on_the_screen_is_undone_from_the_command_line_only_when_asked_for() {
    let (library, inbox) = stories("undo", 3);
    let added = out(&run(&library, &["add", inbox.to_str().unwrap()]));
    let uid = uids(&added)[0];
    let mut screen = Library::open(&library).unwrap().used_on(Origin::Screen);
    let id = screen.id_of(uid).unwrap();
    assert_eq!(out(&run(&library, &["undo"])), "nothing to undo\n");
    screen.set(&[id], &Change::Note("Ask the harbour.".to_owned())).unwrap();
    let refused = run(&library, &["undo"]);
    assert_eq!((refused.status.code(), complaints(&refused).lines().count()), (Some(1), 1));
    for words in ["“set the note on 1 story”", "made in the reader on 20", "`dateline undo --any` undoes it"] {
        assert!(complaints(&refused).contains(words), "{}", complaints(&refused));
    }
    assert!(screen.notebook().unwrap().contains("Ask the harbour."));
    // Undo on the command line reverts the last change made there, even if a later change was made in the TUI.
    run(&library, &["mark", uid, "--star"]);
    screen.set(&[id], &Change::Tag("sea".to_owned())).unwrap();
    assert_eq!(out(&run(&library, &["undo"])), "undid: starred 1 story\n");
    assert_eq!(out(&run(&library, &["undo", "--any"])), "undid: tagged 1 story “sea”\n");
    assert_eq!(out(&run(&library, &["undo", "--any"])), "undid: set the note on 1 story\n");
    assert!(!screen.notebook().unwrap().contains("Ask the harbour."));
}

#[test]
fn undone_changes_are_listed_and_redone_after_a_new_change() {
    let (library, inbox) = stories("redo", 3);
    let added = out(&run(&library, &["add", inbox.to_str().unwrap()]));
    let uid = uids(&added)[0];
    run(&library, &["mark", uid, "--note", "Ask the harbour."]);
    run(&library, &["undo"]);
    run(&library, &["mark", uid, "--star"]);
    let list = out(&run(&library, &["undo", "--list"]));
    let rows: Vec<&str> = list.lines().collect();
    assert_eq!(rows.len(), 2, "{list}");
    assert!(rows[0].starts_with("    2  20") && rows[0].contains("  done    command line   starred 1"), "{list}");
    assert!(
        rows[1].starts_with("    1  20")
            && rows[1].contains("  undone  command line   set the note on 1 story · Ferry"),
        "{list}"
    );
    assert_eq!(out(&run(&library, &["undo", "--redo", "1"])), "redid: set the note on 1 story\n");
    assert!(out(&run(&library, &["export", "--notes"])).contains("Ask the harbour."));
    // An older note cannot be redone once there is a newer one.
    run(&library, &["undo", "1"]);
    run(&library, &["mark", uid, "--note", "Asked."]);
    let refused = run(&library, &["undo", "--redo", "1"]);
    assert_eq!((refused.status.code(), complaints(&refused).lines().count()), (Some(1), 1));
    assert!(complaints(&refused).contains("because the note has changed since"), "{}", complaints(&refused));
    assert!(out(&run(&library, &["export", "--notes"])).contains("Asked."));
    assert!(complaints(&run(&library, &["undo", "99"])).contains("no change 99"));
    assert_eq!(run(&library, &["undo", "1", "--any"]).status.code(), Some(2));
}

#[test]
fn a_change_of_an_older_version_is_undone_only_when_asked_for() {
    let (library, _inbox) = stories("older", 1);
    fs::write(&library, zstd::decode_all(&include_bytes!("library/forms/form-2.db.zst")[..]).unwrap()).unwrap();
    let refused = run(&library, &["undo"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(complaints(&refused).contains("made by an older version of Dateline on 20"), "{}", complaints(&refused));
    assert!(out(&run(&library, &["undo", "--list"])).lines().all(|row| row.contains("older version")));
    assert_eq!(out(&run(&library, &["undo", "--any"])), "undid: changed the note of 1 article\n");
}

/// Set `DATELINE_KILLS=200` to kill the process more often.
#[test]
fn an_import_that_is_killed_leaves_a_whole_library_and_goes_on() {
    let kills: u64 = std::env::var("DATELINE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(20);
    let (library, inbox) = stories("killed", 200);
    let folder = inbox.to_str().unwrap();
    let mut said: Vec<String> = Vec::new();
    let mut dice = u64::from(std::process::id());
    for round in 0..kills {
        let mut child = dateline(&library, &["add", folder, "--jobs", "1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        if round % 2 == 0 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            std::thread::sleep(Duration::from_millis((dice >> 33) % 1_000));
        } else {
            said.extend(lines.by_ref().take(1).map(Result::unwrap));
        }
        child.kill().unwrap();
        let rest: Vec<String> = lines.map_while(Result::ok).collect();
        // The kill may have truncated the last line, so only complete lines are counted.
        said.extend(rest.into_iter().filter(|line| line.contains("  ")));
        child.wait().unwrap();
        if library.exists() {
            assert_eq!(whole(&library), "", "round {round}");
        }
        if round % 10 == 9 {
            assert_all_kept(&library, &said);
            said.clear();
            for ending in ["", "-wal", "-shm", ".lock"] {
                let _ = fs::remove_file(format!("{}{ending}", library.display()));
            }
        }
    }
    let last = run(&library, &["add", folder, "--jobs", "1"]);
    assert!(last.status.success());
    assert_eq!(out(&run(&library, &["check"])), "200 stories, all OK\n");
    assert_all_kept(&library, &said);
}

/// Runs `add` and kills it a random time after it has started or, with `--later`, after it has reported a story.
/// Returns its complete lines.
fn killed(library: &Path, arguments: &[&str], dice: &mut u64) -> Vec<String> {
    let mut child = dateline(library, arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let is_later = arguments.contains(&"--later");
    let mut said: Vec<String> = lines.by_ref().take(usize::from(is_later)).map_while(Result::ok).collect();
    *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    std::thread::sleep(Duration::from_millis((*dice >> 33) % if is_later { 300 } else { 3_000 }));
    child.kill().unwrap();
    // The kill may have truncated the last line, so only complete lines are counted.
    said.extend(lines.map_while(Result::ok).filter(|line| line.contains("  ")));
    child.wait().unwrap();
    said
}

#[test]
fn words_and_annotations_that_are_killed_after_their_first_transactions_go_on() {
    const STORIES: usize = 2_500;
    let kills: u64 = std::env::var("DATELINE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(4);
    let (library, inbox) = stories("killed-later", 0);
    let records: String = (0..STORIES)
        .map(|n| format!("{{\"id\": \"r{n}\", \"text\": \"“Ferry {n} sailed,” said Mara Odell.\"}}\n"))
        .collect();
    fs::write(inbox.join("wire.jsonl"), records).unwrap();
    let folder = inbox.to_str().unwrap();
    let mut dice = u64::from(std::process::id());
    let mut said: Vec<String> = Vec::new();
    for round in 0..kills {
        said.extend(killed(&library, &["add", "--later", folder, "--jobs", "1"], &mut dice));
        assert_eq!(whole(&library), "", "words, round {round}");
        assert_all_kept(&library, &said);
    }
    assert!(run(&library, &["add", "--later", folder]).status.success());
    for round in 0..kills {
        killed(&library, &["add", folder, "--jobs", "1"], &mut dice);
        assert_eq!(whole(&library), "", "annotations, round {round}");
    }
    assert!(run(&library, &["add", folder]).status.success());
    assert_eq!(out(&run(&library, &["check"])), "2500 stories, all OK\n");
    let found = out(&run(&library, &["list", "speaker:odell quote:sailed", "--to", "jsonl"]));
    assert_eq!(found.lines().count(), STORIES);
    assert_all_kept(&library, &said);
}

fn assert_all_kept(library: &Path, said: &[String]) {
    let export = out(&run(library, &["export"]));
    let exported: HashSet<&str> = export.split("\"uid\":\"").filter_map(|rest| rest.split('"').next()).collect();
    for uid in uids(&said.join("\n")) {
        assert!(exported.contains(uid), "{uid} was said to be added");
    }
}

/// Runs `check` on a library. Returns the output, which is empty if the check passes. After a kill, the file may not be
/// a library yet, since no table has been created in it.
fn whole(library: &Path) -> String {
    let checked = run(library, &["check"]);
    if checked.status.success() { String::new() } else { complaints(&checked) }
}

#[test]
fn a_read_only_library_is_reported_and_not_touched() {
    let (library, inbox) = stories("refused", 4);
    fs::write(&library, "Not a library. ".repeat(40)).unwrap();
    let refused = run(&library, &["add", inbox.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(complaints(&refused).contains("not a Dateline library"), "{}", complaints(&refused));
    assert_eq!(fs::read_to_string(&library).unwrap(), "Not a library. ".repeat(40));
}

#[test]
fn a_read_only_folder_is_reported() {
    let (_, inbox) = stories("taken", 2);
    let refused = run(Path::new("/proc/self/library.db"), &["add", inbox.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(1));
    let said = complaints(&refused);
    assert!(said.contains("/proc/self/library.db") && said.lines().count() == 1, "{said}");
}

#[test]
fn a_backup_a_day_is_made_and_the_oldest_goes() {
    let (library, inbox) = stories("daily", 2);
    assert!(run(&library, &["add", inbox.to_str().unwrap()]).status.success());
    let copies = inbox.with_file_name("copies");
    let folder = copies.to_str().unwrap();
    for day in ["2023-01-01", "2023-01-02", "2023-01-03"] {
        fs::create_dir_all(&copies).unwrap();
        fs::write(copies.join(format!("library-{day}.db")), "older").unwrap();
    }
    fs::write(copies.join("library-mine.db"), "left alone").unwrap();
    let daily = ["backup", "--daily", folder, "--keep", "2"];
    let made = run(&library, &daily);
    assert!(made.status.success(), "{}", complaints(&made));
    let names = |folder: &Path| {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let there = names(&copies);
    assert_eq!(there.len(), 3, "{there:?}");
    assert!(there.contains(&"library-2023-01-03.db".into()) && there.contains(&"library-mine.db".into()), "{there:?}");
    let today = copies.join(there.iter().find(|name| *name > "library-2023-01-03.db").unwrap());
    assert!(out(&run(&library, &daily)).contains("today's backup, library-"));
    assert_eq!(names(&copies), there);
    assert_eq!(out(&run(&today, &["check"])), "2 stories, all OK\n");
}

#[test]
fn a_full_disk_is_reported_and_stored_articles_are_safe() {
    let (library, inbox) = stories("full", 400);
    let script = format!(
        "ulimit -f 900; exec '{}' add '{}' --library '{}'",
        env!("CARGO_BIN_EXE_dateline"),
        inbox.display(),
        library.display()
    );
    let output = Command::new("bash").args(["-c", &script]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(complaints(&output).contains("no room"), "{}", complaints(&output));
    let report = out(&run(&library, &["check"]));
    assert!(report.ends_with("all OK\n"), "{report}");
    assert!(run(&library, &["add", inbox.to_str().unwrap()]).status.success());
    assert_eq!(out(&run(&library, &["check"])), "400 stories, all OK\n");
}

/// Creates a folder with a file that has this `content`. Returns the paths of a library in that folder and of the file.
fn beside(name: &str, file: &str, content: &str) -> (PathBuf, PathBuf) {
    let (library, inbox) = stories(name, 0);
    fs::remove_file(inbox.join("wire.jsonl")).unwrap();
    fs::write(inbox.join(file), content).unwrap();
    (library, inbox.join(file))
}

#[test]
fn a_file_without_readable_records_is_reported_again_on_the_next_run() {
    let (library, file) = beside("broken", "broken.jsonl", "{\"id\": 1}\nnot json\n");
    for _ in 0..2 {
        let output = run(&library, &["add", "--from", "jsonl", file.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        assert!(complaints(&output).ends_with("0 added, 2 could not be read\n"), "{}", complaints(&output));
    }
    fs::write(&file, "{\"id\": \"1\", \"text\": \"The quay is shut.\"}\n").unwrap();
    assert!(complaints(&run(&library, &["add", file.to_str().unwrap()])).contains("1 added"));
    let again = run(&library, &["add", file.to_str().unwrap()]);
    assert_eq!((again.status.code(), complaints(&again).trim()), (Some(0), "dateline: 0 added, 1 file unchanged"));
}

#[test]
fn a_closed_standard_error_does_not_stop_the_program() {
    let (library, file) = beside("closed", "bad.jsonl", &"not json\n".repeat(5000));
    let mut command = dateline(&library, &["add", "--from", "jsonl", file.to_str().unwrap()]);
    let mut child = command.stderr(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn a_question_or_a_mistyped_file_creates_no_library() {
    let (library, _) = beside("missing", "a.txt", "");
    let missing = run(&library, &["import", "nosuch.jsonl"]);
    assert_eq!((missing.status.code(), complaints(&missing).trim()), (Some(1), "dateline: nosuch.jsonl: no such file"));
    assert!(out(&run(&library, &["feed", "list"])).starts_with("no feeds yet: `dateline feed add URL`"));
    assert!(complaints(&run(&library, &["fetch"])).starts_with("dateline: no feeds yet"));
    assert!(!library.exists());
}

#[test]
fn one_story_is_reported_in_the_singular() {
    let (library, inbox) = stories("singular", 2);
    run(&library, &["add", inbox.to_str().unwrap()]);
    assert_eq!(out(&run(&library, &["mark", "title:\"Ferry 1\"", "--bin"])), "moved 1 story to the bin\n");
    assert_eq!(out(&run(&library, &["purge", "--days", "0"])), "permanently deleted 1 story\n");
    assert_eq!(out(&run(&library, &["check"])), "1 story, all OK\n");
    let export = inbox.join("export.jsonl");
    let exported = out(&run(&library, &["export", "--output", export.to_str().unwrap()]));
    assert_eq!(exported, format!("exported the library to {}\n", export.display()));
    let known = out(&run(&library, &["import", export.to_str().unwrap()]));
    assert_eq!(known, "imported 0 stories; 1 already in the library\n");
}

#[test]
fn an_empty_report_says_so() {
    let (library, inbox) = stories("nothing", 2);
    run(&library, &["add", inbox.to_str().unwrap()]);
    for (command, noun) in
        [("quotes", "quotes"), ("entities", "entities"), ("timeline", "events"), ("figures", "figures")]
    {
        let output = run(&library, &[command, "volcano"]);
        assert_eq!((out(&output).as_str(), output.status.code()), ("", Some(0)));
        assert_eq!(complaints(&output), format!("dateline: no {noun} found\n"));
    }
    let table = out(&run(&library, &["timeline", "ferry"]));
    assert!(table.starts_with("BEGIN") && table.contains("PRECISION") && !table.contains("GRAIN"), "{table}");
    let json = out(&run(&library, &["timeline", "ferry", "--to", "json"]));
    assert!(json.contains("\"grain\"") && json.contains("\"folded\""), "names in JSON stay");
    for polarity in ["hypothetical", "unreal"] {
        assert!(run(&library, &["quotes", "ferry", "--polarity", polarity]).status.success());
    }
}

#[test]
fn an_invalid_query_shows_the_usage_of_its_command() {
    let (library, inbox) = stories("usage", 2);
    run(&library, &["add", inbox.to_str().unwrap()]);
    let output = run(&library, &["list", "foo:bar"]);
    assert_eq!(output.status.code(), Some(2));
    let said = complaints(&output);
    assert!(said.starts_with("error: no field “foo”. To search for the text itself, quote it: \"foo:…\"."), "{said}");
    assert!(said.contains("Usage: dateline list [OPTIONS] [QUERY]..."), "{said}");
}

#[test]
fn a_view_that_is_replaced_or_cannot_move_is_named() {
    let (library, inbox) = stories("views", 2);
    run(&library, &["add", inbox.to_str().unwrap()]);
    let view = |words: &[&str]| out(&run(&library, &[&["view"], words].concat()));
    assert_eq!(view(&["add", "Ferries", "ferry"]), "saved the view “Ferries”\n");
    assert_eq!(view(&["add", "ferries", "ferry ramp"]), "replaced the view “Ferries”\n");
    assert_eq!(view(&["up", "ferries"]), "the view “Ferries” is already first\n");
    view(&["add", "Trams", "tram"]);
    assert_eq!(view(&["down", "ferries"]), "moved the view “Ferries” down\n");
    assert_eq!(view(&["remove", "FERRIES"]), "removed the view “Ferries”\n");
}

#[test]
fn stories_added_for_later_are_found_by_their_words_and_annotated_by_the_next_import() {
    let (library, inbox) = stories("later", 24);
    let inbox = inbox.to_str().unwrap();
    let later = run(&library, &["add", "--later", inbox]);
    assert_eq!((uids(&out(&later)).len(), complaints(&later).trim()), (24, "dateline: 24 added"));
    let words = run(&library, &["list", "ferry", "--to", "jsonl"]);
    assert_eq!((out(&words).lines().count(), complaints(&words).as_str()), (24, ""));
    let speakers = run(&library, &["list", "speaker:odell"]);
    let said = complaints(&speakers);
    assert!(said.contains("24 stories are not annotated by this version with these name lists yet"), "{said}");
    // A story that is shown is analysed for this, wherever it comes from.
    assert!(out(&run(&library, &["quotes", "ferry"])).contains("is mended"));
    let next = run(&library, &["add", inbox]);
    assert!(next.status.success(), "{}", complaints(&next));
    assert_eq!(complaints(&run(&library, &["list", "speaker:odell"])), "");
    assert_eq!(out(&run(&library, &["list", "speaker:odell", "--to", "jsonl"])).lines().count(), 24);
    let both = run(&library, &["add", "--later", "--date", "2024-05-03", inbox]);
    assert_eq!(both.status.code(), Some(2), "the date would be lost");
}

#[test]
fn an_import_in_two_phases_says_both_and_annotates_in_spite_of_a_broken_file() {
    let (library, inbox) = stories("phases", 5);
    fs::write(inbox.join("broken.jsonl"), "{\"id\": 1}\n").unwrap();
    let added = run(&library, &["add", inbox.to_str().unwrap()]);
    assert_eq!(added.status.code(), Some(1), "{added:?}");
    let said = complaints(&added);
    let last: Vec<&str> = said.lines().rev().take(2).collect();
    assert_eq!(last, ["dateline: 5 annotated", "dateline: 5 added, 1 could not be read"], "{said}");
    assert_eq!(out(&run(&library, &["list", "speaker:odell", "--to", "jsonl"])).lines().count(), 5);
    // A date of the user's is not kept, so the stories are annotated before they are stored.
    let dated = library.with_file_name("dated.db");
    let said = complaints(&run(&dated, &["add", "--date", "2024-05-03", inbox.join("wire.jsonl").to_str().unwrap()]));
    assert_eq!(said, "dateline: 2 added\n");
}
