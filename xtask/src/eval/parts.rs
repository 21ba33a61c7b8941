//! Scores parts of speech: the proportions of correct tags and word classes, and the finite verbs. Only tokens that are
//! also tokens of the treebank count.

use crate::eval::measure::{Share, Tally};
use crate::treebank::{self, Annotated};
use dateline_analysis::training::pos::{self, PennTag};
use dateline_analysis::training::{Document, Resources};
use dateline_core::Named;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// Counts for one or more texts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    /// Proportion of tokens whose tag is that of the treebank.
    tags: Share,
    /// Proportion of tokens whose tag is in the same group as the treebank's tag.
    groups: Share,
    /// Proportion of tokens whose word class agrees with the treebank's tag.
    classes: Share,
    /// Proportions of tokens with a correct group and with a correct word class, by the treebank's group.
    by_group: BTreeMap<&'static str, (Share, Share)>,
    /// Finite verbs, as recognised by their tags.
    finite: Tally,
    /// Finite verbs, as recognised by their word classes.
    finite_classes: Tally,
    /// Number of confusions of two tags: the treebank's and ours.
    confusions: BTreeMap<(PennTag, PennTag), usize>,
}

/// Function that computes a figure, from 0 to 1.
type Figure = fn(&Score) -> f64;

/// Number of bootstrap samples for a confidence interval.
const SAMPLES: u64 = 1000;

/// Groups of Penn tags that correspond to our word classes.
const GROUPS: [(&str, &[&str]); 20] = [
    ("noun", &["NN", "FW"]),
    ("plural noun", &["NNS"]),
    ("name", &["NNP", "NNPS"]),
    ("pronoun", &["PRP", "EX"]),
    ("possessive", &["PRP$", "POS"]),
    ("determiner", &["DT", "PDT"]),
    ("adjective", &["JJ", "JJR", "JJS"]),
    ("adverb", &["RB", "RBR", "RBS", "RP"]),
    ("bare verb", &["VB"]),
    ("present", &["VBP", "VBZ"]),
    ("past", &["VBD"]),
    ("participle", &["VBN"]),
    ("gerund", &["VBG"]),
    ("modal", &["MD"]),
    ("to", &["TO"]),
    ("preposition", &["IN"]),
    ("conjunction", &["CC"]),
    ("wh-word", &["WDT", "WP", "WP$", "WRB"]),
    ("number", &["CD", "LS"]),
    ("interjection", &["UH"]),
];

/// Returns the group of a tag. A tag in no group belongs to "mark".
fn group(tag: PennTag) -> &'static str {
    GROUPS.iter().find(|(_, names)| names.contains(&tag.name())).map_or("mark", |(group, _)| group)
}

/// Returns whether a tag marks a finite verb: VBD, VBP, VBZ or a modal.
const fn is_finite(tag: PennTag) -> bool {
    matches!(tag, PennTag::Vbd | PennTag::Vbp | PennTag::Vbz | PennTag::Md)
}

/// Scores the tags of one text.
pub(crate) fn score(text: &Annotated, document: &Document<'_>, tags: &[PennTag]) -> Score {
    let mut score = Score::default();
    for (index, gold) in text.gold(document).iter().enumerate() {
        let Some(gold) = gold.filter(|gold| gold.exact).map(|gold| gold.tag) else { continue };
        let tag = tags.get(index).copied().unwrap_or_default();
        let same = group(tag) == group(gold);
        let (agrees, is_finite_class) = pos::judge_class(document, index, gold);
        score.tags.count(tag == gold);
        score.groups.count(same);
        score.classes.count(agrees);
        let (groups, classes) = score.by_group.entry(group(gold)).or_default();
        groups.count(same);
        classes.count(agrees);
        count_finite(&mut score.finite, is_finite(tag), is_finite(gold));
        count_finite(&mut score.finite_classes, is_finite_class, is_finite(gold));
        if tag != gold {
            *score.confusions.entry((gold, tag)).or_default() += 1;
        }
    }
    score
}

fn count_finite(tally: &mut Tally, system: bool, gold: bool) {
    *tally += Tally { right: usize::from(system && gold), system: usize::from(system), gold: usize::from(gold) };
}

