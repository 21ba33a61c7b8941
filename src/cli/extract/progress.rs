//! Shows how far a long run is: a bar on a terminal, a line per minute in a log.

use crate::cli::library_arg::print_error;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Time between two lines in a log.
const INTERVAL: Duration = Duration::from_mins(1);

/// Progress of a run over many files.
pub(super) struct RunProgress<'a> {
    /// Hidden unless standard error is a terminal.
    bar: ProgressBar,
    /// Number of files to read or to skip. Folders in a list count as one until they have been read.
    total: usize,
    /// Number of files skipped so far. It grows in the reading thread.
    skipped: &'a AtomicUsize,
    /// Number of files read so far, including those that failed.
    done: usize,
    failed: usize,
    /// Whether something in the current file could not be read.
    is_faulty: bool,
    started: Instant,
    reported: Instant,
}

impl<'a> RunProgress<'a> {
    /// Starts a run over `total` files.
    pub(super) fn new(total: usize, skipped: &'a AtomicUsize) -> Self {
        let bar = if io::stderr().is_terminal() { ProgressBar::new(total as u64) } else { ProgressBar::hidden() };
        ProgressStyle::with_template("{bar:24} {wide_msg}").map(|style| bar.set_style(style)).ok();
        let now = Instant::now();
        Self { bar, total, skipped, done: 0, failed: 0, is_faulty: false, started: now, reported: now }
    }

    /// Prints why the current file, or a part of it, could not be read.
    pub(super) fn fail(&mut self, sentence: &str) {
        self.is_faulty = true;
        self.bar.suspend(|| print_error(&sentence));
    }

    /// Counts the current file, and shows how many are left.
    pub(super) fn end_file(&mut self) {
        self.done += 1;
        self.failed += usize::from(std::mem::take(&mut self.is_faulty));
        let position = self.done + self.skipped.load(Ordering::Relaxed);
        self.total = self.total.max(position);
        if !self.bar.is_hidden() {
            self.bar.set_length(self.total as u64);
            self.bar.set_position(position as u64);
            self.bar.set_message(self.line(self.started.elapsed()));
        } else if self.reported.elapsed() >= INTERVAL {
            self.reported = Instant::now();
            print_error(&self.line(self.started.elapsed()));
        }
    }

    /// Returns the progress after `elapsed` as a line. The time left assumes that the rest takes as long for each file.
    fn line(&self, elapsed: Duration) -> String {
        let position = self.done + self.skipped.load(Ordering::Relaxed);
        let left = elapsed.as_secs_f64() / self.done.max(1) as f64 * self.total.saturating_sub(position) as f64;
        let left = match left.ceil() as u64 {
            seconds @ 0..120 => format!("{seconds} s"),
            seconds @ 120..7200 => format!("{} min", seconds / 60),
            seconds => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
        };
        format!("{position} of {} files, {} failed, {left} left", self.total, self.failed)
    }

    /// Ends the display. Returns a summary, and whether every file was read.
    pub(super) fn finish(self) -> (String, bool) {
        self.bar.finish_and_clear();
        let read = self.done - self.failed;
        let mut summary = format!("{read} file{} read", if read == 1 { "" } else { "s" });
        for (count, what) in [(self.skipped.load(Ordering::Relaxed), "skipped"), (self.failed, "failed")] {
            if count > 0 {
                summary.push_str(&format!(", {count} {what}"));
            }
        }
        (summary, self.failed == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_follows_from_the_files_that_were_read_and_not_from_those_skipped() {
        let skipped = AtomicUsize::new(500);
        let mut progress = RunProgress::new(1000, &skipped);
        progress.is_faulty = true;
        for _ in 0..100 {
            progress.end_file();
        }
        assert_eq!(progress.line(Duration::from_mins(1)), "600 of 1000 files, 1 failed, 4 min left");
        assert_eq!(progress.line(Duration::from_secs(10)), "600 of 1000 files, 1 failed, 40 s left");
        assert_eq!(progress.line(Duration::from_hours(1)), "600 of 1000 files, 1 failed, 4 h 0 min left");
        assert_eq!(progress.finish(), ("99 files read, 500 skipped, 1 failed".to_owned(), false));
    }
}
