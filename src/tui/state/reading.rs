//! Reading pane: the page of the open story, its scroll position and the selection.

use crate::tui::analysis_view::{AnalysisView, Selection};
use crate::tui::happening::Happening;
use crate::tui::mark::{Mark, MarkLayer};
use crate::tui::page::{Anchor, Page, PagePosition, RemovedText, Typography, compose};
use crate::tui::rows;
use crate::tui::story::Story;
use crate::tui::theme::Role;
use dateline_core::text::Span;

/// Minimum, maximum and step of the measure (maximum line length), in columns.
const MEASURES: (u16, u16, u16) = (40, 100, 4);

/// Everything that the layout of a page depends on. The page is rebuilt when any of it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct PageKey {
    story: usize,
    generation: u32,
    analysed: bool,
    width: usize,
    resolve: bool,
    left: RemovedText,
    setting: Typography,
    /// Number of versions of the story's happening, or 0 if they were not compared.
    versions: usize,
}

/// State of the reading pane.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
pub(crate) struct Reading {
    /// Page of the open story; `None` until it is laid out.
    pub(crate) page: Option<Page>,
    /// Position of the row at the top of the viewport.
    pub(crate) top: PagePosition,
    /// Height of the viewport, in rows.
    pub(crate) height: usize,
    /// Whether the last row of the page is in view.
    pub(crate) ended: bool,
    /// Selected annotation, if any.
    pub(crate) selection: Option<Selection>,
    /// Byte span to flash after a jump, if any.
    pub(crate) flash: Option<Span>,
    /// Marks for the selection and the flashed span.
    pub(crate) chosen: MarkLayer,
    /// Maximum length of a line, in columns.
    pub(crate) measure: u16,
    /// Whether to show resolved dates after relative times in the text.
    pub(crate) resolve: bool,
    /// Whether the text is shown without the marks of the analysis.
    pub(crate) plain: bool,
    /// Typographic settings for lines and paragraphs.
    pub(crate) setting: Typography,
    /// Whether the text is left-aligned in its pane instead of centred.
    pub(crate) at_left: bool,
    /// Whether the pronouns that refer to a selected entity are highlighted together with its names.
    pub(crate) pronouns: bool,
    /// Whether text removed from the story is shown.
    pub(crate) left: RemovedText,
    /// Anchor of the text to keep in view when the page is rebuilt.
    anchor: Option<Anchor>,
    /// Byte span to scroll into view at the next layout, if any.
    wanted: Option<Span>,
    key: Option<PageKey>,
}

impl Reading {
    /// Creates a reading pane without a page.
    #[must_use]
    pub(crate) fn new(measure: u16, resolve: bool) -> Self {
        Self {
            page: None,
            top: PagePosition::default(),
            height: 0,
            ended: false,
            selection: None,
            flash: None,
            chosen: MarkLayer::default(),
            measure,
            resolve,
            plain: false,
            setting: Typography::default(),
            at_left: false,
            pronouns: false,
            left: RemovedText::Hidden,
            anchor: None,
            wanted: None,
            key: None,
        }
    }

    /// Switches to a story. `anchor` is the position at which the user left the story.
    pub(crate) fn turn(&mut self, anchor: Option<Anchor>) {
        self.key = None;
        self.page = None;
        self.anchor = anchor;
        self.wanted = None;
        self.selection = None;
        self.flash = None;
        self.chosen = MarkLayer::default();
    }

    /// Returns the anchor of the scroll position.
    #[must_use]
    pub(crate) const fn anchor(&self) -> Option<Anchor> {
        self.anchor
    }

    /// Rebuilds the page if the height of the viewport or anything else that the layout depends on has changed, and
    /// lays out the part in view.
    ///
    /// `looked_at` is a span that stays in view when the size of the pane changes, provided that it was in view before.
    pub(crate) fn lay_out(&mut self, number: usize, story: &Story, size: (usize, usize), looked_at: Option<Span>) {
        let (width, height) = size;
        let analysis_view = story.analysis_view.as_deref();
        let happening = story.opened().happening.as_ref().map(|view| &view.happening);
        let key = PageKey {
            story: number,
            generation: story.generation,
            analysed: analysis_view.is_some(),
            width,
            resolve: self.resolve,
            left: self.left,
            setting: self.setting,
            versions: happening.map_or(0, |happening| happening.versions.len()),
        };
        let text = &story.article.text;
        let same_story = self.key.is_some_and(|key| key.story == number);
        let seen = looked_at.filter(|span| same_story && self.in_view().overlaps(*span));
        let resized = self.height != height;
        self.height = height;
        if self.key != Some(key) || resized {
            self.key = Some(key);
            let analysis = analysis_view.map(|analysis_view| &analysis_view.analysis);
            let others = happening.map(Happening::line);
            let (left, setting) = (self.left, self.setting);
            let mut page = compose(&story.article, analysis, width, self.resolve, left, setting, others.as_deref());
            self.top = self.anchor.map_or(PagePosition::default(), |anchor| page.position_of_anchor(anchor, text));
            self.page = Some(page);
            if let (Some(span), None) = (seen, self.wanted) {
                // Keep the anchor, so that the old position returns together with the old size.
                self.show(span, text);
            }
        }
        if let Some(span) = self.wanted.take()
            && self.show(span, text)
        {
            self.keep();
        }
        self.clamp(text);
    }

