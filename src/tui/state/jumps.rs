//! Places that were jumped from, to go back to.

use super::board::Board;
use crate::tui::findings::Selection;
use crate::tui::page::Anchor;
use crate::tui::shelf::View;
use dateline_core::text::Span;
use std::sync::Arc;

/// The most places remembered.
const MOST: usize = 200;

/// A place in a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Number of the story.
    pub story: usize,
    /// The top of the window.
    pub anchor: Option<Anchor>,
    /// What was selected.
    pub selection: Option<Selection>,
    /// What was lit.
    pub lit: Option<Span>,
    /// The view of the library that shows the story, and the story's number there.
    pub kept: Option<(View, i64)>,
    /// The page that lay over the panes.
    pub board: Option<Arc<Board>>,
}

/// The history of jumps with the place in it.
#[derive(Clone, Debug, Default)]
pub struct Jumps {
    behind: Vec<Spot>,
    ahead: Vec<Spot>,
}

impl Jumps {
    /// Remembers where a jump starts from.
    pub fn push(&mut self, from: Spot) {
        self.ahead.clear();
        if self.behind.last() != Some(&from) {
            self.behind.push(from);
        }
        if self.behind.len() > MOST {
            self.behind.remove(0);
        }
    }

    /// Forgets the last place: nothing was jumped to.
    pub fn forget(&mut self) -> Option<Spot> {
        self.behind.pop()
    }

    /// The place before, leaving `here` to come forward to.
    pub fn back(&mut self, here: Spot) -> Option<Spot> {
        let spot = self.behind.pop()?;
        self.ahead.push(here);
        Some(spot)
    }

    /// The place that was gone back from.
    pub fn forward(&mut self, here: Spot) -> Option<Spot> {
        let spot = self.ahead.pop()?;
        self.behind.push(here);
        Some(spot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(story: usize) -> Spot {
        Spot { story, anchor: None, selection: None, lit: None, kept: None, board: None }
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
