//! The lines of a dump, and the units that they form: a unit is a paragraph, a heading, a menu entry …, however many
//! lines it was wrapped to.

use crate::script::is_unspaced;
use std::ops::Range;

/// A line of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// The original line, without its line break.
    pub source: &'a str,
    /// The words, without indentation, bullet and browser marks.
    pub words: String,
    /// Columns before the first character.
    pub indent: usize,
    /// Columns before the words: after the bullet, if any.
    pub hang: usize,
    /// Mark before the words.
    pub mark: Mark,
}

/// Mark before the words of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mark {
    /// No mark.
    #[default]
    None,
    /// A bullet, which is not part of the words.
    Bullet,
    /// A number followed by a full stop or bracket; both stay part of the words.
    Number,
    /// The `>` of quoted text, which is not part of the words.
    Quote,
}

/// Characters that mark a list entry when a space follows.
const BULLETS: [char; 17] = ['•', '*', '+', '□', '-', '–', '·', '▪', '◦', '○', '■', '●', '‣', '♦', '►', '▸', '★'];

impl<'a> Line<'a> {
    /// Splits a line into its parts. `words` is the line without browser marks.
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

    /// Returns the width of the line, in columns.
    #[must_use]
    pub(crate) fn width(&self) -> usize {
        columns(self.source.trim_end())
    }
}

/// Returns the width of a text in columns, with tab stops every eight columns.
fn columns(text: &str) -> usize {
    text.chars().fold(0, |at, letter| if letter == '\t' { (at / 8 + 1) * 8 } else { at + 1 })
}

/// Returns the mark that opens `body`, and the text after it and its white space.
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

/// A group of lines that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The words, with wrapped lines joined by spaces.
    pub text: String,
    /// Range of its lines in the dump.
    pub lines: Range<usize>,
    /// Indentation of its first line, in columns.
    pub indent: usize,
    /// Mark before the words.
    pub mark: Mark,
    /// Whether a blank line or the start of the dump precedes it.
    pub gap: bool,
}

impl Unit {
    /// Creates a unit from the line at `index`.
    #[must_use]
    pub(crate) fn new(line: &Line<'_>, index: usize, gap: bool) -> Self {
        Self { text: line.words.clone(), lines: index..index + 1, indent: line.indent, mark: line.mark, gap }
    }

    /// Appends the words of another line or unit.
    pub(crate) fn extend(&mut self, words: &str, end: usize) {
        let unspaced = |letter: Option<char>| letter.is_some_and(is_unspaced);
        let close = unspaced(self.text.chars().next_back()) || unspaced(words.chars().next());
        if !self.text.is_empty() && !words.is_empty() && !close && !words.starts_with([',', '.', ';', ')', '’']) {
            self.text.push(' ');
        }
        self.text.push_str(words);
        self.lines.end = end;
    }

    /// Returns the original lines, joined.
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
