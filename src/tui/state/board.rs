//! A page over the panes: rows under headings, one of them selected and told in full. What the library knows of
//! somebody, its views and feeds, what changed in a story.

use crate::reflow::prose;
use dateline_core::text::Span;
use dateline_library::{Feed, List};

/// The most lines that the selected row is told in.
const MOST_LINES: usize = 8;
/// Columns before a row's words.
pub const INDENT: usize = 4;

/// What a page is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// All that the library knows of somebody: the number of the name, and the story it was asked for in, or 0.
    Dossier {
        /// The number of the name.
        name: i64,
        /// What it is called.
        called: String,
        /// The story that it was asked for in, or 0.
        seen_in: i64,
    },
    /// Lists, saved views, feeds.
    Sources,
    /// What changed from version to version of a story.
    Versions,
}

/// Where a row leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// It is a heading.
    Heading,
    /// Nowhere.
    Nowhere,
    /// A place in a story of the library.
    Place(i64, Span),
    /// All that the library knows of another name.
    Name(i64),
    /// A list.
    List(List),
    /// A saved view: its name and query.
    View(String, String),
    /// A feed.
    Feed(Box<Feed>),
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// A sign before it.
    pub sign: &'static str,
    /// What it says on one line.
    pub left: String,
    /// At the right edge.
    pub right: String,
    /// What it says when it is selected; the same when empty.
    pub full: String,
    /// Where it leads.
    pub goal: Goal,
}

impl Row {
    /// A heading.
    #[must_use]
    pub fn heading(words: impl Into<String>) -> Self {
        Self { left: words.into(), goal: Goal::Heading, ..Self::new("", "", Goal::Heading) }
    }

    /// A row of these words.
    #[must_use]
    pub fn new(left: impl Into<String>, right: impl Into<String>, goal: Goal) -> Self {
        Self { sign: " ", left: left.into(), right: right.into(), full: String::new(), goal }
    }

    /// What is told when the row is selected.
    fn told(&self) -> &str {
        if self.full.is_empty() { &self.left } else { &self.full }
    }
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Board {
    /// What it is about.
    pub subject: Subject,
    /// What stands above it.
    pub title: String,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The selected row; never a heading, if there is another.
    pub selected: usize,
    /// The first row in view.
    pub top: usize,
    /// The selected row in full.
    pub detail: Vec<String>,
    /// What the detail was made from: row and width.
    made: Option<(usize, usize)>,
}

impl Board {
    /// A page of these rows.
    #[must_use]
    pub fn new(subject: Subject, title: String, rows: Vec<Row>) -> Self {
        let selected = rows.iter().position(|row| row.goal != Goal::Heading).unwrap_or(0);
        Self { subject, title, rows, selected, top: 0, detail: Vec::new(), made: None }
    }

    /// The same page with what it holds now: the place in it stays.
    #[must_use]
    pub fn renewed(mut self, old: &Self) -> Self {
        let goal = old.row().map(|row| &row.goal);
        let same = self.rows.iter().position(|row| Some(&row.goal) == goal && row.goal != Goal::Nowhere);
        self.selected = same.unwrap_or(old.selected.min(self.rows.len().saturating_sub(1)));
        self.top = old.top;
        self.step(0);
        self
    }

    /// The selected row.
    #[must_use]
    pub fn row(&self) -> Option<&Row> {
        self.rows.get(self.selected)
    }

    /// Moves by rows that are no headings.
    pub fn step(&mut self, steps: isize) {
        let places: Vec<usize> =
            self.rows.iter().enumerate().filter(|(_, row)| row.goal != Goal::Heading).map(|(at, _)| at).collect();
        let here = places.partition_point(|&place| place < self.selected);
        let to = here.saturating_add_signed(steps).min(places.len().saturating_sub(1));
        self.selected = places.get(to).copied().unwrap_or(0);
        if to == 0 {
            self.top = 0;
        }
    }

    /// To the first row of the next section, or of the one before.
    pub fn section(&mut self, steps: isize) {
        let heads: Vec<usize> =
            self.rows.iter().enumerate().filter(|(_, row)| row.goal == Goal::Heading).map(|(at, _)| at).collect();
        let here = heads.partition_point(|&head| head < self.selected).saturating_sub(1);
        let to = (here as isize + steps).rem_euclid(heads.len().max(1) as isize) as usize;
        if let Some(&head) = heads.get(to) {
            self.selected = head;
            self.step(0);
            self.top = head;
        }
    }

    /// Tells the selected row in full and puts it in view of `width` columns and `height` rows.
    pub fn settle(&mut self, width: usize, height: usize) {
        let made = Some((self.selected, width));
        if self.made != made {
            self.made = made;
            let told = self.row().map(Row::told).unwrap_or_default();
            let room = width.saturating_sub(INDENT + 1).max(1);
            let lines = prose(told, Span::new(0, told.len()), room, &[]);
            self.detail = lines.into_iter().take(MOST_LINES).map(|line| line.of(told).to_owned()).collect();
        }
        let last = self.rows.len().saturating_sub(height.saturating_sub(self.detail.len().saturating_sub(1)));
        let least = (self.selected + self.detail.len().max(1)).saturating_sub(height.max(1));
        // The heading of the first row comes into view with it.
        let most = if self.selected <= 1 { 0 } else { self.selected };
        self.top = self.top.min(last).max(least).min(most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(rows: usize) -> Board {
        let mut all = vec![Row::heading("One")];
        all.extend((0..rows).map(|n| Row::new(format!("row {n}"), "", Goal::Name(n as i64))));
        all.push(Row::heading("Two"));
        all.push(Row::new("last", "", Goal::Nowhere));
        Board::new(Subject::Sources, String::new(), all)
    }

    #[test]
    fn headings_are_stepped_over_and_the_selected_row_is_in_view() {
        let mut board = board(30);
        assert_eq!(board.selected, 1);
        board.step(-1);
        assert_eq!(board.selected, 1);
        for _ in 0..40 {
            board.step(1);
            board.settle(40, 10);
            assert!(board.top <= board.selected && board.selected < board.top + 10);
        }
        assert_eq!(board.row().map(|row| row.left.as_str()), Some("last"));
        board.section(1);
        assert_eq!(board.selected, 1);
    }

    #[test]
    fn a_page_that_comes_anew_keeps_its_place() {
        let mut old = board(5);
        old.step(3);
        let new = board(9).renewed(&old);
        assert_eq!(new.row().map(|row| row.left.as_str()), Some("row 3"));
    }
}
