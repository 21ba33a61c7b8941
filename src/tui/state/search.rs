//! Search in a pane: the query, the matches and the current match.

use crate::tui::layout::Pane;
use crate::tui::mark::{Mark, MarkLayer, Tint};
use crate::tui::theme::Role;
use dateline_core::text::Span;
use regex::{Regex, RegexBuilder};

/// Maximum number of matches to find.
const MAX_MATCHES: usize = 20_000;
/// Maximum size of a compiled regular expression, in bytes.
const MAX_REGEX_BYTES: usize = 1 << 20;

/// State of the search in a pane.
#[derive(Clone, Debug)]
pub(crate) struct Search {
    /// Pane that is searched.
    pub(crate) pane: Pane,
    /// Query as typed.
    pub(crate) query: String,
    /// Whether the query is a regular expression.
    pub(crate) regular: bool,
    /// Whether the search goes backwards.
    pub(crate) backward: bool,
    /// Error in the query, if any.
    pub(crate) wrong: Option<String>,
    /// Matches in order. In the text, they are byte spans; in another pane, they are rows, as spans of length 1.
    pub(crate) hits: Vec<Span>,
    /// Index of the current match, if there are matches.
    pub(crate) current: Option<usize>,
    /// Byte offset in the text, index of the story in the list, or row of a panel from which the search started.
    pub(crate) origin: usize,
    /// Whether the matches are hidden, as they are once the user has left the search. The keys for the next and
    /// previous match show them again.
    pub(crate) hidden: bool,
    /// Matches, as marks to highlight in the text.
    pub(crate) layer: MarkLayer,
}

impl Search {
    /// Creates a search with an empty query.
    #[must_use]
    pub(crate) fn new(pane: Pane, origin: usize, backward: bool) -> Self {
        Self {
            pane,
            query: String::new(),
            regular: false,
            backward,
            wrong: None,
            hits: Vec::new(),
            current: None,
            origin,
            hidden: false,
            layer: MarkLayer::default(),
        }
    }

    /// Returns the label to show before the query.
    #[must_use]
    pub(crate) const fn label(&self) -> &'static str {
        match (self.regular, self.backward) {
            (false, false) => "/",
            (false, true) => "back /",
            (true, false) => "regex /",
            (true, true) => "regex, back /",
        }
    }

    /// Stores the matches and selects the current one: the first at or after `from` or, when searching backwards, the
    /// last before it. Wraps around at the ends.
    pub(crate) fn take(&mut self, hits: Vec<Span>, from: usize) {
        self.hits = hits;
        let next = self.hits.partition_point(|hit| hit.start < from);
        let count = self.hits.len().max(1);
        let first = if self.backward { (next + count - 1) % count } else { next % count };
        self.current = if self.hits.is_empty() { None } else { Some(first) };
        self.mark();
    }

    /// Moves by `steps` matches in the direction of the search, or in the opposite direction if negative. Wraps around
    /// at the ends.
    pub(crate) fn step(&mut self, steps: isize) {
        let steps = if self.backward { -steps } else { steps };
        let count = self.hits.len() as isize;
        if let Some(current) = self.current.filter(|_| count > 0) {
            self.current = Some((current as isize + steps).rem_euclid(count) as usize);
            self.mark();
        }
    }

    /// Stores the matches in rows, and moves by `steps` of them from the row `here`, which need not have a match, in the
    /// direction of the search, or in the opposite direction if negative. Wraps around at the ends.
    pub(crate) fn step_from(&mut self, here: usize, hits: Vec<Span>, steps: isize) {
        self.hits = hits;
        let next = self.hits.partition_point(|hit| hit.start < here);
        let is_between = self.hits.get(next).is_none_or(|hit| hit.start != here);
        let forward = (steps > 0) != self.backward;
        // Between two matches, the first step forward leads to the next one.
        let from = next as isize - isize::from(is_between && forward);
        let steps = if self.backward { -steps } else { steps };
        let count = self.hits.len() as isize;
        self.current = (count > 0).then(|| (from + steps).rem_euclid(count.max(1)) as usize);
    }

    /// Hides the matches, or shows them again.
    pub(crate) fn set_hidden(&mut self, hidden: bool) {
        self.hidden = hidden;
        self.mark();
    }

    /// Returns the current match, unless the matches are hidden.
    #[must_use]
    pub(crate) fn hit(&self) -> Option<Span> {
        self.hits.get(self.current?).copied().filter(|_| !self.hidden)
    }

    /// Formats the number of the current match and the number of all matches, or the error in the query.
    #[must_use]
    pub(crate) fn tally(&self) -> String {
        match self.current {
            _ if self.query.is_empty() => String::new(),
            None if self.wrong.is_some() => self.wrong.clone().unwrap_or_default(),
            None => "no match".to_owned(),
            Some(current) => format!("{} of {}", current + 1, self.hits.len()),
        }
    }

    fn mark(&mut self) {
        if self.pane != Pane::Reading {
            return;
        }
        if self.hidden {
            self.layer = MarkLayer::default();
            return;
        }
        let current = self.current;
        let tint = |index| Tint::Role(if Some(index) == current { Role::Current } else { Role::Match });
        let marks = self.hits.iter().enumerate().map(|(index, &span)| Mark { span, tint: tint(index) });
        self.layer = MarkLayer::new(marks.collect());
    }
}

/// Error returned by [`pattern`] for an invalid regular expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("incomplete regex")]
pub(crate) struct InvalidRegex;

