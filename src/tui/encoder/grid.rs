//! Cells that a terminal shows, with their links.

use super::pen::Pen;
use crate::reflow::{is_disputed, width};
use crate::tui::char_cache::CharCache;
use ratatui::buffer::Cell;
use std::rc::Rc;

/// Symbol of a cell, in UTF-8. Nearly all symbols are short and need no memory of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Symbol {
    Short { bytes: [u8; 7], length: u8 },
    Long(Rc<[u8]>),
}

impl Symbol {
    fn new(symbol: &str) -> Self {
        let mut bytes = [0; 7];
        match bytes.get_mut(..symbol.len()) {
            Some(place) => {
                place.copy_from_slice(symbol.as_bytes());
                Self::Short { bytes, length: symbol.len() as u8 }
            }
            None => Self::Long(symbol.as_bytes().into()),
        }
    }

    /// Returns a number that is different for each short symbol, and almost always different for long ones.
    fn number(&self) -> u64 {
        match self {
            Self::Short { bytes, length } => {
                bytes.iter().fold(u64::from(*length), |number, &byte| number << 8 | u64::from(byte))
            }
            Self::Long(bytes) => bytes.iter().fold(0, |hash, &byte| mixed_byte(hash, byte)),
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Short { bytes, length } => bytes.get(..usize::from(*length)).unwrap_or_default(),
            Self::Long(bytes) => bytes,
        }
    }
}

/// Width of a symbol.
#[derive(Clone, Copy, Debug)]
pub(super) struct Width {
    /// Number of columns: 1 or 2.
    columns: u16,
    /// Whether terminals disagree on the width.
    is_disputed: bool,
}

impl Width {
    fn of(symbol: &str) -> Self {
        Self { columns: width(symbol).clamp(1, 2) as u16, is_disputed: is_disputed(symbol) }
    }
}

/// Cell of a terminal.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    symbol: Symbol,
    pub(super) link: Option<Rc<str>>,
    pub(super) pen: Pen,
    /// Width of the symbol, in columns: 1 or 2.
    pub(super) width: u16,
    /// Whether terminals disagree on the width of the symbol.
    pub(super) is_disputed: bool,
    /// Whether the cell shows nothing but its background.
    is_blank: bool,
    /// Fingerprint of the cell's appearance: equal for cells that look the same, and almost always different for
    /// others. The lowest bit is set if the cell looks as it does after a reset.
    print: u32,
}

impl Slot {
    /// Creates a cell whose symbol has been checked.
    pub(super) fn new(cell: &Cell, link: Option<Rc<str>>, widths: &mut CharCache<Width>) -> Self {
        let symbol = cell.symbol();
        let width =
            if symbol.len() == 1 { Width { columns: 1, is_disputed: false } } else { widths.get(symbol, Width::of) };
        Self::with(symbol, link, Pen::of(cell), width)
    }

    fn with(symbol: &str, link: Option<Rc<str>>, pen: Pen, width: Width) -> Self {
        let is_blank = symbol == " " && link.is_none() && pen.is_plain_on_blanks();
        let symbol = Symbol::new(symbol);
        let print = if is_blank {
            mixed(pen.bg_number(), 0) & !1 | u32::from(pen.is_clear())
        } else {
            let link = link.iter().flat_map(|link| link.as_bytes());
            mixed(pen.number(), link.fold(symbol.number(), |hash, &byte| mixed_byte(hash, byte))) & !1
        };
        Self { symbol, link, pen, width: width.columns, is_disputed: width.is_disputed, is_blank, print }
    }

    /// Returns a blank cell in the same style.
    pub(super) fn blank(&self) -> Self {
        Self::with(" ", None, self.pen, Width { columns: 1, is_disputed: false })
    }

    /// Returns the symbol, in UTF-8.
    pub(super) fn symbol(&self) -> &[u8] {
        self.symbol.bytes()
    }

    /// Returns whether the cell shows nothing but its background.
    pub(super) const fn is_blank(&self) -> bool {
        self.is_blank
    }

