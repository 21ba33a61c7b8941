//! Tests how the TUI exits. It must always restore the terminal, and must exit when the terminal disappears.

use super::terminal::Program;
use rustix::process::Signal;
use std::time::Duration;

fn reader() -> Program {
    let mut program = Program::start(90, 24, &[], &[]);
    program.expect("Stories");
    program
}

#[test]
fn a_signal_to_end_ends_it_and_gives_the_terminal_back() {
    for (signal, status) in [(Signal::TERM, 143), (Signal::INT, 130), (Signal::HUP, 129), (Signal::QUIT, 131)] {
        let mut program = reader();
        program.signal(signal);
        program.expect_end(status);
        program.expect_restored();
        program.expect_cooked();
    }
}

#[test]
fn a_reader_that_is_killed_gives_the_terminal_back() {
    for (signal, status) in [(Signal::KILL, 137), (Signal::ABORT, 134)] {
        let mut program = reader();
        program.signal_reader(signal);
        program.expect_end(status);
        program.expect_restored();
        program.expect_cooked();
        program.expect_output("the terminal has been restored");
    }
}

#[test]
fn a_reader_without_its_parent_ends() {
    let mut program = reader();
    let worker = program.reader();
    program.signal(Signal::KILL);
    program.expect_restored();
    program.expect_cooked();
    Program::until_gone(worker);
}

#[test]
fn a_terminal_that_is_closed_takes_the_reader_along() {
    let program = reader();
    let worker = program.reader();
    let parent = program.hang_up();
    for process in [worker, parent] {
        Program::gone_within(process, Duration::from_secs(2));
    }
}

#[test]
fn it_stops_for_the_shell_and_goes_on() {
    let line = format!("set -m; {}; echo back in the shell; fg; echo ended", env!("CARGO_BIN_EXE_dateline"));
    let mut program = Program::start_shell(90, 24, &line);
    program.expect("Stories");
    program.press("\x1a").expect_output("back in the shell");
    program.expect("Stories");
    program.press("q").expect_output("ended");
    program.expect_restored();
}

#[test]
fn a_storm_of_sizes_ends_in_one_right_frame() {
    let mut program = reader();
    for step in 0_u16..1000 {
        program.resize_at_once(20 + step * 7 % 180, 5 + step * 3 % 55);
    }
    program.resize(100, 30).expect("Stories").press("\r").expect("entities");
    // Wait until the background analysis has finished, since the program must be idle after that.
    program.expect_idle();
    program.press("\x03");
    program.expect_end(0);
}
