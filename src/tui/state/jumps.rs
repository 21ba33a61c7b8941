//! Places that were jumped from, to go back to.

use super::board::Board;
use crate::tui::analysis_view::Selection;
use crate::tui::page::Anchor;
use crate::tui::shelf::View;
use dateline_core::text::Span;
use std::sync::Arc;

/// The most places remembered.
const MOST: usize = 200;

/// A place in a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Number of the story.
    pub story: usize,
    /// The top of the window.
    pub anchor: Option<Anchor>,
    /// What was selected.
    pub selection: Option<Selection>,
    /// The place that was flashed.
    pub flash: Option<Span>,
    /// The view of the library that shows the story, and the story's number there.
    pub kept: Option<(View, i64)>,
    /// The page that lay over the panes.
    pub board: Option<Arc<Board>>,
}

/// The history of jumps with the place in it.
#[derive(Clone, Debug, Default)]
pub struct Jumps {
    behind: Vec<Location>,
    ahead: Vec<Location>,
}

impl Jumps {
    /// Remembers where a jump starts from.
    pub fn push(&mut self, from: Location) {
        self.ahead.clear();
        if self.behind.last() != Some(&from) {
            self.behind.push(from);
        }
        if self.behind.len() > MOST {
            self.behind.remove(0);
        }
    }

    /// Forgets the last place: nothing was jumped to.
    pub fn forget(&mut self) -> Option<Location> {
        self.behind.pop()
    }

    /// The place before, leaving `here` to come forward to.
    pub fn back(&mut self, here: Location) -> Option<Location> {
        let spot = self.behind.pop()?;
        self.ahead.push(here);
        Some(spot)
    }

    /// The place that was gone back from.
    pub fn forward(&mut self, here: Location) -> Option<Location> {
        let spot = self.ahead.pop()?;
        self.behind.push(here);
        Some(spot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(story: usize) -> Location {
        Location { story, anchor: None, selection: None, flash: None, kept: None, board: None }
    }

    #[test]
    fn back_and_forward_lead_over_the_same_places() {
        let mut jumps = Jumps::default();
        jumps.push(spot(1));
        jumps.push(spot(2));
        assert_eq!(jumps.back(spot(3)), Some(spot(2)));
        assert_eq!(jumps.back(spot(2)), Some(spot(1)));
        assert_eq!(jumps.back(spot(1)), None);
        assert_eq!(jumps.forward(spot(1)), Some(spot(2)));
        jumps.push(spot(9));
        assert_eq!(jumps.forward(spot(2)), None);
    }
}