    /// Scrolls a span into view unless it is already visible. Its beginning is then a quarter of the way down the
    /// viewport. Returns whether the page was scrolled.
    fn show(&mut self, span: Span, text: &str) -> bool {
        let Some(page) = &mut self.page else { return false };
        let place = page.position_of(span.start, text);
        let (bottom, _) = page.step(self.top, self.height.saturating_sub(1) as isize, text);
        let end = page.position_of(span.end.saturating_sub(1).max(span.start), text);
        if place >= self.top && end <= bottom {
            return false;
        }
        let above = (self.height / 4) as isize;
        self.top = page.step(place, -above, text).0;
        true
    }

    /// Lays out the part in view. Scrolls back if the viewport extends beyond the end of the page.
    fn clamp(&mut self, text: &str) {
        let Some(page) = &mut self.page else { return };
        let rows = self.height.saturating_sub(1);
        let (bottom, gone) = page.step(self.top, rows as isize, text);
        if gone < rows {
            self.top = page.step(self.top, -((rows - gone) as isize), text).0;
        }
        self.ended = bottom == page.end(text);
    }

    /// Scrolls by `rows` rows, or upwards if negative. Returns whether the page was scrolled.
    pub(crate) fn scroll(&mut self, rows: isize, text: &str) -> bool {
        let Some(page) = &mut self.page else { return false };
        let before = self.top;
        self.top = page.step(self.top, rows, text).0;
        self.clamp(text);
        self.keep();
        self.top != before
    }

    /// Scrolls to the beginning or the end of the page.
    pub(crate) fn scroll_to_end(&mut self, end: bool, text: &str) {
        let Some(page) = &mut self.page else { return };
        self.top = if end { page.end(text) } else { PagePosition::default() };
        self.clamp(text);
        self.keep();
    }

    /// Scrolls until the row that shows a byte offset of the article's text is at the top.
    pub(crate) fn scroll_to(&mut self, offset: usize, text: &str) {
        let Some(page) = &mut self.page else { return };
        self.top = page.position_of(offset, text);
        self.clamp(text);
        self.keep();
    }

    /// Saves the scroll position as the anchor.
    fn keep(&mut self) {
        self.anchor = self.page.as_ref().and_then(|page| page.anchor(self.top));
    }

    /// Restores the scroll position of an anchor at the next layout.
    pub(crate) const fn restore(&mut self, anchor: Option<Anchor>) {
        self.anchor = anchor;
        self.key = None;
    }

    /// Requests that a span be scrolled into view at the next layout.
    pub(crate) const fn want(&mut self, span: Span) {
        self.wanted = Some(span);
    }

    /// Selects an annotation, or clears the selection, and sets the span to flash.
    pub(crate) fn select(
        &mut self,
        selection: Option<Selection>,
        flash: Option<Span>,
        analysis_view: Option<&AnalysisView>,
    ) {
        self.selection = selection;
        self.flash = flash;
        let selected = selection.zip(analysis_view).map(|(selection, analysis_view)| {
            rows::of(selection.kind).selected_marks(analysis_view, selection, self.pronouns)
        });
        let mut marks = selected.unwrap_or_default();
        marks.extend(flash.map(|span| Mark::of(span, Role::Target)));
        self.chosen = MarkLayer::new(marks);
    }

    /// Increases or decreases the measure by one step, within its range. `room` is the number of columns available in
    /// the pane.
    pub(crate) fn change_measure(&mut self, wider: bool, room: u16) {
        let (least, most, step) = MEASURES;
        let from = self.measure.min(room.max(least));
        let to = if wider { from.saturating_add(step) } else { from.saturating_sub(step) };
        self.measure = to.clamp(least, most);
    }

    /// Returns the byte span of the article's text that is in view.
    #[must_use]
    pub(crate) fn in_view(&self) -> Span {
        let Some(page) = &self.page else { return Span::default() };
        let mut rows = self.height;
        let mut out: Option<Span> = None;
        let mut place = self.top;
        while let Some(section) = page.section(place.section).filter(|_| rows > 0) {
            for row in section.rows().iter().skip(place.row).take(rows) {
                if let (true, Some(span)) = (section.own.is_none(), row.span()) {
                    out = Some(out.map_or(span, |out| out.join(span)));
                }
                rows -= 1;
            }
            place = PagePosition { section: place.section + 1, row: 0 };
        }
        out.unwrap_or_default()
    }
}
