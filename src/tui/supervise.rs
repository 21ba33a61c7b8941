//! A parent that does nothing but wait: the reader itself runs in a child. When the child is killed or
//! overflows its stack, no code of its own can give the terminal back; the parent does.

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

/// The child's own name for itself, with the number of its parent behind it. No variable tells the two
/// apart, since the reader's own children would inherit it.
const READER: &str = "dateline reader of ";

/// What is passed on to the child.
const PASSED_ON: [(i32, Signal); 5] = [
    (SIGTERM, Signal::TERM),
    (SIGINT, Signal::INT),
    (SIGHUP, Signal::HUP),
    (SIGQUIT, Signal::QUIT),
    (SIGTSTP, Signal::TSTP),
];

/// In the parent: runs the reader in a child and gives its exit status. In the child, or where no child
/// can be started: nothing, and the caller goes on to read.
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
        // Where the terminal is gone nobody is told.
        let told = format!("dateline: the reader was ended by signal {signal}; the terminal is as it was before.");
        let _ = writeln!(stderr(), "{told}");
    }
    Some(code(status))
}

/// The parent's number, in the child.
fn parent() -> Option<u32> {
    env::args_os().next()?.to_str()?.strip_prefix(READER)?.parse().ok()
}

fn start() -> Option<Child> {
    // The running program itself, even if its file was replaced since.
    let program = if cfg!(target_os = "linux") { PathBuf::from("/proc/self/exe") } else { env::current_exe().ok()? };
    let name = format!("{READER}{}", std::process::id());
    Command::new(program).arg0(name).args(env::args_os().skip(1)).spawn().ok()
}

/// Every signal goes on to the child, which knows what to do; the parent ends when the child has.
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

/// The child ends when its parent does.
fn follow(parent: u32) {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_parent_process_death_signal(Some(Signal::TERM));
    let gone = getppid().is_none_or(|now| now.as_raw_nonzero().get().unsigned_abs() != parent);
    if gone {
        std::process::exit(0);
    }
}

/// The child's status as the shell counts: 128 and the signal's number when one ended it.
fn code(status: ExitStatus) -> ExitCode {
    let number = status.code().or_else(|| status.signal().map(|signal| 128 + signal)).unwrap_or(1);
    ExitCode::from(u8::try_from(number).unwrap_or(1))
}
