//! `dateline fetch`: fetches all feeds, or selected ones.

use super::add::annotate;
use super::library_arg::{LibraryArg, print_error};
use super::rules;
use crate::config;
use crate::hook::Hook;
use crate::new_stories::NewStories;
use crate::own_names;
use crate::remedy::LOCAL_ON_COMMAND_LINE;
use crate::tui::settings::Settings;
use anyhow::bail;
use clap::Args;
use dateline_core::text::clean;
use dateline_fetch::{self as fetch, FetchOutcome, Fetcher};
use dateline_library::{Feed, Library};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// Message shown if the library follows no feeds.
pub(super) const NO_FEEDS: &str = "no feeds yet: `dateline feed add URL` or `dateline feed import FILE` adds some";

/// Network permissions.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct NetworkArgs {
    /// Also fetch from servers on this machine or its network, if the feed's URL names them.
    #[arg(long)]
    allow_local: bool,
}

impl NetworkArgs {
    /// Returns a fetcher with these permissions.
    pub(super) fn fetcher(self) -> Fetcher {
        Fetcher { allow_local: self.allow_local, ..Fetcher::default() }
    }
}

/// The arguments of `dateline fetch`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// URLs, titles or tags of feeds [default: all feeds].
    #[arg(value_name = "FEED")]
    feeds: Vec<String>,
    /// Also fetch feeds that are paused or not yet due.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    web: NetworkArgs,
    #[command(flatten)]
    library_arg: LibraryArg,
}

/// Fetches the feeds and reports the outcome of each. Returns whether all of them succeeded.
///
/// # Errors
/// Returns an error if the library fails, or if no feed matches.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<bool> {
    if !arguments.library_arg.path().exists() {
        bail!(NO_FEEDS);
    }
    let mut library = arguments.library_arg.open()?;
    let mut feeds = library.feeds()?;
    if feeds.is_empty() {
        bail!(NO_FEEDS);
    }
    let meant = |feed: &Feed| {
        arguments.feeds.is_empty()
            || arguments.feeds.iter().any(|one| *one == feed.url || *one == feed.title || feed.tags.contains(one))
    };
    feeds.retain(meant);
    if !feeds.is_empty() && feeds.iter().all(|feed| feed.server.is_some()) {
        bail!("a feed server fetches these feeds; `dateline sync` brings their stories");
    }
    if feeds.is_empty() {
        let named = clean(&arguments.feeds.join(", ")).to_string();
        bail!("no feed has the URL, title or tag “{named}”; `dateline feed list` lists the feeds");
    }
    let bar = ProgressBar::new(feeds.len() as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} feeds, {eta} left") {
        bar.set_style(style);
    }
    let mut all_ok = true;
    let settings = Settings::read(config::folder().as_deref());
    // Fetch nevertheless: the other rules apply, and no story is lost.
    all_ok &= rules::print_faults(&settings) & print_hook_faults(&settings);
    let new = NewStories::from_now(&library)?;
    fetch::refresh(&mut library, feeds, &arguments.web.fetcher(), arguments.all, |feed, outcome| {
        bar.suspend(|| all_ok &= report_fetch(out, feed, outcome));
        bar.inc(1);
    })?;
    bar.finish_and_clear();
    Ok(finish(&mut library, &settings, &new, &arguments.library_arg, out)? && all_ok)
}

/// Annotates stories that have come in, and applies the rules and the hook to those that are new. Returns whether all of
/// it succeeded.
///
/// # Errors
/// Returns an error if the library fails.
pub(super) fn finish(
    library: &mut Library,
    settings: &Settings,
    new: &NewStories,
    library_arg: &LibraryArg,
    out: &mut impl Write,
) -> anyhow::Result<bool> {
    let mut all_ok = annotate(library, &own_names::analyzer(), &AtomicBool::new(false)).is_some();
    // Apply the rules first: the hook is not for a story that a rule moves to the bin.
    rules::apply_to_new(&settings.rules, new, library_arg, out)?;
    if let Some(hook) = Hook::new(settings.config.on_new.as_deref())
        && let Some(failure) = hook.run(library, new.rows(library)?)?
    {
        print_error(&failure);
        all_ok = false;
    }
    Ok(all_ok)
}

/// Prints the errors in `config.toml` that concern the hook. Without them, a fetch would pass over a hook that is set.
/// Returns whether there are none.
pub(super) fn print_hook_faults(settings: &Settings) -> bool {
    let is_about_hook = |(path, fault): &&(PathBuf, String)| path.ends_with("config.toml") && fault.contains("on_new");
    let faults: Vec<_> = settings.faults.iter().filter(is_about_hook).collect();
    for (path, fault) in &faults {
        print_error(&format!("{}, {fault}", path.display()));
    }
    faults.is_empty()
}

/// Reports the outcome of fetching a feed. Returns whether fetching succeeded. If `out` is a closed pipe, only the
/// report is lost.
pub(super) fn report_fetch(out: &mut impl Write, feed: &Feed, outcome: &FetchOutcome) -> bool {
    let name = clean(feed.name());
    let mut all_ok = true;
    let line = match outcome {
        FetchOutcome::Read { new, changed, moved, refused } => {
            let moved = moved
                .as_ref()
                .map(|url| format!("; moved to {url}: `dateline feed move {} {url}` confirms the new URL", feed.url));
            let refused: String = refused.iter().map(|sentence| format!("; {sentence}")).collect();
            format!("{new} new, {changed} changed{refused}{}", moved.unwrap_or_default())
        }
        FetchOutcome::Partial { new, changed, reason } => {
            print_error(&format!("{name}: {reason}"));
            all_ok = false;
            format!("{new} new, {changed} changed")
        }
        FetchOutcome::Unchanged => "nothing new".to_owned(),
        FetchOutcome::TooSoon(due) => {
            format!("not due yet; next fetch in {}", minutes(due - jiff::Timestamp::now().as_second()))
        }
        FetchOutcome::Paused => "paused; `dateline feed add` with its URL resumes it".to_owned(),
        FetchOutcome::Failed(reason) => {
            print_error(&format!("{name}: {reason}"));
            return false;
        }
        FetchOutcome::Local(reason) => {
            print_error(&format!("{name}: {reason}{LOCAL_ON_COMMAND_LINE}"));
            return false;
        }
    };
    // Ignore errors: if the pipe is closed, nobody is left to read the report.
    let _ = writeln!(out, "{name}: {}", clean(&line)).and_then(|()| out.flush());
    all_ok
}

/// Formats a waiting time given in seconds, in the largest suitable unit and rounded up.
fn minutes(seconds: i64) -> String {
    match seconds {
        ..=90 => format!("{} seconds", seconds.max(1)),
        91..=5400 => format!("{} minutes", (seconds + 59) / 60),
        _ => format!("{} hours", (seconds + 3599) / 3600),
    }
}