/// Returns the sum of several scores.
fn sum<'a>(scores: impl Iterator<Item = &'a Score>) -> Score {
    let mut all = Score::default();
    for score in scores {
        all.tags += score.tags;
        all.groups += score.groups;
        all.classes += score.classes;
        all.finite += score.finite;
        all.finite_classes += score.finite_classes;
        for (group, (tags, classes)) in &score.by_group {
            let place = all.by_group.entry(group).or_default();
            place.0 += *tags;
            place.1 += *classes;
        }
        for (pair, count) in &score.confusions {
            *all.confusions.entry(*pair).or_default() += count;
        }
    }
    all
}

/// Returns the bounds of a 90 % confidence interval for a figure, by bootstrap resampling of whole texts.
fn interval(scores: &[Score], figure: Figure) -> (f64, f64) {
    let mut chance = 1_u64;
    let mut draw = || {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 33) as usize % scores.len().max(1)
    };
    let mut figures: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let drawn: Vec<usize> = scores.iter().map(|_| draw()).collect();
            figure(&sum(drawn.into_iter().filter_map(|index| scores.get(index))))
        })
        .collect();
    figures.sort_by(f64::total_cmp);
    let at = |share: usize| figures.get(figures.len() * share / 100).copied().unwrap_or_default();
    (at(5), at(95))
}

/// Prints the figures for several texts. If `full` is `true`, also prints the figures for each group and the most
/// common confusions.
pub(crate) fn report(out: &mut dyn Write, title: &str, scores: &[Score], full: bool) -> io::Result<()> {
    let all = sum(scores.iter());
    let figures: [(&str, Figure); 5] = [
        ("tags", |score| score.tags.value()),
        ("classes, learnt", |score| score.groups.value()),
        ("classes, by rules", |score| score.classes.value()),
        ("finite verbs F, learnt", |score| score.finite.f1()),
        ("finite verbs F, by rules", |score| score.finite_classes.f1()),
    ];
    writeln!(out, "{title}: {} texts, {} tokens", scores.len(), all.tags.of)?;
    for (name, figure) in figures {
        let (low, high) = interval(scores, figure);
        writeln!(out, "  {name:26} {:6.2}  [{:.2}, {:.2}]", figure(&all) * 100.0, low * 100.0, high * 100.0)?;
    }
    if !full {
        return Ok(());
    }
    writeln!(out, "  {:16} {:22} {:22}", "class", "learnt", "by rules")?;
    for (group, (tags, classes)) in &all.by_group {
        writeln!(out, "  {group:16} {:22} {:22}", tags.to_string(), classes.to_string())?;
    }
    let mut pairs: Vec<_> = all.confusions.iter().collect();
    pairs.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    for ((gold, tag), count) in pairs.into_iter().take(20) {
        writeln!(out, "  {count:5} {} taken for {}", gold.name(), tag.name())?;
    }
    Ok(())
}

/// Scores the bundled weights on a file of tagged texts.
///
/// # Errors
/// Returns an error if the file cannot be read or the report cannot be written.
pub(super) fn file(out: &mut dyn Write, path: &Path) -> anyhow::Result<()> {
    let texts = treebank::read(&path.display().to_string()).map_err(anyhow::Error::msg)?;
    let resources = Resources::bundled();
    let scores: Vec<Score> = texts
        .iter()
        .map(|text| {
            let document = Document::new(&text.article, &resources);
            score(text, &document, &pos::tags(&document, None))
        })
        .collect();
    Ok(report(out, &path.display().to_string(), &scores, true)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 1e-9
    }

    #[test]
    fn tags_of_one_group_are_as_right_as_each_other() {
        let tag = |name: &str| name.parse::<PennTag>().map(group);
        assert_eq!(tag("VBP"), tag("VBZ"));
        assert_ne!(tag("VBD"), tag("VBN"));
        assert_eq!(tag(","), Ok("mark"));
    }

    #[test]
    fn an_interval_holds_the_figure_and_has_no_width_without_variance() {
        let score = |right, of| Score { tags: Share { right, of }, ..Score::default() };
        let figure: Figure = |score| score.tags.value();
        let (low, high) = interval(&[score(9, 10), score(9, 10)], figure);
        assert!(near(low, 0.9) && near(high, 0.9));
        let (low, high) = interval(&[score(5, 10), score(10, 10), score(9, 10)], figure);
        assert!(low < 0.8 && high > 0.8);
    }
}
