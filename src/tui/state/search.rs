//! Searching in a pane: the words, the matches, and where the search stands.

use crate::text::Span;
use crate::tui::layout::Pane;
use crate::tui::mark::{Layer, Mark, Tint};
use crate::tui::theme::Role;
use regex::RegexBuilder;

/// The most matches looked for.
const MOST: usize = 20_000;

/// A search.
#[derive(Clone, Debug)]
pub struct Search {
    /// Where it looks.
    pub pane: Pane,
    /// What it looks for, as typed.
    pub query: String,
    /// The matches in order: bytes of the text, or rows of the pane as one-long spans.
    pub hits: Vec<Span>,
    /// Which match it stands on.
    pub current: Option<usize>,
    /// The byte or row that it started from.
    pub origin: usize,
    /// The matches as marks.
    pub layer: Layer,
}

impl Search {
    /// A search that looks for nothing yet.
    #[must_use]
    pub fn new(pane: Pane, origin: usize) -> Self {
        Self { pane, query: String::new(), hits: Vec::new(), current: None, origin, layer: Layer::default() }
    }

    /// Takes these matches and stands on the first at or behind the origin.
    pub fn take(&mut self, hits: Vec<Span>) {
        self.hits = hits;
        let next = self.hits.partition_point(|hit| hit.start < self.origin);
        self.current = if self.hits.is_empty() { None } else { Some(next % self.hits.len()) };
        self.mark();
    }

    /// Goes `steps` matches on, back when negative, round the ends.
    pub fn step(&mut self, steps: isize) {
        let count = self.hits.len() as isize;
        if let Some(current) = self.current.filter(|_| count > 0) {
            self.current = Some((current as isize + steps).rem_euclid(count) as usize);
            self.mark();
        }
    }

    /// The match it stands on.
    #[must_use]
    pub fn hit(&self) -> Option<Span> {
        self.hits.get(self.current?).copied()
    }

    /// How many matches there are and which it stands on, in words.
    #[must_use]
    pub fn tally(&self) -> String {
        match self.current {
            _ if self.query.is_empty() => String::new(),
            None => "no match".to_owned(),
            Some(current) => format!("{} of {}", current + 1, self.hits.len()),
        }
    }

    fn mark(&mut self) {
        if self.pane != Pane::Reading {
            return;
        }
        let current = self.current;
        let tint = |index| Tint::Role(if Some(index) == current { Role::Current } else { Role::Match });
        let marks = self.hits.iter().enumerate().map(|(index, &span)| Mark { span, tint: tint(index) });
        self.layer = Layer::new(marks.collect());
    }
}

/// The places in `text` that match the typed words. Letter case counts only if the words hold a
/// capital; any white space matches any, straight quotes match curly ones.
#[must_use]
pub fn matches(text: &str, query: &str) -> Vec<Span> {
    let mut pattern = String::with_capacity(query.len() * 2);
    let mut blank = false;
    for character in query.chars() {
        if character.is_whitespace() {
            if !std::mem::replace(&mut blank, true) {
                pattern.push_str(r"\s+");
            }
            continue;
        }
        blank = false;
        match character {
            '\'' => pattern.push_str("['’‘]"),
            '"' => pattern.push_str("[\"“”]"),
            other => pattern.push_str(&regex::escape(other.encode_utf8(&mut [0; 4]))),
        }
    }
    let caseless = !query.chars().any(char::is_uppercase);
    let regex = RegexBuilder::new(&pattern).case_insensitive(caseless).build();
    match regex {
        Ok(regex) if !query.is_empty() => {
            regex.find_iter(text).take(MOST).map(|found| Span::new(found.start(), found.end())).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, query: &str) -> usize {
        matches(text, query).len()
    }

    #[test]
    fn case_counts_only_when_it_is_typed() {
        assert_eq!(found("Harbour harbour", "harbour"), 2);
        assert_eq!(found("Harbour harbour", "Harbour"), 1);
    }

    #[test]
    fn typed_signs_are_no_pattern() {
        assert_eq!(found("a.b (c) axb", "a.b"), 1);
        assert_eq!(found("a.b (c) axb", "(c"), 1);
        assert_eq!(found("“It’s”\nlate", "\"it's\" late"), 1);
    }

    #[test]
    fn walking_goes_round() {
        let mut search = Search::new(Pane::Reading, 5);
        search.query = "a".into();
        search.take(matches("a..a..a", "a"));
        assert_eq!(search.tally(), "3 of 3");
        search.step(1);
        assert_eq!(search.tally(), "1 of 3");
        search.step(-2);
        assert_eq!(search.tally(), "2 of 3");
    }
}
