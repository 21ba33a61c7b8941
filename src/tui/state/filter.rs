//! Filters rows by typed words, in the list and in the panels. A row must contain all of them.

/// Words to match, in any order. Matching is case-sensitive only if one of them contains a capital letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    words: Vec<String>,
    cased: bool,
}

impl Filter {
    /// Creates a filter from typed text. A text without words matches every row.
    #[must_use]
    pub(crate) fn new(typed: &str) -> Self {
        let cased = typed.chars().any(char::is_uppercase);
        Self { words: typed.split_whitespace().map(str::to_owned).collect(), cased }
    }

    /// Returns whether the filter has no words and matches every row.
    #[must_use]
    pub(crate) const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns whether a row with this text matches.
    #[must_use]
    pub(crate) fn matches(&self, row: &str) -> bool {
        if self.is_empty() {
            return true;
        }
        let all = |row: &str| self.words.iter().all(|word| row.contains(word.as_str()));
        if self.cased { all(row) } else { all(&row.to_lowercase()) }
    }

    /// Returns the words of the filter as typed.
    #[must_use]
    pub(crate) fn typed(&self) -> String {
        self.words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_be_there_in_any_order() {
        let filter = Filter::new("bridge old");
        assert!(filter.matches("The Old Bridge"));
        assert!(!filter.matches("The new bridge"));
        assert!(!Filter::new("Bridge").matches("the bridge"));
        assert!(Filter::new(" ").matches("anything"));
    }
}
