//! Finds figures of one thing that differ between versions, and figures that are new in a version.

mod others;

use super::repetition::KnownSentences;
use super::words::{Class, words};
use super::{Aspect, Claim, Difference, Passage, Version};
use crate::lexicon::lists;
use crate::{EntityKind, Figure};
use dateline_core::text::{Span, folded};
use foldhash::HashSet;
use jiff::ToSpan;
use jiff::civil::Date;

/// Minimum confidence of a figure that is compared.
const SURE: f32 = 0.8;
/// Minimum number of words that two sentences share about their figures, besides the head of the counted thing.
const MIN_SPECIFIC: usize = 3;
/// Minimum number of shared words about figures of a thing to which nothing happened. Such things are counted more than
/// once in many stories.
const MIN_SPECIFIC_PLAIN: usize = 4;
/// Minimum number of shared words if the sentences differ only in the figure.
const MIN_SPECIFIC_SAME: usize = 1;
/// Minimum share of the words of the shorter sentence around the figure that the other sentence has.
const MIN_SHARE: f32 = 0.3;
/// Largest ratio of two figures of one thing. Figures that are further apart count different things, such as the dead of
/// a day and those of a war.
const MAX_RATIO: f64 = 3.0;
/// Largest figure that differs from none at all.
const MAX_OF_NONE: f64 = 20.0;
/// Smallest number of things that is unlikely to be counted twice by chance in one story.
const LARGE: f64 = 10.0;
/// Number of days before the publication from which an event is background.
const BACKGROUND_DAYS: i32 = 14;
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
    /// Number in the words, or the limit that they give.
    number: f64,
    /// Byte span of the sentence.
    sentence: Span,
    /// Whether the sentence is about what is expected, planned or possible.
    expected: bool,
    /// Hashes of the family names in the sentence.
    persons: HashSet<u64>,
}

/// Returns the figures of a version whose confidence is at least `least`, with the words around them.
fn counted<'a>(versions: &[Version<'a>], version: usize, least: f32) -> Vec<Counted<'a>> {
    let Version { article, analysis, .. } = versions[version];
    let likely = analysis.figures.iter().filter(|figure| figure.confidence >= least).take(MAX_FIGURES);
    likely
        .filter_map(|figure| {
            let passage = Passage { version, span: figure.span };
            let stems = |text: &str| -> Vec<u64> {
                let words = words(text, Span::new(0, text.len()));
                words.iter().filter(|word| word.class != Class::Ignored).map(|word| word.stem).collect()
            };
            let mut thing = stems(&figure.counted);
            thing.sort_unstable();
            let sentence = sentence_of(versions, passage)?;
            let all = words(&article.text, sentence);
            let expects = |word: &str| lists::EXPECTATION.contains_any_case(word);
            let around = all.iter().filter(|word| {
                word.class == Class::Content && !figure.span.overlaps(word.span) && !thing.contains(&word.stem)
            });
            Some(Counted {
                passage,
                figure,
                around: around.map(|word| word.stem).collect(),
                range: range(figure, figure.span.of(&article.text))?,
                number: figure.value.or(figure.low).or(figure.high)?,
                sentence,
                expected: all.iter().any(|word| expects(word.span.of(&article.text))),
                persons: persons(versions[version], sentence),
                thing,
            })
        })
        .filter(|it| !is_inserted(&article.text, it.figure.span) && !is_remainder(&article.text, it.figure.span))
        .collect()
}

/// Returns the family names of the persons that a sentence mentions.
fn persons(version: Version<'_>, sentence: Span) -> HashSet<u64> {
    let persons = version.analysis.entities.iter().filter(|entity| entity.kind == EntityKind::Person);
    let named = persons.filter(|entity| entity.mentions.iter().any(|mention| sentence.covers(mention.span)));
    named.filter_map(|entity| Some(words(&entity.name, Span::new(0, entity.name.len())).last()?.exact)).collect()
}

