//! Draws the pictures of the README and of the guide: real screens of the reader on the bundled stories, as SVG.
//!
//! `cargo xtask pictures` writes them to `assets/pictures/`.

mod svg;

use dateline::config::Config;
use dateline::tui::effect::Effect;
use dateline::tui::event::Event;
use dateline::tui::key::Key;
use dateline::tui::keymap::Keymap;
use dateline::tui::state::State;
use dateline::tui::theme::Theme;
use dateline::tui::{update, view};
use dateline_analysis::Analyzer;
use dateline_core::article::Article;
use dateline_ingest as ingest;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use std::path::Path;
use svg::Paper;

/// Name of each picture, its theme, and the keys that lead to it.
const PICTURES: &[(&str, &str, &str)] = &[
    ("quotes", "dark", "Enter 1 ] q ] q"),
    ("panels", "dark", "Enter 1 2 3 ] t ] t"),
    ("light", "light", "Enter 2 ] e ] e ] e"),
    ("help", "dark", "?"),
];
/// Frames of the animated tour: the keys pressed since the previous frame, and the caption.
const TOUR: &[(&str, &str)] = &[
    ("j", "dateline · the stories"),
    ("Enter 1 ] q", "Enter 1 · who said what; ]q walks the quotes"),
    ("] q ] q s", "s · where the speaker is introduced"),
    ("Backspace 1 2 ] e ] e", "2 · people, organisations and places; ]e walks their mentions"),
    ("i", "i · everything the story has on one of them"),
    ("Esc 2 3 ] t ] t t", "3 · the timeline; t shows the date after “on Saturday”"),
];
/// Screen size of a picture, in cells.
const SCREEN: Size = Size::new(130, 38);
/// Screen size of the tour, in cells: smaller, because every frame adds to the size of the file.
const TOUR_SCREEN: Size = Size::new(112, 28);

/// Draws every picture into `assets/pictures/`.
pub(crate) fn main() -> anyhow::Result<()> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let stories = stories(&root.join("assets/stories"))?;
    let folder = root.join("assets/pictures");
    std::fs::create_dir_all(&folder)?;
    for (name, theme, keys) in PICTURES {
        let mut reader = Reader::open(&stories, theme, SCREEN);
        reader.press(keys)?;
        let paper = if *theme == "light" { Paper::LIGHT } else { Paper::DARK };
        std::fs::write(folder.join(format!("{name}.svg")), svg::still(&reader.screen(), paper))?;
    }
    std::fs::write(folder.join("tour.svg"), tour(&stories)?)?;
    Ok(())
}

/// Draws the frames of the tour; each continues from the end of the previous one.
fn tour(stories: &[Article]) -> anyhow::Result<String> {
    let mut reader = Reader::open(stories, "dark", TOUR_SCREEN);
    let mut frames = Vec::new();
    for (keys, caption) in TOUR {
        reader.press(keys)?;
        frames.push((reader.screen(), *caption));
    }
    Ok(svg::animation(&frames, Paper::DARK))
}

/// Reads the bundled stories in their order.
fn stories(folder: &Path) -> anyhow::Result<Vec<Article>> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        out.extend(ingest::articles(&path.to_string_lossy(), &std::fs::read(&path)?)?);
    }
    Ok(out)
}

/// A reader without a terminal: keys go in, a screen comes out.
struct Reader {
    analyzer: Analyzer,
    state: State,
}

impl Reader {
    /// Opens the reader on `stories`.
    fn open(stories: &[Article], theme: &str, size: Size) -> Self {
        let config = Config { theme: theme.to_owned(), ..Config::default() };
        let state = State::new(size, &config, Keymap::bundled(), Theme::bundled());
        let mut reader = Self { analyzer: Analyzer::bundled(), state };
        reader.take(Event::Loaded(stories.to_vec()));
        reader.take(Event::LoadedAll);
        reader
    }

    /// Presses keys, written as in the keymap.
    fn press(&mut self, keys: &str) -> anyhow::Result<()> {
        let keys = Key::parse_all(keys).ok_or_else(|| anyhow::anyhow!("a key of the pictures is unknown: {keys}"))?;
        for key in keys {
            self.take(Event::Key(key));
        }
        Ok(())
    }

    /// Handles an event, and runs the analyses that it requests.
    fn take(&mut self, event: Event) {
        let mut open = vec![event];
        while let Some(event) = open.pop() {
            for effect in update(&mut self.state, event) {
                if let Effect::Analyse { story, generation, article, options } = effect {
                    let analysis = Some(Box::new(self.analyzer.analyze(&article, &options)));
                    open.push(Event::Analysed { story, generation, analysis });
                }
            }
        }
    }

    /// Draws the screen.
    fn screen(&self) -> Buffer {
        let size = self.state.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
        view(&self.state, &mut buffer);
        buffer
    }
}
