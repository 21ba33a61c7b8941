//! Fuzzy picker for commands, stories and people. The typed letters must match in order but need not be adjacent; the
//! best match comes first.

use crate::tui::action::Action;
use crate::tui::library_client::View;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// Maximum number of visible rows.
pub(crate) const ROWS: usize = 12;

/// Result of choosing an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Runs an action as if its key had been pressed.
    Act(Action),
    /// Theme, by index.
    Theme(usize),
    /// Story, by number.
    Story(usize),
    /// Entity of this story, by index.
    Entity(usize),
    /// Speaker of a quote: index of the quote and of the entity, or `None` for no speaker.
    Speaker(usize, Option<usize>),
    /// Merges an entity into another: its index, and that of the entity it becomes part of.
    Merge(usize, usize),
    /// Name in the library, by number.
    Name(i64),
    /// Entity of this story to look up in the library, by kind and name.
    Across(String, String),
    /// Encoding, by name.
    Encoding(&'static str),
    /// View of the library.
    View(View),
    /// Merges two names of the library.
    MergeNames(i64, i64),
}

/// Item to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PickerItem {
    /// Text that is matched and shown first.
    pub(crate) label: String,
    /// Text that is matched and shown after the label.
    pub(crate) note: String,
    /// Result of choosing it.
    pub(crate) choice: Choice,
}

/// Subject of a picker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PickerKind {
    /// Command, by name.
    Commands,
    /// Story, name, view or feed.
    GoTo,
    /// Encoding.
    Encoding,
    /// Speaker of a quote.
    Speaker,
    /// Entity of the story that a name also refers to.
    SameHere,
    /// Name in the library that a name also refers to.
    Same,
    /// Entity to follow across stories, if there are several candidates.
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
    /// Subject of the choice.
    pub(crate) topic: PickerKind,
    /// All items.
    pub(crate) items: Vec<PickerItem>,
    /// Indices of the matching items, the best first.
    pub(crate) hits: Vec<usize>,
    /// Index of the selected hit.
    pub(crate) selected: usize,
    /// Pattern that the hits match.
    typed: String,
}

impl Picker {
    /// Creates a picker with these items. All of them match as long as nothing is typed.
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
        // A longer pattern can only match a subset of the previous hits.
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
            // A match in the label counts for more than a match in the note.
            let score = label.map(|score| score * 2).or_else(|| {
                let whole = format!("{} {}", item.label, item.note);
                pattern.score(Utf32Str::new(&whole, &mut buffer), &mut matcher)
            });
            scored.extend(score.map(|score| (score, index)));
        }
        // Of equal scores, the shortest label is closest to the pattern: a name before a headline that contains it.
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
