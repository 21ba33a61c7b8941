//! Links peoples to the places that the story names: the group "Azerbaijanis" to "Azerbaijan".

use super::{Entity, EntityKind};
use crate::hash::folded;
use crate::lexicon::names::NameLists;

/// Links every group to its place, if the story names the place. An ambiguous group is not linked.
pub(super) fn link(lists: &NameLists, entities: &mut [Entity]) {
    let groups = entities.iter().enumerate().filter(|(_, entity)| entity.kind == EntityKind::Group);
    let found: Vec<(usize, usize)> =
        groups.filter_map(|(index, group)| Some((index, place_of(lists, entities, group)?))).collect();
    for (group, place) in found {
        if let Some(group) = entities.get_mut(group) {
            group.demonym_of = Some(place);
        }
    }
}

/// Returns the place entity whose demonym is the group's name, if the story names exactly one.
fn place_of(lists: &NameLists, entities: &[Entity], group: &Entity) -> Option<usize> {
    let places = lists.demonyms().places(&group.name);
    if places.is_empty() {
        return None;
    }
    let fits = |entity: &Entity| {
        let mut names = std::iter::once(&entity.name).chain(&entity.aliases);
        entity.kind == EntityKind::Place && names.any(|name| places.iter().any(|place| is_named(lists, place, name)))
    };
    let mut fitting = entities.iter().enumerate().filter(|(_, entity)| fits(entity)).map(|(index, _)| index);
    let place = fitting.next()?;
    fitting.next().is_none().then_some(place)
}

/// Returns whether `name` denotes the place with these words, either by the same words or by a synonym.
fn is_named(lists: &NameLists, place: &[u64], name: &str) -> bool {
    let bare = name.replace('.', "");
    let words: Vec<u64> =
        bare.split_whitespace().filter(|word| !word.eq_ignore_ascii_case("the")).map(folded).collect();
    let one = lists.same_place(place);
    words == place || one.is_some() && one == lists.same_place(&words)
}
