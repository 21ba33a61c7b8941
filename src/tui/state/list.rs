//! The list of stories: which is selected, which are kept by the filter, and which are in view.

use super::filter::Filter;
use crate::reflow::prose;
use crate::tui::story::Story;
use dateline_core::text::Span;

/// A list at least this wide shows a story on one line.
pub const WIDE: usize = 60;
/// Columns before a title.
pub const INDENT: usize = 2;
/// Stories kept in view above and below the selected one.
const MARGIN: usize = 2;

/// The list pane. Its rows are the stories in order, or those that the filter keeps.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// Number of the selected story: the one that is read.
    pub selected: usize,
    /// The first row in view.
    pub top: usize,
    /// Lines that each story takes.
    pub lines: usize,
    /// The rows in view: how their titles are broken.
    pub window: Vec<Vec<Span>>,
    /// The words that a story's row must hold.
    pub filter: Filter,
    /// Numbers of the stories that the filter keeps, in order; nothing when there is no filter.
    kept: Option<Vec<usize>>,
}

impl List {
    /// Keeps the stories whose rows hold these words.
    pub fn keep(&mut self, filter: Filter, stories: &[Story]) {
        self.kept = (!filter.is_empty()).then(|| {
            let rows = stories.iter().enumerate();
            let kept = |story: &Story| filter.keeps(&format!("{} {}", story.title(), story.about()));
            rows.filter(|(_, story)| kept(story)).map(|(number, _)| number).collect()
        });
        self.filter = filter;
    }

    /// Takes a story that came into account, when the filter keeps it.
    pub fn admit(&mut self, stories: &[Story]) {
        if self.kept.is_some() {
            self.keep(self.filter.clone(), stories);
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn count(&self, stories: &[Story]) -> usize {
        self.kept.as_ref().map_or(stories.len(), Vec::len)
    }

    /// The story of a row.
    #[must_use]
    pub fn number(&self, row: usize) -> usize {
        self.kept.as_ref().map_or(row, |kept| kept.get(row).copied().unwrap_or(usize::MAX))
    }

    /// The row of the selected story, or the one before which it would stand.
    #[must_use]
    pub fn row(&self) -> usize {
        self.kept.as_ref().map_or(self.selected, |kept| kept.partition_point(|&number| number < self.selected))
    }

    /// The story `steps` rows on, back when negative; stops at the ends.
    #[must_use]
    pub fn step(&self, steps: isize, stories: &[Story]) -> usize {
        let last = self.count(stories).saturating_sub(1);
        let here = self.row();
        // From a story that is filtered out, the first step forward is to the row in its place.
        let out = usize::from(steps > 0 && self.number(here) != self.selected);
        let row = here.saturating_add_signed(steps).saturating_sub(out).min(last);
        match self.number(row) {
            number if number < stories.len() => number,
            _ => self.selected,
        }
    }

    /// Puts the selected story in view of `width` columns and `height` rows.
    pub fn settle(&mut self, stories: &[Story], width: usize, height: usize) {
        self.selected = self.selected.min(stories.len().saturating_sub(1));
        let count = self.count(stories);
        self.lines = if width >= WIDE {
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
        let room = if self.lines == 1 { usize::MAX / 2 } else { room };
        let shown = (self.top..count.min(self.top + rows)).filter_map(|row| stories.get(self.number(row)));
        let titles = shown.map(Story::title);
        self.window = titles.map(|title| prose(title, Span::new(0, title.len()), room, &[])).collect();
    }

    /// The story on a line of the pane, counted from 0 under the title.
    #[must_use]
    pub fn at(&self, line: usize) -> usize {
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
            list.settle(&stories, 30, 30);
            assert!(list.top <= selected && selected < list.top + 10, "{selected} from {}", list.top);
        }
    }

    #[test]
    fn only_what_is_in_view_is_laid_out_however_long_the_list_is() {
        let stories = vec![Story::default(); 100_000];
        let mut list = List { selected: 70_000, ..List::default() };
        list.settle(&stories, 30, 30);
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
