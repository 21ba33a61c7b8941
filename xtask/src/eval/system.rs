//! Runs the analysis on verbatim texts for scoring.

use dateline_analysis::{Analysis, Analyzer, Options};
use dateline_core::article::{Article, DateSource, Published};
use jiff::civil::Date;
use rayon::prelude::*;

/// Creates an article with the text and date of a record.
#[must_use]
pub(super) fn article(id: &str, text: &str, published: Option<Date>) -> Article {
    let published =
        published.map(|date| Published { date, moment: None, source: DateSource::Metadata, evidence: None });
    Article { published, ..Article::verbatim(id, text) }
}

/// Analyses articles in parallel. Returns the results in the order of the articles.
#[must_use]
pub(super) fn analyses(articles: &[Article], analyzer: &Analyzer) -> Vec<Analysis> {
    articles.par_iter().map(|article| analyzer.analyze(article, &Options::default())).collect()
}
