//! Reads and checks the stories of a `kinds.txt`: lines with `>` are stories, in which `/` separates paragraphs, the lines
//! after a story are expectations, and all other lines are headings. The first character of an expectation says what is
//! expected; `?` before it marks one that the program is known not to meet.

use super::ANALYZER;
use crate::{Analysis, Options};
use dateline_core::article::Article;

/// Expectation about the annotations of a story.
pub(crate) struct Expectation {
    /// Line of the file after the mark `?`.
    line: &'static str,
    /// Whether the program is known not to meet the expectation.
    pub(crate) open: bool,
}

/// Story with its expectations.
pub(crate) struct Story {
    text: String,
    pub(crate) expected: Vec<Expectation>,
}

/// Returns the stories of a file. `signs` are the characters that an expectation can begin with, except `?`.
pub(crate) fn stories(file: &'static str, signs: &[char]) -> Vec<Story> {
    let mut out: Vec<Story> = Vec::new();
    for line in file.lines() {
        match line.chars().next() {
            Some('>') => out.push(Story { text: line[2..].replace('/', "\n\n"), expected: Vec::new() }),
            Some(sign) if sign == '?' || signs.contains(&sign) => {
                let story = out.last_mut().expect("a story before its expectations");
                story.expected.push(Expectation { line: line.trim_start_matches(['?', ' ']), open: sign == '?' });
            }
            _ => {}
        }
    }
    out
}

/// Returns a message for each expectation that is not met, and for each open one that is. `holds` decides whether an
/// expectation holds for the annotations of a text.
pub(crate) fn wrong(stories: &[Story], holds: impl Fn(&str, &str, &Analysis) -> bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for story in stories {
        let analysis = ANALYZER.analyze(&Article::verbatim("k", story.text.as_str()), &Options::default());
        let differs = story.expected.iter().filter(|it| holds(it.line, &story.text, &analysis) == it.open);
        let message = |it: &Expectation| {
            let verdict = if it.open { "now right:" } else { "wrong:" };
            format!("{verdict} {} in {}", it.line, story.text)
        };
        wrong.extend(differs.map(message));
    }
    wrong
}