    /// Returns whether the cell looks as it does after a reset of the terminal.
    pub(super) const fn is_clear(&self) -> bool {
        self.print & 1 == 1
    }

    /// Returns whether two cells look the same. The text colour of a blank cell does not matter.
    pub(super) fn looks_like(&self, other: &Self) -> bool {
        if self.print != other.print {
            return false;
        }
        if self.is_blank && other.is_blank {
            return self.pen.has_background_of(other.pen);
        }
        self.symbol == other.symbol && self.pen == other.pen && self.link == other.link
    }
}

impl Default for Slot {
    fn default() -> Self {
        Self::with(" ", None, Pen::default(), Width { columns: 1, is_disputed: false })
    }
}

/// Adds a byte to a hash value, as the hash function of Fowler, Noll and Vo (FNV-1a) does.
const fn mixed_byte(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
}

/// Mixes a style and the hash value of a text into a fingerprint. Each bit depends on every bit of both.
const fn mixed(style: u128, text: u64) -> u32 {
    let mut hash = text;
    hash = (hash ^ style as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ hash >> 32 ^ (style >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> 32) as u32
}

/// Rectangle of cells, row by row.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    pub(super) width: u16,
    pub(super) height: u16,
    slots: Vec<Slot>,
    /// Fingerprints of the cells. They are stored separately from the cells, because comparing all of them must be
    /// fast.
    prints: Vec<u32>,
    /// Number of symbols of disputed width in each row.
    disputed: Vec<u16>,
    /// Number of wide symbols in each row.
    wide: Vec<u16>,
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
        let counts = vec![0; usize::from(height)];
        let mut larger =
            Self { width, height, slots: vec![blank; count], prints, disputed: counts.clone(), wide: counts };
        for y in 0..self.height {
            for (x, slot) in (0..).zip(self.row(y)) {
                larger.set(x, y, slot.clone());
            }
        }
        *self = larger;
    }

    /// Replaces a cell. Returns whether the grid has one there.
    pub(super) fn set(&mut self, x: u16, y: u16, slot: Slot) -> bool {
        let row = usize::from(y);
        let index = row * usize::from(self.width) + usize::from(x);
        let cell = self.slots.get_mut(index).filter(|_| x < self.width);
        let (Some(place), Some(print), Some(disputed), Some(wide)) =
            (cell, self.prints.get_mut(index), self.disputed.get_mut(row), self.wide.get_mut(row))
        else {
            return false;
        };
        *disputed += u16::from(slot.is_disputed);
        *disputed -= u16::from(place.is_disputed);
        *wide += u16::from(slot.width > 1);
        *wide -= u16::from(place.width > 1);
        *print = slot.print;
        *place = slot;
        true
    }

    /// Returns the cells of a row; none if the row is outside the grid.
    pub(super) fn row(&self, y: u16) -> &[Slot] {
        let start = usize::from(y) * usize::from(self.width);
        self.slots.get(start..start + usize::from(self.width)).unwrap_or_default()
    }

    /// Returns the fingerprints of a row. The lowest bit of each is set if the cell looks as it does after a reset.
    pub(super) fn prints(&self, y: u16) -> &[u32] {
        let start = usize::from(y) * usize::from(self.width);
        self.prints.get(start..start + usize::from(self.width)).unwrap_or_default()
    }

    /// Returns whether a row has a symbol of disputed width.
    pub(super) fn is_disputed(&self, y: u16) -> bool {
        self.disputed.get(usize::from(y)).is_some_and(|&count| count > 0)
    }

    /// Returns whether a row has a wide symbol.
    pub(super) fn is_wide(&self, y: u16) -> bool {
        self.wide.get(usize::from(y)).is_some_and(|&count| count > 0)
    }

    /// Returns the cell at a column and row.
    pub(super) fn slot(&self, x: u16, y: u16) -> Option<&Slot> {
        self.row(y).get(usize::from(x))
    }
}
