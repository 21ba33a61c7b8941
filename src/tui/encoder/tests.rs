//! Checks the encoder against a terminal emulator.

use super::*;
use crate::reflow::width;
use proptest::prelude::*;
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

const WIDTH: u16 = 24;
const HEIGHT: u16 = 8;

/// Terminal emulator with the encoder that writes to it.
struct Emulated {
    encoder: Encoder,
    terminal: vt100::Parser,
    shown: Buffer,
    bytes: Vec<u8>,
}

impl Emulated {
    fn new() -> Self {
        Self {
            encoder: Encoder::default(),
            terminal: vt100::Parser::new(HEIGHT, WIDTH, 0),
            shown: Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT)),
            bytes: Vec::new(),
        }
    }

    /// Draws a frame as the screen does, without links, and returns the bytes.
    fn draw(&mut self, frame: &Buffer) -> String {
        let cells = self.shown.diff(frame).into_iter().map(|(x, y, cell)| (x, y, cell, None));
        self.bytes = self.encoder.encode(cells).unwrap();
        self.terminal.process(&self.bytes);
        self.shown = frame.clone();
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    /// Checks that the emulated terminal shows a frame.
    fn check(&self, frame: &Buffer) -> Result<(), TestCaseError> {
        for y in 0..HEIGHT {
            let mut x = 0;
            while x < WIDTH {
                let cell = &frame[(x, y)];
                let shown = self.terminal.screen().cell(y, x).unwrap();
                let at = format!("{x},{y} of {frame:?} after {:?}", String::from_utf8_lossy(&self.bytes));
                let symbol = if shown.contents().is_empty() { " " } else { shown.contents() };
                prop_assert_eq!(symbol, cell.symbol(), "{}", at);
                prop_assert_eq!(shown.bgcolor(), colour(cell.bg), "{}", at);
                prop_assert_eq!(shown.underline(), cell.modifier.contains(Modifier::UNDERLINED), "{}", at);
                prop_assert_eq!(shown.inverse(), cell.modifier.contains(Modifier::REVERSED), "{}", at);
                if cell.symbol() != " " {
                    let bold = cell.modifier.contains(Modifier::BOLD);
                    prop_assert_eq!(shown.fgcolor(), colour(cell.fg), "{}", at);
                    prop_assert_eq!(shown.bold(), bold, "{}", at);
                    prop_assert_eq!(shown.dim(), cell.modifier.contains(Modifier::DIM) && !bold, "{}", at);
                    prop_assert_eq!(shown.italic(), cell.modifier.contains(Modifier::ITALIC), "{}", at);
                }
                x += width(cell.symbol()).max(1) as u16;
            }
        }
        Ok(())
    }
}

/// Returns a colour as the emulator reports it.
fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(number) => vt100::Color::Idx(number),
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        _ => vt100::Color::Default,
    }
}

#[expect(clippy::disallowed_methods, reason = "frames of a test")]
fn put(frame: &mut Buffer, x: u16, y: u16, symbol: &str, style: Style) {
    let columns = width(symbol).max(1) as u16;
    if x + columns > WIDTH || y >= HEIGHT {
        return;
    }
    // As on the screen, the second column of a wide symbol is blank, and no half of one remains.
    if x > 0 && width(frame[(x - 1, y)].symbol()) > 1 {
        frame[(x - 1, y)].reset();
    }
    if columns > 1 && x + 2 < WIDTH && width(frame[(x + 1, y)].symbol()) > 1 {
        frame[(x + 2, y)].reset();
    }
    frame[(x, y)].reset();
    frame[(x, y)].set_symbol(symbol).set_style(style);
    if columns > 1 {
        frame[(x + 1, y)].reset();
        frame[(x + 1, y)].set_style(style);
    }
}

