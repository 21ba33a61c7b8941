//! The only path from a frame to the terminal. Only the program's own control sequences are written, whatever a cell
//! contains. A symbol with control characters, or with more code points than any real character, is replaced by U+FFFD.
//!
//! Text is already cleaned before it is put into a cell, but this check does not rely on that.

use super::link::Run;
use crate::reflow::{is_disputed, width};
use dateline_core::text::clean;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::borrow::Cow;
use std::io::{self, Write};

/// Maximum number of code points in a cell: the length of the longest family emoji.
const CODE_POINTS: usize = 11;

/// Terminal backend that keeps displayed text from controlling the terminal.
#[derive(Debug)]
pub(crate) struct SanitizingWriter<W: Write> {
    inner: CrosstermBackend<W>,
    /// Links to draw in the next frame, as runs of cells.
    pub(crate) links: Vec<Run>,
}

impl<W: Write> SanitizingWriter<W> {
    /// Wraps a writer to the terminal.
    pub(crate) const fn new(writer: W) -> Self {
        Self { inner: CrosstermBackend::new(writer), links: Vec::new() }
    }

    /// Copies words to the terminal's clipboard with a control sequence (OSC 52), which also works over a remote
    /// connection. There is no way to find out whether the terminal supports the sequence.
    ///
    /// # Errors
    /// Returns an error if the terminal cannot be written to.
    pub(crate) fn copy(&mut self, words: &str) -> io::Result<()> {
        use base64::Engine;
        let packed = base64::engine::general_purpose::STANDARD.encode(words);
        write!(self.inner, "\x1b]52;c;{packed}\x1b\\")?;
        Write::flush(&mut self.inner)
    }
}

impl<W: Write> SanitizingWriter<W> {
    /// Draws cells that have been checked. After a symbol of disputed width, the cursor is positioned explicitly,
    /// because the terminal may have moved it by a different number of columns.
    fn put(&mut self, cells: &[(u16, u16, Cow<'_, Cell>)]) -> io::Result<()> {
        for piece in cells.split_inclusive(|(_, _, cell)| is_disputed(cell.symbol())) {
            self.inner.draw(piece.iter().map(|(x, y, cell)| (*x, *y, cell.as_ref())))?;
        }
        Ok(())
    }
}

/// Moves the cell that clears the second column of a wide symbol before the symbol. If it were drawn afterwards, it
/// would erase half of the symbol.
fn clear_before(cells: &mut [(u16, u16, Cow<'_, Cell>)]) {
    for at in 1..cells.len() {
        if let Some([first, second]) = cells.get_mut(at - 1..=at)
            && (second.0, second.1) == (first.0 + 1, first.1)
            && !first.2.symbol().is_ascii()
            && width(first.2.symbol()) > 1
        {
            std::mem::swap(first, second);
        }
    }
}

/// Returns the cell itself if its symbol is safe to show, or else a copy that shows U+FFFD.
fn checked(cell: &Cell) -> Cow<'_, Cell> {
    let symbol = cell.symbol();
    if let [b' '..=b'~'] = symbol.as_bytes() {
        return Cow::Borrowed(cell);
    }
    let fits = symbol.chars().nth(CODE_POINTS).is_none();
    if fits && matches!(Cow::from(clean(symbol)), Cow::Borrowed(_)) {
        return Cow::Borrowed(cell);
    }
    let mut marked = cell.clone();
    marked.set_char('\u{fffd}');
    Cow::Owned(marked)
}

impl<W: Write> Backend for SanitizingWriter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut cells: Vec<(u16, u16, Cow<'a, Cell>)> = content.map(|(x, y, cell)| (x, y, checked(cell))).collect();
        clear_before(&mut cells);
        let leads = |&(x, y, _): &(u16, u16, Cow<'a, Cell>)| {
            let covers = |run: &&Run| run.y == y && (run.x..run.x.saturating_add(run.width)).contains(&x);
            self.links.iter().position(|run| covers(&run))
        };
        let runs: Vec<Option<usize>> =
            if self.links.is_empty() { Vec::new() } else { cells.iter().map(leads).collect() };
        let mut rest = cells.as_slice();
        let mut runs = runs.as_slice();
        while let Some(&run) = runs.first() {
            let count = runs.iter().take_while(|&&other| other == run).count();
            let (now, later) = rest.split_at(count);
            let address = run.and_then(|run| self.links.get(run)).map(|run| run.address.clone());
            if let Some(address) = &address {
                write!(self.inner, "\x1b]8;;{address}\x1b\\")?;
            }
            self.put(now)?;
            if address.is_some() {
                write!(self.inner, "\x1b]8;;\x1b\\")?;
            }
            rest = later;
            runs = runs.get(count..).unwrap_or_default();
        }
        self.put(rest)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    /// Returns a fixed position without querying the terminal, because a terminal that does not reply would block the
    /// TUI.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns the bytes written for symbols that were not cleaned.
    #[expect(clippy::disallowed_methods, reason = "what the gate is for: symbols that nobody cleaned")]
    fn drawn(symbols: &[String]) -> String {
        let cells: Vec<Cell> = symbols
            .iter()
            .map(|symbol| {
                let mut cell = Cell::default();
                cell.set_symbol(symbol);
                cell
            })
            .collect();
        let mut out = Vec::new();
        let mut gate = SanitizingWriter::new(&mut out);
        gate.draw(cells.iter().enumerate().map(|(x, cell)| (x as u16, 0, cell))).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Removes the program's own control sequences from the output.
    fn words(output: &str) -> String {
        let own = regex::Regex::new("\x1b\\[[0-9;]*[Hm]").unwrap();
        own.replace_all(output, "").into_owned()
    }

    #[test]
    fn a_control_character_becomes_a_visible_mark() {
        let hostile = ["\x1b[2J", "\x1b]52;c;AAAA\x07", "a\u{202e}", "\u{9b}31m", "\x07", "é"];
        assert_eq!(words(&drawn(&hostile.map(str::to_owned))), "\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}é");
    }

    #[test]
    fn stacked_combining_marks_are_limited() {
        let heap = format!("a{}", "\u{301}".repeat(500));
        assert_eq!(words(&drawn(&[heap])), "\u{fffd}");
    }

    proptest! {
        #[test]
        fn no_symbol_comes_out_as_a_control(symbols in prop::collection::vec(any::<String>(), 0..20)) {
            let out = words(&drawn(&symbols));
            prop_assert!(!out.chars().any(char::is_control), "{out:?}");
        }
    }

    #[test]
    fn cells_of_a_link_are_between_its_beginning_and_its_end() {
        let cells = [Cell::new("a"), Cell::new("b"), Cell::new("c")];
        let mut out = Vec::new();
        let mut gate = SanitizingWriter::new(&mut out);
        gate.links = vec![Run { x: 1, y: 0, width: 1, address: "https://a.example/".into() }];
        gate.draw(cells.iter().enumerate().map(|(x, cell)| (x as u16, 0, cell))).unwrap();
        let out = String::from_utf8(out).unwrap();
        let (before, link) = out.split_once("\x1b]8;;https://a.example/\x1b\\").unwrap();
        let (link, after) = link.split_once("\x1b]8;;\x1b\\").unwrap();
        assert_eq!([words(before), words(link), words(after)], ["a", "b", "c"]);
    }

    #[test]
    fn words_for_the_clipboard_are_packed() {
        let mut out = Vec::new();
        SanitizingWriter::new(&mut out).copy("\x1b[2J").unwrap();
        assert_eq!(out, b"\x1b]52;c;G1sySg==\x1b\\");
    }
}
