//! Ranges of numbers in queries, such as `>2` or `2..5`.

use std::fmt;

/// Range of numbers, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CountRange {
    /// Smallest number in the range.
    pub least: u32,
    /// Largest number in the range; `None` if there is no limit.
    pub most: Option<u32>,
}

impl CountRange {
    /// Parses a range as typed: `3`, `>2`, `>=3`, `<3`, `<=2`, `2..5`, `3..` or `..5`. Returns `None` if it is not one.
    pub(crate) fn parse(words: &str) -> Option<Self> {
        let from = |least: u32| Self { least, most: None };
        let up_to = |most: u32| Self { least: 0, most: Some(most) };
        if let Some((least, most)) = words.split_once("..") {
            return match (least, most) {
                ("", most) => most.parse().ok().map(up_to),
                (least, "") => least.parse().ok().map(from),
                (least, most) => Some(Self { least: least.parse().ok()?, most: Some(most.parse().ok()?) }),
            };
        }
        if let Some(least) = words.strip_prefix(">=") {
            return least.parse().ok().map(from);
        }
        if let Some(most) = words.strip_prefix("<=") {
            return most.parse().ok().map(up_to);
        }
        if let Some(before) = words.strip_prefix('>') {
            return before.parse::<u32>().ok()?.checked_add(1).map(from);
        }
        if let Some(after) = words.strip_prefix('<') {
            return after.parse::<u32>().ok()?.checked_sub(1).map(up_to);
        }
        words.parse().ok().map(|number| Self { least: number, most: Some(number) })
    }

    /// Returns whether a number is in the range.
    pub(crate) fn contains(self, number: u32) -> bool {
        number >= self.least && self.most.is_none_or(|most| number <= most)
    }
}

impl fmt::Display for CountRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (0, None) => f.write_str(">=0"),
            (least, None) => write!(f, ">{}", least - 1),
            (0, Some(most)) => write!(f, "<={most}"),
            (least, Some(most)) if least == most => write!(f, "{least}"),
            (least, Some(most)) => write!(f, "{least}..{most}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_parsed_and_printed() {
        for (typed, printed) in [
            ("3", "3"),
            (">2", ">2"),
            (">=3", ">2"),
            ("3..", ">2"),
            (">=0", ">=0"),
            ("<3", "<=2"),
            ("<=2", "<=2"),
            ("..2", "<=2"),
            ("2..5", "2..5"),
        ] {
            let range = CountRange::parse(typed).unwrap();
            assert_eq!(range.to_string(), printed);
            assert_eq!(CountRange::parse(printed), Some(range));
        }
        for wrong in ["", "many", ">", "<0", "-1", "2...5", "1.5", "..", "99999999999"] {
            assert_eq!(CountRange::parse(wrong), None, "{wrong}");
        }
        let range = CountRange::parse("2..5").unwrap();
        assert_eq!([1, 2, 5, 6].map(|number| range.contains(number)), [false, true, true, false]);
    }
}
