//! Tests the order of the layers: keys, hints, drawing and closing must all refer to the same top layer.

use super::Reader;
use crate::tui::event::{Event, Mouse};
use crate::tui::library_messages::Sources;
use crate::tui::state::card::Card;
use crate::tui::state::layers::Help;
use crate::tui::state::popup::Popup;
use crate::tui::state::prompt::Prompt;
use crate::tui::state::visual::Visual;

/// Runs a command, given its name.
fn command(reader: &mut Reader, name: &str) {
    reader.press(":").type_text(name).press("Enter");
}

#[test]
fn a_list_opened_from_the_help_is_seen_and_gets_the_keys() {
    let mut reader = Reader::new(120, 30);
    reader.press("Enter ? O");
    assert!(reader.state.layers.has::<Popup>() && !reader.state.layers.has::<Help>());
    assert!(reader.screen().contains("Outline") && !reader.screen().contains(" Keys "), "{}", reader.screen());
}

#[test]
fn escape_closes_the_prompt_before_what_lies_under_it() {
    let mut reader = Reader::new(120, 30);
    reader.press("? F");
    assert!(reader.state.layers.has::<Prompt>());
    reader.press("Esc");
    assert!(!reader.state.layers.has::<Prompt>() && !reader.state.layers.has::<Help>());
    reader.press("Enter v d");
    assert!(reader.state.layers.has::<Prompt>() && reader.state.layers.has::<Visual>());
    reader.press("Esc");
    assert!(!reader.state.layers.has::<Prompt>() && reader.state.layers.has::<Visual>());
}

#[test]
fn keys_move_in_the_help_and_not_in_the_selection_under_it() {
    let mut reader = Reader::new(120, 20);
    reader.press("Enter v");
    let selected = reader.state.layers.get::<Visual>().unwrap().cursor();
    reader.press("? j j");
    assert_eq!(reader.state.layers.get::<Help>().unwrap().top, 2);
    assert_eq!(reader.state.layers.get::<Visual>().unwrap().cursor(), selected);
    reader.press("Esc j");
    assert!(!reader.state.layers.has::<Help>());
    assert_ne!(reader.state.layers.get::<Visual>().unwrap().cursor(), selected);
}

#[test]
fn the_card_over_a_selection_gets_the_keys_and_closes_first() {
    let mut reader = Reader::new(120, 30);
    reader.press("Enter ] q v");
    let selected = reader.state.layers.get::<Visual>().unwrap().cursor();
    command(&mut reader, "card");
    let line = reader.state.layers.get::<Card>().unwrap().selected;
    reader.press("j");
    assert_ne!(reader.state.layers.get::<Card>().unwrap().selected, line);
    assert_eq!(reader.state.layers.get::<Visual>().unwrap().cursor(), selected);
    reader.press("Esc");
    assert!(!reader.state.layers.has::<Card>() && reader.state.layers.has::<Visual>());
}

#[test]
fn a_page_that_arrives_closes_the_card_it_covers_but_not_a_prompt() {
    let mut reader = Reader::new(120, 30);
    reader.press("Enter i");
    assert!(reader.state.layers.has::<Card>());
    reader.send(Event::Sources(Sources::default()));
    assert!(!reader.state.layers.has::<Card>() && reader.state.overlay().is_some());
    reader.press("Esc F");
    assert!(reader.state.overlay().is_none());
    reader.press("/").type_text("weir").send(Event::Sources(Sources::default()));
    assert!(reader.state.layers.has::<Prompt>(), "what is typed stays on top");
}

#[test]
fn the_mouse_acts_on_the_layer_it_points_at() {
    let mut reader = Reader::new(120, 30);
    reader.press("Enter O");
    let (row, top) = (reader.state.layers.get::<Popup>().unwrap().selected, reader.state.reading.top);
    reader.send(Event::Mouse(Mouse::WheelDown, 60, 15));
    assert_eq!(reader.state.layers.get::<Popup>().unwrap().selected, row + 1);
    assert_eq!(reader.state.reading.top, top, "the text under the list stays");
    reader.send(Event::Mouse(Mouse::Click, 60, 15));
    assert!(!reader.state.layers.has::<Popup>());
    reader.send(Event::Sources(Sources::default()));
    reader.send(Event::Mouse(Mouse::Click, 5, 5));
    assert!(reader.state.overlay().is_some(), "a click on a page does not reach the panes");
}

