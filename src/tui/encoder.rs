//! Encodes frames for the terminal in few bytes, because over a slow connection they are what the user waits for. It
//! knows what the terminal shows, and writes only what differs, by the shortest sequences.

mod grid;
mod output;
mod pen;
mod scroll;

use grid::{Grid, Slot};
use output::Output;
use ratatui::buffer::Cell;
use scroll::Scroll;
use std::io;
use std::iter::once;
use std::rc::Rc;

/// Control sequences before and after an update that a terminal should show at once.
const AT_ONCE: [&[u8]; 2] = [b"\x1b[?2026h", b"\x1b[?2026l"];

/// Encoder of the frames of one terminal.
#[derive(Debug, Default)]
pub(super) struct Encoder {
    /// Cells that the terminal shows.
    shown: Grid,
    /// Cells of the next frame.
    next: Grid,
}

impl Encoder {
    /// Records that the terminal has been cleared.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Encodes the changed cells of a frame: column, row, checked cell and link of each.
    ///
    /// # Errors
    /// Returns an error if the in-memory writer fails.
    pub(super) fn encode(&mut self, cells: Vec<(u16, u16, Cell, Option<Rc<str>>)>) -> io::Result<Vec<u8>> {
        let size = |coordinate: fn(&(u16, u16, Cell, Option<Rc<str>>)) -> u16| {
            cells.iter().map(coordinate).max().map_or(0, |last| last + 1)
        };
        let (width, height) = (size(|cell| cell.0), size(|cell| cell.1));
        self.shown.grow(width, height);
        self.next.grow(width, height);
        let mut sent = Vec::with_capacity(cells.len());
        for (x, y, cell, link) in cells {
            let slot = Slot::new(cell, link);
            // The second column of a wide symbol is not sent. It is blank, in the style of the symbol.
            let second = (slot.width > 1).then(|| slot.blank());
            for (x, slot) in once((x, slot)).chain(second.map(|second| (x + 1, second))) {
                if self.next.set(x, y, slot) {
                    sent.push((x, y));
                }
            }
        }
        let is_disputed: Vec<bool> =
            (0..self.next.height).map(|y| self.next.is_disputed(y) || self.shown.is_disputed(y)).collect();
        let changed = self.changed(&sent, &is_disputed);
        let mut bytes = self.written(&changed, None)?;
        let count = changed.iter().flatten().filter(|&&changed| changed).count();
        // Rows with symbols of disputed width may look different on the terminal, and moving them would keep that.
        if count >= scroll::MIN_GAIN as usize
            && !is_disputed.contains(&true)
            && let Some(scroll) = Scroll::find(&self.shown, &self.next)
        {
            let scrolled = self.written(&self.changed_after(scroll), Some(scroll))?;
            if scrolled.len() < bytes.len() {
                bytes = scrolled;
            }
        }
        for (x, y) in sent {
            if let Some(slot) = self.next.slot(x, y) {
                self.shown.set(x, y, slot.clone());
            }
        }
        Ok(bytes)
    }

    /// Returns which cells of each row must be drawn. In rows with symbols of disputed width, these are all that were
    /// sent, because the terminal may show something else than it should.
    fn changed(&self, sent: &[(u16, u16)], is_disputed: &[bool]) -> Vec<Vec<bool>> {
        let mut changed = vec![vec![false; usize::from(self.next.width)]; usize::from(self.next.height)];
        for &(x, y) in sent {
            let (Some(next), Some(shown)) = (self.next.slot(x, y), self.shown.slot(x, y)) else { continue };
            let is_forced = is_disputed.get(usize::from(y)) == Some(&true);
            if let Some(changed) = changed.get_mut(usize::from(y)).and_then(|row| row.get_mut(usize::from(x))) {
                *changed = is_forced || !next.looks_like(shown);
            }
        }
        for (y, changed) in (0..).zip(&mut changed) {
            complete(self.shown.row(y), self.next.row(y), changed);
        }
        changed
    }

    /// Returns which cells of each row must be drawn after the terminal has moved rows.
    fn changed_after(&self, scroll: Scroll) -> Vec<Vec<bool>> {
        let blank = vec![Slot::default(); usize::from(self.next.width)];
        let rows = (0..self.next.height).map(|y| {
            let shown = scroll.source(y).map_or(blank.as_slice(), |row| self.shown.row(row));
            let next = self.next.row(y);
            let mut changed = shown.iter().zip(next).map(|(shown, next)| !next.looks_like(shown)).collect::<Vec<_>>();
            complete(shown, next, &mut changed);
            changed
        });
        rows.collect()
    }

    /// Encodes the cells of a frame that must be drawn.
    fn written(&self, changed: &[Vec<bool>], scroll: Option<Scroll>) -> io::Result<Vec<u8>> {
        let mut output = Output::new(&self.next);
        if let Some(scroll) = scroll {
            output.bytes.extend_from_slice(AT_ONCE[0]);
            scroll.write(self.next.height, &mut output.bytes)?;
        }
        for (y, changed) in (0..).zip(changed) {
            output.row(y, changed)?;
        }
        output.finish()?;
        if scroll.is_some() {
            output.bytes.extend_from_slice(AT_ONCE[1]);
        }
        Ok(output.bytes)
    }
}

/// Marks the cells that change together with others: both columns of a wide symbol that disappears, and a wide symbol
/// whose second column was sent.
fn complete(shown: &[Slot], next: &[Slot], changed: &mut [bool]) {
    for (x, (shown, next)) in shown.iter().zip(next).enumerate() {
        if shown.width > 1 && !next.looks_like(shown) {
            changed.iter_mut().skip(x).take(2).for_each(|changed| *changed = true);
        }
    }
    for x in (0..next.len()).filter(|&x| next.get(x).is_some_and(|next| next.width > 1)) {
        if let Some([symbol, second]) = changed.get_mut(x..x + 2) {
            *symbol |= *second;
            *second = false;
        }
    }
}

#[cfg(test)]
mod tests;
