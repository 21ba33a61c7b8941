//! Parses the pattern language of `crates/analysis/assets/times/patterns.txt`. Patterns with groups, alternatives and
//! optional parts are expanded to plain sequences.

use foldhash::HashMap;

/// Plain sequence of class names and words, in the table's representation.
pub(super) type Sequence<T> = Vec<T>;

/// Named definitions, each with its alternatives.
pub(super) type Definitions<'a, T> = HashMap<&'a str, Vec<Sequence<T>>>;

/// Expands a pattern to all of its sequences. `intern` is called once per word of the pattern. A malformed pattern
/// expands to nothing, but tests ensure that no pattern is malformed.
pub(super) fn sequences<'a, T: Copy>(
    pattern: &'a str,
    definitions: &Definitions<'_, T>,
    intern: impl FnMut(&'a str) -> T,
) -> Vec<Sequence<T>> {
    let words = words(pattern);
    let mut reader = PatternParser { words: &words, at: 0, definitions, intern };
    let all = reader.alternatives();
    if reader.at == words.len() { all } else { Vec::new() }
}

/// Splits a pattern into words and operators. The operator `)?` is not split.
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

/// Recursive-descent parser over the words of a pattern.
struct PatternParser<'a, 'b, 'd, T, F> {
    words: &'b [&'a str],
    at: usize,
    definitions: &'b Definitions<'d, T>,
    intern: F,
}

impl<'a, T: Copy, F: FnMut(&'a str) -> T> PatternParser<'a, '_, '_, T, F> {
    /// Parses alternatives such as `a b | c`, up to a closing parenthesis or the end.
    fn alternatives(&mut self) -> Vec<Sequence<T>> {
        let mut all = self.row();
        while self.words.get(self.at) == Some(&"|") {
            self.at += 1;
            all.extend(self.row());
        }
        all
    }

    /// Parses a sequence of items.
    fn row(&mut self) -> Vec<Sequence<T>> {
        let mut row: Vec<Sequence<T>> = vec![Vec::new()];
        while let Some(word) = self.words.get(self.at).filter(|word| !matches!(**word, "|" | ")" | ")?")) {
            let (items, optional) = self.item(word);
            let mut longer: Vec<Sequence<T>> = if optional { row.clone() } else { Vec::new() };
            for head in &row {
                longer.extend(items.iter().map(|tail| head.iter().chain(tail).copied().collect::<Sequence<T>>()));
            }
            row = longer;
        }
        row
    }

    /// Parses a group, a defined name or a word. Returns its sequences and whether it is optional.
    fn item(&mut self, word: &'a str) -> (Vec<Sequence<T>>, bool) {
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
        let known = self.definitions.get(name).cloned();
        (known.unwrap_or_else(|| vec![vec![(self.intern)(name)]]), optional)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use foldhash::HashMapExt;

    fn read(pattern: &str) -> Vec<String> {
        let same = |word| word;
        let mut definitions = Definitions::new();
        definitions.insert("DAY", sequences("mon | tue", &Definitions::new(), same));
        sequences(pattern, &definitions, same).into_iter().map(|sequence| sequence.join(" ")).collect()
    }

    #[test]
    fn groups_alternatives_and_optional_parts_unfold() {
        assert_eq!(read("(the)? a | b"), ["a", "the a", "b"]);
        assert_eq!(read("x (a | b c)? y?"), ["x", "x a", "x b c", "x y", "x a y", "x b c y"]);
        assert_eq!(read("on DAY"), ["on mon", "on tue"]);
    }
}
