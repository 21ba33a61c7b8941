//! Draws the pictures of the README: real screens of the reader on the bundled stories, as SVG.
//!
//! `cargo xtask pictures` writes them to `assets/pictures/`.

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
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier};
use std::fmt::Write;
use std::path::Path;

/// Name of the picture, theme, keys that lead to it.
const PICTURES: &[(&str, &str, &str)] = &[
    ("quotes", "dark", "Enter 1 ] q ] q"),
    ("panels", "dark", "Enter 1 2 3 ] t ] t"),
    ("light", "light", "Enter 2 ] e ] e ] e"),
    ("help", "dark", "?"),
];
/// The screen, in cells.
const SCREEN: Size = Size::new(130, 38);
/// A cell, in SVG units.
const CELL: (f32, f32) = (8.4, 18.0);

/// Draws every picture into `assets/pictures/`.
pub(crate) fn main() -> anyhow::Result<()> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let stories = stories(&root.join("assets/stories"))?;
    let folder = root.join("assets/pictures");
    std::fs::create_dir_all(&folder)?;
    for (name, theme, keys) in PICTURES {
        let buffer = screen(&stories, theme, keys)?;
        std::fs::write(folder.join(format!("{name}.svg")), svg(&buffer, *theme == "light"))?;
    }
    Ok(())
}

/// The bundled stories in their order.
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

/// The screen after some keys.
fn screen(stories: &[Article], theme: &str, keys: &str) -> anyhow::Result<Buffer> {
    let analyzer = Analyzer::bundled();
    let config = Config { theme: theme.to_owned(), ..Config::default() };
    let mut state = State::new(SCREEN, &config, Keymap::bundled(), Theme::bundled());
    let mut events: Vec<Event> = vec![Event::Loaded(stories.to_vec()), Event::LoadedAll];
    events.extend(
        Key::parse_all(keys)
            .ok_or_else(|| anyhow::anyhow!("a key of the pictures is unknown"))?
            .into_iter()
            .map(Event::Key),
    );
    for event in events {
        let mut open = vec![event];
        while let Some(event) = open.pop() {
            for effect in update(&mut state, event) {
                if let Effect::Analyse { story, generation, article, options } = effect {
                    let analysis = Some(Box::new(analyzer.analyze(&article, &options)));
                    open.push(Event::Analysed { story, generation, analysis });
                }
            }
        }
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, SCREEN.width, SCREEN.height));
    view(&state, &mut buffer);
    Ok(buffer)
}

/// A screen as an SVG image.
fn svg(buffer: &Buffer, light: bool) -> String {
    let paper = if light { "#fdfdfb" } else { "#16181d" };
    let ink = if light { "#22252a" } else { "#d7dae0" };
    let (width, height) = (f32::from(buffer.area.width) * CELL.0, f32::from(buffer.area.height) * CELL.1);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"'DejaVu Sans Mono','Menlo','Consolas',monospace\" font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" fill=\"{paper}\"/>\n"
    );
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let cell = &buffer[(x, y)];
            let mut end = x + 1;
            let same = |other: &Cell| other.fg == cell.fg && other.bg == cell.bg && other.modifier == cell.modifier;
            while end < buffer.area.width && same(&buffer[(end, y)]) {
                end += 1;
            }
            run(buffer, x..end, y, (paper, ink), &mut out);
            x = end;
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Cells of one style in one row.
fn run(buffer: &Buffer, cells: std::ops::Range<u16>, y: u16, (paper, ink): (&str, &str), out: &mut String) {
    let cell = &buffer[(cells.start, y)];
    let (mut fore, mut back) = (hex(cell.fg).unwrap_or_else(|| ink.to_owned()), hex(cell.bg));
    if cell.modifier.contains(Modifier::REVERSED) {
        let swapped = back.unwrap_or_else(|| paper.to_owned());
        back = Some(std::mem::replace(&mut fore, swapped));
    }
    let (left, top) = (f32::from(cells.start) * CELL.0, f32::from(y) * CELL.1);
    let width = f32::from(cells.end - cells.start) * CELL.0;
    if let Some(back) = back {
        let _ = writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{back}\"/>",
            CELL.1
        );
    }
    let text: String = cells.map(|x| buffer[(x, y)].symbol()).collect();
    if text.trim().is_empty() {
        return;
    }
    let mut style = String::new();
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::DIM, " opacity=\"0.6\""),
    ] {
        if cell.modifier.contains(modifier) {
            style.push_str(attribute);
        }
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let base = top + CELL.1 * 0.75;
    let _ = writeln!(
        out,
        "<text x=\"{left:.1}\" y=\"{base:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" fill=\"{fore}\"{style}>{escaped}</text>"
    );
}

/// A colour as SVG writes it; nothing for the terminal's own.
fn hex(color: Color) -> Option<String> {
    let named = match color {
        Color::Reset | Color::Indexed(_) => return None,
        Color::Rgb(red, green, blue) => return Some(format!("#{red:02x}{green:02x}{blue:02x}")),
        Color::Black => "#000000",
        Color::Red => "#c4544d",
        Color::Green => "#7fa650",
        Color::Yellow => "#c9a24d",
        Color::Blue => "#5b8fd0",
        Color::Magenta => "#a977c4",
        Color::Cyan => "#4fa8a8",
        Color::Gray => "#b0b4ba",
        Color::DarkGray => "#6b7078",
        Color::LightRed => "#e07a72",
        Color::LightGreen => "#a3cc72",
        Color::LightYellow => "#e6c578",
        Color::LightBlue => "#86b3ec",
        Color::LightMagenta => "#cba0e0",
        Color::LightCyan => "#78cccc",
        Color::White => "#ffffff",
    };
    Some(named.to_owned())
}
