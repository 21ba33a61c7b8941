//! Reads front matter: flat keys between two fences, `---` (YAML) or `+++` (TOML).

use crate::address;
use crate::lexicon::{
    MATTER_AUTHORS, MATTER_MODIFIED, MATTER_PUBLISHED, MATTER_SECTION, MATTER_STANDFIRST, MATTER_URL,
};
use crate::metadata::datetime;
use crate::metadata::source_metadata::{self, SourceMetadata};

/// Maximum number of lines in front matter.
const LINES: usize = 200;

/// Splits off the front matter. Returns its metadata, and the text after it. Without front matter, returns the whole
/// text.
pub(super) fn cut(text: &str) -> (SourceMetadata, &str) {
    let start = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']);
    let Some(fence @ ("---" | "+++")) = start.get(..3) else { return (SourceMetadata::default(), text) };
    let mut at = start.find('\n').map_or(start.len(), |end| end + 1);
    let mut fields: Vec<(String, Vec<String>)> = Vec::new();
    let mut block = None;
    for line in start[at..].split_inclusive('\n').take(LINES) {
        at += line.len();
        if line.trim_end() == fence || fence == "---" && line.trim_end() == "..." {
            return (read(&fields), &start[at..]);
        }
        take(line.trim_end(), &mut fields, &mut block);
    }
    (SourceMetadata::default(), text)
}

/// Indentation of the block scalar (`|` or `>`) being read, in columns. It is 0 before its first line.
type Block = Option<usize>;

/// Reads a line: a key with its value, or a list entry or line of text that belongs to the previous key.
fn take(line: &str, fields: &mut Vec<(String, Vec<String>)>, block: &mut Block) {
    let indent = line.len() - line.trim_start().len();
    if let (Some(least), Some((_, values))) = (*block, fields.last_mut())
        && (indent > least.saturating_sub(1) && indent > 0 || line.is_empty())
    {
        append(line, values);
        *block = Some(if least == 0 { indent } else { least });
        return;
    }
    *block = None;
    let entry = line.trim_start().strip_prefix("- ");
    if let (Some(entry), Some((_, values))) = (entry, fields.last_mut()) {
        // For example, `- name: Ana Ruiz`.
        let value = entry.strip_prefix("name:").unwrap_or(entry);
        values.push(bare(value));
        return;
    }
    if indent > 0
        && let Some((_, values)) = fields.last_mut().filter(|(_, values)| values.len() == 1)
        && !line.trim_start().starts_with('#')
        && !line.contains(": ")
    {
        // An unquoted value may continue on the next line, which is indented.
        append(line, values);
        return;
    }
    if line.starts_with([' ', '\t', '#', '[']) {
        return;
    }
    let Some(at) = line.find([':', '=']) else { return };
    let (key, value) = (line[..at].trim().to_lowercase(), line[at + 1..].trim());
    if is_block(value) {
        *block = Some(0);
        fields.push((key, Vec::new()));
        return;
    }
    let list = value.strip_prefix('[').filter(|inside| !inside.starts_with('['));
    let list = list.and_then(|inside| inside.strip_suffix(']'));
    let values = match list {
        Some(inside) => inside.split(',').map(bare).filter(|value| !value.is_empty()).collect(),
        None => Some(bare(value)).filter(|value| !value.is_empty()).into_iter().collect(),
    };
    fields.push((key, values));
}

/// Returns whether a value begins a block scalar: `|` or `>`, optionally with `-`, `+` or an indentation.
fn is_block(value: &str) -> bool {
    let sign = value.strip_prefix(['|', '>']);
    sign.is_some_and(|rest| rest.chars().all(|sign| matches!(sign, '-' | '+' | '0'..='9')))
}

/// Appends a line to the last value.
fn append(line: &str, values: &mut Vec<String>) {
    let words = line.trim();
    match values.last_mut() {
        Some(value) if !words.is_empty() => {
            value.push(' ');
            value.push_str(words);
        }
        Some(_) => {}
        None if words.is_empty() => {}
        None => values.push(words.to_owned()),
    }
}

/// Returns a value without the quotation marks around it, and without the brackets of a wiki link: `[[People/Ana|Ana]]`
/// becomes `Ana`.
fn bare(value: &str) -> String {
    let value = value.trim();
    let quoted = ['"', '\''].iter().find_map(|mark| value.strip_prefix(*mark)?.strip_suffix(*mark));
    let value = quoted.unwrap_or(value);
    let linked = value.strip_prefix("[[").and_then(|link| link.strip_suffix("]]")).filter(|link| !link.contains("[["));
    let shown = linked.and_then(|link| link.rsplit(['|', '/']).next());
    shown.unwrap_or(value).replace("\\\"", "\"")
}

/// Reads the metadata by the key names that site generators commonly use.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_over_several_lines_is_one_value() {
        let text = "---\ntitle: >-\n  The mill at Lowmoor\n  has closed\nsubtitle: |\n  Nobody knows:\n  why\nauthor:\n  - Ana Ruiz\n\
            description: A mill\n  by a weir\ndate: 2024-05-03\n---\nIt is closed.\n";
        let (metadata, body) = cut(text);
        assert_eq!(metadata.title.as_deref(), Some("The mill at Lowmoor has closed"));
        assert_eq!(metadata.standfirst.as_deref(), Some("Nobody knows: why"));
        assert_eq!(metadata.authors, ["Ana Ruiz"]);
        assert_eq!(metadata.published.map(|moment| moment.date.to_string()).as_deref(), Some("2024-05-03"));
        assert_eq!(body, "It is closed.\n");
    }
}
