//! The language of `crates/analysis/assets/times/patterns.txt`: a pattern written with groups, alternatives and
//! optional parts becomes the plain sequences that it stands for.

use foldhash::HashMap;

/// A plain sequence of class names and words, each as the table knows it.
pub(super) type Sequence<T> = Vec<T>;

/// Named alternatives.
pub(super) type Definitions<'a, T> = HashMap<&'a str, Vec<Sequence<T>>>;

/// All sequences that a pattern stands for, each word taken in by `intern` once. A pattern that is
/// no sentence of the language stands for none; the tests see to it that there is no such pattern.
pub(super) fn sequences<'a, T: Copy>(
    pattern: &'a str,
    definitions: &Definitions<'_, T>,
    intern: impl FnMut(&'a str) -> T,
) -> Vec<Sequence<T>> {
    let words = words(pattern);
    let mut reader = Reader { words: &words, at: 0, definitions, intern };
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
struct Reader<'a, 'b, 'd, T, F> {
    words: &'b [&'a str],
    at: usize,
    definitions: &'b Definitions<'d, T>,
    intern: F,
}

impl<'a, T: Copy, F: FnMut(&'a str) -> T> Reader<'a, '_, '_, T, F> {
    /// `a b | c`, up to a closing parenthesis or the end.
    fn alternatives(&mut self) -> Vec<Sequence<T>> {
        let mut all = self.row();
        while self.words.get(self.at) == Some(&"|") {
            self.at += 1;
            all.extend(self.row());
        }
        all
    }

    /// One item after another.
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

    /// A group, a defined name, or a word; and whether it may be missing.
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
