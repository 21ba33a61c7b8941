//! Opens an address in the user's browser: a program and its argument, never a shell.

use super::link;
use std::process::{Command, Stdio};
use std::{env, io, thread};

/// Returns the browser that the user has set, or the system's command to open addresses.
fn browser() -> String {
    let named = env::var("BROWSER").ok().and_then(|names| names.split(':').next().map(str::to_owned));
    let system = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    // Skipped if it contains blanks, because a command line with arguments would need a shell to parse it.
    named.filter(|name| !name.is_empty() && !name.contains(char::is_whitespace)).unwrap_or_else(|| system.to_owned())
}

/// Opens a web address. Returns the name of the program that opens it.
///
/// # Errors
/// When the address is not a web address, or there is no program to open it with.
pub(super) fn open(url: &str) -> io::Result<String> {
    let address = link::address(url).ok_or(io::ErrorKind::InvalidInput)?;
    let browser = browser();
    let mut command = Command::new(&browser);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    thread::spawn(move || child.wait());
    Ok(browser)
}
