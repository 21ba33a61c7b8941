//! Tests the library in the TUI: changes to a story must still be there after a restart.

use super::terminal::{Folder, Program, stories};
use dateline_library::Library;
use std::process::Command;

/// Adds the stories in a folder to the library at `path`.
pub(crate) fn add(folder: &Folder, path: &str) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    let added = command.args(["add", "--library", path, &folder.path()]).output().unwrap();
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
}

/// Creates a library with the two test stories. Returns the folder and the path of the library.
pub(crate) fn library(name: &str) -> (Folder, String) {
    let folder = stories(name);
    let path = format!("{}/library.db", folder.path());
    add(&folder, &path);
    (folder, path)
}

pub(crate) fn open(path: &str) -> Program {
    let mut program = Program::start(110, 32, &["--library", path], &[]);
    program.expect("Inbox").expect("Old weir at Tarn").expect("Snow closes");
    program
}

/// Opens the weir story from any position in the list.
pub(crate) fn to_weir(program: &mut Program) {
    program.press("fweir\r").expect("weir: one story").press("\r").expect("1 of").press("\x1b");
}

#[test]
fn changes_persist_after_a_restart() {
    let (_folder, path) = library("morning");
    let mut evening = open(&path);
    to_weir(&mut evening);
    evening.press("*").expect("Starred 1 story");
    evening.press("Triver\r").expect("Tagged 1 story “river”");
    evening.press("v3").expect("Highlighted").press("\x03").expect_end(0);

    let mut morning = open(&path);
    morning.press("ftag:river is:starred\r").expect("one story").expect("★");
    morning.press("\rH").expect("→ “Old”");
    morning
        .press("\x1b")
        .press("u")
        .expect("Undo “highlighted a passage”? y/n")
        .press("y")
        .expect("Undid: highlighted a passage");
    morning.press("\x03").expect_end(0);
    morning.expect_restored();
}

#[test]
fn the_bin_gives_back_what_was_put_into_it() {
    let (_folder, path) = library("bin");
    let mut program = open(&path);
    program.press("D").expect("Moved 1 story to the bin").expect("in the bin");
    program.press("u").expect("Undid: moved 1 story to the bin").expect_gone("in the bin");
    program.press("\x03").expect_end(0);
}

#[test]
fn an_invalid_query_is_reported_and_changes_nothing() {
    let (_folder, path) = library("query");
    let mut program = open(&path);
    // The list is that of the last valid query, which was “speeker”.
    program.press("fspeeker:ode").expect("No field “speeker”").expect("^^^^^^^").expect("No stories match");
    program.press("\r").expect("^^^^^^^").press("\x1b").expect_gone("^^^^^^^").expect("Old weir at Tarn");
    program.press("\x03").expect_end(0);
}

#[test]
fn a_file_that_is_not_a_library_is_reported_and_not_touched() {
    let folder = stories("foreign");
    let path = format!("{}/notes.txt", folder.path());
    std::fs::write(&path, "No library.".repeat(100)).unwrap();
    let mut program = Program::start(110, 32, &["--library", &path], &[]);
    program.expect("is not a Dateline library");
    program.press("\x03").expect_end(0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "No library.".repeat(100));
}

#[test]
fn what_is_typed_is_found_as_it_is_typed_and_given_up_without_a_trace() {
    let (_folder, path) = library("typing");
    let mut program = open(&path);
    program.press("fwei").expect_gone("Snow closes").expect("Old weir at Tarn");
    program.press("\x1b").expect("Snow closes");
    // Tab completes the name of a field. The previous query can be recalled.
    program.press("fspea").expect("speaker:").press("\t").expect("Find: speaker:▏");
    program.press("\x15weir\r").expect("weir: one story");
    program.press("f\x15\x1b[A").expect("Find: weir▏").press("\x1b").press("\x03").expect_end(0);
}

/// Creates a library with two stories that quote the same person.
fn library_of_one_speaker(name: &str) -> (Folder, String) {
    let folder = stories(name);
    let path = format!("{}/library.db", folder.path());
    for (name, words) in [
        (
            "c.txt",
            "The ferry waits\n\n“The ferry will not run,” Agnes Holloway, the council leader, said on 4 May 2024.",
        ),
        ("d.txt", "Bread is dear\n\n“Bread is dear,” Agnes Holloway, the council leader, said on 9 May 2024."),
    ] {
        std::fs::write(format!("{}/{name}", folder.path()), words).unwrap();
    }
    add(&folder, &path);
    (folder, path)
}

#[test]
fn the_card_lists_quotes_from_other_stories_and_opens_them() {
    let (_folder, path) = library_of_one_speaker("card");
    let mut program = open(&path);
    program.press("fferry waits\r").expect("one story").press("\r").press_until("]q", "quote 1 of");
    program.press("i").expect("Said here (1)").expect("Said elsewhere (").expect("“Bread is dear");
    program.press_until("j", "▌  “Bread").press("\r").expect("Said in another story").expect("Bread is dear,” Agnes");
    program.press("\x7f").expect("The ferry will not run");
    program.press("\x03").expect_end(0);
}

