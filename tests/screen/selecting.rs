//! Tests selecting, copying, highlighting and naming marks, and the layout of the text.

use super::Reader;
use crate::tui::event::Event;
use crate::tui::layout::Pane;
use crate::tui::state::search::Search;
use crate::tui::state::visual::Visual;
use crate::tui::view::links;
use dateline_core::article::{Article, Link};
use dateline_core::text::Span;

fn reader() -> Reader {
    let mut reader = Reader::new(120, 40);
    reader.press("Enter");
    reader
}

#[test]
fn a_quote_is_cited_with_its_speaker_and_source() {
    let mut reader = reader();
    reader.press("] q ] q v Y");
    let cited = reader.copied.last().unwrap();
    assert_eq!(
        cited,
        "“The river belongs to neither of them.” — Agnes Holloway, “Old weir at Tarn Bridge to be opened for salmon”, 14 May 2024"
    );
    assert!(!reader.state.layers.has::<Visual>());
}

#[test]
fn a_selection_grows_by_words_sentences_and_paragraphs() {
    let mut reader = reader();
    reader.press("] q ] q ] q v i s y");
    assert!(reader.copied.pop().unwrap().ends_with("Pell said."));
    reader.press("] q v i p y");
    let paragraph = reader.copied.pop().unwrap();
    assert!(paragraph.starts_with("The mill’s owner") && paragraph.ends_with("Pell said."), "{paragraph}");
    reader.press("/").type_text("gates").press("Enter v w w y");
    assert_eq!(reader.copied.pop().unwrap(), "gates stay o");
    reader.press("v i w y");
    assert_eq!(reader.copied.pop().unwrap(), "gates");
    reader.press("v o h y");
    assert_eq!(reader.copied.pop().unwrap(), "e gates");
}

#[test]
fn what_is_chosen_is_copied_without_selecting_it_again() {
    let mut reader = reader();
    reader.press("y y");
    assert!(reader.copied.is_empty() && reader.status().contains("Nothing selected"));
    reader.press("] q y y");
    assert!(reader.copied.pop().unwrap().starts_with("We have listened"));
}

#[test]
fn a_highlight_has_a_sign_a_note_and_a_place_in_the_list() {
    let mut reader = reader();
    reader.press("H");
    assert!(reader.status().contains("No highlights"), "{}", reader.status());
    reader.press("] q v 2");
    assert!(reader.status().starts_with("Highlighted as doubtful"), "{}", reader.status());
    assert!(reader.screen().lines().any(|line| line.contains('?') && line.contains("We have listened")));
    reader.press("a").type_text("ask her again").press("Enter H");
    assert!(reader.screen().contains("ask her again — “We have listened"), "{}", reader.screen());
    reader.press("Enter");
    assert_eq!(reader.state.focus, Pane::Reading);
    reader.press("Esc g ] a");
    assert!(reader.status().starts_with("highlight 1 of 1 · ask her again"), "{}", reader.status());
    reader.press("H x");
    assert!(reader.state.story().unwrap().opened().highlights.all().is_empty());
}

#[test]
fn the_outline_leads_to_a_heading() {
    let mut reader = Reader::new(80, 12);
    reader.press("Enter O");
    assert!(reader.screen().contains("What happens next"));
    reader.press("G Enter");
    assert!(reader.screen().lines().nth(1).unwrap().contains("What happens next"), "{}", reader.screen());
}

#[test]
fn a_place_named_by_a_letter_is_found_again() {
    let mut reader = Reader::new(80, 12);
    reader.press("n n Enter 2 0 j m k g");
    let above = reader.screen();
    reader.press("' k");
    assert_ne!(reader.screen(), above);
    assert!(reader.status().contains("Bookmark k"), "{}", reader.status());
    reader.press("' '");
    assert_eq!(reader.screen().lines().take(11).collect::<Vec<_>>(), above.lines().take(11).collect::<Vec<_>>());
    reader.press("' z");
    assert!(reader.status().contains("No bookmark z"));
}

#[test]
fn what_reading_cost_is_listed_by_one_key() {
    let mut reader = reader();
    reader.press("!");
    assert!(reader.screen().contains("removed one page element: share bar"), "{}", reader.screen());
    reader.press("Esc n n !");
    assert!(!reader.screen().contains("page element"));
}

