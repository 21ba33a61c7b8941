//! Features for the line classifier: the shape of a line, the shapes of its neighbours, its position on the page, and
//! the words it shares with the densest prose of the page.

use super::headline::{self, likeliest};
use super::measure::{PROSE, flag, is_label, sums};
use super::pattern::{self, Pattern};
use super::prefix_sums::PrefixSums;
use super::segment;
use super::{Line, LineFeatures};
use crate::boilerplate::boilerplate_phrases::{Fit, plain};
use dateline_core::article::Boilerplate;
use foldhash::{HashMap, HashMapExt, HashSet};
use std::ops::Range;

/// Number of neighbouring lines to examine individually, on each side.
const NEAR: usize = 3;
/// Maximum of all features that are distances, in lines.
pub(super) const FAR: usize = 60;
/// Matrix of feature values, with one row per line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeatureMatrix {
    /// Number of features in a row.
    pub(crate) width: usize,
    /// Values of all rows, one row after the other.
    pub(crate) values: Vec<f32>,
}

impl FeatureMatrix {
    /// Returns the features of the line at `at`.
    #[must_use]
    pub fn row(&self, at: usize) -> &[f32] {
        self.values.get(at * self.width..(at + 1) * self.width).unwrap_or_default()
    }

    /// Returns the number of rows.
    #[must_use]
    pub(crate) const fn len(&self) -> usize {
        match self.values.len().checked_div(self.width) {
            Some(count) => count,
            None => 0,
        }
    }

    /// Creates a matrix of `count` rows. `extend` appends the values of the row with the given index.
    pub(super) fn from_rows(count: usize, mut extend: impl FnMut(usize, &mut Vec<f32>)) -> Self {
        let mut table = Self::default();
        for at in 0..count {
            extend(at, &mut table.values);
            if at == 0 {
                table.width = table.values.len();
                table.values.reserve_exact(table.width * (count - 1));
            }
        }
        table
    }
}

/// Features from the first pass over a page, and intermediate results that the second pass needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FirstPass {
    /// Feature matrix of the first pass.
    pub table: FeatureMatrix,
    /// Hashes of the content words in each line.
    pub(crate) content: Vec<Vec<u64>>,
    /// Number of words in each line, capped at 80.
    pub(crate) weights: Vec<f32>,
    /// Prose score of each line.
    pub(crate) prose: Vec<f32>,
}

/// Values computed once for a page, from which the features of its lines are derived.
pub(super) struct Page<'a> {
    lines: &'a [Line<'a>],
    line_features: &'a [LineFeatures],
    /// Prose score of each line.
    pub(super) prose: Vec<f32>,
    /// Prefix sums of the prose scores.
    sums: Vec<f32>,
    dense: Range<usize>,
    /// Content words of the densest stretch of prose, with the number of its lines that contain each.
    vocabulary: HashMap<u64, u16>,
    /// Hashes of the content words in each line.
    pub(super) content: Vec<Vec<u64>>,
    /// For each line, the number of lines with the same text, including itself.
    copies: Vec<u16>,
    /// For each line, its distances from the last label for related stories, for comments and for a newsletter, in
    /// lines.
    since_label: [Vec<usize>; 3],
    /// Prefix sums of the number of stamped lines, which are headers of comments or list entries.
    stamps: Vec<f32>,
    /// Hashes of the content words in the likeliest title.
    title: HashSet<u64>,
    /// Index of the line that is the likeliest title.
    title_at: Option<usize>,
    /// For each line, its score as a headline of the text below it.
    headlines: Vec<f32>,
    /// For each line, the best score of the likeliest headlines above it.
    above: Vec<f32>,
    /// Index of the likeliest headline, and the hashes of its content words.
    headline_at: Option<usize>,
    headline: HashSet<u64>,
    /// For each line, the patterns it shares with other lines.
    patterns: Vec<Pattern>,
    /// Prefix sums of the line measures and patterns.
    totals: PrefixSums,
    /// For each line, its distances from the last line with a time, from the last label and from the next label, in
    /// lines.
    apart: [Vec<usize>; 3],
}

