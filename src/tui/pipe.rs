//! Pipes text from a story to a command that the user typed, through the user's shell. The text reaches the command
//! only on standard input, and the title and URL only in the environment, because the shell would execute anything in
//! the command line.

use dateline_core::text::clean;
use std::env;
use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Shell used if `$SHELL` is not set.
const DEFAULT_SHELL: &str = "/bin/sh";
/// Maximum size of the output to keep, in bytes. The rest is read and discarded.
const MAX_OUTPUT: usize = 1 << 20;
/// Maximum time to wait for the end of the output once the command has exited. A process left in the background may
/// keep the output open.
const LAST_OUTPUT: Duration = Duration::from_millis(300);

/// Text to pipe, and the command to which to pipe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PipeJob {
    /// Command line for the shell, as typed by the user.
    pub(crate) command: String,
    /// Text for the standard input of the command.
    pub(crate) words: String,
    /// Headline of the story, for the variable `DATELINE_TITLE`.
    pub(crate) title: String,
    /// URL of the story, for the variable `DATELINE_URL`. Empty if the story has none.
    pub(crate) url: String,
}

/// Output of a command that has exited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PipeOutput {
    /// Lines of standard output, then those of standard error, without control characters.
    pub(crate) lines: Vec<String>,
    /// Whether the output exceeded the limit and was truncated.
    pub(crate) is_cut: bool,
    /// Reason why the command failed, or `None` if it succeeded.
    pub(crate) failure: Option<String>,
}

impl PipeJob {
    /// Returns the shell command with its environment variables.
    pub(super) fn shell(&self) -> Command {
        let shell = env::var_os("SHELL").filter(|shell| !shell.is_empty()).unwrap_or_else(|| DEFAULT_SHELL.into());
        let mut command = Command::new(shell);
        // Cleaning replaces NUL characters, which environment variables cannot contain.
        let [title, url] = [&self.title, &self.url].map(|words| clean(words).to_string());
        command.arg("-c").arg(&self.command).env("DATELINE_TITLE", title).env("DATELINE_URL", url);
        command.stdin(Stdio::piped());
        command
    }

    /// Starts writing the text to the command. Ignores errors, since a command may exit without reading everything.
    pub(super) fn feed(&self, child: &mut Child) {
        if let Some(mut input) = child.stdin.take() {
            let words = self.words.clone();
            thread::spawn(move || input.write_all(words.as_bytes()));
        }
    }
}

/// Runs the command without access to the terminal and returns its output.
///
/// # Errors
/// Returns an error if the shell cannot be started.
pub(super) fn captured(job: &PipeJob) -> io::Result<PipeOutput> {
    let mut command = job.shell();
    // In its own process group, the command cannot read key presses meant for the TUI.
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0).spawn()?;
    job.feed(&mut child);
    let (ended, end) = channel();
    let out = child.stdout.take().map(|out| collected(out, ended.clone()));
    let errors = child.stderr.take().map(|errors| collected(errors, ended));
    let status = child.wait()?;
    for _ in 0..2 {
        let _ = end.recv_timeout(LAST_OUTPUT);
    }
    let mut output = PipeOutput { failure: failure(status), ..PipeOutput::default() };
    for bytes in [out, errors].into_iter().flatten() {
        let bytes = bytes.lock().unwrap_or_else(PoisonError::into_inner);
        output.is_cut |= bytes.len() > MAX_OUTPUT;
        let text = String::from_utf8_lossy(bytes.get(..MAX_OUTPUT).unwrap_or(&bytes)).into_owned();
        output.lines.extend(text.lines().map(|line| clean(&line.replace('\t', "    ")).to_string()));
    }
    Ok(output)
}

/// Collects the output of a command on a separate thread, and sends a message to `ended` when the output ends.
fn collected(mut output: impl Read + Send + 'static, ended: Sender<()>) -> Arc<Mutex<Vec<u8>>> {
    let bytes = Arc::new(Mutex::new(Vec::new()));
    let own = bytes.clone();
    thread::spawn(move || {
        let mut chunk = [0; 8192];
        while let Ok(count @ 1..) = output.read(&mut chunk) {
            let mut bytes = own.lock().unwrap_or_else(PoisonError::into_inner);
            // Keep one byte past the limit, so that discarded output can be detected.
            let room = (MAX_OUTPUT + 1).saturating_sub(bytes.len());
            bytes.extend_from_slice(chunk.get(..count.min(room)).unwrap_or_default());
        }
        let _ = ended.send(());
    });
    bytes
}

fn failure(status: ExitStatus) -> Option<String> {
    use std::os::unix::process::ExitStatusExt;
    failed(status.code(), status.signal())
}

/// Describes an unsuccessful exit status. Returns `None` for success.
pub(super) fn failed(code: Option<i32>, signal: Option<i32>) -> Option<String> {
    match (code, signal) {
        (Some(0), _) => None,
        (Some(code), _) => Some(format!("exit status {code}")),
        (None, Some(signal)) => Some(format!("signal {signal}")),
        (None, None) => Some("unknown exit status".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job(command: &str, words: &str) -> PipeJob {
        let (title, url) = ("Weir $(touch x)\0".to_owned(), "https://example.org/weir".to_owned());
        PipeJob { command: command.to_owned(), words: words.to_owned(), title, url }
    }

    #[test]
    fn words_reach_the_command_on_standard_input_and_are_never_run() {
        let output =
            captured(&job("cat; printf '%s|%s' \"$DATELINE_TITLE\" \"$DATELINE_URL\"", "a; echo b\n$(echo c)\n"));
        let lines = output.unwrap().lines;
        assert_eq!(lines, ["a; echo b", "$(echo c)", "Weir $(touch x)␀|https://example.org/weir"]);
    }

    #[test]
    fn errors_are_shown_after_the_output_and_a_failure_is_named() {
        let output = captured(&job("echo wrong >&2; echo out; exit 3", "")).unwrap();
        assert_eq!(
            (output.lines.join("/"), output.failure),
            ("out/wrong".to_owned(), Some("exit status 3".to_owned()))
        );
    }

    #[test]
    fn output_is_cleaned_and_cut() {
        let output = captured(&job("printf '\\033[2Jx\\ty\\n'", "")).unwrap();
        assert!(!output.lines.concat().contains('\x1b') && output.lines[0].ends_with("x    y"), "{:?}", output.lines);
        let long = captured(&job("head -c 3000000 /dev/zero | tr '\\0' 'a'", "")).unwrap();
        assert!(long.is_cut && long.lines[0].len() == MAX_OUTPUT);
    }

    #[test]
    fn a_command_that_reads_nothing_or_leaves_a_process_ends_all_the_same() {
        let words = "word ".repeat(100_000);
        assert_eq!(captured(&job("exit 0", &words)).unwrap(), PipeOutput::default());
        let output = captured(&job("sleep 60 & echo done; echo $!", "")).unwrap();
        assert_eq!(output.lines[0], "done");
        captured(&job(&format!("kill {}", output.lines[1]), "")).unwrap();
    }
}
