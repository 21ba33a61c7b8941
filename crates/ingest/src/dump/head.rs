//! Reads the header of labelled lines that feed readers write before a saved item: `Feed:`, `Title:`, `Author:`,
//! `Date:`, `Link:`. It is converted to front matter, except for values that do not belong in the text.

use crate::address;
use crate::metadata::datetime;

/// Minimum number of lines in a header.
const LINES: usize = 3;

/// Values of a header that are not part of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// Name of the feed.
    pub publisher: Option<String>,
    /// URL of the item.
    pub url: Option<String>,
}

/// Splits off the header of a text. Returns its values, and the text with a headline, byline and timestamp line in
/// place of the header. Returns `None` if the text has no header. A header has a title, and each line has a different
/// known label.
pub(super) fn cut(text: &str) -> Option<(Head, String)> {
    let start = text.trim_start_matches(['\u{feff}', '\n', ' ']);
    let lines = start.split_inclusive('\n').take_while(|line| !line.trim().is_empty());
    let end = lines.map(str::len).sum();
    let mut fields: Vec<(&str, &str)> = Vec::new();
    for line in start.get(..end)?.lines() {
        let (label, value) = line.split_once(':')?;
        let known = LABELS.iter().find(|known| known.eq_ignore_ascii_case(label.trim()))?;
        if fields.iter().any(|(other, _)| other == known) {
            return None;
        }
        fields.push((known, value.trim()));
    }
    let value = |label: &str| fields.iter().find(|(known, _)| *known == label).map(|(_, value)| *value);
    let title = value("title").filter(|title| !title.is_empty() && fields.len() >= LINES)?;
    let mut out = title.to_owned();
    if let Some(author) = value("author").filter(|author| !author.is_empty()) {
        out = format!("{out}\n\nBy {author}");
    }
    let date = value("date").unwrap_or_default();
    if let Some(found) = datetime::parse(date) {
        let stamp = found.stamp.as_deref().and_then(|stamp| stamp.get(10..)).unwrap_or_default();
        out = format!("{out}\n\n{}", if stamp.is_empty() { found.date.to_string() } else { date.to_owned() });
    }
    let rest = start.get(end..)?.trim_start();
    let url = value("link").or_else(|| value("url")).and_then(|url| address::absolute(None, url));
    Some((Head { publisher: value("feed").map(str::to_owned), url }, format!("{out}\n\n{rest}")))
}

/// Labels of header lines, in lower case.
const LABELS: [&str; 8] = ["feed", "title", "author", "date", "link", "url", "flags", "podcast download url"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_becomes_front_matter() {
        let text = "Feed: The Harbour Post\nTitle: Mill closed\nAuthor: Ana Ruiz\nDate: Fri, 03 May 2024 10:15:00 +0000\nLink: https://post.example/mill\n \nThe mill has closed.\n";
        let (head, text) = cut(text).unwrap();
        assert_eq!(head.publisher.as_deref(), Some("The Harbour Post"));
        assert_eq!(head.url.as_deref(), Some("https://post.example/mill"));
        assert!(
            text.starts_with("Mill closed\n\nBy Ana Ruiz\n\nFri, 03 May 2024") && text.ends_with("closed.\n"),
            "{text}"
        );
    }

    #[test]
    fn labels_in_prose_are_no_head() {
        assert_eq!(cut("Title: the mill\nIt has closed.\n\nNobody came."), None);
        assert_eq!(cut("Date: Friday\n\nThe mill has closed."), None);
    }
}
