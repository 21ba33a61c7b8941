//! Runs the user's hook, a program with arguments, for each new story of a fetch. No shell is involved. Text from a
//! story reaches the hook only through standard input and the environment, because as an argument it could be read as
//! an option.

use dateline_core::text::clean;
use dateline_library::{Library, StoryRow};
use rustix::process::{Pid, Signal, kill_process_group};
use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Maximum running time of the hook for one story.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Interval at which to check whether the hook has exited.
const POLL_INTERVAL: Duration = Duration::from_millis(10);
/// Maximum number of new stories per fetch for which to run the hook.
const MAX_STORIES: usize = 200;

/// The user's hook.
#[derive(Debug)]
pub(crate) struct Hook<'a> {
    program: &'a str,
    arguments: &'a [String],
    timeout: Duration,
}

impl<'a> Hook<'a> {
    /// Creates the hook from its setting, a program followed by its arguments. Returns `None` if no program is set.
    pub(crate) fn new(command: Option<&'a [String]>) -> Option<Self> {
        let (program, arguments) = command?.split_first()?;
        Some(Self { program, arguments, timeout: TIMEOUT })
    }

    /// Runs the hook for each of the first [`MAX_STORIES`] stories. Stops at the first failure and returns a sentence
    /// that describes it.
    ///
    /// # Errors
    /// Returns an error if the library cannot be read.
    pub(crate) fn run(
        &self,
        library: &Library,
        mut stories: Vec<StoryRow>,
    ) -> dateline_library::Result<Option<String>> {
        stories.truncate(MAX_STORIES);
        for (number, story) in stories.iter().enumerate() {
            let article = library.article(story.id)?.article;
            let url = article.url.as_deref().unwrap_or_default();
            let reason = match self.run_once(story, url, &article.text) {
                Ok(None) => continue,
                Ok(Some(reason)) => reason,
                Err(error) => format!("could not be started: {error}"),
            };
            let left = match stories.len() - number - 1 {
                0 => String::new(),
                left => format!("; not run for {left} more"),
            };
            return Ok(Some(format!("the hook {} failed for “{}”: {reason}{left}", self.program, story.headline)));
        }
        Ok(None)
    }

    /// Runs the hook for a story. Returns the reason for a failure, or `None` if the hook succeeded.
    fn run_once(&self, story: &StoryRow, url: &str, text: &str) -> io::Result<Option<String>> {
        // Cleaning replaces NUL characters, which environment variables cannot contain.
        let variable = |words: &str| clean(words).to_string();
        let mut child = Command::new(self.program)
            .args(self.arguments)
            .env("DATELINE_ID", story.id.to_string())
            .env("DATELINE_TITLE", variable(&story.headline))
            .env("DATELINE_PUBLISHER", variable(story.publisher.as_deref().unwrap_or_default()))
            .env("DATELINE_URL", variable(url))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // In a process group of its own, so that programs started by the hook are killed with it.
            .process_group(0)
            .spawn()?;
        if let Some(mut input) = child.stdin.take() {
            // Clean each line separately, because cleaning replaces line breaks with spaces.
            let text = text.lines().map(|line| clean(line).to_string()).collect::<Vec<_>>().join("\n");
            // Ignore errors: a hook may exit without reading the text.
            thread::spawn(move || input.write_all(text.as_bytes()));
        }
        self.wait(&mut child)
    }

