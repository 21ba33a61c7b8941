//! History of jumps, to go back and forward between locations.

use super::overlay::Overlay;
use crate::tui::analysis_view::Selection;
use crate::tui::library_messages::View;
use crate::tui::page::Anchor;
use dateline_core::text::Span;
use std::sync::Arc;

/// Maximum number of locations to go back to.
const MAX_JUMPS: usize = 200;

/// Location that a jump starts from or leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Location {
    /// Index of the story in the list.
    pub(crate) story: usize,
    /// Scroll position in the text.
    pub(crate) anchor: Option<Anchor>,
    /// Annotation that was selected.
    pub(crate) selection: Option<Selection>,
    /// Byte span to flash on arrival.
    pub(crate) flash: Option<Span>,
    /// View of the library that shows the story, and the ID of the story in the library.
    pub(crate) kept: Option<(View, i64)>,
    /// Full-screen page that was open, if any.
    pub(crate) overlay: Option<Arc<Overlay>>,
}

/// Locations before and after the current position in the history.
#[derive(Clone, Debug, Default)]
pub(crate) struct Jumps {
    past: Vec<Location>,
    future: Vec<Location>,
}

impl Jumps {
    /// Records the location that a jump starts from. Discards the locations to go forward to.
    pub(crate) fn push(&mut self, from: Location) {
        self.future.clear();
        if self.past.last() != Some(&from) {
            self.past.push(from);
        }
        if self.past.len() > MAX_JUMPS {
            self.past.remove(0);
        }
    }

    /// Discards and returns the last recorded location, after a jump that did not take place.
    pub(crate) fn forget(&mut self) -> Option<Location> {
        self.past.pop()
    }

    /// Returns the location to go back to. Records `here` as the location to go forward to.
    pub(crate) fn back(&mut self, here: Location) -> Option<Location> {
        let location = self.past.pop()?;
        self.future.push(here);
        Some(location)
    }

    /// Returns the location to go forward to. Records `here` as the location to go back to.
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
