//! `dateline add`: adds files and folders to the library, once or continuously.

use super::input::parse_date;
use super::library_arg::{LibraryArg, print_error};
use super::maintenance::report_outcome;
use super::names_arg::NamesArg;
use super::rules;
use crate::config;
use crate::new_stories::NewStories;
use crate::own_names;
use crate::remedy::explain;
use crate::rules::Rules;
use crate::tui::settings::Settings;
use clap::{Args, ValueEnum};
use dateline_analysis::{Analyzer, Options};
use dateline_core::text::clean;
use dateline_library::{Importer, Library, Outcome, OutdatedWalk, Progress, Summary};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;
use notify::{RecursiveMode, Watcher};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

/// Time for which a watched folder must be unchanged before its files are read.
const DEBOUNCE: Duration = Duration::from_millis(500);

/// Maximum number of outdated articles to re-annotate per run. They are processed in batches of [`BATCH`].
const MAX_RENEWED: usize = 2048;
const BATCH: usize = 128;

/// Interval at which `--watch` checks whether it should stop.
const POLL_INTERVAL: Duration = Duration::from_millis(200);

/// The arguments of `dateline add`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Files and folders to add, `-` for standard input.
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    library_arg: LibraryArg,
    /// Keep adding files that arrive in the folders, until Ctrl-C.
    #[arg(long)]
    watch: bool,
    /// Input format [default: detected by content; JSON Lines only in .jsonl and .ndjson files].
    #[arg(long, value_name = "FORMAT")]
    from: Option<Records>,
    /// Date (YYYY-MM-DD) that relative times count from, for sources without a date.
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
    /// Leave quotes, names and timelines to the reader or the next `add`; until then, searches find stories only by
    /// their words.
    #[arg(long, conflicts_with_all = ["date", "names", "watch"])]
    later: bool,
    /// Number of threads, 0 for all cores [default: 0].
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    #[command(flatten)]
    names: NamesArg,
}

/// Input formats that `--from` accepts. All others are detected by content, because the library has only the content to
/// go by when it rereads a stored source.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Records {
    /// JSON Lines: one record per line.
    Jsonl,
}

/// Adds files and folders. Returns whether everything could be read and stored.
///
/// # Errors
/// Returns an error if `out` fails.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> io::Result<bool> {
    if let Some(jobs) = arguments.jobs {
        // Ignore errors: if a global thread pool already exists, it is just as good.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global();
    }
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        // A second signal exits immediately, which is safe: the library is always in a consistent state.
        signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&stop))?;
        signal_hook::flag::register(signal, Arc::clone(&stop))?;
    }
    let mut all_ok = arguments.names.apply();
    let mut library = match arguments.library_arg.open_or_create() {
        Ok(library) => library,
        Err(error) => {
            print_error(&explain(&error));
            return Ok(false);
        }
    };
    let options = Options { fallback: arguments.date, ..Options::default() };
    // A date of the user's is not stored, so the stories cannot be annotated without it later.
    let (records, later) = (arguments.from.is_some(), arguments.date.is_none());
    let importer = Importer { analyzer: own_names::analyzer(), options, records, later };
    let settings = Settings::read(config::folder().as_deref());
    let import = Import { arguments, rules: &settings.rules, importer: &importer, stop: &stop };
    all_ok &= rules::print_faults(&settings);
    all_ok &= import.add_and_sort(true, &mut library, out)?;
    if !arguments.later {
        all_ok &= renew(&importer.analyzer, &mut library, &stop);
    }
    if arguments.watch {
        all_ok &= import.watch(&mut library, out)?;
    }
    Ok(all_ok)
}

/// An import, which may consist of several passes over the files.
struct Import<'a> {
    arguments: &'a Arguments,
    rules: &'a Rules,
    importer: &'a Importer,
    /// Flag that ends the import early.
    stop: &'a AtomicBool,
}