/// Computes the features for the first pass.
#[must_use]
pub(crate) fn first(lines: &[Line<'_>], line_features: &[LineFeatures]) -> FirstPass {
    let page = Page::new(lines, line_features);
    let table = page.table();
    let weights = page.weights();
    FirstPass { table, content: page.content, weights, prose: page.prose }
}

impl<'a> Page<'a> {
    pub(super) fn new(lines: &'a [Line<'a>], line_features: &'a [LineFeatures]) -> Self {
        let prose: Vec<f32> = line_features.iter().map(segment::prose).collect();
        let dense = segment::densest(&prose);
        let plains: Vec<String> = lines.iter().map(|line| plain(line.text)).collect();
        let content: Vec<Vec<u64>> = plains.iter().map(|words| content_words(words)).collect();
        let mut vocabulary = HashMap::new();
        for words in content.get(dense.clone()).unwrap_or_default() {
            for word in words {
                *vocabulary.entry(*word).or_insert(0_u16) += 1;
            }
        }
        let mut counts: HashMap<&str, u16> = HashMap::new();
        for words in &plains {
            let count = counts.entry(words).or_default();
            *count = count.saturating_add(1);
        }
        let copies: Vec<u16> = plains.iter().map(|words| counts.get(words.as_str()).copied().unwrap_or(1)).collect();
        let sums_of_prose = sums(prose.iter().copied());
        let stamps = sums(line_features.iter().map(|features| flag(features.stamped)));
        let since_label = [Boilerplate::Related, Boilerplate::Comments, Boilerplate::Newsletter]
            .map(|kind| since(line_features, kind));
        let title_at = title(line_features, &content, &vocabulary, &copies, &dense);
        let title = title_at.and_then(|at| content.get(at)).into_iter().flatten().copied().collect();
        let patterns = pattern::of(lines, line_features, &plains);
        let timed: Vec<bool> = patterns.iter().map(|pattern| pattern.timed).collect();
        let headlines = headline::scores(headline::Lines {
            line_features,
            plains: &plains,
            content: &content,
            prose: &prose,
            timed: &timed,
        });
        let likeliest = likeliest(&headlines);
        let headline_at = likeliest.first().copied();
        let labels: Vec<bool> = line_features.iter().map(is_label).collect();
        let mut to_label = apart(labels.iter().rev());
        to_label.reverse();
        let apart = [apart(timed.iter()), apart(labels.iter()), to_label];
        let headline = headline_at.and_then(|at| content.get(at)).into_iter().flatten().copied().collect();
        let totals = PrefixSums::new(line_features, &patterns, &prose);
        Self {
            lines,
            line_features,
            prose,
            sums: sums_of_prose,
            dense,
            vocabulary,
            content,
            copies,
            since_label,
            stamps,
            title,
            title_at,
            above: best_above(&headlines, &likeliest),
            headlines,
            headline_at,
            headline,
            totals,
            patterns,
            apart,
        }
    }

    /// Returns the number of lines that have features.
    pub(super) fn len(&self) -> usize {
        self.lines.len().min(self.line_features.len())
    }

    /// Returns the feature matrix of the first pass.
    pub(super) fn table(&self) -> FeatureMatrix {
        FeatureMatrix::from_rows(self.len(), |at, row| self.extend(row, at))
    }

    /// Returns the number of words in each line, capped at 80.
    pub(super) fn weights(&self) -> Vec<f32> {
        self.line_features.iter().map(|features| (features.words as f32).min(80.0)).collect()
    }

    /// Appends the features of the line at `at` for the first pass.
    pub(super) fn extend(&self, row: &mut Vec<f32>, at: usize) {
        let (line, features) = (&self.lines[at], &self.line_features[at]);
        own(row, line, features);
        row.push(self.prose[at]);
        for step in 1..=NEAR {
            self.neighbour(row, at.checked_sub(step));
            self.neighbour(row, Some(at + step));
        }
        for reach in [5, 15, 40] {
            row.push(self.mean(at.saturating_sub(reach)..at));
            row.push(self.mean(at + 1..at + 1 + reach));
        }
        self.place(row, at);
        self.words(row, at);
        for since in &self.since_label {
            row.push(since[at] as f32);
        }
        let near = |from: usize, to: usize, test: &dyn Fn(&LineFeatures) -> bool| {
            self.line_features.iter().take(to).skip(from).filter(|features| test(features)).count() as f32
        };
        let (from, to) = (at.saturating_sub(4), at + 5);
        row.push(near(from, to, &|features| features.dated));
        row.push(near(from, to, &|features| features.boilerplate.is_some()));
        row.push(near(from, to, &|features| (4..=16).contains(&features.words) && !features.ends_sentence));
        row.push(near(from, to, &|features| features.words <= 3));
        let to_prose = |score: &&f32| **score < PROSE;
        row.push(self.prose.iter().skip(at + 1).take(FAR).take_while(to_prose).count() as f32);
        row.push(self.prose[..at].iter().rev().take(FAR).take_while(to_prose).count() as f32);
        let dense = &self.totals.prose;
        let (before, after) = (dense[at], dense[self.lines.len()] - dense[at + 1]);
        row.push(before.min(40.0));
        row.push(after.min(40.0));
        row.push(before / (before + after).max(1.0));
        self.stamps(row, at);
        self.patterns(row, at);
        self.below_headline(row, at);
    }

    /// Appends features of the patterns that the line and its neighbours share with other lines.
    fn patterns(&self, row: &mut Vec<f32>, at: usize) {
        let (pattern, totals) = (self.patterns[at], &self.totals);
        let about = |sums: &[f32], reach: usize| {
            let end = (at + reach + 1).min(self.lines.len());
            sums[end] - sums[at.saturating_sub(reach)]
        };
        row.push(f32::from(pattern.stems.min(9)));
        row.push(about(&totals.stems, 4));
        row.push(flag(pattern.cut));
        row.push(about(&totals.cut, 6) / about(&totals.long, 6).max(1.0));
        row.push(f32::from(pattern.same_length));
        row.push(about(&totals.lengths, 5));
        row.push(f32::from(pattern.builds.min(20)));
        row.push(about(&totals.numbers, 4));
        let words = about(&totals.words, 4).max(1.0);
        row.push(about(&totals.digits, 4) / words);
        row.push(about(&totals.capitals, 4) / words);
        row.push(about(&totals.function, 4) / words);
        let digits = |at: Option<usize>| {
            at.and_then(|at| self.line_features.get(at)).map_or(-1.0, |features| features.digit_share)
        };
        row.push(digits(at.checked_sub(1)));
        row.push(digits(Some(at + 1)));
        row.push(flag(pattern.timed));
        for apart in &self.apart {
            row.push(apart[at] as f32);
        }
    }

    /// Appends features of the distance from the likeliest headline, in words and labels.
    fn below_headline(&self, row: &mut Vec<f32>, at: usize) {
        row.push(self.headlines[at]);
        row.push(self.above[at]);
        let since = |sums: &[f32]| match self.headline_at {
            Some(headline) if at > headline => sums[at] - sums[headline],
            Some(_) => -1.0,
            None => -2.0,
        };
        row.push(since(&self.totals.words).min(4000.0));
        row.push(since(&self.totals.labels));
    }

    /// Appends the number of stamped lines near the line. A thread of comments has such a header every few lines.
    fn stamps(&self, row: &mut Vec<f32>, at: usize) {
        let last = self.stamps.len() - 1;
        let count = |from: usize, to: usize| self.stamps[to.min(last)] - self.stamps[from.min(last)];
        row.push(flag(self.line_features[at].stamped));
        for reach in [4, 16] {
            row.push(count(at.saturating_sub(reach), at));
            row.push(count(at + 1, at + 1 + reach));
        }
        row.push(self.stamps[at].min(20.0));
        row.push(count(at, last).min(20.0));
    }

    /// Appends some features of a neighbouring line.
    fn neighbour(&self, row: &mut Vec<f32>, at: Option<usize>) {
        let Some((at, features)) = at.and_then(|at| Some((at, self.line_features.get(at)?))) else {
            row.extend([-1.0; 6]);
            return;
        };
        row.push((features.words as f32).min(120.0));
        row.push(self.prose[at]);
        row.push(flag(features.ends_sentence));
        row.push(
            features.boilerplate.map_or(0.0, |(fit, kind)| 1.0 + f32::from(kind as u8) + 10.0 * flag(fit > Fit::Has)),
        );
        row.push(f32::from(features.caption) + 4.0 * flag(features.dated) + 8.0 * flag(features.signed));
        row.push(flag(self.lines[at].item));
    }

    /// Returns the mean prose score of a range of lines, or a value below all scores if the range is empty.
    fn mean(&self, range: Range<usize>) -> f32 {
        let end = range.end.min(self.prose.len());
        if range.start >= end {
            return -2.0;
        }
        (self.sums[end] - self.sums[range.start]) / (end - range.start) as f32
    }

    /// Appends the position of the line on the page and relative to the densest stretch of prose.
    fn place(&self, row: &mut Vec<f32>, at: usize) {
        let count = self.lines.len();
        row.push(at as f32 / count as f32);
        row.push((count as f32).ln());
        row.push((at.min(FAR)) as f32);
        row.push(((count - at).min(FAR)) as f32);
        let far = FAR as f32;
        row.push((at as f32 - self.dense.start as f32).clamp(-far, far));
        row.push((at as f32 - self.dense.end as f32).clamp(-far, far));
        row.push(self.dense.len() as f32 / count as f32);
        row.push(self.title_at.map_or(-far - 1.0, |title| (at as f32 - title as f32).clamp(-far, far)));
        row.push(self.headline_at.map_or(-far - 1.0, |title| (at as f32 - title as f32).clamp(-far, far)));
    }

    /// Appends the share of words that the line has in common with the densest stretch, the title and other lines.
    fn words(&self, row: &mut Vec<f32>, at: usize) {
        let content = &self.content[at];
        let inside = u16::from(self.dense.contains(&at));
        let known =
            content.iter().filter(|word| self.vocabulary.get(word).is_some_and(|count| *count > inside)).count();
        let of_title = content.iter().filter(|word| self.title.contains(word)).count();
        let count = content.len().max(1) as f32;
        row.push(if content.is_empty() { -1.0 } else { known as f32 / count });
        row.push(if content.is_empty() { -1.0 } else { of_title as f32 / count });
        row.push(of_title as f32 / self.title.len().max(1) as f32);
        let of_headline = content.iter().filter(|word| self.headline.contains(word)).count();
        row.push(of_headline as f32 / self.headline.len().max(1) as f32);
        row.push(f32::from(self.copies[at].min(9)));
    }
}

