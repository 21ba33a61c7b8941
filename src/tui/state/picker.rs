//! Fuzzy picker for commands, stories, names and other items. The typed letters must match in order but need not be
//! adjacent; the best match comes first.

use crate::tui::action::Action;
use crate::tui::library_client::View;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// Maximum number of visible rows.
pub(crate) const ROWS: usize = 12;

/// Result of choosing an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Run an action as if its key had been pressed.
    Act(Action),
    /// Switch to the theme with this index.
    Theme(usize),
    /// Open the story with this index.
    Story(usize),
    /// Go to the entity of this story with this index.
    Entity(usize),
    /// Change the speaker of a quote: index of the quote, and index of the entity or `None` for no speaker.
    Speaker(usize, Option<usize>),
    /// Merge an entity into another: its index, and the index of the entity that absorbs it.
    Merge(usize, usize),
    /// Show the profile of the name with this ID in the library.
    Name(i64),
    /// Look up an entity of this story in the library, by kind and name.
    Across(String, String),
    /// Reread the story in this encoding.
    Encoding(&'static str),
    /// Show a view of the library.
    View(View),
    /// Merge two names of the library, by their IDs.
    MergeNames(i64, i64),
}

/// Item that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PickerItem {
    /// Text to match, shown first.
    pub(crate) label: String,
    /// Text to match, shown after the label.
    pub(crate) note: String,
    /// Keys that do the same, in a column of their own.
    pub(crate) keys: String,
    /// Result of choosing the item.
    pub(crate) choice: Choice,
}

/// Kind of item that a picker offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PickerKind {
    /// Commands, by name.
    Commands,
    /// Stories, names, views and feeds.
    GoTo,
    /// Encodings.
    Encoding,
    /// Speakers for a quote.
    Speaker,
    /// Entities of the story with which to merge an entity.
    SameHere,
    /// Names in the library with which to merge a name.
    Same,
    /// Entities to look up across stories, if there are several candidates.
    Across,
}

impl PickerKind {
    /// Returns the title above the list.
    #[must_use]
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Commands => "Commands",
            Self::GoTo => "Go to",
            Self::Encoding => "Encoding",
            Self::Speaker => "Who said it?",
            Self::SameHere | Self::Same => "Merge with",
            Self::Across => "Across the library",
        }
    }
}

/// List to choose from.
#[derive(Clone, Debug)]
pub(crate) struct Picker {
    /// Kind of item being chosen.
    pub(crate) topic: PickerKind,
    /// All items.
    pub(crate) items: Vec<PickerItem>,
    /// Indices of the matching items, best first.
    pub(crate) hits: Vec<usize>,
    /// Index of the selected hit.
    pub(crate) selected: usize,
    /// Pattern that the hits match.
    typed: String,
}

impl Picker {
    /// Creates a picker with these items. All of them match until something is typed.
    #[must_use]
    pub(crate) fn new(topic: PickerKind, items: Vec<PickerItem>) -> Self {
        let hits = (0..items.len()).collect();
        Self { topic, items, hits, selected: 0, typed: String::new() }
    }

    /// Appends items and keeps the selection.
    pub(crate) fn extend(&mut self, items: Vec<PickerItem>) {
        let (typed, selected) = (std::mem::take(&mut self.typed), self.selected);
        self.items.extend(items);
        self.narrow(&typed);
        self.selected = selected.min(self.hits.len().saturating_sub(1));
    }

    /// Narrows the hits to the items that match the typed letters.
    pub(crate) fn narrow(&mut self, typed: &str) {
        // A longer pattern can match only a subset of the previous hits.
        let longer = typed.starts_with(&self.typed) && !self.typed.is_empty();
        let among = if longer { std::mem::take(&mut self.hits) } else { (0..self.items.len()).collect() };
        typed.clone_into(&mut self.typed);
        self.selected = 0;
        self.hits = if typed.trim().is_empty() { (0..self.items.len()).collect() } else { self.scored(typed, &among) };
    }

    fn scored(&self, typed: &str, among: &[usize]) -> Vec<usize> {
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::parse(typed, CaseMatching::Smart, Normalization::Smart);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for &index in among {
            let Some(item) = self.items.get(index) else { continue };
            let label = pattern.score(Utf32Str::new(&item.label, &mut buffer), &mut matcher);
            // A match in the label counts more than a match in the note.
            let score = label.map(|score| score * 2).or_else(|| {
                let whole = format!("{} {}", item.label, item.note);
                pattern.score(Utf32Str::new(&whole, &mut buffer), &mut matcher)
            });
            scored.extend(score.map(|score| (score, index)));
        }
        // Among equal scores, the shortest label is closest to the pattern: a name before a headline that contains it.
        let length = |index: usize| self.items.get(index).map_or(0, |item| item.label.len());
        scored.sort_by_key(|&(score, index)| (std::cmp::Reverse(score), length(index), index));
        scored.into_iter().map(|(_, index)| index).collect()
    }

    /// Moves the selection by `steps` hits.
    pub(crate) fn step(&mut self, steps: isize) {
        self.selected = self.selected.saturating_add_signed(steps).min(self.hits.len().saturating_sub(1));
    }

    /// Returns the selected item.
    #[must_use]
    pub(crate) fn item(&self) -> Option<&PickerItem> {
        self.items.get(*self.hits.get(self.selected)?)
    }

    /// Iterates over the `rows` hits in the viewport around the selected one, each with whether it is selected.
    pub(crate) fn window(&self, rows: usize) -> impl Iterator<Item = (&PickerItem, bool)> {
        let top = (self.selected + 1).saturating_sub(rows);
        let shown = self.hits.iter().enumerate().skip(top).take(rows);
        shown.filter_map(|(row, &index)| Some((self.items.get(index)?, row == self.selected)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker(labels: &[&str]) -> Picker {
        let item = |(number, label): (usize, &&str)| PickerItem {
            label: (*label).to_owned(),
            note: String::new(),
            keys: String::new(),
            choice: Choice::Story(number),
        };
        Picker::new(PickerKind::GoTo, labels.iter().enumerate().map(item).collect())
    }

    #[test]
    fn a_few_letters_in_order_are_enough() {
        let mut picker = picker(&["Snow closes the pass", "Old weir at Tarn Bridge", "Tram brakes fail"]);
        picker.narrow("trnbr");
        assert_eq!(picker.item().map(|item| item.label.as_str()), Some("Old weir at Tarn Bridge"));
        picker.narrow("trnbrxx");
        assert!(picker.item().is_none());
        picker.narrow("");
        assert_eq!(picker.hits.len(), 3);
    }
}
