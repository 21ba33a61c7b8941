//! One story of the list: its article, what was found in it, and where the reader stopped.

use super::findings::Findings;
use super::highlight::Highlights;
use super::page::Anchor;
use crate::analysis::Options;
use crate::article::Article;
use std::sync::Arc;

/// A story.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// The article; for a source that could not be read its text is the reason.
    pub article: Arc<Article>,
    /// Whether the source could not be read.
    pub failed: bool,
    /// What was found in it, once it was analysed.
    pub findings: Option<Arc<Findings>>,
    /// Counts the requests for analysis: an answer to an older one is dropped.
    pub generation: u32,
    /// Whether the answer to the last request is still to come.
    pub asked: bool,
    /// What the reader set.
    pub options: Options,
    /// Where the reader stopped.
    pub anchor: Option<Anchor>,
    /// What the reader marked in it.
    pub highlights: Highlights,
    /// Whether the reader opened it.
    pub read: bool,
}

impl Story {
    /// A story that was not analysed yet.
    #[must_use]
    pub fn new(article: Article) -> Self {
        Self { article: Arc::new(article), ..Self::default() }
    }

    /// A source that could not be read, as a story that says why.
    #[must_use]
    pub fn failure(name: &str, reason: &str) -> Self {
        let mut article = Article::verbatim(name, format!("This could not be read: {reason}."));
        article.headline = Some(crate::article::Datum::given(name.to_owned()));
        Self { failed: true, findings: Some(Arc::default()), ..Self::new(article) }
    }

    /// What the list says under the title: when and from whom.
    #[must_use]
    pub fn about(&self) -> String {
        if self.failed {
            return "could not be read".to_owned();
        }
        let reference = self.findings.as_ref().and_then(|findings| findings.analysis.reference.as_ref());
        let date = self.article.published.as_ref().map(|published| published.date);
        let date = date.or_else(|| reference.map(|reference| reference.date)).map(super::dates::short);
        let publisher = self.article.publisher.as_ref().map(|publisher| publisher.value.clone());
        let section = || self.article.section.last().cloned();
        let parts: Vec<String> = date.into_iter().chain(publisher.or_else(section)).collect();
        parts.join(" · ")
    }
}
