//! The card of a person, organisation or place, shown over the screen.

use crate::tui::rows::card::{Entry, Target};

/// Columns that a card takes at most.
pub const WIDTH: u16 = 64;

/// The card.
#[derive(Clone, Debug)]
pub struct Card {
    /// Index of the entity.
    pub entity: usize,
    /// Its lines.
    pub entries: Vec<Entry>,
    /// The line that is selected: one that leads somewhere.
    pub selected: usize,
    /// The first line in view.
    pub top: usize,
}

impl Card {
    /// A card of these lines; the first that leads somewhere is selected.
    #[must_use]
    pub fn new(entity: usize, entries: Vec<Entry>) -> Self {
        let selected = entries.iter().position(|(_, target)| target.is_some()).unwrap_or(0);
        Self { entity, entries, selected, top: 0 }
    }

    /// Adds lines at the end.
    pub fn add(&mut self, entries: Vec<Entry>) {
        self.entries.extend(entries);
    }

    /// Selects another line that leads somewhere, `steps` of them on.
    pub fn step(&mut self, steps: isize) {
        let places = self.entries.iter().enumerate().filter(|(_, (_, target))| target.is_some());
        let places: Vec<usize> = places.map(|(line, _)| line).collect();
        let here = places.iter().position(|&line| line == self.selected).unwrap_or(0);
        let to = here.saturating_add_signed(steps).min(places.len().saturating_sub(1));
        self.selected = places.get(to).copied().unwrap_or(0);
    }

    /// Where the selected line leads.
    #[must_use]
    pub fn target(&self) -> Option<Target> {
        self.entries.get(self.selected)?.1
    }

    /// Puts the selected line in view of `height` rows; the lines above the first place stay in view with it.
    pub fn settle(&mut self, height: usize) {
        let least = (self.selected + 1).saturating_sub(height.max(1));
        self.top = self.top.clamp(least, self.selected);
        if self.selected < height {
            self.top = 0;
        }
    }
}
