//! Tests that no text is lost: every line must be reachable at any width and in any script, and no key may break the
//! screen at any size.

use super::Reader;
use crate::tui::action::Action;
use crate::tui::event::Event;
use crate::tui::key::Key;
use crate::tui::state::popup::Popup;
use dateline_core::article::{Article, BlockKind, Builder, Datum};
use proptest::prelude::*;
use ratatui::layout::Size;

/// Scrolls line by line from the beginning of a story to its end. Returns all text seen, without white space.
fn read_through(reader: &mut Reader) -> String {
    let mut seen: Vec<String> = Vec::new();
    for _ in 0..5_000 {
        let screen = reader.screen();
        let lines: Vec<String> = screen
            .lines()
            .skip(1)
            .take(usize::from(reader.state.size.height) - 2)
            .map(|line| {
                let text: String = line.chars().skip(3).collect();
                text.trim_end_matches(['│', '▐', '•', '▊', '·', ' ']).trim().to_owned()
            })
            .collect();
        if seen.is_empty() {
            seen = lines;
        } else {
            seen.extend(lines.last().cloned());
        }
        if reader.state.reading.ended {
            break;
        }
        reader.press("j");
    }
    seen.concat().split_whitespace().collect()
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn a_japanese_story_is_read_to_its_end() {
    for width in [12, 20, 37, 60] {
        let mut reader = Reader::new(width, 8);
        reader.press("j Enter");
        let seen = read_through(&mut reader);
        assert!(seen.contains(&squeezed("費用は十二億円になるという。")), "{width}: {seen}");
        assert!(seen.ends_with("isold."), "{width}: {seen}");
    }
}

#[test]
fn no_sign_of_the_screen_needs_a_font_of_its_own() {
    for (width, height) in [(200, 60), (80, 24), (40, 12)] {
        let mut reader = Reader::new(width, height);
        for key in ["1", "2", "3", "Enter", "]", "q", "i", "Esc", "?", "Esc", "!", "Esc", "O", "Esc", ":"] {
            let own = reader.press(key).screen();
            let private = |sign: char| matches!(sign, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
            assert!(!own.contains(private), "{key}: {own}");
        }
    }
}

#[test]
fn a_footnote_is_shown_over_the_text_and_gone_to() {
    let mut story = Builder::new("notes");
    let filler = "The mill at the weir has stood for ninety years and more, and nobody wants to see it go.";
    story.block(BlockKind::Paragraph, "The mill has closed.[1] Eleven people lose their work.");
    for _ in 0..20 {
        story.block(BlockKind::Paragraph, filler);
    }
    story.block(
        BlockKind::Paragraph,
        "[1] The owner told so in a long letter to the council, which it has not answered.",
    );
    let mut reader = Reader::empty(60, 16);
    reader.send(Event::Loaded(vec![story.build()]));
    reader.press("Enter ] l");
    assert!(reader.status().contains("Footnote"), "{}", reader.status());
    reader.press("Enter");
    let screen = reader.screen();
    assert!(screen.contains("The mill has closed.[1]") && screen.contains("not answered."), "both are seen:\n{screen}");
    reader.press("Esc");
    assert!(!reader.state.layers.has::<Popup>() && !reader.screen().contains("not answered."));
    reader.press("Enter Enter");
    assert!(reader.screen().contains("[1] The owner told"), "{}", reader.screen());
    reader.press("Backspace");
    assert!(reader.screen().contains("The mill has closed.[1]"), "{}", reader.screen());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_word_of_any_story_is_seen(paragraphs in prop::collection::vec("([a-zé]{1,14}[ ,-]?|東京|한국어 |עברית ){1,60}", 1..6), width in 12_u16..78, height in 4_u16..14) {
        let text = paragraphs.join("\n\n");
        let mut article = Article::verbatim("any", text.clone());
        article.headline = Some(Datum::given("Any".to_owned()));
        let mut reader = Reader::empty(width, height);
        reader.send(Event::Loaded(vec![article]));
        reader.press("Enter");
        let seen = read_through(&mut reader);
        prop_assert!(seen.ends_with(&squeezed(&text)), "seen {seen}\ntext {text}");
    }

    #[test]
    fn no_key_and_no_size_breaks_the_screen(steps in prop::collection::vec((0_usize..Action::ALL.len() + 12, 1_u16..130, 1_u16..50), 1..60)) {
        let mut reader = Reader::new(80, 24);
        let keymap = reader.state.keymap.clone();
        for (number, width, height) in steps {
            match Action::ALL.get(number).filter(|&&action| action != Action::Quit) {
                Some(&action) => {
                    let binding = keymap.bindings().iter().find(|binding| binding.action == Some(action)).unwrap();
                    for &key in &binding.keys {
                        reader.send(Event::Key(key));
                    }
                }
                None if number % 3 == 0 => { reader.send(Event::Key(Key::char('e'))); }
                None => { reader.send(Event::Resize(Size::new(width, height))); }
            }
            reader.buffer();
        }
    }
}

#[test]
fn headline_and_authors_are_shown_once() {
    let mut story = dateline_core::article::Builder::new("ferry");
    story.block(BlockKind::Heading, "Ferry stops at Vale");
    story.block(BlockKind::Paragraph, "By Nora Field");
    story.block(BlockKind::Paragraph, "The ferry stopped on Monday.");
    let mut story = story.build();
    story.headline = Some(Datum::given("Ferry stops at Vale".to_owned()));
    story.byline = vec![Datum::given("Nora Field".to_owned())];
    story.publisher = Some(Datum::given("The Vale Echo".to_owned()));
    let mut reader = Reader::empty(50, 20);
    let screen = reader.send(Event::Loaded(vec![story])).press("Enter").screen();
    // The title of the pane shows the headline as well.
    assert_eq!(screen.matches("Ferry stops at Vale").count(), 2, "{screen}");
    assert_eq!(screen.matches("Nora Field").count(), 1, "{screen}");
    assert!(screen.contains("The Vale Echo"), "{screen}");
    // A headline that is part of the text, and a heading that repeats it, as in Markdown with front matter.
    let mut story = dateline_core::article::Builder::new("ferry");
    story.block(BlockKind::Headline, "Ferry stops at Vale");
    story.block(BlockKind::Heading, "Ferry stops at Vale");
    story.block(BlockKind::Paragraph, "The ferry stopped on Monday.");
    let mut story = story.build();
    let span = story.blocks[0].span;
    story.headline = Some(Datum::at("Ferry stops at Vale".to_owned(), span));
    let mut reader = Reader::empty(50, 20);
    let screen = reader.send(Event::Loaded(vec![story])).press("Enter").screen();
    assert_eq!(screen.matches("Ferry stops at Vale").count(), 2, "{screen}");
    assert!(screen.contains("The ferry stopped on Monday."), "{screen}");
}

#[test]
fn plain_text_and_zen_mode_hide_the_marks_of_the_analysis() {
    use ratatui::style::Modifier;
    let mut reader = Reader::new(110, 32);
    let is_marked = |reader: &Reader| reader.styled(Modifier::UNDERLINED).contains("Monday");
    assert!(is_marked(reader.press("Enter")));
    assert!(reader.press("z p").status().contains("Hid the marks in the text · zp shows them"), "{}", reader.status());
    assert!(!is_marked(&reader));
    assert!(is_marked(reader.press("z p")));
    assert!(!is_marked(reader.press("z z")), "{}", reader.screen());
    assert!(reader.screen().contains("voted on Monday"), "{}", reader.screen());
}
