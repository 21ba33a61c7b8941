//! Gives an address to the user's browser: a program and its argument, never a shell.

use super::link;
use std::process::{Command, Stdio};
use std::{env, io, thread};

/// The browser that the user named, or what the system opens addresses with.
fn browser() -> String {
    let named = env::var("BROWSER").ok().and_then(|names| names.split(':').next().map(str::to_owned));
    let system = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    // A command line with arguments would want a shell to take it apart.
    named.filter(|name| !name.is_empty() && !name.contains(char::is_whitespace)).unwrap_or_else(|| system.to_owned())
}

/// Opens an address of the web; gives the name of what opens it.
///
/// # Errors
/// When the address is of no kind that is opened, or there is nothing to open it with.
pub(super) fn open(url: &str) -> io::Result<String> {
    let address = link::address(url).ok_or(io::ErrorKind::InvalidInput)?;
    let browser = browser();
    let mut command = Command::new(&browser);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    thread::spawn(move || child.wait());
    Ok(browser)
}
