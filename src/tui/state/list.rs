//! List of stories: the selected story, the filter, and the rows in view.

use super::filter::Filter;
use super::folds::{Folds, Rows};
use super::list_order::ListOrder;
use crate::reflow::filled;
use crate::tui::story::Story;
use dateline_core::text::Span;
use std::collections::BTreeMap;

/// Minimum width of the list for showing each story on one line, in columns.
pub(crate) const MIN_ONE_LINE_WIDTH: usize = 60;
/// Indent of a title in the list, in columns: the bar of the selected row, the symbol of an unread story and a space.
pub(crate) const INDENT: usize = 3;
/// Maximum number of lines of a row: two of the title and one about the story.
const TEXT_LINES: usize = 3;
/// Number of stories to keep in view above and below the selected one.
const MARGIN: usize = 2;
/// Maximum number of stories in a list whose unread stories are counted.
const MAX_COUNTED: usize = 20_000;

/// Row of a story as laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListRow {
    /// Lines of the title, as byte spans.
    pub(crate) title: Vec<Span>,
    /// Height of the row, in lines. It includes the line about the story, and a blank one if there is room.
    pub(crate) height: usize,
}

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
    /// Whether each story takes up one line.
    pub(crate) one_line: bool,
    /// Rows in view. The last one may be cut off.
    pub(crate) window: Vec<ListRow>,
    /// Filter that the visible rows match.
    pub(crate) filter: Filter,
    /// Versions of the happenings in the list.
    pub(crate) folds: Folds,
    /// Whether the versions of a happening share a row.
    folding: bool,
    /// Stories in the rows; `None` if each story has a row, in order.
    rows: Option<Rows>,
}

impl List {
    /// Filters the stories by their titles, dates and sources.
    pub(crate) fn keep(&mut self, filter: Filter, stories: &[Story]) {
        self.filter = filter;
        self.arrange(stories);
    }

    /// Lets the versions of a happening share a row, or gives each story a row. Takes effect when the stories are
    /// arranged.
    pub(crate) const fn set_folding(&mut self, folding: bool) {
        self.folding = folding;
    }

    /// Returns whether the versions of a happening share a row now. Under a filter, each story has a row.
    #[must_use]
    pub(crate) fn is_folding(&self) -> bool {
        self.folding && self.filter.is_empty()
    }

    /// Arranges the stories in rows, after stories, the filter or the folds have changed.
    pub(crate) fn arrange(&mut self, stories: &[Story]) {
        self.rows = if !self.filter.is_empty() {
            let is_match = |story: &Story| self.filter.matches(&format!("{} {}", story.title(), story.about()));
            Some(Rows::matching(stories, is_match))
        } else if self.folding && !self.folds.is_empty() {
            Some(self.folds.rows(stories))
        } else {
            None
        };
    }

    /// Returns the number of rows in the list.
    #[must_use]
    pub(crate) fn count(&self, stories: &[Story]) -> usize {
        self.rows.as_ref().map_or(stories.len(), |rows| rows.numbers.len())
    }

    /// Returns the index of the story in a row, or `usize::MAX` if there is no such row.
    #[must_use]
    pub(crate) fn number(&self, row: usize) -> usize {
        self.rows.as_ref().map_or(row, |rows| rows.numbers.get(row).copied().unwrap_or(usize::MAX))
    }

    /// Returns the row of the selected story or, if the filter hides it, the row of the next visible story.
    #[must_use]
    pub(crate) fn row(&self) -> usize {
        self.row_of(self.selected)
    }

    /// Returns the place of the selected row among all stories, counted from 0. The row of a happening has the place of
    /// its first story.
    #[must_use]
    pub(crate) fn place(&self) -> usize {
        self.rows.as_ref().and_then(|rows| rows.places.get(self.row()).copied()).unwrap_or(self.selected)
    }

    /// Returns the row of a story. A story without a row of its own has the row of its happening or, under a filter,
    /// the next row.
    #[must_use]
    pub(crate) fn row_of(&self, number: usize) -> usize {
        let place = |rows: &Rows| rows.row_of.get(number).copied().unwrap_or(rows.numbers.len());
        self.rows.as_ref().map_or(number, place)
    }

    /// Returns whether a story has a row, if only together with other versions of its happening.
    #[must_use]
    pub(crate) fn is_listed(&self, number: usize) -> bool {
        self.filter.is_empty() || self.number(self.row_of(number)) == number
    }

