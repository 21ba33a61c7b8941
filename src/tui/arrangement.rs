//! Arrangement of the screen, saved between sessions in a small file in the state folder. Settings in `config.toml`
//! take precedence.

use super::layout::Widths;
use super::page::Typography;
use super::panels::PanelKind;
use super::rows;
use crate::config;
use std::path::PathBuf;
use std::{fs, io};
use toml::{Table, Value};

/// Maximum size of the file, in bytes.
const MAX_SIZE: u64 = 1 << 20;

/// Arrangement of the screen that is restored at the next start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arrangement {
    /// Widths of the panes, in columns, if the user dragged the borders.
    pub(crate) widths: Widths,
    /// Open panels; `None` if the user never opened or closed one.
    pub(crate) panels: Option<Vec<PanelKind>>,
    /// Maximum length of a line of text, in columns; `None` for the default.
    pub(crate) measure: Option<u16>,
    /// Whether the text is left-aligned in its pane instead of centred.
    pub(crate) at_left: bool,
    /// Typographic settings for lines and paragraphs.
    pub(crate) setting: Typography,
    /// Whether the list shows each story on a single line.
    pub(crate) compact: bool,
    /// Theme chosen in the reader, and the theme in the settings that it replaced. If the setting has changed since,
    /// the setting takes precedence.
    pub(crate) theme: Option<(String, String)>,
}

impl Arrangement {
    fn read(text: &str) -> Self {
        let table: Table = text.parse().unwrap_or_default();
        let columns = |name: &str| table.get(name)?.as_integer().and_then(|columns| u16::try_from(columns).ok());
        let is = |name: &str| table.get(name).and_then(Value::as_bool).unwrap_or_default();
        let text = |name: &str| table.get(name).and_then(Value::as_str).map(str::to_owned);
        let open = table.get("open").and_then(Value::as_array).map(|names| {
            let named = |kind: &PanelKind| names.iter().any(|name| name.as_str() == Some(rows::of(*kind).name()));
            PanelKind::ALL.into_iter().filter(named).collect()
        });
        Self {
            widths: Widths { list: columns("list"), panels: columns("panels") },
            panels: open,
            measure: columns("measure"),
            at_left: is("at_left"),
            setting: Typography { justified: is("justified"), hyphenated: is("hyphenated"), indented: is("indented") },
            compact: is("compact"),
            theme: text("theme").zip(text("theme_before")),
        }
    }

    fn written(&self) -> String {
        let columns = [("list", self.widths.list), ("panels", self.widths.panels), ("measure", self.measure)];
        let columns = columns.map(|(name, columns)| columns.map(|columns| (name, Value::from(i64::from(columns)))));
        let Typography { justified, hyphenated, indented } = self.setting;
        let choices = [
            ("at_left", self.at_left),
            ("justified", justified),
            ("hyphenated", hyphenated),
            ("indented", indented),
            ("compact", self.compact),
        ];
        let theme = self.theme.iter().flat_map(|(theme, before)| [("theme", theme), ("theme_before", before)]);
        let open = self.panels.as_ref().map(|open| open.iter().map(|&kind| rows::of(kind).name()).collect::<Vec<_>>());
        let rows = columns
            .into_iter()
            .flatten()
            .chain(open.map(|open| ("open", Value::from(open))))
            .chain(theme.map(|(name, theme)| (name, Value::from(theme.as_str()))))
            .chain(choices.map(|(name, is)| (name, Value::from(is))));
        let table: Table = rows.map(|(name, value)| (name.to_owned(), value)).collect();
        format!("# The screen as it was left.\n{table}")
    }
}

/// Returns the path of the saved arrangement, if the system has a folder for it.
fn path() -> Option<PathBuf> {
    let places = directories::ProjectDirs::from("", "", "dateline")?;
    let folder = places.state_dir().unwrap_or_else(|| places.data_local_dir());
    Some(folder.join("layout.toml"))
}

/// Reads the saved arrangement. Returns the default if the file is missing or unreadable.
#[must_use]
pub(crate) fn kept() -> Arrangement {
    let text = path().and_then(|path| config::read_text(&path, MAX_SIZE).ok());
    text.map(|text| Arrangement::read(&text)).unwrap_or_default()
}

/// Saves the arrangement for the next session.
///
/// # Errors
/// Returns an error if the file cannot be written.
pub(crate) fn keep(arrangement: &Arrangement) -> io::Result<()> {
    let Some(path) = path() else { return Ok(()) };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, arrangement.written())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arrangement_comes_back_as_it_was() {
        let arrangement = Arrangement {
            widths: Widths { list: Some(30), panels: None },
            panels: Some(vec![PanelKind::Quotes, PanelKind::Timeline]),
            measure: Some(54),
            at_left: true,
            setting: Typography { justified: true, hyphenated: false, indented: true },
            compact: true,
            theme: Some(("light".to_owned(), "dark".to_owned())),
        };
        assert_eq!(Arrangement::read(&arrangement.written()), arrangement);
        assert_eq!(Arrangement::read(&Arrangement::default().written()), Arrangement::default());
        assert_eq!(Arrangement::read("what is = this"), Arrangement::default());
    }
}
