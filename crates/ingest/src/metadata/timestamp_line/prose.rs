//! Distinguishes timestamp lines from prose that contains a date. The date itself proves nothing, because obituaries,
//! chronologies and court reports are full of dates. The other words of the line decide.

use crate::lexicon::lexicon_lines;
use crate::metadata::calendar_names::{WEEKDAYS, zone_in_prose};
use dateline_core::text::Span;
use foldhash::{HashMap, HashMapExt};
use std::sync::LazyLock;

/// Maximum number of lower-case words in a line that marks its date as the date of the story. Words that are typical of
/// timestamp lines do not count.
const MAX_SMALL: usize = 4;

/// Properties of a word that suggest what kind of line it is in.
#[allow(clippy::struct_excessive_bools, reason = "independent marks, not states")]
#[derive(Clone, Copy, Debug, Default)]
struct Hint {
    label: bool,
    joiner: bool,
    claim: bool,
    story: bool,
    other: bool,
}

/// Entries of `timestamp_lines.txt`: whole words, and stems with which longer words may begin.
struct Hints {
    words: HashMap<&'static str, Hint>,
    stems: Vec<(&'static str, Hint)>,
}

static HINTS: LazyLock<Hints> = LazyLock::new(|| {
    let mut hints = Hints { words: HashMap::new(), stems: Vec::new() };
    for line in lexicon_lines(include_str!("../../../assets/lexicon/timestamp_lines.txt")) {
        let (row, words) = line.split_once(':').unwrap_or_default();
        for word in words.split_whitespace() {
            let stem = word.strip_suffix('*');
            let mut fresh = Hint::default();
            let hint = if stem.is_some() { &mut fresh } else { hints.words.entry(word).or_default() };
            match row {
                "label" => hint.label = true,
                "joiner" => hint.joiner = true,
                "claim" => hint.claim = true,
                "story" => hint.story = true,
                _ => hint.other = true,
            }
            hints.stems.extend(stem.map(|stem| (stem, fresh)));
        }
    }
    hints
});

impl Hint {
    /// Returns the properties of a word, given in lower case.
    fn of(lower: &str) -> Self {
        let mut hint = HINTS.words.get(lower).copied().unwrap_or_default();
        hint.claim |= HINTS.stems.iter().any(|(stem, stemmed)| stemmed.claim && lower.starts_with(stem));
        hint
    }
}

/// Returns whether a word, given in lower case, only introduces or completes a date.
pub(super) fn is_label(lower: &str) -> bool {
    Hint::of(lower).label
}

/// Evidence of whether a line with dates is prose, from the words around the dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Surroundings {
    /// Number of lower-case words that are not typical of timestamp lines.
    pub small: usize,
    /// Whether the line marks its date as the date of the story: "Published on".
    pub claimed: bool,
    /// Whether the line marks its date as the date of another event: "Born".
    pub other: bool,
    /// Whether the line begins with an unknown word and ends with a full stop.
    pub stopped: bool,
}

