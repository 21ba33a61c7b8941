//! The list of stories: which is selected and which are in view.

use crate::reflow::prose;
use crate::text::Span;
use crate::tui::story::Story;

/// A list at least this wide shows a story on one line.
pub const WIDE: usize = 60;
/// Columns before a title.
pub const INDENT: usize = 2;
/// Stories kept in view above and below the selected one.
const MARGIN: usize = 2;

/// The list pane.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// Number of the selected story: the one that is read.
    pub selected: usize,
    /// Number of the first story in view.
    pub top: usize,
    /// Lines that each story takes.
    pub lines: usize,
    /// The stories in view: how their titles are broken.
    pub window: Vec<Vec<Span>>,
}

impl List {
    /// Puts the selected story in view of `width` columns and `height` rows.
    pub fn settle(&mut self, stories: &[Story], width: usize, height: usize) {
        self.selected = self.selected.min(stories.len().saturating_sub(1));
        self.lines = if width >= WIDE {
            1
        } else if stories.len() * 4 <= height {
            4
        } else {
            3
        };
        let rows = (height / self.lines).max(1);
        let margin = MARGIN.min(rows.saturating_sub(1) / 2);
        let least = (self.selected + margin + 1).saturating_sub(rows);
        self.top =
            self.top.max(least).min(self.selected.saturating_sub(margin)).min(stories.len().saturating_sub(rows));
        let shown = stories.iter().skip(self.top).take(rows);
        let room = width.saturating_sub(INDENT + 1).max(1);
        self.window = shown
            .map(|story| {
                let title = story.article.title();
                prose(title, Span::new(0, title.len()), if self.lines == 1 { usize::MAX / 2 } else { room }, &[])
            })
            .collect();
    }

    /// The story on a row of the pane, counted from 0 under the title.
    #[must_use]
    pub fn at(&self, row: usize) -> usize {
        self.top + row / self.lines.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
