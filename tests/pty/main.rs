//! Tests the real program in a pseudo-terminal: the tests press keys and examine the resulting screen.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod cursor;
mod ear;
mod endings;
mod exchange;
mod happening;
mod keeping;
mod library;
mod old_names;
mod reading;
mod settings;
mod sources;
mod terminal;
mod undo;
mod walks;
mod week;
mod wire;

use terminal::{Program, stories};

#[test]
fn a_reader_finds_the_way() {
    let folder = stories("way");
    let mut program = Program::start(110, 32, &[&folder.path()], &[]);
    program.expect("Old weir at Tarn");
    program.press("\r").expect("Space page down");
    program.press("1").expect("Quotes");
    program.press("1").expect_gone("Quotes 2");
    program.press("2").expect("Entities");
    program.press("2").press("3").expect("Timeline");
    program.press("3").press("4").expect("Figures");
    program.press("4").expect_gone("Figures");
    program.press_until("]q", "quote 1 of");
    program.press("s").expect("First mention of");
    program.press("\x7f").expect("Back");
    program.press("/mill").expect("1 of");
    program.press("\r").press("n").expect("2 of");
    program.press("\x1b").expect("Hid the matches");
    program.press("?").expect("page down, then next story");
    program.press("\x1b").expect_gone("page down, then next story");
    program.resize(60, 20).expect("Old weir");
    program.resize(20, 6).resize(1, 1).resize(200, 60).expect("Stories");
    program.press("n").expect("Snow closes the high");
    program.press("p").expect("Old weir at Tarn");
    program.press("\x03");
    program.expect_end(0);
    program.expect_restored();
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let mut program = Program::start_panicking();
    program.expect_output("the drawing fell over");
    program.expect_restored();
}

/// Not a separate test: [`a_panic_gives_the_terminal_back`] runs this function in a terminal.
#[test]
fn panics_in_a_terminal() {
    if std::env::var_os("DATELINE_TEST_PANIC").is_some() {
        let _taken = dateline::headless::take_terminal().unwrap();
        panic!("the drawing fell over");
    }
}

#[test]
fn without_colour_there_is_no_colour() {
    let mut program = Program::start(110, 32, &[], &[("NO_COLOR", "1")]);
    program.expect("Stories").press("\r").expect("reported");
    program.press_until("]q", "quote 1 of");
    program.press("\x03");
    program.expect_end(0);
    assert!(!program.coloured(), "a colour was set");
}

#[test]
fn a_dumb_terminal_is_refused_in_one_sentence() {
    let mut program = Program::start(80, 24, &[], &[("TERM", "dumb")]);
    program.expect_output("TERM=dumb");
    program.expect_end(1);
}

#[test]
fn a_missing_file_is_reported_and_the_rest_is_read() {
    let folder = stories("missing");
    let mut program = Program::start(110, 32, &["no-such-file.txt", &folder.path()], &[]);
    program.expect("no such file").press("j").expect("Old weir at Tarn");
    program.press("\x03");
    program.expect_end(0);
}

#[test]
fn an_idle_reader_costs_nothing() {
    let mut program = Program::start(110, 32, &[], &[]);
    program.expect("Stories");
    program.expect_idle();
    program.press("\x03");
    program.expect_end(0);
}

#[test]
fn a_story_is_read_from_standard_input_and_keys_from_the_terminal() {
    let folder = stories("input");
    let command = format!("cat {}/a.txt | {} -", folder.path(), env!("CARGO_BIN_EXE_dateline"));
    let mut program = Program::start_shell(110, 32, &command);
    program.expect("Old weir at Tarn");
    program.press("\r").press("1").expect("Quotes");
    program.press("\x03");
    program.expect_end(0);
}

#[test]
fn late_reports_of_the_terminal_and_a_paste_without_its_end_do_not_stop_the_keys() {
    let folder = stories("reports");
    let mut program = Program::start(110, 32, &[&folder.path()], &[]);
    program.expect("Old weir at Tarn");
    for report in ["\x1b[?997;1n", "\x1b[?2026;2$y", "\x1b]11;rgb:ffff/ffff/ffff\x07", "\x1b[24;80R"] {
        program.press(report);
    }
    program.press("/snow").expect("/snow").press("\x1b").expect_gone("/snow");
    program.press("/\x1b[200~snow").expect("/snow").press("\x1b").expect_gone("/snow");
    program.press("\x03");
    program.expect_end(0);
}
