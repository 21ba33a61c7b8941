//! `dateline feed`: manages the feeds you follow.

use super::add::annotate;
use super::fetch::{NO_FEEDS, NetworkArgs, report_fetch};
use super::library_arg::{LibraryArg, print_error};
use super::rules;
use crate::config;
use crate::new_stories::NewStories;
use crate::own_names;
use crate::remedy::LOCAL_ON_COMMAND_LINE;
use crate::tui::settings::Settings;
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use dateline_core::text::clean;
use dateline_fetch::{self as fetch, FollowError, Subscription, Subscriptions};
use dateline_library::{Feed, FeedChange, Library, write_new_file};
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use url::Url;

/// The arguments of `dateline feed`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: FeedCommand,
    #[command(flatten)]
    library_arg: LibraryArg,
}

#[derive(Debug, Subcommand)]
enum FeedCommand {
    /// Follow a feed, by its URL or by the URL of a page that names it.
    ///
    /// If the URL is that of a page that names a feed on the same host, that feed is followed; feeds on other hosts are
    /// listed for you to add.
    Add {
        /// URL of the feed or page (http or https).
        #[arg(value_name = "URL")]
        url: String,
        /// Title of the feed.
        #[arg(long)]
        title: Option<String>,
        /// Tag of the feed; may be repeated.
        #[arg(long = "tag", value_name = "TAG")]
        tags: Vec<String>,
        /// Follow the feed without fetching it now.
        #[arg(long)]
        no_fetch: bool,
        #[command(flatten)]
        web: NetworkArgs,
    },
    /// List feeds with their story counts and errors.
    List,
    /// Unfollow a feed; its stories stay.
    Remove {
        /// URL or title of the feed.
        feed: String,
    },
    /// Change the URL of a feed.
    Move {
        /// Current URL or title of the feed.
        feed: String,
        /// New URL.
        #[arg(value_name = "URL")]
        url: String,
    },
    /// Rename a feed, or turn full text on or off.
    Set {
        /// URL or title of the feed.
        feed: String,
        /// Title of the feed.
        #[arg(long)]
        title: Option<String>,
        /// Whether to also fetch the pages that the items link to, for feeds that contain only teasers.
        #[arg(long, value_name = "true|false")]
        full_text: Option<bool>,
    },
    /// Follow the feeds in an OPML file or newsboat's `urls`, without fetching them.
    Import {
        /// File to import.
        file: PathBuf,
    },
    /// Export the feeds as OPML.
    Export {
        /// File to create, which must not exist yet [default: standard output].
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
}

/// Runs the subcommand. Returns whether all of it succeeded.
///
/// # Errors
/// Returns an error if the library cannot be used, the file cannot be read, or the URL is invalid.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<bool> {
    let mut library = match &arguments.command {
        FeedCommand::Add { .. } | FeedCommand::Import { .. } | FeedCommand::Export { .. } => {
            arguments.library_arg.open_or_create()?
        }
        // Listing the feeds must not create a library.
        FeedCommand::List if !arguments.library_arg.path().exists() => {
            writeln!(out, "{NO_FEEDS}")?;
            return Ok(true);
        }
        _ => arguments.library_arg.open()?,
    };
    match &arguments.command {
        FeedCommand::Add { url, title, tags, no_fetch, web } => {
            let url = address(url)?;
            let title = title.clone().unwrap_or_default();
            if *no_fetch {
                let (_, new) = library.follow(url.as_str(), &title, tags)?;
                writeln!(out, "{} {}", if new { "following" } else { "already following" }, clean(url.as_str()))?;
                return Ok(true);
            }
            let new = NewStories::from_now(&library)?;
            let all_ok = add(&mut library, &url, &title, tags, *web, out)?;
            let all_ok = annotate(&mut library, &own_names::analyzer(), &AtomicBool::new(false)).is_some() && all_ok;
            let settings = Settings::read(config::folder().as_deref());
            let all_ok = rules::print_faults(&settings) && all_ok;
            rules::apply_to_new(&settings.rules, &new, &arguments.library_arg, out)?;
            Ok(all_ok)
        }
        FeedCommand::List => list(&library, out).map(|()| true).map_err(Into::into),
        FeedCommand::Remove { feed } => {
            let feed = find(&library, feed)?;
            library.change_feed(feed.id, FeedChange::Unfollow)?;
            writeln!(out, "unfollowed {}", clean(&feed.url))?;
            Ok(true)
        }
        FeedCommand::Move { feed, url } => {
            let (feed, url) = (find(&library, feed)?, address(url)?);
            library.change_feed(feed.id, FeedChange::Url(url.as_str()))?;
            writeln!(out, "moved {} to {}", clean(&feed.url), clean(url.as_str()))?;
            Ok(true)
        }
        FeedCommand::Set { feed, title, full_text } => {
            let feed = find(&library, feed)?;
            if let Some(title) = title {
                library.change_feed(feed.id, FeedChange::Title(title))?;
                writeln!(out, "renamed {} to {}", clean(&feed.url), clean(title))?;
            }
            if let Some(is) = full_text {
                library.change_feed(feed.id, FeedChange::FullText(*is))?;
                let what = if *is { "with the pages that it links to" } else { "without the pages that it links to" };
                writeln!(out, "{} is fetched {what}", clean(&feed.url))?;
            }
            Ok(true)
        }
        FeedCommand::Import { file } => import(&mut library, file, out),
        FeedCommand::Export { output } => {
            let feeds: Vec<Subscription> = library.feeds()?.into_iter().map(subscription).collect();
            let opml = fetch::opml(&feeds);
            match output {
                Some(path) => write_new_file(path, |file| Ok(file.write_all(opml.as_bytes())?))?,
                None => out.write_all(opml.as_bytes())?,
            }
            Ok(true)
        }
    }
}

