//! Reads the user's settings files: `config.toml`, the keymap, the rules, the name lists and the themes.

use super::keymap::Keymap;
use super::panels::PanelKind;
use super::theme::{Theme, base16};
use super::{rows, terminal};
use crate::config::{self, Config, FileError};
use crate::own_names::NameLists;
use crate::renamed::Renamed;
use crate::rules::Rules;
use dateline_core::text::nearest;
use std::fs;
use std::path::{Path, PathBuf};

/// Value of the `theme` setting that selects a theme to match the terminal's background.
pub(crate) const AUTO: &str = "auto";

/// Name of the folder for the user's themes, inside the configuration folder.
const THEMES: &str = "themes";

/// Settings, keymap, rules and themes, with the user's files applied over the defaults.
#[derive(Debug)]
pub(crate) struct Settings {
    /// Settings from `config.toml`.
    pub(crate) config: Config,
    /// The user's key bindings and the bundled ones.
    pub(crate) keymap: Keymap,
    /// Rules for new stories.
    pub(crate) rules: Rules,
    /// Bundled themes, followed by the user's own.
    pub(crate) themes: Vec<Theme>,
    /// Errors in the user's files, each as a path and a sentence with the line number.
    pub(crate) faults: Vec<(PathBuf, String)>,
    /// Messages about outdated names in the user's files.
    pub(crate) renamed: Vec<String>,
    /// Paths of the user's settings files that were read.
    pub(crate) files: Vec<PathBuf>,
}

impl Settings {
    /// Reads the files in a configuration folder. Rows with an error have no effect and are reported.
    #[must_use]
    pub(crate) fn read(folder: Option<&Path>) -> Self {
        let mut settings = Self {
            config: Config::default(),
            keymap: Keymap::bundled(),
            rules: Rules::default(),
            themes: Theme::bundled(),
            faults: Vec::new(),
            renamed: Vec::new(),
            files: Vec::new(),
        };
        let Some(folder) = folder else { return settings };
        let config = settings.file(folder, "config.toml").map(|(path, text)| {
            let (config, faults) = settings.config.clone().with(&text, &panel_names());
            settings.config = config;
            (path, text, faults)
        });
        if let Some((path, text)) = settings.file(folder, "keymap.toml") {
            let keymap = settings.keymap.clone().with(&text);
            settings.report(&path, keymap.faults(), keymap.renamed());
            settings.keymap = keymap;
        }
        if let Some((path, text)) = settings.file(folder, config::RULES) {
            let (rules, faults) = Rules::parse(&text);
            settings.report(&path, &faults, &[]);
            settings.rules = rules;
        }
        let names = NameLists::of_settings(folder);
        settings.files.extend(names.files);
        settings.faults.extend(names.faults);
        settings.read_themes(&folder.join(THEMES));
        if let Some((path, text, mut faults)) = config {
            faults.extend(settings.theme_fault(&text));
            faults.sort_by_key(FileError::line);
            let others = std::mem::take(&mut settings.faults);
            settings.report(&path, &faults, &[]);
            settings.faults.extend(others);
        }
        if terminal::colourless() {
            settings.themes = settings.themes.into_iter().map(Theme::without_colour).collect();
        }
        settings
    }

