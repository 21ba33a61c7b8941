//! Opens a URL in the user's browser, or in the program that the settings name for such URLs. Either is run as a program
//! with arguments, never through a shell.

use super::link;
use crate::config::OpenWith;
use std::process::{Command, Stdio};
use std::{env, io, thread};
use url::Url;

/// Placeholder for the URL in the arguments of the browser.
const PLACEHOLDER: &str = "%s";

/// Returns the command line of the browser: the one in the settings, else the first in `$BROWSER`, else the system's
/// command for opening URLs.
fn browser(setting: Option<&[String]>) -> Vec<String> {
    let set = setting.map(<[String]>::to_vec).filter(|words| !words.is_empty());
    let named = || words(env::var("BROWSER").ok()?.split(':').next()?);
    let system = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    set.or_else(named).unwrap_or_else(|| vec![system.to_owned()])
}

/// Splits a command line at white space; returns `None` if it is empty. Quotation marks are not supported, because they
/// would require shell parsing. The `browser` setting is a list, so that an argument can contain spaces.
fn words(line: &str) -> Option<Vec<String>> {
    let words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    (!words.is_empty()).then_some(words)
}

/// Replaces the placeholder in the arguments with the URL. Appends the URL if there is no placeholder.
fn with_address(mut command: Vec<String>, address: &str) -> Vec<String> {
    let is_placed = command.iter().skip(1).any(|word| word.contains(PLACEHOLDER));
    for word in command.iter_mut().skip(1) {
        *word = word.replace(PLACEHOLDER, address);
    }
    if !is_placed {
        command.push(address.to_owned());
    }
    command
}

/// Returns whether a program is for this http or https URL.
fn is_for(program: &OpenWith, address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let host = url.host_str().unwrap_or_default().to_lowercase();
    let has_host = |wanted: &String| {
        host.strip_suffix(wanted.as_str()).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    program.host.as_ref().is_none_or(has_host)
        && program.ending.as_ref().is_none_or(|ending| url.path().to_lowercase().ends_with(ending.as_str()))
}

/// Returns the command line that opens a URL.
fn command_line(address: &str, setting: Option<&[String]>, programs: &[OpenWith]) -> Vec<String> {
    match programs.iter().find(|program| is_for(program, address)) {
        // “--” ends the options, so that no program takes the URL for one.
        Some(program) => program.command.iter().cloned().chain(["--".to_owned(), address.to_owned()]).collect(),
        None => with_address(browser(setting), address),
    }
}

/// Error while opening a URL.
#[derive(Debug, thiserror::Error)]
pub(super) enum OpenError {
    /// The URL is not an http or https URL. Carries its description.
    #[error("Not a web URL: {0}")]
    Address(String),
    /// The browser or the program with this name cannot be started.
    #[error("The program {0} could not be started: {1} · set $BROWSER, or `browser` or `open_with` in config.toml")]
    Start(String, io::Error),
}

/// Opens an http or https URL. Returns the name of the browser or the program. `setting` is the browser of the settings,
/// and `programs` are those for certain URLs.
///
/// # Errors
/// Returns an error if the URL is not an http or https URL, or if the program cannot be started.
pub(super) fn open(url: &str, setting: Option<&[String]>, programs: &[OpenWith]) -> Result<String, OpenError> {
    let address = link::address(url).ok_or_else(|| OpenError::Address(link::describe(url)))?;
    let words = command_line(&address, setting, programs);
    let (program, arguments) = words.split_first().ok_or_else(|| OpenError::Address(link::describe(url)))?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| OpenError::Start(program.clone(), error))?;
    thread::spawn(move || child.wait());
    Ok(program.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_may_have_arguments_and_a_place_for_the_address() {
        let of = |line: &str| with_address(words(line).unwrap(), "https://a.example/?q=1").join("|");
        assert_eq!(of("firefox"), "firefox|https://a.example/?q=1");
        assert_eq!(of("firefox --private-window"), "firefox|--private-window|https://a.example/?q=1");
        assert_eq!(of("w3m -o url=%s -N"), "w3m|-o|url=https://a.example/?q=1|-N");
        assert_eq!(words("  "), None);
    }

    #[test]
    fn the_setting_wins() {
        let set = ["my browser".to_owned(), "-n".to_owned()];
        assert_eq!(browser(Some(&set)), set);
    }

    #[test]
    fn the_first_program_for_the_host_and_the_ending_gets_the_address_after_two_dashes() {
        let program = |host: Option<&str>, ending: Option<&str>, name: &str| OpenWith {
            host: host.map(str::to_owned),
            ending: ending.map(str::to_owned),
            command: vec![name.to_owned(), "-q".to_owned()],
        };
        let programs = [
            program(Some("video.example"), Some(".txt"), "less"),
            program(Some("video.example"), None, "mpv"),
            program(None, Some(".pdf"), "zathura"),
        ];
        let of = |url: &str| command_line(url, Some(&["web".to_owned()]), &programs).join("|");
        assert_eq!(of("https://video.example/a"), "mpv|-q|--|https://video.example/a");
        assert_eq!(of("https://www.video.example/a.TXT?x=1"), "less|-q|--|https://www.video.example/a.TXT?x=1");
        assert_eq!(of("https://a.example/Report.PDF#2"), "zathura|-q|--|https://a.example/Report.PDF#2");
        assert_eq!(of("https://othervideo.example/a"), "web|https://othervideo.example/a");
        assert_eq!(of("https://a.example/?x=.pdf"), "web|https://a.example/?x=.pdf");
    }

    #[test]
    fn an_error_names_the_address_or_the_browser_and_its_variable() {
        let wrong = open("javascript:alert(1)", None, &[]).unwrap_err().to_string();
        assert!(wrong.starts_with("Not a web URL: javascript"), "{wrong}");
        let error = OpenError::Start("lynx".to_owned(), io::ErrorKind::NotFound.into()).to_string();
        assert!(error.contains("The program lynx could not be started") && error.contains("$BROWSER"), "{error}");
    }
}
