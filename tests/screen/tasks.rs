//! Tests typical user tasks, key by key.

use super::Reader;
use crate::config::Config;
use crate::tui::arrangement::Arrangement;
use crate::tui::effect::Effect;
use crate::tui::event::{Event, Mouse};
use crate::tui::key::Key;
use crate::tui::layout::Pane;
use crate::tui::panels::PanelKind;
use crate::tui::state::layers::Help;
use crate::tui::state::prompt::Prompt;
use crate::tui::state::search::Search;
use ratatui::layout::Size;
use ratatui::style::Modifier;

#[test]
fn a_panel_comes_and_goes_with_its_key() {
    let mut reader = Reader::new(120, 40);
    for (key, title) in [("1", "Quotes 4"), ("2", "Entities 3"), ("3", "Timeline 2")] {
        assert!(!reader.screen().contains(title));
        assert!(reader.press(key).screen().contains(title), "{title}");
    }
    for (key, title) in [("1", "Quotes 4"), ("2", "Entities 3"), ("3", "Timeline 2")] {
        assert!(!reader.press(key).screen().contains(title), "{title}");
    }
}

#[test]
fn on_a_narrow_screen_a_panel_takes_the_place_of_the_text() {
    let mut reader = Reader::new(60, 20);
    assert!(reader.press("Enter 1").screen().contains("Quotes 4"));
    assert_eq!(reader.press("Esc").state.focus, Pane::Reading);
    assert_eq!(reader.press("Esc").state.focus, Pane::List);
}

#[test]
fn a_selected_quote_shows_its_words_its_cue_and_its_speaker() {
    let mut reader = Reader::new(120, 40);
    reader.press("Enter ] q");
    let shown = reader.styled(Modifier::REVERSED);
    assert!(shown.contains("We have listened to the anglers") && shown.contains("Agnes Holloway"), "{shown}");
    assert!(!shown.contains("told reporters"), "{shown}");
    assert!(reader.styled(Modifier::UNDERLINED).contains("told reporters"));
    assert!(reader.status().contains("quote 1 of 4 · Agnes Holloway"), "{}", reader.status());
}

#[test]
fn the_panel_follows_the_text_and_the_text_the_panel() {
    let mut reader = Reader::new(120, 40);
    reader.press("Enter 1 ] q ] q ] q");
    assert_eq!(reader.state.panel(PanelKind::Quotes).selected, 2);
    reader.press("Tab j");
    assert_eq!(reader.state.reading.selection.map(|selection| selection.index), Some(3));
    assert!(reader.styled(Modifier::REVERSED).contains("This will cost eleven jobs,"));
}

#[test]
fn from_a_quote_to_its_speaker_and_back() {
    let mut reader = Reader::new(80, 12);
    reader.press("Enter ] q ] q ] q ] q");
    let before = reader.screen();
    reader.press("s");
    assert!(reader.status().starts_with("First mention of Rufus Pell"), "{}", reader.status());
    assert!(reader.screen().contains("Rufus Pell"));
    reader.press("Backspace");
    let body = |screen: &str| screen.lines().take(11).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(body(&reader.screen()), body(&before));
}

#[test]
fn an_entity_lights_all_its_mentions() {
    let mut reader = Reader::new(120, 40);
    reader.press("2 Tab Tab G");
    let shown = reader.styled(Modifier::REVERSED);
    assert_eq!(shown.matches("Pell").count(), 4, "two in the text, two in the panel: {shown}");
}

#[test]
fn enter_on_a_row_goes_to_the_text() {
    let mut reader = Reader::new(60, 12);
    reader.press("3 j Enter");
    assert_eq!(reader.state.focus, Pane::Reading);
    assert!(reader.screen().contains("Work is to begin in September."));
}

#[test]
fn the_timeline_explains_how_a_date_was_resolved() {
    let mut reader = Reader::new(120, 40);
    let screen = reader.press("3 Tab Tab").screen();
    for words in ["Published ~Tue 14 May 2024", "Mon 13 May 2024", "“Monday” → Mon 13 May 2024", "Sep 2024", "upcoming"]
    {
        assert!(screen.contains(words), "{words} in\n{screen}");
    }
}

