//! Checks the stories of `kinds.txt`, a few for each kind of attribution.

use crate::testing::ANALYZER;
use crate::{Options, Polarity, Quote};
use dateline_core::article::Article;

/// Expectation about the quotations of a story.
struct Expectation {
    /// Line of the file, for messages.
    line: &'static str,
    /// Whether the program is known not to meet the expectation.
    open: bool,
}

/// Story with its expectations.
struct Story {
    text: String,
    expected: Vec<Expectation>,
}

fn stories() -> Vec<Story> {
    let mut out: Vec<Story> = Vec::new();
    for line in include_str!("kinds.txt").lines() {
        match line.chars().next() {
            Some('>') => out.push(Story { text: line[2..].replace('/', "\n\n"), expected: Vec::new() }),
            Some('=' | '~' | '!' | '?') => {
                let open = line.starts_with('?');
                let story = out.last_mut().expect("a story before its expectations");
                story.expected.push(Expectation { line: line.trim_start_matches(['?', ' ']), open });
            }
            _ => {}
        }
    }
    out
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
    let mut wrong = Vec::new();
    for story in stories() {
        let quotes = ANALYZER.analyze(&Article::verbatim("k", story.text.as_str()), &Options::default()).quotes;
        let differs = story.expected.iter().filter(|it| holds(it.line, &story.text, &quotes) == it.open);
        wrong.extend(
            differs
                .map(|it| format!("{} {} in {}", if it.open { "now right:" } else { "wrong:" }, it.line, story.text)),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn few_expectations_are_known_to_fail() {
    let stories = stories();
    let expected = stories.iter().flat_map(|story| &story.expected);
    let (open, all) = (expected.clone().filter(|it| it.open).count(), expected.count());
    assert!(all > 100 && open * 8 < all, "{open} of {all}");
}