/// Appends features of the line itself.
fn own(row: &mut Vec<f32>, line: &Line<'_>, features: &LineFeatures) {
    let words = features.words.max(1) as f32;
    row.extend([
        features.chars.min(1500) as f32,
        features.words.min(250) as f32,
        features.small_share,
        features.capital_share,
        features.upper_share,
        features.digit_share,
        features.function_share,
        features.commas as f32 / words,
        features.sentences.min(12) as f32,
        features.quotes.min(6) as f32,
        features.separators.min(6) as f32,
        flag(features.ends_sentence),
        f32::from(features.ending),
        f32::from(features.beginning),
        features.boilerplate_phrases.min(6) as f32,
        features.boilerplate_phrases as f32 / words,
        features.boilerplate.map_or(0.0, |(_, kind)| 1.0 + f32::from(kind as u8)),
        features.boilerplate.map_or(0.0, |(fit, _)| 1.0 + f32::from(fit as u8)),
        flag(features.address),
        f32::from(features.caption),
        flag(features.signed),
        flag(features.dated),
        flag(features.speech),
        features.reader as f32 / words,
        features.reader.min(6) as f32,
        flag(line.gap),
        line.indent.min(20) as f32,
        flag(line.item),
    ]);
}

/// Returns the distance of each line from the last line above it whose mark is `true`.
fn apart<'a>(marks: impl Iterator<Item = &'a bool>) -> Vec<usize> {
    let mut since = FAR;
    marks
        .map(|mark| {
            let now = since;
            since = if *mark { 0 } else { (since + 1).min(FAR) };
            now
        })
        .collect()
}

