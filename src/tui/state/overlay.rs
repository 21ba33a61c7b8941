//! Full-screen page with rows under headings; the selected row is shown in full. Used for the profile of a name in the
//! library, for lists, views and feeds, and for the changes to a story.

use crate::reflow::prose;
use dateline_core::text::Span;
use dateline_library::{Feed, List};
use std::collections::BTreeMap;
use unicode_width::UnicodeWidthStr;

/// Maximum number of lines in which to show the selected row in full.
const MAX_DETAIL_LINES: usize = 8;
/// The width of a row divided by this number is the width that the text at its right edge may always have.
const RIGHT: usize = 3;
/// Indent of the text in a row, in columns.
pub(crate) const INDENT: usize = 4;

/// Subject of a full-screen page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// Profile of a name: everything that the library knows about it.
    Profile {
        /// ID of the name in the library.
        name: i64,
        /// Display form of the name.
        called: String,
        /// ID of the story in which the profile was requested, or 0.
        seen_in: i64,
    },
    /// Lists, saved views and feeds.
    Sources,
    /// Names that may belong to the same person, organisation or place.
    Suggestions,
    /// Changes between the versions of a story.
    Versions,
    /// Where the versions of a happening differ.
    Differences,
    /// Output of a command to which text was piped.
    Output,
}

/// Target of a row on a full-screen page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RowTarget {
    /// Heading, which has no target and cannot be selected.
    Heading,
    /// No target, although the row can be selected.
    Nowhere,
    /// Span in the text of the story with this ID in the library.
    Place(i64, Span),
    /// Profile of the name with this ID.
    Name(i64),
    /// Two names that may be the same, given by their IDs. Opening the row shows the profile of the second.
    Pair(i64, i64),
    /// Built-in list of the library.
    List(List),
    /// Saved view, given by its name and query.
    View(String, String),
    /// Feed.
    Feed(Box<Feed>),
}

/// Row of a full-screen page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OverlayRow {
    /// Symbol before the text of the row.
    pub(crate) sign: &'static str,
    /// Text of the row on one line.
    pub(crate) left: String,
    /// Text at the right edge of the row.
    pub(crate) right: String,
    /// Text to show in full while the row is selected. If it is empty, `left` is shown instead.
    pub(crate) full: String,
    /// What opening the row shows.
    pub(crate) target: RowTarget,
    /// Whether `left` is shown in full even if the row is not selected, so that it can be compared with its neighbours.
    pub(crate) is_whole: bool,
}

impl OverlayRow {
    /// Creates a heading.
    #[must_use]
    pub(crate) fn heading(words: impl Into<String>) -> Self {
        Self { left: words.into(), target: RowTarget::Heading, ..Self::new("", "", RowTarget::Heading) }
    }

    /// Creates a row with text at the left and right edges.
    #[must_use]
    pub(crate) fn new(left: impl Into<String>, right: impl Into<String>, target: RowTarget) -> Self {
        Self { sign: " ", left: left.into(), right: right.into(), full: String::new(), target, is_whole: false }
    }

    /// Returns the number of columns for the text at the right edge, in a row of `room` columns: a third, or what the
    /// text on the left leaves.
    #[must_use]
    pub(crate) fn right_width(&self, room: usize) -> usize {
        let spare = room.saturating_sub(self.left.width() + 2);
        self.right.width().min(spare.max(room / RIGHT))
    }

    /// Returns the text to show in full while the row is selected.
    fn full_text(&self) -> &str {
        if self.full.is_empty() { &self.left } else { &self.full }
    }
}

/// Page that covers the whole screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Overlay {
    /// Subject of the page.
    pub(crate) subject: Subject,
    /// Title above the rows.
    pub(crate) title: String,
    /// Rows, including headings.
    pub(crate) rows: Vec<OverlayRow>,
    /// Index of the selected row. If there is any row that is not a heading, this is one.
    pub(crate) selected: usize,
    /// Index of the first row in view.
    pub(crate) top: usize,
    /// Text of the selected row in full, broken into lines.
    pub(crate) detail: Vec<String>,
    /// Lines of the rows that are shown in full, by row index.
    pub(crate) whole: BTreeMap<usize, Vec<String>>,
    /// Row index and width for which `detail` was computed.
    made: Option<(usize, usize)>,
    /// Width for which `whole` was computed.
    made_whole: Option<usize>,
}

