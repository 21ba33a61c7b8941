//! Finds figures of one thing that differ between versions, and figures that are new in a version.

use super::repetition::KnownSentences;
use super::words::{Class, words};
use super::{Aspect, Claim, Difference, Passage, Version};
use crate::Figure;
use crate::lexicon::lists;
use dateline_core::text::{Span, folded};
use foldhash::HashSet;

/// Minimum confidence of a figure that is compared.
const SURE: f32 = 0.8;
/// Minimum number of words around the figures that their sentences share.
const MIN_SHARED: usize = 2;
/// Minimum number of shared words around figures that count a thing to which nothing happened. Such things are counted
/// more than once in many stories.
const MIN_SHARED_PLAIN: usize = 3;
/// Minimum share of the words of the shorter sentence around the figure that the other sentence has.
const MIN_SHARE: f32 = 0.3;
/// Relative difference that two figures may have if one of them is only approximate.
const APPROXIMATE: f64 = 0.15;
/// Number from which figures are often rounded without a word that says so.
const ROUNDED: f64 = 1000.0;
/// Maximum number of figures of one version that are compared.
const MAX_FIGURES: usize = 200;

/// Figure of one version with the words around it.
struct Counted<'a> {
    passage: Passage,
    figure: &'a Figure,
    /// Sorted stems of the counted thing.
    thing: Vec<u64>,
    /// Stems of the content words of the sentence, without those of the figure and the thing.
    around: HashSet<u64>,
    /// Smallest and largest number that the words allow.
    range: (f64, f64),
}

fn counted<'a>(versions: &[Version<'a>], version: usize) -> Vec<Counted<'a>> {
    let Version { article, analysis, .. } = versions[version];
    let sure = analysis.figures.iter().filter(|figure| figure.confidence >= SURE).take(MAX_FIGURES);
    sure.filter_map(|figure| {
        let passage = Passage { version, span: figure.span };
        let stems = |text: &str| -> Vec<u64> {
            let words = words(text, Span::new(0, text.len()));
            words.iter().filter(|word| word.class != Class::Ignored).map(|word| word.stem).collect()
        };
        let mut thing = stems(&figure.counted);
        thing.sort_unstable();
        let sentence = sentence_of(versions, passage)?;
        let around = words(&article.text, sentence).into_iter().filter(|word| {
            word.class == Class::Content && !figure.span.overlaps(word.span) && !thing.contains(&word.stem)
        });
        let around = around.map(|word| word.stem).collect();
        let range = range(figure, figure.span.of(&article.text))?;
        Some(Counted { passage, figure, thing, around, range })
    })
    .collect()
}

/// Returns the sentence that contains a passage.
fn sentence_of(versions: &[Version<'_>], passage: Passage) -> Option<Span> {
    let sentences = &versions[passage.version].analysis.sentences;
    let at = sentences.partition_point(|sentence| sentence.end <= passage.span.start);
    sentences.get(at).copied()
}

/// Returns the smallest and the largest number that the words of a figure allow; `None` without any number.
fn range(figure: &Figure, words: &str) -> Option<(f64, f64)> {
    if figure.low.is_some() || figure.high.is_some() {
        // "Nearly 100" excludes five, although it gives no lower limit.
        let low = figure.low.or_else(|| figure.high.map(|high| high / 2.0))?;
        return Some((low, figure.high.unwrap_or(f64::INFINITY)));
    }
    let value = figure.value?;
    let approximate = words.split_whitespace().any(|word| lists::APPROXIMATE.contains_any_case(word));
    let margin = if approximate { value * APPROXIMATE } else { rounding(value) };
    Some((value - margin, value + margin))
}

/// Returns the largest error of a number that may have been rounded to its last digit that is not zero: 500 for 23,000,
/// and 0 for 58.
fn rounding(value: f64) -> f64 {
    if value < ROUNDED && value.fract() == 0.0 {
        return 0.0;
    }
    let is_multiple = |step: f64| ((value / step).round() * step - value).abs() < step / 1000.0;
    let steps = std::iter::successors(Some(0.01), |step| Some(step * 10.0)).take_while(|step| *step <= value);
    steps.take_while(|step| is_multiple(*step)).last().unwrap_or(0.0) / 2.0
}

fn agree(one: (f64, f64), other: (f64, f64)) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}

