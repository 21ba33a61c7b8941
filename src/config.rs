//! User settings and their defaults. `config.toml` in the configuration folder overrides the defaults in
//! `assets/config.toml`.

mod file;

use dateline_core::text::nearest;
use std::io;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub(crate) use file::read_text;

/// Maximum size of a settings file, in bytes.
const MAX_SIZE: u64 = 4 << 20;

/// The bundled settings file: every setting with its default value and a comment.
pub(crate) const DEFAULTS: &str = include_str!("../assets/config.toml");

/// Name of the file of rules for new stories, in the configuration folder.
pub(crate) const RULES: &str = "rules.toml";

/// Settings of the reader, as set by the user or by default.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "independent settings, each on or off")]
pub(crate) struct Config {
    /// Name of the colour theme.
    pub(crate) theme: String,
    /// Maximum length of a line of text, in columns; `None` keeps the length last used in the reader.
    pub(crate) measure: Option<u16>,
    /// Panels to open at start-up: "quotes", "entities", "timeline", "figures"; `None` reopens those that were open at
    /// the last exit.
    pub(crate) panels: Option<Vec<String>>,
    /// Program that opens URLs, with its arguments; `None` uses `$BROWSER` or the system's command.
    pub(crate) browser: Option<Vec<String>>,
    /// Programs that open certain URLs in place of the browser. The first that matches applies.
    pub(crate) open_with: Vec<OpenWith>,
    /// Program and arguments to run for each new story of a fetch. `None` runs nothing.
    pub(crate) on_new: Option<Vec<String>>,
    /// Whether to show the terminal's cursor on the selected row and in the text.
    pub(crate) cursor: bool,
    /// Whether the reader responds to the mouse.
    pub(crate) mouse: bool,
    /// Whether resolved dates are shown after relative times in the text when the reader starts.
    pub(crate) resolve_dates: bool,
    /// Interval of automatic fetches in the reader, in minutes; 0 disables them.
    pub(crate) fetch_every: u32,
    /// Interval of automatic syncs with feed servers in the reader, in minutes; 0 disables them.
    pub(crate) sync_every: u32,
    /// Whether the reader pairs through the folders named for that when it starts and ends, and on demand with the feeds.
    pub(crate) pair: bool,
    /// Whether the reader may fetch feeds from this machine and its local network.
    pub(crate) fetch_local: bool,
    /// Which stories the list shows as one row.
    pub(crate) gather: Gathered,
    /// Number of lines that any text may have. A text of long lines may have more.
    pub(crate) max_lines: u32,
}

/// Which stories the list shows as one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Gathered {
    /// None: every story has a row of its own.
    Off,
    /// Stories of several outlets with mostly the same words.
    #[default]
    Copies,
    /// Stories that report the same happening.
    Stories,
}