    /// Returns the errors in the user's files, one sentence each. Paths are relative to the configuration folder, because
    /// the status line has no room for more.
    pub(crate) fn fault_sentences(&self, folder: Option<&Path>) -> Vec<String> {
        let short = |path: &'_ Path| {
            folder.and_then(|folder| path.strip_prefix(folder).ok()).unwrap_or(path).display().to_string()
        };
        self.faults.iter().map(|(path, fault)| format!("{}, {fault}", short(path))).collect()
    }

    /// Reads a file in the configuration folder. Reports a file that exists but cannot be read.
    fn file(&mut self, folder: &Path, name: &str) -> Option<(PathBuf, String)> {
        let (path, text) = config::read(folder, name)?;
        self.files.push(path.clone());
        match text {
            Ok(text) => Some((path, text)),
            Err(error) => {
                self.faults.push((path, error.to_string()));
                None
            }
        }
    }

    /// Reads the user's themes, sorted by file name.
    fn read_themes(&mut self, folder: &Path) {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<_> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort_unstable();
        for file in names {
            let Some((name, kind)) = file.rsplit_once('.') else { continue };
            let parse: fn(&str) -> Theme = match kind {
                "toml" => Theme::parse,
                "yaml" | "yml" => base16::theme,
                _ => continue,
            };
            let Some((path, text)) = self.file(folder, &file) else { continue };
            let theme = parse(&text).named(name);
            self.report(&path, theme.faults(), theme.renamed());
            // A user's theme replaces the bundled theme of the same name.
            self.themes.retain(|other| other.name() != name);
            self.themes.push(theme);
        }
    }

    /// Returns the error of a `config.toml` with this text that names a theme that does not exist. Themes must have been
    /// read.
    fn theme_fault(&self, text: &str) -> Option<FileError> {
        let name = self.config.theme.as_str();
        if name == AUTO || self.themes.iter().any(|theme| theme.name() == name) {
            return None;
        }
        let near = nearest(name, self.themes.iter().map(Theme::name).chain([AUTO])).map(str::to_owned);
        let line = config::line_of(text, "theme").unwrap_or_default();
        Some(FileError::Unknown { line, what: "theme", name: name.to_owned(), near })
    }

    /// Records the errors and outdated names found in a file.
    fn report(&mut self, path: &Path, faults: &[FileError], renamed: &[&Renamed]) {
        self.faults.extend(faults.iter().map(|fault| (path.to_owned(), fault.to_string())));
        self.renamed.extend(renamed.iter().map(|name| format!("{}: {name}", path.display())));
    }
}

/// Returns the names of the panels as spelled in `config.toml`.
#[must_use]
pub(crate) fn panel_names() -> Vec<String> {
    PanelKind::ALL.into_iter().map(|kind| rows::of(kind).name().to_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_faults_of_all_files_are_reported_and_the_rest_applies() {
        let folder = std::env::temp_dir().join(format!("dateline-settings-{}", std::process::id()));
        let themes = folder.join(THEMES);
        fs::create_dir_all(&themes).unwrap();
        for (name, text) in [
            ("config.toml", "theme = \"drak\"\nmeasrue = 60\nmouse = \"no\"\nfetch_every = 9\n"),
            ("keymap.toml", "[any]\n\"F2\" = \"quti\"\n\"F3\" = \"quit\"\n"),
            ("themes/mine.toml", "[roles]\nheadline = \"bolt\"\ntext = \"red\"\n"),
            ("themes/notes.txt", "not a theme"),
        ] {
            fs::write(folder.join(name), text).unwrap();
        }
        fs::write(folder.join("themes/half.yaml"), [0xff, 0xfe, 0x00]).unwrap();
        let settings = Settings::read(Some(&folder));
        fs::remove_dir_all(&folder).unwrap();
        let named = |(path, fault): &(PathBuf, String)| {
            format!("{}, {fault}", path.strip_prefix(&folder).unwrap().to_string_lossy().replace('\\', "/"))
        };
        let faults: Vec<String> = settings.faults.iter().map(named).collect();
        assert_eq!(
            faults,
            [
                "config.toml, line 1: no theme is called “drak”; did you mean “dark”?",
                "config.toml, line 2: no setting is called “measrue”; did you mean “measure”?",
                "config.toml, line 3: “mouse” must be true or false",
                "keymap.toml, line 2: no action is called “quti”; did you mean “quit”?",
                "themes/half.yaml, line 1: not read: the file is not UTF-8 text",
                "themes/mine.toml, line 2: “bolt” is neither colour nor attribute; did you mean “bold”?",
            ]
        );
        assert_eq!((settings.config.fetch_every, settings.files.len()), (9, 4));
        assert!(settings.themes.iter().any(|theme| theme.name() == "mine"));
    }

    #[test]
    fn without_files_the_defaults_apply() {
        let settings = Settings::read(Some(Path::new("/nowhere/at/all")));
        assert_eq!((settings.faults.len(), settings.files.len()), (0, 0));
        assert_eq!(settings.config, Config::default());
    }
}
