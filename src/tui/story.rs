//! Story in the list: its article, annotations and reading position.

use super::analysis_view::AnalysisView;
use super::happening::HappeningView;
use super::highlight::Highlights;
use super::mark::{Mark, MarkLayer, Tint};
use super::page::Anchor;
use super::rows;
use super::theme::Role;
use dateline_analysis::{Analysis, Correction, Options, Reference, correction};
use dateline_core::article::{Article, DateSource, Footnote, footnotes};
use dateline_library::{Change, StoryRow};
use jiff::civil::Date;
use std::sync::{Arc, LazyLock};

/// Data from the library about a story, available before the story is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "independent marks, not states")]
pub(crate) struct Kept {
    /// ID of the story in the library.
    pub(crate) id: i64,
    /// Title and source of the story. They share one string to save memory, since a library may have a hundred thousand
    /// stories.
    words: Box<str>,
    /// Day of publication.
    date: Option<Date>,
    /// Clock time of publication, in minutes since midnight, if known.
    minutes: Option<u16>,
    /// Whether the day of publication was inferred from the text.
    inferred: bool,
    /// Length of the title within `words`, in bytes.
    title: u32,
    /// Length of the text, in words.
    length: u32,
    /// Whether the story is starred.
    pub(crate) starred: bool,
    /// Whether the story is archived.
    pub(crate) archived: bool,
    /// Whether the story is in the bin.
    pub(crate) binned: bool,
    /// Whether the story is marked as read in the library.
    pub(crate) read: bool,
    /// Whether the article has been loaded from the library.
    pub(crate) loaded: bool,
}

impl Kept {
    /// Creates the data from a library row.
    #[must_use]
    pub(crate) fn new(row: StoryRow) -> Self {
        let published = row.published.as_deref();
        Self {
            id: row.id,
            title: u32::try_from(row.headline.len()).unwrap_or(0),
            date: published.and_then(|moment| moment.get(..10)).and_then(|day| day.parse().ok()),
            minutes: published.and_then(super::dates::clock),
            inferred: row.inferred,
            words: [row.headline, row.publisher.unwrap_or_default()].concat().into(),
            length: u32::try_from(row.words).unwrap_or(u32::MAX),
            starred: row.starred,
            archived: row.archived,
            binned: row.binned_at.is_some(),
            read: row.read,
            loaded: false,
        }
    }

    /// Creates the library data of a story from its row. The article of the story is already loaded.
    #[must_use]
    pub(crate) fn loaded(row: StoryRow) -> Self {
        Self { loaded: true, ..Self::new(row) }
    }

    /// Returns the title of the story.
    #[must_use]
    pub(crate) fn title(&self) -> &str {
        self.words.get(..self.title as usize).unwrap_or_default()
    }

    /// Returns the source of the story, or an empty string if unknown.
    fn source(&self) -> &str {
        self.words.get(self.title as usize..).unwrap_or_default()
    }

    /// Formats the date of the story relative to `today`, followed by its source.
    fn about(&self, today: Option<Date>) -> String {
        let date = self.date.map(|date| super::dates::recent(date, self.minutes, today, self.inferred));
        let source = self.source();
        let parts: Vec<&str> =
            date.as_deref().into_iter().chain(Some(source)).filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    }
}

/// Story in the list. Fields that are needed only for opened stories are stored separately, to save memory in a large
/// library.
#[derive(Clone, Debug, Default)]
pub(crate) struct Story {
    /// Data from the library about the story; `None` if the story is not in the library.
    pub(crate) kept: Option<Box<Kept>>,
    /// Article. If its source could not be read, the text gives the reason.
    pub(crate) article: Arc<Article>,
    /// Whether the source of the story could not be read.
    pub(crate) failed: bool,
    /// Annotations, with the user's corrections applied; `None` until the story is analysed.
    pub(crate) analysis_view: Option<Arc<AnalysisView>>,
    /// Generation of the last analysis request. Replies to older requests are dropped.
    pub(crate) generation: u32,
    /// Whether the story was requested and the reply has not arrived yet.
    pub(crate) asked: bool,
    /// Whether the user has opened the story.
    pub(crate) read: bool,
    opened: Option<Box<Opened>>,
}

/// State that is needed only for a story that has been opened.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opened {
    /// The user's corrections, oldest first.
    pub(crate) corrections: Vec<Correction>,
    /// Undone corrections, most recent last. Empty for a library story, whose undone corrections are in the library's
    /// journal.
    pub(crate) undone: Vec<Correction>,
    /// Analysis without the user's corrections, if there are any.
    uncorrected: Option<Arc<Analysis>>,
    /// The user's options for the analysis, such as a reference date.
    pub(crate) options: Options,
    /// Anchor of the scroll position at which the user left the story.
    pub(crate) anchor: Option<Anchor>,
    /// Marks for the links and the footnote references in the text.
    pub(crate) links: MarkLayer,
    /// Footnotes, in the order of their references.
    pub(crate) footnotes: Vec<Footnote>,
    /// The user's highlights.
    pub(crate) highlights: Highlights,
    /// Number of requests to save the story that the library has not replied to yet.
    pub(crate) keeping: usize,
    /// Whether some marks are unsaved because the library could not store them.
    pub(crate) unsaved: bool,
    /// Changes such as a star that could not be saved together with the story, oldest first.
    pub(crate) unsaved_changes: Vec<Change>,
    /// Whether the story was saved, but the user has not been notified yet.
    pub(crate) just_kept: bool,
    /// Happening that the story and others report, if they were compared.
    pub(crate) happening: Option<Arc<HappeningView>>,
    /// Whether the comparison was requested.
    pub(crate) asked_happening: bool,
    /// ID that the story had in the library before the user undid saving it.
    pub(crate) given_up: Option<i64>,
}

