//! Card of a person, organisation or place, shown as a layer over the panes.

use crate::tui::rows::card::{CardLine, CardTarget};

/// Maximum width of a card, in columns.
pub(crate) const WIDTH: u16 = 64;

/// Card of an entity.
#[derive(Clone, Debug)]
pub(crate) struct Card {
    /// Index of the entity in the analysis of the story.
    pub(crate) entity: usize,
    /// Lines of the card.
    pub(crate) entries: Vec<CardLine>,
    /// Index of the selected line. If any line has a target, the selected line has one.
    pub(crate) selected: usize,
    /// Index of the first line in view.
    pub(crate) top: usize,
}

impl Card {
    /// Creates a card with these lines. Selects the first line with a target.
    #[must_use]
    pub(crate) fn new(entity: usize, entries: Vec<CardLine>) -> Self {
        let selected = entries.iter().position(|(_, target)| target.is_some()).unwrap_or(0);
        Self { entity, entries, selected, top: 0 }
    }

    /// Appends lines to the card.
    pub(crate) fn add(&mut self, entries: Vec<CardLine>) {
        self.entries.extend(entries);
    }

    /// Moves the selection by `steps` among the lines with a target; upwards if negative.
    pub(crate) fn step(&mut self, steps: isize) {
        let places = self.entries.iter().enumerate().filter(|(_, (_, target))| target.is_some());
        let places: Vec<usize> = places.map(|(line, _)| line).collect();
        let here = places.iter().position(|&line| line == self.selected).unwrap_or(0);
        let to = here.saturating_add_signed(steps).min(places.len().saturating_sub(1));
        self.selected = places.get(to).copied().unwrap_or(0);
    }

    /// Returns the target of the selected line, if it has one.
    #[must_use]
    pub(crate) fn target(&self) -> Option<CardTarget> {
        self.entries.get(self.selected)?.1
    }

    /// Scrolls the selected line into a viewport of `height` rows. If the line fits without scrolling, the card is at
    /// its top, so that the lines above the first target remain visible.
    pub(crate) fn lay_out(&mut self, height: usize) {
        let least = (self.selected + 1).saturating_sub(height.max(1));
        self.top = self.top.clamp(least, self.selected);
        if self.selected < height {
            self.top = 0;
        }
    }
}
