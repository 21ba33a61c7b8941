//! Scores the analysis on development files, which others have annotated, one layer at a time.

use crate::eval::quotes::{self, ALL, BLOCKS, Block, IN_MARKS, REPORTED};
use crate::eval::records::{self, Record};
use crate::eval::{ablation, aliases, names, parts, report, system, times};
use clap::ValueEnum;
use dateline_analysis::{Analysis, Analyzer, EntityKind, QuoteKind};
use dateline_core::article::Article;
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

/// Layer of annotations in a development file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Layer {
    /// Quotes: their content and speakers.
    Quotes,
    /// Names of people, organisations and places.
    Names,
    /// Clusters of names that refer to the same entity.
    Aliases,
    /// Parts of speech. The file has one token per line, with the columns word, Penn tag, UPOS, head and label.
    Pos,
    /// Time expressions.
    Times,
    /// Subjects and complement clauses. The file is a treebank with tab-separated columns.
    Syntax,
    /// Stories of the same happening.
    Clusters,
    /// Sentences that repeat other stories of the same happening.
    Novelty,
}

/// Types of names annotated in development files.
const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];

/// Analyses the texts of a file and prints the scores for one layer, followed by at most `mistakes` mistakes. `quoted`
/// is a second annotation of the same texts, on which the words in quotation marks are scored.
///
/// # Errors
/// Returns an error if a file cannot be read or the scores cannot be written.
pub(super) fn score(
    out: &mut dyn Write,
    layer: Layer,
    path: &Path,
    quoted: Option<&Path>,
    mistakes: usize,
) -> anyhow::Result<()> {
    if layer == Layer::Pos {
        return parts::file(out, path);
    }
    let records: Vec<Record> = records::load(path)?;
    let articles: Vec<Article> =
        records.iter().map(|record| system::article(&record.id(), &record.text, record.date())).collect();
    let analyses = system::analyses(&articles, &Analyzer::bundled());
    let pairs = || records.iter().zip(&analyses);
    writeln!(out, "{}: {} texts", path.display(), records.len())?;
    match layer {
        Layer::Quotes => {
            let quoted = quoted.map(records::load::<Record>).transpose()?;
            score_quotes(out, pairs(), quoted.as_deref(), mistakes)?;
        }
        Layer::Names => {
            let mut score = names::Score::default();
            pairs().for_each(|(record, analysis)| {
                score.add(&record.text, &record.names(), &names::found(analysis, &KINDS));
            });
            report::names(out, &score, &KINDS)?;
        }
        Layer::Aliases => {
            let mut score = aliases::Score::default();
            pairs().for_each(|(record, analysis)| score.add(&record.clusters(), &aliases::found(analysis)));
            report::aliases(out, &score)?;
        }
        // The files for these layers contain no records.
        Layer::Pos | Layer::Syntax | Layer::Clusters | Layer::Novelty => {}
        Layer::Times => {
            let mut score = times::Score::default();
            pairs().for_each(|(record, analysis)| {
                score.add(&record.text, &record.times(), &times::found(analysis));
            });
            report::times(out, &score)?;
            report::mistakes(out, "times", &score.mistakes, mistakes)?;
        }
    }
    Ok(())
}

/// Prints by how much each name pass improves the names found in a file.
///
/// # Errors
/// Returns an error if the file cannot be read or the table cannot be written.
pub(super) fn ablation(out: &mut dyn Write, path: &Path) -> anyhow::Result<()> {
    let records: Vec<Record> = records::load(path)?;
    let articles: Vec<Article> =
        records.iter().map(|record| system::article(&record.id(), &record.text, record.date())).collect();
    writeln!(out, "{}: {} texts", path.display(), records.len())?;
    Ok(ablation::of_names(out, &records, &articles, &KINDS)?)
}

/// Scores quotes. Annotators of reported speech and annotators of quotation marks annotate the same text differently.
/// If both annotations exist, words in quotation marks are scored on the second, indirect quotes on the first, and
/// "all" is the sum of both.
fn score_quotes<'a>(
    out: &mut dyn Write,
    pairs: impl Iterator<Item = (&'a Record, &'a Analysis)>,
    quoted: Option<&[Record]>,
    mistakes: usize,
) -> io::Result<()> {
    let in_marks: HashMap<String, &Record> = quoted.unwrap_or_default().iter().map(|one| (one.id(), one)).collect();
    let mut scores = BLOCKS.map(|block| (block, quotes::Score::default()));
    for (record, analysis) in pairs {
        let found = quotes::found(&record.text, analysis);
        let full = record.quotes();
        let marked = in_marks.get(&record.id()).map(|record| record.quotes());
        let judged = |block: Block| {
            let wanted = marked.as_ref().filter(|_| !block.kinds.contains(&QuoteKind::Indirect)).unwrap_or(&full);
            quotes::score(&record.text, wanted, &found, block)
        };
        for (block, score) in &mut scores {
            if marked.is_some() && *block == ALL {
                score.add(&judged(IN_MARKS));
                score.add(&judged(REPORTED));
            } else {
                score.add(&judged(*block));
            }
        }
    }
    report::quotes(out, scores.iter().map(|(block, score)| (*block, score)))?;
    let all = scores.last().map_or(&[][..], |(_, score)| &score.mistakes);
    report::mistakes(out, "quotes", all, mistakes)
}