/// Returns, for each line, the best score of the likeliest headlines above it.
fn best_above(scores: &[f32], likeliest: &[usize]) -> Vec<f32> {
    let mut best = -3.0_f32;
    (0..scores.len())
        .map(|at| {
            let now = best;
            if likeliest.contains(&at) {
                best = best.max(scores[at]);
            }
            now
        })
        .collect()
}

/// Hashes the words of at least five bytes. FNV-1a is used because its hashes are the same on every machine.
pub(super) fn content_words(words: &str) -> Vec<u64> {
    words
        .split(' ')
        .filter(|word| word.len() >= 5)
        .take(200)
        .map(|word| {
            word.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
        })
        .collect()
}

/// Returns the distance of each line from the last label of `kind`. The distance of the label itself is 0.
fn since(line_features: &[LineFeatures], kind: Boilerplate) -> Vec<usize> {
    let mut since = FAR;
    line_features
        .iter()
        .map(|features| {
            let label = features.words <= 12
                && features.boilerplate.is_some_and(|(fit, other)| other == kind && fit > Fit::Has);
            since = if label { 0 } else { (since + 1).min(FAR) };
            since
        })
        .collect()
}

/// Returns the index of the likeliest title: the line that shares the most words with the densest stretch. It precedes
/// that stretch or is among its first three lines.
fn title(
    line_features: &[LineFeatures],
    content: &[Vec<u64>],
    vocabulary: &HashMap<u64, u16>,
    copies: &[u16],
    dense: &Range<usize>,
) -> Option<usize> {
    let mut best = None;
    let mut best_score = 0.8;
    for at in dense.start.saturating_sub(FAR)..(dense.start + 3).min(line_features.len()) {
        let features = &line_features[at];
        if !(3..=30).contains(&features.words)
            || features.dated
            || features.signed
            || features.caption > 1
            || features.ending == 1
        {
            continue;
        }
        let known = content[at].iter().filter(|word| vocabulary.contains_key(word)).count() as f32;
        let score = known / content[at].len().max(2) as f32 * (known.min(4.0) / 2.0)
            + if copies[at] == 2 { 0.4 } else { 0.0 }
            - 0.02 * dense.start.saturating_sub(at) as f32
            - if features.boilerplate.is_some() { 0.7 } else { 0.0 };
        if score > best_score {
            best_score = score;
            best = Some(at);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_the_same_width() {
        let texts = ["News", "Quay shut", "The quay was shut on Monday, the board said.", "Share"];
        let lines: Vec<Line<'_>> = texts.iter().map(|text| Line { text, ..Line::default() }).collect();
        let line_features: Vec<LineFeatures> = texts.iter().map(|text| LineFeatures::of(text)).collect();
        let view = first(&lines, &line_features);
        assert_eq!(view.table.len(), 4);
        let second = super::super::second_pass::features(&view, &[-1.0, 0.0, 2.0, -3.0]);
        assert_eq!(second.len(), 4);
        assert!(second.width > view.table.width && second.width < 255);
    }

    #[test]
    fn no_lines_make_no_rows() {
        assert!(first(&[], &[]).table.len() == 0);
    }
}
