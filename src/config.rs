//! User settings and their defaults. `config.toml` in the configuration folder overrides the defaults in
//! `assets/config.toml`.

use dateline_core::text::nearest;
use serde::Deserialize;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// Every setting with its default and a comment.
pub(crate) const DEFAULTS: &str = include_str!("../assets/config.toml");

/// Settings of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Config {
    /// Name of the colour theme.
    pub(crate) theme: String,
    /// Maximum line length of text, in columns; if unset, the length last used in the reader.
    pub(crate) measure: Option<u16>,
    /// Panels open at start-up: "quotes", "entities", "timeline"; if unset, the panels open at the last exit.
    pub(crate) panels: Option<Vec<String>>,
    /// Program that opens web addresses, with its arguments; `$BROWSER` or the system's command if it is not set.
    pub(crate) browser: Option<Vec<String>>,
    /// Whether mouse events are handled.
    pub(crate) mouse: bool,
    /// Whether, at start-up, resolved dates are shown after relative times in the text.
    pub(crate) resolve_dates: bool,
    /// Interval of automatic fetches in the reader, in minutes; 0 disables them.
    pub(crate) fetch_every: u32,
    /// Whether the reader may fetch feeds from this machine and its local network.
    pub(crate) fetch_local: bool,
}

/// Error in a settings file, a keymap or a theme.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FileError {
    /// The file is not TOML, or a value has the wrong type.
    #[error("line {line}: {reason}")]
    Syntax {
        /// Line of the error, counted from 1.
        line: usize,
        /// Description by the parser.
        reason: String,
    },
    /// A name that does not exist.
    #[error("line {line}: no {what} is called “{name}”{}", did_you_mean(near.as_deref()))]
    Unknown {
        /// Line of the name, counted from 1.
        line: usize,
        /// What the name belongs to: a setting, a role, an action, a context.
        what: &'static str,
        /// The name.
        name: String,
        /// The most similar name that exists.
        near: Option<String>,
    },
    /// A key in a notation that is not understood.
    #[error("line {line}: “{name}” is not a key; `man dateline-keys` lists the names of keys")]
    Key {
        /// Line of the key, counted from 1.
        line: usize,
        /// The key as it was written.
        name: String,
    },
    /// A word of a style that is not understood.
    #[error("line {line}: “{word}” is neither colour nor attribute")]
    Style {
        /// Line of the style, counted from 1.
        line: usize,
        /// The word.
        word: String,
    },
    /// A base16 scheme without one of its sixteen colours.
    #[error("no colour is given for “{0}”")]
    Colour(String),
}

impl FileError {
    /// Returns the error of the TOML parser, with its line.
    pub(crate) fn syntax(toml: &str, error: &toml::de::Error) -> Self {
        let reason = error.message().lines().next().unwrap_or_default().to_owned();
        Self::Syntax { line: line(toml, error.span().map_or(0, |span| span.start)), reason }
    }

    /// Returns the error for a name at a byte offset that is not among the known ones.
    pub(crate) fn unknown<'a>(
        toml: &str,
        at: usize,
        what: &'static str,
        name: &str,
        known: impl Iterator<Item = &'a str>,
    ) -> Self {
        let near = nearest(name, known).map(str::to_owned);
        Self::Unknown { line: line(toml, at), what, name: name.to_owned(), near }
    }
}

/// Returns the line, counted from 1, that contains a byte offset.
pub(crate) fn line(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|&byte| byte == b'\n').count() + 1
}

/// Returns the end of an error message that suggests a name; empty if none is similar.
pub(crate) fn did_you_mean(near: Option<&str>) -> String {
    near.map(|near| format!("; did you mean “{near}”?")).unwrap_or_default()
}

/// Contents of a settings file. Every setting is optional.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    theme: Option<String>,
    measure: Option<u16>,
    panels: Option<Vec<String>>,
    browser: Option<Vec<String>>,
    mouse: Option<bool>,
    resolve_dates: Option<bool>,
    fetch_every: Option<u32>,
    fetch_local: Option<bool>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            theme: "terminal".into(),
            measure: None,
            panels: None,
            browser: None,
            mouse: true,
            resolve_dates: false,
            fetch_every: 0,
            fetch_local: false,
        }
    }
}

impl Config {
    /// Range of the maximum line length, in columns.
    pub(crate) const MEASURES: RangeInclusive<u16> = 30..=200;

    /// Applies a settings file to these settings.
    ///
    /// # Errors
    /// Returns the first error of the file.
    pub(crate) fn with(mut self, toml: &str) -> Result<Self, FileError> {
        let file: File = toml::from_str(toml).map_err(|error| unknown_setting(toml, &error))?;
        self.theme = file.theme.unwrap_or(self.theme);
        let clamped = |measure: u16| measure.clamp(*Self::MEASURES.start(), *Self::MEASURES.end());
        self.measure = file.measure.map(clamped).or(self.measure);
        self.panels = file.panels.or(self.panels);
        self.browser = file.browser.or(self.browser);
        self.mouse = file.mouse.unwrap_or(self.mouse);
        self.resolve_dates = file.resolve_dates.unwrap_or(self.resolve_dates);
        self.fetch_every = file.fetch_every.unwrap_or(self.fetch_every);
        self.fetch_local = file.fetch_local.unwrap_or(self.fetch_local);
        Ok(self)
    }
}

/// Converts an error of the TOML parser, which names an unknown setting only in its message.
fn unknown_setting(toml: &str, error: &toml::de::Error) -> FileError {
    // Has the form "unknown field `a`, expected one of `b`, `c`".
    let mut words = error.message().split('`').skip(1).step_by(2);
    match words.next().filter(|_| error.message().starts_with("unknown field")) {
        Some(name) => FileError::unknown(toml, error.span().map_or(0, |span| span.start), "setting", name, words),
        None => FileError::syntax(toml, error),
    }
}

/// Returns the user's configuration folder, if the system has one.
pub(crate) fn folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "dateline").map(|places| places.config_dir().to_owned())
}

/// Reads a file in the configuration folder; returns its path and text, or `None` if it cannot be read.
pub(crate) fn read(folder: &Path, name: &str) -> Option<(PathBuf, String)> {
    let path = folder.join(name);
    let text = std::fs::read_to_string(&path).ok()?;
    Some((path, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commented_file_says_what_holds() {
        let unlike = Config {
            theme: "x".into(),
            measure: None,
            panels: None,
            browser: None,
            mouse: false,
            resolve_dates: true,
            fetch_every: 7,
            fetch_local: true,
        };
        assert_eq!(unlike.with(DEFAULTS).unwrap(), Config::default());
    }

    #[test]
    fn an_error_names_its_line() {
        let wrong = Config::default().with("mouse = true\nmeasrue = 60\n").unwrap_err();
        assert_eq!(wrong.to_string(), "line 2: no setting is called “measrue”; did you mean “measure”?");
    }
}
