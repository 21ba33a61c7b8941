//! What a key costs: from the event to the bytes for the terminal, at 120 by 40, in a story of 300 kB.

use criterion::{Criterion, criterion_group, criterion_main};
use dateline::analysis::{Analyzer, Options};
use dateline::article::Article;
use dateline::config::Config;
use dateline::tui::event::Event;
use dateline::tui::key::Key;
use dateline::tui::keymap::Keymap;
use dateline::tui::state::State;
use dateline::tui::theme::Theme;
use dateline::tui::{update, view};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Rect, Size};
use ratatui::{TerminalOptions, Viewport};
use std::fmt::Write;
use std::hint::black_box;
use std::io::{BufWriter, sink};

const SIZE: Size = Size { width: 120, height: 40 };
/// Length of the story in bytes.
const LENGTH: usize = 300_000;

/// A story with quotes, names and dates in every paragraph.
fn story() -> Article {
    let mut text = String::with_capacity(LENGTH + 1_000);
    let mut number = 0;
    while text.len() < LENGTH {
        number += 1;
        text.push_str("“We have listened to the anglers, and we have listened to the mill,” council leader Agnes Holloway told reporters in Tarn Bridge on Monday. ");
        text.push_str("The mill’s owner, Rufus Pell, said he would appeal before the end of June, and that nobody from the council had visited him since last autumn.\n\n");
        let _ = write!(
            text,
            "The committee of the Rivers Agency heard report {number} on 3 May 2024, without coming to an end of it.\n\n"
        );
    }
    Article::verbatim("long", text)
}

/// A reader of that story, analysed, with every panel open.
fn reader() -> State {
    let mut state = State::new(SIZE, &Config::default(), Keymap::bundled(), Theme::bundled());
    let article = story();
    let analysis = Analyzer::bundled().analyze(&article, &Options::default());
    update(&mut state, Event::Loaded(vec![article]));
    update(&mut state, Event::Analysed { story: 0, generation: 1, analysis: Some(Box::new(analysis)) });
    press(&mut state, "1 2 3 Enter");
    state
}

fn press(state: &mut State, keys: &str) {
    for key in Key::parse_all(keys).unwrap_or_default() {
        black_box(update(state, Event::Key(key)));
    }
}

fn keys(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("key to frame, 300 kB, 120x40");
    let turns = [
        ("line down and up", "j k"),
        ("half page down and up", "Ctrl-d Ctrl-u"),
        ("to the end and back", "G g"),
        ("next quote and back", "] q [ q"),
        ("panels off and on", "1 2 3 1 2 3"),
        ("wider and narrower", "+ -"),
        ("typing a search", "/ m i l l Esc"),
    ];
    for (name, keys) in turns {
        let mut state = reader();
        let area = Rect::new(0, 0, SIZE.width, SIZE.height);
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let backend = CrosstermBackend::new(BufWriter::new(sink()));
        let Ok(mut terminal) = Terminal::with_options(backend, options) else { return };
        let each: Vec<String> = keys.replace("] q", "]q").replace("[ q", "[q").split(' ').map(str::to_owned).collect();
        // Time is that of all the keys of a turn together, a frame after each.
        group.bench_function(format!("{name} ({} keys)", each.len()), |bencher| {
            bencher.iter(|| {
                for key in &each {
                    match key.as_str() {
                        "]q" => press(&mut state, "] q"),
                        "[q" => press(&mut state, "[ q"),
                        key => press(&mut state, key),
                    }
                    let _ = black_box(terminal.draw(|frame| view(&state, frame.buffer_mut())));
                }
            });
        });
    }
    group.finish();
}

fn first_frame(criterion: &mut Criterion) {
    criterion.bench_function("first frame with a story, settings and keymap read", |bencher| {
        let article = story();
        bencher.iter(|| {
            let mut state = State::new(SIZE, &Config::default(), Keymap::bundled(), Theme::bundled());
            update(&mut state, Event::Loaded(vec![article.clone()]));
            let mut buffer = ratatui::buffer::Buffer::empty(Rect::new(0, 0, SIZE.width, SIZE.height));
            view(&state, &mut buffer);
            black_box(buffer)
        });
    });
}

criterion_group!(benches, keys, first_frame);
criterion_main!(benches);
