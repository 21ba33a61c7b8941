//! Joins wrapped paragraphs in scripts without spaces between words. Lines in such scripts may break in the middle of a
//! word.

use super::line::{Line, Mark};
use crate::script::is_unspaced;
use unicode_width::UnicodeWidthStr;

/// Plausible wrap widths for scripts without spaces, in terminal columns.
const WIDTHS: std::ops::RangeInclusive<usize> = 56..=140;
/// Maximum distance between the end of a full line and the wrap width, in columns. Characters are two columns wide, and
/// some may not begin a line.
const SLACK: usize = 6;
/// Minimum number of full lines in a wrapped text.
const MIN_LINES: usize = 4;

/// Returns whether most of a line is in a script without spaces.
fn is_such(line: &Line<'_>) -> bool {
    let unspaced = line.words.chars().filter(|letter| is_unspaced(*letter)).count();
    unspaced >= 8 && unspaced * 2 > line.words.chars().count()
}

/// Returns the width of a line, in terminal columns.
fn reach(line: &Line<'_>) -> usize {
    line.source.trim_end().width()
}

/// Returns the wrap width of the lines in scripts without spaces. Returns `None` if they are not wrapped.
#[must_use]
pub(super) fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    let mut widths: Vec<usize> = lines.iter().filter(|line| is_such(line)).map(reach).collect();
    widths.sort_unstable();
    let width = *widths.last().filter(|width| WIDTHS.contains(width))?;
    let near = widths.iter().filter(|other| **other + SLACK >= width).count();
    (near >= MIN_LINES).then_some(width)
}

/// Returns whether `next` continues the paragraph of `line`.
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