/// Returns whether a number counts only what is left of the things: "two other rifles", "another 12 people".
fn is_remainder(text: &str, number: Span) -> bool {
    let after = text.get(number.end..).and_then(|after| after.split_whitespace().next()).unwrap_or_default();
    let before = text.get(..number.start).and_then(|before| before.split_whitespace().next_back()).unwrap_or_default();
    // "More than 12" is a limit.
    let in_number = number.of(text).split_whitespace().filter(|word| !word.eq_ignore_ascii_case("more"));
    in_number.chain([before, after]).any(|word| lists::REMAINDER.contains_any_case(word))
}

/// Returns whether a number is between commas, as an age is: "Ana Ruiz, 27, was killed".
fn is_inserted(text: &str, number: Span) -> bool {
    let before = text.get(..number.start).is_some_and(|before| before.trim_end().ends_with(','));
    before && text.get(number.end..).is_some_and(|after| after.starts_with(','))
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
    let margin = if approximate { value * APPROXIMATE } else { rounding(value, figure.unit.is_some()) };
    Some((value - margin, value + margin))
}

/// Returns the largest error of a number that may have been rounded to its last digit that is not zero: 500 for 23,000.
/// Small numbers of things are exact, but measured values such as "54 per cent" are not.
fn rounding(value: f64, measured: bool) -> f64 {
    if value < ROUNDED && value.fract() == 0.0 && !measured {
        return 0.0;
    }
    let is_multiple = |step: f64| ((value / step).round() * step - value).abs() < step / 1000.0;
    let largest = if measured && value < ROUNDED { 1.0 } else { value };
    let steps = std::iter::successors(Some(0.01), |step| Some(step * 10.0)).take_while(|step| *step <= largest);
    steps.take_while(|step| is_multiple(*step)).last().unwrap_or(0.0) / 2.0
}

fn agree(one: (f64, f64), other: (f64, f64)) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}

/// Returns whether two numbers are close enough to be figures of one thing.
fn is_comparable(one: f64, other: f64) -> bool {
    let (small, large) = (one.min(other), one.max(other));
    if small == 0.0 { large <= MAX_OF_NONE } else { large <= MAX_RATIO * small }
}