impl Import<'_> {
    /// Adds the files that exist now, annotates them and the stories that earlier runs left unannotated, and applies
    /// the rules to the new stories. `--later` skips the annotation. Returns whether everything could be read and
    /// stored.
    fn add_and_sort(&self, at_first: bool, library: &mut Library, out: &mut impl Write) -> io::Result<bool> {
        let new = NewStories::from_now(library);
        let read = self.add_files(at_first, library, out)?;
        let mut all_ok = read.unwrap_or_default();
        if read.is_some() && !self.arguments.later && !self.stop.load(Ordering::Relaxed) {
            let annotated = annotate(library, &self.importer.analyzer, self.stop);
            if let Some(count) = annotated.filter(|count| *count > 0) {
                print_error(&format!("{count} annotated"));
            }
            all_ok &= annotated.is_some();
        }
        let applied = new.and_then(|new| rules::apply_to_new(self.rules, &new, &self.arguments.library_arg, out));
        Ok(report_outcome(applied.map(|()| true))? && all_ok)
    }

    /// Adds the files that exist now. `at_first` is `true` for the first pass, and `false` for the later passes of
    /// `--watch`. Returns whether everything could be read, or `None` if the library could not be written to.
    fn add_files(&self, at_first: bool, library: &mut Library, out: &mut impl Write) -> io::Result<Option<bool>> {
        let bar = progress_bar("{bar:24} {pos} of {len} files, {per_sec}, {eta} left  {wide_msg}");
        let mut broken = Ok(());
        let outcome = self.importer.run(library, &self.arguments.paths, self.stop, |progress| match progress {
            Progress::Files(count) => bar.set_length(count as u64),
            Progress::Done(done, _) => {
                bar.inc(done as u64);
                if broken.is_ok() {
                    // Flush after each line, because a program that reads the output may be waiting for it.
                    broken = out.flush();
                }
            }
            Progress::Failed(name, reason) => {
                bar.suspend(|| print_error(&format!("{name}: {reason}")));
            }
            Progress::LeftOut(name, what) if at_first || !Path::new(name).is_dir() => {
                bar.suspend(|| print_error(&format!("{name}: {what}")));
            }
            // Already reported by the first pass.
            Progress::LeftOut(..) | Progress::Unannotated(_) => {}
            Progress::Article(article, headline) => {
                let word = match article.outcome {
                    Outcome::New => "added",
                    Outcome::Changed => "changed",
                    Outcome::Known => return,
                };
                if !bar.is_hidden() {
                    bar.set_message(clean(headline).to_string());
                } else if broken.is_ok() {
                    broken = writeln!(out, "{word} {}  {}", article.uid, clean(headline));
                }
                if broken.is_err() {
                    self.stop.store(true, Ordering::Relaxed);
                }
            }
        });
        bar.finish_and_clear();
        broken?;
        match outcome {
            Ok(summary) => {
                print_error(&summarize(&summary));
                Ok(Some(summary.failed == 0 && (!summary.stopped || self.arguments.watch)))
            }
            Err(error) => {
                print_error(&explain(&error));
                Ok(None)
            }
        }
    }

    /// Adds files as they arrive, until interrupted.
    fn watch(&self, library: &mut Library, out: &mut impl Write) -> io::Result<bool> {
        let (sender, receiver) = channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| event.kind.is_create() || event.kind.is_modify()) {
                let _ = sender.send(());
            }
        });
        let watching = watcher.and_then(|mut watcher| {
            for path in &self.arguments.paths {
                watcher.watch(path, RecursiveMode::Recursive)?;
            }
            Ok(watcher)
        });
        let _watcher = match watching {
            Ok(watcher) => watcher,
            Err(error) => {
                print_error(&error);
                return Ok(false);
            }
        };
        // Start with a pass: files may have arrived between the first pass and the start of the watch.
        let mut waiting = true;
        while !self.stop.load(Ordering::Relaxed) {
            match receiver.recv_timeout(if waiting { DEBOUNCE } else { POLL_INTERVAL }) {
                Ok(()) => waiting = true,
                Err(RecvTimeoutError::Timeout) if waiting => {
                    waiting = false;
                    self.add_and_sort(false, library, out)?;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        Ok(true)
    }
}

/// Annotates the stories that have no annotations yet, with a progress bar. Setting `stop` ends the work early. Returns
/// the number of stories annotated, or `None` unless that was all of them.
pub(super) fn annotate(library: &mut Library, analyzer: &Analyzer, stop: &AtomicBool) -> Option<usize> {
    let bar = progress_bar("{bar:24} {pos} of {len} stories annotated, {per_sec}, {eta} left");
    let (mut all_ok, mut left) = (true, 0);
    let outcome = library.annotate(analyzer, stop, |progress| match progress {
        Progress::Unannotated(still) => {
            if bar.length().is_none() {
                bar.set_length(still as u64);
            }
            bar.set_position(bar.length().unwrap_or_default().saturating_sub(still as u64));
            left = still;
        }
        Progress::Failed(headline, reason) => {
            bar.suspend(|| print_error(&format!("{}: {reason}", clean(headline))));
            all_ok = false;
        }
        _ => {}
    });
    bar.finish_and_clear();
    match outcome {
        Ok(_) if left > 0 => {
            print_error(&format!("{left} not annotated yet; run again to continue"));
            None
        }
        Ok(count) => Some(count).filter(|_| all_ok),
        Err(error) => {
            print_error(&explain(&error));
            None
        }
    }
}

/// Re-annotates outdated articles, at most [`MAX_RENEWED`] to keep the run short; the next run continues. Returns
/// `false` if that failed.
fn renew(analyzer: &Analyzer, library: &mut Library, stop: &AtomicBool) -> bool {
    // Check the count first, because a walk reads the days of all stories even if none is outdated.
    if matches!(library.outdated_count(), Ok(0)) {
        return true;
    }
    let mut left = MAX_RENEWED;
    let mut walk = OutdatedWalk::default();
    while left > 0 && !stop.load(Ordering::Relaxed) {
        match library.renew(analyzer, &mut walk, left.min(BATCH)) {
            Ok(0) => break,
            Ok(count) => left = left.saturating_sub(count),
            Err(error) => {
                print_error(&explain(&error));
                return false;
            }
        }
    }
    true
}

/// Summarises a run in one sentence.
fn summarize(summary: &Summary) -> String {
    let mut parts = vec![format!("{} added", summary.new)];
    let more = [
        (summary.changed, "changed"),
        (summary.known, "already in the library"),
        (summary.failed, "could not be read"),
    ];
    parts.extend(more.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
    if summary.unchanged > 0 {
        parts.push(match summary.unchanged {
            1 => "1 file unchanged".to_owned(),
            count => format!("{count} files unchanged"),
        });
    }
    if summary.stopped {
        parts.push("stopped; run again to continue".to_owned());
    }
    parts.join(", ")
}

/// Returns a progress bar in a style of `indicatif`, hidden unless standard error and standard output are terminals.
fn progress_bar(style: &str) -> ProgressBar {
    if !(io::stderr().is_terminal() && io::stdout().is_terminal()) {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::no_length();
    ProgressStyle::with_template(style).map(|style| bar.set_style(style)).ok();
    bar
}