fn address(url: &str) -> anyhow::Result<Url> {
    let Ok(parsed) = Url::parse(url) else {
        bail!("“{}” is not a URL; expected something like https://example.org/feed", clean(url));
    };
    if !matches!(parsed.scheme(), "http" | "https") {
        bail!("{}: only http and https URLs can be fetched, not {}", clean(url), clean(parsed.scheme()));
    }
    Ok(parsed)
}

fn find(library: &Library, wanted: &str) -> anyhow::Result<Feed> {
    let mut feeds = library.feeds()?;
    let at = feeds.iter().position(|feed| feed.url == wanted || feed.title == wanted);
    match at {
        Some(at) => Ok(feeds.swap_remove(at)),
        None => bail!("no feed has the URL or title “{}”; `dateline feed list` lists the feeds", clean(wanted)),
    }
}

/// Follows the feed at a URL and reports the outcome.
fn add(
    library: &mut Library,
    url: &Url,
    title: &str,
    tags: &[String],
    web: NetworkArgs,
    out: &mut impl Write,
) -> anyhow::Result<bool> {
    let followed = fetch::follow(library, url, title, tags, &web.fetcher()).map_err(|error| match error {
        FollowError::Library(error) => error.into(),
        error if error.is_local() => anyhow::anyhow!("{}{LOCAL_ON_COMMAND_LINE}", clean(&error.to_string())),
        error => anyhow::anyhow!("{}", clean(&error.to_string())),
    })?;
    for (feed, name) in &followed.on_other_hosts {
        writeln!(out, "found a feed on another host: {}  {}", clean(feed.as_str()), clean(name))?;
    }
    writeln!(out, "following {}", clean(&followed.feed.url))?;
    Ok(report_fetch(out, &followed.feed, &followed.outcome))
}

fn import(library: &mut Library, file: &PathBuf, out: &mut impl Write) -> anyhow::Result<bool> {
    let text = fs::read(file).with_context(|| clean(&file.to_string_lossy()).to_string())?;
    let read = Subscriptions::read(&String::from_utf8_lossy(&text));
    if read.feeds.is_empty() {
        bail!("{}: no feeds found; expected OPML or one URL per line", clean(&file.to_string_lossy()));
    }
    let mut new = 0;
    for feed in &read.feeds {
        new += usize::from(library.follow(&feed.url, &feed.title, &feed.tags)?.1);
    }
    for entry in &read.skipped {
        print_error(&format!("skipped “{entry}”: not a web URL"));
    }
    writeln!(out, "following {new} more feeds; `dateline fetch` fetches them")?;
    Ok(true)
}

fn subscription(feed: Feed) -> Subscription {
    Subscription { url: feed.url, title: feed.title, tags: feed.tags }
}

fn list(library: &Library, out: &mut impl Write) -> io::Result<()> {
    let feeds = library.feeds().map_err(io::Error::other)?;
    if feeds.is_empty() {
        return writeln!(out, "{NO_FEEDS}");
    }
    for feed in feeds {
        let title = if feed.title.is_empty() { "(no title yet)" } else { &feed.title };
        let tags: String = feed.tags.iter().map(|tag| format!("  #{tag}")).collect();
        let state = if feed.full_text { "  full text" } else { "" };
        let state = format!("{state}{}", if feed.paused { "  paused" } else { "" });
        writeln!(
            out,
            "{:>5} unread of {:<5}  {}  {}{}{state}",
            feed.unread,
            feed.articles,
            clean(title),
            clean(&feed.url),
            clean(&tags)
        )?;
        if let Some(error) = feed.error {
            let failed = match feed.failures {
                0 => "read in part".to_owned(),
                failures => format!("failed {failures} times"),
            };
            writeln!(out, "                       {failed}: {}", clean(&error))?;
        }
    }
    Ok(())
}
