//! Writes text into cells. No other module writes symbols into a buffer. All text passes through
//! [`crate::reflow::verbatim_cells`], which sanitizes it so that it cannot control the terminal.

use crate::reflow::{Cell, verbatim_cells};
use dateline_core::text::Span;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Returns the width of a line of text, in columns.
#[must_use]
pub(crate) fn width(text: &str) -> usize {
    verbatim_cells(text, Span::new(0, text.len())).map(|cell| cell.width).sum()
}

/// Writes a line of text at a cell. If it is wider than `room` columns, it is truncated with an ellipsis. Returns the
/// column after the text.
pub(crate) fn put(buffer: &mut Buffer, x: u16, y: u16, room: usize, text: &str, style: Style) -> u16 {
    let whole = Span::new(0, text.len());
    let cut = width(text) > room;
    let end = usize::from(x) + room - usize::from(cut && room > 0);
    let mut at = x;
    for cell in verbatim_cells(text, whole) {
        if usize::from(at) + cell.width > end {
            break;
        }
        set(buffer, at, y, &cell.symbol, cell.width, style);
        at += cell.width as u16;
    }
    if cut && room > 0 {
        set(buffer, at, y, "…", 1, style);
        at += 1;
    }
    at
}

/// Writes a cell whose text has already been sanitized.
pub(crate) fn put_cell(buffer: &mut Buffer, x: u16, y: u16, cell: &Cell<'_>, style: Style) {
    set(buffer, x, y, &cell.symbol, cell.width, style);
}

/// Writes a symbol. If it is wide, clears the second column.
#[expect(clippy::disallowed_methods, reason = "the one door to the screen; what comes here is clean")]
fn set(buffer: &mut Buffer, x: u16, y: u16, symbol: &str, width: usize, style: Style) {
    if usize::from(x) + width > usize::from(buffer.area.right()) {
        return;
    }
    if let Some(cell) = buffer.cell_mut((x, y)) {
        cell.set_symbol(symbol).set_style(style);
    }
    if width > 1
        && let Some(cell) = buffer.cell_mut((x + 1, y))
    {
        cell.reset();
        cell.set_style(style);
    }
}

/// Clears an area and sets its style.
pub(crate) fn fill(buffer: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}

/// Clears an area, sets its style, and draws a frame inside its edge so that it is recognizable even without colours.
/// Returns the area inside the frame.
pub(crate) fn frame(buffer: &mut Buffer, area: Rect, style: Style) -> Rect {
    fill(buffer, area, style);
    let inner = framed(area);
    if inner == area {
        return area;
    }
    let (right, bottom) = (area.right() - 1, area.bottom() - 1);
    let line = "─".repeat(usize::from(area.width) - 2);
    for (y, [left, end]) in [(area.y, ["┌", "┐"]), (bottom, ["└", "┘"])] {
        put(buffer, area.x, y, 1, left, style);
        put(buffer, area.x + 1, y, line.len(), &line, style);
        put(buffer, right, y, 1, end, style);
    }
    for y in area.y + 1..bottom {
        put(buffer, area.x, y, 1, "│", style);
        put(buffer, right, y, 1, "│", style);
    }
    inner
}

/// Returns the area inside a frame, or the whole area if it is too small for a frame.
pub(crate) fn framed(area: Rect) -> Rect {
    if area.width < 4 || area.height < 3 {
        return area;
    }
    Rect { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 }
}

/// Applies a style to an area, without changing its symbols.
pub(crate) fn tint(buffer: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(buffer.area);
    if area == buffer.area {
        // Looking up each cell by its position would take longer than styling it.
        for cell in &mut buffer.content {
            cell.set_style(style);
        }
    } else {
        buffer.set_style(area, style);
    }
}