/// A program that opens certain URLs. A URL must match both the host and the ending. One that is not set matches every
/// URL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OpenWith {
    /// Host of the URL, in lower case; its subdomains match as well.
    pub(crate) host: Option<String>,
    /// End of the URL's path, such as ".pdf", in lower case.
    pub(crate) ending: Option<String>,
    /// The program with its arguments.
    pub(crate) command: Vec<String>,
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
    /// The value of a setting is invalid.
    #[error("line {line}: “{name}” must be {valid}")]
    Value {
        /// Line of the value, counted from 1.
        line: usize,
        /// Name of the setting.
        name: String,
        /// Description of the valid values.
        valid: &'static str,
    },
    /// The file names a setting, panel, role, action or context that does not exist.
    #[error("line {line}: no {what} is called “{name}”{}", did_you_mean(near.as_deref()))]
    Unknown {
        /// Line of the name, counted from 1.
        line: usize,
        /// Kind of the unknown name: setting, panel, role, action or context.
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
    /// A bound key sequence begins with another bound sequence, which then never takes effect.
    #[error("line {line}: “{short}” is shadowed by “{long}”")]
    Shadowed {
        /// Line of the binding, counted from 1.
        line: usize,
        /// Shorter key sequence, which never takes effect.
        short: String,
        /// Longer key sequence, which begins with the shorter one.
        long: String,
    },
    /// A key sequence is bound twice in the same context.
    #[error("line {line}: “{keys}” is already bound in line {before}")]
    Rebound {
        /// Line of the second binding, counted from 1.
        line: usize,
        /// Key sequence that is bound twice.
        keys: String,
        /// Line of the first binding, counted from 1.
        before: usize,
    },
    /// A style contains an unknown word.
    #[error("line {line}: “{word}” is neither colour nor attribute{}", did_you_mean(near.as_deref()))]
    Style {
        /// Line of the style, counted from 1.
        line: usize,
        /// Unknown word of the style.
        word: String,
        /// Known word most similar to the unknown one, if any.
        near: Option<String>,
    },
    /// A rule in `rules.toml` is invalid as a whole, and does not apply.
    #[error("line {line}: the rule does not apply: {fault}")]
    Rule {
        /// Line of the rule, counted from 1.
        line: usize,
        /// Description of the error.
        fault: String,
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

    /// Returns the line of the error, counted from 1, or 0 for an error in the file as a whole.
    pub(crate) const fn line(&self) -> usize {
        match self {
            Self::Syntax { line, .. }
            | Self::Value { line, .. }
            | Self::Unknown { line, .. }
            | Self::Key { line, .. }
            | Self::Shadowed { line, .. }
            | Self::Rebound { line, .. }
            | Self::Style { line, .. }
            | Self::Rule { line, .. } => *line,
            Self::Colour(_) => 0,
        }
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

/// A setting that `config.toml` may contain.
struct Setting {
    /// Name of the setting in `config.toml`.
    name: &'static str,
    /// Stores a value in the settings, and returns whether the value is valid.
    store: fn(&mut Config, &DeValue<'_>) -> bool,
    /// Description of the valid values, for error messages.
    valid: &'static str,
}

/// Creates a row of [`SETTINGS`].
const fn setting(name: &'static str, store: fn(&mut Config, &DeValue<'_>) -> bool, valid: &'static str) -> Setting {
    Setting { name, store, valid }
}

/// All settings that `config.toml` may contain.
const SETTINGS: &[Setting] = &[
    setting("theme", |config, value| store(&mut config.theme, text(value)), "the name of a theme in quotation marks"),
    setting(
        "measure",
        |config, value| {
            let measure = number(value).and_then(|number| number.try_into().ok());
            store(&mut config.measure, measure.filter(|measure| Config::MEASURES.contains(measure)).map(Some))
        },
        "a number of columns from 30 to 200",
    ),
    setting(
        "panels",
        |config, value| store(&mut config.panels, words(value).map(Some)),
        "a list of panels, such as [\"quotes\", \"timeline\"]",
    ),
    setting(
        "browser",
        |config, value| store(&mut config.browser, words(value).map(Some)),
        "a list of words, such as [\"firefox\", \"--private-window\"]",
    ),
    setting(
        "open_with",
        |config, value| store(&mut config.open_with, open_with(value)),
        "a list such as [{ host = \"video.example\", ending = \".mp4\", command = [\"mpv\"] }]",
    ),
    setting(
        "on_new",
        |config, value| store(&mut config.on_new, words(value).map(Some)),
        "a list of words, such as [\"/home/me/bin/new-story\", \"--quiet\"]",
    ),
    setting("cursor", |config, value| store(&mut config.cursor, value.as_bool()), "true or false"),
    setting("mouse", |config, value| store(&mut config.mouse, value.as_bool()), "true or false"),
    setting("resolve_dates", |config, value| store(&mut config.resolve_dates, value.as_bool()), "true or false"),
    setting("fetch_every", |config, value| store(&mut config.fetch_every, number(value)), "a number of minutes"),
    setting("sync_every", |config, value| store(&mut config.sync_every, number(value)), "a number of minutes"),
    setting("pair", |config, value| store(&mut config.pair, pairs(value)), "\"off\" or \"start-end\""),
    setting("fetch_local", |config, value| store(&mut config.fetch_local, value.as_bool()), "true or false"),
    setting("gather", |config, value| store(&mut config.gather, gathered(value)), "\"off\", \"copies\" or \"stories\""),
    setting("max_lines", |config, value| store(&mut config.max_lines, number(value)), "a number of lines"),
];

/// Stores a value in `slot` if there is one. Returns whether there was a value.
fn store<T>(slot: &mut T, value: Option<T>) -> bool {
    let is_valid = value.is_some();
    if let Some(value) = value {
        *slot = value;
    }
    is_valid
}

fn text(value: &DeValue<'_>) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn pairs(value: &DeValue<'_>) -> Option<bool> {
    match value.as_str()? {
        "off" => Some(false),
        "start-end" => Some(true),
        _ => None,
    }
}

fn gathered(value: &DeValue<'_>) -> Option<Gathered> {
    match value.as_str()? {
        "off" => Some(Gathered::Off),
        "copies" => Some(Gathered::Copies),
        "stories" => Some(Gathered::Stories),
        _ => None,
    }
}

fn number(value: &DeValue<'_>) -> Option<u32> {
    let integer = value.as_integer()?;
    u32::from_str_radix(integer.as_str(), integer.radix()).ok()
}

fn words(value: &DeValue<'_>) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|word| text(word.get_ref())).collect()
}

/// Returns the programs for certain URLs; `None` if an entry names neither host nor ending, has no command, or contains
/// anything else.
fn open_with(value: &DeValue<'_>) -> Option<Vec<OpenWith>> {
    let entry = |entry: &Spanned<DeValue<'_>>| {
        let mut program = OpenWith::default();
        for (name, value) in entry.get_ref().as_table()? {
            let value = value.get_ref();
            match name.get_ref().as_ref() {
                "host" => program.host = Some(text(value)?.to_lowercase()),
                "ending" => program.ending = Some(text(value)?.to_lowercase()),
                "command" => program.command = words(value)?,
                _ => return None,
            }
        }
        let is_valid = (program.host.is_some() || program.ending.is_some()) && !program.command.is_empty();
        is_valid.then_some(program)
    };
    value.as_array()?.iter().map(entry).collect()
}

impl Default for Config {
    fn default() -> Self {
        Self {
            theme: "terminal".into(),
            measure: None,
            panels: None,
            browser: None,
            open_with: Vec::new(),
            on_new: None,
            cursor: false,
            mouse: true,
            resolve_dates: false,
            fetch_every: 0,
            sync_every: 0,
            pair: false,
            fetch_local: false,
            gather: Gathered::default(),
            max_lines: 200_000,
        }
    }
}

impl Config {
    /// Valid range of the maximum line length, in columns.
    pub(crate) const MEASURES: RangeInclusive<u16> = 30..=200;

    /// Overrides these settings with those in a settings file. `panels` lists the names of the panels.
    ///
    /// Returns the settings and all errors in the file, in line order. A setting with an error keeps its value.
    pub(crate) fn with(mut self, toml: &str, panels: &[String]) -> (Self, Vec<FileError>) {
        let (rows, mut faults) = rows(toml);
        for (name, value) in rows.get_ref() {
            let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name.get_ref()) else {
                let known = SETTINGS.iter().map(|setting| setting.name);
                faults.push(FileError::unknown(toml, name.span().start, "setting", name.get_ref(), known));
                continue;
            };
            if !(setting.store)(&mut self, value.get_ref()) {
                let line = line(toml, value.span().start);
                faults.push(FileError::Value { line, name: setting.name.to_owned(), valid: setting.valid });
            } else if setting.name == "panels" {
                for panel in value.get_ref().as_array().into_iter().flat_map(|listed| listed.iter()) {
                    let name = panel.get_ref().as_str().unwrap_or_default();
                    if !panels.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                        let known = panels.iter().map(String::as_str);
                        faults.push(FileError::unknown(toml, panel.span().start, "panel", name, known));
                    }
                }
            }
        }
        faults.sort_by_key(FileError::line);
        (self, faults)
    }
}

