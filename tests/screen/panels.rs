//! Tests filters, pickers, cards and corrections, key by key.

use super::Reader;
use crate::tui::action::Action;
use crate::tui::effect::Effect;
use crate::tui::event::{Event, Mouse};
use crate::tui::key::Key;
use crate::tui::layout::Pane;
use crate::tui::panels::PanelKind;
use crate::tui::state::card::Card;
use crate::tui::state::picker::Picker;
use crate::tui::state::prompt::Prompt;
use crate::tui::{update, view};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::style::Modifier;

#[test]
fn rows_are_filtered_as_one_types_in_the_list_and_in_panels_alike() {
    let mut reader = Reader::new(120, 40);
    reader.press("F").type_text("committee");
    assert!(reader.screen().contains("1 of 3"), "{}", reader.screen());
    assert_eq!(reader.state.list.selected, 2, "the story that is left is read");
    reader.press("Enter Esc");
    assert!(reader.screen().contains("Old weir at"), "every row is shown again");
    reader.press("g 2 Tab Tab F").type_text("pell");
    assert_eq!(reader.state.panel(PanelKind::Entities).rows, [2]);
    assert!(reader.screen().contains("Entities 1 of 3, “pell”"), "{}", reader.screen());
    reader.press("Esc");
    assert_eq!(reader.state.panel(PanelKind::Entities).rows.len(), 3, "a filter given up leaves every row");
    reader.press("F").type_text("zzz").press("Enter");
    assert!(reader.screen().contains("No rows match."));
}

#[test]
fn any_command_is_run_by_a_few_letters_of_its_name() {
    let mut reader = Reader::new(120, 40);
    reader.press(":").type_text("togquo");
    assert!(reader.screen().contains("toggle-quotes"), "{}", reader.screen());
    reader.press("Enter");
    assert!(reader.screen().contains("Quotes 4"));
    reader.press(":").type_text("theme light").press("Tab Enter");
    assert_eq!(reader.state.themes[reader.state.theme].name(), "light");
    reader.press(":").type_text("zzzz").press("Enter");
    assert!(reader.status().contains("No matches"));
    reader.press(": Esc");
    assert!(!reader.state.layers.has::<Prompt>() && !reader.state.layers.has::<Picker>());
}

#[test]
fn every_command_of_the_palette_does_something_and_nothing_falls_over() {
    for &action in Action::ALL.iter().filter(|action| action.is_command()) {
        let mut reader = Reader::new(120, 40);
        reader.press("Enter ] q :").type_text(action.name());
        let chosen =
            reader.state.layers.get::<Picker>().and_then(|picker| picker.item()).map(|item| item.label.clone());
        assert_eq!(chosen.as_deref(), Some(action.name()), "its own name finds it first");
        reader.press("Enter");
        let _ = reader.screen();
    }
}

#[test]
fn a_story_and_a_person_are_a_few_letters_away() {
    let mut reader = Reader::new(120, 40);
    reader.press("Ctrl-p").type_text("harbwall").press("Enter");
    assert_eq!((reader.state.list.selected, reader.state.focus), (1, Pane::Reading));
    reader.press("p Ctrl-p").type_text("rufpel").press("Enter");
    assert!(reader.status().contains("First mention"), "{}", reader.status());
    assert!(reader.styled(Modifier::REVERSED).contains("Rufus Pell"));
}

#[test]
fn a_card_describes_a_person_and_links_to_their_quotes() {
    let mut reader = Reader::new(120, 40);
    reader.press("Enter ] q ] q ] q i");
    let screen = reader.screen();
    for words in ["Rufus Pell", "also Pell", "Introduced", "Said here (2)", "eleven jobs"] {
        assert!(screen.contains(words), "{words} in\n{screen}");
    }
    reader.press("j j Enter");
    assert!(!reader.state.layers.has::<Card>());
    assert_eq!(
        reader.state.reading.selection.map(|selection| (selection.kind, selection.index)),
        Some((PanelKind::Quotes, 3))
    );
    reader.press("i Esc");
    assert!(!reader.state.layers.has::<Card>() && reader.state.reading.selection.is_some());
}

