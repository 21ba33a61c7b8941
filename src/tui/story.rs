//! One story of the list: its article, its annotations, and its reading position.

use super::analysis_view::AnalysisView;
use super::highlight::Highlights;
use super::mark::{Mark, MarkLayer, Tint};
use super::page::Anchor;
use super::rows;
use super::theme::Role;
use dateline_analysis::{Analysis, Correction, Options, Reference, correction};
use dateline_core::article::{Article, DateSource, Footnote, footnotes};
use dateline_library::StoryRow;
use std::sync::{Arc, LazyLock};

/// Data of the library about a story that is not opened yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "independent marks, not states")]
pub(crate) struct Kept {
    /// Its id in the library.
    pub(crate) id: i64,
    /// Its title, followed by date and source, in one string, because a library may have a hundred thousand stories.
    words: Box<str>,
    /// Length of the title in that string, in bytes.
    title: u32,
    /// Whether it is starred.
    pub(crate) starred: bool,
    /// Whether it was archived.
    pub(crate) archived: bool,
    /// Whether it is in the bin.
    pub(crate) binned: bool,
    /// Whether it was read, according to the library.
    pub(crate) read: bool,
    /// Whether the article itself is loaded.
    pub(crate) loaded: bool,
}

impl Kept {
    /// Converts a row of the library.
    #[must_use]
    pub(crate) fn new(row: StoryRow) -> Self {
        let date = row.published.as_deref().and_then(|moment| moment.get(..10)).and_then(|day| day.parse().ok());
        let date = date.map(|date| super::dates::marked(date, row.inferred));
        let parts: Vec<String> = date.into_iter().chain(row.publisher).collect();
        Self {
            id: row.id,
            title: u32::try_from(row.headline.len()).unwrap_or(0),
            words: [row.headline, parts.join(" · ")].concat().into(),
            starred: row.starred,
            archived: row.archived,
            binned: row.binned_at.is_some(),
            read: row.read,
            loaded: false,
        }
    }

    /// Converts a row of the library whose article is loaded.
    #[must_use]
    pub(crate) fn loaded(row: StoryRow) -> Self {
        Self { loaded: true, ..Self::new(row) }
    }

    /// Returns its title.
    #[must_use]
    pub(crate) fn title(&self) -> &str {
        self.words.get(..self.title as usize).unwrap_or_default()
    }

    /// Returns its date and source.
    #[must_use]
    pub(crate) fn about(&self) -> &str {
        self.words.get(self.title as usize..).unwrap_or_default()
    }
}

/// Story of the list. A library may have a hundred thousand, so fields that only opened stories need are stored
/// separately.
#[derive(Clone, Debug, Default)]
pub(crate) struct Story {
    /// Data of the library about it; `None` for a story that is not kept there.
    pub(crate) kept: Option<Box<Kept>>,
    /// The article; for a source that could not be read, its text is the reason.
    pub(crate) article: Arc<Article>,
    /// Whether the source could not be read.
    pub(crate) failed: bool,
    /// Its annotations with the corrections applied, once it was analysed.
    pub(crate) analysis_view: Option<Arc<AnalysisView>>,
    /// Generation of the last request for analysis; answers to older ones are dropped.
    pub(crate) generation: u32,
    /// Whether the answer to the last request is pending.
    pub(crate) asked: bool,
    /// Whether the user opened it.
    pub(crate) read: bool,
    opened: Option<Box<Opened>>,
}

/// State of a story that was opened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opened {
    /// The user's corrections, in order.
    pub(crate) corrections: Vec<Correction>,
    /// Corrections that were undone, the latest last; those of a story in the library are in its journal.
    pub(crate) undone: Vec<Correction>,
    /// The analysis without the corrections, if there were any.
    uncorrected: Option<Arc<Analysis>>,
    /// The user's options.
    pub(crate) options: Options,
    /// Reading position.
    pub(crate) anchor: Option<Anchor>,
    /// Its links and footnote marks, as marks of the text.
    pub(crate) links: MarkLayer,
    /// Its footnotes, in the order of their marks.
    pub(crate) footnotes: Vec<Footnote>,
    /// The user's highlights.
    pub(crate) highlights: Highlights,
    /// Number of pending answers of the library to requests to keep it.
    pub(crate) keeping: usize,
    /// Whether marks in it are not on the disk, because the library could not store them.
    pub(crate) unsaved: bool,
    /// Whether it was kept and the user has not been notified yet.
    pub(crate) just_kept: bool,
    /// Its id in the library, if it was kept there and that was undone.
    pub(crate) given_up: Option<i64>,
}

/// State of a story that was never opened.
static UNOPENED: LazyLock<Opened> = LazyLock::new(Opened::default);

impl Story {
    /// Returns a story that was not analysed yet.
    #[must_use]
    pub(crate) fn new(article: Article) -> Self {
        let mut story = Self::default();
        story.show(article);
        story
    }

    /// Returns the state of the opened story, or the empty state if it was never opened.
    #[must_use]
    pub(crate) fn opened(&self) -> &Opened {
        self.opened.as_deref().unwrap_or(&UNOPENED)
    }

