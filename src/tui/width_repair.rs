//! Forces a redraw of the cells after symbols of disputed width. A terminal that draws such a symbol wider than
//! expected covers the next cells, and leaves part of the symbol there when it disappears. Redrawing only the changed
//! cells would repair neither.

use crate::reflow::{UNJOINED, is_disputed};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

/// Disputed cells of the previous frame.
#[derive(Clone, Debug, Default)]
pub(crate) struct WidthRepair(Vec<Rect>);

impl WidthRepair {
    /// Marks every cell after such a symbol, in this frame or the previous one, to be redrawn even if it is unchanged.
    pub(crate) fn repair(&mut self, buffer: &mut Buffer) {
        let now = places(buffer);
        let last = std::mem::replace(&mut self.0, now);
        let area = buffer.area;
        for place in last.iter().chain(&self.0).map(|place| place.intersection(area)) {
            for x in place.left()..place.right() {
                if let Some(cell) = buffer.cell_mut((x, place.y)) {
                    cell.set_diff_option(CellDiffOption::AlwaysUpdate);
                }
            }
        }
    }
}

/// Returns the cells that such symbols may cover beyond their first cell.
fn places(buffer: &Buffer) -> Vec<Rect> {
    let columns = usize::from(buffer.area.width).max(1);
    let mut out = Vec::new();
    for (index, cell) in buffer.content.iter().enumerate() {
        let symbol = cell.symbol();
        if symbol.is_ascii() || !is_disputed(symbol) {
            continue;
        }
        let (x, y) = ((index % columns) as u16, (index / columns) as u16);
        out.push(Rect { x: buffer.area.x + x + 1, y: buffer.area.y + y, width: UNJOINED - 1, height: 1 });
    }
    out
}
