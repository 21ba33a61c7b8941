//! Trains the speaker ranker and fits the confidences: `train quotes DATA… [--judge FILE…]`. Prints how well the
//! confidences do on stories that they were not fitted to.
//!
//! DATA is a folder in the format of the gold set, or a file with one record per line: `{"id", "text", "quotes":
//! [{"start", "end", "speaker_start", "speaker_end"}]}`, with offsets in code points. The ranker learns from folders only;
//! the confidences are fitted to all of DATA. Files after `--judge` are only used for scoring, not for training. Without
//! DATA, nothing is written.

#[path = "quotes/confidence.rs"]
mod confidence;
#[path = "quotes/data.rs"]
mod data;

use data::{Gold, Story};
use dateline_analysis::training::quotes::{Example, examples, parse_weights, print_weights};
use dateline_analysis::training::{Document, Resources};
use dateline_analysis::{Analyzer, QuoteKind};
use dateline_core::Named;
use dateline_core::article::Article;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

/// Number of passes over the training data.
const EPOCHS: usize = 20;
/// Learning rate: how much each mistake changes the weights.
const STEP: f32 = 0.02;
/// Margin by which the score of the correct candidate should exceed all others.
const MARGIN: f32 = 1.0;

/// A quote as judged against the gold set: its rule, its kind, and whether its content and speaker are both correct.
type Judged = (Option<&'static str>, QuoteKind, bool);

/// Trains on the files in `arguments`.
pub(super) fn train(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let split = arguments.iter().position(|argument| argument == "--judge").unwrap_or(arguments.len());
    let resources = Resources::bundled();
    let mut weights = parse_weights(include_str!("../../../crates/analysis/assets/models/quotes.txt"));
    let stories = load(&arguments[..split])?;
    if !stories.is_empty() {
        weights = parse_weights(include_str!("../../../crates/analysis/assets/models/quotes.start.txt"));
        learn(&load_folders(&arguments[..split])?, &resources, &mut weights);
        let judged = judge(&stories, &resources, &weights);
        write(
            "crates/analysis/assets/models/quotes.txt",
            "# Weights of the ranker of speakers, one a line. See quotes.md.",
            &print_weights(&weights),
        )?;
        fit_confidence(&stories, &weights)?;
        report("trained on", &judged);
    }
    for file in arguments.iter().skip(split + 1) {
        report(file, &judge(&load(std::slice::from_ref(file))?, &resources, &weights));
    }
    Ok(())
}

/// Fits the weights of the confidences to `stories` and writes them.
fn fit_confidence(stories: &[Story], weights: &[f32]) -> Result<(), Box<dyn Error>> {
    let start = include_str!("../../../crates/analysis/assets/models/quotes_confidence.start.txt");
    let (names, start) = confidence::parse(start);
    let verdicts = confidence::judge(stories, &Analyzer::bundled(), weights, &names);
    confidence::report(&verdicts, &start);
    let fitted = confidence::fit(&verdicts.iter().collect::<Vec<_>>(), &start);
    let head = "# Log odds that a quotation with an indicator is right: indicator, weight. See quotes.md.";
    write("crates/analysis/assets/models/quotes_confidence.txt", head, &confidence::print(&names, &fitted))
}

fn load(paths: &[String]) -> Result<Vec<Story>, Box<dyn Error>> {
    let mut stories = Vec::new();
    for path in paths {
        let path = Path::new(path);
        stories.extend(if path.is_dir() { data::gold(path)? } else { data::records(path)? });
    }
    Ok(stories)
}

/// Reads only the folders among `paths`.
fn load_folders(paths: &[String]) -> Result<Vec<Story>, Box<dyn Error>> {
    let folders: Vec<String> = paths.iter().filter(|path| Path::new(path).is_dir()).cloned().collect();
    load(&folders)
}

fn write(path: &str, head: &str, body: &str) -> Result<(), Box<dyn Error>> {
    Ok(std::fs::write(path, format!("{head}\n{body}"))?)
}

/// Trains a perceptron with a margin, whose weights are averaged over all steps.
fn learn(stories: &[Story], resources: &Resources, weights: &mut Vec<f32>) {
    let mut sum = vec![0.0; weights.len()];
    let mut steps = 0.0_f32;
    for _ in 0..EPOCHS {
        for story in stories {
            let article = Article::verbatim("", story.text.as_str());
            let document = Document::new(&article, resources);
            for example in examples(&document, weights) {
                let quoted = story.quotes.iter().filter(|gold| !gold.indirect);
                if let Some(gold) = quoted.into_iter().find(|gold| gold.is_same(example.content)) {
                    correct(&example, gold, weights);
                }
            }
            add(&mut sum, weights);
            steps += 1.0;
        }
    }
    let share = 1.0 / steps.max(1.0);
    *weights = sum.iter().map(|sum| sum * share).collect();
}

/// Adds `numbers` to `sum`, element by element.
fn add(sum: &mut [f32], numbers: &[f32]) {
    for (sum, number) in sum.iter_mut().zip(numbers) {
        *sum += number;
    }
}

/// Returns the score of a candidate, which is the weighted sum of its features.
fn score(weights: &[f32], features: &[f32]) -> f32 {
    weights.iter().zip(features).map(|(weight, value)| weight * value).sum()
}

/// Adjusts the weights if the best correct candidate does not beat the best wrong one by the margin.
fn correct(example: &Example, gold: &Gold, weights: &mut [f32]) {
    let Some(speaker) = gold.speaker else { return };
    let best = |right: bool| {
        example
            .candidates
            .iter()
            .filter(|(_, named)| named.is_some_and(|named| named.overlaps(speaker)) == right)
            .map(|(features, _)| (score(weights, features), features))
            .max_by(|one, other| one.0.total_cmp(&other.0))
    };
    if let (Some(right), Some(wrong)) = (best(true), best(false))
        && right.0 < wrong.0 + MARGIN
    {
        for (weight, (right, wrong)) in weights.iter_mut().zip(right.1.iter().zip(wrong.1)) {
            *weight += STEP * (right - wrong);
        }
    }
}

fn judge(stories: &[Story], resources: &Resources, weights: &[f32]) -> Vec<Judged> {
    let mut out = Vec::new();
    for story in stories {
        let article = Article::verbatim("", story.text.as_str());
        let document = Document::new(&article, resources);
        for example in examples(&document, weights) {
            let mut quoted = story.quotes.iter().filter(|gold| !gold.indirect);
            let right = quoted.find(|gold| gold.is_same(example.content)).is_some_and(|gold| match gold.speaker {
                Some(speaker) => example.speaker.is_some_and(|found| found.overlaps(speaker)),
                None => true,
            });
            out.push((example.source, example.kind, right));
        }
    }
    out
}

/// Prints the number of quotes found by each rule, and the proportion of correct ones.
fn report(name: &str, judged: &[Judged]) {
    let mut table: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for (source, kind, right) in judged {
        let cell = table.entry((source.unwrap_or("nobody"), kind.name())).or_default();
        cell.0 += 1;
        cell.1 += usize::from(*right);
    }
    let right = judged.iter().filter(|(_, _, right)| *right).count();
    println!("{name}: {right} of {} right", judged.len());
    for ((source, kind), (of, right)) in table {
        println!("  {source:16} {kind:7} {:5.1} of {of:5}", right as f64 * 100.0 / of as f64);
    }
}
