//! Bytes of a frame, and the state in which they leave the terminal.

use super::grid::{Grid, Slot};
use super::pen::Pen;
use std::io::{self, Write};
use std::rc::Rc;

/// Maximum number of unchanged columns to rewrite instead of moving the cursor past them. Moving the cursor takes at
/// most this many bytes.
const MAX_GAP: u16 = 8;
/// Length of a control sequence that moves the cursor within a row, in bytes.
const MOVE: u16 = 5;

/// Position of the cursor and style of the terminal. A coordinate is `None` if it is not known.
#[derive(Clone, Debug, Default)]
struct Place {
    row: Option<u16>,
    column: Option<u16>,
    pen: Pen,
    link: Option<Rc<str>>,
}

/// Writer of the cells of a grid.
#[derive(Debug)]
pub(super) struct Output<'a> {
    grid: &'a Grid,
    at: Place,
    pub(super) bytes: Vec<u8>,
}

impl<'a> Output<'a> {
    /// Starts a frame. The terminal writes in the default style, and the cursor can be anywhere.
    pub(super) fn new(grid: &'a Grid) -> Self {
        Self { grid, at: Place::default(), bytes: Vec::new() }
    }

    /// Writes the changed cells of a row. `changed` has one flag per cell.
    ///
    /// # Errors
    /// Returns an error if the writer fails.
    pub(super) fn row(&mut self, y: u16, changed: &[bool]) -> io::Result<()> {
        let slots = self.grid.row(y);
        let mut x = 0;
        while let Some(offset) = changed.iter().skip(x).position(|&changed| changed) {
            x += offset;
            let clear = slots.iter().skip(x).take_while(|slot| slot.is_clear()).count();
            let stale = (0..clear).rev().find(|&at| changed.get(x + at) == Some(&true)).map_or(0, |at| at + 1);
            let is_last = !changed.iter().skip(x + stale).any(|&changed| changed);
            let (column, count) = (x as u16, stale as u16);
            if x + clear == slots.len() && count > 3 {
                self.erase(column, y, None)?;
                x = slots.len();
            } else if count > if is_last { MOVE } else { 2 * MOVE } {
                self.erase(column, y, Some(count))?;
                x += stale;
            } else if let Some(slot) = slots.get(x) {
                self.cell(column, y, slot)?;
                x += usize::from(slot.width);
            }
        }
        Ok(())
    }

