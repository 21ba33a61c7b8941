//! Tests what lists, pages and titles show on small and large screens.

use super::Reader;
use crate::tui::action::Action;
use crate::tui::event::Event;

/// Returns the words inside the frame of a page or list, joined to one line.
fn inside(reader: &Reader) -> String {
    let screen = reader.screen();
    let rows = screen.lines().filter_map(|line| line.split_once('│')?.1.rsplit_once('│').map(|(row, _)| row));
    rows.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_names_of_all_panels_are_whole_in_their_tabs() {
    let mut reader = Reader::new(80, 12);
    let titles = |reader: &Reader| reader.screen().lines().next().unwrap().to_owned();
    reader.press("Enter 1 2 3");
    assert!(titles(&reader).ends_with("Quotes    Entities  Timeline"), "{}", titles(&reader));
    reader.press("Tab");
    assert!(titles(&reader).contains("▸Quotes"), "{}", titles(&reader));
    reader.press("4");
    assert!(titles(&reader).contains("Quotes Entities Timeline▸Figures"), "{}", titles(&reader));
    // With room, the tabs show the numbers of rows as well.
    let mut wide = Reader::new(60, 12);
    wide.press("Enter 1 2 3");
    assert!(titles(&wide).contains("Quotes 4") && titles(&wide).contains("Timeline 2"), "{}", titles(&wide));
}

#[test]
fn the_help_has_columns_on_a_wide_screen_and_cuts_nothing_on_a_narrow_one() {
    let mut reader = Reader::new(200, 60);
    let screen = reader.press("?").screen();
    let row = |words: &str| screen.lines().position(|line| line.contains(words));
    assert!(row("In the list").is_some() && row("While typing").is_none(), "{screen}");
    assert!(row("The library").is_some(), "the second column continues the first:\n{screen}");

    let mut narrow = Reader::new(40, 12);
    narrow.press("?");
    let mut seen = String::new();
    for _ in 0..400 {
        let screen = narrow.screen();
        assert!(!screen.lines().take(11).any(|line| line.contains('…')), "{screen}");
        seen.push_str(&inside(&narrow));
        seen.push(' ');
        narrow.press("j");
    }
    for action in Action::ALL {
        let last = action.help().rsplit(' ').next().unwrap();
        assert!(seen.contains(last), "{}", action.help());
    }
}

#[test]
fn the_selected_row_of_a_list_is_shown_in_full() {
    let mut reader = Reader::new(60, 20);
    let long =
        "config.toml, line 3: no setting is called “hyphenate”, which is a long sentence that ends with a beacon";
    reader.send(Event::SettingsFaults(vec![long.to_owned(), "config.toml, line 9: short".to_owned()]));
    reader.press("!");
    for keys in ["j", "j", "k", "k"] {
        let shown = inside(&reader);
        let is_selected = reader.screen().lines().any(|line| line.contains("▸! config.toml, line 3"));
        assert_eq!(is_selected, shown.contains("ends with a beacon"), "{}", reader.screen());
        reader.press(keys);
    }
}

#[test]
fn lists_offer_only_the_keys_that_do_something_in_them() {
    let mut reader = Reader::new(100, 30);
    assert!(!reader.press("Enter O").status().contains("remove"), "{}", reader.status());
    reader.press("Esc v i s 1 H");
    assert!(reader.status().contains("x remove"), "{}", reader.status());
}

#[test]
fn without_a_library_the_key_of_the_search_filters_the_titles() {
    let mut reader = Reader::new(100, 30);
    assert!(reader.state.library.is_none());
    reader.press("Enter f").type_text("harbour");
    assert_eq!(reader.state.list.count(&reader.state.stories), 1, "{}", reader.screen());
    reader.press("Enter");
    assert!(reader.status().contains("1 row"), "{}", reader.status());
}

#[test]
fn the_selected_command_has_a_marker_that_needs_no_colour() {
    let mut reader = Reader::new(100, 30);
    reader.press(":").type_text("theme");
    let marked = |reader: &Reader| reader.screen().lines().find(|line| line.contains("│▸")).map(str::to_owned);
    let first = marked(&reader).unwrap();
    reader.press("Down");
    let second = marked(&reader).unwrap();
    assert!(first != second && first.contains("theme") && second.contains("theme"), "{first}\n{second}");
}

#[test]
fn a_narrow_prompt_drops_its_explanation_so_that_the_typed_text_is_seen() {
    let mut reader = Reader::new(40, 12);
    reader.press("Enter d").type_text("2024-05-17");
    assert!(reader.status().starts_with("Story date: 2024-05-17▏"), "{}", reader.status());
    let mut wide = Reader::new(80, 24);
    wide.press("Enter d").type_text("2024-05-17");
    assert!(
        wide.status().starts_with("Story date (YYYY-MM-DD, for this session, empty to reset): 2024-05-17▏"),
        "{}",
        wide.status()
    );
}

#[test]
fn every_screen_names_the_key_of_the_help() {
    for keys in ["g", "Enter", "Enter i", "Enter O", "Enter v", "Enter v i s 1 H", "Enter !", "Enter 1 Tab"] {
        for width in [40, 80, 200] {
            let mut reader = Reader::new(width, 24);
            reader.press(keys);
            reader.state.message = None;
            assert!(reader.status().contains("? keys"), "{keys} at {width}: {}", reader.status());
        }
    }
}

#[test]
fn pending_keys_do_not_touch_the_hints() {
    for width in 60..120 {
        let mut reader = Reader::new(width, 24);
        let status = reader.press("]").status();
        assert!(status.ends_with(" ]"), "{status}");
    }
}

#[test]
fn the_help_leaves_no_scraps_of_the_panes_beside_it() {
    for width in [78, 80, 84, 160] {
        let mut reader = Reader::new(width, 24);
        let screen = reader.press("?").screen();
        let first = screen.lines().nth(1).unwrap();
        assert!(first.starts_with('│') || first.split_once('│').unwrap().0.chars().count() > 5, "{width}: {first}");
    }
}
