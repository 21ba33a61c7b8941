//! One story of the list: its article, what was found in it, and where the reader stopped.

use super::findings::Findings;
use super::highlight::Highlights;
use super::mark::{Layer, Mark, Tint};
use super::page::Anchor;
use super::theme::Role;
use crate::analysis::{Analysis, Correction, Options, correction};
use crate::article::{Article, Footnote, footnotes};
use crate::library::Row;
use std::sync::Arc;

/// What the library tells of a story before it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "independent marks, not states")]
pub struct Kept {
    /// Its number in the library.
    pub id: i64,
    /// Its title.
    pub title: String,
    /// When and from whom.
    pub about: String,
    /// Whether it is starred.
    pub starred: bool,
    /// Whether it was put away.
    pub archived: bool,
    /// Whether it lies in the bin.
    pub binned: bool,
    /// Whether it was read, as the library has it.
    pub read: bool,
    /// Whether the article itself is here.
    pub loaded: bool,
}

impl Kept {
    /// What a row of the library tells.
    #[must_use]
    pub fn new(row: Row) -> Self {
        let date = row.published.as_deref().and_then(|moment| moment.get(..10)).and_then(|day| day.parse().ok());
        let parts: Vec<String> = date.map(super::dates::short).into_iter().chain(row.publisher).collect();
        Self {
            id: row.id,
            title: row.headline,
            about: parts.join(" · "),
            starred: row.starred,
            archived: row.archived,
            binned: row.binned_at.is_some(),
            read: row.read,
            loaded: false,
        }
    }
}

/// A story.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// What the library tells of it; nothing for a story that is not kept there.
    pub kept: Option<Box<Kept>>,
    /// The article; for a source that could not be read its text is the reason.
    pub article: Arc<Article>,
    /// Whether the source could not be read.
    pub failed: bool,
    /// What was found in it, once it was analysed, with the corrections applied.
    pub findings: Option<Arc<Findings>>,
    /// What the reader put right by hand, in order.
    pub corrections: Vec<Correction>,
    /// The analysis without the corrections, when there were any.
    uncorrected: Option<Arc<Analysis>>,
    /// Counts the requests for analysis: an answer to an older one is dropped.
    pub generation: u32,
    /// Whether the answer to the last request is still to come.
    pub asked: bool,
    /// What the reader set.
    pub options: Options,
    /// Where the reader stopped.
    pub anchor: Option<Anchor>,
    /// Its links and the marks of its footnotes, as marks.
    pub links: Layer,
    /// Its footnotes, in the order of their marks.
    pub footnotes: Vec<Footnote>,
    /// What the reader marked in it.
    pub highlights: Highlights,
    /// Whether the reader opened it.
    pub read: bool,
}

impl Story {
    /// A story that was not analysed yet.
    #[must_use]
    pub fn new(article: Article) -> Self {
        let mut story = Self::default();
        story.show(article);
        story
    }

    /// Shows this article.
    pub fn show(&mut self, article: Article) {
        self.footnotes = footnotes(&article);
        let leading = article.links.iter().map(|link| link.span).chain(self.footnotes.iter().map(|note| note.mark));
        self.links = Layer::new(leading.map(|span| Mark { span, tint: Tint::Role(Role::Link) }).collect());
        self.article = Arc::new(article);
    }

    /// A story of the library that was not opened yet; `article` is one without text.
    #[must_use]
    pub fn kept(row: Row, article: &Arc<Article>) -> Self {
        let kept = Kept::new(row);
        Self { article: article.clone(), read: kept.read, kept: Some(Box::new(kept)), ..Self::default() }
    }

    /// Whether its text is still in the library alone.
    #[must_use]
    pub fn is_unopened(&self) -> bool {
        self.kept.as_ref().is_some_and(|kept| !kept.loaded)
    }

    /// What it is called.
    #[must_use]
    pub fn title(&self) -> &str {
        match &self.kept {
            Some(kept) if !kept.loaded => &kept.title,
            _ => self.article.title(),
        }
    }

    /// A source that could not be read, as a story that says why.
    #[must_use]
    pub fn failure(name: &str, reason: &str) -> Self {
        let mut article = Article::verbatim(name, format!("This could not be read: {reason}."));
        article.headline = Some(crate::article::Datum::given(name.to_owned()));
        Self { failed: true, findings: Some(Arc::default()), ..Self::new(article) }
    }

    /// Takes an analysis, and corrects it as the reader did.
    pub fn take(&mut self, analysis: Analysis) {
        self.uncorrected = None;
        self.findings = Some(Arc::new(Findings::new(analysis)));
        if !self.corrections.is_empty() {
            self.correct();
        }
    }

    /// Corrects the analysis anew: the corrections changed.
    pub fn correct(&mut self) {
        let Some(findings) = &self.findings else { return };
        let analysis = self.uncorrected.get_or_insert_with(|| Arc::new(findings.analysis.clone()));
        let mut analysis = analysis.as_ref().clone();
        correction::apply(&mut analysis, &self.article.text, &self.corrections);
        self.findings = Some(Arc::new(Findings::new(analysis)));
    }

    /// What the list says under the title: when and from whom.
    #[must_use]
    pub fn about(&self) -> String {
        if self.failed {
            return "could not be read".to_owned();
        }
        if let Some(kept) = &self.kept {
            let signs = [(kept.starred, "★"), (kept.archived, "put away"), (kept.binned, "in the bin")];
            let signs = signs.into_iter().filter(|(is, _)| *is).map(|(_, sign)| sign);
            let about = Some(kept.about.as_str()).filter(|about| !about.is_empty());
            return signs.chain(about).collect::<Vec<_>>().join(" · ");
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