#[test]
fn the_rest_of_a_sequence_is_shown_over_the_help() {
    let mut reader = Reader::new(120, 30);
    reader.press("? ]");
    assert!(reader.screen().contains(" ] ─") && reader.screen().contains("next quote"), "{}", reader.screen());
}

#[test]
fn the_help_begins_with_the_keys_of_the_focused_pane() {
    for (keys, pane, key) in
        [("?", "In the list", "N "), ("Enter ?", "In the text", "Space"), ("1 Tab Tab ?", "In a panel", "w ")]
    {
        let mut reader = Reader::new(120, 30);
        let screen = reader.press(keys).screen();
        let row = |words: &str| screen.lines().position(|line| line.contains(words));
        let (heading, all) = (row(pane), row("Stories and panes"));
        assert!(heading.is_some() && (all.is_none() || heading < all), "{pane}:\n{screen}");
        let first = screen.lines().skip(heading.unwrap()).take(16).any(|line| line.contains(key));
        assert!(first, "{key} of {pane}:\n{screen}");
    }
}

#[test]
fn the_key_of_the_help_is_always_among_the_hints() {
    for width in [40, 60, 80, 120] {
        let mut reader = Reader::new(width, 24);
        for keys in ["", "Enter", "1 Tab"] {
            let status = reader.press(keys_or_nothing(keys)).press("Ctrl-l").status();
            assert!(status.contains("? keys"), "{width} {keys}: {status}");
        }
    }
}

/// Returns the given keys. If there are none, returns keys that change nothing.
const fn keys_or_nothing(keys: &str) -> &str {
    if keys.is_empty() { "Ctrl-l" } else { keys }
}

#[test]
fn the_command_prompt_has_a_column_of_keys_and_takes_arguments() {
    let mut reader = Reader::new(100, 30);
    let screen = reader.press(":").type_text("archive").screen();
    let row = screen.lines().find(|line| line.contains("archive or unarchive the story")).unwrap();
    assert!(row.contains("archive or unarchive the story A   "), "{row}");
    reader.press("Esc");
    command(&mut reader, "set width 90");
    assert_eq!((reader.state.reading.measure, reader.status().as_str()), (90, "Set width to 90"));
    command(&mut reader, "set width 900");
    assert_eq!(
        (reader.state.reading.measure, reader.status().as_str()),
        (90, "width cannot be “900”: 30 to 200 columns")
    );
    command(&mut reader, "theme light");
    assert_eq!(reader.state.themes[reader.state.theme].name(), "light");
    command(&mut reader, "set widht 60");
    assert!(reader.status().contains("did you mean “width”?"), "{}", reader.status());
    command(&mut reader, "set compact-list on");
    assert!(reader.state.list.compact);
    command(&mut reader, "set");
    assert!(reader.status().contains("set takes a setting (theme, width,"), "{}", reader.status());
    assert!(!reader.state.layers.has::<Prompt>());
}

#[test]
fn a_theme_is_previewed_while_it_is_chosen_and_left_with_escape() {
    let mut reader = Reader::new(110, 32);
    let theme = |reader: &Reader| reader.state.themes[reader.state.theme].name().to_owned();
    reader.press(":").type_text("theme light");
    assert_eq!(theme(&reader), "light", "shown before it is chosen");
    reader.press("Ctrl-u").type_text("theme contr");
    assert_eq!(theme(&reader), "contrast");
    reader.press("Esc");
    assert_eq!(theme(&reader), "terminal");
    reader.press(":").type_text("theme dark").press("Enter");
    assert_eq!(theme(&reader), "dark");
    // A command that is not about themes leaves the theme unchanged.
    reader.press(":").type_text("theme light").press("Ctrl-u").type_text("set width 76").press("Enter");
    assert_eq!((theme(&reader), reader.state.reading.measure), ("dark".to_owned(), 76));
}

#[test]
fn settings_are_completed_and_chosen_from_the_list() {
    let mut reader = Reader::new(110, 32);
    let screen = reader.press(":").type_text("set jus").screen();
    assert!(screen.contains("set justify on") && screen.contains("set justify off"), "{screen}");
    assert!(reader.press("Tab").status().contains("> set justify on"), "{}", reader.status());
    reader.press("Enter");
    assert!(reader.state.reading.setting.justified, "{}", reader.status());
    assert!(reader.status().contains("Set justify to on"), "{}", reader.status());
    reader.press(":").type_text("set just off").press("Enter");
    assert!(!reader.state.reading.setting.justified);
    reader.press(":").type_text("set plain-text on").press("Enter");
    assert!(reader.state.reading.plain);
}
