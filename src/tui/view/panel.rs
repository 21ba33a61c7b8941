//! Draws a panel: its title or tabs, and the rows in view. The selected row is shown in full.

use super::paint::{fill, put, width};
use super::{empty, focused, title};
use crate::tui::action::Action;
use crate::tui::layout::{Pane, inside};
use crate::tui::panels::PanelKind;
use crate::tui::rows::{self, PanelLine};
use crate::tui::state::State;
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use std::borrow::Cow;

/// Draws the pane of a panel.
pub(super) fn draw(state: &State, theme: &Theme, kind: PanelKind, pane: Rect, tabbed: bool, buffer: &mut Buffer) {
    let focused = focused(state, Pane::Panel(kind));
    if tabbed {
        tabs(state, theme, kind, pane, focused, buffer);
    } else {
        let panel = state.panel(kind);
        // Omit the order if a filter is active: a title rarely has room for both, and the filter is more important.
        let whole = panel.narrowed_by().is_empty();
        let order = if focused && whole { panel.options.order.name() } else { "" };
        title(buffer, theme, pane, focused, &name(state, kind), order);
        rule(buffer, theme, pane, &name(state, kind), order);
    }
    let panel = state.panel(kind);
    let inner = inside(pane);
    let (Some(story), Some(analysis_view)) = (state.story(), state.analysis_view()) else {
        let what = if state.story().is_some() { "Analysing the story …" } else { "No story is open." };
        empty(buffer, theme, pane, &[what]);
        return;
    };
    let mut y = inner.y;
    for line in &panel.header {
        draw_line(buffer, theme, Rect { y, height: 1, ..inner }.intersection(inner), line, None);
        y += 1;
    }
    if panel.rows.is_empty() {
        let filtered = !panel.filter.is_empty();
        let empty_words = || rows::of(kind).empty(rows::of(kind).count(analysis_view));
        let what = if filtered { "No rows match." } else { empty_words() };
        empty(
            buffer,
            theme,
            Rect { y, height: inner.bottom() - y.min(inner.bottom()), ..pane },
            &[what, &format!("{}: the next story", state.key(Action::NextStory))],
        );
        return;
    }
    let chosen = theme.style(if focused { Role::RowFocused } else { Role::Row });
    for (row, &index) in panel.rows.iter().enumerate().skip(panel.top) {
        if y >= inner.bottom() {
            break;
        }
        if let Some(heading) = panel.headings.get(&row) {
            draw_line(buffer, theme, Rect { y, height: 1, ..inner }, heading, None);
            y += 1;
        }
        let selected = row == panel.selected;
        let lines = if selected {
            Cow::Borrowed(&panel.detail)
        } else {
            Cow::Owned(rows::of(kind).brief(&story.article, analysis_view, panel.options.order, index))
        };
        for line in lines.iter() {
            let place = Rect { y, height: 1, ..inner }.intersection(inner);
            draw_line(buffer, theme, place, line, selected.then_some(chosen));
            y += 1;
        }
    }
}

/// Draws a rule beside the title. Without it, a title directly below a row would look like another row.
fn rule(buffer: &mut Buffer, theme: &Theme, pane: Rect, name: &str, right: &str) {
    let from = width(name) + 2;
    let to = usize::from(pane.width).saturating_sub(if right.is_empty() { 0 } else { width(right) + 2 });
    let line = "─".repeat(to.saturating_sub(from));
    put(buffer, pane.x + from as u16, pane.y, to.saturating_sub(from), &line, theme.style(Role::Rule));
}

/// Formats the name, the row count and the active filters of a panel, for the title.
fn name(state: &State, kind: PanelKind) -> String {
    let (panel, rows) = (state.panel(kind), rows::of(kind));
    let total = state.analysis_view().map_or(0, |analysis_view| rows.count(analysis_view));
    let narrowed = panel.narrowed_by();
    if narrowed.is_empty() {
        format!("{} {total}", rows.name())
    } else {
        let own = panel.rows.iter().filter(|&&index| index < total).count();
        format!("{} {own} of {total}, {}", rows.name(), narrowed.join(", "))
    }
}

/// Draws the titles of the open panels side by side, as tabs. If one of them does not fit together with its row count,
/// all are drawn without counts, because a truncated name is worse than a missing count.
fn tabs(state: &State, theme: &Theme, shown: PanelKind, pane: Rect, focused: bool, buffer: &mut Buffer) {
    let open = state.open_panels();
    let widths = rows::tab_widths(&open, pane.width);
    let room = |tab: u16| usize::from(tab).saturating_sub(1);
    // A count needs a gap before the next tab.
    let full = open.iter().zip(&widths).all(|(&kind, &tab)| width(&name(state, kind)) < room(tab));
    let mut x = pane.x;
    fill(buffer, Rect { height: 1, ..pane }, theme.style(Role::Title));
    for (&kind, &tab_width) in open.iter().zip(&widths) {
        let tab = Rect { x, width: tab_width, height: 1, ..pane }.intersection(pane);
        x += tab_width;
        let chosen = kind == shown && focused;
        let style = theme.style(if chosen { Role::TitleFocused } else { Role::Title });
        fill(buffer, tab, style);
        put(buffer, tab.x, tab.y, 1, if chosen { "▸" } else { " " }, style);
        let name = if full { Cow::Owned(name(state, kind)) } else { Cow::Borrowed(rows::of(kind).name()) };
        put(buffer, tab.x + 1, tab.y, room(tab.width), &name, style);
        if kind == shown && !focused {
            super::paint::tint(buffer, tab, theme.style(Role::Row));
        }
    }
}

/// Draws a line. Its pieces are truncated where they would overlap the text on the right.
pub(super) fn draw_line(buffer: &mut Buffer, theme: &Theme, place: Rect, line: &PanelLine, over: Option<Style>) {
    if place.height == 0 {
        return;
    }
    let ground = theme.style(Role::Text);
    // Dim text on the background of a selected row would be too faint to read.
    let chosen = |style: Style, over| ground.patch(style).patch(over).remove_modifier(Modifier::DIM);
    let styled = |style: Style| over.map_or(ground.patch(style), |over| chosen(style, over));
    if over.is_some() {
        fill(buffer, place, styled(Style::new()));
    }
    let full = usize::from(place.width);
    let right = line.right.as_ref().map_or(0, |(text, _)| width(text) + 1);
    let right = if right + 12 > full { 0 } else { right };
    let mut x = place.x;
    let end = place.x + (full - right) as u16;
    let gap = u16::from(right > 0);
    for (text, tint) in &line.left {
        // In a selected row, a bar replaces the leading space.
        let text = text
            .strip_prefix(' ')
            .filter(|_| over.is_some() && x == place.x)
            .map_or(Cow::Borrowed(text.as_str()), |rest| Cow::Owned(format!("▌{rest}")));
        x = put(buffer, x, place.y, usize::from(end.saturating_sub(x + gap)), &text, styled(tint.style(theme)));
    }
    if let Some((text, tint)) = line.right.as_ref().filter(|_| right > 0) {
        put(buffer, end, place.y, right - 1, text, styled(tint.style(theme)));
    }
}
