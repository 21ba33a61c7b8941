//! Lines of a dump, and the units they form. A unit is a paragraph, heading, menu entry or similar, which may have been
//! wrapped to several lines.

use crate::script::is_unspaced;
use std::ops::Range;

/// Line of a dump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// Original line, without its line break.
    pub source: &'a str,
    /// Text without indentation, bullet and text-browser markup.
    pub words: String,
    /// Number of columns before the first character.
    pub indent: usize,
    /// Number of columns before the text, including the bullet if there is one.
    pub hang: usize,
    /// Bullet, number or quote marker before the text, if any.
    pub mark: Mark,
}

/// Bullet, number or quote marker before the text of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// The line has no marker.
    #[default]
    None,
    /// Bullet, which is removed from the text.
    Bullet,
    /// Number with a full stop or bracket, which remains part of the text.
    Number,
    /// Quote marker `>`, which is removed from the text.
    Quote,
}

/// Characters that are bullets if followed by a space.
const BULLETS: [char; 17] = ['•', '*', '+', '□', '-', '–', '·', '▪', '◦', '○', '■', '●', '‣', '♦', '►', '▸', '★'];

impl<'a> Line<'a> {
    /// Splits a line into its parts. `words` is the line without text-browser markup.
    #[must_use]
    pub(crate) fn new(source: &'a str, words: &str) -> Self {
        let body = words.trim_start();
        let indent = columns(&words[..words.len() - body.len()]);
        let mut line = Line { source, words: body.trim_end().to_owned(), indent, hang: indent, mark: Mark::None };
        if let Some((mark, rest)) = marked(body) {
            line.mark = mark;
            if mark == Mark::Number {
                line.hang = indent + body.len() - rest.len();
            } else {
                line.hang = indent + columns(&body[..body.len() - rest.len()]);
                rest.trim_end().clone_into(&mut line.words);
            }
        }
        line
    }

    /// Returns whether the line contains only white space.
    #[must_use]
    pub(crate) fn is_blank(&self) -> bool {
        self.words.is_empty() && self.mark == Mark::None
    }

    /// Returns the width of the original line, in columns.
    #[must_use]
    pub(crate) fn width(&self) -> usize {
        columns(self.source.trim_end())
    }
}

/// Returns the width of a text in columns, with a tab stop every eight columns.
fn columns(text: &str) -> usize {
    text.chars().fold(0, |at, letter| if letter == '\t' { (at / 8 + 1) * 8 } else { at + 1 })
}

/// Returns the marker at the beginning of `body`, and the text after it without leading white space.
fn marked(body: &str) -> Option<(Mark, &str)> {
    let first = body.chars().next()?;
    let after = &body[first.len_utf8()..];
    let alone = after.trim_start().is_empty();
    if first == '>' && !alone && body.starts_with("> ") {
        return Some((Mark::Quote, after.trim_start()));
    }
    if BULLETS.contains(&first) && (alone || after.starts_with(char::is_whitespace)) {
        return Some((Mark::Bullet, after.trim_start()));
    }
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        let rest = body[digits..].strip_prefix(['.', ')'])?;
        if rest.starts_with(' ') && rest.trim_start().starts_with(|c: char| c.is_alphabetic() || "“\"‘'[".contains(c))
        {
            return Some((Mark::Number, rest.trim_start()));
        }
    }
    None
}

/// Group of lines that form one block of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Text of the unit, with wrapped lines joined by spaces.
    pub text: String,
    /// Indices of the unit's lines in the dump.
    pub lines: Range<usize>,
    /// Indentation of the first line, in columns.
    pub indent: usize,
    /// Bullet, number or quote marker before the text, if any.
    pub mark: Mark,
    /// Whether the unit follows a blank line or begins the dump.
    pub gap: bool,
}

impl Unit {
    /// Creates a unit from the line at `index`.
    #[must_use]
    pub(crate) fn new(line: &Line<'_>, index: usize, gap: bool) -> Self {
        Self { text: line.words.clone(), lines: index..index + 1, indent: line.indent, mark: line.mark, gap }
    }

    /// Appends the text of another line or unit. `end` is the new end of the range of lines.
    pub(crate) fn extend(&mut self, words: &str, end: usize) {
        let unspaced = |letter: Option<char>| letter.is_some_and(is_unspaced);
        let close = unspaced(self.text.chars().next_back()) || unspaced(words.chars().next());
        if !self.text.is_empty() && !words.is_empty() && !close && !words.starts_with([',', '.', ';', ')', '’']) {
            self.text.push(' ');
        }
        self.text.push_str(words);
        self.lines.end = end;
    }

    /// Returns the original lines of the unit, joined by line breaks.
    #[must_use]
    pub(crate) fn source(&self, lines: &[Line<'_>]) -> String {
        let sources: Vec<&str> =
            lines.get(self.lines.clone()).unwrap_or_default().iter().map(|line| line.source.trim_end()).collect();
        sources.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_go_and_numbers_stay() {
        let bullet = Line::new("  • Bread", "  • Bread");
        assert_eq!((bullet.words.as_str(), bullet.mark, bullet.indent, bullet.hang), ("Bread", Mark::Bullet, 2, 4));
        let number = Line::new("3. Milk", "3. Milk");
        assert_eq!((number.words.as_str(), number.mark), ("3. Milk", Mark::Number));
        assert_eq!(Line::new("3.5 million", "3.5 million").mark, Mark::None);
        assert_eq!(Line::new("-5 degrees", "-5 degrees").mark, Mark::None);
    }

    #[test]
    fn a_lone_bullet_is_not_a_blank_line() {
        assert!(!Line::new("  * ", "  * ").is_blank());
        assert!(Line::new("   ", "   ").is_blank());
    }
}
