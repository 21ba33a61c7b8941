//! Checks the stories of `kinds.txt`, a few for each kind of difficult name.

use crate::Entity;
use crate::testing::kinds::{self, Story};
use dateline_core::Named;

fn stories() -> Vec<Story> {
    kinds::stories(include_str!("kinds.txt"), &['=', '!'])
}

/// Returns whether the `entities` of a text meet the expectation in `line`.
fn holds(line: &str, text: &str, entities: &[Entity]) -> bool {
    if let Some((name, role)) = line[2..].strip_prefix("role of ").and_then(|rest| rest.split_once(": ")) {
        return entities.iter().any(|entity| entity.name == name && entity.role.map(|own| own.of(text)) == Some(role));
    }
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
    let wrong = kinds::wrong(&stories(), |line, text, analysis| holds(line, text, &analysis.entities));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn few_expectations_are_known_to_fail() {
    let stories = stories();
    let expected = || stories.iter().flat_map(|story| &story.expected);
    assert!(expected().count() > 150);
    assert!(10 * expected().filter(|it| it.open).count() < expected().count());
}
