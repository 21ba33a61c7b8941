//! Phrases that are typical of boilerplate, as in share bars, cookie notices and footers.

use dateline_core::article::Boilerplate;
use foldhash::HashMap;
use std::sync::LazyLock;

/// Number of bytes to search in a line, from its start. Boilerplate phrases come early in a line.
const MAX_MATCHED_BYTES: usize = 400;

/// Minimum length in bytes of a line of prose, which must also end like a sentence.
const PROSE: usize = 60;

/// Where in a line a phrase has to occur, ordered from the weakest evidence of boilerplate to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// The phrase may be anywhere in the line.
    Has,
    /// The phrase must end the line.
    Ends,
    /// The phrase must begin the line.
    Starts,
    /// The phrase must be the whole line.
    Is,
}

/// Boilerplate phrases, indexed by their first word.
#[derive(Debug, Default)]
struct Phrases(HashMap<&'static str, Vec<(&'static str, Fit, Boilerplate)>>);

static PHRASES: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::parse(include_str!("../../assets/lexicon/boilerplate_phrases.txt")));

impl Phrases {
    fn parse(list: &'static str) -> Self {
        let mut phrases = Self::default();
        for line in list.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            let (Some(kind), Some(fit), Some(phrase)) = (fields.next(), fields.next(), fields.next()) else { continue };
            let (Some(kind), Some(fit)) = (kind_named(kind), fit_named(fit)) else { continue };
            let first = phrase.split(' ').next().unwrap_or_default();
            phrases.0.entry(first).or_default().push((phrase, fit, kind));
        }
        phrases
    }
}

fn kind_named(name: &str) -> Option<Boilerplate> {
    Some(match name {
        "navigation" => Boilerplate::Navigation,
        "share" => Boilerplate::Share,
        "related" => Boilerplate::Related,
        "newsletter" => Boilerplate::Newsletter,
        "cookies" => Boilerplate::Cookies,
        "comments" => Boilerplate::Comments,
        "advertisement" => Boilerplate::Advertisement,
        "footer" => Boilerplate::Footer,
        "furniture" => Boilerplate::Furniture,
        _ => return None,
    })
}

fn fit_named(name: &str) -> Option<Fit> {
    Some(match name {
        "is" => Fit::Is,
        "starts" => Fit::Starts,
        "ends" => Fit::Ends,
        "has" => Fit::Has,
        _ => return None,
    })
}

/// Boilerplate phrases found in a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hits {
    /// Position and kind of the phrase that is the strongest evidence of boilerplate.
    pub best: Option<(Fit, Boilerplate)>,
    /// Number of matching phrases, of any kind.
    pub count: usize,
}

/// Finds the boilerplate phrases in a line.
#[must_use]
pub(crate) fn hits(line: &str) -> Hits {
    let mut end = line.len().min(MAX_MATCHED_BYTES);
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let words = plain(&line[..end]);
    let whole = end == line.len();
    let closed = line.trim_end().ends_with(['.', '"', '”', '’']);
    let prose = closed && words.len() > PROSE;
    let mut hits = Hits::default();
    let mut at = 0;
    for word in words.split(' ') {
        for &(phrase, fit, kind) in PHRASES.0.get(word).map_or(&[][..], Vec::as_slice) {
            let Some(rest) = words.get(at..).and_then(|here| here.strip_prefix(phrase)) else { continue };
            let fits = match fit {
                Fit::Has => rest.is_empty() || rest.starts_with(' '),
                Fit::Ends => rest.is_empty() && whole && words.len() < 80,
                // In a sentence such as "Similar closures were halted by the court.", the first word does not open a
                // list of links.
                Fit::Starts if prose && !phrase.contains(' ') => false,
                Fit::Starts => at == 0 && (rest.is_empty() || rest.starts_with(' ')),
                Fit::Is => at == 0 && rest.is_empty() && whole,
            };
            if fits {
                hits.count += 1;
                if hits.best.is_none_or(|(best, _)| fit > best) {
                    hits.best = Some((fit, kind));
                }
            }
        }
        at += word.len() + 1;
    }
    hits
}

/// Returns the words of a text in lower case, separated by single spaces.
#[must_use]
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for letter in text.chars() {
        if !letter.is_alphanumeric() {
            blank = true;
            continue;
        }
        if std::mem::take(&mut blank) && !out.is_empty() {
            out.push(' ');
        }
        // Fast path, since nearly all text is ASCII.
        if letter.is_ascii() {
            out.push(letter.to_ascii_lowercase());
        } else {
            out.extend(letter.to_lowercase());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(line: &str) -> Option<Boilerplate> {
        hits(line).best.map(|(_, kind)| kind)
    }

    #[test]
    fn page_furniture_is_known_by_its_words() {
        assert_eq!(kind("Share this:"), Some(Boilerplate::Share));
        assert_eq!(kind("We use cookies to improve your visit."), Some(Boilerplate::Cookies));
        assert_eq!(kind("12 Comments"), Some(Boilerplate::Comments));
        assert_eq!(kind("READ MORE: Ferry sinks"), Some(Boilerplate::Related));
        assert_eq!(kind("© 2024 Eastmouth Echo. All rights reserved."), Some(Boilerplate::Footer));
    }

    #[test]
    fn the_same_words_inside_a_sentence_are_not_boilerplate() {
        assert_eq!(kind("He said the share of homes without heat had doubled."), None);
        assert_eq!(kind("The world is watching, she said."), None);
        assert_eq!(kind("Similar closures in Ashdene were halted by the High Court two years ago."), None);
    }

    #[test]
    fn every_line_of_the_list_is_read() {
        let listed = include_str!("../../assets/lexicon/boilerplate_phrases.txt")
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .count();
        assert_eq!(PHRASES.0.values().map(Vec::len).sum::<usize>(), listed);
    }
}