#[test]
fn a_new_reference_date_moves_what_is_relative() {
    let mut reader = Reader::new(120, 40);
    reader.press("3 d").type_text("2024-05-21").press("Enter");
    let screen = reader.screen();
    assert!(screen.contains("Mon 20 May 2024") && screen.contains("set by you"), "{screen}");
    reader.press("d Ctrl-u").type_text("soon").press("Enter");
    assert!(reader.state.layers.has::<Prompt>(), "a wrong date is asked for again");
    assert!(reader.state.message.as_ref().is_some_and(|message| message.error));
}

#[test]
fn dates_can_be_shown_after_relative_times() {
    let mut reader = Reader::new(120, 40);
    assert!(reader.press("Enter t").screen().contains("voted on Monday ⟨Mon 13 May 2024⟩"));
    assert!(!reader.press("t").screen().contains("⟨"));
}

#[test]
fn a_search_walks_its_matches_and_ends() {
    let mut reader = Reader::new(120, 40);
    reader.press("Enter /").type_text("weir");
    assert!(reader.status().contains("1 of 2"), "{}", reader.status());
    reader.press("Enter n");
    assert!(reader.status().starts_with("2 of 2"), "{}", reader.status());
    assert_eq!(reader.state.list.selected, 0, "n walks the matches, not the stories");
    let marked = reader.styled(Modifier::REVERSED);
    reader.press("Esc");
    assert!(reader.status().starts_with("Hid the matches · n next match"), "{}", reader.status());
    assert_ne!(reader.styled(Modifier::REVERSED), marked, "the marks are hidden");
    reader.press("n");
    assert!(reader.status().starts_with("1 of 2"), "{}", reader.status());
    assert_eq!(reader.state.list.selected, 0, "the matches survive the key that hides them");
    reader.press("Esc Esc Enter n");
    assert_eq!(reader.state.list.selected, 1);
}

#[test]
fn every_pane_can_be_searched() {
    let mut reader = Reader::new(120, 40);
    reader.press("/").type_text("committee").press("Enter");
    assert_eq!(reader.state.list.selected, 2);
    reader.press("Esc g 1 Tab Tab /").type_text("eleven").press("Enter");
    assert_eq!(reader.state.panel(PanelKind::Quotes).selected, 3);
}

#[test]
fn a_search_given_up_goes_back_to_where_it_began() {
    let mut reader = Reader::new(80, 20);
    reader.press("G Enter");
    let before = reader.state.reading.top;
    reader.press("/").type_text("paragraph 60");
    assert_ne!(reader.state.reading.top, before);
    reader.press("Esc");
    assert_eq!(reader.state.reading.top, before);
    assert!(!reader.state.layers.has::<Search>());
}

#[test]
fn space_reads_on_into_the_next_story() {
    let mut reader = Reader::new(80, 12);
    reader.press("Enter");
    for _ in 0..20 {
        reader.press("Space");
        if reader.state.list.selected == 1 {
            return;
        }
    }
    panic!("the end of the story was never reached");
}

#[test]
fn the_place_in_a_story_is_kept() {
    let mut reader = Reader::new(80, 20);
    reader.press("G Enter Ctrl-d Ctrl-d p n");
    let before = reader.screen();
    assert!(!before.contains("Paragraph 1 "), "{before}");
    reader.press("p n");
    assert_eq!(reader.screen(), before);
}

#[test]
fn the_place_survives_another_size_and_a_panel() {
    let mut reader = Reader::new(120, 30);
    reader.press("G Enter / ").type_text("paragraph 40").press("Enter");
    let top = |reader: &Reader| reader.state.reading.in_view().start;
    let before = top(&reader);
    for size in [Size::new(80, 24), Size::new(200, 60), Size::new(30, 8), Size::new(120, 30)] {
        reader.send(Event::Resize(size));
        assert!(reader.screen().contains("aragraph 40"), "{size:?}");
    }
    assert_eq!(top(&reader), before);
    reader.press("1 2 3");
    reader.press("1 2 3");
    assert_eq!(top(&reader), before);
}