#[test]
fn a_wrong_speaker_is_put_right_and_the_correction_outlives_the_analysis() {
    let mut reader = Reader::new(120, 40);
    reader.press("1 Tab Tab C").type_text("pell").press("Enter");
    let speaker =
        |reader: &Reader| reader.state.analysis_view().unwrap().analysis.quotes[0].speaker.clone().unwrap().name;
    assert_eq!(speaker(&reader), "Rufus Pell");
    assert!(reader.status().contains("u undo"), "{}", reader.status());
    assert!(reader.screen().contains("corrected by hand"), "{}", reader.screen());
    reader.refuse_keeping();
    reader.press("d Ctrl-u").type_text("2024-05-21").press("Enter");
    assert_eq!(speaker(&reader), "Rufus Pell", "another analysis, the same correction");
    reader.press("u");
    assert_eq!(speaker(&reader), "Agnes Holloway");
    assert!(reader.press("u").status().contains("Nothing to undo"));
}

#[test]
fn entities_are_merged_rows_dismissed_dates_set() {
    let mut reader = Reader::new(120, 40);
    reader.press("2 Tab Tab G C").type_text("holloway").press("Enter");
    let analysis = |reader: &Reader| reader.state.analysis_view().unwrap().analysis.clone();
    assert_eq!(analysis(&reader).entities.len(), 2);
    let quotes = analysis(&reader).quotes;
    assert!(quotes.iter().all(|quote| quote.speaker.as_ref().unwrap().name == "Agnes Holloway"));
    reader.refuse_keeping().press("u 2 3 Tab x");
    assert_eq!(analysis(&reader).events.len(), 1);
    reader.press("C Ctrl-u").type_text("2024-10-03").press("Enter");
    assert_eq!(analysis(&reader).events[0].interval.map(|(first, _)| first.to_string()).as_deref(), Some("2024-10-03"));
    reader.refuse_keeping().press("u u");
    assert_eq!(analysis(&reader).events.len(), 2);
}

#[test]
fn a_border_is_dragged_and_stays() {
    let mut reader = Reader::new(120, 40);
    let border = |reader: &Reader| reader.state.panes().list.unwrap().width;
    let before = border(&reader);
    reader.state.arranged = Some(reader.state.arrangement());
    reader.send(Event::Mouse(Mouse::Click, before, 10)).send(Event::Mouse(Mouse::Drag, before + 3, 10));
    assert_eq!(border(&reader), before + 3);
    let effects = update(&mut reader.state, Event::Mouse(Mouse::Release, before + 3, 10));
    let [Effect::KeepArrangement(kept)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(kept.widths.list, Some(before + 3));
    reader.send(Event::Mouse(Mouse::Drag, 3, 10));
    assert_eq!(border(&reader), before + 3, "without a button held nothing moves");
}

#[test]
fn the_timeline_separates_background_news_and_upcoming_events() {
    let mut reader = Reader::new(80, 24);
    let screen = reader.press("Enter 3").screen();
    let at = |words: &str| screen.find(words).unwrap_or_else(|| panic!("{words} in\n{screen}"));
    assert!(at("◆──") < at("The news") && at("The news") < at("Upcoming"), "{screen}");
    assert!(screen.contains("“Monday” ?"), "a date counted from a guessed day is marked");
}

/// Screen sizes at which the program must work, from a single cell to larger than any terminal.
const SIZES: [(u16, u16); 7] = [(1, 1), (8, 3), (20, 6), (40, 12), (80, 24), (120, 40), (200, 60)];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_keys_at_any_size_leave_a_valid_screen(
        keys in prop::collection::vec("[a-zA-Z0-9:/?{}\\[\\]()+=!]|Enter|Esc|Tab|Up|Down|Ctrl-p|Space|Backspace", 1..60),
        sizes in prop::collection::vec(0_usize..SIZES.len(), 1..4),
        clicks in prop::collection::vec((0_u16..200, 0_u16..60), 0..6),
    ) {
        let mut reader = Reader::new(80, 24);
        for (number, key) in keys.iter().enumerate() {
            if let Some(key) = Key::parse(key) {
                reader.send(Event::Key(key));
            }
            if let Some(&(width, height)) = sizes.get(number % 8).and_then(|&size| SIZES.get(size)) {
                reader.send(Event::Resize(Size { width, height }));
            }
            if let Some(&(x, y)) = clicks.get(number % 16) {
                reader.send(Event::Mouse([Mouse::Click, Mouse::Drag, Mouse::Release][number % 3], x, y));
            }
            let Size { width, height } = reader.state.size;
            let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
            view(&reader.state, &mut buffer);
        }
        for &size in &sizes {
            let (width, height) = SIZES[size];
            reader.send(Event::Resize(Size { width, height }));
            prop_assert_eq!(reader.screen().lines().count(), usize::from(height));
        }
    }
}

