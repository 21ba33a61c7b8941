//! User settings and their defaults. `config.toml` in the configuration folder overrides the defaults in
//! `assets/config.toml`.

use dateline_core::text::nearest;
use serde::Deserialize;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// The bundled settings file: every setting with its default value and a comment.
pub(crate) const DEFAULTS: &str = include_str!("../assets/config.toml");

/// Settings of the reader, as set by the user or by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Config {
    /// Name of the colour theme.
    pub(crate) theme: String,
    /// Maximum length of a line of text, in columns; `None` keeps the length last used in the reader.
    pub(crate) measure: Option<u16>,
    /// Panels to open at start-up: "quotes", "entities", "timeline"; `None` reopens those that were open at the last
    /// exit.
    pub(crate) panels: Option<Vec<String>>,
    /// Program that opens URLs, with its arguments; `None` uses `$BROWSER` or the system's command.
    pub(crate) browser: Option<Vec<String>>,
    /// Whether the reader responds to the mouse.
    pub(crate) mouse: bool,
    /// Whether resolved dates are shown after relative times in the text when the reader starts.
    pub(crate) resolve_dates: bool,
    /// Interval of automatic fetches in the reader, in minutes; 0 disables them.
    pub(crate) fetch_every: u32,
    /// Whether the reader may fetch feeds from this machine and its local network.
    pub(crate) fetch_local: bool,
}

/// Error in a settings file, a keymap or a theme file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FileError {
    /// The file is not valid TOML, or a value has the wrong type.
    #[error("line {line}: {reason}")]
    Syntax {
        /// Line of the error, counted from 1.
        line: usize,
        /// Description of the error by the TOML parser.
        reason: String,
    },
    /// A setting, role, action or context with this name does not exist.
    #[error("line {line}: no {what} is called “{name}”{}", did_you_mean(near.as_deref()))]
    Unknown {
        /// Line of the name, counted from 1.
        line: usize,
        /// Kind of name: a setting, a role, an action or a context.
        what: &'static str,
        /// Unknown name, as written in the file.
        name: String,
        /// Existing name that is most similar to the unknown one, if any.
        near: Option<String>,
    },
    /// A key is written in an unknown notation.
    #[error("line {line}: “{name}” is not a key; `man dateline-keys` lists the names of keys")]
    Key {
        /// Line of the key, counted from 1.
        line: usize,
        /// Key, as written in the file.
        name: String,
    },
    /// A style contains an unknown word.
    #[error("line {line}: “{word}” is neither colour nor attribute")]
    Style {
        /// Line of the style, counted from 1.
        line: usize,
        /// Unknown word of the style.
        word: String,
    },
    /// A base16 scheme lacks the colour with this name.
    #[error("no colour is given for “{0}”")]
    Colour(String),
}

impl FileError {
    /// Converts an error of the TOML parser, adding the line number.
    pub(crate) fn syntax(toml: &str, error: &toml::de::Error) -> Self {
        let reason = error.message().lines().next().unwrap_or_default().to_owned();
        Self::Syntax { line: line(toml, error.span().map_or(0, |span| span.start)), reason }
    }

    /// Creates the error for an unknown name at byte offset `at`, with the most similar name from `known`.
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

/// Returns a suggestion to append to an error message; empty if no similar name exists.
pub(crate) fn did_you_mean(near: Option<&str>) -> String {
    near.map(|near| format!("; did you mean “{near}”?")).unwrap_or_default()
}

/// Settings in a `config.toml` file, all of them optional.
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
    /// Valid range of the maximum line length, in columns.
    pub(crate) const MEASURES: RangeInclusive<u16> = 30..=200;

    /// Overrides these settings with those in a settings file.
    ///
    /// # Errors
    /// Returns the first error in the file.
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

/// Converts an error of the TOML parser. The name of an unknown setting is only in the message.
fn unknown_setting(toml: &str, error: &toml::de::Error) -> FileError {
    // The message has the form "unknown field `a`, expected one of `b`, `c`".
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

/// Reads a file in the configuration folder. Returns its path and text, or `None` if it cannot be read.
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
