//! Cells behind symbols whose width terminals dispute. A terminal that draws such a symbol wider draws it over what
//! stands behind it, and leaves a part of it when it goes; a frame that repeats only what changed would keep both.

use crate::reflow::{UNJOINED, is_disputed};
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

/// The places of the last frame.
#[derive(Clone, Debug, Default)]
pub struct WidthRepair(Vec<Rect>);

impl WidthRepair {
    /// Has all cells of a frame drawn, changed or not, that stand behind such a symbol of this frame or the last.
    pub fn repair(&mut self, buffer: &mut Buffer) {
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

/// The places that such symbols may reach beyond their first cell.
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
