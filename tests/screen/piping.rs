//! Tests piping words of a story to a command, and showing the command's output.

use super::Reader;
use crate::tui::effect::Effect;
use crate::tui::event::Event;
use crate::tui::key::Key;
use crate::tui::pipe::{PipeJob, PipeOutput};
use crate::tui::update;

/// Presses Enter in the prompt. Returns the job it starts, and whether that job runs on the terminal.
fn accepted(reader: &mut Reader) -> Option<(PipeJob, bool)> {
    let effects = update(&mut reader.state, Event::Key(Key::parse_all("Enter").unwrap()[0]));
    effects.into_iter().find_map(|effect| match effect {
        Effect::Pipe(job) => Some((job, false)),
        Effect::PipeOnTerminal(job) => Some((job, true)),
        _ => None,
    })
}

fn output(lines: &[&str]) -> PipeOutput {
    PipeOutput { lines: lines.iter().map(|line| (*line).to_owned()).collect(), ..PipeOutput::default() }
}

#[test]
fn the_story_the_selection_or_the_marked_quote_is_piped() {
    let mut reader = Reader::new(110, 32);
    assert!(reader.press("Enter |").status().starts_with("Pipe the story to: "), "{}", reader.status());
    let (job, on_terminal) = accepted(reader.type_text("wc -w")).unwrap();
    let title = reader.state.story().unwrap().title().to_owned();
    assert!(job.words.contains(&title) && job.words.contains("2019\t112") && !on_terminal, "{job:?}");
    assert_eq!((job.command.as_str(), job.title), ("wc -w", title));

    reader.press("] q");
    assert!(reader.press("|").status().contains("Pipe the marked words to: wc -w"), "{}", reader.status());
    let (quote, on_terminal) = accepted(reader.type_text("! less")).unwrap();
    assert!(quote.words.len() < job.words.len() && job.words.contains(quote.words.trim()), "{quote:?}");
    assert_eq!((quote.command.as_str(), on_terminal), ("less", true));

    assert!(reader.press("Esc v |").status().contains("Pipe the selection to: "), "{}", reader.status());
    let (word, _) = accepted(reader.type_text("cat")).unwrap();
    assert!(!word.words.trim().contains(' '), "{word:?}");
    assert!(accepted(reader.press("| Ctrl-u")).is_none(), "an empty command runs nothing");
}

#[test]
fn output_is_shown_on_a_page_and_silence_is_reported() {
    let mut reader = Reader::new(80, 24);
    reader.press("Enter").send(Event::Piped("wc".to_owned(), output(&["12 34 56", "second"])));
    let screen = reader.screen();
    assert!(screen.contains("wc · 2 lines") && screen.contains("12 34 56") && screen.contains("second"), "{screen}");
    assert!(!reader.press("q").screen().contains("12 34 56"));
    reader.send(Event::Piped("lpr".to_owned(), PipeOutput::default()));
    assert!(reader.status().contains("Piped to lpr, which printed nothing"), "{}", reader.status());
    let failure = PipeOutput { failure: Some("exit status 127".to_owned()), ..output(&["sh: nosuch: not found"]) };
    let screen = reader.send(Event::Piped("nosuch".to_owned(), failure)).screen();
    assert!(screen.contains("not found") && screen.contains("nosuch: exit status 127"), "{screen}");
}

#[test]
fn faults_of_the_settings_are_counted_and_listed() {
    let mut reader = Reader::new(110, 32);
    let faults = ["config.toml, line 2: one", "config.toml, line 3: two", "keymap.toml, line 9: three"];
    reader.send(Event::SettingsFaults(faults.map(str::to_owned).to_vec()));
    assert!(reader.status().contains("3 faults in the settings files · ! lists them"), "{}", reader.status());
    let screen = reader.press("!").screen();
    let lines = faults.map(|fault| screen.lines().position(|line| line.contains(fault)).unwrap());
    assert!(lines.is_sorted(), "{screen}");
    let mut empty = Reader::empty(110, 32);
    empty.send(Event::LoadedAll).send(Event::SettingsFaults(vec![faults[0].to_owned()]));
    assert!(empty.status().contains(faults[0]), "{}", empty.status());
    assert!(empty.press("!").screen().contains(faults[0]));
}

#[test]
fn without_a_story_keys_say_so() {
    let mut reader = Reader::empty(80, 24);
    reader.send(Event::LoadedAll);
    for keys in ["t", "U", "b", "] e", "i", "s", "y u", "*", "T", "v", "o", "O", "H", "d", "z e", "|", "2 U"] {
        let status = reader.press(keys).status();
        assert!(status.starts_with("No story is open") && !status.contains("open opens"), "{keys}: {status}");
    }
}

#[test]
fn doubtful_events_are_toggled_from_the_text_too() {
    let mut reader = Reader::new(110, 32);
    assert!(reader.press("Enter U").status().contains("3 opens the timeline"), "{}", reader.status());
    let status = reader.press("3 U").status();
    assert_eq!(status, "No undated events in this story");
}

#[test]
fn a_name_that_was_stepped_to_has_the_card_whatever_pane_is_focused() {
    let mut reader = Reader::new(110, 32);
    let screen = reader.press("Enter 3 Tab ] e i").screen();
    assert!(reader.state.layers.has::<crate::tui::state::card::Card>(), "{screen}");
}
