//! Draws the text of a story with its marks, gutter and scroll bar.

use super::paint::{put, put_cell, tint};
use super::{empty, focused, title};
use crate::reflow::{cells, verbatim_cells};
use crate::tui::analysis_view::{AnalysisView, speaker_letter};
use crate::tui::happening::HappeningView;
use crate::tui::highlight::Highlights;
use crate::tui::layout::{GUTTER, Pane, column, has_map, inside};
use crate::tui::mark::MarkLayer;
use crate::tui::page::{Page, PagePosition, PageRow, Section, SectionKind};
use crate::tui::panels::PanelKind;
use crate::tui::rows;
use crate::tui::state::State;
use crate::tui::state::search::Search;
use crate::tui::state::visual::Visual;
use crate::tui::theme::{Role, Theme};
use dateline_analysis::QuoteKind;
use dateline_core::article::BlockKind;
use dateline_core::text::Span;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Data needed to draw the rows of the text.
struct Canvas<'a> {
    article: &'a str,
    page: &'a Page,
    analysis_view: Option<&'a AnalysisView>,
    highlights: &'a Highlights,
    happening: Option<&'a HappeningView>,
    layers: Vec<&'a MarkLayer>,
    theme: &'a Theme,
}

/// Draws the reading pane.
pub(super) fn draw(state: &State, theme: &Theme, place: Rect, buffer: &mut Buffer) {
    let focused = focused(state, Pane::Reading);
    let (Some(story), Some(page)) = (state.story(), &state.reading.page) else {
        title(buffer, theme, place, focused, "Text", "");
        empty(buffer, theme, place, &["Select a story to read it."]);
        return;
    };
    let article = story.article.text.as_str();
    let view = state.reading.in_view();
    let percent = if state.reading.ended { 100 } else { view.end * 100 / article.len().max(1) };
    title(buffer, theme, place, focused, story.title(), &format!("{percent}%"));
    // Plain text keeps the user's own marks and search matches, but omits the marks of the analysis.
    let is_plain = state.reading.plain || state.zen;
    let analysis_view = story.analysis_view.as_deref().filter(|_| !is_plain);
    let mut layers: Vec<&MarkLayer> = if is_plain { Vec::new() } else { vec![&story.opened().links] };
    let happening = story.opened().happening.as_deref().filter(|_| !is_plain);
    layers.extend(happening.map(|view| &view.repeated));
    let shown = |kind: PanelKind| state.panel(kind).open || !rows::of(kind).marks_while_open();
    let marks = analysis_view.iter().flat_map(|analysis_view| &analysis_view.layers);
    layers.extend(marks.filter(|(kind, _)| shown(*kind)).map(|(_, layer)| layer));
    layers.extend(happening.map(|view| &view.openings));
    layers.push(&story.opened().highlights.layer);
    layers.push(&state.reading.chosen);
    layers.extend(state.layers.get::<Search>().map(|search| &search.layer));
    layers.extend(state.layers.get::<Visual>().map(|visual| &visual.layer));
    let canvas =
        Canvas { article, page, analysis_view, highlights: &story.opened().highlights, happening, layers, theme };
    let text = column(place, state.reading.measure, state.reading.at_left);
    let mut y = text.y;
    let mut at = state.reading.top;
    while let Some(section) = page.section(at.section) {
        for row in section.rows().iter().skip(at.row) {
            if y >= text.bottom() {
                break;
            }
            canvas.row(section, row, text.x, y, buffer);
            y += 1;
        }
        if y >= text.bottom() {
            break;
        }
        at = PagePosition { section: at.section + 1, row: 0 };
    }
    let inner = inside(place);
    // Beside the list, the bar shows only the part in view. Its marks would make up most of the bytes sent to the
    // terminal for each story, and no key of the list leads to them.
    let analysis_view = analysis_view.filter(|_| state.focus != Pane::List);
    scroll_bar(theme, inner, view, article.len(), analysis_view, buffer);
    if has_map(inner.width) && state.focus != Pane::List {
        map(theme, inner, article.len(), analysis_view, &story.opened().highlights, buffer);
    }
}