/// Compiles a query. Matching is case-sensitive only if the query contains a capital letter. In a query of plain words,
/// any white space matches any other, and straight quotes match curly ones.
///
/// # Errors
/// Returns an error if the query is meant to be a regular expression but is invalid. This is common while it is being
/// typed.
pub(crate) fn pattern(query: &str, regular: bool) -> Result<Regex, InvalidRegex> {
    let words = if regular { query.to_owned() } else { plain(query) };
    // Skip the letter after a backslash: a class such as \W does not make the search case-sensitive.
    let mut typed = query.chars();
    let mut capital = false;
    while let Some(character) = typed.next() {
        if regular && character == '\\' {
            typed.next();
        } else {
            capital |= character.is_uppercase();
        }
    }
    let builder = RegexBuilder::new(&words).case_insensitive(!capital).size_limit(MAX_REGEX_BYTES).build();
    builder.map_err(|_| InvalidRegex)
}

/// Converts plain words to a regular expression that matches them.
fn plain(query: &str) -> String {
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
    pattern
}

/// Converts the words of a query to two regular expressions in lower case: one for all words in sequence, one for any
/// of the words. The flag of a word indicates that it is a prefix.
#[must_use]
pub(crate) fn of_query(words: &[(&str, bool)]) -> [String; 2] {
    let word = |&(word, prefix): &(&str, bool)| {
        let bound = |letter: Option<char>| if letter.is_some_and(char::is_alphanumeric) { r"\b" } else { "" };
        let end = if prefix { "" } else { bound(word.chars().next_back()) };
        format!("{}{}{end}", bound(word.chars().next()), plain(&word.to_lowercase()))
    };
    let words: Vec<String> = words.iter().map(word).collect();
    [words.join(r"\s+"), words.join("|")]
}

/// Finds the non-empty matches in `text`, at most [`MAX_MATCHES`].
#[must_use]
pub(crate) fn matches(text: &str, pattern: &Regex) -> Vec<Span> {
    let found = pattern.find_iter(text).filter(|found| !found.is_empty()).take(MAX_MATCHES);
    found.map(|found| Span::new(found.start(), found.end())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, query: &str) -> usize {
        matches(text, &pattern(query, false).unwrap()).len()
    }

    #[test]
    fn a_regular_expression_is_taken_as_one_when_asked_for() {
        let found = |text, query| matches(text, &pattern(query, true).unwrap()).len();
        assert_eq!(found("a.b axb", "a.b"), 2);
        assert_eq!(found("Mill mill 12 3", r"\bmill\b"), 2);
        assert_eq!(found("Mill mill 12 3", r"\D\d+"), 2);
        assert_eq!(found("abc", "x*"), 0);
        assert!(pattern("(a", true).is_err());
    }

    #[test]
    fn backwards_is_the_nearest_before() {
        let mut search = Search::new(Pane::Reading, 5, true);
        search.query = "a".into();
        search.take(matches("a..a..a", &pattern("a", false).unwrap()), 5);
        assert_eq!(search.tally(), "2 of 3");
        search.step(1);
        assert_eq!(search.tally(), "1 of 3");
    }

    #[test]
    fn case_counts_only_when_it_is_typed() {
        assert_eq!(found("Harbour harbour", "harbour"), 2);
        assert_eq!(found("Harbour harbour", "Harbour"), 1);
    }

    #[test]
    fn words_of_a_query_are_looked_for_in_a_row_or_one_by_one() {
        let [row, any] = of_query(&[("Eleven", false), ("job", true)]);
        let found = |words: &str| matches("Eleven jobs, elevenfold job", &pattern(words, true).unwrap()).len();
        assert_eq!((found(&row), found(&any)), (1, 3));
    }

    #[test]
    fn steps_in_rows_count_from_the_selected_row() {
        let rows: Vec<Span> = [2, 5, 6].map(|row| Span::new(row, row + 1)).into();
        for (here, steps, forward, backward) in [
            (2, 1, "2 of 3", "3 of 3"),
            (5, -1, "1 of 3", "3 of 3"),
            (3, 1, "2 of 3", "1 of 3"),
            (3, -1, "1 of 3", "2 of 3"),
            (9, 1, "1 of 3", "3 of 3"),
            (0, -1, "3 of 3", "1 of 3"),
        ] {
            for (is_backward, expected) in [(false, forward), (true, backward)] {
                let mut search = Search { query: "a".into(), ..Search::new(Pane::List, 0, is_backward) };
                search.step_from(here, rows.clone(), steps);
                assert_eq!(search.tally(), expected, "from {here} by {steps}, backward: {is_backward}");
            }
        }
    }

    #[test]
    fn typed_signs_are_no_pattern() {
        assert_eq!(found("a.b (c) axb", "a.b"), 1);
        assert_eq!(found("a.b (c) axb", "(c"), 1);
        assert_eq!(found("“It’s”\nlate", "\"it's\" late"), 1);
    }

    #[test]
    fn walking_goes_round() {
        let mut search = Search::new(Pane::Reading, 5, false);
        search.query = "a".into();
        search.take(matches("a..a..a", &pattern("a", false).unwrap()), 5);
        assert_eq!(search.tally(), "3 of 3");
        search.step(1);
        assert_eq!(search.tally(), "1 of 3");
        search.step(-2);
        assert_eq!(search.tally(), "2 of 3");
    }
}
