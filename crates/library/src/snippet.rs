//! Finds the words of a query in a text, and an excerpt around them to show in a list. As in the full-text index, whole
//! words are compared, ignoring case and accents.

use super::query::{Pattern, Query, SearchField, Term};
use dateline_core::text::{Span, fold};

/// An excerpt of a text, with the matches in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snippet {
    /// Span of the excerpt, in bytes. It begins and ends with whole words.
    pub span: Span,
    /// Spans of the matches in the text, in order.
    pub hits: Vec<Span>,
}

/// Returns the spans of everything in `text` that matches the words, phrases and regular expressions of a query. The
/// spans are in order and do not overlap. Negated terms are ignored, and so are terms for fields other than headline,
/// text and quotes.
#[must_use]
pub fn found_in(text: &str, query: &Query) -> Vec<Span> {
    let mut sought = Vec::new();
    let mut out = Vec::new();
    query.each_term(&mut |term, denied| {
        if let (
            Term::Words(SearchField::Anywhere | SearchField::Text | SearchField::Title | SearchField::Quote, pattern),
            false,
        ) = (term, denied)
        {
            match pattern {
                Pattern::Words { words, prefix } => sought.push(Sought::new(words, *prefix)),
                Pattern::Regex(source) => {
                    let found = super::query::regex(source).ok();
                    out.extend(found.iter().flat_map(|regex| {
                        regex.find_iter(text).map(|found| Span::new(found.start(), found.end())).collect::<Vec<_>>()
                    }));
                }
            }
        }
    });
    let words: Vec<Span> = words(text).collect();
    for at in 0..words.len() {
        let here = words.get(at..).unwrap_or_default();
        out.extend(sought.iter().filter_map(|sought| sought.at(text, here)));
    }
    out.retain(|span| !span.is_empty());
    out.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    out.retain(|span| {
        let apart = span.start >= end;
        end = end.max(span.end);
        apart
    });
    out
}

/// Returns an excerpt of about `room` bytes around the densest matches of the query. Without matches, returns the
/// beginning of the text.
#[must_use]
pub fn snippet(text: &str, query: &Query, room: usize) -> Snippet {
    let hits = found_in(text, query);
    // Choose the window that begins with a match and contains the most matches, or the first of several such windows.
    let held = |first: usize| {
        let start = hits.get(first).map_or(0, |span| span.start);
        hits.iter().skip(first).take_while(|span| span.end <= start + room * 2 / 3).count()
    };
    let best = (0..hits.len()).max_by_key(|&first| (held(first), std::cmp::Reverse(first)));
    let start = best.and_then(|first| hits.get(first)).map_or(0, |span| span.start.saturating_sub(room / 3));
    let span = whole_words(text, start, start + room);
    Snippet { span, hits: hits.into_iter().filter(|hit| span.covers(*hit)).collect() }
}

/// Returns the span between two offsets, adjusted to the boundaries of whole words.
fn whole_words(text: &str, start: usize, end: usize) -> Span {
    let blank_before =
        |at: usize| at == 0 || text.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace));
    let from = (start..=text.len()).find(|&at| text.is_char_boundary(at) && blank_before(at)).unwrap_or(0);
    let mut to = end.min(text.len()).max(from);
    while to > from && !(text.is_char_boundary(to) && ends_word(text, to)) {
        to -= 1;
    }
    if to == from {
        // The window contains only a part of a single word, which is longer than the window.
        to = (end.min(text.len()).max(from)..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(from);
    }
    Span::new(from, to).trimmed(text)
}

fn ends_word(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|after| after.is_empty() || after.starts_with(char::is_whitespace))
}

/// A sequence of folded words to find in a text.
struct Sought {
    first: Vec<String>,
    last: String,
    prefix: bool,
}

impl Sought {
    fn new(words: &str, prefix: bool) -> Self {
        let mut first: Vec<String> = self::words(words).map(|span| fold(span.of(words))).collect();
        let last = first.pop().unwrap_or_default();
        let prefix = prefix && last.chars().nth(1).is_some();
        Self { first, last, prefix }
    }

    /// Returns the span of a match at the start of `words`, if there is one.
    fn at(&self, text: &str, words: &[Span]) -> Option<Span> {
        let (first, last) = (words.first()?, words.get(self.first.len())?);
        if self.last.is_empty() {
            return None;
        }
        let before = self.first.iter().zip(words).all(|(sought, span)| same(sought, span.of(text), false));
        (before && same(&self.last, last.of(text), self.prefix)).then(|| first.join(*last))
    }
}

/// Returns whether a word equals a folded one. If `prefix` is `true`, the word only has to begin with it.
fn same(folded: &str, word: &str, prefix: bool) -> bool {
    if word.is_ascii() {
        let head = if prefix { word.get(..folded.len()) } else { Some(word) };
        return head.is_some_and(|head| head.eq_ignore_ascii_case(folded));
    }
    let word = fold(word);
    if prefix { word.starts_with(folded) } else { word == folded }
}

/// Returns the spans of the words in a text. A word is a run of letters and digits, including their combining marks.
fn words(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(char::is_alphanumeric)?;
        let rest = text.get(start..)?;
        let mark = |c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c);
        at = start + rest.find(mark).unwrap_or(rest.len());
        Some(Span::new(start, at))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(text: &str, query: &str) -> Vec<String> {
        let query = Query::parse(query).unwrap();
        found_in(text, &query).into_iter().map(|span| span.of(text).to_owned()).collect()
    }

    #[test]
    fn words_phrases_prefixes_and_expressions_are_located() {
        let text = "The Café on Quay Street closed. The cafe's owner, Ana Quayle, left.";
        assert_eq!(found(text, "cafe"), ["Café", "cafe"]);
        assert_eq!(found(text, "\"quay street\" -closed"), ["Quay Street"]);
        assert_eq!(found(text, "quay* speaker:ana"), ["Quay", "Quayle"]);
        assert_eq!(found(text, "/clos\\w+|left/"), ["closed", "left"]);
        assert!(found(text, "street quay \"owner left\"").len() == 2);
    }

    #[test]
    fn a_snippet_holds_whole_words_around_what_was_found() {
        let text = format!(
            "{}The harbour ferry sank at dawn. {}",
            "Nothing happened here. ".repeat(20),
            "And so on. ".repeat(20)
        );
        let found = snippet(&text, &Query::parse("ferry dawn").unwrap(), 80);
        let words = found.span.of(&text);
        assert!(words.contains("ferry sank at dawn") && words.len() <= 80, "{words}");
        assert_eq!(found.hits.len(), 2);
        assert_eq!(snippet("Short.", &Query::parse("none").unwrap(), 80).span.of("Short."), "Short.");
    }

    proptest! {
        #[test]
        fn spans_lie_in_the_text_between_characters(text in "(a|b|é|e\u{301}|語| |\n|-|’){0,60}", words in "[aé]{1,2}\\*?", room in 0usize..40) {
            let query = Query::parse(&words).unwrap();
            let found = snippet(&text, &query, room);
            prop_assert!(text.get(found.span.start..found.span.end).is_some());
            for hit in found_in(&text, &query) {
                prop_assert!(!hit.of(&text).is_empty());
            }
        }
    }
}
