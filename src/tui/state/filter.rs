//! Keeping the rows that hold every typed word: one way for the list and the panels alike.

/// Typed words. Letter case counts only if one of them holds a capital.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    words: Vec<String>,
    cased: bool,
}

impl Filter {
    /// The filter of these words; without any it keeps everything.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let cased = typed.chars().any(char::is_uppercase);
        Self { words: typed.split_whitespace().map(str::to_owned).collect(), cased }
    }

    /// Whether it keeps everything.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether a row of these words is kept.
    #[must_use]
    pub fn keeps(&self, row: &str) -> bool {
        if self.is_empty() {
            return true;
        }
        let all = |row: &str| self.words.iter().all(|word| row.contains(word.as_str()));
        if self.cased { all(row) } else { all(&row.to_lowercase()) }
    }

    /// The words as they were typed.
    #[must_use]
    pub fn typed(&self) -> String {
        self.words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_be_there_in_any_order() {
        let filter = Filter::new("bridge old");
        assert!(filter.keeps("The Old Bridge"));
        assert!(!filter.keeps("The new bridge"));
        assert!(!Filter::new("Bridge").keeps("the bridge"));
        assert!(Filter::new(" ").keeps("anything"));
    }
}
