//! Text onto cells. The only module that writes symbols into a buffer: whatever it is given comes
//! through [`crate::reflow::cells`], which cleans it, so that no text can command the terminal.

use crate::reflow::{Cell, cells};
use crate::text::Span;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

pub use crate::reflow::width;

/// Puts a line of text at a cell, cut with an ellipsis where it needs more than `room` columns.
/// Gives the column behind it.
pub fn put(buffer: &mut Buffer, x: u16, y: u16, room: usize, text: &str, style: Style) -> u16 {
    let whole = Span::new(0, text.len());
    let cut = cells(text, whole).map(|cell| cell.width).sum::<usize>() > room;
    let end = usize::from(x) + room - usize::from(cut && room > 0);
    let mut at = x;
    for cell in cells(text, whole) {
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

/// Puts one cell of text, cleaned before.
pub fn put_cell(buffer: &mut Buffer, x: u16, y: u16, cell: &Cell<'_>, style: Style) {
    set(buffer, x, y, &cell.symbol, cell.width, style);
}

/// Writes a symbol and blanks the second column of a wide one.
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

/// Blanks an area in a style.
pub fn fill(buffer: &mut Buffer, area: Rect, style: Style) {
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

/// Lays a style over what an area shows.
pub fn tint(buffer: &mut Buffer, area: Rect, style: Style) {
    buffer.set_style(area.intersection(buffer.area), style);
}
