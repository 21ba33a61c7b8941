//! Encodes frames for the terminal in as few bytes as possible, because over a slow connection the user waits for every
//! byte. The encoder keeps a copy of what the terminal shows, and writes only the differences, in the shortest control
//! sequences.

mod grid;
mod output;
mod pen;
mod scroll;

use super::char_cache::CharCache;
use grid::{Grid, Slot, Width};
use output::Output;
use ratatui::buffer::Cell;
use scroll::Scroll;
use std::borrow::Borrow;
use std::io;
use std::rc::Rc;

/// Control sequences that begin and end a synchronised update, which the terminal shows all at once.
const AT_ONCE: [&[u8]; 2] = [b"\x1b[?2026h", b"\x1b[?2026l"];

/// Encoder of the frames of one terminal.
#[derive(Debug, Default)]
pub(super) struct Encoder {
    /// Cells that the terminal shows.
    shown: Grid,
    /// Cells of the next frame.
    next: Grid,
    widths: CharCache<Width>,
}

impl Encoder {
    /// Records that the terminal has been cleared.
    pub(super) fn clear(&mut self) {
        (self.shown, self.next) = (Grid::default(), Grid::default());
    }

    /// Encodes the changed cells of a frame: column, row, checked cell and link of each.
    ///
    /// # Errors
    /// Returns an error if the in-memory writer fails.
    pub(super) fn encode<C: Borrow<Cell>>(
        &mut self,
        cells: impl IntoIterator<Item = (u16, u16, C, Option<Rc<str>>)>,
    ) -> io::Result<Vec<u8>> {
        let sent = self.receive(cells);
        let changed = self.changed(&sent);
        let bytes = self.shortest(&changed)?;
        for (x, y) in sent {
            if let Some(slot) = self.next.slot(x, y) {
                self.shown.set(x, y, slot.clone());
            }
        }
        Ok(bytes)
    }

    /// Puts the changed cells into the next frame. Returns their columns and rows.
    fn receive<C: Borrow<Cell>>(
        &mut self,
        cells: impl IntoIterator<Item = (u16, u16, C, Option<Rc<str>>)>,
    ) -> Vec<(u16, u16)> {
        let slot = |(x, y, cell, link): (u16, u16, C, _)| (x, y, Slot::new(cell.borrow(), link, &mut self.widths));
        let slots: Vec<(u16, u16, Slot)> = cells.into_iter().map(slot).collect();
        let end = |end: fn(&(u16, u16, Slot)) -> u16| slots.iter().map(end).max().unwrap_or_default();
        // A wide symbol may be the only one to reach the last column.
        let (width, height) = (end(|(x, _, slot)| x + slot.width), end(|(_, y, _)| y + 1));
        self.shown.grow(width, height);
        self.next.grow(width, height);
        let mut sent = Vec::with_capacity(slots.len());
        for (x, y, slot) in slots {
            // The second column of a wide symbol is not sent. It is blank, in the style of the symbol.
            let second = (slot.width > 1).then(|| slot.blank());
            if self.next.set(x, y, slot) {
                sent.push((x, y));
            }
            if let Some(second) = second
                && self.next.set(x + 1, y, second)
            {
                sent.push((x + 1, y));
            }
        }
        sent
    }

    /// Encodes the cells that must be drawn, with or without moving rows, whichever is shorter.
    fn shortest(&self, changed: &[Vec<bool>]) -> io::Result<Vec<u8>> {
        let count = changed.iter().flatten().filter(|&&changed| changed).count();
        // Rows with symbols of disputed width may look wrong on the terminal. Moving such rows would preserve the
        // error.
        let can_move = count >= scroll::MIN_GAIN as usize && !(0..self.next.height).any(|y| self.is_disputed(y));
        if can_move && let Some(scroll) = Scroll::find(&self.shown, &self.next) {
            // Encode with the movement first: it nearly always wins, and its length limits the second encoding, which
            // stops early.
            let changed_after = self.changed_after(scroll, changed);
            let scrolled = self.written(&changed_after, Some(scroll), usize::MAX)?.unwrap_or_default();
            return Ok(self.written(changed, None, scrolled.len())?.unwrap_or(scrolled));
        }
        Ok(self.written(changed, None, usize::MAX)?.unwrap_or_default())
    }

    /// Returns whether a row has a symbol of disputed width, or the terminal shows one there.
    fn is_disputed(&self, y: u16) -> bool {
        self.next.is_disputed(y) || self.shown.is_disputed(y)
    }

    /// Returns which cells of each row must be drawn; an empty list for a row without any. In rows with symbols of
    /// disputed width, these are all cells that were sent, because the terminal may not show what it should.
    fn changed(&self, sent: &[(u16, u16)]) -> Vec<Vec<bool>> {
        let mut changed = vec![Vec::new(); usize::from(self.next.height)];
        for &(x, y) in sent {
            let (Some(next), Some(shown)) = (self.next.slot(x, y), self.shown.slot(x, y)) else { continue };
            if next.looks_like(shown) && !self.is_disputed(y) {
                continue;
            }
            let Some(row) = changed.get_mut(usize::from(y)) else { continue };
            row.resize(usize::from(self.next.width), false);
            if let Some(changed) = row.get_mut(usize::from(x)) {
                *changed = true;
            }
        }
        for (y, changed) in (0..).zip(&mut changed) {
            if self.shown.is_wide(y) || self.next.is_wide(y) {
                complete(self.shown.row(y), self.next.row(y), changed);
            }
        }
        changed
    }

    /// Returns which cells of each row must be drawn after the terminal has moved rows. `changed` says which must be
    /// drawn without that.
    fn changed_after(&self, scroll: Scroll, changed: &[Vec<bool>]) -> Vec<Vec<bool>> {
        let blank = vec![Slot::default(); usize::from(self.next.width)];
        let rows = (0..self.next.height).zip(changed).map(|(y, changed)| {
            let source = scroll.source(y);
            if source == Some(y) {
                return changed.clone();
            }
            let shown = source.map_or(blank.as_slice(), |row| self.shown.row(row));
            let next = self.next.row(y);
            let mut changed = shown.iter().zip(next).map(|(shown, next)| !next.looks_like(shown)).collect::<Vec<_>>();
            if self.next.is_wide(y) || source.is_some_and(|row| self.shown.is_wide(row)) {
                complete(shown, next, &mut changed);
            }
            changed
        });
        rows.collect()
    }

    /// Encodes the cells of a frame that must be drawn. Returns `None` if that takes more than
    /// `limit` bytes.
    fn written(&self, changed: &[Vec<bool>], scroll: Option<Scroll>, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let mut output = Output::new(&self.next);
        if let Some(scroll) = scroll {
            output.bytes.extend_from_slice(AT_ONCE[0]);
            scroll.write(self.next.height, &mut output.bytes)?;
        }
        for (y, changed) in (0..).zip(changed) {
            output.row(y, changed)?;
            if output.bytes.len() > limit {
                return Ok(None);
            }
        }
        output.finish()?;
        if scroll.is_some() {
            output.bytes.extend_from_slice(AT_ONCE[1]);
        }
        Ok((output.bytes.len() <= limit).then_some(output.bytes))
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
