//! Opens a URL in the user's browser, which is run as a program with one argument, never through a shell.

use super::link;
use std::process::{Command, Stdio};
use std::{env, io, thread};

/// Returns the browser set by the user, or the system's command for opening URLs.
fn browser() -> String {
    let named = env::var("BROWSER").ok().and_then(|names| names.split(':').next().map(str::to_owned));
    let system = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    // A value with white space is ignored: only a shell could parse a command line with arguments.
    named.filter(|name| !name.is_empty() && !name.contains(char::is_whitespace)).unwrap_or_else(|| system.to_owned())
}

/// Error of opening an address.
#[derive(Debug, thiserror::Error)]
pub(super) enum OpenError {
    /// The address is not one of the web.
    #[error("Not a web address: {0}")]
    Address(String),
    /// The browser cannot be started.
    #[error("The browser {0} could not be started: {1} · set $BROWSER")]
    Start(String, io::Error),
}

/// Opens a web address. Returns the name of the program that opens it.
///
/// # Errors
/// When the address is not a web address, or there is no program to open it with.
pub(super) fn open(url: &str) -> Result<String, OpenError> {
    let address = link::address(url).ok_or_else(|| OpenError::Address(link::describe(url)))?;
    let browser = browser();
    let mut command = Command::new(&browser);
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| OpenError::Start(browser.clone(), error))?;
    thread::spawn(move || child.wait());
    Ok(browser)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_address_or_the_browser_and_its_variable() {
        let wrong = open("javascript:alert(1)").unwrap_err().to_string();
        assert!(wrong.starts_with("Not a web address: javascript"), "{wrong}");
        let error = OpenError::Start("lynx".to_owned(), io::ErrorKind::NotFound.into()).to_string();
        assert!(error.contains("The browser lynx could not be started") && error.contains("$BROWSER"), "{error}");
    }
}
