//! Checks the stories of `kinds.txt`, a few for each kind of difficult name.

use crate::testing::ANALYZER;
use crate::{Entity, Options};
use dateline_core::Named;
use dateline_core::article::Article;

/// Expectation about the entities of a story.
struct Expectation {
    /// Line of the file after the marks "?", for messages.
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
            Some('=' | '!' | '?') => {
                let story = out.last_mut().expect("a story before its expectations");
                let open = line.starts_with('?');
                story.expected.push(Expectation { line: line.trim_start_matches(['?', ' ']), open });
            }
            _ => {}
        }
    }
    out
}

/// Returns whether `entities` meet the expectation in `line`.
fn holds(line: &str, entities: &[Entity]) -> bool {
    let (kind, rest) = line[2..].split_once(": ").map_or((None, &line[2..]), |(kind, rest)| (Some(kind), rest));
    let (name, alias) = match rest.strip_suffix(')').and_then(|rest| rest.split_once(" (")) {
        Some((name, alias)) => (name, Some(alias)),
        None => (rest, None),
    };
    let found = entities.iter().any(|entity| {
        entity.name == name
            && kind.is_none_or(|kind| entity.kind.name() == kind)
            && alias.is_none_or(|alias| entity.aliases.iter().any(|own| own == alias))
    });
    found == line.starts_with('=')
}

#[test]
fn names_of_every_kind_are_read_right() {
    let mut wrong = Vec::new();
    for story in stories() {
        let article = Article::verbatim("k", story.text.as_str());
        let entities = ANALYZER.analyze(&article, &Options::default()).entities;
        let differs = story.expected.iter().filter(|it| holds(it.line, &entities) == it.open);
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
    let expected = || stories.iter().flat_map(|story| &story.expected);
    assert!(expected().count() > 150);
    assert!(10 * expected().filter(|it| it.open).count() < expected().count());
}