impl Surroundings {
    /// Collects the evidence from the words of `line` outside the spans `dates`.
    #[must_use]
    pub(crate) fn of(line: &str, dates: &[Span]) -> Self {
        let mut beside = Self::default();
        // A word such as "Updated" counts only at the start of a part of the line: "Ana Ruiz | Updated 3 May", but not
        // "The book was published on".
        let mut opening = true;
        let mut at = 0;
        for word in line.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
            let span = Span::new(at, at + word.len());
            at = span.end;
            let parts = word.ends_with(['|', '·', '•', '/', '(', '[', '-', '–', '—']);
            let word = word.trim_end_matches(|letter: char| !letter.is_alphanumeric());
            if dates.iter().any(|date| date.overlaps(span)) {
                opening = true;
                continue;
            }
            // Account names are always in lower case, so they are not evidence of prose.
            let account = line.get(..span.start).is_some_and(|head| head.ends_with('@'));
            if !word.is_empty() && !account {
                opening = beside.take(word, opening);
            }
            opening |= parts;
        }
        let first = line.split(|letter: char| !letter.is_alphanumeric()).find(|word| !word.is_empty());
        let known = first.is_none_or(|first| {
            let hint = Hint::of(&first.to_lowercase());
            hint.label || hint.joiner || hint.claim || hint.story
        });
        let opened = |date: &Span| line.get(..date.start).is_some_and(|head| head.contains(char::is_alphanumeric));
        // The full stop of "p.m." does not end a sentence.
        let ends = |date: &Span| {
            let tail = line.get(date.end..).is_some_and(|rest| matches!(rest.trim(), "." | "!" | "?"));
            tail && date.of(line).ends_with(|letter: char| letter.is_ascii_digit())
        };
        beside.stopped = !known && dates.first().is_some_and(opened) && dates.last().is_some_and(ends);
        beside
    }

    /// Counts a word. Returns whether a word such as "Updated", which marks the date as the date of the story, may
    /// follow it.
    fn take(&mut self, word: &str, opening: bool) -> bool {
        let lower = word.to_lowercase();
        let hint = Hint::of(&lower);
        let known = hint.label || hint.joiner || hint.claim || word.starts_with(|letter: char| letter.is_ascii_digit());
        let calendar = WEEKDAYS.contains(&lower.as_str()) || zone_in_prose(&lower).is_some();
        self.claimed |= hint.claim && opening;
        self.other |= hint.other;
        self.small += usize::from(word.starts_with(char::is_lowercase) && !known && !calendar);
        // "This article was published" refers to the story, but "The article was published" may refer to any article.
        opening && lower != "the" && (hint.label || hint.claim || hint.story || calendar)
    }

    /// Returns whether the line is prose that contains a date.
    #[must_use]
    pub(crate) const fn is_prose(self) -> bool {
        if self.claimed { self.small > MAX_SMALL } else { self.small > 0 || self.other || self.stopped }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::datetime::written::{Order, days};

    fn is_prose(line: &str) -> bool {
        let dates: Vec<Span> = days(line, Order::DayFirst).into_iter().map(|(span, _)| span).collect();
        assert!(!dates.is_empty(), "{line}");
        Surroundings::of(line, &dates).is_prose()
    }

    #[test]
    fn sentences_in_many_languages_are_prose() {
        for line in [
            "He was elected on 5 May 2011.",
            "The ferry opened on 6 May 2012.",
            "On 4 June 1999, troops entered the square.",
            "Snow fell on 3 May 2013",
            "The book was published on 3 May 2011.",
            "The article was published on 3 May 2011 and was soon forgotten.",
            "Born: 3 May 1991",
            "Er starb am 4. April 1999.",
            "Elle est née le 3 mai 1991.",
            "Murió el 3 de mayo de 2011.",
            "Il ponte fu aperto il 3 maggio 2011.",
            "A view of the harbour, 3 May 2011",
        ] {
            assert!(is_prose(line), "{line}");
        }
    }

    #[test]
    fn date_lines_in_many_languages_are_not() {
        for line in [
            "Published on 3 May 2024.",
            "This article was originally published on 3 May 2024.",
            "Ana Ruiz | Updated 3 May 2024 at 5:08 pm",
            "By admin - 3 May 2024",
            "By Ana Ruiz@anaruiz 3 May 2024, 7:53pm EST",
            "3 May 2024 at 9:08 GMT1 day ago",
            "May 3, 2024Updated: May 3, 2024 1:35 a.m.",
            "3 May 2024 · 5 min read",
            "Zuletzt aktualisiert am 3. Mai 2024 um 10:15 Uhr",
            "Publié le vendredi 3 mai 2024 à 10h15",
            "viernes, 3 de mayo de 2024",
            "Pubblicato il 3 maggio 2024",
            "3 May 2024",
        ] {
            assert!(!is_prose(line), "{line}");
        }
    }
}
