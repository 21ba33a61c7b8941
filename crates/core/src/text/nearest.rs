//! Suggestions for a mistyped word.

/// Returns the word in `known` that is most similar to `word`, if it is similar enough to be the intended one.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|other| (distance(word, other), other))
        .filter(|&(far, _)| far <= 2 + word.len() / 4)
        .min()
        .map(|(_, other)| other)
}

/// Computes the Levenshtein distance of two words, in code points.
#[must_use]
pub fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().enumerate() {
        let mut diagonal = i;
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, &right) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found() {
        assert_eq!(nearest("timline", ["quotes", "timeline"].into_iter()), Some("timeline"));
        assert_eq!(nearest("zzzzzz", ["quotes", "timeline"].into_iter()), None);
    }
}
