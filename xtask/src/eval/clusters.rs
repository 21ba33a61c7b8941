//! Scores the gathering of stories on a development file: `{"id", "cluster", "outlet"?, "published"?, "title"?, "text"}`
//! a line. The stories are added to a library in memory, as the program does.

use super::novelty::third;
use anyhow::Context;
use dateline_analysis::{Analyzer, Options};
use dateline_core::article::{Article, DateSource, Datum, Published};
use dateline_library::{Gather, Incoming, Library};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::Deserialize;
use sha2::{Digest, Sha256};
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

/// Moves happenings into the first of `days` days, by their checksums. The stories of each stay as far apart as they are.
fn squeeze(stories: &[Story], articles: &mut [Article], days: u32) {
    let mut first: HashMap<&str, Date> = HashMap::new();
    for (story, article) in stories.iter().zip(articles.iter()) {
        if let Some(known) = &article.published {
            let first = first.entry(&story.cluster).or_insert(known.date);
            *first = known.date.min(*first);
        }
    }
    for (story, article) in stories.iter().zip(articles) {
        if let (Some(known), Some(first)) = (&mut article.published, first.get(story.cluster.as_str())) {
            let day = checksum(&story.cluster) % u64::from(days.max(1));
            let start = date(2024, 1, 1).saturating_add((day as i64).days());
            known.date = start.saturating_add(known.date - *first);
        }
    }
}

/// Returns the number that the checksum of a name begins with.
pub(crate) fn checksum(name: &str) -> u64 {
    Sha256::digest(name).iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// Gathers the stories of a file, and prints B-cubed precision, recall and F, the share of rows of several stories that
/// are pure, and the share of stories in a row of mostly another happening. With `thirds`, reads only happenings whose
/// checksum, divided by three, leaves one of these remainders; with `days`, moves the happenings into as many days.
///
/// # Errors
/// Returns an error if the file cannot be read or the scores cannot be written.
pub(super) fn score(
    out: &mut dyn Write,
    path: &Path,
    thirds: Option<&[usize]>,
    days: Option<u32>,
) -> anyhow::Result<()> {
    let mut stories = load(path)?;
    stories.retain(|story| thirds.is_none_or(|thirds| thirds.contains(&third(&story.cluster))));
    let mut articles: Vec<Article> = stories.iter().enumerate().map(|(at, story)| story.article(at)).collect();
    if let Some(days) = days {
        squeeze(&stories, &mut articles, days);
    }
    let analyzer = Analyzer::bundled();
    let mut library = Library::open_in_memory()?.gathering(Gather::Stories);
    let mut ids = Vec::new();
    for (position, article) in articles.into_iter().enumerate() {
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
    fn squeezed_happenings_are_in_few_days_and_keep_their_distances() {
        let story = |cluster: &str, day: &str| Story {
            cluster: cluster.to_owned(),
            outlet: None,
            published: (!day.is_empty()).then(|| day.to_owned()),
            title: None,
            text: "A".to_owned(),
        };
        let stories = [("a", "2001-05-07"), ("b", "2015-01-30"), ("a", "2001-05-04"), ("b", "2015-02-01"), ("a", "")];
        let stories = stories.map(|(cluster, day)| story(cluster, day));
        let mut articles: Vec<Article> = stories.iter().enumerate().map(|(at, story)| story.article(at)).collect();
        squeeze(&stories, &mut articles, 2);
        let days: Vec<Option<Date>> = articles.iter().map(|it| it.published.as_ref().map(|known| known.date)).collect();
        let apart = |a: usize, b: usize| (days[a].unwrap() - days[b].unwrap()).get_days();
        assert_eq!((apart(0, 2), apart(3, 1), days[4]), (3, 2, None));
        assert!(apart(2, 1).abs() < 2);
    }

    #[test]
    fn a_wrong_join_costs_precision_and_a_missing_one_recall() {
        assert!(figures(&["a", "a", "b"], &[1, 1, 3]).starts_with("B3 P 100.0 R 100.0 F 100.0, rows 2, pure 100.0 %"));
        assert!(figures(&["a", "a", "b"], &[1, 1, 1]).starts_with("B3 P 55.6 R 100.0"));
        assert!(figures(&["a", "a", "b"], &[1, 2, 3]).starts_with("B3 P 100.0 R 66.7"));
    }
}