#[test]
fn escape_backs_out_one_step_at_a_time() {
    let mut reader = Reader::new(120, 40);
    reader.press("Enter 1 Tab ?");
    assert!(!reader.press("Esc").state.layers.has::<Help>());
    assert_eq!(reader.press("Esc").state.focus, Pane::Reading);
    reader.press("/").type_text("weir").press("Enter Esc");
    assert!(reader.state.layers.get::<Search>().is_some_and(|search| search.hidden));
    assert_eq!(reader.state.focus, Pane::Reading);
    reader.press("] q Esc");
    assert!(reader.state.reading.selection.is_none());
    assert_eq!(reader.press("Esc").state.focus, Pane::List);
    assert!(!reader.state.layers.has::<Search>());
    assert!(reader.state.running);
    assert!(!reader.press("q").state.running);
}

#[test]
fn after_the_first_key_of_a_sequence_the_rest_is_shown() {
    let mut reader = Reader::new(80, 24);
    assert!(reader.press("]").screen().contains("next quote"));
    reader.press("z");
    assert!(reader.status().starts_with("]z does nothing here · ? shows every key"), "{}", reader.status());
}

#[test]
fn a_click_selects_and_the_wheel_scrolls() {
    let mut reader = Reader::new(120, 40);
    let screen = reader.press("1").screen();
    let cell = |words: &str| {
        let (y, line) = screen.lines().enumerate().find(|(_, line)| line.contains(words)).unwrap();
        (line.split(words).next().unwrap().chars().count() as u16, y as u16)
    };
    let (x, y) = cell("neither of them.”");
    reader.send(Event::Mouse(Mouse::Click, x, y));
    assert_eq!(reader.state.focus, Pane::Reading);
    assert_eq!(reader.state.panel(PanelKind::Quotes).selected, 1);
    let (x, y) = cell("Committee hears");
    reader.send(Event::Mouse(Mouse::Click, x, y));
    assert_eq!((reader.state.focus, reader.state.list.selected), (Pane::List, 2));
    let before = reader.state.reading.top;
    reader.send(Event::Mouse(Mouse::WheelDown, 60, 20));
    assert_ne!(reader.state.reading.top, before);
    assert_eq!(reader.state.focus, Pane::List);
}

#[test]
fn quotes_are_filtered_and_grouped_by_speaker() {
    let mut reader = Reader::new(120, 40);
    reader.press("1 Tab Tab f");
    assert_eq!(reader.state.panel(PanelKind::Quotes).rows, [0, 1]);
    reader.press("f o");
    assert_eq!(reader.state.panel(PanelKind::Quotes).rows.len(), 4);
    assert!(reader.status().contains("by speaker"));
    let screen = reader.screen();
    let heading = screen.lines().find(|line| line.contains("Agnes Holloway") && line.trim_end().ends_with('2'));
    assert!(heading.is_some(), "each speaker stands above what they said, with how much it is:\n{screen}");
}

#[test]
fn what_was_left_out_can_be_looked_at() {
    let mut reader = Reader::new(120, 60);
    assert!(!reader.screen().contains("Share this story"));
    assert!(reader.press("b").screen().contains("Share this story"));
}

#[test]
fn a_count_repeats_a_motion() {
    let mut reader = Reader::new(80, 20);
    reader.press("G Enter 5 j");
    let five = reader.state.reading.top;
    reader.press("g j j j j j");
    assert_eq!(reader.state.reading.top, five);
}

#[test]
fn without_stories_the_screen_says_what_to_do() {
    let mut reader = Reader::empty(80, 24);
    assert!(reader.screen().contains("Loading stories"));
    reader.send(Event::LoadedAll);
    assert!(reader.screen().contains("Nothing here yet."));
    reader.press("j k Enter 1 2 3 ] q s / Esc d t b Space n p G g Tab Enter");
}

#[test]
fn a_source_that_fails_is_a_row_that_says_why() {
    let mut reader = Reader::new(120, 40);
    reader.send(Event::Failed("lost.txt".into(), "no such file".into()));
    assert!(reader.screen().contains("lost.txt"));
    assert!(reader.press("G").screen().contains("Could not be read: no such file."));
}

