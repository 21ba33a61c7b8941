//! The widths of the panes from one time to the next: a small file in the folder for states.

use super::layout::Widths;
use std::path::PathBuf;
use std::{fs, io};

/// The file, if the system has such a place.
fn path() -> Option<PathBuf> {
    let places = directories::ProjectDirs::from("", "", "dateline")?;
    let folder = places.state_dir().unwrap_or_else(|| places.data_local_dir());
    Some(folder.join("layout.toml"))
}

/// The widths that were kept; none where there is no file or it cannot be read.
pub fn kept() -> Widths {
    let text = path().and_then(|path| fs::read_to_string(path).ok());
    text.map(|text| read(&text)).unwrap_or_default()
}

/// Keeps the widths.
///
/// # Errors
/// When the file cannot be written.
pub fn keep(widths: Widths) -> io::Result<()> {
    let Some(path) = path() else { return Ok(()) };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, written(widths))
}

fn read(text: &str) -> Widths {
    let table: toml::Table = text.parse().unwrap_or_default();
    let columns = |name: &str| table.get(name)?.as_integer().and_then(|columns| u16::try_from(columns).ok());
    Widths { list: columns("list"), panels: columns("panels") }
}

fn written(widths: Widths) -> String {
    let row =
        |name: &str, columns: Option<u16>| columns.map(|columns| format!("{name} = {columns}\n")).unwrap_or_default();
    format!(
        "# Columns of the panes, as they were dragged.\n{}{}",
        row("list", widths.list),
        row("panels", widths.panels)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_come_back_as_they_were() {
        let widths = Widths { list: Some(30), panels: None };
        assert_eq!(read(&written(widths)), widths);
        assert_eq!(read("what is = this"), Widths::default());
    }
}
