//! Fuzzy picker for commands, stories, names and other items. An item matches if it contains the typed letters in
//! order, though not necessarily adjacent. The best match comes first.

use crate::tui::action::Action;
use crate::tui::library_messages::View;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// Maximum number of rows to show.
pub(crate) const ROWS: usize = 12;

/// Result of choosing an item in a picker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// Run an action as if its key had been pressed.
    Act(Action),
    /// Switch to the theme with this index.
    Theme(usize),
    /// Change a setting to a value. Carries the setting's name in commands and the value.
    Set(&'static str, &'static str),
    /// Open the story with this index.
    Story(usize),
    /// Go to the entity with this index in the open story.
    Entity(usize),
    /// Change the speaker of a quote. Carries the index of the quote, and the index of the entity or `None` for no
    /// speaker.
    Speaker(usize, Option<usize>),
    /// Merge an entity of the open story into another. Carries the index of the entity, and the index of the one that
    /// absorbs it.
    Merge(usize, usize),
    /// Show the profile of the name with this ID in the library.
    Name(i64),
    /// Look up an entity of the open story in the library, by type and name.
    Across(String, String),
    /// Reread the story in this encoding.
    Encoding(&'static str),
    /// Show a view of the library.
    View(View),
    /// Merge the happenings of two stories in the library, by the IDs of the stories.
    MergeStories(i64, i64),
    /// Merge two names of the library, by their IDs.
    MergeNames(i64, i64),
}

/// Item that a picker offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PickerItem {
    /// Text to match, shown on the left.
    pub(crate) label: String,
    /// Further text to match, shown after the label.
    pub(crate) note: String,
    /// Keys that have the same effect, shown in a separate column.
    pub(crate) keys: String,
    /// Effect of choosing the item.
    pub(crate) choice: Choice,
}

/// Kind of items that a picker offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PickerKind {
    /// Commands that a key can also run.
    Commands,
    /// Stories, names, views and feeds to go to.
    GoTo,
    /// Encodings in which to reread the story.
    Encoding,
    /// Entities that may be the speaker of a quote.
    Speaker,
    /// Entities of the open story to merge an entity with.
    SameHere,
    /// Names in the library to merge a name with.
    Same,
    /// Stories that may report the happening of another.
    SameStory,
    /// Entities to look up in the library, if more than one is possible.
    Across,
}

impl PickerKind {
    /// Returns the title to show above the items.
    #[must_use]
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Commands => "Commands",
            Self::GoTo => "Go to",
            Self::Encoding => "Encoding",
            Self::Speaker => "Who said it?",
            Self::SameHere | Self::Same | Self::SameStory => "Merge with",
            Self::Across => "Across the library",
        }
    }
}

/// Picker: a list of items that narrows as the user types.
#[derive(Clone, Debug)]
pub(crate) struct Picker {
    /// Kind of items that the picker offers.
    pub(crate) topic: PickerKind,
    /// All items, whether or not they match.
    pub(crate) items: Vec<PickerItem>,
    /// Indices of the matching items, best match first.
    pub(crate) hits: Vec<usize>,
    /// Index of the selected item among the matching ones.
    pub(crate) selected: usize,
    /// Index of the theme in use before the list previewed another.
    pub(crate) theme: usize,
    /// Pattern for which `hits` was computed.
    typed: String,
}

impl Picker {
    /// Creates a picker with these items. All of them match until the user types something.
    #[must_use]
    pub(crate) fn new(topic: PickerKind, items: Vec<PickerItem>) -> Self {
        let hits = (0..items.len()).collect();
        Self { topic, items, hits, selected: 0, theme: 0, typed: String::new() }
    }

    /// Appends items. The selection stays at the same position.
    pub(crate) fn extend(&mut self, items: Vec<PickerItem>) {
        let (typed, selected) = (std::mem::take(&mut self.typed), self.selected);
        self.items.extend(items);
        self.narrow(&typed);
        self.selected = selected.min(self.hits.len().saturating_sub(1));
    }

    /// Narrows the items to those that match the typed pattern.
    pub(crate) fn narrow(&mut self, typed: &str) {
        // A longer pattern can match only items that the shorter one matched.
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
            // Prefer a match in the label to a match in the note.
            let score = label.map(|score| score * 2).or_else(|| {
                let whole = format!("{} {}", item.label, item.note);
                pattern.score(Utf32Str::new(&whole, &mut buffer), &mut matcher)
            });
            scored.extend(score.map(|score| (score, index)));
        }
        // Among equal scores, prefer the shortest label, which is closest to the pattern: a name before a headline that
        // contains it.
        let length = |index: usize| self.items.get(index).map_or(0, |item| item.label.len());
        scored.sort_by_key(|&(score, index)| (std::cmp::Reverse(score), length(index), index));
        scored.into_iter().map(|(_, index)| index).collect()
    }

    /// Moves the selection by `steps` matching items, or upwards if negative.
    pub(crate) fn step(&mut self, steps: isize) {
        self.selected = self.selected.saturating_add_signed(steps).min(self.hits.len().saturating_sub(1));
    }

    /// Returns the selected item, if any item matches.
    #[must_use]
    pub(crate) fn item(&self) -> Option<&PickerItem> {
        self.items.get(*self.hits.get(self.selected)?)
    }

    /// Iterates over the matching items in a viewport of `rows` rows, and indicates which one is selected.
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
