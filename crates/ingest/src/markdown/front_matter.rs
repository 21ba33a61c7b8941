//! Reads front matter: simple keys between two fences, `---` (YAML) or `+++` (TOML).

use crate::address;
use crate::lexicon::{
    MATTER_AUTHORS, MATTER_MODIFIED, MATTER_PUBLISHED, MATTER_SECTION, MATTER_STANDFIRST, MATTER_URL,
};
use crate::metadata::datetime;
use crate::metadata::source_metadata::{self, SourceMetadata};

/// Maximum number of its lines.
const LINES: usize = 200;

/// Returns the metadata in the front matter, and the text after it; the whole text if there is none.
pub(super) fn cut(text: &str) -> (SourceMetadata, &str) {
    let start = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']);
    let Some(fence @ ("---" | "+++")) = start.get(..3) else { return (SourceMetadata::default(), text) };
    let mut at = start.find('\n').map_or(start.len(), |end| end + 1);
    let mut fields: Vec<(String, Vec<String>)> = Vec::new();
    for line in start[at..].split_inclusive('\n').take(LINES) {
        at += line.len();
        if line.trim_end() == fence || fence == "---" && line.trim_end() == "..." {
            return (read(&fields), &start[at..]);
        }
        take(line.trim_end(), &mut fields);
    }
    (SourceMetadata::default(), text)
}

/// Reads one line: a key with its value, or an entry of the list that the previous key opens.
fn take(line: &str, fields: &mut Vec<(String, Vec<String>)>) {
    let entry = line.trim_start().strip_prefix("- ");
    if let (Some(entry), Some((_, values))) = (entry, fields.last_mut()) {
        // The name in `- name: Ana Ruiz`.
        let value = entry.strip_prefix("name:").unwrap_or(entry);
        values.push(bare(value));
        return;
    }
    if line.starts_with([' ', '\t', '#', '[']) {
        return;
    }
    let Some(at) = line.find([':', '=']) else { return };
    let (key, value) = (line[..at].trim().to_lowercase(), line[at + 1..].trim());
    let list = value.strip_prefix('[').and_then(|inside| inside.strip_suffix(']'));
    let values = match list {
        Some(inside) => inside.split(',').map(bare).filter(|value| !value.is_empty()).collect(),
        None => Some(bare(value)).filter(|value| !value.is_empty()).into_iter().collect(),
    };
    fields.push((key, values));
}

/// Returns a value without quotation marks.
fn bare(value: &str) -> String {
    let value = value.trim();
    let quoted = ['"', '\''].iter().find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark));
    quoted.unwrap_or(value).replace("\\\"", "\"")
}

/// Reads the fields by the names that site builders use.
fn read(fields: &[(String, Vec<String>)]) -> SourceMetadata {
    let list = |names: &[&str]| {
        let found = names.iter().find_map(|name| fields.iter().find(|(key, values)| key == name && !values.is_empty()));
        found.map(|(_, values)| values.clone()).unwrap_or_default()
    };
    let first = |names: &[&str]| list(names).into_iter().next();
    SourceMetadata {
        title: first(&["title", "headline"]),
        standfirst: first(MATTER_STANDFIRST.words()),
        authors: list(MATTER_AUTHORS.words()),
        published: first(MATTER_PUBLISHED.words()).as_deref().and_then(datetime::parse),
        modified: first(MATTER_MODIFIED.words()).as_deref().and_then(datetime::parse),
        publisher: first(&["publisher", "site", "publication"]),
        section: list(MATTER_SECTION.words()),
        language: first(&["lang", "language"]).as_deref().and_then(source_metadata::language),
        url: first(MATTER_URL.words()).and_then(|url| address::absolute(None, &url)),
    }
}