#[test]
fn consecutive_quotes_are_under_one_name_and_doubt_is_a_sign() {
    let mut reader = Reader::new(120, 40);
    let screen = reader.press("Enter 1").screen();
    let panel: Vec<&str> = screen.lines().map(|line| line.rsplit('│').next().unwrap_or_default().trim_end()).collect();
    assert!(panel[0].starts_with(" Quotes 4 ─────"), "the title is on a rule: {}", panel[0]);
    let names = panel.iter().filter(|line| line.starts_with(" A ")).count();
    assert_eq!((names, panel[1]), (1, " A Agnes Holloway"), "{screen}");
    assert!(panel[2].contains("“We have listened") && panel[3].contains("“The river belongs"), "{screen}");
    assert!(panel.iter().any(|line| line.contains("he would appeal") && line.ends_with("reported ?")), "{screen}");
    let focused = reader.press("Tab j j").screen();
    assert!(focused.contains("? “Rufus Pell” · “said”"), "the words of a doubtful speaker are shown: {focused}");
    let all = [screen.as_str(), &focused].concat();
    assert!(!all.contains("% sure") && !all.contains("reporting verb"), "{all}");
}

#[test]
fn reported_speech_is_never_in_quotation_marks() {
    let mut reader = Reader::new(120, 40);
    let card = reader.press("Enter ] q ] q ] q i").screen();
    assert!(card.contains("he would appeal") && !card.contains("“he would appeal"), "{card}");
    assert!(card.contains("“This will cost eleven jobs”"), "{card}");
    reader.press("Esc Y");
    let cited = reader.copied.pop().unwrap();
    assert!(cited.starts_with("he would appeal — Rufus Pell (reported), "), "{cited}");
    reader.press("] q Y");
    assert!(reader.copied.pop().unwrap().starts_with("“This will cost eleven jobs,” — Rufus Pell, "));
}

#[test]
fn the_figures_panel_says_who_claims_how_many() {
    let mut reader = Reader::new(120, 40);
    reader.press("Enter");
    assert!(!reader.state.panel(PanelKind::Figures).open, "closed at first");
    reader.press("] f");
    assert!(reader.status().contains("jobs"), "{}", reader.status());
    reader.press("4 Tab");
    let screen = reader.screen();
    for words in ["Figures 1", "eleven ", "Rufus Pell", "This will cost eleven jobs"] {
        assert!(screen.contains(words), "{words} in\n{screen}");
    }
    reader.press("Enter");
    assert!(reader.styled(Modifier::REVERSED).contains("eleven"), "{}", reader.screen());
    reader.press("4");
    assert!(!reader.screen().contains("Figures 1"));
}
