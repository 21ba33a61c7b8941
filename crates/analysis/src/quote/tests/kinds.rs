//! Checks the stories of `kinds.txt`, a few for each kind of attribution.

use crate::testing::kinds::{self, Story};
use crate::{Polarity, Quote};

fn stories() -> Vec<Story> {
    kinds::stories(include_str!("kinds.txt"), &['=', '~', '!'])
}

/// Returns reported words without a leading "that" and without final punctuation.
fn bare(words: &str) -> &str {
    let words = words.trim_end_matches(['.', ',', '!', '?']);
    words.strip_prefix("that ").unwrap_or(words)
}

/// Returns whether `quotes`, found in `text`, meet the expectation in `line`.
fn holds(line: &str, text: &str, quotes: &[Quote]) -> bool {
    let rest = &line[2..];
    if line.starts_with('!') {
        return !quotes.iter().any(|quote| quote.span.of(text).contains(rest));
    }
    let (who, words) = rest.split_once(": ").expect("a speaker and words");
    quotes.iter().any(|quote| {
        let name = quote.speaker.as_ref().map_or("-", |speaker| speaker.name.as_str());
        let said = quote.polarity == Polarity::Said;
        bare(quote.span.of(text)) == bare(words)
            && name.to_lowercase().contains(&who.to_lowercase())
            && said == line.starts_with('=')
    })
}

#[test]
fn stories_of_every_kind_are_read_right() {
    let wrong = kinds::wrong(&stories(), |line, text, analysis| holds(line, text, &analysis.quotes));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn few_expectations_are_known_to_fail() {
    let stories = stories();
    let expected = stories.iter().flat_map(|story| &story.expected);
    let (open, all) = (expected.clone().filter(|it| it.open).count(), expected.count());
    assert!(all > 100 && open * 8 < all, "{open} of {all}");
}
