//! Tests selecting with the mouse.

use super::Reader;
use crate::tui::event::{Event, Mouse};
use crate::tui::state::card::Card;
use crate::tui::state::visual::Visual;

/// Returns the cell at which a word begins on the screen.
fn cell(reader: &Reader, word: &str) -> (u16, u16) {
    let screen = reader.screen();
    let mut rows = screen.lines().enumerate().skip(3);
    let found = rows.find_map(|(y, line)| Some((line.find(word)?, y, line)));
    let (byte, y, line) = found.unwrap_or_else(|| panic!("{word} is not in {screen}"));
    (line[..byte].chars().count() as u16, y as u16)
}

/// Opens the first story and returns the cell of its first quote.
fn reader() -> Reader {
    let mut reader = Reader::new(110, 32);
    reader.press("Enter");
    reader
}

#[test]
fn a_drag_selects_and_copies_and_the_words_can_be_highlighted() {
    let mut reader = reader();
    let (x, y) = cell(&reader, "Tarn");
    reader.send(Event::Mouse(Mouse::Click, x, y)).send(Event::Mouse(Mouse::Drag, x + 3, y));
    assert!(reader.state.layers.has::<Visual>() && reader.copied.is_empty());
    reader.send(Event::Mouse(Mouse::Release, x + 3, y));
    assert_eq!(reader.copied, ["Tarn"]);
    assert!(reader.state.layers.has::<Visual>(), "the words stay selected");
    // Dragging backwards from the same end selects the same words.
    reader.send(Event::Mouse(Mouse::Click, x + 3, y)).send(Event::Mouse(Mouse::Drag, x, y));
    reader.send(Event::Mouse(Mouse::Release, x, y));
    assert_eq!(reader.copied, ["Tarn", "Tarn"]);
    assert!(reader.press("1").status().contains("Highlighted as important"), "{}", reader.status());
}

#[test]
fn a_click_copies_nothing_and_ends_a_selection() {
    let mut reader = reader();
    let (x, y) = cell(&reader, "Tarn");
    reader.send(Event::Mouse(Mouse::Click, x, y)).send(Event::Mouse(Mouse::Release, x, y));
    assert!(reader.copied.is_empty() && !reader.state.layers.has::<Visual>());
    reader.press("v").send(Event::Mouse(Mouse::Click, x, y));
    assert!(!reader.state.layers.has::<Visual>());
}

#[test]
fn a_double_click_takes_the_word_and_a_triple_click_the_paragraph() {
    let mut reader = reader();
    let (x, y) = cell(&reader, "Tarn");
    reader.send(Event::Mouse(Mouse::DoubleClick, x + 1, y)).send(Event::Mouse(Mouse::Release, x + 1, y));
    assert_eq!(reader.copied, ["Tarn"]);
    reader.send(Event::Mouse(Mouse::TripleClick, x + 1, y));
    assert!(reader.copied[1].contains("Tarn") && reader.copied[1].ends_with('.'), "{:?}", reader.copied);
}

#[test]
fn the_right_button_shows_the_card() {
    let mut reader = reader();
    let (x, y) = cell(&reader, "Tarn");
    reader.send(Event::Mouse(Mouse::RightClick, x, y));
    assert!(reader.state.layers.has::<Card>(), "{}", reader.screen());
    reader.send(Event::Mouse(Mouse::RightClick, x, y));
    assert!(!reader.state.layers.has::<Card>());
}