#[test]
fn a_person_is_followed_across_stories_and_back() {
    let (_folder, path) = library_of_one_speaker("across");
    let mut program = open(&path);
    program.press("fferry waits\r").expect("one story").press("\r1").expect("Quotes 1");
    program.press_until("]q", "quote 1 of").press("E").expect("Agnes Holloway · person").expect("Bread is dear");
    // The other story is opened at the quote. The user then returns to the page, and from there to the place where the
    // page was opened.
    program.press_until("j", "▌   “Bread").press("\r").expect("returns to the page").expect("Bread is dear,” Agnes");
    program.press("\x7f").expect("Agnes Holloway · person");
    program.press("\x7f").expect_gone("Agnes Holloway · person");
    program.press("\x03").expect_end(0);
}

#[test]
fn names_that_may_be_the_same_are_merged_or_kept_apart_by_a_key() {
    let folder = stories("suggestions");
    let path = format!("{}/library.db", folder.path());
    for (name, words) in [
        ("c.txt", "Quay opens\n\nSamuel Orrin, the finance minister, opened the quay on 3 May 2024."),
        ("d.txt", "Quay closes\n\nSam Orrin, the finance minister, closed the quay on 5 May 2024."),
    ] {
        std::fs::write(format!("{}/{name}", folder.path()), words).unwrap();
    }
    add(&folder, &path);
    let mut program = open(&path);
    program.press(",n").expect("Names that may be the same · one pair").expect("the same role: finance, minister");
    program.press("S").expect("Kept the two names apart").expect("Nothing to suggest");
    program.press("u").expect("Orrin · Sa");
    program.press("C").expect("Merged the two names").expect("Nothing to suggest");
    program.press("u").expect("Orrin · Sa").press("\r").expect("Orrin · person").expect("May be the same");
    program.press("\x7f").expect_gone("Orrin · person").press("\x03").expect_end(0);
}

#[test]
fn another_encoding_is_read_and_the_changes_are_shown() {
    let folder = stories("encoding");
    let path = format!("{}/library.db", folder.path());
    // This is "Мост открыт" and a sentence, encoded in KOI8-R.
    let koi: Vec<u8> = [0xed, 0xcf, 0xd3, 0xd4, 0x20, 0xcf, 0xd4, 0xcb, 0xd2, 0xd9, 0xd4, 0x0a, 0x0a]
        .into_iter()
        .chain([0xed, 0xcf, 0xd3, 0xd4, 0x20, 0xde, 0xc5, 0xd2, 0xc5, 0xda, 0x20, 0xd2, 0xc5, 0xcb, 0xd5, 0x2e])
        .collect();
    std::fs::write(format!("{}/c.txt", folder.path()), koi).unwrap();
    add(&folder, &path);
    let mut program = open(&path);
    program.press("fsource:c.txt\r").expect("source:c.txt: one story").press("\r");
    program.press("ze").expect("Encoding").press("1253\r").expect("Reopened as windows-1253");
    program.press("ze").press("koi8r\r").expect("Мост через реку");
    program.press("X").expect("What changed").expect("+ Мост через реку.").press("q");
    program.press("!").expect("as set by you").press("\x1b").press("\x03").expect_end(0);
}

#[test]
fn outdated_stories_are_annotated_again_while_the_reader_is_open() {
    const COUNT: i64 = 300;
    let folder = stories("renewal");
    let path = format!("{}/library.db", folder.path());
    let records: String = (1..=COUNT)
        .map(|n| {
            let text = format!("Mara Odell spoke on Monday. “We sailed {n} times,” said Mara Odell, the pilot.");
            format!("{{\"id\": \"{n}\", \"title\": \"Ferry {n}\", \"text\": \"{text}\"}}\n")
        })
        .collect();
    std::fs::write(format!("{}/corpus.jsonl", folder.path()), records).unwrap();
    add(&folder, &path);
    let mut shelf = Library::open(path.as_ref()).unwrap();
    let ids: Vec<i64> = (1..=COUNT + 2).collect();
    shelf.mark_outdated(&ids).unwrap();

    let search = |words: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
        let output = command.args(["list", words, "--library", &path]).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    let warned = search("speaker:odell");
    assert!(
        warned.contains("302 stories are not annotated by this version with these name lists yet and may be missed"),
        "{warned}"
    );
    assert_eq!(search("title:ferry"), "", "headlines need no annotations");

    let mut program = Program::start(110, 32, &["--library", &path], &[]);
    program.expect("Ferry").expect("annotating: 302 left");
    // Meanwhile, keys still work, and an opened story is analysed immediately.
    program.press("fweir\r").expect("weir: one story").press("\r").expect("Agnes Holloway");
    program.press("*").expect("Starred 1 story").press("\x1b").press("B").expect("stories");
    program.expect("annotated 302 stories").press("j").press("k").expect_gone("annotated 302 stories");
    program.press("q").press("\x03").expect_end(0);
    assert_eq!(shelf.outdated_count().unwrap(), 0);
    assert_eq!(shelf.check().unwrap().faults, Vec::<String>::new());
    assert_eq!(search("speaker:odell"), "");
}
