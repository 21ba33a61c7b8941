//! Cells that a terminal shows, with their links.

use super::pen::Pen;
use crate::reflow::{is_disputed, width};
use ratatui::buffer::Cell;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// Cell of a terminal.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    cell: Cell,
    pub(super) link: Option<Rc<str>>,
    pub(super) pen: Pen,
    /// Width of the symbol, in columns: 1 or 2.
    pub(super) width: u16,
    /// Whether terminals disagree on the width of the symbol.
    pub(super) is_disputed: bool,
    /// Whether the cell shows nothing but its background.
    is_blank: bool,
    /// Fingerprint of the look: equal looks have equal fingerprints, different ones almost always different ones. The
    /// lowest bit says whether the cell looks as after a reset.
    print: u64,
}

impl Slot {
    /// Creates a cell whose symbol has been checked.
    pub(super) fn new(cell: Cell, link: Option<Rc<str>>) -> Self {
        let symbol = cell.symbol();
        let is_ascii = symbol.len() == 1;
        let width = if is_ascii { 1 } else { width(symbol).clamp(1, 2) as u16 };
        let is_disputed = !is_ascii && is_disputed(symbol);
        let pen = Pen::of(&cell);
        let is_blank = symbol == " " && link.is_none() && pen.is_plain_on_blanks();
        let mut print = Fnv::default();
        if is_blank {
            pen.bg().hash(&mut print);
        } else {
            (symbol, pen, &link).hash(&mut print);
        }
        let print = print.finish() & !1 | u64::from(is_blank && pen.is_clear());
        Self { cell, link, pen, width, is_disputed, is_blank, print }
    }

    /// Returns a blank cell in the same style.
    pub(super) fn blank(&self) -> Self {
        let mut cell = Cell::default();
        cell.set_style(self.cell.style());
        Self::new(cell, None)
    }

    /// Returns the symbol.
    pub(super) fn symbol(&self) -> &str {
        self.cell.symbol()
    }

    /// Returns whether the cell shows nothing but its background.
    pub(super) const fn is_blank(&self) -> bool {
        self.is_blank
    }

    /// Returns whether the cell looks as after a reset of the terminal.
    pub(super) fn is_clear(&self) -> bool {
        self.is_blank && self.pen.is_clear()
    }

    /// Returns whether two cells look the same. The text colour of a blank cell does not matter.
    pub(super) fn looks_like(&self, other: &Self) -> bool {
        if self.is_blank && other.is_blank {
            return self.pen.bg() == other.pen.bg();
        }
        self.pen == other.pen && self.symbol() == other.symbol() && self.link == other.link
    }
}

impl Default for Slot {
    fn default() -> Self {
        Self::new(Cell::default(), None)
    }
}

/// Hash function of Fowler, Noll and Vo (FNV-1a), which is fast on a few bytes.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Rectangle of cells, row by row.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub(super) width: u16,
    pub(super) height: u16,
    slots: Vec<Slot>,
    /// Fingerprints of the cells. They are apart from the cells because comparing all of them must be fast.
    prints: Vec<u64>,
    /// Number of symbols of disputed width in each row.
    disputed: Vec<u16>,
}

impl Grid {
    /// Enlarges the grid by blank cells so that it has at least this size.
    pub(super) fn grow(&mut self, width: u16, height: u16) {
        if width <= self.width && height <= self.height {
            return;
        }
        let (width, height) = (width.max(self.width), height.max(self.height));
        let (count, blank) = (usize::from(width) * usize::from(height), Slot::default());
        let prints = vec![blank.print; count];
        let disputed = vec![0; usize::from(height)];
        let mut larger = Self { width, height, slots: vec![blank; count], prints, disputed };
        for y in 0..self.height {
            for (x, slot) in (0..).zip(self.row(y)) {
                larger.set(x, y, slot.clone());
            }
        }
        *self = larger;
    }

    /// Replaces a cell. Returns whether the grid has one there.
    pub(super) fn set(&mut self, x: u16, y: u16, slot: Slot) -> bool {
        let index = usize::from(y) * usize::from(self.width) + usize::from(x);
        let cell = self.slots.get_mut(index).filter(|_| x < self.width);
        let (Some(place), Some(print), Some(disputed)) =
            (cell, self.prints.get_mut(index), self.disputed.get_mut(usize::from(y)))
        else {
            return false;
        };
        *disputed += u16::from(slot.is_disputed);
        *disputed -= u16::from(place.is_disputed);
        *print = slot.print;
        *place = slot;
        true
    }

    /// Returns the cells of a row; none if the row is outside the grid.
    pub(super) fn row(&self, y: u16) -> &[Slot] {
        let start = usize::from(y) * usize::from(self.width);
        self.slots.get(start..start + usize::from(self.width)).unwrap_or_default()
    }

    /// Returns the fingerprints of a row. The lowest bit of each says whether the cell looks as after a reset.
    pub(super) fn prints(&self, y: u16) -> &[u64] {
        let start = usize::from(y) * usize::from(self.width);
        self.prints.get(start..start + usize::from(self.width)).unwrap_or_default()
    }

    /// Returns whether a row has a symbol of disputed width.
    pub(super) fn is_disputed(&self, y: u16) -> bool {
        self.disputed.get(usize::from(y)).is_some_and(|&count| count > 0)
    }

    /// Returns the cell at a column and row.
    pub(super) fn slot(&self, x: u16, y: u16) -> Option<&Slot> {
        self.row(y).get(usize::from(x))
    }
}
