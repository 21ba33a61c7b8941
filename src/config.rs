//! Settings that the user can change, and their defaults. `config.toml` in the configuration folder overrides the
//! defaults in `assets/config.toml`.

use dateline_core::text::nearest;
use serde::Deserialize;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// All settings with their defaults and comments.
#[cfg(test)]
pub(crate) const DEFAULTS: &str = include_str!("../assets/config.toml");

/// Settings of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Config {
    /// Name of the colour theme.
    pub(crate) theme: String,
    /// Maximum length of a line of text, in columns; if it is not set, the length last used in the reader.
    pub(crate) measure: Option<u16>,
    /// Panels that are open at the start: "quotes", "entities", "timeline"; if they are not set, the panels that were
    /// last open.
    pub(crate) panels: Option<Vec<String>>,
    /// Whether mouse events are handled.
    pub(crate) mouse: bool,
    /// Whether resolved dates are shown after relative times in the text from the start.
    pub(crate) resolve_dates: bool,
    /// Interval in minutes at which the reader fetches the feeds automatically; 0 disables it.
    pub(crate) fetch_every: u32,
    /// Whether the reader fetches feeds from this machine and its local network.
    pub(crate) fetch_local: bool,
}

/// Contents of a settings file. Every setting is optional.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    theme: Option<String>,
    measure: Option<u16>,
    panels: Option<Vec<String>>,
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
    /// Returns one sentence with the line number if the file is invalid.
    pub(crate) fn with(mut self, toml: &str) -> Result<Self, String> {
        let file: File = toml::from_str(toml).map_err(|error| {
            let byte = error.span().map_or(0, |span| span.start);
            let line = toml.bytes().take(byte).filter(|&byte| byte == b'\n').count() + 1;
            format!("line {line}: {}", rewrite_error(error.message().lines().next().unwrap_or_default()))
        })?;
        self.theme = file.theme.unwrap_or(self.theme);
        let clamped = |measure: u16| measure.clamp(*Self::MEASURES.start(), *Self::MEASURES.end());
        self.measure = file.measure.map(clamped).or(self.measure);
        self.panels = file.panels.or(self.panels);
        self.mouse = file.mouse.unwrap_or(self.mouse);
        self.resolve_dates = file.resolve_dates.unwrap_or(self.resolve_dates);
        self.fetch_every = file.fetch_every.unwrap_or(self.fetch_every);
        self.fetch_local = file.fetch_local.unwrap_or(self.fetch_local);
        Ok(self)
    }
}

/// Rewrites an error of the TOML parser: names the unknown setting and the most similar one that exists.
fn rewrite_error(message: &str) -> String {
    // "unknown field `a`, expected one of `b`, `c`"
    let mut words = message.split('`').skip(1).step_by(2);
    let unknown = words.next().filter(|_| message.starts_with("unknown field"));
    let Some(unknown) = unknown else { return message.to_owned() };
    let near = nearest(unknown, words).map(|near| format!("; did you mean “{near}”?")).unwrap_or_default();
    format!("no setting is called “{unknown}”{near}")
}

/// Returns the configuration folder of the user, if the system has one.
#[must_use]
pub(crate) fn folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "dateline").map(|places| places.config_dir().to_owned())
}

/// Reads a file of the configuration folder and returns its path and text, if it exists and is readable.
#[must_use]
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
        assert_eq!(wrong, "line 2: no setting is called “measrue”; did you mean “measure”?");
    }
}
