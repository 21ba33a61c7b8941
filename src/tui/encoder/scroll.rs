//! Finds rows that moved up or down, so that the terminal can move them instead of drawing them again.

use super::grid::Grid;
use std::io::{self, Write};

/// Maximum number of rows by which rows are moved. Larger jumps leave little to move.
const MAX_ROWS: u16 = 6;
/// Minimum number of cells that need not be drawn again. Below this number, the sequences that move rows cost more.
pub(super) const MIN_GAIN: i32 = 60;

/// Rows that move up or down within a region of whole rows. The rows that become free are blank.
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
        let mut best = (MIN_GAIN, None);
        for rows in 1..=MAX_ROWS.min(shown.height.saturating_sub(1)) {
            for up in [true, false] {
                let (gain, first, last) = best_run(shown, next, rows, up);
                if gain > best.0 {
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
    /// other, because every terminal can do that, and it sets no scroll region that an error could leave set.
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

/// Returns the adjacent rows of `next` that gain most if the rows of `shown` move by `rows`: the number of cells that
/// need not be drawn, the first row and the last row.
fn best_run(shown: &Grid, next: &Grid, rows: u16, up: bool) -> (i32, u16, u16) {
    let (mut best, mut run, mut start) = ((0, 0, 0), 0, 0);
    for y in 0..next.height {
        let from = if up { y.checked_add(rows).filter(|&row| row < shown.height) } else { y.checked_sub(rows) };
        let Some(from) = from else {
            run = 0;
            continue;
        };
        if run == 0 {
            start = y;
        }
        run += differences(shown.prints(y), next.prints(y)) - differences(shown.prints(from), next.prints(y));
        if run <= 0 {
            run = 0;
        } else if run > best.0 {
            best = (run, start, y);
        }
    }
    best
}

/// Counts the cells of a row that look different, by their fingerprints. A cell to be cleared counts less than one to be
/// drawn.
fn differences(shown: &[u64], next: &[u64]) -> i32 {
    let count = |&(shown, next): &(&u64, &u64)| i32::from(shown != next) * (4 - 3 * (next & 1) as i32);
    shown.iter().zip(next).map(|pair| count(&pair)).sum::<i32>() / 4
}
