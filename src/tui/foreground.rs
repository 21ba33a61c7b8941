//! Runs a command on the terminal, with text piped to it. Pagers and editors need the terminal.

use super::pipe::{PipeJob, failed};
use super::signals;
use rustix::process::{Pid, WaitOptions, waitpid};
use std::io::{self, Write};

/// Runs a command on the terminal, which the caller must have released, and then waits for Enter. Returns the reason
/// for a failure, or `None` if the command succeeded.
///
/// # Errors
/// Returns an error if the shell cannot be started.
pub(super) fn run(job: &PipeJob) -> io::Result<Option<String>> {
    let mut child = job.shell().spawn()?;
    job.feed(&mut child);
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    let failure = loop {
        match waitpid(pid, WaitOptions::UNTRACED) {
            Ok(Some((_, status))) if status.stopped() => drop(signals::stop()),
            Ok(Some((_, status))) => break failed(status.exit_status(), status.terminating_signal()),
            Ok(None) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    };
    // Wait for Enter, because redrawing the screen would hide what the command printed.
    let mut out = io::stdout();
    write!(out, "\nEnter returns to the reader ")?;
    out.flush()?;
    io::stdin().read_line(&mut String::new())?;
    Ok(failure)
}
