//! Settings: what the user may change and what holds when nothing is said. Read from
//! `config.toml` in the configuration folder over the defaults in `assets/config.toml`.

use dateline_core::text::nearest;
use serde::Deserialize;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// Every setting with its default, commented.
pub const DEFAULTS: &str = include_str!("../assets/config.toml");

/// The settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The name of the colour theme.
    pub theme: String,
    /// The longest line of text, in columns; where it is not set, as the reader left it.
    pub measure: Option<u16>,
    /// Panels that are open at the start: "quotes", "entities", "timeline"; where they are not set, those that the
    /// reader left open.
    pub panels: Option<Vec<String>>,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// Whether resolved dates stand behind relative times in the text from the start.
    pub resolve_dates: bool,
    /// Every how many minutes the reader fetches the feeds by itself; never when 0.
    pub fetch_every: u32,
    /// Whether feeds on this machine and its network are fetched by the reader.
    pub fetch_local: bool,
}

/// A settings file: everything may be left out.
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
    /// The columns that the longest line of text may have.
    pub const MEASURES: RangeInclusive<u16> = 30..=200;

    /// Lays a settings file over these settings.
    ///
    /// # Errors
    /// One sentence with the line number.
    pub fn with(mut self, toml: &str) -> Result<Self, String> {
        let file: File = toml::from_str(toml).map_err(|error| {
            let byte = error.span().map_or(0, |span| span.start);
            let line = toml.bytes().take(byte).filter(|&byte| byte == b'\n').count() + 1;
            format!("line {line}: {}", told(error.message().lines().next().unwrap_or_default()))
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

/// A reader's fault in words: a setting that does not exist, with the nearest that does.
fn told(message: &str) -> String {
    // "unknown field `a`, expected one of `b`, `c`"
    let mut words = message.split('`').skip(1).step_by(2);
    let unknown = words.next().filter(|_| message.starts_with("unknown field"));
    let Some(unknown) = unknown else { return message.to_owned() };
    let near = nearest(unknown, words).map(|near| format!("; did you mean “{near}”?")).unwrap_or_default();
    format!("no setting is called “{unknown}”{near}")
}

/// The folder of the user's own files, if the system has such a place.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "dateline").map(|places| places.config_dir().to_owned())
}

/// A file of the configuration folder with its text, if it is there and can be read.
#[must_use]
pub fn read(folder: &Path, name: &str) -> Option<(PathBuf, String)> {
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
    fn a_mistake_is_told_with_its_line() {
        let wrong = Config::default().with("mouse = true\nmeasrue = 60\n").unwrap_err();
        assert_eq!(wrong, "line 2: no setting is called “measrue”; did you mean “measure”?");
    }
}
