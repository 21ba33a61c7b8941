//! Scores which sentences are dimmed because a version read before has them, on a development file:
//! `{"id", "cluster", "document", "before": [document, …], "text", "label": "known" | "new"}` a line. The texts of the
//! documents are in a file of stories.

use crate::eval::mistakes::Mistake;
use crate::eval::{records, report, system};
use anyhow::Context;
use dateline_analysis::{Analysis, Analyzer, Version, novelty};
use dateline_core::article::Article;
use dateline_core::text::{Span, fold, folded};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

/// Sentence with its annotation.
#[derive(Debug, Deserialize)]
struct Sentence {
    id: String,
    /// Name of the happening.
    cluster: String,
    /// ID of the story that contains the sentence.
    document: String,
    /// IDs of the stories that were read before.
    before: Vec<String>,
    text: String,
    label: Label,
}

/// Judgement of the annotators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Label {
    /// Every event of the sentence was reported before.
    Known,
    /// Some event is new.
    New,
}

/// Text of a story.
#[derive(Debug, Deserialize)]
struct Document {
    id: String,
    text: String,
}

/// Numbers of sentences.
#[derive(Debug, Default, PartialEq, Eq)]
struct Score {
    all: usize,
    dimmed: usize,
    /// Dimmed sentences whose events were reported before.
    right: usize,
    /// Dimmed sentences that have a new event according to the annotators, although an earlier story has the same words.
    copied: usize,
    /// Sentences that are not in their document as written.
    missing: usize,
}

impl Score {
    fn text(&self) -> String {
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        format!(
            "{} sentences ({} missing), dimmed {} ({:.1} %), told before {} ({:.1} %), or copied {} ({:.1} %)",
            self.all,
            self.missing,
            self.dimmed,
            percent(self.dimmed, self.all),
            self.right,
            percent(self.right, self.dimmed),
            self.right + self.copied,
            percent(self.right + self.copied, self.dimmed),
        )
    }
}

/// Scores the dimmed sentences of a file of sentences, and lists up to `mistakes` that say something new. `stories` is the
/// file of stories. With `thirds`, reads only happenings whose checksum, divided by three, leaves one of these
/// remainders.
///
/// # Errors
/// Returns an error if a file cannot be read or the scores cannot be written.
pub(super) fn score(
    out: &mut dyn Write,
    path: &Path,
    stories: &Path,
    thirds: Option<&[usize]>,
    mistakes: usize,
) -> anyhow::Result<()> {
    let mut sentences: Vec<Sentence> = records::load(path)?;
    sentences.retain(|sentence| thirds.is_none_or(|thirds| thirds.contains(&third(&sentence.cluster))));
    let is_used = |id: &str| sentences.iter().any(|one| one.document == id || one.before.iter().any(|it| it == id));
    let documents: Vec<Document> = records::load(stories)?;
    let articles: Vec<Article> =
        documents.iter().filter(|one| is_used(&one.id)).map(|one| Article::verbatim(&one.id, &one.text)).collect();
    let analyses = system::analyses(&articles, &Analyzer::bundled());
    let pairs = articles.iter().zip(&analyses);
    let by_id: HashMap<&str, (&Article, &Analysis)> = pairs.map(|pair| (pair.0.id.as_str(), pair)).collect();
    let mut score = Score::default();
    let mut wrong = Vec::new();
    for sentence in &sentences {
        score.all += 1;
        match repeated(sentence, &by_id)? {
            Comparison::Missing => score.missing += 1,
            Comparison::New => {}
            Comparison::Dimmed(earlier) => {
                score.dimmed += 1;
                score.right += usize::from(sentence.label == Label::Known);
                let is_copied = sentence.label == Label::New && letters(&earlier).contains(&letters(&sentence.text));
                score.copied += usize::from(is_copied);
                if sentence.label == Label::New && !is_copied {
                    let wanted = format!("{} {}", sentence.id, folded(&sentence.text));
                    wrong.push(Mistake { what: "dimmed", wanted, found: folded(&earlier) });
                }
            }
        }
    }
    writeln!(out, "{}: {}", path.display(), score.text())?;
    report::mistakes(out, "novelty", &wrong, mistakes)?;
    Ok(())
}

