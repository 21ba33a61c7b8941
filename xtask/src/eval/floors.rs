//! Floors, which are minimum figures on the gold set. A floors file is in TOML: tables of figure names with values in
//! per cent.

use crate::eval::evaluation::Figure;
use anyhow::{Context, bail};
use std::fs;
use std::path::Path;

/// Reads the floors in a file, with the full names of their figures.
///
/// # Errors
/// Returns an error if the file cannot be read or contains a value that is not a number.
pub(super) fn load(path: &Path) -> anyhow::Result<Vec<Figure>> {
    let file = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let table: toml::Table = toml::from_str(&file).with_context(|| format!("in {}", path.display()))?;
    let mut out = Vec::new();
    flatten("", &table, &mut out)?;
    Ok(out)
}

fn flatten(prefix: &str, table: &toml::Table, out: &mut Vec<Figure>) -> anyhow::Result<()> {
    for (key, value) in table {
        let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&name, inner, out)?,
            toml::Value::Float(floor) => out.push((name, *floor)),
            toml::Value::Integer(floor) => out.push((name, *floor as f64)),
            _ => bail!("the floor of {name} is not a number"),
        }
    }
    Ok(())
}

/// Returns one sentence for each floor that is not met. A floor counts as not met if its figure is missing.
#[must_use]
pub(super) fn broken(floors: &[Figure], figures: &[Figure]) -> Vec<String> {
    floors
        .iter()
        .filter_map(|(name, floor)| match figures.iter().find(|(figure, _)| figure == name) {
            None => Some(format!("{name}: nothing of that name is measured")),
            Some((_, figure)) if figure < floor => {
                Some(format!("{name}: {figure:.1} is below its floor of {floor:.1}"))
            }
            Some(_) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_floor_is_held_broken_or_of_nothing() {
        let mut floors = Vec::new();
        let table = "[times]\nvalue = 80\n[quotes.direct]\nexact = 90.5\nwrong = 1".parse().unwrap();
        flatten("", &table, &mut floors).unwrap();
        let figures = [("times.value".to_owned(), 80.0), ("quotes.direct.exact".to_owned(), 90.0)];
        let broken = broken(&floors, &figures);
        assert_eq!(broken.len(), 2);
        assert!(broken[0].starts_with("quotes.direct.exact: 90.0 is below"));
        assert!(broken[1].starts_with("quotes.direct.wrong: nothing"));
    }
}
