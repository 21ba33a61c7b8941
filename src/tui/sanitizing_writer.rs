//! The only path from a frame to the terminal. Only the program's own control sequences are written, whatever a cell
//! contains. A symbol with control characters, or with more code points than any real character, is replaced by U+FFFD.
//!
//! Text is already cleaned before it is put into a cell, but this check does not rely on that.

use super::char_cache::CharCache;
use super::encoder::Encoder;
use super::link::Run;
use crate::reflow::width;
use dateline_core::text::clean;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use std::borrow::Cow;
use std::io::{self, Write};
use std::rc::Rc;

/// Maximum number of code points in a cell: the length of the longest family emoji.
const CODE_POINTS: usize = 11;

/// Terminal backend that keeps displayed text from controlling the terminal.
#[derive(Debug)]
pub(crate) struct SanitizingWriter<W: Write> {
    inner: CrosstermBackend<W>,
    encoder: Encoder,
    /// Whether characters are safe to show.
    safe: CharCache<bool>,
    /// Whether the cursor is visible; `None` if that is not known.
    shows_cursor: Option<bool>,
    /// Cell on which the cursor rests between frames, if it is not there already.
    resting: Option<Position>,
    /// Cell on which the cursor is; `None` if that is not known.
    cursor: Option<Position>,
    /// Links to draw in the next frame, as runs of cells.
    pub(crate) links: Vec<Run>,
}

impl<W: Write> SanitizingWriter<W> {
    /// Wraps a writer to the terminal.
    pub(crate) fn new(writer: W) -> Self {
        Self {
            inner: CrosstermBackend::new(writer),
            encoder: Encoder::default(),
            safe: CharCache::default(),
            shows_cursor: None,
            resting: None,
            cursor: None,
            links: Vec::new(),
        }
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

    /// Shows or hides the cursor, unless it is so already.
    fn show(&mut self, shows_cursor: bool) -> io::Result<()> {
        if self.shows_cursor != Some(shows_cursor) {
            self.shows_cursor = Some(shows_cursor);
            let sequence: &[u8] = if shows_cursor { b"\x1b[?25h" } else { b"\x1b[?25l" };
            self.inner.write_all(sequence)?;
        }
        Ok(())
    }

    /// Moves the cursor to the cell on which it rests.
    fn rest(&mut self) -> io::Result<()> {
        let Some(resting) = self.resting.take().filter(|&resting| self.cursor != Some(resting)) else { return Ok(()) };
        self.cursor = Some(resting);
        write!(self.inner, "\x1b[{};{}H", resting.y + 1, resting.x + 1)
    }
}

/// Returns the cell itself if its symbol is safe to show, or else a copy that shows U+FFFD. A symbol without width is
/// not safe, because the terminal would add it to the cell before.
fn checked<'a>(cell: &'a Cell, safe: &mut CharCache<bool>) -> Cow<'a, Cell> {
    let symbol = cell.symbol();
    if let [b' '..=b'~'] = symbol.as_bytes() {
        return Cow::Borrowed(cell);
    }
    if safe.get(symbol, is_safe) {
        return Cow::Borrowed(cell);
    }
    let mut marked = cell.clone();
    marked.set_char('\u{fffd}');
    Cow::Owned(marked)
}

/// Returns whether a symbol has a width, is no longer than any real character and contains nothing to be cleaned.
fn is_safe(symbol: &str) -> bool {
    let fits = symbol.chars().nth(CODE_POINTS).is_none();
    fits && width(symbol) > 0 && matches!(Cow::from(clean(symbol)), Cow::Borrowed(_))
}

impl<W: Write> Backend for SanitizingWriter<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let addresses: Vec<Rc<str>> = self.links.iter().map(|run| run.address.as_str().into()).collect();
        let Self { links, safe, encoder, .. } = self;
        let link = |x: u16, y: u16| {
            let covers = |run: &Run| run.y == y && (run.x..run.x.saturating_add(run.width)).contains(&x);
            addresses.get(links.iter().position(covers)?).cloned()
        };
        let bytes = encoder.encode(content.map(|(x, y, cell)| (x, y, checked(cell, safe), link(x, y))))?;
        if !bytes.is_empty() {
            self.cursor = None;
        }
        self.inner.write_all(&bytes)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true)
    }

    /// Returns a fixed position without querying the terminal, because a terminal that does not reply would block the
    /// TUI.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(Position::ORIGIN)
    }

    /// Sets where the cursor rests. It is moved there when the frame is complete, because drawing moves it again.
    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.resting = Some(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    /// Clears a part of the terminal. What it shows after that is not known, unless the rest was blank.
    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.rest()?;
        self.encoder.clear();
        (self.shows_cursor, self.cursor) = (None, None);
        self.inner.write_all(b"\x1b[m")?;
        self.inner.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.rest()?;
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
        let own = regex::Regex::new("\x1b\\[[0-9;]*[A-Zm]").unwrap();
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