    /// Ends the frame in the default style and without a link.
    ///
    /// # Errors
    /// Returns an error if the writer fails.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        self.link(None)?;
        self.pen(Pen::default())
    }

    /// Moves the cursor by the shortest sequence.
    ///
    /// # Errors
    /// Returns an error if the writer fails.
    pub(super) fn move_to(&mut self, x: u16, y: u16) -> io::Result<()> {
        if (self.at.row, self.at.column) == (Some(y), Some(x)) {
            return Ok(());
        }
        let start = self.bytes.len();
        match (x, y) {
            (0, 0) => self.bytes.extend_from_slice(b"\x1b[H"),
            (0, _) => write!(self.bytes, "\x1b[{}H", y + 1)?,
            _ => write!(self.bytes, "\x1b[{};{}H", y + 1, x + 1)?,
        }
        let middle = self.bytes.len();
        // A line feed goes straight down, unless the terminal returns to the first column as well. The column is
        // therefore set after it.
        if let Some(down) = self.at.row.and_then(|row| y.checked_sub(row)).filter(|&down| down <= MAX_GAP) {
            self.bytes.extend(std::iter::repeat_n(b'\n', usize::from(down)));
            self.set_column(x, if down == 0 { self.at.column } else { None })?;
            if self.bytes.len() - middle < middle - start {
                self.bytes.drain(start..middle);
            } else {
                self.bytes.truncate(middle);
            }
        }
        (self.at.row, self.at.column) = (Some(y), Some(x));
        Ok(())
    }

    /// Moves the cursor within its row, from column `from` if that is known.
    fn set_column(&mut self, x: u16, from: Option<u16>) -> io::Result<()> {
        if x == 0 {
            self.bytes.push(b'\r');
            return Ok(());
        }
        match from.and_then(|from| x.checked_sub(from)) {
            Some(1) => self.bytes.write_all(b"\x1b[C"),
            Some(ahead @ ..10) => write!(self.bytes, "\x1b[{ahead}C"),
            _ => write!(self.bytes, "\x1b[{}G", x + 1),
        }
    }

    /// Writes a cell at its place, and the unchanged cells before it if that is shorter than moving the cursor.
    fn cell(&mut self, x: u16, y: u16, slot: &Slot) -> io::Result<()> {
        if (self.at.row, self.at.column) != (Some(y), Some(x)) {
            self.reach(x, y, slot)?;
        }
        self.style(slot)?;
        if slot.is_disputed && slot.width > 1 {
            // Clear both columns first: a terminal that draws the symbol narrow would leave the second one as it was.
            write!(self.bytes, "  \x1b[{}G", x + 1)?;
        }
        self.symbol(slot);
        Ok(())
    }

    /// Moves the cursor to a cell and sets its style, by writing the unchanged cells before it if that is shorter.
    fn reach(&mut self, x: u16, y: u16, slot: &Slot) -> io::Result<()> {
        let before = self.at.clone();
        let start = self.bytes.len();
        self.move_to(x, y)?;
        self.style(slot)?;
        let here = before.column.filter(|&from| before.row == Some(y) && from < x);
        for from in [here, Some(0)].into_iter().flatten().filter(|from| x - from <= MAX_GAP) {
            let moved = self.bytes.split_off(start);
            let after = std::mem::replace(&mut self.at, before.clone());
            self.move_to(from, y)?;
            let is_written = self.gap(from, x, y)?;
            self.style(slot)?;
            if !is_written || self.bytes.len() - start >= moved.len() {
                self.bytes.truncate(start);
                self.bytes.extend(moved);
                self.at = after;
            }
        }
        Ok(())
    }

    /// Writes the cells from one column to another. Returns whether that was possible.
    fn gap(&mut self, from: u16, to: u16, y: u16) -> io::Result<bool> {
        let mut x = from;
        while let Some(slot) = self.grid.slot(x, y).filter(|slot| x < to && !slot.is_disputed) {
            self.style(slot)?;
            self.symbol(slot);
            x += slot.width;
        }
        Ok(x == to)
    }

    /// Erases `count` cells, or the rest of the row.
    fn erase(&mut self, x: u16, y: u16, count: Option<u16>) -> io::Result<()> {
        self.move_to(x, y)?;
        self.link(None)?;
        if !self.at.pen.is_clear() {
            self.pen(Pen::default())?;
        }
        match count {
            None => self.bytes.write_all(b"\x1b[K"),
            Some(count) => write!(self.bytes, "\x1b[{count}X"),
        }
    }

    /// Sets the style and the link of a cell. A blank cell needs only its background.
    fn style(&mut self, slot: &Slot) -> io::Result<()> {
        self.link(slot.link.as_ref())?;
        if slot.is_blank() && self.at.pen.has_background_of(slot.pen) && self.at.pen.is_plain_on_blanks() {
            return Ok(());
        }
        self.pen(slot.pen)
    }

    fn pen(&mut self, pen: Pen) -> io::Result<()> {
        self.at.pen.change(pen, &mut self.bytes)?;
        self.at.pen = pen;
        Ok(())
    }

    /// Begins or ends a link (OSC 8).
    fn link(&mut self, link: Option<&Rc<str>>) -> io::Result<()> {
        if self.at.link.as_ref() != link {
            write!(self.bytes, "\x1b]8;;{}\x1b\\", link.map_or("", AsRef::as_ref))?;
            self.at.link = link.cloned();
        }
        Ok(())
    }

    /// Writes a symbol. Its column afterwards is not known if terminals disagree on its width, nor at the end of the
    /// row, where the cursor stays.
    fn symbol(&mut self, slot: &Slot) {
        self.bytes.extend_from_slice(slot.symbol());
        let column = self.at.column.map(|column| column + slot.width);
        self.at.column = column.filter(|&column| column < self.grid.width && !slot.is_disputed);
    }
}