impl Overlay {
    /// Creates a page with these rows. Selects the first row that is not a heading.
    #[must_use]
    pub(crate) fn new(subject: Subject, title: String, rows: Vec<OverlayRow>) -> Self {
        let selected = rows.iter().position(|row| row.target != RowTarget::Heading).unwrap_or(0);
        let (detail, whole) = (Vec::new(), BTreeMap::new());
        Self { subject, title, rows, selected, top: 0, detail, whole, made: None, made_whole: None }
    }

    /// Returns this page, which replaces `old` after a reload, with the selection and scroll position of `old`.
    #[must_use]
    pub(crate) fn renewed(mut self, old: &Self) -> Self {
        let target = old.row().map(|row| &row.target);
        let same = self.rows.iter().position(|row| Some(&row.target) == target && row.target != RowTarget::Nowhere);
        self.selected = same.unwrap_or(old.selected.min(self.rows.len().saturating_sub(1)));
        self.top = old.top;
        self.step(0);
        self
    }

    /// Returns the selected row.
    #[must_use]
    pub(crate) fn row(&self) -> Option<&OverlayRow> {
        self.rows.get(self.selected)
    }

    /// Moves the selection by `steps` rows, or upwards if negative. Headings are skipped.
    pub(crate) fn step(&mut self, steps: isize) {
        let places: Vec<usize> = self
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.target != RowTarget::Heading)
            .map(|(at, _)| at)
            .collect();
        let here = places.partition_point(|&place| place < self.selected);
        let to = here.saturating_add_signed(steps).min(places.len().saturating_sub(1));
        self.selected = places.get(to).copied().unwrap_or(0);
        if to == 0 {
            self.top = 0;
        }
    }

    /// Moves the selection to the first row of the next section, or of a previous section if `steps` is negative.
    pub(crate) fn section(&mut self, steps: isize) {
        let heads: Vec<usize> = self
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| row.target == RowTarget::Heading)
            .map(|(at, _)| at)
            .collect();
        let here = heads.partition_point(|&head| head < self.selected).saturating_sub(1);
        let to = (here as isize + steps).rem_euclid(heads.len().max(1) as isize) as usize;
        if let Some(&head) = heads.get(to) {
            self.selected = head;
            self.step(0);
            self.top = head;
        }
    }

    /// Moves the selection by `steps` rows within its section, wrapping around at the ends of the section.
    pub(crate) fn cycle(&mut self, steps: isize) {
        let is_heading = |row: &OverlayRow| row.target == RowTarget::Heading;
        let before = self.rows.get(..self.selected).unwrap_or_default();
        let start = before.iter().rposition(is_heading).map_or(0, |at| at + 1);
        let count = self.rows.iter().skip(start).take_while(|row| !is_heading(row)).count().max(1);
        let offset = (self.selected - start) as isize + steps;
        self.selected = start + offset.rem_euclid(count as isize) as usize;
    }

    /// Returns the height of a row, in lines.
    fn row_height(&self, row: usize) -> usize {
        let lines = if row == self.selected { self.detail.len() } else { self.whole.get(&row).map_or(1, Vec::len) };
        lines.max(1)
    }

    /// Returns the index of the first row in view if the row before `end` is at the bottom of `height` lines.
    fn first_above(&self, end: usize, height: usize) -> usize {
        let mut used = 0;
        let fits = |row: &usize| {
            used += self.row_height(*row);
            used <= height
        };
        (0..end).rev().take_while(fits).last().unwrap_or(end.saturating_sub(1))
    }

    /// Breaks the full text of the selected row into lines. Scrolls the row into a viewport of `width` columns and
    /// `height` rows.
    pub(crate) fn lay_out(&mut self, width: usize, height: usize) {
        let made = Some((self.selected, width));
        if self.made != made {
            self.made = made;
            let words = self.row().map(OverlayRow::full_text).unwrap_or_default();
            self.detail = broken(words, width.saturating_sub(INDENT + 1));
        }
        if self.made_whole != Some(width) {
            self.made_whole = Some(width);
            let whole = self.rows.iter().enumerate().filter(|(_, row)| row.is_whole);
            let room = width.saturating_sub(INDENT + 1);
            let room = |row: &OverlayRow| room.saturating_sub(row.right_width(room) + 2);
            self.whole = whole.map(|(index, row)| (index, broken(&row.left, room(row)))).collect();
        }
        let last = self.first_above(self.rows.len(), height);
        let least = self.first_above(self.selected + 1, height);
        // Show the heading as well when the first row is selected.
        let most = if self.selected <= 1 { 0 } else { self.selected };
        self.top = self.top.min(last).max(least).min(most);
    }
}

