//! Makes names consistent within a document. A story uses one name for one thing, so all mentions of a name get the
//! type of the majority, and a name recognised once is marked everywhere.

use crate::hash::{Map, Set, mix};
use crate::kind::EntityKind;
use crate::lexicon::lists;
use crate::lexicon::names::Kinds;
use crate::lexicon::word_index::WordLists;
use crate::name::Name;
use crate::name::feature::FeatureExtractor;
use crate::name::word_form::WordForm;
use foldhash::{HashMap, HashSet};

/// Minimum ratio of the majority type's weight to the weight of all other types.
const MARGIN: f32 = 1.5;

/// Makes the names of a document consistent in type, and adds the missed mentions.
pub(super) fn apply(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    let votes = votes(extractor, names);
    for name in names.iter_mut() {
        if let Some(kind) = votes.get(&key(extractor, name)).and_then(Vote::winner) {
            name.kind = kind;
        }
    }
    full_names(extractor, names);
    surnames(extractor, names);
    families(extractor, names);
    storms(extractor, names);
}

/// Types a plural family name after "the" as a group: "the Tollivers", if the story names a Tolliver.
fn families(extractor: &FeatureExtractor<'_>, names: &mut [Name]) {
    let document = extractor.document;
    let singular = |name: &Name| {
        let word = document.word(name.tokens.start).strip_suffix('s')?;
        let before = name.tokens.start.checked_sub(1)?;
        (name.tokens.len() == 1 && matches!(document.word(before), "the" | "The")).then_some(word)
    };
    let people = names.iter().filter(|name| name.kind == EntityKind::Person);
    let last = |name: &Name| name.tokens.end.checked_sub(1).map(|last| document.word(last));
    let borne: HashSet<&str> = people.filter_map(last).collect();
    let borne =
        |family: &str| borne.contains(family) || family.strip_suffix('e').is_some_and(|family| borne.contains(family));
    let is_family = |name: &Name| name.kind != EntityKind::Group && singular(name).is_some_and(borne);
    let found: Vec<usize> = (0..names.len()).filter(|index| is_family(&names[*index])).collect();
    for index in found {
        names[index].kind = EntityKind::Group;
    }
}

/// Types a full name as a person if the story uses its last word as a person's name, as in "Jonas Dam … said Dam", and
/// names no other person with that family name. Skips names after an article, as in "the Hoover Dam", names that begin
/// with an ordinary word, as in "Fort Ode", and organisations that do not begin with a given name.
fn full_names(extractor: &FeatureExtractor<'_>, names: &mut [Name]) {
    let last = |name: &Name| name.tokens.end.checked_sub(1).and_then(|last| extractor.forms.get(last));
    let people = |single: bool| {
        let people = names.iter().filter(|name| name.kind == EntityKind::Person && (name.tokens.len() == 1) == single);
        people.filter_map(|name| Some(last(name)?.folded)).collect::<Set>()
    };
    let (bare, full) = (people(true), people(false));
    let is_bearer = |name: &Name| {
        let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
        let [first, .., family] = forms else { return false };
        let after_article = name
            .tokens
            .start
            .checked_sub(1)
            .is_some_and(|before| lists::ARTICLES.contains_any_case(extractor.document.word(before)));
        let ordinary = first.common != 0 || first.kinds.any(Kinds(Kinds::COMMON.0 | Kinds::PLACE.0 | Kinds::COUNTRY.0));
        bare.contains(&family.folded) && !full.contains(&family.folded) && !after_article && !ordinary
    };
    let given = |name: &Name| {
        extractor.forms.get(name.tokens.start).is_some_and(|form| {
            form.kinds.any(Kinds::GIVEN) || form.lists.any(WordLists(WordLists::FEMALE.0 | WordLists::MALE.0))
        })
    };
    let doubtful = |name: &&mut Name| match name.kind {
        EntityKind::Place | EntityKind::Other => true,
        EntityKind::Organization => given(name),
        _ => false,
    };
    for name in names.iter_mut().filter(doubtful).filter(|name| is_bearer(name)) {
        name.kind = EntityKind::Person;
    }
}

