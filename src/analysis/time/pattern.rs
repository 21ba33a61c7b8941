//! The language of `assets/times/patterns.txt`: a pattern written with groups, alternatives and
//! optional parts becomes the plain sequences that it stands for.

use std::collections::HashMap;

/// A plain sequence of class names and words.
pub type Sequence<'a> = Vec<&'a str>;

/// Named alternatives.
pub type Definitions<'a> = HashMap<&'a str, Vec<Sequence<'a>>>;

/// All sequences that a pattern stands for. A pattern that is no sentence of the language stands
/// for none; the tests see to it that there is no such pattern.
pub fn sequences<'a>(pattern: &'a str, definitions: &Definitions<'a>) -> Vec<Sequence<'a>> {
    let words = words(pattern);
    let mut reader = Reader { words: &words, at: 0, definitions };
    let all = reader.alternatives();
    if reader.at == words.len() { all } else { Vec::new() }
}

/// The words and marks of a pattern; `)?` is one mark.
fn words(pattern: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for chunk in pattern.split_whitespace() {
        let mut rest = chunk;
        while !rest.is_empty() {
            let length = match rest.as_bytes().first() {
                Some(b')') if rest.starts_with(")?") => 2,
                Some(b'(' | b')' | b'|') => 1,
                _ => rest.find(['(', ')', '|']).unwrap_or(rest.len()),
            };
            let (word, after) = rest.split_at(length);
            out.push(word);
            rest = after;
        }
    }
    out
}

/// Reads words from the left.
struct Reader<'a, 'b> {
    words: &'b [&'a str],
    at: usize,
    definitions: &'b Definitions<'a>,
}

impl<'a> Reader<'a, '_> {
    /// `a b | c`, up to a closing parenthesis or the end.
    fn alternatives(&mut self) -> Vec<Sequence<'a>> {
        let mut all = self.row();
        while self.words.get(self.at) == Some(&"|") {
            self.at += 1;
            all.extend(self.row());
        }
        all
    }

    /// One item after another.
    fn row(&mut self) -> Vec<Sequence<'a>> {
        let mut row: Vec<Sequence<'a>> = vec![Vec::new()];
        while let Some(word) = self.words.get(self.at).filter(|word| !matches!(**word, "|" | ")" | ")?")) {
            let (items, optional) = self.item(word);
            let mut longer: Vec<Sequence<'a>> = if optional { row.clone() } else { Vec::new() };
            for head in &row {
                longer.extend(items.iter().map(|tail| head.iter().chain(tail).copied().collect::<Sequence<'a>>()));
            }
            row = longer;
        }
        row
    }

    /// A group, a defined name, or a word; and whether it may be missing.
    fn item(&mut self, word: &'a str) -> (Vec<Sequence<'a>>, bool) {
        self.at += 1;
        if word == "(" {
            let inside = self.alternatives();
            let optional = self.words.get(self.at) == Some(&")?");
            self.at += 1;
            return (inside, optional);
        }
        let (name, optional) = match word.strip_suffix('?') {
            Some(name) if !name.is_empty() => (name, true),
            _ => (word, false),
        };
        (self.definitions.get(name).cloned().unwrap_or_else(|| vec![vec![name]]), optional)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pattern: &str) -> Vec<String> {
        let definitions = Definitions::from([("DAY", sequences("mon | tue", &Definitions::new()))]);
        sequences(pattern, &definitions).into_iter().map(|sequence| sequence.join(" ")).collect()
    }

    #[test]
    fn groups_alternatives_and_optional_parts_unfold() {
        assert_eq!(read("(the)? a | b"), ["a", "the a", "b"]);
        assert_eq!(read("x (a | b c)? y?"), ["x", "x a", "x b c", "x y", "x a y", "x b c y"]);
        assert_eq!(read("on DAY"), ["on mon", "on tue"]);
    }
}