    /// Gives the selected story a row if its happening hides it.
    fn reveal(&mut self, stories: &[Story]) {
        let is_hidden = self.is_folding() && self.rows.is_some() && self.number(self.row()) != self.selected;
        if is_hidden && stories.get(self.selected).is_some_and(|story| self.folds.show(story)) {
            self.arrange(stories);
        }
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

    /// Counts the unread stories, unless there are too many to do so after every key.
    pub(crate) fn count_unread(&mut self, stories: &[Story]) {
        let is_short = stories.len() <= MAX_COUNTED;
        self.unread = is_short.then(|| stories.iter().filter(|story| !story.read && !story.failed).count());
    }

    /// Scrolls the selected story into a viewport of `width` columns and `height` rows. If the list fills the screen
    /// (`alone`), each story is shown on one line.
    pub(crate) fn lay_out(&mut self, stories: &[Story], width: usize, height: usize, alone: bool) {
        self.selected = self.selected.min(stories.len().saturating_sub(1));
        self.reveal(stories);
        let count = self.count(stories);
        self.one_line = alone || self.compact || width >= MIN_ONE_LINE_WIDTH;
        let tallest = if self.one_line { 1 } else { TEXT_LINES };
        let spacing = usize::from(!self.one_line && count * (tallest + 1) <= height);
        let room = width.saturating_sub(INDENT + 1).max(1);
        let mut rows: BTreeMap<usize, ListRow> = BTreeMap::new();
        let mut row = |number: usize| {
            let story = || {
                let story = stories.get(self.number(number))?;
                let noted = !self.one_line && self.is_folding() && self.folds.note(story).is_some();
                Some(list_row(story, room, self.one_line, spacing + usize::from(noted)))
            };
            rows.entry(number).or_insert_with(|| story().unwrap_or_default()).clone()
        };
        let margin = MARGIN.min((height / (tallest + spacing)).saturating_sub(1) / 2);
        let here = self.row();
        let last = count.saturating_sub(1);
        // On the row of an unfolded happening, its versions are in view. If they do not fit, the row is at the top.
        let (head, end) = self.rows.as_ref().map_or((here, here), |rows| rows.group(here));
        let below = if here == head && self.is_folding() { end } else { here };
        let first = first_in_view((here + margin).max(below).min(last), height, &mut row).min(here);
        let above = if end > head { here.saturating_sub(margin).max(head) } else { here.saturating_sub(margin) };
        let mut top = self.top.max(first).min(above);
        if count.saturating_sub(top) <= height {
            top = top.min(first_in_view(last, height, &mut row));
        }
        let mut left = height;
        let mut window = Vec::new();
        while left > 0 && top + window.len() < count {
            window.push(row(top + window.len()));
            left = left.saturating_sub(window.last().map_or(left, |row| row.height));
        }
        (self.top, self.window) = (top, window);
    }

    /// Returns the number of lines from the top of the pane to a row in view.
    #[must_use]
    pub(crate) fn lines_above(&self, row: usize) -> usize {
        self.window.iter().take(row.saturating_sub(self.top)).map(|row| row.height).sum()
    }

    /// Returns the index of the story at a line of the pane, counted from 0 at the first line below the title.
    #[must_use]
    pub(crate) fn at(&self, line: usize) -> usize {
        let mut end = 0;
        let above = self.window.iter().take_while(|row| {
            end += row.height;
            end <= line
        });
        let above = above.count();
        // Below the last row there is no story.
        if above < self.window.len() { self.number(self.top + above) } else { usize::MAX }
    }
}

/// Lays out the row of a story in `room` columns, with `spacing` further lines below it.
fn list_row(story: &Story, room: usize, one_line: bool, spacing: usize) -> ListRow {
    let title = story.title();
    if one_line {
        return ListRow { title: vec![Span::new(0, title.len())], height: 1 };
    }
    // If there is nothing to say about the story, the title may use that line too.
    let about = usize::from(!story.about().is_empty());
    let title = filled(title, room);
    let height = title.len().clamp(1, TEXT_LINES - about) + about + spacing;
    ListRow { title, height }
}

/// Returns the first row from which all rows up to `last` fit into `height` lines; at most `last`.
fn first_in_view(last: usize, height: usize, row: &mut impl FnMut(usize) -> ListRow) -> usize {
    let (mut first, mut lines) = (last, row(last).height);
    while let Some(before) = first.checked_sub(1) {
        lines += row(before).height;
        if lines > height {
            break;
        }
        first = before;
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::library_messages::Gathered;
    use crate::tui::story::Kept;
    use dateline_core::article::Article;

    #[test]
    fn the_selected_story_is_always_in_view() {
        let stories = vec![Story::default(); 100];
        let mut list = List::default();
        for selected in [0, 5, 50, 99, 98, 40, 0] {
            list.selected = selected;
            list.lay_out(&stories, 30, 30, false);
            let end = list.lines_above(selected) + list.window[selected - list.top].height;
            assert!(list.top <= selected && end <= 30, "{selected} from {}", list.top);
        }
    }

    #[test]
    fn the_versions_of_an_unfolded_happening_are_scrolled_into_view() {
        let kept = |id| {
            let (mut story, mut kept) = (Story::default(), Kept::default());
            kept.id = id;
            story.kept = Some(Box::new(kept));
            story
        };
        let stories: Vec<Story> = (0..20).map(kept).collect();
        let cluster =
            Gathered { id: 7, head: 7, outlets: vec!["Vale Echo".to_owned()], members: vec![7, 11, 12, 13, 14] };
        let laid_out = |height| {
            let mut list = List { selected: 7, ..List::default() };
            list.set_folding(true);
            list.folds.add(vec![cluster.clone()], true);
            list.arrange(&stories);
            list.lay_out(&stories, 30, height, false);
            list.folds.toggle(&stories[7]);
            list.arrange(&stories);
            list.lay_out(&stories, 30, height, false);
            list
        };
        let list = laid_out(12);
        let (head, end) = (list.row(), list.row() + 4);
        let lines = list.lines_above(end) + list.window[end - list.top].height;
        assert!(list.top <= head && lines <= 12, "{lines} lines from row {} to {end}", list.top);
        let mut list = laid_out(6);
        assert_eq!(list.top, head, "the head is at the top if not all versions fit");
        list.selected = 11;
        list.lay_out(&stories, 30, 6, false);
        assert_eq!(list.top, head, "a step to the first version does not scroll");
    }

    #[test]
    fn only_what_is_in_view_is_laid_out_however_long_the_list_is() {
        let stories = vec![Story::default(); 100_000];
        let mut list = List { selected: 70_000, ..List::default() };
        list.lay_out(&stories, 30, 30, false);
        assert!(list.window.len() <= 30, "{} rows", list.window.len());
    }

    #[test]
    fn rows_are_as_high_as_their_titles_and_every_line_leads_to_its_story() {
        let titles = ["The weir", "The old weir at the mill is opened", "Snow", "The ferry is late again tonight"];
        let stories: Vec<Story> = titles.iter().cycle().take(40).map(|&title| Story::new(dated(title))).collect();
        for (selected, height) in [(0, 20), (7, 20), (20, 9), (39, 20), (3, 2), (0, 1)] {
            let mut list = List { selected, ..List::default() };
            list.lay_out(&stories, 24, height, false);
            let heights: Vec<usize> = list.window.iter().map(|row| row.height).collect();
            assert!(heights.iter().enumerate().all(|(at, &height)| height == 2 + (list.top + at) % 2), "{heights:?}");
            let below: usize = heights.iter().sum();
            assert!(below >= height && below - heights[heights.len() - 1] < height, "{heights:?} in {height}");
            for (at, _) in heights.iter().enumerate() {
                let row = list.top + at;
                assert_eq!(list.at(list.lines_above(row)), row);
                assert_eq!(list.at(list.lines_above(row + 1) - 1), row);
            }
            assert!(list.lines_above(selected) < height && list.top <= selected);
        }
    }

    #[test]
    fn a_line_below_the_last_row_has_no_story() {
        let stories = vec![Story::new(dated("The weir")), Story::new(dated("Snow"))];
        let mut list = List::default();
        list.lay_out(&stories, 24, 30, false);
        assert_eq!(
            (list.window[0].height, list.at(2), list.at(3), list.at(6)),
            (3, 0, 1, usize::MAX),
            "with a blank line"
        );
    }

    /// Creates an article with a date, so that its row has a line about it.
    fn dated(title: &str) -> Article {
        let mut article = Article::verbatim("x", title);
        article.publisher = Some(dateline_core::article::Datum::given("Vale Echo".to_owned()));
        article
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