/// Gives the bare name of a storm the type of the storm's full name: "Ida weakened" after "Storm Ida".
fn storms(extractor: &FeatureExtractor<'_>, names: &mut [Name]) {
    let folded = |index: usize| extractor.forms.get(index).map(|form| form.folded);
    let is_storm =
        |name: &&Name| name.tokens.len() > 1 && lists::STORMS.contains(extractor.document.word(name.tokens.start));
    let known: Set = names.iter().filter(is_storm).filter_map(|name| folded(name.tokens.end.checked_sub(1)?)).collect();
    if known.is_empty() {
        return;
    }
    let again = |name: &Name| {
        let word = folded(name.tokens.start).filter(|word| name.tokens.len() == 1 && known.contains(word));
        word.is_some_and(|word| !extractor.context.usage(word).titled)
    };
    for name in names.iter_mut().filter(|name| again(name)) {
        name.kind = EntityKind::Other;
    }
}

/// Weight of a name's mentions, by type.
#[derive(Debug, Default)]
struct Vote {
    weights: HashMap<EntityKind, f32>,
}

impl Vote {
    fn winner(&self) -> Option<EntityKind> {
        let (kind, weight) = self.weights.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))?;
        let all: f32 = self.weights.values().sum();
        (*weight >= MARGIN * (all - weight)).then_some(*kind)
    }
}

#[inline]
fn key(extractor: &FeatureExtractor<'_>, name: &Name) -> u64 {
    let forms = extractor.forms.get(name.tokens.clone()).unwrap_or_default();
    forms.iter().fold(0, |hash, form| mix(hash, form.folded))
}

fn votes(extractor: &FeatureExtractor<'_>, names: &[Name]) -> Map<Vote> {
    let mut votes: Map<Vote> = Map::default();
    for name in names {
        *votes.entry(key(extractor, name)).or_default().weights.entry(name.kind).or_default() += name.confidence;
    }
    votes
}

/// Marks single capitalised words that are the family name in a person's full name. Skips words that also occur in
/// lower case.
fn surnames(extractor: &FeatureExtractor<'_>, names: &mut Vec<Name>) {
    let mut families = Set::default();
    for name in names.iter().filter(|name| name.kind == EntityKind::Person && name.tokens.len() > 1) {
        if let Some(last) = name.tokens.end.checked_sub(1).and_then(|last| extractor.forms.get(last)) {
            families.insert(last.folded);
        }
    }
    if families.is_empty() {
        return;
    }
    // A bare family name is a person, if the story never uses it as a place: "Lahti was sent off" after "captain Eero
    // Lahti".
    for name in names.iter_mut() {
        // "De Groot" at the beginning of a sentence is the "de Groot" of "Saskia de Groot".
        let family = match extractor.forms.get(name.tokens.clone()) {
            Some([family]) => Some(family),
            Some([particle, family]) if particle.kinds.any(Kinds::PARTICLE) => Some(family),
            _ => None,
        };
        let family = family.filter(|form| families.contains(&form.folded));
        let usage = family.map(|form| extractor.context.usage(form.folded));
        // In "They are bringing in Haller", the name is not a town, because it is unlisted and the story names the
        // person.
        let town = |form: &WordForm| form.kinds.any(Kinds::PLACE) || form.lists.any(WordLists::TOWN);
        let located = usage.is_some_and(|usage| usage.located) && family.is_some_and(town);
        if usage.is_some_and(|usage| !usage.organised && !usage.landmark) && !located {
            name.kind = EntityKind::Person;
        }
    }
    let mut found = Vec::new();
    let mut at = 0;
    for (index, form) in extractor.forms.iter().enumerate() {
        while names.get(at).is_some_and(|name| name.tokens.end <= index) {
            at += 1;
        }
        let inside = names.get(at).is_some_and(|name| name.tokens.start <= index);
        let alone = !neighbour_capital(extractor, index);
        let plain = form.capital
            && !form.kinds.any(Kinds(Kinds::COMMON.0 | Kinds::DEMONYM.0 | Kinds::COUNTRY.0 | Kinds::CALENDAR.0))
            && extractor.context.usage(form.folded).small == 0;
        if !inside && alone && plain && families.contains(&form.folded) {
            let tokens = index..index + 1;
            let span = extractor.document.span(tokens.clone());
            found.push(Name { span, tokens, kind: EntityKind::Person, confidence: 0.6 });
        }
    }
    if !found.is_empty() {
        names.extend(found);
        names.sort_by_key(|name| name.tokens.start);
    }
}

fn neighbour_capital(extractor: &FeatureExtractor<'_>, index: usize) -> bool {
    let capital = |at: Option<usize>| at.and_then(|at| extractor.forms.get(at)).is_some_and(|form| form.capital);
    capital(Some(index + 1))
        || capital(index.checked_sub(1)) && !extractor.forms.get(index).is_some_and(|form| form.first)
}
