//! Forces a redraw of the cells after symbols of disputed width. If a terminal draws such a symbol wider than expected,
//! it covers the next cells, and part of it remains there when the symbol disappears. Redrawing only changed cells
//! would repair neither.

use crate::reflow::{UNJOINED, is_disputed};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

/// Cells that symbols of disputed width may have covered in the previous frame.
#[derive(Clone, Debug, Default)]
pub(crate) struct WidthRepair(Vec<Rect>);

impl WidthRepair {
    /// Marks every cell after a symbol of disputed width to be redrawn, even if the cell is unchanged. This includes
    /// symbols in the previous frame. The areas `held` are blank in this frame, although the terminal still shows the
    /// symbols of the previous one there.
    pub(crate) fn repair(&mut self, held: &[Rect], buffer: &mut Buffer) {
        let mut now = places(buffer);
        now.extend(self.0.iter().filter(|place| held.iter().any(|area| area.intersects(**place))));
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

/// Returns the cells that symbols of disputed width may cover in addition to their own.
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