/// Returns the first and last day of the counted event, if they are known.
fn days(versions: &[Version<'_>], it: &Counted<'_>) -> Option<(Date, Date)> {
    versions[it.passage.version].analysis.times.get(it.figure.time?)?.interval
}

/// Returns whether the counted event ended long before the story was published.
fn is_background(versions: &[Version<'_>], it: &Counted<'_>) -> bool {
    let Version { article, analysis } = versions[it.passage.version];
    let stated = article.published.as_ref().map(|published| published.date);
    let published = stated.or_else(|| analysis.reference.as_ref().map(|reference| reference.date));
    days(versions, it).zip(published).is_some_and(|((_, end), published)| {
        published.checked_sub(BACKGROUND_DAYS.days()).is_ok_and(|earliest| end < earliest)
    })
}

/// Returns whether two figures count the same thing.
fn counts_the_same(versions: &[Version<'_>], one: &Counted<'_>, other: &Counted<'_>) -> bool {
    if one.figure.unit != other.figure.unit
        || one.thing != other.thing
        || one.thing.is_empty()
        || one.expected != other.expected
        || !is_comparable(one.number, other.number)
    {
        return false;
    }
    // A count of what one person did is not that of another person.
    if !one.persons.is_empty() && !other.persons.is_empty() && one.persons.is_disjoint(&other.persons) {
        return false;
    }
    let (day, other_day) = (days(versions, one), days(versions, other));
    if day.zip(other_day).is_some_and(|(one, other)| one.1 < other.0 || other.1 < one.0) {
        return false;
    }
    // "In 2003" and no time at all can be different events.
    if day.is_some() != other_day.is_some() && (is_background(versions, one) || is_background(versions, other)) {
        return false;
    }
    // Every word of the thing except its head makes it more specific: "icebreaker cost".
    let shared = one.around.intersection(&other.around).count();
    let specific = shared + one.thing.len() - 1;
    let (shorter, longer) = (one.around.len().min(other.around.len()), one.around.len().max(other.around.len()));
    let happened = one.thing.len() > 1 && one.figure.unit.is_none();
    let least = match (shared == longer, happened) {
        (true, _) => MIN_SPECIFIC_SAME,
        (false, true) => MIN_SPECIFIC,
        (false, false) => MIN_SPECIFIC_PLAIN,
    };
    specific >= least && shared as f32 >= MIN_SHARE * shorter as f32
}

/// Finds figures of one thing on which versions differ. A version that has both numbers explains the difference itself,
/// so it is not shown.
pub(super) fn differences(versions: &[Version<'_>]) -> Vec<Difference> {
    let likely = |version| counted(versions, version, others::LIKELY);
    let (all, unsure): (Vec<Counted<'_>>, Vec<_>) =
        (0..versions.len()).flat_map(likely).partition(|it| it.figure.confidence >= SURE);
    let every: Vec<&Counted<'_>> = all.iter().chain(&unsure).collect();
    let mut used: HashSet<usize> = HashSet::default();
    let mut out = Vec::new();
    for (at, one) in all.iter().enumerate() {
        if used.contains(&at) {
            continue;
        }
        let same: Vec<usize> =
            (at..all.len()).filter(|other| *other == at || counts_the_same(versions, one, &all[*other])).collect();
        let group: Vec<&Counted<'_>> = same.iter().map(|index| &all[*index]).collect();
        let contradicting = group.iter().enumerate().flat_map(|(at, one)| {
            let others = group[at..].iter().filter(|other| !agree(one.range, other.range));
            others.map(move |other| (*one, *other))
        });
        let contradicting: Vec<(&Counted<'_>, &Counted<'_>)> = contradicting.collect();
        if contradicting.is_empty() || contradicting.iter().any(|pair| is_explained(&all, *pair)) {
            continue;
        }
        used.extend(&same);
        let about = one.figure.counted.clone();
        let group = others::complete(versions, &group, &every);
        used.extend((0..all.len()).filter(|index| group.iter().any(|it| it.passage == all[*index].passage)));
        out.push(Difference { aspect: Aspect::Figure, about, claims: claims(versions, &group) });
    }
    out
}

/// Returns whether one version has both numbers, for this thing or, if the numbers are large, for any thing.
fn is_explained(all: &[Counted<'_>], (one, other): (&Counted<'_>, &Counted<'_>)) -> bool {
    let has = |version: usize, it: &Counted<'_>| {
        all.iter().any(|found| {
            let same = found.thing == it.thing || it.figure.unit.is_some() || it.number >= LARGE;
            found.passage.version == version && same && found.figure.unit == it.figure.unit && is_same_number(found, it)
        })
    };
    all.iter().any(|found| has(found.passage.version, one) && has(found.passage.version, other))
}

/// Returns whether two figures give the same number, with or without a limit.
fn is_same_number(one: &Counted<'_>, other: &Counted<'_>) -> bool {
    agree(one.range, other.range) && (one.number - other.number).abs() <= APPROXIMATE * one.number.abs()
}

/// Groups the figures with the same number.
fn claims(versions: &[Version<'_>], group: &[&Counted<'_>]) -> Vec<Claim> {
    let mut out: Vec<(&Counted<'_>, Claim)> = Vec::new();
    for it in group {
        if let Some((_, claim)) = out.iter_mut().find(|(first, _)| is_same_number(first, it)) {
            claim.passages.push(it.passage);
            continue;
        }
        let text = shown(it.figure, it.passage.span.of(&versions[it.passage.version].article.text));
        out.push((it, Claim { text, passages: vec![it.passage], later: false }));
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
    let read: Vec<Counted<'_>> = read.iter().flat_map(|version| counted(versions, *version, SURE)).collect();
    let is_new = |it: &Counted<'_>| {
        let has = |other: &Counted<'_>| {
            it.figure.unit == other.figure.unit
                && agree(it.range, other.range)
                && it.thing.iter().any(|word| other.thing.contains(word))
        };
        let sentence = Passage { span: it.sentence, ..it.passage };
        !read.iter().any(has) && !known.has_number(versions, sentence, it.passage.span)
    };
    counted(versions, at, SURE).into_iter().filter(is_new).map(|it| it.passage.span).collect()
}