    /// Returns the same state, mutable.
    pub(crate) fn opened_mut(&mut self) -> &mut Opened {
        self.opened.get_or_insert_default()
    }

    /// Replaces the article.
    pub(crate) fn show(&mut self, article: Article) {
        let footnotes = footnotes(&article);
        let leading = article.links.iter().map(|link| link.span).chain(footnotes.iter().map(|note| note.mark));
        let links = MarkLayer::new(leading.map(|span| Mark { span, tint: Tint::Role(Role::Link) }).collect());
        let opened = self.opened_mut();
        (opened.footnotes, opened.links) = (footnotes, links);
        // Answers carry the article that was asked for, which is no longer this one.
        opened.keeping = 0;
        self.article = Arc::new(article);
    }

    /// Frees the memory of the article, which the library has; reading position and options are kept.
    pub(crate) fn close(&mut self, unopened: &Arc<Article>) {
        self.article = Arc::clone(unopened);
        self.analysis_view = None;
        if let Some(opened) = &mut self.opened {
            **opened = Opened { options: opened.options, anchor: opened.anchor, ..Opened::default() };
        }
    }

    /// Closes it so that it is read from the library again.
    pub(crate) fn unload(&mut self, unopened: &Arc<Article>) {
        if let Some(kept) = &mut self.kept {
            kept.loaded = false;
        }
        self.asked = false;
        self.close(unopened);
    }

    /// Returns a story of the library that was not opened yet; `article` is one without text.
    #[must_use]
    pub(crate) fn kept(row: StoryRow, article: &Arc<Article>) -> Self {
        let kept = Kept::new(row);
        Self { article: article.clone(), read: kept.read, kept: Some(Box::new(kept)), ..Self::default() }
    }

    /// Returns its title.
    #[must_use]
    pub(crate) fn title(&self) -> &str {
        match &self.kept {
            Some(kept) if !kept.loaded => kept.title(),
            _ => self.article.title(),
        }
    }

    /// Returns a source that could not be read, as a story that contains the reason.
    #[must_use]
    pub(crate) fn failure(name: &str, reason: &str) -> Self {
        let mut article = Article::verbatim(name, format!("This could not be read: {reason}."));
        article.headline = Some(dateline_core::article::Datum::given(name.to_owned()));
        Self { failed: true, analysis_view: Some(Arc::default()), ..Self::new(article) }
    }

    /// Takes an analysis, and applies the user's corrections to it.
    pub(crate) fn take(&mut self, analysis: Analysis) {
        if let Some(opened) = &mut self.opened {
            opened.uncorrected = None;
        }
        self.analysis_view = Some(Arc::new(rows::arrange(analysis)));
        if !self.opened().corrections.is_empty() {
            self.correct();
        }
    }

    /// Applies the corrections to the analysis again, because they changed.
    pub(crate) fn correct(&mut self) {
        let Some(analysis_view) = &self.analysis_view else { return };
        let opened = self.opened.get_or_insert_default();
        let analysis = opened.uncorrected.get_or_insert_with(|| Arc::new(analysis_view.analysis.clone()));
        let mut analysis = analysis.as_ref().clone();
        correction::apply(&mut analysis, &self.article.text, &opened.corrections);
        self.analysis_view = Some(Arc::new(rows::arrange(analysis)));
    }

    /// Returns the analysis without the user's corrections, once there is one.
    #[must_use]
    pub(crate) fn uncorrected(&self) -> Option<Analysis> {
        let uncorrected = self.opened().uncorrected.as_ref().map(|analysis| analysis.as_ref().clone());
        uncorrected.or_else(|| self.analysis_view.as_ref().map(|analysis_view| analysis_view.analysis.clone()))
    }

    /// Returns whether the user highlighted or corrected something in it.
    #[must_use]
    pub(crate) fn is_marked(&self) -> bool {
        !self.opened().highlights.all().is_empty() || !self.opened().corrections.is_empty()
    }

    /// Returns the line of the list under the title: date and source.
    #[must_use]
    pub(crate) fn about(&self) -> String {
        if self.failed {
            return "could not be read".to_owned();
        }
        if let Some(kept) = &self.kept {
            let signs = [(kept.starred, "★"), (kept.archived, "put away"), (kept.binned, "in the bin")];
            let signs = signs.into_iter().filter(|(is, _)| *is).map(|(_, sign)| sign);
            let about = Some(kept.about()).filter(|about| !about.is_empty());
            return signs.chain(about).collect::<Vec<_>>().join(" · ");
        }
        let reference = self.analysis_view.as_ref().and_then(|analysis_view| analysis_view.analysis.reference.as_ref());
        let date = self.article.published.as_ref().map(|published| super::dates::short(published.date));
        let inferred = |reference: &Reference| reference.source == DateSource::Inferred;
        let date = date.or_else(|| reference.map(|found| super::dates::marked(found.date, inferred(found))));
        let publisher = self.article.publisher.as_ref().map(|publisher| publisher.value.clone());
        let section = || self.article.section.last().cloned();
        let parts: Vec<String> = date.into_iter().chain(publisher.or_else(section)).collect();
        parts.join(" · ")
    }
}