/// Breaks text into lines of at most `width` columns, and leaves out those after the maximum.
fn broken(text: &str, width: usize) -> Vec<String> {
    let lines = prose(text, Span::new(0, text.len()), width.max(1), &[]);
    lines.into_iter().take(MAX_DETAIL_LINES).map(|line| line.of(text).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlay(rows: usize) -> Overlay {
        let mut all = vec![OverlayRow::heading("One")];
        all.extend((0..rows).map(|n| OverlayRow::new(format!("row {n}"), "", RowTarget::Name(n as i64))));
        all.push(OverlayRow::heading("Two"));
        all.push(OverlayRow::new("last", "", RowTarget::Nowhere));
        Overlay::new(Subject::Sources, String::new(), all)
    }

    #[test]
    fn headings_are_stepped_over_and_the_selected_row_is_in_view() {
        let mut overlay = overlay(30);
        assert_eq!(overlay.selected, 1);
        overlay.step(-1);
        assert_eq!(overlay.selected, 1);
        for _ in 0..40 {
            overlay.step(1);
            overlay.lay_out(40, 10);
            assert!(overlay.top <= overlay.selected && overlay.selected < overlay.top + 10);
        }
        assert_eq!(overlay.row().map(|row| row.left.as_str()), Some("last"));
        overlay.section(1);
        assert_eq!(overlay.selected, 1);
    }

    #[test]
    fn rows_to_compare_are_shown_in_full() {
        let long = "one two three four five six seven eight nine ten";
        let row = |left: &str, is_whole| OverlayRow { is_whole, ..OverlayRow::new(left, "Echo", RowTarget::Nowhere) };
        let rows = vec![row("first", false), row(long, true), row(long, false), row("last", true)];
        let mut overlay = Overlay::new(Subject::Differences, String::new(), rows);
        overlay.lay_out(30, 4);
        assert_eq!(overlay.whole[&1].join(" "), long);
        assert!(overlay.whole[&1].iter().all(|line| line.width() <= 30 - INDENT - 1 - 6), "{:?}", overlay.whole);
        assert_eq!((overlay.whole.get(&2), overlay.whole[&3].len()), (None, 1));
        overlay.step(3);
        overlay.lay_out(30, 4);
        assert_eq!((overlay.selected, overlay.top), (3, 2), "three lines of row 1 do not fit above");
        let right = |left: &str| OverlayRow::new(left, "Lenz Dispatch 07:54", RowTarget::Nowhere).right_width(30);
        assert_eq!((right("10 · later"), right("a longer left")), (18, 15));
        assert_eq!(right(long), 10, "a third is left to the source");
    }

    #[test]
    fn a_section_is_cycled_through() {
        let mut overlay = overlay(3);
        let mut rows = Vec::new();
        for steps in [1, 1, 1, -1] {
            overlay.cycle(steps);
            rows.push(overlay.selected);
        }
        assert_eq!(rows, [2, 3, 1, 3]);
    }

    #[test]
    fn a_reloaded_page_keeps_its_scroll_position() {
        let mut old = overlay(5);
        old.step(3);
        let new = overlay(9).renewed(&old);
        assert_eq!(new.row().map(|row| row.left.as_str()), Some("row 3"));
    }
}
