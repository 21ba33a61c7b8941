//! Compares the screen of a terminal emulator with the intended screen, cell by cell and frame by frame, for characters
//! of any width. Like many terminals, the emulator does not join emoji: it draws the members of a family separately.

use super::Reader;
use crate::reflow;
use crate::tui::event::Event;
use crate::tui::sanitizing_writer::SanitizingWriter;
use crate::tui::view;
use crate::tui::width_repair::WidthRepair;
use dateline_core::article::{Article, Datum};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

/// Characters that take up two cells or none, characters that consist of several code points, and right-to-left
/// scripts.
const STRESS: &str = include_str!("stress.txt");

/// Output of the program, captured for the emulator.
#[derive(Clone, Default)]
struct Wire(Rc<RefCell<Vec<u8>>>);

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A TUI connected to a terminal emulator.
struct Desk {
    reader: Reader,
    screen: Terminal<SanitizingWriter<Wire>>,
    wire: Wire,
    width_repair: WidthRepair,
    emulator: vt100::Parser,
}

impl Desk {
    fn new(width: u16, height: u16, text: &str) -> Self {
        let mut article = Article::verbatim("stress", text);
        article.headline = Some(Datum::given("全角 wide and narrow 👪 letters".to_owned()));
        let mut reader = Reader::empty(width, height);
        reader.send(Event::Loaded(vec![article]));
        let wire = Wire::default();
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, width, height)) };
        let screen = Terminal::with_options(SanitizingWriter::new(wire.clone()), options).unwrap();
        Self {
            reader,
            screen,
            wire,
            width_repair: WidthRepair::default(),
            emulator: vt100::Parser::new(height, width, 0),
        }
    }

    /// Draws a frame, and compares every cell of the emulator with the intended cell.
    fn look(&mut self) {
        let (state, width_repair) = (&self.reader.state, &mut self.width_repair);
        let mut meant = Buffer::empty(Rect::default());
        self.screen
            .draw(|frame| {
                view(state, frame.buffer_mut());
                width_repair.repair(&[], frame.buffer_mut());
                meant = frame.buffer_mut().clone();
            })
            .unwrap();
        // The emulator drops the replacement character, which real terminals do show.
        let sent = String::from_utf8(self.wire.0.take()).unwrap().replace('\u{fffd}', "?");
        self.emulator.process(sent.as_bytes());
        let screen = self.emulator.screen();
        for y in 0..meant.area.height {
            let mut x = 0;
            while x < meant.area.width {
                let symbol = meant[(x, y)].symbol();
                let shown = screen.cell(y, x).map(vt100::Cell::contents).unwrap_or_default();
                let symbol = &*symbol.replace('\u{fffd}', "?");
                let same = shown == symbol || shown.is_empty() && symbol == " ";
                // The emulator shows only a part of a symbol that it does not join. The cells after it must be correct
                // anyway.
                assert!(
                    same || reflow::is_disputed(symbol) && !shown.is_empty(),
                    "{}x{}: {symbol:?} is seen as {shown:?} at column {x} of row {y}:\n{}",
                    meant.area.width,
                    meant.area.height,
                    screen.contents()
                );
                x += reflow::width(symbol).max(1) as u16;
            }
        }
    }
}

#[test]
fn characters_of_any_width_are_aligned_at_every_size() {
    for (width, height) in [(80, 24), (120, 40), (200, 60), (40, 12), (20, 6)] {
        // The emulator wraps lines although line wrapping is turned off. On a narrow screen, it would wrap the family
        // emoji at the end of a line.
        let text = if width < 40 { STRESS.replace("👩‍👩‍👧‍👦", "👪") } else { STRESS.to_owned() };
        let mut desk = Desk::new(width, height, &text);
        desk.look();
        for key in ["Enter", "j", "j", "Space", "k", "v", "l", "l", "Esc", "+", "-", "1", "Tab", "Esc", "?", "q"] {
            desk.reader.press(key);
            desk.look();
        }
    }
}

/// Letters and symbols of the scripts in which news is written, together with combining marks and joiners.
const LETTERS: &str = "([!-~À-ɏα-ωа-яא-תا-يअ-हा-्ก-๏가-힣ぁ-ヿ一-鿿ｦ-ﾝ\u{300}-\u{36f}\u{200d}\u{fe0f}“”–—…€☀-➿🇦-🇿🌀-🙏🚀-🛼🏻-🏿]{1,12}[ \n]){1,40}";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_characters_are_aligned(text in LETTERS, width in 24_u16..90, height in 4_u16..20, keys in prop::collection::vec(0_usize..4, 1..8)) {
        let mut desk = Desk::new(width, height, &text);
        desk.reader.press("Enter");
        for key in keys {
            desk.look();
            desk.reader.press(["j", "Space", "k", "1"][key]);
        }
    }
}