/// Returns whether two figures count the same thing.
fn counts_the_same(versions: &[Version<'_>], one: &Counted<'_>, other: &Counted<'_>) -> bool {
    if one.figure.unit != other.figure.unit || one.thing != other.thing || one.thing.is_empty() {
        return false;
    }
    let days = |it: &Counted<'_>| {
        versions[it.passage.version].analysis.times.get(it.figure.time?).and_then(|time| time.interval)
    };
    if days(one).zip(days(other)).is_some_and(|(one, other)| one.1 < other.0 || other.1 < one.0) {
        return false;
    }
    let shared = one.around.intersection(&other.around).count();
    let shorter = one.around.len().min(other.around.len());
    let happened = one.thing.len() > 1 && one.figure.unit.is_none();
    let least = if happened { MIN_SHARED } else { MIN_SHARED_PLAIN };
    shared >= least && shared as f32 >= MIN_SHARE * shorter as f32
}

/// Finds figures of one thing on which versions differ. Two versions differ if no figure of one agrees with a figure of
/// the other, because a version that has both numbers explains the difference itself.
pub(super) fn differences(versions: &[Version<'_>]) -> Vec<Difference> {
    let all: Vec<Counted<'_>> = (0..versions.len()).flat_map(|version| counted(versions, version)).collect();
    let mut used: HashSet<usize> = HashSet::default();
    let mut out = Vec::new();
    for (at, one) in all.iter().enumerate() {
        if used.contains(&at) {
            continue;
        }
        let same: Vec<usize> =
            (at..all.len()).filter(|other| *other == at || counts_the_same(versions, one, &all[*other])).collect();
        let group: Vec<&Counted<'_>> = same.iter().map(|index| &all[*index]).collect();
        if differ(&group) {
            used.extend(&same);
            let about = one.figure.counted.clone();
            out.push(Difference { aspect: Aspect::Figure, about, claims: claims(versions, &group) });
        }
    }
    out
}

/// Returns whether the figures of two versions in the group contradict each other.
fn differ(group: &[&Counted<'_>]) -> bool {
    let of = |version: usize| group.iter().filter(move |it| it.passage.version == version);
    let contradict =
        |one: usize, other: usize| of(one).all(|one| of(other).all(|other| !agree(one.range, other.range)));
    let versions: Vec<usize> = group.iter().map(|it| it.passage.version).collect();
    versions
        .iter()
        .enumerate()
        .any(|(at, one)| versions[at..].iter().any(|other| one != other && contradict(*one, *other)))
}

/// Groups the figures that agree.
fn claims(versions: &[Version<'_>], group: &[&Counted<'_>]) -> Vec<Claim> {
    let mut out: Vec<(&Counted<'_>, Claim)> = Vec::new();
    for it in group {
        match out.iter_mut().find(|(first, _)| agree(first.range, it.range)) {
            Some((_, claim)) => claim.passages.push(it.passage),
            None => {
                let text = shown(it.figure, it.passage.span.of(&versions[it.passage.version].article.text));
                out.push((it, Claim { text, passages: vec![it.passage], later: false }));
            }
        }
    }
    out.into_iter().map(|(_, claim)| claim).collect()
}

/// Returns a figure as it is shown: in digits if it is a plain number of things, and in the words of the text if not.
fn shown(figure: &Figure, words: &str) -> String {
    let plain = figure.unit.is_none() && figure.low.is_none() && figure.high.is_none();
    match figure.value.filter(|value| plain && value.fract() == 0.0 && !words.contains(|c: char| c.is_ascii_digit())) {
        Some(value) if words.split_whitespace().count() == 1 => format!("{value}"),
        _ => folded(words),
    }
}

/// Returns the figures of version `at` that no version in `read` has.
pub(super) fn new(versions: &[Version<'_>], at: usize, read: &[usize], known: &KnownSentences) -> Vec<Span> {
    let read: Vec<Counted<'_>> = read.iter().flat_map(|version| counted(versions, *version)).collect();
    let is_new = |it: &Counted<'_>| {
        let has = |other: &Counted<'_>| {
            it.figure.unit == other.figure.unit
                && agree(it.range, other.range)
                && it.thing.iter().any(|word| other.thing.contains(word))
        };
        let sentence = sentence_of(versions, it.passage).map(|span| Passage { span, ..it.passage });
        !read.iter().any(has) && !sentence.is_some_and(|sentence| known.has_number(versions, sentence, it.passage.span))
    };
    counted(versions, at).into_iter().filter(is_new).map(|it| it.passage.span).collect()
}
