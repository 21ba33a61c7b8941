//! Patterns shared by several lines of a page. Lists of links repeat their first words, teasers are truncated to the
//! same length, and table rows have the same word pattern.

use super::{Line, LineFeatures};
use foldhash::{HashMap, HashMapExt};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Number of words at the beginning of a line to compare with other lines.
const STEM: usize = 4;
/// Number of words at the beginning of a line that define its word pattern.
const BUILD: usize = 20;
/// Minimum length of a line in characters for its length to be compared with those of its neighbours.
const CUT: usize = 60;
/// Maximum distance between lines whose lengths are compared, in lines.
const NEAR: usize = 8;
/// Endings of truncated text.
const ELLIPSES: [&str; 5] = ["...", "…", "[…]", "[...]", "»"];

/// Patterns that a line shares with other lines of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Pattern {
    /// Number of other lines that begin with the same words.
    pub stems: u16,
    /// Number of lines, including this one, with the same word pattern: the sequence of capitalised words, other words
    /// and numbers.
    pub builds: u16,
    /// Number of neighbours whose length differs by at most two characters.
    pub same_length: u16,
    /// Whether the line ends like truncated text.
    pub cut: bool,
    /// Whether the line is short and contains a year or a time of day.
    pub timed: bool,
}

/// Returns the patterns of all lines. `plains` are the texts of the lines in lower case.
#[must_use]
pub(crate) fn of(lines: &[Line<'_>], line_features: &[LineFeatures], plains: &[String]) -> Vec<Pattern> {
    let stems: Vec<Option<&str>> = plains.iter().map(|words| stem(words)).collect();
    let stem_counts = counts(stems.iter().flatten());
    let builds: Vec<u64> = lines.iter().map(|line| build(line.text)).collect();
    let build_counts = counts(builds.iter());
    let count = line_features.len().min(lines.len());
    (0..count)
        .map(|at| {
            let (line, features) = (&lines[at], &line_features[at]);
            let alike = |other: &&LineFeatures| other.chars.abs_diff(features.chars) <= 2;
            let nearby = &line_features[at.saturating_sub(NEAR)..(at + NEAR + 1).min(count)];
            let same_length = if features.chars >= CUT { nearby.iter().filter(alike).count() - 1 } else { 0 };
            let end = line.text.trim_end();
            let stem = stems.get(at).copied().flatten();
            Pattern {
                stems: stem.and_then(|stem| stem_counts.get(&stem)).map_or(0, |count| count - 1),
                builds: builds.get(at).and_then(|build| build_counts.get(build)).copied().unwrap_or(1),
                same_length: same_length as u16,
                cut: ELLIPSES.iter().any(|mark| end.ends_with(mark)),
                timed: features.chars < 80 && (features.dated || names_time(line.text)),
            }
        })
        .collect()
}

fn counts<'a, T: Hash + Eq>(values: impl Iterator<Item = &'a T>) -> HashMap<&'a T, u16> {
    let mut counts = HashMap::new();
    for value in values {
        let count: &mut u16 = counts.entry(value).or_default();
        *count = count.saturating_add(1);
    }
    counts
}

/// Returns the first [`STEM`] words of a line. Returns `None` if the line has no further word.
fn stem(words: &str) -> Option<&str> {
    let (end, _) = words.match_indices(' ').nth(STEM - 1)?;
    words.get(..end)
}

/// Hashes the word pattern of a line.
fn build(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    for word in text.split_whitespace().take(BUILD) {
        let kind = match word.chars().next() {
            Some(letter) if letter.is_uppercase() => 2_u8,
            Some(letter) if letter.is_alphabetic() => 1,
            _ => 0,
        };
        kind.hash(&mut hasher);
    }
    hasher.finish()
}

/// Returns whether a text contains a year from 1900 to 2099 or a time of day ("5:08", "17h30").
fn names_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let rest = &bytes[at + digits..];
        let year = digits == 4 && (bytes[at..].starts_with(b"19") || bytes[at..].starts_with(b"20"));
        let clock = (1..=2).contains(&digits)
            && matches!(rest, [b':' | b'h' | b'.', tens, ones, ..] if tens.is_ascii_digit() && ones.is_ascii_digit());
        if year || clock {
            return true;
        }
        at += digits.max(1);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::boilerplate::boilerplate_phrases::plain;

    fn patterns(page: &[&str]) -> Vec<Pattern> {
        let lines: Vec<Line<'_>> = page.iter().map(|text| Line { text, ..Line::default() }).collect();
        let line_features: Vec<LineFeatures> = page.iter().map(|line| LineFeatures::of(line)).collect();
        let plains: Vec<String> = page.iter().map(|line| plain(line)).collect();
        of(&lines, &line_features, &plains)
    }

    #[test]
    fn links_that_share_a_story_begin_alike() {
        let page = patterns(&[
            "Old lamp of the harbour goes out on Facebook",
            "Old lamp of the harbour goes out on Twitter",
            "The board has not said why the lamp went out.",
        ]);
        assert_eq!(page.iter().map(|pattern| pattern.stems).collect::<Vec<_>>(), [1, 1, 0]);
    }

    #[test]
    fn rows_have_one_build_and_teasers_are_cut() {
        let page = patterns(&["1 Anna Berg 41", "2 Olav Lind 38", "The boats that were moved to the basin …"]);
        assert_eq!(page[0].builds, 2);
        assert!(page[2].cut && !page[0].cut);
    }

    #[test]
    fn times_and_years_are_seen() {
        for text in ["sexta-feira, 22 de outubro de 2010", "às 20:13", "17h30"] {
            assert!(names_time(text), "{text}");
        }
        for text in ["room 101", "5 of 12", "3050 boats", ""] {
            assert!(!names_time(text), "{text}");
        }
    }
}
