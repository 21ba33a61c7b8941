//! Tests how many bytes a key sends to the terminal, and that keys sent all at once arrive.

use super::terminal::{Folder, Program};
use std::fmt::Write;
use std::fs;

/// Creates a folder with ten long invented stories full of names, quotes and dates.
fn long_stories(name: &str) -> Folder {
    let folder = Folder::new(name);
    let people = ["Agnes Holloway", "Rufus Pell", "Nadia Okoro", "Piet van Dam"];
    for story in 0..10 {
        let headline = format!("Council of Tarn Bridge hears the case of the old weir for the {story}th time");
        let mut text = format!("{headline}\n\n");
        for paragraph in 0..40 {
            let person = people[(story + paragraph) % people.len()];
            let _ = write!(
                text,
                "“We heard report {story}-{paragraph} and we have listened to the mill,” council leader {person} told \
                 reporters in Tarn Bridge on Monday.\n\nThe Rivers Agency would answer before the end of June, and \
                 {person} said nobody had visited since {} May 2024.\n\n",
                paragraph % 28 + 1
            );
        }
        fs::write(format!("{}/{story}.txt", folder.path()), text).unwrap();
    }
    folder
}

/// Presses a key a few times and returns the mean number of bytes that it sends to the terminal.
fn bytes_of(program: &mut Program, key: &str) -> usize {
    const PRESSES: usize = 6;
    program.settle();
    let before = program.output_length();
    for _ in 0..PRESSES {
        program.press(key).settle();
    }
    (program.output_length() - before) / PRESSES
}

/// Opens the long stories, presses keys, and checks the number of bytes that a line down sends after them.
fn check(name: &str, keys: &[(&str, &str)], limit: usize) {
    let folder = long_stories(name);
    let mut program = Program::start(80, 24, &[&folder.path()], &[]);
    program.expect("1/10");
    for &(key, words) in keys {
        program.press(key).expect(words);
    }
    let bytes = bytes_of(&mut program, "j");
    program.press("\x03").expect_end(0);
    println!("{name}: {bytes} bytes");
    assert!(bytes > 0 && bytes <= limit, "{name}: {bytes} bytes, at most {limit}");
}

#[test]
fn a_line_down_in_the_list_sends_few_bytes() {
    check("list", &[], 1_200);
}

#[test]
fn a_line_down_in_the_text_sends_few_bytes() {
    check("text", &[("\r", "▸Council")], 1_400);
}

#[test]
fn a_line_down_in_the_text_beside_a_panel_sends_few_bytes() {
    check("panel", &[("\r", "▸Council"), ("1", "Quotes")], 1_200);
}

#[test]
fn a_line_down_in_a_panel_sends_few_bytes() {
    for (key, name, limit) in [("1", "Quotes", 1_400), ("2", "Entities", 1_400), ("3", "Timeline", 1_600)] {
        let title = format!("▸{name}");
        // The mark of the selected row shows that the story has been analysed.
        check(name, &[("\r", "▸Council"), (key, name), ("\t", &title), ("", "▌")], limit);
    }
}

/// The text takes the whole width, so the terminal moves its rows.
#[test]
fn a_line_down_in_the_text_on_its_own_sends_one_line() {
    check("zen", &[("\r", "▸Council"), ("zz", "Council")], 250);
}

#[test]
fn a_key_after_ninety_events_in_one_write_arrives() {
    let folder = long_stories("burst");
    let mut program = Program::start(80, 24, &[&folder.path()], &[]);
    program.expect("1/10");
    program.press(&format!("{}q", "\x1b[<65;60;10M".repeat(90)));
    program.expect_end(0);
    program.expect_restored();
}