/// Returns the letters and digits of a text in lower case.
fn letters(text: &str) -> String {
    fold(text).chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Returns the remainder of a name's SHA-256 checksum, divided by three.
pub(super) fn third(name: &str) -> usize {
    // 256 leaves the remainder 1, so the bytes can be added.
    Sha256::digest(name).iter().map(|byte| usize::from(*byte)).sum::<usize>() % 3
}

/// A sentence compared with the stories read before.
#[derive(Debug, PartialEq)]
enum Comparison {
    /// Its document does not contain it.
    Missing,
    New,
    /// At least half of it is dimmed. Holds the words that it repeats.
    Dimmed(String),
}

/// Compares a sentence with the stories read before.
fn repeated(sentence: &Sentence, stories: &HashMap<&str, (&Article, &Analysis)>) -> anyhow::Result<Comparison> {
    let ids: Vec<&str> = std::iter::once(&sentence.document).chain(&sentence.before).map(String::as_str).collect();
    let version = |id: &&str| {
        let (article, analysis) = *stories.get(id).with_context(|| format!("no story {id}"))?;
        anyhow::Ok(Version { article, analysis })
    };
    let versions: Vec<Version<'_>> = ids.iter().map(version).collect::<anyhow::Result<_>>()?;
    let Some(own) = versions.first() else { return Ok(Comparison::Missing) };
    let Some(start) = own.article.text.find(&sentence.text) else { return Ok(Comparison::Missing) };
    let span = Span::new(start, start + sentence.text.len());
    let read: Vec<usize> = (1..versions.len()).collect();
    let found = novelty(&versions, 0, &read).repeated;
    let overlap = |other: Span| other.end.min(span.end).saturating_sub(other.start.max(span.start));
    let dimmed: usize = found.iter().map(|(repeated, _)| overlap(*repeated)).sum();
    let earlier = found.iter().max_by_key(|(repeated, _)| overlap(*repeated));
    let words = earlier.filter(|_| 2 * dimmed >= span.len()).map(|(_, passage)| {
        versions.get(passage.version).map_or("", |version| passage.span.of(&version.article.text)).to_owned()
    });
    Ok(words.map_or(Comparison::New, Comparison::Dimmed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dimmed_sentence_is_right_if_its_events_were_reported() {
        let text = "Divers found the bell of the Marrow in the harbour of Ostrel Quay on Tuesday.";
        let analyzer = Analyzer::bundled();
        let articles = [("a", text.to_owned()), ("b", format!("{text} It weighs forty kilograms."))]
            .map(|(id, text)| Article::verbatim(id, text));
        let analyses = system::analyses(&articles, &analyzer);
        let stories: HashMap<_, _> = articles.iter().zip(&analyses).map(|pair| (pair.0.id.as_str(), pair)).collect();
        let sentence = |text: &str| Sentence {
            id: "b#0".to_owned(),
            cluster: "1".to_owned(),
            document: "b".to_owned(),
            before: vec!["a".to_owned()],
            text: text.to_owned(),
            label: Label::Known,
        };
        assert_eq!(repeated(&sentence(text), &stories).unwrap(), Comparison::Dimmed(text.to_owned()));
        assert_eq!(repeated(&sentence("It weighs forty kilograms."), &stories).unwrap(), Comparison::New);
        assert_eq!(repeated(&sentence("It floats."), &stories).unwrap(), Comparison::Missing);
        assert!(repeated(&Sentence { before: vec!["c".to_owned()], ..sentence(text) }, &stories).is_err());
    }

    #[test]
    fn the_happenings_are_split_by_checksum() {
        let thirds: Vec<usize> = ["36ecb", "36ecbplus", "10ecb", "10ecbplus"].map(third).into();
        assert_eq!(thirds, [2, 0, 1, 1]);
        assert_eq!(
            Score { all: 4, dimmed: 4, right: 2, copied: 1, missing: 0 }.text(),
            "4 sentences (0 missing), dimmed 4 (100.0 %), told before 2 (50.0 %), or copied 3 (75.0 %)"
        );
    }
}
