//! Runs the TUI in a child process, while the parent only waits. If the child is killed or overflows its stack, it
//! cannot restore the terminal itself, so the parent does.

use super::terminal;
use rustix::process::{Pid, Signal, getppid, kill_process};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;
use std::io::{Write, stderr, stdout};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::{env, thread};

/// Prefix of the child's process name; the process ID of the parent follows. An environment variable would not do,
/// because the child's own children would inherit it.
const READER: &str = "dateline reader of ";

/// Signals that the parent passes on to the child.
const PASSED_ON: [(i32, Signal); 5] = [
    (SIGTERM, Signal::TERM),
    (SIGINT, Signal::INT),
    (SIGHUP, Signal::HUP),
    (SIGQUIT, Signal::QUIT),
    (SIGTSTP, Signal::TSTP),
];

/// In the parent, runs the TUI in a child and returns the child's exit status. In the child, or if no child can be
/// started, returns `None`, and the caller runs the TUI.
#[must_use]
pub(super) fn watch() -> Option<ExitCode> {
    if let Some(parent) = parent() {
        follow(parent);
        return None;
    }
    let before = tcgetattr(stdout()).ok();
    let signals = Signals::new(PASSED_ON.map(|(number, _)| number)).ok()?;
    let mut child = start()?;
    pass_on(&child, signals);
    let status = child.wait().ok()?;
    if let Some(signal) = status.signal() {
        terminal::restore_after_death();
        if let Some(before) = before {
            let _ = tcsetattr(stdout(), OptionalActions::Now, &before);
        }
        // Ignore errors: if the terminal is gone, writing the message fails.
        let message = format!("dateline: the reader was killed by signal {signal}; the terminal has been restored.");
        let _ = writeln!(stderr(), "{message}");
    }
    Some(code(status))
}

/// Returns the process ID of the parent if this process is the child.
fn parent() -> Option<u32> {
    env::args_os().next()?.to_str()?.strip_prefix(READER)?.parse().ok()
}

fn start() -> Option<Child> {
    // Start the running executable itself, even if its file has been replaced.
    let program = if cfg!(target_os = "linux") { PathBuf::from("/proc/self/exe") } else { env::current_exe().ok()? };
    let name = format!("{READER}{}", std::process::id());
    Command::new(program).arg0(name).args(env::args_os().skip(1)).spawn().ok()
}

/// Passes signals on to the child, which handles them. The parent exits after the child.
fn pass_on(child: &Child, mut signals: Signals) {
    let Some(child) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) else { return };
    thread::spawn(move || {
        for number in signals.forever() {
            for (_, signal) in PASSED_ON.iter().filter(|(known, _)| *known == number) {
                let _ = kill_process(child, *signal);
            }
        }
    });
}

/// Makes the child exit when the parent does.
fn follow(parent: u32) {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(Signal::TERM));
    let gone = getppid().is_none_or(|now| now.as_raw_nonzero().get().unsigned_abs() != parent);
    if gone {
        std::process::exit(0);
    }
}

/// Returns the child's exit status as a shell reports it: 128 plus the signal number if a signal killed the child.
fn code(status: ExitStatus) -> ExitCode {
    let number = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
    ExitCode::from(u8::try_from(number).unwrap_or(1))
}