#[test]
fn an_answer_to_an_old_request_is_dropped() {
    let mut reader = Reader::new(120, 40);
    reader.send(Event::Analysed { story: 0, generation: 0, analysis: None });
    assert_eq!(reader.state.analysis_view().unwrap().analysis.quotes.len(), 4);
}

#[test]
fn quotes_in_quotation_marks_and_reported_ones_are_shown_apart() {
    let mut reader = Reader::new(120, 40);
    reader.press("Enter 1 Tab");
    assert_eq!(reader.state.focus, Pane::Panel(PanelKind::Quotes));
    let all = reader.state.panel(PanelKind::Quotes).rows.clone();
    reader.press("w");
    assert!(reader.screen().contains("of 4, direct quotes"), "{}", reader.screen());
    let marked = reader.state.panel(PanelKind::Quotes).rows.clone();
    reader.press("w");
    assert!(reader.screen().contains("of 4, reported speech"), "{}", reader.screen());
    let mut both = [marked, reader.state.panel(PanelKind::Quotes).rows.clone()].concat();
    both.sort_unstable();
    assert_eq!(both, all);
    assert!(reader.press("w").screen().contains("Quotes 4"));
}

#[test]
fn enter_walks_through_the_mentions_of_an_entity_and_round_again() {
    let mut reader = Reader::new(120, 40);
    reader.press("Enter 2 Tab");
    let count = reader.state.analysis_view().unwrap().analysis.entities[0].mentions.len();
    for number in (1..=count).chain([1]) {
        reader.press("Enter");
        let expected = format!("Mention {number} of {count}");
        assert!(reader.status().contains(&expected), "{expected}: {}", reader.status());
        assert_eq!(reader.state.focus, Pane::Panel(PanelKind::Entities));
    }
    assert_eq!(reader.press("s").state.focus, Pane::Reading);
}

#[test]
fn a_long_load_is_left_with_one_key_and_what_came_stays() {
    let mut reader = Reader::empty(110, 32);
    reader.send(Event::Loaded(super::fake::stories()));
    let effects = crate::tui::update(&mut reader.state, Event::Key(Key::parse_all("Esc").unwrap()[0]));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::StopLoading)), "{effects:?}");
    assert!(reader.status().contains("Stopped loading"), "{}", reader.status());
    assert_eq!(reader.state.stories.len(), 3);
}

#[test]
fn the_first_screen_says_that_the_stories_are_samples() {
    let (name, _) = crate::tui::bundled::STORIES[0];
    let article = |id: &str| dateline_core::article::Article::verbatim(id, "The mill has closed.");
    let mut reader = Reader::empty(80, 24);
    reader.send(Event::Loaded(vec![article(name)]));
    let status = reader.status();
    assert!(
        status.starts_with("Samples to try · `dateline add FILE…` adds your own") && status.ends_with("keys"),
        "{status}"
    );
    assert!(!reader.press("j").status().contains("Samples"));
    let mut narrow = Reader::empty(40, 12);
    let status = narrow.send(Event::Loaded(vec![article(name)])).status();
    assert!(status.starts_with("Samples to try · ? lists the keys"), "{status}");
    assert!(reader.state.open_panels().is_empty(), "only the first start opens the quotes");
    let mut first = Reader::empty(120, 40);
    first.state.arrange(&Arrangement::default(), &Config::default());
    first.state.arranged = Some(first.state.arrangement());
    first.send(Event::Loaded(vec![article(name)]));
    assert_eq!(first.state.open_panels(), [PanelKind::Quotes]);
    assert_eq!(first.state.arranged, Some(first.state.arrangement()), "nothing is saved that the user did not choose");
    let mut faulty = Reader::empty(80, 24);
    faulty.send(Event::SettingsFaults(vec!["config.toml, line 1: wrong".to_owned()]));
    assert!(faulty.send(Event::Loaded(vec![article(name)])).status().contains("line 1: wrong"));
    let mut own = Reader::empty(80, 24);
    own.send(Event::Loaded(vec![article("mill.txt")]));
    assert!(!own.status().contains("Samples"));
}
