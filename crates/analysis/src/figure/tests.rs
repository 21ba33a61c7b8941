//! Tests of the figures on whole sentences.

use super::Figure;
use crate::testing::ANALYZER;
use crate::{Analysis, Options};
use dateline_core::article::Article;

fn analyse(text: &str) -> Analysis {
    ANALYZER.analyze(&Article::verbatim("a", text), &Options::default())
}

/// Smallest confidence of a figure that has a row on the screen.
const SHOWN: f32 = 0.7;

/// Formats a figure as in `assets/figures/sentences.txt`.
fn row(figure: &Figure) -> String {
    let number = match (figure.value, figure.low, figure.high) {
        (Some(value), Some(_), _) => format!(">={value}"),
        (Some(value), _, Some(_)) => format!("<={value}"),
        (Some(value), _, _) => value.to_string(),
        (None, low, high) => format!("{}..{}", low.unwrap_or_default(), high.unwrap_or_default()),
    };
    let hidden = if figure.confidence < SHOWN { "?" } else { "" };
    format!("{hidden}{number}|{}|{}", figure.unit.as_deref().unwrap_or_default(), figure.counted)
}

#[test]
fn every_sentence_has_its_figures() {
    let mut wrong = Vec::new();
    let file = include_str!("../../assets/figures/sentences.txt");
    for line in file.lines().filter(|line| !line.starts_with("# ")) {
        let Some((sentence, expected)) = line.split_once('\t') else { continue };
        let figures: Vec<String> = analyse(sentence).figures.iter().map(row).collect();
        let found = if figures.is_empty() { "-".to_owned() } else { figures.join("; ") };
        if found != expected {
            wrong.push(format!("{sentence}\n  expected {expected}\n  found    {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_number_is_shown_with_its_clause_and_source() {
    let mut wrong = Vec::new();
    let file = include_str!("../../assets/figures/clauses.txt");
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [text, number, words, source] = cells[..] else { panic!("{line}") };
        let analysis = analyse(text);
        let found = analysis.figures.iter().rev().find(|figure| figure.span.of(text) == number).map(|figure| {
            let hidden = if figure.confidence < SHOWN { "?" } else { "" };
            let shown = figure.words(text, &analysis);
            let source = figure.speaker(&analysis).map_or("-", |speaker| speaker.name.as_str());
            (format!("{hidden}{}⟦{}⟧{}", shown.before, shown.number, shown.after), source.to_owned())
        });
        let expected = (words.to_owned(), source.to_owned());
        if found.as_ref() != Some(&expected) {
            wrong.push(format!("{text}\n  expected {expected:?}\n  found    {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