/// State shared by all stories that have not been opened.
static UNOPENED: LazyLock<Opened> = LazyLock::new(Opened::default);

impl Story {
    /// Creates a story that has not been analysed yet.
    #[must_use]
    pub(crate) fn new(article: Article) -> Self {
        let mut story = Self::default();
        story.show(article);
        story
    }

    /// Returns the state of an opened story. Returns an empty state if the story has not been opened.
    #[must_use]
    pub(crate) fn opened(&self) -> &Opened {
        self.opened.as_deref().unwrap_or(&UNOPENED)
    }

    /// Returns whether the story has ever been opened.
    pub(crate) const fn was_opened(&self) -> bool {
        self.opened.is_some()
    }

    /// Returns a mutable reference to the state of an opened story. Creates it if the story has not been opened.
    pub(crate) fn opened_mut(&mut self) -> &mut Opened {
        self.opened.get_or_insert_default()
    }

    /// Replaces the article of the story.
    pub(crate) fn show(&mut self, article: Article) {
        let footnotes = footnotes(&article);
        let leading = article.links.iter().map(|link| link.span).chain(footnotes.iter().map(|note| note.mark));
        let links = MarkLayer::new(leading.map(|span| Mark { span, tint: Tint::Role(Role::Link) }).collect());
        let opened = self.opened_mut();
        (opened.footnotes, opened.links) = (footnotes, links);
        // Pending replies no longer count: they refer to the replaced article.
        opened.keeping = 0;
        self.article = Arc::new(article);
    }

    /// Drops the article from memory, since the library has it. Keeps the reading position and the options.
    pub(crate) fn close(&mut self, unopened: &Arc<Article>) {
        self.article = Arc::clone(unopened);
        self.analysis_view = None;
        if let Some(opened) = &mut self.opened {
            **opened = Opened { options: opened.options, anchor: opened.anchor, ..Opened::default() };
        }
    }

    /// Marks the story to be reloaded from the library. Text and marks stay until then, because keys pressed meanwhile
    /// refer to what is on the screen.
    pub(crate) fn request_again(&mut self) {
        if let Some(kept) = &mut self.kept {
            kept.loaded = false;
        }
        self.asked = false;
    }

    /// Takes over text, annotations and marks from the same story in the previous list, until the library has sent the
    /// story again. Does nothing if this story is loaded.
    pub(crate) fn show_until_loaded(&mut self, old: Self) {
        if self.kept.as_ref().is_some_and(|kept| !kept.loaded) {
            self.article = old.article;
            self.analysis_view = old.analysis_view;
            self.generation = old.generation;
            self.opened = old.opened;
        }
    }

    /// Creates a library story that has not been opened yet. `article` is an empty placeholder.
    #[must_use]
    pub(crate) fn kept(row: StoryRow, article: &Arc<Article>) -> Self {
        let kept = Kept::new(row);
        Self { article: article.clone(), read: kept.read, kept: Some(Box::new(kept)), ..Self::default() }
    }

    /// Returns the title of the story.
    #[must_use]
    pub(crate) fn title(&self) -> &str {
        match &self.kept {
            Some(kept) if !kept.loaded => kept.title(),
            _ => self.article.title(),
        }
    }

    /// Returns a sort key for library stories: older stories first, and stories without a date last.
    #[must_use]
    pub(crate) fn published(&self) -> (bool, Option<Date>, Option<u16>) {
        let date = self.kept.as_ref().and_then(|kept| kept.date);
        (date.is_none(), date, self.kept.as_ref().and_then(|kept| kept.minutes))
    }

    /// Returns the feed or publisher of a library story, or an empty string if unknown.
    #[must_use]
    pub(crate) fn source_name(&self) -> &str {
        self.kept.as_ref().map_or("", |kept| kept.source())
    }

    /// Formats the time of publication of a library story, with its day and without the year: `17 Nov 08:59`. The year
    /// is that of the other versions of the happening.
    #[must_use]
    pub(crate) fn time(&self) -> String {
        let Some(kept) = &self.kept else { return String::new() };
        let Some(date) = kept.date else { return String::new() };
        let day = super::dates::marked(date, kept.inferred);
        let day = day.strip_suffix(&format!(" {}", date.year())).unwrap_or(&day).to_owned();
        let clock = kept.minutes.filter(|_| !kept.inferred).map(super::dates::hours);
        clock.map_or_else(|| day.clone(), |clock| format!("{day} {clock}"))
    }