impl Canvas<'_> {
    /// Draws a row: its bar, its text with marks and labels, and the symbols in the gutter.
    fn row(&self, section: &Section, row: &PageRow, x: u16, y: u16, buffer: &mut Buffer) {
        let Some(span) = row.span() else { return };
        let ground = self.theme.style(Role::Text).patch(self.theme.style(section.look.role()));
        let (first, other) = section.look.bars();
        let bar = if row.first { first } else { other };
        let indent = section.indent().saturating_sub(bar.chars().count()) as u16;
        put(buffer, x + indent, y, bar.chars().count(), bar, self.theme.style(Role::Bar));
        let mut end = x;
        for &(start, span) in &row.pieces {
            // In justified text, the gap between words has the style of the space before it.
            let apart = section.look != SectionKind::Block(BlockKind::Table);
            if let Some(style) =
                buffer.cell((end.saturating_sub(1), y)).map(ratatui::buffer::Cell::style).filter(|_| apart && end > x)
            {
                tint(buffer, Rect { x: end, y, width: (x + start).saturating_sub(end), height: 1 }, style);
            }
            end = self.piece(section, span, (x + start, y), ground, buffer);
        }
        if row.hyphen {
            put(buffer, end, y, 1, "-", ground);
        }
        if section.own.is_some() {
            return;
        }
        if let Some(highlight) = self.highlights.first_in(span) {
            let style = self.theme.style(highlight.kind.role());
            put(buffer, x.saturating_sub(GUTTER), y, 1, highlight.kind.sign(), style);
        } else if let Some(sign) = self.happening.and_then(|view| view.sign(span)) {
            put(buffer, x.saturating_sub(GUTTER), y, 1, sign, self.theme.style(Role::Resolved));
        }
        if let Some(analysis_view) = self.analysis_view {
            self.gutter(analysis_view, span, x, y, buffer);
        }
    }

    /// Draws a piece of text. Returns the column after it.
    fn piece(&self, section: &Section, span: Span, at: (u16, u16), ground: Style, buffer: &mut Buffer) -> u16 {
        let mut x = at.0;
        let text = section.text(self.article);
        let own = section.own.is_some();
        let code = section.look == SectionKind::Block(BlockKind::Code);
        let credit = section.credit.filter(|_| !own);
        let mut inserts = if own { &[] } else { self.page.inserts(span) }.iter().peekable();
        let marks: Vec<_> =
            if own { Vec::new() } else { self.layers.iter().flat_map(|layer| layer.within(span)).collect() };
        let mut draw = |cell: &crate::reflow::Cell<'_>| {
            let mut style = ground;
            if credit.is_some_and(|credit| credit.overlaps(cell.span)) {
                style = style.patch(self.theme.style(Role::Dim));
            }
            for mark in marks.iter().filter(|mark| mark.span.overlaps(cell.span)) {
                style = style.patch(mark.tint.style(self.theme));
            }
            put_cell(buffer, x, at.1, cell, style);
            x += cell.width as u16;
            while let Some(insert) = inserts.next_if(|insert| insert.at <= cell.span.end) {
                x = put(
                    buffer,
                    x,
                    at.1,
                    usize::MAX >> 8,
                    &insert.label(),
                    ground.patch(self.theme.style(Role::Resolved)),
                );
            }
        };
        if code {
            verbatim_cells(text, span).for_each(|cell| draw(&cell));
        } else {
            cells(text, span).for_each(|cell| draw(&cell));
        }
        x
    }

    /// Shows a speaker's letter in the gutter if a quote of that speaker begins in the row.
    fn gutter(&self, analysis_view: &AnalysisView, row: Span, x: u16, y: u16, buffer: &mut Buffer) {
        let x = x.saturating_sub(GUTTER - 1);
        let Some((speaker_index, kind)) = analysis_view.speakers_in(row).next() else { return };
        let style =
            speaker_index.map_or(self.theme.style(Role::Unsure), |speaker_index| self.theme.speaker(speaker_index));
        let style = if kind == QuoteKind::Indirect { style.patch(self.theme.style(Role::Dim)) } else { style };
        let mark = speaker_index.map_or('?', speaker_letter);
        put(buffer, x, y, 1, mark.encode_utf8(&mut [0; 4]), style);
    }
}

/// Draws the scroll bar, which also shows where in the story quotes are.
fn scroll_bar(
    theme: &Theme,
    inner: Rect,
    view: Span,
    length: usize,
    analysis_view: Option<&AnalysisView>,
    buffer: &mut Buffer,
) {
    if inner.height == 0 || inner.width == 0 {
        return;
    }
    let x = inner.right() - 1;
    let height = usize::from(inner.height);
    for row in 0..height {
        let part = Span::new(length * row / height, (length * (row + 1) / height).max(length * row / height + 1));
        let seen = part.overlaps(view);
        let speaker_index = analysis_view
            .and_then(|analysis_view| analysis_view.speakers_in(part).next())
            .and_then(|(speaker_index, _)| speaker_index);
        let style = theme.style(if seen { Role::Thumb } else { Role::Track });
        let style = speaker_index.map_or(style, |speaker_index| style.patch(theme.speaker(speaker_index)));
        let symbol = match (seen, speaker_index.is_some()) {
            (true, true) => "▊",
            (true, false) => "▐",
            (false, true) => "•",
            (false, false) => "│",
        };
        put(buffer, x, inner.y + row as u16, 1, symbol, style);
    }
}

/// Draws the map beside the scroll bar. It shows the user's highlights and the dated events.
fn map(
    theme: &Theme,
    inner: Rect,
    length: usize,
    analysis_view: Option<&AnalysisView>,
    highlights: &Highlights,
    buffer: &mut Buffer,
) {
    let Some(x) = inner.right().checked_sub(2) else { return };
    let height = usize::from(inner.height);
    for row in 0..height {
        let part = Span::new(length * row / height, (length * (row + 1) / height).max(length * row / height + 1));
        let y = inner.y + row as u16;
        if let Some(highlight) = highlights.first_in(part) {
            put(buffer, x, y, 1, highlight.kind.sign(), theme.style(highlight.kind.role()));
        } else if analysis_view.is_some_and(|analysis_view| analysis_view.dated_in(part)) {
            put(buffer, x, y, 1, "·", theme.style(Role::Resolved));
        }
    }
}
