//! Draws the pictures of the README and the guide as SVG. They show real screens of the TUI with the bundled stories.
//!
//! `cargo xtask pictures` writes them to `assets/pictures/`.

mod svg;

use dateline::headless::Reader;
use dateline_core::article::Article;
use dateline_ingest as ingest;
use ratatui::layout::Size;
use std::path::Path;
use svg::Paper;

/// Pictures to draw: the name, the theme, and the keys to press first.
const PICTURES: &[(&str, &str, &str)] = &[
    ("quotes", "dark", "Enter 1 ] q ] q"),
    ("panels", "dark", "Enter 1 2 3 ] t ] t"),
    ("light", "light", "Enter 2 ] e ] e ] e"),
    ("help", "dark", "?"),
];
/// Frames of the animated tour: the keys to press after the previous frame, and the caption.
const TOUR: &[(&str, &str)] = &[
    ("j", "dateline · the stories"),
    ("Enter 1 ] q", "Enter 1 · who said what; ]q walks the quotes"),
    ("] q ] q s", "s · where the speaker is introduced"),
    ("Backspace 1 2 ] e ] e", "2 · people, organisations and places; ]e walks their mentions"),
    ("i", "i · everything the story has on one of them"),
    ("Esc 2 3 ] t ] t t", "3 · the timeline; t shows the date after “on Saturday”"),
];
/// Size of the screen in a picture, in cells.
const SCREEN: Size = Size::new(130, 38);
/// Size of the screen in the tour, in cells. It is smaller because every frame adds to the size of the file.
const TOUR_SCREEN: Size = Size::new(112, 28);

/// Draws every picture into `assets/pictures/`.
pub(crate) fn main() -> anyhow::Result<()> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let stories = stories(&root.join("assets/stories"))?;
    let folder = root.join("assets/pictures");
    std::fs::create_dir_all(&folder)?;
    for (name, theme, keys) in PICTURES {
        let mut reader = Reader::open(stories.clone(), theme, SCREEN);
        press(&mut reader, keys)?;
        let paper = if *theme == "light" { Paper::LIGHT } else { Paper::DARK };
        std::fs::write(folder.join(format!("{name}.svg")), svg::still(&reader.draw(), paper))?;
    }
    std::fs::write(folder.join("tour.svg"), tour(&stories)?)?;
    Ok(())
}

/// Draws the frames of the tour. Each frame continues from the state of the previous one.
fn tour(stories: &[Article]) -> anyhow::Result<String> {
    let mut reader = Reader::open(stories.to_vec(), "dark", TOUR_SCREEN);
    let mut frames = Vec::new();
    for (keys, caption) in TOUR {
        press(&mut reader, keys)?;
        frames.push((reader.draw(), *caption));
    }
    Ok(svg::animation(&frames, Paper::DARK))
}

/// Presses keys, which are written as in the keymap.
fn press(reader: &mut Reader, keys: &str) -> anyhow::Result<()> {
    anyhow::ensure!(reader.press(keys), "a key of the pictures is unknown: {keys}");
    Ok(())
}

/// Reads the bundled stories, sorted by path.
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
