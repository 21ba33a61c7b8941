//! Measures the gain from each name pass by leaving that pass out (ablation).

use crate::eval::evaluation::Evaluation;
use crate::eval::gold::Story;
use crate::eval::records::Record;
use crate::eval::{names, system};
use dateline_analysis::{Analysis, Analyzer, EntityKind, training};
use dateline_core::article::Article;
use std::io::{self, Write};

/// Figures of one evaluation, in the order of the columns, from 0 to 1.
type FigureRow<const N: usize> = [f64; N];

/// Prints the figures on the gold set with all name passes, and the loss in each figure when a pass is left out.
///
/// # Errors
/// Returns an error if the table cannot be written.
pub(super) fn of_gold(out: &mut dyn Write, stories: &[Story], articles: &[Article]) -> io::Result<()> {
    let score = |analyses: &[Analysis]| {
        let mut all = Evaluation::default();
        stories.iter().zip(analyses).for_each(|(story, analysis)| all.add(story, analysis));
        let named = all.quotes.last().map_or(0.0, |quotes| quotes.named.f1());
        [all.names.all.f1(), all.names.spans.f1(), all.aliases.figures().2, named]
    };
    table(out, ["names", "spans", "aliases", "speakers"], articles, score)
}

/// Prints the figures for the names of a development file with all name passes, and the loss in each figure when a pass
/// is left out.
///
/// # Errors
/// Returns an error if the table cannot be written.
pub(super) fn of_names(
    out: &mut dyn Write,
    records: &[Record],
    articles: &[Article],
    kinds: &[EntityKind],
) -> io::Result<()> {
    let score = |analyses: &[Analysis]| {
        let mut all = names::Score::default();
        for (record, analysis) in records.iter().zip(analyses) {
            all.add(&record.text, &record.names(), &names::found(analysis, kinds));
        }
        [all.all.f1(), all.spans.f1()]
    };
    table(out, ["names", "spans"], articles, score)
}

fn table<const N: usize>(
    out: &mut dyn Write,
    columns: [&str; N],
    articles: &[Article],
    score: impl Fn(&[Analysis]) -> FigureRow<N>,
) -> io::Result<()> {
    writeln!(out, "{:24}{}", "PASS LEFT OUT", columns.map(|column| format!(" {column:>9}")).concat())?;
    let all = score(&system::analyses(articles, &Analyzer::bundled()));
    writeln!(out, "{:24}{}", "none", all.map(|figure| format!(" {:9.2}", figure * 100.0)).concat())?;
    for (pass, analyzer) in training::ablations() {
        let without = score(&system::analyses(articles, &analyzer));
        let lost: Vec<String> =
            without.iter().zip(all).map(|(figure, all)| format!(" {:+9.2}", (figure - all) * 100.0)).collect();
        writeln!(out, "{pass:24}{}", lost.concat())?;
    }
    Ok(())
}
