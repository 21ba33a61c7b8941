//! Runs the analysis on verbatim texts.

use dateline_analysis::{Analysis, Analyzer, Options};
use dateline_core::article::{Article, DateSource, Published};
use jiff::civil::Date;
use rayon::prelude::*;

/// Builds an article from a record: its text verbatim, its date from the record.
#[must_use]
pub(super) fn article(id: &str, text: &str, published: Option<Date>) -> Article {
    let published =
        published.map(|date| Published { date, moment: None, source: DateSource::Metadata, evidence: None });
    Article { published, ..Article::verbatim(id, text) }
}

/// Analyses articles, keeping their order.
#[must_use]
pub(super) fn analyses(articles: &[Article], analyzer: &Analyzer) -> Vec<Analysis> {
    articles.par_iter().map(|article| analyzer.analyze(article, &Options::default())).collect()
}
