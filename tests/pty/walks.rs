//! Tests ten user tasks from the first key press to the last. The key presses of each task are counted;
//! docs/benchmarks.md must give the same numbers.

use super::library::{add, library, open};
use super::terminal::{Folder, Program, stories};
use std::fs;
use std::process::Command;

/// A program, with the number of keys pressed in it.
pub(crate) struct Walk {
    pub(crate) program: Program,
    presses: usize,
}

impl Walk {
    pub(crate) const fn new(program: Program) -> Self {
        Self { program, presses: 0 }
    }

    /// Sets the number of key presses to zero.
    pub(crate) const fn restart_count(mut self) -> Self {
        self.presses = 0;
        self
    }

    /// Adds key presses that were counted elsewhere, such as in the walk of the evening before.
    pub(crate) const fn add(mut self, presses: usize) -> Self {
        self.presses += presses;
        self
    }

    /// Returns the number of key presses so far.
    pub(crate) const fn presses(&self) -> usize {
        self.presses
    }

    /// Presses keys and waits until `words` appear on the screen.
    pub(crate) fn press(mut self, keys: &str, words: &str) -> Self {
        self.presses += presses(keys);
        self.program.press(keys).expect(words);
        self
    }

    /// Checks that docs/benchmarks.md gives this number of key presses for the task.
    pub(crate) fn is_reported(&self, task: &str) {
        let page = include_str!("../../docs/benchmarks.md");
        let row = format!("| {task} | {} |", self.presses);
        assert!(page.contains(&row), "docs/benchmarks.md has no row that begins “{row}”");
    }
}

/// Counts key presses. An escape sequence, up to its first letter or `~`, counts as one.
pub(crate) fn presses(keys: &str) -> usize {
    let mut count = 0;
    let mut inside = false;
    for key in keys.replace("\x1b[", "\x1b").chars() {
        count += usize::from(!inside);
        inside = key == '\x1b' || inside && !key.is_ascii_alphabetic() && key != '~';
    }
    count
}

/// Creates a library of two stories and opens the one whose speaker mentions the jobs.
fn at_the_jobs(name: &str) -> (Folder, Walk) {
    let (folder, path) = library(name);
    let walk =
        Walk::new(open(&path)).press("feleven jobs\r", "eleven jobs: one story").press("\r", "Said by Rufus Pell");
    (folder, walk)
}

/// Opens the weir story and waits until it has been analysed.
fn in_the_weir(name: &str) -> (Folder, Walk) {
    let (folder, path) = library(name);
    let mut program = open(&path);
    program.press("fweir\r").expect("weir: one story").press("\r").expect("1 of");
    (folder, Walk::new(program))
}

#[test]
fn sequences_are_one_press() {
    assert_eq!(presses("fab\r"), 4);
    assert_eq!(presses("\x1b[A\x1b[6~j"), 3);
}

#[test]
fn who_said_that() {
    let (_folder, walk) = at_the_jobs("walk-who");
    walk.is_reported("find who spoke of “eleven jobs”, in all stories");
}

#[test]
fn who_that_is() {
    let (_folder, walk) = at_the_jobs("walk-introduction");
    walk.restart_count()
        .press("s", "First mention of Rufus Pell")
        .is_reported("jump from a quote to where the speaker is introduced");
}

#[test]
fn all_quotes_of_a_person() {
    let (_folder, walk) = at_the_jobs("walk-all");
    let walk = walk.restart_count().press("E", "Rufus Pell · person").press("", "he would appeal");
    walk.is_reported("list everything the speaker said, in every story");
}

#[test]
fn reading_on() {
    let (_folder, path) = library("walk-on");
    let mut program = open(&path);
    program.press("g\r").expect("page down  1 quotes");
    Walk::new(program).press(" ", "2/2").is_reported("go from the end of a story to the next");
}

#[test]
fn a_highlight_that_goes_out() {
    let (folder, walk) = at_the_jobs("walk-highlight");
    let mut walk = walk.restart_count().press("viq3", "Highlighted").press("\x03", "");
    walk.program.expect_end(0);
    let path = format!("{}/library.db", folder.path());
    let out = Command::new(env!("CARGO_BIN_EXE_dateline")).args(["export", "--notes", "--library", &path]).output();
    assert!(String::from_utf8(out.unwrap().stdout).unwrap().contains("This will cost eleven jobs at the mill"));
    walk.is_reported("highlight the quote and quit");
}

#[test]
fn another_speaker() {
    let (_folder, walk) = at_the_jobs("walk-speaker");
    let walk = walk.restart_count().press("C", "Rufus Pell").press("Agnes\r", "Agnes Holloway");
    walk.is_reported("correct a wrong speaker");
}

#[test]
fn half_a_word() {
    let (_folder, path) = library("walk-half");
    let walk = Walk::new(open(&path)).press("fhald\r", "hald: one story").press("\r", "1 of ");
    walk.is_reported("find a story by half a word, “hald”, and read it there");
}

#[test]
fn wider_lines() {
    let (_folder, walk) = in_the_weir("walk-width");
    walk.press("+", "Line width").is_reported("make the lines wider");
}

#[test]
fn another_key() {
    let (folder, path) = library("walk-key");
    let settings = format!("{}/config", folder.path());
    fs::create_dir_all(format!("{settings}/dateline")).unwrap();
    let row = "\"w\" = \"wider\"";
    fs::write(format!("{settings}/dateline/keymap.toml"), format!("[any]\n{row}\n")).unwrap();
    let mut program = Program::start(110, 32, &["--library", &path], &[("XDG_CONFIG_HOME", &settings)]);
    program.expect("Inbox").press("w").expect("Line width");
    let mut walk = Walk::new(program);
    walk.presses = row.chars().count();
    walk.is_reported("rebind a command (characters typed)");
}

#[test]
fn the_next_morning() {
    let folder = stories("walk-morning");
    let long: String = (1..90).map(|n| format!("Verse {n} of the long song is sung here.\n\n")).collect();
    fs::write(format!("{}/c.txt", folder.path()), format!("The long song\n\n{long}")).unwrap();
    let path = format!("{}/library.db", folder.path());
    add(&folder, &path);
    let mut evening = open(&path);
    evening.press("fsong\r").expect("one story").press("\r").expect("1 of").press("G").expect("Verse 89");
    evening.press("\x03").expect_end(0);
    let mut morning = Program::start(110, 32, &["--library", &path], &[]);
    morning.expect("Inbox").expect("The long song");
    Walk::new(morning).press("\r", "Verse 89").is_reported("resume where you stopped yesterday, after starting");
}
