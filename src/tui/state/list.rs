//! List of stories: the selected story, the filter, and the rows in view.

use super::filter::Filter;
use super::list_order::ListOrder;
use crate::reflow::filled;
use crate::tui::story::Story;
use dateline_core::text::Span;

/// Minimum width of the list for showing each story on one line, in columns.
pub(crate) const MIN_ONE_LINE_WIDTH: usize = 60;
/// Indent of a title in the list, in columns: the bar of the selected row, the symbol of an unread story and a space.
pub(crate) const INDENT: usize = 3;
/// Number of stories to keep in view above and below the selected one.
const MARGIN: usize = 2;
/// Maximum number of stories in a list whose unread stories are counted.
const MAX_COUNTED: usize = 20_000;

/// State of the list pane. The rows are the stories in order, or only those that match the filter.
#[derive(Clone, Debug, Default)]
pub(crate) struct List {
    /// Index of the selected story. It is also the open story.
    pub(crate) selected: usize,
    /// Whether the user chose to show each story on one line.
    pub(crate) compact: bool,
    /// Order in which the stories are listed.
    pub(crate) order: ListOrder,
    /// Number of unread stories, or `None` if the list is too long to count them after every key.
    pub(crate) unread: Option<usize>,
    /// Index of the first row in view.
    pub(crate) top: usize,
    /// Number of lines that each story takes up.
    pub(crate) lines: usize,
    /// Titles of the stories in view, each broken into lines.
    pub(crate) window: Vec<Vec<Span>>,
    /// Filter that the visible rows match.
    pub(crate) filter: Filter,
    /// Indices of the stories that match the filter, in order; `None` if there is no filter.
    kept: Option<Vec<usize>>,
}

impl List {
    /// Filters the stories by their titles, dates and sources.
    pub(crate) fn keep(&mut self, filter: Filter, stories: &[Story]) {
        self.kept = (!filter.is_empty()).then(|| {
            let rows = stories.iter().enumerate();
            let kept = |story: &Story| filter.matches(&format!("{} {}", story.title(), story.about()));
            rows.filter(|(_, story)| kept(story)).map(|(number, _)| number).collect()
        });
        self.filter = filter;
    }

    /// Adds new stories to the rows if they match the filter.
    pub(crate) fn admit(&mut self, stories: &[Story]) {
        if self.kept.is_some() {
            self.keep(self.filter.clone(), stories);
        }
    }

    /// Returns the number of rows in the list.
    #[must_use]
    pub(crate) fn count(&self, stories: &[Story]) -> usize {
        self.kept.as_ref().map_or(stories.len(), Vec::len)
    }

    /// Returns the index of the story in a row, or `usize::MAX` if there is no such row.
    #[must_use]
    pub(crate) fn number(&self, row: usize) -> usize {
        self.kept.as_ref().map_or(row, |kept| kept.get(row).copied().unwrap_or(usize::MAX))
    }

    /// Returns the row of the selected story or, if the filter hides it, the row of the next visible story.
    #[must_use]
    pub(crate) fn row(&self) -> usize {
        self.kept.as_ref().map_or(self.selected, |kept| kept.partition_point(|&number| number < self.selected))
    }

    /// Returns the index of the story `steps` rows below the selected one, or above it if negative, clamped to the ends
    /// of the list.
    #[must_use]
    pub(crate) fn step(&self, steps: isize, stories: &[Story]) -> usize {
        let last = self.count(stories).saturating_sub(1);
        let here = self.row();
        // If the filter hides the selected story, its row already belongs to the next visible story. The first step
        // forward leads to that row.
        let out = usize::from(steps > 0 && self.number(here) != self.selected);
        let row = here.saturating_add_signed(steps).saturating_sub(out).min(last);
        match self.number(row) {
            number if number < stories.len() => number,
            _ => self.selected,
        }
    }

    /// Scrolls the selected story into a viewport of `width` columns and `height` rows. If the list fills the screen
    /// (`alone`), each story is shown on one line.
    pub(crate) fn lay_out(&mut self, stories: &[Story], width: usize, height: usize, alone: bool) {
        self.selected = self.selected.min(stories.len().saturating_sub(1));
        let count = self.count(stories);
        let is_short = stories.len() <= MAX_COUNTED;
        self.unread = is_short.then(|| stories.iter().filter(|story| !story.read && !story.failed).count());
        self.lines = if alone || self.compact || width >= MIN_ONE_LINE_WIDTH {
            1
        } else if count * 4 <= height {
            4
        } else {
            3
        };
        let rows = (height / self.lines).max(1);
        let margin = MARGIN.min(rows.saturating_sub(1) / 2);
        let here = self.row();
        let least = (here + margin + 1).saturating_sub(rows);
        self.top = self.top.max(least).min(here.saturating_sub(margin)).min(count.saturating_sub(rows));
        let room = width.saturating_sub(INDENT + 1).max(1);
        let shown = (self.top..count.min(self.top + rows)).filter_map(|row| stories.get(self.number(row)));
        let titles = shown.map(Story::title);
        let whole = |title: &str| vec![Span::new(0, title.len())];
        self.window = titles.map(|title| if self.lines == 1 { whole(title) } else { filled(title, room) }).collect();
    }

    /// Returns the index of the story at a line of the pane, counted from 0 at the first line below the title.
    #[must_use]
    pub(crate) fn at(&self, line: usize) -> usize {
        self.number(self.top + line / self.lines.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::article::Article;

    #[test]
    fn the_selected_story_is_always_in_view() {
        let stories = vec![Story::default(); 100];
        let mut list = List::default();
        for selected in [0, 5, 50, 99, 98, 40, 0] {
            list.selected = selected;
            list.lay_out(&stories, 30, 30, false);
            assert!(list.top <= selected && selected < list.top + 10, "{selected} from {}", list.top);
        }
    }

    #[test]
    fn only_what_is_in_view_is_laid_out_however_long_the_list_is() {
        let stories = vec![Story::default(); 100_000];
        let mut list = List { selected: 70_000, ..List::default() };
        list.lay_out(&stories, 30, 30, false);
        assert!(list.window.len() <= 10, "{} rows", list.window.len());
    }

    #[test]
    fn a_filter_leaves_rows_out_and_steps_pass_over_them() {
        let titles = ["The weir", "The snow", "A weir again", "The ferry"];
        let stories: Vec<Story> = titles.map(|title| Story::new(Article::verbatim("x", title))).into();
        let mut list = List { selected: 1, ..List::default() };
        list.keep(Filter::new("weir"), &stories);
        assert_eq!((list.count(&stories), list.step(1, &stories), list.step(-1, &stories)), (2, 2, 0));
        list.keep(Filter::new("nothing"), &stories);
        assert_eq!((list.count(&stories), list.step(1, &stories)), (0, 1));
        list.keep(Filter::default(), &stories);
        assert_eq!(list.step(2, &stories), 3);
    }
}
