//! Scores the gathering of stories on a development file: `{"id", "cluster", "outlet"?, "published"?, "title"?, "text"}`
//! a line. The stories are added to a library in memory, as the program does.

use anyhow::Context;
use dateline_analysis::{Analyzer, Options};
use dateline_core::article::{Article, DateSource, Datum, Published};
use dateline_library::{Gather, Incoming, Library};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::Write;
use std::path::Path;

/// A story of a development file.
#[derive(Debug, Deserialize)]
pub(crate) struct Story {
    /// Name of the happening.
    pub(crate) cluster: String,
    outlet: Option<String>,
    published: Option<String>,
    title: Option<String>,
    text: String,
}

impl Story {
    /// Returns the story as an article, whose ID is its position in the file.
    pub(crate) fn article(&self, position: usize) -> Article {
        let date = self.published.as_deref().and_then(|day| day.get(..10)).and_then(|day| day.parse::<Date>().ok());
        let published = date.map(|date| Published { date, moment: None, source: DateSource::Metadata, evidence: None });
        Article {
            headline: self.title.clone().map(Datum::given),
            publisher: self.outlet.clone().map(Datum::given),
            published,
            ..Article::verbatim(position.to_string(), &self.text)
        }
    }
}

/// Reads the stories of a file.
///
/// # Errors
/// Returns an error if the file cannot be read or a line is not a story.
pub(crate) fn load(path: &Path) -> anyhow::Result<Vec<Story>> {
    let file = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let story = |(line, words)| serde_json::from_str(words).with_context(|| format!("{}:{}", path.display(), line + 1));
    file.lines().enumerate().map(story).collect()
}

/// Gathers the stories of a file, and prints B-cubed precision, recall and F, the share of rows of several stories that
/// are pure, and the share of stories in a row of mostly another happening.
///
/// # Errors
/// Returns an error if the file cannot be read or the scores cannot be written.
pub(super) fn score(out: &mut dyn Write, path: &Path) -> anyhow::Result<()> {
    let stories = load(path)?;
    let analyzer = Analyzer::bundled();
    let mut library = Library::open_in_memory()?.gathering(Gather::Stories);
    let mut ids = Vec::new();
    for (position, story) in stories.iter().enumerate() {
        let article = story.article(position);
        let analysis = analyzer.analyze(&article, &Options::default());
        let incoming = Incoming::new(article, analysis, &position.to_string());
        ids.push(library.add(&[incoming.prepare()?])?.first().map_or(0, |added| added.id));
    }
    let mut row_of: HashMap<i64, i64> = ids.iter().map(|id| (*id, *id)).collect();
    for cluster in library.clusters(&ids)? {
        row_of.extend(cluster.members.iter().map(|member| (member.row.id, cluster.id)));
    }
    let rows: Vec<i64> = ids.iter().map(|id| row_of.get(id).copied().unwrap_or(*id)).collect();
    let gold: Vec<&str> = stories.iter().map(|story| story.cluster.as_str()).collect();
    let figures = figures(&gold, &rows);
    writeln!(out, "{}: {} stories, {}", path.display(), stories.len(), figures)?;
    Ok(())
}

/// Computes and formats the figures of a gathering.
fn figures(gold: &[&str], rows: &[i64]) -> String {
    let mut by_row: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
    for (kind, row) in gold.iter().zip(rows) {
        by_row.entry(*row).or_default().push(kind);
    }
    let count = |all: &[&str], kind: &str| all.iter().filter(|other| **other == kind).count() as f64;
    let (mut precision, mut recall, mut hidden) = (0.0, 0.0, 0.0);
    for members in by_row.values() {
        for kind in members {
            precision += count(members, kind) / members.len() as f64;
            recall += count(members, kind) / count(gold, kind);
        }
        hidden += members.len() as f64 - members.iter().map(|kind| count(members, kind)).fold(0.0, f64::max);
    }
    let stories = gold.len().max(1) as f64;
    let (precision, recall, hidden) = (precision / stories, recall / stories, hidden / stories);
    let several: Vec<&Vec<&str>> = by_row.values().filter(|members| members.len() > 1).collect();
    let pure = several.iter().filter(|members| members.iter().collect::<BTreeSet<_>>().len() == 1).count();
    format!(
        "B3 P {:.1} R {:.1} F {:.1}, rows {}, pure {:.1} %, of another happening {:.1} %",
        100.0 * precision,
        100.0 * recall,
        200.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE),
        by_row.len(),
        100.0 * pure as f64 / several.len().max(1) as f64,
        100.0 * hidden,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_join_costs_precision_and_a_missing_one_recall() {
        assert!(figures(&["a", "a", "b"], &[1, 1, 3]).starts_with("B3 P 100.0 R 100.0 F 100.0, rows 2, pure 100.0 %"));
        assert!(figures(&["a", "a", "b"], &[1, 1, 1]).starts_with("B3 P 55.6 R 100.0"));
        assert!(figures(&["a", "a", "b"], &[1, 2, 3]).starts_with("B3 P 100.0 R 66.7"));
    }
}
