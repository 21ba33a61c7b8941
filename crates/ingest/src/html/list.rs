//! Numbers the items of ordered lists as a browser displays them.

use dom_query::NodeRef;

/// Largest number that can be written as a Roman numeral.
const MAX_ROMAN: i32 = 3999;
/// Values and symbols of Roman numerals, largest first.
const ROMAN: [(i32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];
/// Elements too large for an item of a numbered list in running text. Lists with such items contain posts, teasers or
/// other boxes of the page.
const BOXES: [&str; 10] = ["div", "article", "section", "header", "footer", "h2", "h3", "h4", "figure", "form"];

/// An ordered list whose items are being numbered.
#[derive(Clone)]
pub(super) struct Ordered {
    next: i32,
    step: i32,
    /// Numbering style from the attribute `type`: `1`, `a`, `A`, `i` or `I`.
    style: char,
}

impl Ordered {
    /// Reads the start number and the style of an `ol` element.
    pub(super) fn new(list: &NodeRef<'_>) -> Self {
        let number = |name: &str| list.attr(name).and_then(|value| value.trim().parse::<i32>().ok());
        let items = || list.element_children().iter().filter(|child| child.has_name("li")).count();
        let reversed = list.has_attr("reversed");
        let first = if reversed { i32::try_from(items()).unwrap_or(1) } else { 1 };
        Self {
            next: number("start").unwrap_or(first),
            step: if reversed { -1 } else { 1 },
            style: list.attr("type").and_then(|style| style.trim().chars().next()).unwrap_or('1'),
        }
    }

    /// Returns the marker of the next item, such as `4.` or `b.`, and increments the number. Returns `None` if the item
    /// contains a box of the page.
    pub(super) fn marker(&mut self, item: &NodeRef<'_>) -> Option<String> {
        let number = item.attr("value").and_then(|value| value.trim().parse().ok()).unwrap_or(self.next);
        self.next = number.saturating_add(self.step);
        let boxed = item.element_children().iter().any(|child| BOXES.iter().any(|name| child.has_name(name)));
        (!boxed).then(|| format!("{}.", written(number, self.style)))
    }
}

/// Formats a number in the style of a list, or in digits if the style cannot express it.
fn written(number: i32, style: char) -> String {
    let small = match style {
        'a' | 'A' if number > 0 => letters(number),
        'i' | 'I' if (1..=MAX_ROMAN).contains(&number) => roman(number),
        _ => return number.to_string(),
    };
    if style.is_uppercase() { small.to_uppercase() } else { small }
}

/// Formats a number as letters: `a` to `z`, then `aa`, `ab` and so on.
fn letters(number: i32) -> String {
    let mut out = Vec::new();
    let mut rest = u32::try_from(number).unwrap_or(0);
    while rest > 0 {
        out.extend(char::from_digit((rest - 1) % 26 + 10, 36));
        rest = (rest - 1) / 26;
    }
    out.into_iter().rev().collect()
}

/// Formats a number as a lower-case Roman numeral.
fn roman(number: i32) -> String {
    let mut rest = number;
    let mut out = String::new();
    for (value, numeral) in ROMAN {
        while rest >= value {
            out.push_str(numeral);
            rest -= value;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_the_styles_of_lists() {
        let all = |style| [1, 4, 27, 1994].map(|number| written(number, style));
        assert_eq!(all('1'), ["1", "4", "27", "1994"]);
        assert_eq!(all('i'), ["i", "iv", "xxvii", "mcmxciv"]);
        assert_eq!(all('A'), ["A", "D", "AA", "BXR"]);
        assert_eq!((written(0, 'a'), written(4000, 'I'), written(-2, 'i')), ("0".into(), "4000".into(), "-2".into()));
        assert_eq!((letters(26), letters(i32::MAX).len()), ("z".to_owned(), 7));
    }
}
