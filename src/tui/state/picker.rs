//! Choosing one of many by a few letters: commands, stories, people. Letters match in order and
//! need not stand together; the best match comes first.

use crate::tui::action::Action;
use crate::tui::shelf::View;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// Rows that are kept in view.
pub const ROWS: usize = 12;

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// An action, as if its key were pressed.
    Act(Action),
    /// A theme, by its index.
    Theme(usize),
    /// A story, by its number.
    Story(usize),
    /// Somebody or something in this story, by index.
    Entity(usize),
    /// The speaker of a quote: index of the quote, and of the entity, or nobody.
    Speaker(usize, Option<usize>),
    /// An entity that is the same as another: that, and the one it is to be part of.
    Merge(usize, usize),
    /// Somebody in the library, by number.
    Name(i64),
    /// Somebody of this story, by kind and name.
    Across(String, String),
    /// An encoding, by its name.
    Encoding(&'static str),
    /// A view of the library.
    View(View),
    /// Two names of the library are one.
    MergeNames(i64, i64),
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is matched and shown first.
    pub label: String,
    /// What is matched and shown behind it.
    pub note: String,
    /// What it stands for.
    pub choice: Choice,
}

/// What is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// A command by its name.
    Commands,
    /// A story, a name, a view or a feed.
    GoTo,
    /// An encoding.
    Encoding,
    /// Who said a quote.
    Speaker,
    /// Whom a name of the story stands for too.
    SameHere,
    /// Whom a name of the library stands for too.
    Same,
    /// Of several who are meant, the one to be followed across stories.
    Across,
}

impl Topic {
    /// What stands above the list.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Commands => "Commands",
            Self::GoTo => "Go to",
            Self::Encoding => "Read its characters as",
            Self::Speaker => "Who said it?",
            Self::SameHere | Self::Same => "The same as",
            Self::Across => "Across stories",
        }
    }
}

/// A list to choose from.
#[derive(Clone, Debug)]
pub struct Picker {
    /// What is chosen.
    pub topic: Topic,
    /// Everything that can be chosen.
    pub items: Vec<Item>,
    /// The items that match, the best first.
    pub hits: Vec<usize>,
    /// The selected one of the hits.
    pub selected: usize,
    /// What the hits match.
    typed: String,
}

impl Picker {
    /// A list of these items, all of which match as nothing is typed.
    #[must_use]
    pub fn new(topic: Topic, items: Vec<Item>) -> Self {
        let hits = (0..items.len()).collect();
        Self { topic, items, hits, selected: 0, typed: String::new() }
    }

    /// More to choose from, behind what is there; what is selected stays so.
    pub fn extend(&mut self, items: Vec<Item>) {
        let (typed, selected) = (std::mem::take(&mut self.typed), self.selected);
        self.items.extend(items);
        self.narrow(&typed);
        self.selected = selected.min(self.hits.len().saturating_sub(1));
    }

    /// Keeps what matches the typed letters.
    pub fn narrow(&mut self, typed: &str) {
        // What matches more letters is among what matches fewer.
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
            // What the label says counts for more than what the note says.
            let score = label.map(|score| score * 2).or_else(|| {
                let whole = format!("{} {}", item.label, item.note);
                pattern.score(Utf32Str::new(&whole, &mut buffer), &mut matcher)
            });
            scored.extend(score.map(|score| (score, index)));
        }
        // Of what matches alike the shortest is nearest to what was typed: a name before a headline with the name.
        let length = |index: usize| self.items.get(index).map_or(0, |item| item.label.len());
        scored.sort_by_key(|&(score, index)| (std::cmp::Reverse(score), length(index), index));
        scored.into_iter().map(|(_, index)| index).collect()
    }

    /// Selects another hit, `steps` on.
    pub fn step(&mut self, steps: isize) {
        self.selected = self.selected.saturating_add_signed(steps).min(self.hits.len().saturating_sub(1));
    }

    /// The selected item.
    #[must_use]
    pub fn item(&self) -> Option<&Item> {
        self.items.get(*self.hits.get(self.selected)?)
    }

    /// The hits in `rows` rows of the window around the selected one, each with whether it is that.
    pub fn window(&self, rows: usize) -> impl Iterator<Item = (&Item, bool)> {
        let top = (self.selected + 1).saturating_sub(rows);
        let shown = self.hits.iter().enumerate().skip(top).take(rows);
        shown.filter_map(|(row, &index)| Some((self.items.get(index)?, row == self.selected)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker(labels: &[&str]) -> Picker {
        let item = |(number, label): (usize, &&str)| Item {
            label: (*label).to_owned(),
            note: String::new(),
            choice: Choice::Story(number),
        };
        Picker::new(Topic::GoTo, labels.iter().enumerate().map(item).collect())
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