    /// Returns the length of a library story, in words.
    #[must_use]
    pub(crate) fn words(&self) -> u32 {
        self.kept.as_ref().map_or(0, |kept| kept.length)
    }

    /// Creates a story that represents a source that could not be read. Its text gives the reason.
    #[must_use]
    pub(crate) fn failure(name: &str, reason: &str) -> Self {
        let mut article = Article::verbatim(name, format!("Could not be read: {reason}."));
        article.headline = Some(dateline_core::article::Datum::given(name.to_owned()));
        Self { failed: true, analysis_view: Some(Arc::default()), ..Self::new(article) }
    }

    /// Stores the analysis of the story, with the user's corrections applied.
    pub(crate) fn take(&mut self, analysis: Analysis) {
        if let Some(opened) = &mut self.opened {
            opened.uncorrected = None;
        }
        self.arrange(analysis);
        if !self.opened().corrections.is_empty() {
            self.correct();
        }
    }

    /// Reapplies the user's corrections to the analysis, after they have changed.
    pub(crate) fn correct(&mut self) {
        let Some(analysis_view) = &self.analysis_view else { return };
        let opened = self.opened.get_or_insert_default();
        let analysis = opened.uncorrected.get_or_insert_with(|| Arc::new(analysis_view.analysis.clone()));
        let mut analysis = analysis.as_ref().clone();
        correction::apply(&mut analysis, &self.article.text, &opened.corrections);
        self.arrange(analysis);
    }

    /// Prepares an analysis for the screen, with what the other versions of the story share.
    fn arrange(&mut self, analysis: Analysis) {
        let mut analysis_view = rows::arrange(analysis);
        analysis_view.happening.clone_from(&self.opened().happening);
        self.analysis_view = Some(Arc::new(analysis_view));
    }

    /// Stores the comparison with the other versions, or forgets it.
    pub(crate) fn compare(&mut self, happening: Option<Arc<HappeningView>>) {
        if let Some(analysis_view) = &mut self.analysis_view {
            Arc::make_mut(analysis_view).happening.clone_from(&happening);
        }
        self.opened_mut().happening = happening;
    }

    /// Returns the analysis without the user's corrections; `None` until the story is analysed.
    #[must_use]
    pub(crate) fn uncorrected(&self) -> Option<Analysis> {
        let uncorrected = self.opened().uncorrected.as_ref().map(|analysis| analysis.as_ref().clone());
        uncorrected.or_else(|| self.analysis_view.as_ref().map(|analysis_view| analysis_view.analysis.clone()))
    }

    /// Returns whether the user has highlighted or corrected anything in the story.
    #[must_use]
    pub(crate) fn is_marked(&self) -> bool {
        !self.opened().highlights.all().is_empty() || !self.opened().corrections.is_empty()
    }

    /// Formats the date and source of the story, with the date in full.
    #[must_use]
    pub(crate) fn about(&self) -> String {
        self.about_on(None)
    }

    /// Formats the line below the title of a version in the list: the state of the story and its outlet.
    #[must_use]
    pub(crate) fn outlet(&self) -> String {
        let mut parts: Vec<&str> = self.signs();
        parts.extend(Some(self.source_name()).filter(|source| !source.is_empty()));
        parts.join(" · ")
    }

    /// Returns the symbols and words for the state of a library story.
    fn signs(&self) -> Vec<&'static str> {
        let Some(kept) = &self.kept else { return Vec::new() };
        let signs = [(kept.starred, "★"), (kept.archived, "archived"), (kept.binned, "in the bin")];
        signs.into_iter().filter(|(is, _)| *is).map(|(_, sign)| sign).collect()
    }

    /// Formats the line below the title in the list: the state of the story, its date relative to `today`, and its
    /// source.
    #[must_use]
    pub(crate) fn about_on(&self, today: Option<Date>) -> String {
        if self.failed {
            return "could not be read".to_owned();
        }
        if let Some(kept) = &self.kept {
            let about = kept.about(today);
            let mut parts: Vec<&str> = self.signs();
            parts.extend(Some(about.as_str()).filter(|about| !about.is_empty()));
            return parts.join(" · ");
        }
        let reference = self.analysis_view.as_ref().and_then(|analysis_view| analysis_view.analysis.reference.as_ref());
        let date = self.article.published.as_ref().map(|published| {
            let minutes = published.moment.as_deref().and_then(super::dates::clock);
            super::dates::recent(published.date, minutes, today, false)
        });
        let inferred = |reference: &Reference| reference.source == DateSource::Inferred;
        let date =
            date.or_else(|| reference.map(|found| super::dates::recent(found.date, None, today, inferred(found))));
        let publisher = self.article.publisher.as_ref().map(|publisher| publisher.value.clone());
        let section = || self.article.section.last().cloned();
        let parts: Vec<String> = date.into_iter().chain(publisher.or_else(section)).collect();
        parts.join(" · ")
    }
}
