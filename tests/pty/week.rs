//! Tests ten tasks of a user's first week. The key presses of each task are counted; docs/benchmarks.md must give the
//! same numbers.

use super::library::{add, library, open};
use super::settings::config;
use super::sources::serve;
use super::terminal::{Folder, Program, stories};
use super::walks::{Walk, presses};
use std::fs;
use std::process::Command;

const PASTED: &str = "\x1b[200~The quay is shut\n\nThe quay was shut on Monday after a storm broke its wall.\n\n\
    “It was old,” said Mara Odell.\n\x1b[201~";

/// Creates a library with four stories.
fn four(name: &str) -> (Folder, String) {
    let (folder, path) = library(name);
    fs::write(format!("{}/c.txt", folder.path()), "The ferry waits\n\nThe ferry will not run in May 2023.").unwrap();
    fs::write(format!("{}/d.txt", folder.path()), "The crane fell\n\nThe crane fell in June 2022.").unwrap();
    add(&folder, &path);
    (folder, path)
}

/// Runs a command on the library. Returns its output.
fn printed(path: &str, config: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.env("XDG_CONFIG_HOME", config).env("DATELINE_LIBRARY", path);
    String::from_utf8(command.args(arguments).output().unwrap().stdout).unwrap()
}

#[test]
fn a_pasted_story_is_kept_and_its_note_found_the_next_day() {
    let (_folder, path) = library("week-paste");
    // The paste itself is one press of the terminal's own key.
    let mut evening = open(&path);
    evening.press(PASTED).expect("Pasted: one story").press_until("]q", "quote 1 of");
    let mut evening = Walk::new(evening).press("va", "Note: ").press("Who pays?\r", "Saved the note");
    evening.program.press("\x03").expect_end(0);
    let mut morning = Walk::new(open(&path)).press("fnote:pays\r", "one story").press("\rH", "Who pays?");
    morning.program.press("\x1b").press("\x03").expect_end(0);
    morning.add(1 + evening.presses()).is_reported("keep a pasted story with a note, and find the note the next day");
}

#[test]
fn an_archive_is_undone_after_three_more_stories() {
    let (_folder, path) = four("week-archive");
    let mut program = open(&path);
    program.press("A").expect("Archived 1 story · u undo");
    for _ in 0..3 {
        program.press("j").press("\r").expect("1 quotes").press("q").expect("Enter read");
    }
    Walk::new(program).press("u", "Undid: archived 1 story").is_reported("undo an archive after three more stories");
}

