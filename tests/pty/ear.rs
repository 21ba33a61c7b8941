//! Tests that a story can be followed by ear: a screen reader speaks the line of the terminal's cursor, so these tests
//! look at nothing else.

use super::library::library;
use super::terminal::Program;
use std::process::Command;

const BRIEF: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/stories/12-ceasefire-brief.txt");

#[test]
fn a_story_is_read_sentence_by_sentence_and_a_quote_leads_to_its_speaker() {
    let mut program = Program::start(80, 24, &[BRIEF], &[]);
    program.expect("Rebels and army").press("\r").expect("A The army accused");
    program.press("g").expect_cursor_at("World in brief");
    for sentence in [
        "World in brief",
        "Rebels and army trade blame",
        "NIAMEY, Oct. 23",
        "The army accused the rebels",
        "\"Our soldiers returned fire",
        "A spokesman for the front, Moussa",
        "He said that his men",
        "It was not possible to verify",
        "Médecins Sans Frontières (MSF)",
        "The truce, which began",
    ] {
        program.press(")").expect_cursor_at(sentence);
    }
    program.press("g").expect_cursor_at("World in brief");
    program.press_until("]q", "quote 1 of").expect_cursor_at("the rebels of firing first");
    program.press("]q").expect_cursor_at("Our soldiers returned fire");
    program.press("]q").expect("quote 3 of").press("]q").expect_cursor_at("that his men had been");
    program.press("s").expect_cursor_at("Moussa ag Rhissa");
    program.press("\x7f").expect_cursor_at("that his men had been");
    program.press("\x03").expect_end(0);
}

#[test]
fn a_story_of_the_library_is_printed_for_a_speech_program() {
    let (_folder, path) = library("ear");
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    let output = command.args(["show", "--library", &path, "--to", "plain", "title:weir"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("“This will cost eleven jobs at the mill,” Pell [Rufus Pell] said."), "{text}");
    assert!(text.contains("on Monday [13 May 2024]"), "{text}");
}
