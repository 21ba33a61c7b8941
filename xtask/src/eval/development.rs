//! Scores development files: records annotated by others, one layer at a time.

use crate::eval::quotes::{self, ALL, BLOCKS, Block, IN_MARKS, REPORTED};
use crate::eval::records::{self, Record};
use crate::eval::{ablation, aliases, names, parts, report, system, times};
use clap::ValueEnum;
use dateline_analysis::{Analysis, Analyzer, EntityKind, QuoteKind};
use dateline_core::article::Article;
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::Path;

/// Layers of annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Layer {
    /// Contents and speakers of quotes.
    Quotes,
    /// People, organisations and places.
    Names,
    /// Names grouped by entity.
    Aliases,
    /// Parts of speech, in a file of one token a line: word, Penn tag, UPOS, head, label.
    Pos,
    /// Time expressions.
    Times,
    /// Subjects and complement clauses, in a treebank with tabs between its columns.
    Syntax,
}

/// Name types annotated in such files.
const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];

/// Analyses the texts of a file and prints the scores of one layer, followed by up to `mistakes` mistakes. `quoted` is
/// a second annotation of the same texts, used to score the words in quotation marks.
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
    let records = records::load(path)?;
    let articles: Vec<Article> =
        records.iter().map(|record| system::article(&record.id(), &record.text, record.date())).collect();
    let analyses = system::analyses(&articles, &Analyzer::bundled());
    let pairs = || records.iter().zip(&analyses);
    writeln!(out, "{}: {} texts", path.display(), records.len())?;
    match layer {
        Layer::Quotes => {
            let quoted = quoted.map(records::load).transpose()?;
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
        // Their files have no records.
        Layer::Pos | Layer::Syntax => {}
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

/// Prints how much each name pass improves the names found in a file.
///
/// # Errors
/// Returns an error if the file cannot be read or the table cannot be written.
pub(super) fn ablation(out: &mut dyn Write, path: &Path) -> anyhow::Result<()> {
    let records = records::load(path)?;
    let articles: Vec<Article> =
        records.iter().map(|record| system::article(&record.id(), &record.text, record.date())).collect();
    writeln!(out, "{}: {} texts", path.display(), records.len())?;
    Ok(ablation::of_names(out, &records, &articles, &KINDS)?)
}

/// Scores quotes. Annotators of reported speech and annotators of quotation marks see different things in the same
/// text. If both have annotated it, the words in quotation marks are scored on the second annotation, the reports on
/// the first, and "all" is the sum.
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