fn styles() -> impl Strategy<Value = Style> {
    let colours = [Color::Reset, Color::Red, Color::LightBlue, Color::Indexed(99), Color::Rgb(1, 20, 200)];
    let colours = || prop_oneof![3 => Just(Color::Reset), 1 => prop::sample::select(colours.to_vec())];
    let modifiers = [
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::DIM,
        Modifier::ITALIC,
        Modifier::UNDERLINED,
        Modifier::REVERSED,
        Modifier::BOLD | Modifier::DIM,
        Modifier::UNDERLINED | Modifier::ITALIC,
    ];
    (colours(), colours(), prop::sample::select(modifiers.to_vec()))
        .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
}

/// One change of a frame.
#[derive(Clone, Debug)]
enum Change {
    Write(u16, u16, Vec<&'static str>, Style),
    Fill(Rect, Style),
    Blank(Rect),
    Shift(i16),
}

fn changes() -> impl Strategy<Value = Change> {
    let symbols = ["a", "b", "c", " ", " ", "é", "e\u{301}", "水", "“", "│"];
    let symbols = prop::collection::vec(prop::sample::select(symbols.to_vec()), 1..20);
    let rows = (0..WIDTH, 0..HEIGHT, 1..=WIDTH, 1..=HEIGHT).prop_map(|(x, y, width, height)| Rect {
        x,
        y,
        width: width.min(WIDTH - x),
        height: height.min(HEIGHT - y),
    });
    prop_oneof![
        6 => (0..WIDTH, 0..HEIGHT, symbols, styles()).prop_map(|(x, y, symbols, style)| Change::Write(x, y, symbols, style)),
        1 => (rows.clone(), styles()).prop_map(|(area, style)| Change::Fill(area, style)),
        1 => rows.prop_map(Change::Blank),
        1 => (-3..4_i16).prop_map(Change::Shift),
    ]
}

fn apply(frame: &mut Buffer, change: &Change) {
    let clear = |frame: &mut Buffer, area: Rect, style: Style| {
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                put(frame, x, y, " ", style);
            }
        }
    };
    match change {
        Change::Write(x, y, symbols, style) => {
            let mut x = *x;
            for symbol in symbols {
                put(frame, x, *y, symbol, *style);
                x += width(symbol) as u16;
            }
        }
        Change::Fill(area, style) => clear(frame, *area, *style),
        Change::Blank(area) => clear(frame, *area, Style::new()),
        Change::Shift(rows) => {
            let before = frame.clone();
            for y in 0..HEIGHT {
                let from = y.checked_add_signed(*rows).filter(|&row| row < HEIGHT);
                for x in 0..WIDTH {
                    frame[(x, y)] = from.map_or_else(Cell::default, |row| before[(x, row)].clone());
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
    #[test]
    fn a_terminal_shows_every_frame(frames in prop::collection::vec(prop::collection::vec(changes(), 1..12), 1..6)) {
        let mut emulated = Emulated::new();
        let mut frame = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for changes in frames {
            for change in &changes {
                apply(&mut frame, change);
            }
            emulated.draw(&frame);
            emulated.check(&frame)?;
        }
    }
}

/// Draws text in two frames and returns the bytes of the second.
fn second(before: &[(u16, u16, &str)], after: &[(u16, u16, &str)]) -> String {
    let frame = |rows: &[(u16, u16, &str)]| {
        let mut frame = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for &(x, y, text) in rows {
            for (offset, symbol) in text.char_indices() {
                put(&mut frame, x + offset as u16, y, symbol.encode_utf8(&mut [0; 4]), Style::new());
            }
        }
        frame
    };
    let mut emulated = Emulated::new();
    emulated.draw(&frame(before));
    let bytes = emulated.draw(&frame(after));
    emulated.check(&frame(after)).unwrap();
    bytes.replace('\x1b', "^")
}

#[test]
fn a_wide_symbol_in_the_last_columns_leaves_nothing_when_it_is_replaced() {
    let mut emulated = Emulated::new();
    let mut frame = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
    put(&mut frame, WIDTH - 2, 1, "水", Style::new());
    emulated.draw(&frame);
    put(&mut frame, WIDTH - 2, 1, "a", Style::new().add_modifier(Modifier::UNDERLINED));
    emulated.draw(&frame);
    emulated.check(&frame).unwrap();
}

#[test]
fn nothing_is_written_if_nothing_changed() {
    assert_eq!(second(&[(3, 3, "weir")], &[(3, 3, "weir")]), "");
}

#[test]
fn the_end_of_a_row_is_erased() {
    assert_eq!(second(&[(3, 3, "the old weir"), (23, 7, "x")], &[(3, 3, "the"), (23, 7, "x")]), "^[4;8H^[K");
}

#[test]
fn blanks_before_other_cells_are_erased() {
    let before = [(0, 3, "the old weir holds │"), (23, 7, "x")];
    assert_eq!(second(&before, &[(0, 3, "the                │"), (23, 7, "x")]), "^[4;5H^[14X");
}

#[test]
fn a_few_unchanged_cells_are_written_again() {
    assert_eq!(second(&[(0, 1, "boot"), (23, 7, "x")], &[(0, 1, "coop"), (23, 7, "x")]), "^[2Hcoop");
}

#[test]
fn the_next_row_is_reached_by_a_line_feed() {
    let before = [(4, 1, "a"), (4, 2, "b"), (0, 3, "c"), (23, 7, "x")];
    let after = [(4, 1, "A"), (4, 2, "B"), (0, 3, "C"), (23, 7, "x")];
    assert_eq!(second(&before, &after), "^[2;5HA\n^[5GB\n\rC");
}

#[test]
fn rows_that_moved_are_moved_by_the_terminal() {
    let lines = [
        "Rivers Agency keeps the",
        "old weir at Tarn Bridge",
        "after a vote of council",
        "members on a wet Monday",
        "night; anglers cheered.",
        "The mill would sue them",
        "before the end of June.",
        "Nobody from the council",
    ];
    let page = |first: usize| -> Vec<(u16, u16, &str)> {
        (0..6).filter_map(|row| Some((0, row, *lines.get(first + row as usize)?))).chain([(0, 7, "status")]).collect()
    };
    let down = second(&page(0), &page(1));
    assert!(down.starts_with("^[?2026h^[1H^[1M^[6H^[1L^[6Hbefore the end"), "{down}");
    let up = second(&page(2), &page(0));
    assert!(up.contains("^[1H^[2L") && up.len() < 100, "{up}");
}

#[test]
fn links_begin_and_end_with_their_cells() {
    let cell = |x: u16, symbol: &'static str, link: Option<&str>| (x, 0, Cell::new(symbol), link.map(Into::into));
    let mut encoder = Encoder::default();
    let link = Some("https://a.example/");
    let bytes = encoder.encode(vec![cell(0, "a", None), cell(1, "b", link), cell(2, "c", link)]).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), "\x1b[Ha\x1b]8;;https://a.example/\x1b\\bc\x1b]8;;\x1b\\");
    let bytes = encoder.encode(vec![cell(1, "b", None), cell(2, "c", link)]).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), "\x1b[Hab", "the cell without a link, but not the other one");
}

#[test]
fn cells_beside_symbols_of_disputed_width_are_drawn_whenever_they_are_sent() {
    let mut emulated = Emulated::new();
    let mut frame = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
    put(&mut frame, 2, 2, "👨\u{200d}👩\u{200d}👧", Style::new());
    put(&mut frame, 4, 2, "a", Style::new());
    emulated.draw(&frame);
    frame[(4, 2)].set_diff_option(CellDiffOption::AlwaysUpdate);
    assert_eq!(emulated.draw(&frame), "\x1b[3;5Ha");
    put(&mut frame, 5, 2, "b", Style::new());
    let bytes = emulated.draw(&frame);
    assert_eq!(bytes, "\x1b[3;5Hab", "nothing is written through the symbol");
}
