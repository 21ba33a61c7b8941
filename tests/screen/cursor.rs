//! Tests the position of the terminal's cursor: on the selected row, in the prompt, or at the reading position, after
//! every key.

use super::Reader;
use crate::tui::action::Action;
use crate::tui::event::Event;
use crate::tui::key::Key;
use crate::tui::pipe::PipeOutput;
use crate::tui::view;
use ratatui::layout::Position;

/// Returns the line of the screen with the cursor, and the line from the cursor on.
fn at_cursor(reader: &Reader) -> (String, String) {
    let Position { x, y } = view::cursor(&reader.state);
    let buffer = reader.buffer();
    let from = |start: u16| (start..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    (from(0), from(x))
}

fn reader() -> Reader {
    Reader::new(110, 32)
}

#[test]
fn in_the_list_and_in_panels_it_is_on_the_selected_row() {
    let mut reader = reader();
    for (keys, title) in [("g", "Old weir"), ("j", "Harbour wall"), ("G", ""), ("k", "")] {
        let (line, _) = at_cursor(reader.press(keys));
        assert!(line.starts_with('▌') && line.contains(title), "{keys}: {line}");
    }
    reader.press("g Enter 1 2 3");
    for _ in 0..3 {
        reader.press("Tab");
        for keys in ["j", "j", "G", "k", "g"] {
            let (_, row) = at_cursor(reader.press(keys));
            assert!(row.starts_with('▌'), "{keys} with {:?} focused: {row}\n{}", reader.state.focus, reader.screen());
        }
    }
}

#[test]
fn in_the_text_it_is_at_the_marked_words_or_the_first_in_view() {
    let mut reader = reader();
    let (_, rest) = at_cursor(reader.press("Enter"));
    assert!(rest.starts_with("Rivers"), "the first line of the text: {rest}");
    let quote = reader.press("] q").state.reading.selection.unwrap().span;
    let words = reader.state.story().unwrap().article.text[quote.start..].chars().take(5).collect::<String>();
    let (_, rest) = at_cursor(&reader);
    assert!(rest.starts_with(&words), "{words}: {rest}");
    let (_, rest) = at_cursor(reader.press("Esc / m i l l Enter"));
    assert!(rest.to_lowercase().starts_with("mill"), "{rest}");
    reader.press("Esc Esc Enter v w w");
    let cursor = reader.state.layers.get::<crate::tui::state::visual::Visual>().unwrap().cursor();
    let letter = &reader.state.story().unwrap().article.text[cursor.start..cursor.end];
    let (_, rest) = at_cursor(&reader);
    assert!(rest.starts_with(letter), "{letter}: {rest}");
}

#[test]
fn it_reaches_every_paragraph_also_where_the_text_cannot_be_scrolled_further() {
    for height in [60, 14] {
        let mut reader = Reader::new(110, height);
        reader.press("Enter g");
        let mut lines = Vec::new();
        for _ in 0..16 {
            lines.push(at_cursor(reader.press("}")).1);
        }
        for start in ["The council of Tarn", "“We have listened", "What happens next", "Work is to begin in September."]
        {
            assert!(lines.iter().any(|line| line.starts_with(start)), "{start} in {height} rows: {lines:#?}");
        }
        // The way back leads through the same paragraphs.
        let mut back = Vec::new();
        for _ in 0..16 {
            back.push(at_cursor(reader.press("{")).1);
        }
        assert!(back.iter().any(|line| line.starts_with("What happens next")), "{back:#?}");
        assert!(back.last().unwrap().starts_with("Rivers"), "{back:#?}");
    }
}

#[test]
fn in_prompts_it_is_after_the_typed_text() {
    for keys in ["/", "Ctrl-p", ":", "|", "d"] {
        let mut reader = reader();
        reader.press("Enter");
        let (line, rest) = at_cursor(reader.press(keys).type_text("mil"));
        assert!(rest.starts_with('▏'), "{keys}: {line}");
        assert!(line.contains("mil▏"), "{keys}: {line}");
    }
}

#[test]
fn in_lists_pages_cards_and_the_help_it_is_on_the_selected_row() {
    let mut reader = reader();
    reader.press("Enter O j");
    assert!(at_cursor(&reader).1.starts_with('▸'), "{}", reader.screen());
    reader.press("Esc i");
    assert!(view::cursor(&reader.state).y > 0);
    let lines = ["first", "second", "third"].map(str::to_owned).to_vec();
    reader.press("Esc").send(Event::Piped("sort".to_owned(), PipeOutput { lines, ..PipeOutput::default() }));
    for line in ["first", "second", "third"] {
        let (row, _) = at_cursor(&reader);
        assert!(row.starts_with('▌') && row.contains(line), "{row}");
        reader.press("j");
    }
    reader.press("q ?");
    assert!(at_cursor(&reader).1.contains("In the text"), "{:?}", at_cursor(&reader));
}

#[test]
fn it_is_on_the_screen_after_every_action_at_every_size() {
    for (width, height) in [(80, 24), (20, 6), (1, 1)] {
        for opening in ["Enter", "1 Tab Tab", "?", "v"] {
            let mut reader = Reader::new(width, height);
            reader.press(opening);
            let opened = reader.state.clone();
            for &action in Action::ALL {
                // Every action starts from the same screen.
                reader.state = opened.clone();
                let Some(keys) = reader.state.keymap.keys_of(action, &reader.state.contexts()).first().cloned() else {
                    continue;
                };
                for key in Key::parse_all(&keys).unwrap_or_default() {
                    reader.send(Event::Key(key));
                }
                let Position { x, y } = view::cursor(&reader.state);
                assert!(x < width && y < height, "{} after {opening} at {width}x{height}: {x}, {y}", action.name());
            }
        }
    }
}