/// Parses a TOML file. Returns the rows that can be parsed, and the syntax errors.
pub(crate) fn rows(toml: &str) -> (Spanned<DeTable<'_>>, Vec<FileError>) {
    let (rows, errors) = DeTable::parse_recoverable(toml);
    let mut faults: Vec<FileError> = errors.iter().map(|error| FileError::syntax(toml, error)).collect();
    // A single mistake can produce several errors in its line.
    faults.dedup_by_key(|fault| fault.line());
    (rows, faults)
}

/// Returns the line, counted from 1, on which a file sets the key `name`.
pub(crate) fn line_of(toml: &str, name: &str) -> Option<usize> {
    let (rows, _) = rows(toml);
    rows.get_ref().keys().find(|key| key.get_ref() == name).map(|key| line(toml, key.span().start))
}

/// Returns the user's configuration folder, if the system has one.
pub(crate) fn folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "dateline").map(|places| places.config_dir().to_owned())
}

/// Reads a file from the configuration folder. Returns its path with its text or the error that prevents reading it, or
/// `None` if the file does not exist.
pub(crate) fn read(folder: &Path, name: &str) -> Option<(PathBuf, io::Result<String>)> {
    let path = folder.join(name);
    match read_text(&path, MAX_SIZE) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => None,
        text => Some((path, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panels() -> [String; 3] {
        ["quotes", "entities", "timeline"].map(str::to_owned)
    }

    #[test]
    fn the_commented_file_says_what_holds() {
        let unlike = Config {
            theme: "x".into(),
            measure: None,
            panels: None,
            browser: None,
            open_with: Vec::new(),
            on_new: None,
            cursor: true,
            mouse: false,
            resolve_dates: true,
            fetch_every: 7,
            sync_every: 7,
            pair: true,
            fetch_local: true,
            gather: Gathered::Off,
            max_lines: 7,
        };
        assert_eq!(unlike.with(DEFAULTS, &panels()), (Config::default(), Vec::new()));
        // Commented-out rows are examples, which must be valid as well.
        let rows =
            DEFAULTS.lines().map(|line| line.strip_prefix("# ").filter(|row| row.contains(" = ")).unwrap_or(line));
        let (config, faults) = Config::default().with(&rows.collect::<Vec<_>>().join("\n"), &panels());
        assert_eq!(faults, []);
        assert!(config.measure.is_some() && config.panels.is_some() && config.browser.is_some());
        assert_eq!(config.open_with.len(), 2);
        assert!(SETTINGS.iter().all(|setting| DEFAULTS.contains(&format!("{} = ", setting.name))));
    }

    #[test]
    fn every_fault_is_reported_with_its_line_and_the_other_rows_apply() {
        let toml = "measrue = 60\nmouse = \"no\"\nmeasure = 500\npanels = [\"qoutes\", \"timeline\"]\n\
            fetch_every = 7\nbrowser = \"firefox\"\n";
        let (config, faults) = Config::default().with(toml, &panels());
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            faults,
            [
                "line 1: no setting is called “measrue”; did you mean “measure”?",
                "line 2: “mouse” must be true or false",
                "line 3: “measure” must be a number of columns from 30 to 200",
                "line 4: no panel is called “qoutes”; did you mean “quotes”?",
                "line 6: “browser” must be a list of words, such as [\"firefox\", \"--private-window\"]",
            ]
        );
        assert_eq!((config.fetch_every, config.mouse, config.measure), (7, true, None));
    }

    #[test]
    fn a_broken_line_does_not_hide_the_others() {
        let (config, faults) = Config::default().with("theme = dark\nmouse = flase\nfetch_every = 7\n", &panels());
        let lines: Vec<usize> = faults.iter().map(FileError::line).collect();
        assert_eq!((lines, config.fetch_every), (vec![1, 2], 7), "{faults:?}");
    }
}
