//! Scores each line of a page as a headline of the text below it.

use super::LineFeatures;
use crate::boilerplate::boilerplate_phrases::Fit;
use foldhash::{HashMap, HashSet, HashSetExt};

/// Score of a line that cannot be a headline.
pub(crate) const NONE: f32 = -9.0;
/// Number of likeliest headlines to keep.
const MAX_CANDIDATES: usize = 4;
/// Number of lines below a headline to search for its words.
const LINES_BELOW: usize = 12;
/// Number of lines to search for a repeated headline, both at the top of the page and right above the headline.
const LINES_ABOVE: usize = 40;
/// Maximum length of the site name added to a repeated headline, in bytes.
const MAX_SITE_NAME: usize = 60;

/// Properties of the lines of a page, from which headline scores are computed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lines<'a> {
    /// Features of each line.
    pub line_features: &'a [LineFeatures],
    /// Text of each line in lower case.
    pub plains: &'a [String],
    /// Hashes of the content words in each line.
    pub content: &'a [Vec<u64>],
    /// Prose score of each line.
    pub prose: &'a [f32],
    /// Whether each line is short and contains a year or a time of day.
    pub timed: &'a [bool],
}

/// Scores each line as a headline. The score rises if the words recur below, prose follows, a byline or date is near,
/// or the page repeats the line.
#[must_use]
pub(crate) fn scores(lines: Lines<'_>) -> Vec<f32> {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut below = Below::default();
    (0..lines.line_features.len())
        .map(|at| {
            below.move_to(at, lines);
            let again = !seen.insert(lines.plains.get(at).map_or("", String::as_str));
            score(lines, at, &below, again).unwrap_or(NONE)
        })
        .collect()
}

/// Counts of the words in the next [`LINES_BELOW`] lines.
#[derive(Default)]
struct Below {
    counts: HashMap<u64, u32>,
    end: usize,
}

impl Below {
    fn move_to(&mut self, at: usize, lines: Lines<'_>) {
        let wordy = |line: usize| lines.line_features.get(line).is_some_and(|features| features.words >= 6);
        while self.end <= at + LINES_BELOW && self.end < lines.content.len() {
            for word in lines.content.get(self.end).filter(|_| wordy(self.end)).into_iter().flatten() {
                *self.counts.entry(*word).or_default() += 1;
            }
            self.end += 1;
        }
        for word in lines.content.get(at).filter(|_| wordy(at)).into_iter().flatten() {
            if let Some(count) = self.counts.get_mut(word) {
                *count = count.saturating_sub(1);
            }
        }
    }

    fn has(&self, word: u64) -> bool {
        self.counts.get(&word).is_some_and(|count| *count > 0)
    }
}

fn score(lines: Lines<'_>, at: usize, below: &Below, again: bool) -> Option<f32> {
    let (features, plain, content) = (lines.line_features.get(at)?, lines.plains.get(at)?, lines.content.get(at)?);
    let dated = |line: usize| {
        lines.timed.get(line).copied().unwrap_or(false)
            || lines.line_features.get(line).is_some_and(|features| features.dated)
    };
    let labelled = features.boilerplate.is_some_and(|(fit, _)| fit > Fit::Has);
    let fit = (2..=30).contains(&features.words) && plain.len() >= 8 && features.caption <= 1 && features.ending != 1;
    if !fit || dated(at) || features.signed || labelled {
        return None;
    }
    let known = content.iter().filter(|word| below.has(**word)).count() as f32 / content.len().max(3) as f32;
    let prose: f32 = lines.prose.iter().skip(at + 1).take(8).map(|score| score.max(0.0)).sum();
    let signed = (at.saturating_sub(2)..at + 5)
        .any(|line| dated(line) || lines.line_features.get(line).is_some_and(|features| features.signed));
    let with_site = || {
        let repeats = |other: &String| other.len() < plain.len() + MAX_SITE_NAME && other.starts_with(plain.as_str());
        let above = lines.plains.get(..at).unwrap_or_default();
        above.iter().take(LINES_ABOVE).any(repeats) || above.iter().rev().take(LINES_ABOVE).any(repeats)
    };
    let mut score = known + prose.min(8.0) / 16.0 - 0.2 * at as f32 / lines.line_features.len() as f32;
    if signed {
        score += 0.4;
    }
    if again || with_site() {
        score += 0.5;
    }
    if features.words < 4 {
        score -= 0.3;
    }
    Some(score)
}

/// Returns the indices of the likeliest headlines, best first.
#[must_use]
pub(crate) fn likeliest(scores: &[f32]) -> Vec<usize> {
    let mut best: Vec<usize> = Vec::with_capacity(MAX_CANDIDATES + 1);
    for (at, score) in scores.iter().enumerate().filter(|(_, score)| **score > NONE) {
        let place = best.iter().position(|other| scores[*other] < *score).unwrap_or(best.len());
        best.insert(place, at);
        best.truncate(MAX_CANDIDATES);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::{feature, segment};
    use super::*;
    use crate::boilerplate::boilerplate_phrases::plain;

    #[test]
    fn the_line_that_the_story_repeats_is_the_headline() {
        let page = [
            "Old lamp of Eastmouth harbour goes out | Eastmouth Echo",
            "News",
            "Weather for the weekend",
            "Old lamp of Eastmouth harbour goes out",
            "3 March 2024, 10:15",
            "The old lamp of Eastmouth harbour went out on Monday, and nobody could say why it did, the board said.",
        ];
        let line_features: Vec<LineFeatures> = page.iter().map(|line| LineFeatures::of(line)).collect();
        let plains: Vec<String> = page.iter().map(|line| plain(line)).collect();
        let content: Vec<Vec<u64>> = plains.iter().map(|words| feature::content_words(words)).collect();
        let prose: Vec<f32> = line_features.iter().map(segment::prose).collect();
        let timed = [false, false, false, false, true, false];
        let scores = scores(Lines {
            line_features: &line_features,
            plains: &plains,
            content: &content,
            prose: &prose,
            timed: &timed,
        });
        assert_eq!(likeliest(&scores).first(), Some(&3), "{scores:?}");
    }
}
