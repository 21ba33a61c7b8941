//! Renders screens as SVG: one screen as a still picture, or several as an animation.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

/// Width and height of a terminal cell, in SVG units.
const CELL: (f32, f32) = (8.4, 18.0);
/// Duration of an animation frame, in seconds.
const SECONDS_PER_FRAME: usize = 4;

/// Default foreground and background colours of a terminal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paper {
    ground: &'static str,
    ink: &'static str,
}

impl Paper {
    /// Colours of a dark terminal.
    pub(super) const DARK: Self = Self { ground: "#16181d", ink: "#d7dae0" };
    /// Colours of a light terminal.
    pub(super) const LIGHT: Self = Self { ground: "#fdfdfb", ink: "#22252a" };
}

/// Draws a screen as a still picture.
pub(super) fn still(buffer: &Buffer, paper: Paper) -> String {
    let mut out = open(buffer.area.width, buffer.area.height, paper);
    for y in 0..buffer.area.height {
        out.push_str(&row(buffer, y, paper));
    }
    out.push_str("</svg>\n");
    out
}

/// Draws screens of the same size one after another in an endless loop, each with its caption.
///
/// Identical rows are drawn only once because most rows do not change from frame to frame. The first frame is shown if
/// the viewer does not support animation or the user prefers reduced motion.
pub(super) fn animation(frames: &[(Buffer, &str)], paper: Paper) -> String {
    let Some((first, _)) = frames.first() else { return String::new() };
    let (width, height) = (first.area.width, first.area.height);
    let mut known: HashMap<String, usize> = HashMap::new();
    let (mut rows, mut groups) = (String::new(), String::new());
    for (number, (buffer, caption)) in frames.iter().enumerate() {
        let hidden = if number > 0 { " visibility=\"hidden\"" } else { "" };
        let delay = SECONDS_PER_FRAME * (frames.len() - number);
        let _ = writeln!(groups, "<g class=\"frame\"{hidden} style=\"animation-delay:-{delay}s\">");
        for y in 0..height {
            let drawn = row(buffer, y, paper);
            let fresh = known.len();
            let id = *known.entry(drawn).or_insert_with_key(|drawn| {
                let _ = write!(rows, "<g id=\"r{fresh}\">\n{drawn}</g>\n");
                fresh
            });
            let _ = writeln!(groups, "<use href=\"#r{id}\"/>");
        }
        let base = CELL.1 * (f32::from(height) + 1.1);
        let caption = escape(caption);
        let _ =
            writeln!(groups, "<text x=\"{:.1}\" y=\"{base:.1}\" fill=\"{}\">{caption}</text>\n</g>", CELL.0, paper.ink);
    }
    let mut out = open(width, height + 2, paper);
    let _ = write!(
        out,
        "<style>.frame{{animation:frame {}s step-end infinite}}\n@keyframes frame{{0%{{visibility:visible}}{:.3}%{{visibility:hidden}}}}\n@media (prefers-reduced-motion:reduce){{.frame{{animation:none}}}}</style>\n<defs>\n{rows}</defs>\n{groups}</svg>\n",
        SECONDS_PER_FRAME * frames.len(),
        100.0 / frames.len() as f32,
    );
    out
}

/// Starts an image with the given size in cells and paints the background.
fn open(width: u16, height: u16, paper: Paper) -> String {
    let (width, height) = (f32::from(width) * CELL.0, f32::from(height) * CELL.1);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"'DejaVu Sans Mono','Menlo','Consolas',monospace\" font-size=\"14\">\n<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n",
        paper.ground
    )
}

/// Draws one row of the screen.
fn row(buffer: &Buffer, y: u16, paper: Paper) -> String {
    let mut out = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        let mut end = x + 1;
        let same = |other: &Cell| other.fg == cell.fg && other.bg == cell.bg && other.modifier == cell.modifier;
        while end < buffer.area.width && same(&buffer[(end, y)]) {
            end += 1;
        }
        run(buffer, x..end, y, paper, &mut out);
        x = end;
    }
    out
}

/// Escapes characters that have a special meaning in XML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Draws a run of cells that are in the same row and have the same style.
fn run(buffer: &Buffer, cells: Range<u16>, y: u16, paper: Paper, out: &mut String) {
    let cell = &buffer[(cells.start, y)];
    let (mut fore, mut back) = (hex(cell.fg).unwrap_or_else(|| paper.ink.to_owned()), hex(cell.bg));
    if cell.modifier.contains(Modifier::REVERSED) {
        let swapped = back.unwrap_or_else(|| paper.ground.to_owned());
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
    let escaped = escape(&text);
    let base = top + CELL.1 * 0.75;
    let _ = writeln!(
        out,
        "<text x=\"{left:.1}\" y=\"{base:.1}\" textLength=\"{width:.1}\" lengthAdjust=\"spacingAndGlyphs\" xml:space=\"preserve\" fill=\"{fore}\"{style}>{escaped}</text>"
    );
}

/// Returns a colour in SVG notation. Returns `None` for the terminal's default colour.
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

#[cfg(test)]
mod tests {
    use super::{Paper, animation};
    use ratatui::buffer::Buffer;

    #[test]
    fn rows_that_stay_the_same_are_drawn_once() {
        let frames = [(Buffer::with_lines(["title", "a <b>"]), "a"), (Buffer::with_lines(["title", "three"]), "b & c")];
        let drawn = animation(&frames, Paper::DARK);
        assert_eq!(drawn.matches(">title<").count(), 1);
        assert_eq!(drawn.matches("<use href=\"#r0\"/>").count(), 2);
        assert_eq!(drawn.matches("class=\"frame\"").count(), 2);
        assert!(drawn.contains("a &lt;b&gt;") && drawn.contains("b &amp; c"));
    }

    #[test]
    fn without_animation_only_the_first_frame_is_shown() {
        let frame = Buffer::with_lines(["x"]);
        let drawn = animation(&[(frame.clone(), "a"), (frame.clone(), "b"), (frame, "c")], Paper::DARK);
        assert_eq!(drawn.matches("visibility=\"hidden\"").count(), 2);
    }
}
