//! History of jumps: the locations to return to.

use super::overlay::Overlay;
use crate::tui::analysis_view::Selection;
use crate::tui::library_client::View;
use crate::tui::page::Anchor;
use dateline_core::text::Span;
use std::sync::Arc;

/// Maximum number of locations to remember.
const MAX_JUMPS: usize = 200;

/// Location in a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Location {
    /// Index of the story.
    pub(crate) story: usize,
    /// Scroll position.
    pub(crate) anchor: Option<Anchor>,
    /// Selection.
    pub(crate) selection: Option<Selection>,
    /// Span to flash.
    pub(crate) flash: Option<Span>,
    /// View of the library that shows the story, and the story's ID in the library.
    pub(crate) kept: Option<(View, i64)>,
    /// Full-screen page that was open.
    pub(crate) overlay: Option<Arc<Overlay>>,
}

/// History of jumps, split at the current position.
#[derive(Clone, Debug, Default)]
pub(crate) struct Jumps {
    past: Vec<Location>,
    future: Vec<Location>,
}

impl Jumps {
    /// Records the location where a jump starts.
    pub(crate) fn push(&mut self, from: Location) {
        self.future.clear();
        if self.past.last() != Some(&from) {
            self.past.push(from);
        }
        if self.past.len() > MAX_JUMPS {
            self.past.remove(0);
        }
    }

    /// Discards the last recorded location, for a jump that did not take place.
    pub(crate) fn forget(&mut self) -> Option<Location> {
        self.past.pop()
    }

    /// Returns the previous location and records `here` as the one to go forward to.
    pub(crate) fn back(&mut self, here: Location) -> Option<Location> {
        let location = self.past.pop()?;
        self.future.push(here);
        Some(location)
    }

    /// Returns the location that the user went back from, and records `here` as the one to go back to.
    pub(crate) fn forward(&mut self, here: Location) -> Option<Location> {
        let location = self.future.pop()?;
        self.past.push(here);
        Some(location)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(story: usize) -> Location {
        Location { story, anchor: None, selection: None, flash: None, kept: None, overlay: None }
    }

    #[test]
    fn back_and_forward_lead_over_the_same_places() {
        let mut jumps = Jumps::default();
        jumps.push(location(1));
        jumps.push(location(2));
        assert_eq!(jumps.back(location(3)), Some(location(2)));
        assert_eq!(jumps.back(location(2)), Some(location(1)));
        assert_eq!(jumps.back(location(1)), None);
        assert_eq!(jumps.forward(location(1)), Some(location(2)));
        jumps.push(location(9));
        assert_eq!(jumps.forward(location(2)), None);
    }
}