    /// Waits until the hook exits. Kills it and the programs that it has started if it exceeds the time limit.
    fn wait(&self, child: &mut Child) -> io::Result<Option<String>> {
        let start = Instant::now();
        loop {
            match child.try_wait()? {
                Some(status) if status.success() => return Ok(None),
                Some(status) => return Ok(Some(status.to_string())),
                None if start.elapsed() >= self.timeout => {
                    kill_process_group(Pid::from_child(child), Signal::KILL)?;
                    child.wait()?;
                    return Ok(Some(format!("it ran longer than {} s", self.timeout.as_secs())));
                }
                None => thread::sleep(POLL_INTERVAL),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::new_stories::NewStories;
    use dateline_core::article::Article;
    use dateline_library::Incoming;
    use std::fs;
    use std::path::PathBuf;

    /// Creates an empty folder, and an empty library in memory.
    fn library(name: &str) -> (PathBuf, Library) {
        let folder = std::env::temp_dir().join(format!("dateline-hook-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        (folder, Library::open_in_memory().unwrap())
    }

    /// Adds two stories to a library.
    fn add_stories(library: &mut Library) {
        for (id, text) in [("a", "$(touch x); --help"), ("b", "The mill has closed.")] {
            let article = Article { url: Some(format!("https://vale.example/{id}")), ..Article::verbatim(id, text) };
            let incoming = Incoming { article, source: id.to_owned(), ..Incoming::default() };
            library.add(&[incoming.prepare().unwrap()]).unwrap();
        }
    }

    fn words(command: &[&str]) -> Vec<String> {
        command.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn each_new_story_is_passed_on_standard_input_and_in_variables_only() {
        let (folder, mut library) = library("passed");
        let file = folder.join("taken");
        let script = format!("printf '%s %s|' \"$#\" \"$DATELINE_URL\" >> '{0}'; cat >> '{0}'", file.display());
        let command = words(&["/bin/sh", "-c", &script, "hook"]);
        let hook = Hook::new(Some(&command)).unwrap();
        let new = NewStories::from_now(&library).unwrap();
        add_stories(&mut library);
        assert_eq!(hook.run(&library, new.rows(&library).unwrap()).unwrap(), None);
        let taken = fs::read_to_string(&file).unwrap();
        assert!(taken.contains("0 https://vale.example/a|$(touch x); --help"), "{taken}");
        assert!(taken.contains("0 https://vale.example/b|The mill has closed."), "{taken}");
        // Stories added before the fetch are not new, even in the same second.
        let later = NewStories::from_now(&library).unwrap();
        assert!(later.rows(&library).unwrap().is_empty());
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn programs_that_the_hook_has_started_end_with_it() {
        let (folder, mut library) = library("group");
        let file = folder.join("process");
        let new = NewStories::from_now(&library).unwrap();
        add_stories(&mut library);
        let script = format!("sleep 600 & echo $! > '{0}.new'; mv '{0}.new' '{0}'; wait", file.display());
        let command = words(&["/bin/sh", "-c", &script]);
        let (program, arguments) = command.split_first().unwrap();
        // The hook is killed only once it has started the other program, however busy the machine is.
        let hook = Hook { program, arguments, timeout: Duration::from_secs(2) };
        while !file.exists() {
            hook.run(&library, new.rows(&library).unwrap()).unwrap();
        }
        let process: i32 = fs::read_to_string(&file).unwrap().trim().parse().unwrap();
        let process = Pid::from_raw(process).unwrap();
        while rustix::process::test_kill_process(process).is_ok() && !is_zombie(process) {
            thread::sleep(POLL_INTERVAL);
        }
        fs::remove_dir_all(&folder).unwrap();
    }

    /// Returns whether a process has ended and waits for its parent to read its status.
    fn is_zombie(process: Pid) -> bool {
        let stat = fs::read_to_string(format!("/proc/{}/stat", process.as_raw_nonzero())).unwrap_or_default();
        stat.rsplit(')').next().is_none_or(|rest| rest.trim_start().starts_with('Z'))
    }

    #[test]
    fn a_failure_is_one_sentence_and_ends_the_run() {
        let (folder, mut library) = library("failed");
        let new = NewStories::from_now(&library).unwrap();
        add_stories(&mut library);
        let failed = |command: &[&str], timeout| {
            let command = words(command);
            let (program, arguments) = command.split_first().unwrap();
            Hook { program, arguments, timeout }.run(&library, new.rows(&library).unwrap()).unwrap().unwrap()
        };
        let failure = failed(&["/bin/sh", "-c", "exit 3"], TIMEOUT);
        assert!(failure.contains("/bin/sh failed for “") && failure.contains("exit status: 3; not run for 1 more"));
        assert!(failed(&["/nonexistent/hook"], TIMEOUT).contains("could not be started"));
        assert!(failed(&["/bin/sleep", "60"], Duration::ZERO).contains("it ran longer than"));
        assert!(Hook::new(None).is_none() && Hook::new(Some(&[])).is_none());
        fs::remove_dir_all(&folder).unwrap();
    }
}
