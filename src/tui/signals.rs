//! Handles signals from the system (to exit, to suspend, to resume) and the loss of the terminal.

use super::event::Event;
use super::keys::Keys;
use super::terminal;
use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use std::fs::File;
use std::io;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

/// Time that the event loop has to exit by itself after a signal.
const GRACE_PERIOD: Duration = Duration::from_millis(500);

/// Starts threads that listen for signals and for the loss of the terminal.
///
/// # Errors
/// Returns an error if the signal handlers cannot be installed.
pub(super) fn listen(inbox: Sender<Event>, keys: Keys) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let watched = inbox.clone();
    thread::spawn(move || {
        for signal in signals.forever() {
            match signal {
                SIGCONT => drop(inbox.send(Event::Resumed)),
                SIGWINCH => {
                    if let Ok((width, height)) = ratatui::crossterm::terminal::size() {
                        let _ = inbox.send(Event::Resize(Size { width, height }));
                    }
                }
                // Ignore the signal while another program owns the terminal, because that program suspends itself and
                // the TUI.
                SIGTSTP if keys.is_paused() => {}
                SIGTSTP => drop(inbox.send(Event::Suspend)),
                other => end(&inbox, other),
            }
        }
    });
    thread::spawn(move || {
        if hung_up() {
            end(&watched, SIGHUP);
        }
    });
    Ok(())
}

/// Asks the event loop to exit. If it is still running after [`GRACE_PERIOD`], ends the process.
fn end(inbox: &Sender<Event>, signal: i32) {
    let _ = inbox.send(Event::Ended(signal));
    thread::spawn(move || {
        thread::sleep(GRACE_PERIOD);
        if signal != SIGHUP {
            terminal::restore();
        }
        std::process::exit(128 + signal);
    });
}

/// Sleeps until the terminal is gone, then returns `true`. Returns `false` if the terminal cannot be watched.
///
/// The thread that reads keys cannot do this: once the terminal is gone, its reads would return immediately, and it
/// would run in a busy loop.
fn hung_up() -> bool {
    let Ok(terminal) = File::open("/dev/tty") else { return false };
    loop {
        let mut watched = [PollFd::new(&terminal, PollFlags::empty())];
        match poll(&mut watched, None) {
            Err(rustix::io::Errno::INTR) | Ok(0) => {}
            Ok(_) => return true,
            Err(_) => return false,
        }
    }
}

/// Suspends the TUI and its child processes until the shell resumes them. Returns `false` if there is no shell to do
/// so.
#[must_use]
pub(super) fn stop() -> bool {
    let alone = getsid(None).is_ok_and(|session| session == getpgrp());
    !alone && kill_current_process_group(Signal::STOP).is_ok()
}