#[test]
fn the_original_is_opened() {
    let (folder, path) = library("week-original");
    let page = "<html><head><title>Ferry returns</title><link rel=canonical href=https://harbour.example/ferry></head>\
        <body><article><h1>Ferry returns</h1><p>The ferry came back on Monday, the harbour master said.</p></article></body></html>";
    fs::write(format!("{}/page.html", folder.path()), page).unwrap();
    add(&folder, &path);
    let (browser, taken) = (format!("{}/browser", folder.path()), format!("{}/taken", folder.path()));
    fs::write(&browser, format!("#!/bin/sh\nprintf %s \"$1\" > '{taken}'\n")).unwrap();
    assert!(Command::new("chmod").args(["+x", &browser]).status().unwrap().success());
    let mut program = Program::start(110, 32, &["--library", &path], &[("BROWSER", &browser)]);
    program.expect("Inbox").press("ftitle:ferry\r").expect("one story").press("\r").expect("1 quotes");
    let walk = Walk::new(program).press("o", "harbour.example").press("\r", "Opened");
    walk.is_reported("open the original page in the browser");
    for _ in 0..200 {
        if fs::read_to_string(&taken).is_ok_and(|url| url == "https://harbour.example/ferry") {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the browser did not get the address");
}

#[test]
fn a_feed_is_marked_as_read() {
    let (folder, path) = library("week-read");
    let config = config(&folder.path(), &[("config.toml", "fetch_local = true\n")]);
    let added = printed(&path, &config, &["feed", "add", "--allow-local", &format!("{}/feed", serve())]);
    assert!(added.contains("2 new"), "{added}");
    let mut program = Program::start(110, 32, &["--library", &path], &[("XDG_CONFIG_HOME", &config)]);
    program.expect("Inbox");
    // The feed is the sixth row of the page, after the lists.
    Walk::new(program)
        .press("W", "2 unread of 2")
        .press("G\r", "Harbour Gazette: 2 stories")
        .press(",a", "Marked 2 stories as read · u undo")
        .is_reported("mark a feed as read");
    assert_eq!(printed(&path, &config, &["list", "is:unread feed:harbour", "--to", "jsonl"]), "");
}

#[test]
fn a_story_is_found_by_a_misspelt_word() {
    let (_folder, path) = four("week-misspelt");
    Walk::new(open(&path))
        .press("ffery\r", "Did you mean ferry?")
        .press("\r", "ferry: one story")
        .press("\r", "The ferry will not run")
        .is_reported("find a story by a misspelt word, “fery”, and read it");
}

#[test]
fn the_oldest_is_read_first() {
    let (_folder, path) = four("week-oldest");
    Walk::new(open(&path))
        .press(",s", "Sorted oldest first")
        .press("g", "1/4")
        .press("\r", "1 quotes")
        .is_reported("read by the oldest");
}

#[test]
fn stories_are_tagged_by_a_rule() {
    let (folder, path) = four("week-rule");
    let rule = "[[rule]]\nquery = \"ferry\"\ntag = [\"boats\"]\n";
    let config = config(&folder.path(), &[("rules.toml", rule)]);
    let tried = printed(&path, &config, &["rules", "test"]);
    assert!(tried.contains("line 1, “ferry”: would tag 1 story “boats”\n"), "{tried}");
    let command = "dateline rules apply ferry";
    let changed = printed(&path, &config, &["rules", "apply", "ferry"]);
    assert!(changed.contains("rules changed 1 story"), "{changed}");
    let walk = Walk::new(open(&path)).press("ftag:boats\r", "tag:boats: one story").restart_count();
    walk.add(rule.chars().count() + command.len() + 1).is_reported("tag by a rule (characters typed)");
}

#[test]
fn a_theme_is_changed_and_kept() {
    let folder = stories("week-theme");
    let state = format!("{}/state", folder.path());
    let start = || {
        let mut program = Program::start(110, 32, &[&folder.path()], &[("XDG_STATE_HOME", &state)]);
        program.expect("Old weir at Tarn");
        Walk::new(program)
    };
    let mut walk = start().press("c", "Set theme to dark");
    walk.is_reported("change the theme and keep it");
    walk.program.press("\x03").expect_end(0);
    // The next theme after the kept one shows which one was kept.
    let mut walk = start().press("c", "Set theme to light");
    walk.program.press("\x03").expect_end(0);
}

#[test]
fn a_broken_settings_file_is_mended() {
    let (folder, settings) = (stories("week-broken"), stories("week-broken-config"));
    let config = config(&settings.path(), &[("config.toml", "mouse = true\nmeasrue = 60\n")]);
    let mut program = Program::start(110, 32, &[&folder.path()], &[("XDG_CONFIG_HOME", &config)]);
    program.expect("Old weir at Tarn").expect("config.toml, line 2: no setting is called “measrue”");
    let walk = Walk::new(program).press("!", "did you mean “measure”?").press("q", "Old weir");
    // The word is replaced in an editor; the reader applies the file without a restart.
    fs::write(format!("{config}/dateline/config.toml"), "mouse = true\nmeasure = 60\n").unwrap();
    let walk = walk.press("", "Applied the changed settings");
    walk.is_reported("see and understand an error in the settings");
}

#[test]
fn a_quote_is_piped() {
    let (_folder, path) = library("week-pipe");
    let mut program = Program::start(110, 32, &["--library", &path], &[("SHELL", "/bin/sh")]);
    program.expect("Inbox").expect("Old weir").press("\r").expect("1 quotes").press_until("]q", "quote 1 of");
    Walk::new(program)
        .press("|", "Pipe the marked words to: ")
        .press("wc -w\r", "13")
        .is_reported("pipe the marked quote to `wc -w`");
    assert_eq!(presses("|wc -w\r"), 7);
}
