//! Repairs training data annotated according to different guidelines: articles and titles inside names, countries
//! labelled as organisations, pronouns labelled as names.

use dateline_analysis::EntityKind;
use dateline_analysis::training::{Resources, WordList};
use std::sync::OnceLock;

/// A token and its label: the type, and whether the token begins a name. The label is `None` outside names.
pub(super) type Labelled<'a> = (&'a str, Option<(EntityKind, bool)>);

/// Returns the type of name for the label `PER`, `ORG`, `LOC` or `MISC`.
pub(super) fn type_named(name: &str) -> Option<EntityKind> {
    match name {
        "PER" => Some(EntityKind::Person),
        "ORG" => Some(EntityKind::Organization),
        "LOC" => Some(EntityKind::Place),
        "MISC" => Some(EntityKind::Other),
        _ => None,
    }
}

fn resources() -> &'static Resources {
    static RESOURCES: OnceLock<Resources> = OnceLock::new();
    RESOURCES.get_or_init(Resources::bundled)
}

/// Returns a sentence with its labels parsed and repaired.
pub(super) fn repaired<'a>(sentence: &[(&'a str, &str)]) -> Vec<Labelled<'a>> {
    let mut out: Vec<Labelled<'a>> = sentence.iter().map(|(token, label)| (*token, parsed(label))).collect();
    let mut index = 0;
    while index < out.len() {
        let Some((kind, _)) = out[index].1 else {
            index += 1;
            continue;
        };
        let more = out[index + 1..].iter().take_while(|(_, label)| *label == Some((kind, false))).count();
        repair(&mut out[index..=index + more], kind);
        index += more + 1;
    }
    out
}

fn parsed(label: &str) -> Option<(EntityKind, bool)> {
    let (place, kind) = label.split_once('-')?;
    Some((type_named(kind)?, place == "B"))
}

/// Repairs the labels of one name.
fn repair(name: &mut [Labelled<'_>], kind: EntityKind) {
    let Some((first, _)) = name.first() else { return };
    let is = |list: WordList, word: &str| list.contains(word, resources());
    let strip = match kind {
        EntityKind::Person => name.len() > 1 && (is(WordList::Titles, first) || first.ends_with("president")),
        EntityKind::Organization | EntityKind::Place => name.len() > 1 && first.eq_ignore_ascii_case("the"),
        EntityKind::Group | EntityKind::Work | EntityKind::Other => false,
    };
    if strip {
        name[0].1 = None;
        if let Some(second) = name.get_mut(1) {
            second.1 = Some((kind, true));
        }
        repair(&mut name[1..], kind);
        return;
    }
    if let [(word, label)] = name {
        if kind == EntityKind::Organization && is(WordList::Countries, word) {
            *label = Some((EntityKind::Place, true));
        }
        if kind != EntityKind::Other && is(WordList::Demonyms, word) && !is(WordList::Surnames, word) {
            *label = Some((EntityKind::Other, true));
        }
    }
    let capitalised = name.iter().any(|(word, _)| word.contains(char::is_uppercase));
    let pronoun = name.len() == 1 && is(WordList::CommonWords, name[0].0) && name[0].0.len() < 6;
    if !capitalised || pronoun {
        for (_, label) in name {
            *label = None;
        }
    }
}
