//! `dateline sync`: reads against feed servers.

use super::fetch::{finish, print_hook_faults};
use super::library_arg::{LibraryArg, print_error};
use super::rules;
use crate::config;
use crate::credentials::Credentials;
use crate::new_stories::NewStories;
use crate::remedy::{LOCAL_ON_COMMAND_LINE, explain_sync};
use crate::tui::settings::Settings;
use anyhow::bail;
use clap::{Args, Subcommand};
use dateline_core::text::clean;
use dateline_fetch::Fetcher;
use dateline_library::{Library, SyncServer};
use dateline_sync::{self as sync, Secret, SyncError, Synced};
use indicatif::{ProgressBar, ProgressStyle};
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use std::fs::OpenOptions;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use url::Url;

/// Message shown if no server has been added.
const NO_SERVERS: &str = "no feed servers yet: `dateline sync add URL` adds one";

/// The arguments of `dateline sync`.
#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<SyncCommand>,
    /// Also connect to a server on this machine or its network.
    #[arg(long)]
    allow_local: bool,
    #[command(flatten)]
    library_arg: LibraryArg,
}

#[derive(Debug, Subcommand)]
enum SyncCommand {
    /// Add a feed server by its URL, and sync with it.
    ///
    /// Finds out what the server speaks by asking it. The password is asked for, or read from standard input if that is
    /// not a terminal. It is stored in a file that only you can read, and sent to the host of the URL only.
    Add {
        /// URL of the server (https; http only on your own network).
        #[arg(value_name = "URL")]
        url: String,
        /// Your name on the server; without it, the password is an API key of Miniflux.
        #[arg(long, value_name = "NAME")]
        user: Option<String>,
        /// Also connect to a server on this machine or its network.
        #[arg(long)]
        allow_local: bool,
    },
    /// List the servers with the time and the outcome of the last sync.
    List,
    /// Stop syncing with a server and forget its password; its stories stay, and its feeds are paused.
    Remove {
        /// URL of the server.
        #[arg(value_name = "URL")]
        url: String,
    },
}

/// Runs the subcommand, or syncs with all servers. Returns whether all of it succeeded.
///
/// # Errors
/// Returns an error if the library or the credentials cannot be used, or if a server cannot be added.
pub(super) fn run(arguments: &Arguments, out: &mut impl Write) -> anyhow::Result<bool> {
    match &arguments.command {
        Some(SyncCommand::Add { url, user, allow_local }) => {
            let fetcher = fetcher(*allow_local || arguments.allow_local);
            add(url, user.as_deref(), &fetcher, &arguments.library_arg, out)
        }
        Some(SyncCommand::List) => list(&arguments.library_arg, out),
        Some(SyncCommand::Remove { url }) => remove(url, &arguments.library_arg, out),
        None => {
            if !arguments.library_arg.path().exists() {
                bail!(NO_SERVERS);
            }
            let mut library = arguments.library_arg.open()?;
            let servers = library.sync_servers()?;
            if servers.is_empty() {
                bail!(NO_SERVERS);
            }
            sync_all(&mut library, &servers, &fetcher(arguments.allow_local), &arguments.library_arg, out)
        }
    }
}

fn fetcher(allow_local: bool) -> Fetcher {
    Fetcher { allow_local, ..Fetcher::default() }
}

fn add(
    text: &str,
    user: Option<&str>,
    fetcher: &Fetcher,
    library_arg: &LibraryArg,
    out: &mut impl Write,
) -> anyhow::Result<bool> {
    let Some(url) = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
    else {
        bail!("“{}” is not the URL of a server; expected something like https://reader.example", clean(text));
    };
    if url.password().is_some() {
        bail!("a password on the command line can be read by others; leave it out, and it is asked for");
    }
    let user = user.unwrap_or_else(|| url.username());
    let credentials = Credentials::of_user()?;
    let mut secret = Secret { password: password(user)?, token: None };
    let account = sync::detect(fetcher, &url, user, &mut secret)
        .map_err(|error| anyhow::anyhow!("{}", clean(&failure(url.as_str(), &error))))?;
    let mut library = library_arg.open_or_create()?;
    credentials.set(account.url.as_str(), user, Some(&secret))?;
    let server = library.add_sync_server(account.url.as_str(), account.protocol.name(), user)?;
    writeln!(out, "added {} ({})", clean(&server.url), clean(&server.kind))?;
    out.flush()?;
    sync_all(&mut library, &[server], fetcher, library_arg, out)
}

/// Formats the error of a server for standard error.
fn failure(url: &str, error: &SyncError) -> String {
    // A wrong password has just been typed in, so that there is no need to say how to type it in again.
    let reason = if error.is_refused() { error.to_string() } else { explain_sync(error, LOCAL_ON_COMMAND_LINE) };
    format!("{url}: {reason}")
}