#[test]
fn a_search_takes_expressions_and_goes_backwards() {
    let mut reader = reader();
    reader.press("/").type_text(r"\bmill\b").press("Ctrl-r");
    assert!(reader.status().contains("regex /") && reader.status().contains("of 3"), "{}", reader.status());
    reader.press("Esc G \\").type_text("the");
    assert!(reader.status().starts_with("back /the"), "{}", reader.status());
    reader.press("Enter");
    let before = reader.state.layers.get::<Search>().unwrap().hit().unwrap();
    reader.press("n");
    assert!(reader.state.layers.get::<Search>().unwrap().hit().unwrap() < before);
    reader.press("Esc /").type_text("(mi").press("Ctrl-r");
    assert!(reader.status().contains("incomplete regex"), "{}", reader.status());
}

#[test]
fn zen_mode_shows_only_the_text() {
    let mut reader = reader();
    reader.press("1 z z");
    assert!(!reader.screen().contains("Stories") && !reader.screen().contains("Quotes 4"));
    reader.press("Esc");
    assert!(reader.screen().contains("Stories") && reader.screen().contains("Quotes 4"));
}

#[test]
fn both_ends_of_the_lines_are_even_when_asked_for() {
    let mut reader = Reader::new(100, 40);
    reader.press("Enter z z z j");
    let screen = reader.screen();
    let ends: Vec<usize> = screen
        .lines()
        .filter(|line| line.contains("The council of") || line.contains("and we have listened"))
        .map(|line| line.trim_end_matches(['│', '▐', '•', '▊', '·', ' ']).chars().count())
        .collect();
    assert!(ends.len() == 2 && ends[0] == ends[1], "{ends:?}\n{screen}");
    assert_eq!(reader.press("z i").status(), "Paragraph indents on");
    assert_eq!(reader.press("z h").status(), "Hyphenation on");
    assert_eq!(reader.press("z j").status(), "Justification off");
}

#[test]
fn pasted_text_is_read_as_a_story() {
    let mut reader = Reader::new(120, 40);
    reader.send(Event::Paste("The mill has closed.".into()));
    assert!(reader.status().contains("Reading the paste"));
    reader.send(Event::Pasted(vec![Article::verbatim("pasted text", "The mill has closed.")]));
    assert!(reader.screen().contains("The mill has closed."));
    assert_eq!((reader.state.list.selected, reader.state.focus), (3, Pane::Reading));
    reader.press("/").send(Event::Paste("mill".into()));
    assert!(reader.status().contains("1 of 1"), "{}", reader.status());
}

#[test]
fn a_link_shows_its_host_and_opens_inside_the_reader() {
    let mut page = Article::verbatim("page", "The mill has closed, as the Echo wrote. The council says nothing.");
    let at = |words: &str| {
        let start = page.text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let links = vec![
        Link { span: at("the Echo"), url: "https://echo.example/mill#top".into() },
        Link { span: at("The council"), url: "https://council.example@elsewhere.example/say".into() },
    ];
    page.links = links;
    let mut echo = Article::verbatim("echo", "Mill closes.");
    echo.url = Some("https://echo.example/mill".into());
    let mut reader = Reader::empty(100, 20);
    reader.send(Event::Loaded(vec![page, echo]));
    reader.press("Enter ] l");
    assert!(reader.status().starts_with("echo.example /mill"), "{}", reader.status());
    assert_eq!(links::in_view(&reader.state).len(), 2);
    reader.press("Enter");
    assert_eq!(reader.state.list.selected, 1);
    reader.press("Backspace ] l");
    assert_eq!(reader.state.list.selected, 0);
    assert!(reader.status().starts_with("elsewhere.example (contains a user name)"), "{}", reader.status());
    reader.press("Enter");
    assert!(reader.opened.is_empty() && reader.status().contains("again opens it"), "{}", reader.status());
    reader.press("j Enter");
    assert!(reader.opened.is_empty(), "another key lies between");
    reader.press("Enter");
    assert_eq!(reader.opened, ["https://council.example@elsewhere.example/say"]);
    reader.press("o");
    assert!(reader.screen().contains("↗ elsewhere.example (contains a user name)"), "{}", reader.screen());
}
