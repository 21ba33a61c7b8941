//! Tests going from a story to its web page and back to the list.

use super::Reader;
use crate::tui::event::Event;
use crate::tui::layout::Pane;
use crate::tui::state::popup::Popup;
use crate::tui::state::prompt::{Prompt, Purpose};
use crate::tui::state::search::Search;
use crate::tui::state::visual::Visual;
use dateline_core::article::{Article, BlockKind, Builder};

const PAGE: &str = "https://vale.example/ferry?id=4";

/// Opens a story that has a URL, one link and one heading.
fn reader() -> Reader {
    let mut story = Builder::new("ferry");
    story.block(BlockKind::Headline, "Ferry back in service");
    story.block(BlockKind::Paragraph, "The ferry sails again, the harbour office said.");
    let mut article = story.build();
    article.url = Some(PAGE.to_owned());
    let start = article.text.find("harbour office").unwrap();
    article.links.push(dateline_core::article::Link {
        span: dateline_core::text::Span::new(start, start + 14),
        url: "https://port.example/office".to_owned(),
    });
    let mut reader = Reader::empty(100, 30);
    reader.send(Event::Loaded(vec![article, Article::verbatim("b", "The mill has closed.")]));
    reader.send(Event::LoadedAll);
    reader
}

#[test]
fn the_page_of_the_story_is_the_first_link_and_opens_after_its_host_was_shown() {
    let mut reader = reader();
    let screen = reader.press("Enter o").screen();
    assert!(screen.contains("▸⌂ vale.example /ferry?id=4 — page of this story"), "{screen}");
    assert!(screen.contains("port.example /office"), "{screen}");
    assert!(reader.opened.is_empty());
    reader.press("Enter");
    assert_eq!(reader.opened, [PAGE]);
    assert!(!reader.state.layers.has::<Popup>());
    reader.press("o j Enter");
    assert_eq!(reader.opened.len(), 1, "a link of the text is shown in the text first");
    assert!(reader.status().starts_with("port.example"), "{}", reader.status());
}

#[test]
fn the_address_is_copied_or_its_absence_reported() {
    let mut reader = reader();
    reader.press("y u");
    assert_eq!(reader.copied, [PAGE]);
    reader.press("n y u");
    assert_eq!((reader.copied.len(), reader.status().contains("no known URL")), (1, true));
    assert!(reader.press("o").status().contains("its URL is unknown"), "{}", reader.status());
}

#[test]
fn an_address_that_is_not_of_the_web_is_never_a_page() {
    let mut article = Article::verbatim("a", "The mill has closed.");
    article.url = Some("file:///etc/passwd".to_owned());
    let mut reader = Reader::empty(100, 30);
    reader.send(Event::Loaded(vec![article]));
    reader.press("o Enter y u");
    assert!(reader.opened.is_empty() && reader.copied.is_empty());
}

#[test]
fn q_goes_back_pane_by_pane_and_quits_from_the_list() {
    let mut reader = Reader::new(120, 40);
    reader.press("Enter 1 Tab q");
    assert_eq!((reader.state.focus, reader.state.running), (Pane::Reading, true));
    reader.press("v q");
    assert!(!reader.state.layers.has::<Visual>());
    assert_eq!((reader.state.focus, reader.state.running), (Pane::Reading, true));
    reader.press("/").type_text("weir").press("Enter q");
    assert_eq!((reader.state.focus, reader.state.running), (Pane::List, true));
    assert!(!reader.state.layers.has::<Search>());
    assert!(!reader.press("q").state.running);
    assert!(!Reader::new(120, 40).press("Enter Ctrl-c").state.running);
}

#[test]
fn the_first_letter_replaces_a_prefilled_text() {
    let mut reader = Reader::new(120, 40);
    let typed = |reader: &Reader| reader.state.layers.get::<Prompt>().map(|prompt| prompt.text.clone()).unwrap();
    reader.press("d");
    let filled = typed(&reader);
    assert!(!filled.is_empty());
    assert_eq!(typed(reader.type_text("2")), "2");
    reader.press("Esc d End").type_text("x");
    assert_eq!(typed(&reader), format!("{filled}x"));
    let mut note = Reader::new(120, 40);
    note.press("Enter ] q v a").type_text("Ask").press("Enter ] q [ q v a").type_text("!");
    assert_eq!(note.state.layers.get::<Prompt>().map(|prompt| prompt.purpose), Some(Purpose::Note(0)));
    assert_eq!(typed(&note), "Ask!", "a note is never replaced");
}