/// Asks for the password on the terminal without showing it, or reads it from standard input.
fn password(user: &str) -> anyhow::Result<String> {
    let mut line = String::new();
    if io::stdin().is_terminal() {
        let terminal = OpenOptions::new().read(true).write(true).open("/dev/tty")?;
        let what = if user.is_empty() { "API key: ".to_owned() } else { format!("Password of {}: ", clean(user)) };
        (&terminal).write_all(what.as_bytes())?;
        let shown = tcgetattr(&terminal)?;
        let mut hidden = shown.clone();
        hidden.local_modes.remove(LocalModes::ECHO);
        tcsetattr(&terminal, OptionalActions::Flush, &hidden)?;
        let read = BufReader::new(&terminal).read_line(&mut line);
        tcsetattr(&terminal, OptionalActions::Flush, &shown)?;
        (&terminal).write_all(b"\n")?;
        read?;
    } else {
        io::stdin().lock().read_line(&mut line)?;
    }
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        bail!("no password was given");
    }
    Ok(password.to_owned())
}

/// Syncs with servers and reports the outcome of each. Returns whether all of them succeeded.
fn sync_all(
    library: &mut Library,
    servers: &[SyncServer],
    fetcher: &Fetcher,
    library_arg: &LibraryArg,
    out: &mut impl Write,
) -> anyhow::Result<bool> {
    let credentials = Credentials::of_user()?;
    let settings = Settings::read(config::folder().as_deref());
    let mut all_ok = rules::print_faults(&settings) & print_hook_faults(&settings);
    let new = NewStories::from_now(library)?;
    for server in servers {
        let Some(stored) = credentials.get(&server.url, &server.user)? else {
            print_error(&format!("{}: its password is not stored; `dateline sync add` asks for it", server.url));
            all_ok = false;
            continue;
        };
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{pos} entries read") {
            bar.set_style(style);
        }
        let mut secret = stored.clone();
        let outcome = sync::sync(library, server, &mut secret, fetcher, |done| bar.set_position(done as u64));
        bar.finish_and_clear();
        if secret != stored {
            credentials.set(&server.url, &server.user, Some(&secret))?;
        }
        match outcome {
            Ok(synced) => writeln!(out, "{}: {}", clean(&server.url), report(synced)).and_then(|()| out.flush())?,
            Err(error) => {
                print_error(&format!("{}: {}", server.url, explain_sync(&error, LOCAL_ON_COMMAND_LINE)));
                all_ok = false;
            }
        }
    }
    Ok(finish(library, &settings, &new, library_arg, out)? && all_ok)
}

/// Describes what a sync did.
fn report(synced: Synced) -> String {
    let counts = synced.counts;
    let parts = [
        (counts.new, "new"),
        (counts.changed, "changed"),
        (counts.states, "marked there"),
        (synced.sent, "marks sent"),
        (counts.archived, "archived"),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    if parts.is_empty() { "nothing new".to_owned() } else { parts.join(", ") }
}

fn list(library_arg: &LibraryArg, out: &mut impl Write) -> anyhow::Result<bool> {
    let servers = if library_arg.path().exists() { library_arg.read()?.sync_servers()? } else { Vec::new() };
    if servers.is_empty() {
        writeln!(out, "{NO_SERVERS}")?;
    }
    for server in servers {
        let user = if server.user.is_empty() { String::new() } else { format!("  {}", server.user) };
        let when = server.synced_at.and_then(|at| jiff::Timestamp::from_second(at).ok());
        let when = when.map_or_else(|| "not synced yet".to_owned(), |at| format!("synced {at}"));
        let line = format!("{:>7} stories  {}{user}  {}  {when}", server.stories, server.url, server.kind);
        writeln!(out, "{}", clean(&line))?;
        if let Some(error) = server.error {
            writeln!(out, "                 failed: {}", clean(&error))?;
        }
    }
    Ok(true)
}

fn remove(text: &str, library_arg: &LibraryArg, out: &mut impl Write) -> anyhow::Result<bool> {
    let mut library = library_arg.open()?;
    let servers = library.sync_servers()?;
    let same = |server: &&SyncServer| server.url.trim_end_matches('/') == text.trim_end_matches('/');
    let Some(server) = servers.iter().find(same) else {
        bail!("no feed server has the URL “{}”; `dateline sync list` lists them", clean(text));
    };
    // The password goes first: if forgetting it fails, the server is still listed.
    Credentials::of_user()?.set(&server.url, &server.user, None)?;
    library.remove_sync_server(server.id)?;
    writeln!(out, "removed {}; its stories stay, and its feeds are paused", clean(&server.url))?;
    Ok(true)
}
