//! Paragraphs wrapped in scripts that put no blanks between words: there a line ends where the
//! columns do, in the middle of a sentence or a word.

use super::line::{Line, Mark};
use crate::script::is_unspaced;
use unicode_width::UnicodeWidthStr;

/// The widths, in columns of the terminal, that such text is wrapped at.
const WIDTHS: std::ops::RangeInclusive<usize> = 56..=140;
/// How far from the width a line may end: a sign takes two columns, and some may not open a line.
const SLACK: usize = 6;
/// The fewest lines that reach the width, and the share of those beyond it that forbids one.
const FEWEST: usize = 4;

/// Whether a line is mostly in such a script.
fn is_such(line: &Line<'_>) -> bool {
    let unspaced = line.words.chars().filter(|letter| is_unspaced(*letter)).count();
    unspaced >= 8 && unspaced * 2 > line.words.chars().count()
}

/// Columns of the terminal that a line reaches to.
fn reach(line: &Line<'_>) -> usize {
    line.source.trim_end().width()
}

/// The width that lines of such scripts were wrapped at, if they were.
#[must_use]
pub(super) fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    let mut widths: Vec<usize> = lines.iter().filter(|line| is_such(line)).map(reach).collect();
    widths.sort_unstable();
    let width = *widths.last().filter(|width| WIDTHS.contains(width))?;
    let near = widths.iter().filter(|other| **other + SLACK >= width).count();
    (near >= FEWEST).then_some(width)
}

/// Whether `next` goes on with the paragraph of `line`.
#[must_use]
pub(super) fn continues(line: &Line<'_>, next: &Line<'_>, width: usize) -> bool {
    let full = is_such(line) && reach(line) + SLACK >= width;
    full && next.mark == Mark::None && !line.words.ends_with(['。', '！', '？']) && next.hang <= line.hang
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_as_long_as_each_other_are_wrapped() {
        let full = "港の古い灯台は四十年ぶりに新しくなると町が発表したので";
        let text = [full, full, full, full, "町が言う。"];
        let lines: Vec<Line<'_>> = text.iter().map(|line| Line::new(line, line)).collect();
        let width = full.width();
        assert_eq!(wrap_width(&lines), WIDTHS.contains(&width).then_some(width));
        assert!(continues(&lines[0], &lines[1], width));
        assert!(!continues(&lines[4], &lines[0], width));
        assert!(!is_such(&Line::new("The quay was shut", "The quay was shut")));
    }
}
