//! Draws the card of a person, organisation or place over the panes.

use super::paint;
use super::panel::draw_line;
use crate::tui::state::card::{Card, WIDTH};
use crate::tui::theme::{Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Returns the area of the card, including its frame.
fn outer(card: &Card, area: Rect) -> Rect {
    let width = WIDTH.min(area.width);
    let height = (card.entries.len() as u16 + 2).min(area.height.saturating_sub(1));
    let y = area.height.saturating_sub(1 + height) / 3;
    Rect { x: (area.width - width) / 2, y, width, height }.intersection(area)
}

/// Returns the area of the card's lines, inside its frame.
pub(super) fn inner(card: &Card, area: Rect) -> Rect {
    paint::framed(outer(card, area))
}

/// Draws the card and its frame.
pub(super) fn draw(card: &Card, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let ground = theme.style(Role::Text).patch(theme.style(Role::Popup));
    let place = paint::frame(buffer, outer(card, area), ground);
    for (row, (index, (line, _))) in
        card.entries.iter().enumerate().skip(card.top).take(place.height.into()).enumerate()
    {
        let at = Rect { y: place.y + row as u16, height: 1, ..place };
        let over = (index == card.selected).then(|| theme.style(Role::RowFocused));
        draw_line(buffer, theme, at, line, over);
    }
}
