//! Style in which the terminal writes, and the control sequence (SGR) that changes it.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use std::io::{self, Write};

/// Attributes that are visible on a space.
const ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// Attributes without bold and dim, each with the SGR parameters that turn it on and off.
const ATTRIBUTES: [(Modifier, u8, u8); 7] = [
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Colours and attributes of the text that the terminal writes next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Pen {
    fg: Colour,
    bg: Colour,
    underline: Colour,
    modifier: Modifier,
}

/// Colour as a number, because numbers are compared faster: 0 is the terminal's default. For other colours, the highest
/// byte is one of [`ANSI`], [`INDEXED`] and [`RGB`], and the rest is the number or the three parts of the colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Colour(u32);

/// Kind of the sixteen ANSI colours, numbered from 0 to 15.
const ANSI: u8 = 1;
/// Kind of the 256 numbered colours.
const INDEXED: u8 = 2;
/// Kind of the colours made of red, green and blue.
const RGB: u8 = 3;

impl Colour {
    const fn of(colour: Color) -> Self {
        let bytes = match (ansi(colour), colour) {
            (Some(number), _) => [ANSI, 0, 0, number],
            (None, Color::Indexed(number)) => [INDEXED, 0, 0, number],
            (None, Color::Rgb(red, green, blue)) => [RGB, red, green, blue],
            (None, _) => [0; 4],
        };
        Self(u32::from_be_bytes(bytes))
    }
}

impl Pen {
    /// Returns the style of a cell.
    pub(super) const fn of(cell: &Cell) -> Self {
        Self {
            fg: Colour::of(cell.fg),
            bg: Colour::of(cell.bg),
            underline: Colour::of(cell.underline_color),
            modifier: cell.modifier,
        }
    }

    /// Returns whether two styles have the same background colour.
    pub(super) fn has_background_of(self, other: Self) -> bool {
        self.bg == other.bg
    }

    /// Returns a number that is different for each background colour.
    pub(super) fn bg_number(self) -> u128 {
        u128::from(self.bg.0)
    }

    /// Returns a number that is different for each style.
    pub(super) fn number(self) -> u128 {
        let Self { fg, bg, underline, modifier } = self;
        u128::from(u64::from(fg.0) << 32 | u64::from(bg.0)) << 64
            | u128::from(u64::from(underline.0) << 32 | u64::from(modifier.bits()))
    }

    /// Returns whether a space in this style looks like one without attributes.
    pub(super) const fn is_plain_on_blanks(self) -> bool {
        !self.modifier.intersects(ON_BLANKS)
    }

    /// Returns whether a space in this style is as blank as after a reset of the terminal. Only such cells may be erased
    /// instead of written, because some terminals erase in the current background and others in the default one.
    pub(super) fn is_clear(self) -> bool {
        self.is_plain_on_blanks() && self.bg == Colour::default()
    }

    /// Writes the shortest control sequence that changes the style: only the differences, or a reset and everything.
    ///
    /// # Errors
    /// Returns an error if the writer fails.
    pub(super) fn change(self, to: Self, out: &mut Vec<u8>) -> io::Result<()> {
        if self == to {
            return Ok(());
        }
        let start = out.len();
        out.extend_from_slice(b"\x1b[");
        self.differences(to, out)?;
        close(out);
        let middle = out.len();
        if to == Self::default() {
            out.extend_from_slice(b"\x1b[m");
        } else {
            out.extend_from_slice(b"\x1b[0;");
            Self::default().differences(to, out)?;
            close(out);
        }
        if out.len() - middle < middle - start {
            out.drain(start..middle);
        } else {
            out.truncate(middle);
        }
        Ok(())
    }

    /// Writes the SGR parameters that differ, each followed by a semicolon.
    fn differences(self, to: Self, out: &mut Vec<u8>) -> io::Result<()> {
        let intensity = Modifier::BOLD | Modifier::DIM;
        let lost = self.modifier.intersection(intensity).difference(to.modifier);
        if !lost.is_empty() {
            out.extend_from_slice(b"22;");
        }
        let kept = if lost.is_empty() { self.modifier } else { Modifier::empty() };
        let added = to.modifier.intersection(intensity).difference(kept);
        if added.contains(Modifier::DIM) {
            out.extend_from_slice(b"2;");
        }
        // Bold comes last, because on the Linux console the last one wins.
        if added.contains(Modifier::BOLD) || !added.is_empty() && to.modifier.contains(Modifier::BOLD) {
            out.extend_from_slice(b"1;");
        }
        let blink = Modifier::SLOW_BLINK | Modifier::RAPID_BLINK;
        let stops_blinking = self.modifier.difference(to.modifier).intersects(blink);
        for (modifier, on, off) in ATTRIBUTES {
            match (self.modifier.contains(modifier), to.modifier.contains(modifier)) {
                (true, false) => write!(out, "{off};")?,
                (false, true) => write!(out, "{on};")?,
                _ => {}
            }
        }
        // Turning off one kind of blinking turns off the other as well.
        for (modifier, on, _) in ATTRIBUTES {
            if stops_blinking && blink.contains(modifier) && to.modifier.contains(modifier) {
                write!(out, "{on};")?;
            }
        }
        if self.fg != to.fg {
            colour(to.fg, 30, out)?;
        }
        if self.bg != to.bg {
            colour(to.bg, 40, out)?;
        }
        if self.underline != to.underline {
            underline_colour(to.underline, out)?;
        }
        Ok(())
    }
}

/// Replaces the last semicolon of the parameters with the end of the control sequence.
fn close(out: &mut [u8]) {
    if let Some(last) = out.last_mut() {
        *last = b'm';
    }
}

/// Writes the SGR parameters of a colour. `base` is 30 for the text and 40 for the background.
fn colour(colour: Colour, base: u8, out: &mut Vec<u8>) -> io::Result<()> {
    match colour.0.to_be_bytes() {
        [ANSI, .., number @ 0..8] => write!(out, "{};", base + number),
        [ANSI, .., number] => write!(out, "{};", base + 60 + number - 8),
        [INDEXED, .., number] => write!(out, "{};5;{number};", base + 8),
        [RGB, red, green, blue] => write!(out, "{};2;{red};{green};{blue};", base + 8),
        _ => write!(out, "{};", base + 9),
    }
}

/// Writes the SGR parameters of the colour of underlines.
fn underline_colour(colour: Colour, out: &mut Vec<u8>) -> io::Result<()> {
    match colour.0.to_be_bytes() {
        [ANSI | INDEXED, .., number] => write!(out, "58;5;{number};"),
        [RGB, red, green, blue] => write!(out, "58;2;{red};{green};{blue};"),
        _ => write!(out, "59;"),
    }
}

/// Returns the number of one of the sixteen ANSI colours, from 0 to 15.
const fn ansi(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Reset | Color::Indexed(_) | Color::Rgb(..) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn sequence(from: Style, to: Style) -> String {
        let pen = |style| {
            let mut cell = Cell::default();
            cell.set_style(style);
            Pen::of(&cell)
        };
        let mut out = Vec::new();
        pen(from).change(pen(to), &mut out).unwrap();
        String::from_utf8(out).unwrap().replace('\x1b', "")
    }

    #[test]
    fn a_change_of_style_is_one_short_sequence() {
        let (plain, dim) = (Style::new(), Style::new().dim());
        assert_eq!(sequence(plain, plain), "");
        assert_eq!(sequence(plain, plain.bold().italic().red()), "[1;3;31m");
        assert_eq!(sequence(plain.bold().italic().red(), plain), "[m");
        assert_eq!(sequence(plain.underlined(), plain.underlined().on_light_cyan()), "[106m");
        assert_eq!(sequence(dim.italic(), dim), "[23m");
        assert_eq!(sequence(plain.reversed().bold(), dim), "[0;2m");
        assert_eq!(sequence(plain.fg(Color::Rgb(1, 2, 3)).bold(), plain.fg(Color::Rgb(1, 2, 3))), "[22m");
        assert_eq!(sequence(plain.fg(Color::Indexed(200)), plain.bg(Color::Indexed(7))), "[0;48;5;7m");
    }

    #[test]
    fn bold_and_dim_are_set_again_after_either_is_turned_off() {
        let both = Style::new().bold().dim().underlined().fg(Color::Rgb(9, 9, 9));
        let bold = Style::new().bold().underlined().fg(Color::Rgb(9, 9, 9));
        assert_eq!(sequence(both, bold), "[22;1m");
        assert_eq!(sequence(bold, both), "[2;1m");
    }

    #[test]
    fn turning_off_one_blinking_keeps_the_other() {
        let rgb = Style::new().fg(Color::Rgb(9, 9, 9));
        assert_eq!(sequence(rgb.slow_blink().rapid_blink(), rgb.rapid_blink()), "[25;6m");
        assert_eq!(sequence(rgb.slow_blink(), rgb.rapid_blink()), "[25;6;6m");
    }
}
