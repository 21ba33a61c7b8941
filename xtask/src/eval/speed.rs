//! Measures the speed of each stage of the analysis, in megabytes of text per second on a single thread.

use crate::eval::records::{self, Record};
use crate::eval::system;
use dateline_analysis::{Analyzer, Options};
use dateline_core::article::Article;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// Number of rounds over all texts. The fastest round counts.
const ROUNDS: usize = 3;

/// Stages of the analysis in order, with the time that each took.
type Times = Vec<(&'static str, Duration)>;

/// Analyses the texts of a file of records and prints the speed of each stage.
///
/// # Errors
/// Returns an error if the file cannot be read or the report cannot be written.
pub(super) fn report(out: &mut dyn Write, path: &Path) -> anyhow::Result<()> {
    let records: Vec<Record> = records::load(path)?;
    let articles: Vec<Article> =
        records.iter().map(|record| system::article(&record.id(), &record.text, record.date())).collect();
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let analyzer = Analyzer::bundled();
    let mut fastest = Times::new();
    for _ in 0..ROUNDS {
        let mut spent = Times::new();
        for article in &articles {
            merge(&mut spent, stages(article, &analyzer), |all, now| all + now);
        }
        merge(&mut fastest, spent, Ord::min);
    }
    writeln!(out, "{} texts, {:.2} MB, the fastest of {ROUNDS} rounds", articles.len(), bytes as f64 / 1e6)?;
    let all = fastest.iter().map(|(_, spent)| *spent).sum();
    for (stage, spent) in fastest.into_iter().chain([("all", all)]) {
        let speed = bytes as f64 / 1e6 / spent.as_secs_f64();
        let share = spent.as_secs_f64() / all.as_secs_f64() * 100.0;
        writeln!(out, "  {stage:28} {speed:9.2} MB/s  {share:5.1} %")?;
    }
    Ok(())
}

/// Analyses an article. Returns the time that each stage took.
fn stages(article: &Article, analyzer: &Analyzer) -> Times {
    let mut times = Times::new();
    let mut started = Instant::now();
    let _ = analyzer.analyze_in_stages(article, &Options::default(), |stage| {
        times.push((stage, started.elapsed()));
        started = Instant::now();
    });
    times
}

/// Merges the time of each stage into that of earlier runs, using `how`.
fn merge(all: &mut Times, new: Times, how: impl Fn(Duration, Duration) -> Duration) {
    if all.is_empty() {
        *all = new;
    } else {
        for ((_, all), (_, new)) in all.iter_mut().zip(new) {
            *all = how(*all, new);
        }
    }
}
