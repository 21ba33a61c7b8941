//! Repairs training data annotated by guidelines unlike ours: articles and titles inside names, countries as
//! organisations, pronouns as names.

use dateline_analysis::Resources;
use dateline_analysis::lexicon::names::Kinds;
use dateline_analysis::name::label::NameType;
use std::sync::OnceLock;

/// A token with its type, and whether a name begins at it.
pub(super) type Labelled<'a> = (&'a str, Option<(NameType, bool)>);

fn resources() -> &'static Resources {
    static RESOURCES: OnceLock<Resources> = OnceLock::new();
    RESOURCES.get_or_init(Resources::bundled)
}

/// Returns the sentence with repaired labels.
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

fn parsed(label: &str) -> Option<(NameType, bool)> {
    let (place, kind) = label.split_once('-')?;
    Some((NameType::named(kind)?, place == "B"))
}

/// Repairs one name.
fn repair(name: &mut [Labelled<'_>], kind: NameType) {
    let Some((first, _)) = name.first() else { return };
    let names = resources().names();
    let strip = match kind {
        NameType::Person => name.len() > 1 && (names.of(first).any(Kinds::TITLE) || first.ends_with("president")),
        NameType::Organization | NameType::Location => name.len() > 1 && first.eq_ignore_ascii_case("the"),
        NameType::Miscellaneous => false,
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
        if kind == NameType::Organization && names.of(word).any(Kinds::COUNTRY) {
            *label = Some((NameType::Location, true));
        }
        if kind != NameType::Miscellaneous && names.of(word).any(Kinds::DEMONYM) && !names.of(word).any(Kinds::SURNAME)
        {
            *label = Some((NameType::Miscellaneous, true));
        }
    }
    let capitalised = name.iter().any(|(word, _)| word.contains(char::is_uppercase));
    let pronoun = name.len() == 1 && names.of(name[0].0).any(Kinds::COMMON) && name[0].0.len() < 6;
    if !capitalised || pronoun {
        for (_, label) in name {
            *label = None;
        }
    }
}
