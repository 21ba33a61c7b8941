//! History of jumps: the locations to return to.

use super::overlay::Overlay;
use crate::tui::analysis_view::Selection;
use crate::tui::library_client::View;
use crate::tui::page::Anchor;
use dateline_core::text::Span;
use std::sync::Arc;

/// Maximum number of locations remembered.
const MOST: usize = 200;

/// Location in a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Location {
    /// Number of the story.
    pub(crate) story: usize,
    /// Scroll position.
    pub(crate) anchor: Option<Anchor>,
    /// Selection.
    pub(crate) selection: Option<Selection>,
    /// Flashed span.
    pub(crate) flash: Option<Span>,
    /// View of the library that shows the story, and the number of the story in the library.
    pub(crate) kept: Option<(View, i64)>,
    /// Page that was over the panes.
    pub(crate) overlay: Option<Arc<Overlay>>,
}

/// History of jumps and the current position in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Jumps {
    behind: Vec<Location>,
    ahead: Vec<Location>,
}

impl Jumps {
    /// Records the location that a jump starts from.
    pub(crate) fn push(&mut self, from: Location) {
        self.ahead.clear();
        if self.behind.last() != Some(&from) {
            self.behind.push(from);
        }
        if self.behind.len() > MOST {
            self.behind.remove(0);
        }
    }

    /// Removes the last location, because the jump did not happen.
    pub(crate) fn forget(&mut self) -> Option<Location> {
        self.behind.pop()
    }

    /// Returns the previous location and records `here` for going forward again.
    pub(crate) fn back(&mut self, here: Location) -> Option<Location> {
        let spot = self.behind.pop()?;
        self.ahead.push(here);
        Some(spot)
    }

    /// Returns the next location, from which the reader went back.
    pub(crate) fn forward(&mut self, here: Location) -> Option<Location> {
        let spot = self.ahead.pop()?;
        self.behind.push(here);
        Some(spot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(story: usize) -> Location {
        Location { story, anchor: None, selection: None, flash: None, kept: None, overlay: None }
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
