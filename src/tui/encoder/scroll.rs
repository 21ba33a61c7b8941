//! Finds rows that moved up or down, so that the terminal can move them instead of drawing them again.

use super::grid::Grid;
use std::io::{self, Write};

/// Maximum distance by which rows are moved, in rows. After larger jumps, too few rows stay on the screen.
const MAX_ROWS: u16 = 6;
/// Minimum number of cells that need not be drawn again. Below this number, the sequences that move rows cost more.
pub(super) const MIN_GAIN: i32 = 60;

/// Rows that move up or down within a region of whole rows. The vacated rows are blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scroll {
    /// First row of the region.
    pub(super) top: u16,
    /// Row after the region.
    pub(super) bottom: u16,
    /// Number of rows by which the rows move.
    rows: u16,
    /// Whether the rows move up; if not, they move down.
    up: bool,
}

impl Scroll {
    /// Finds the movement after which the fewest cells differ, if any is worth it.
    pub(super) fn find(shown: &Grid, next: &Grid) -> Option<Self> {
        let search = Search::new(shown, next);
        let mut best = (MIN_GAIN, None);
        for rows in 1..=MAX_ROWS.min(shown.height.saturating_sub(1)) {
            for up in [true, false] {
                if let Some((gain, first, last)) = search.best_run(rows, up, best.0) {
                    let (top, bottom) = if up { (first, last + 1 + rows) } else { (first - rows, last + 1) };
                    best = (gain, Some(Self { top, bottom, rows, up }));
                }
            }
        }
        best.1
    }

    /// Returns the row that the terminal moves to row `y`; `None` if it leaves that row blank.
    pub(super) fn source(self, y: u16) -> Option<u16> {
        if !(self.top..self.bottom).contains(&y) {
            Some(y)
        } else if self.up {
            (y + self.rows < self.bottom).then_some(y + self.rows)
        } else {
            y.checked_sub(self.rows).filter(|&row| row >= self.top)
        }
    }

    /// Writes the control sequences that move the rows. Rows are deleted at one end of the region and inserted at the
    /// other, because every terminal supports that. A scroll region would remain set after an error.
    ///
    /// # Errors
    /// Returns an error if the writer fails.
    pub(super) fn write(self, height: u16, out: &mut Vec<u8>) -> io::Result<()> {
        let Self { top, bottom, rows, up } = self;
        let (deleted, inserted) = if up { (top, bottom - rows) } else { (bottom - rows, top) };
        write!(out, "\x1b[{}H\x1b[{rows}M", deleted + 1)?;
        if !up || bottom < height {
            write!(out, "\x1b[{}H\x1b[{rows}L", inserted + 1)?;
        }
        Ok(())
    }
}

/// Search for rows that moved.
struct Search<'a> {
    shown: &'a Grid,
    next: &'a Grid,
    /// Cost of drawing each row without moving it.
    costs: Vec<i32>,
    /// Cost of drawing each row and all rows below it.
    rest: Vec<i32>,
}

impl<'a> Search<'a> {
    fn new(shown: &'a Grid, next: &'a Grid) -> Self {
        let cost = |y| cost(shown.prints(y), next.prints(y), i32::MAX);
        let costs: Vec<i32> = (0..next.height).map(cost).collect();
        let mut rest = costs.clone();
        let mut sum = 0;
        for rest in rest.iter_mut().rev() {
            sum += *rest;
            *rest = sum;
        }
        Self { shown, next, costs, rest }
    }

    /// Finds the adjacent rows of the next frame for which moving the terminal's rows by `rows` saves the most. Returns
    /// the saving, the first row and the last row, or `None` if the saving is at most `least`. Rows that cannot gain
    /// are skipped, because comparing all of them for every movement would take longer than drawing them.
    fn best_run(&self, rows: u16, up: bool, least: i32) -> Option<(i32, u16, u16)> {
        let (mut best, mut run, mut start) = ((least, 0, 0), 0, 0);
        for ((y, &cost_here), &rest) in (0_u16..).zip(&self.costs).zip(&self.rest) {
            if run + rest <= best.0 {
                break;
            }
            let from = if up { y.checked_add(rows) } else { y.checked_sub(rows) };
            let Some(from) = from.filter(|&row| row < self.shown.height && run + cost_here > 0) else {
                run = 0;
                continue;
            };
            if run == 0 {
                start = y;
            }
            run += cost_here;
            run -= cost(self.shown.prints(from), self.next.prints(y), run);
            if run > best.0 {
                best = (run, start, y);
            }
        }
        (best.0 > least).then_some(best)
    }
}

/// Returns the cost of drawing a row over another, up to `limit`: the number of cells that look different, by their
/// fingerprints. A cell to be cleared costs a quarter of one to be drawn.
fn cost(shown: &[u32], next: &[u32], limit: i32) -> i32 {
    /// Number of cells after which the limit is checked.
    const CELLS: usize = 16;
    let mut quarters = 0;
    for (shown, next) in shown.chunks(CELLS).zip(next.chunks(CELLS)) {
        let quarters_of = |(shown, next): (&u32, &u32)| i32::from(shown != next) * (4 - 3 * (next & 1) as i32);
        quarters += shown.iter().zip(next).map(quarters_of).sum::<i32>();
        if quarters / 4 >= limit {
            return limit;
        }
    }
    quarters / 4
}
