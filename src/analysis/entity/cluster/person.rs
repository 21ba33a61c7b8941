//! Persons: a full name once, then surname or given name alone.

use super::super::surface::Surface;
use super::super::{EntityKind, Gender};
use super::Links;

/// Joins the mentions of each person.
pub fn link(surfaces: &[Surface<'_>], links: &mut Links) {
    let persons: Vec<usize> = (0..surfaces.len()).filter(|index| surfaces[*index].kind == EntityKind::Person).collect();
    let (short, full): (Vec<usize>, Vec<usize>) = persons.iter().partition(|index| surfaces[**index].words.len() == 1);
    link_full(surfaces, &full, links);
    let mut orphans: Vec<usize> = Vec::new();
    for index in short {
        let owner = owner(surfaces, &full, index, links).or_else(|| namesake(surfaces, &orphans, index));
        match owner {
            Some(owner) => links.join(owner, index),
            None => orphans.push(index),
        }
    }
}

/// Full names: the same first and last word, or a tail ("von der Leyen"), or initials for given names.
fn link_full(surfaces: &[Surface<'_>], full: &[usize], links: &mut Links) {
    for (at, later) in full.iter().enumerate() {
        for earlier in &full[..at] {
            if same_person(&surfaces[*earlier], &surfaces[*later]) {
                links.join(*earlier, *later);
            }
        }
    }
}

fn same_person(a: &Surface<'_>, b: &Surface<'_>) -> bool {
    let (short, long) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    if short.words == long.words {
        return true;
    }
    let ends = short.words.last() == long.words.last();
    let starts = short.words.first() == long.words.first();
    let part = long.words.starts_with(&short.words) || long.words.ends_with(&short.words);
    (part && !short.words.is_empty()) || (ends && (starts || initials_agree(short, long)))
}

/// "J. Ode" or "J.K. Ode" and "Jana Ode".
fn initials_agree(a: &Surface<'_>, b: &Surface<'_>) -> bool {
    let (Some(one), Some(other)) = (a.texts.first(), b.texts.first()) else { return false };
    let initial = |word: &str| word.ends_with('.') || word.chars().count() == 1;
    (initial(one) || initial(other)) && one.chars().next() == other.chars().next()
}

/// The full name that a single word belongs to: by surname, else by given name; among several
/// persons the one spoken of last.
fn owner(surfaces: &[Surface<'_>], full: &[usize], index: usize, links: &Links) -> Option<usize> {
    let surface = &surfaces[index];
    let word = surface.words.first()?;
    let agrees = |other: &&usize| {
        let gender = surfaces[**other].gender;
        surface.gender == Gender::Unknown || gender == Gender::Unknown || gender == surface.gender
    };
    let by = |wanted: fn(&Surface<'_>) -> Option<u64>| {
        let matching = || full.iter().filter(move |other| wanted(&surfaces[**other]) == Some(*word)).filter(agrees);
        latest(surfaces, matching().copied().collect(), index, links)
    };
    by(|other| other.words.last().copied()).or_else(|| by(|other| other.words.first().copied())).or_else(|| by(stem))
}

/// The surname of a double name: "Ocasio" of "Ocasio-Cortez" is not used alone, "Cortez" at times is.
fn stem(surface: &Surface<'_>) -> Option<u64> {
    let last = surface.texts.last()?;
    let (_, tail) = last.rsplit_once('-')?;
    Some(crate::analysis::hash::folded(tail))
}

/// Of several mentions the person spoken of last before `index`, else the first one after it.
fn latest(surfaces: &[Surface<'_>], matching: Vec<usize>, index: usize, links: &Links) -> Option<usize> {
    let first = *matching.first()?;
    let person = links.root(first);
    if matching.iter().all(|other| links.root(*other) == person) {
        return Some(first);
    }
    let roots: Vec<usize> = matching.iter().map(|other| links.root(*other)).collect();
    let before = (0..index)
        .rev()
        .find(|earlier| surfaces[*earlier].kind == EntityKind::Person && roots.contains(&links.root(*earlier)));
    before.or_else(|| matching.into_iter().find(|other| *other > index))
}

/// An earlier single word that reads the same and whose title does not contradict.
fn namesake(surfaces: &[Surface<'_>], orphans: &[usize], index: usize) -> Option<usize> {
    let surface = &surfaces[index];
    orphans.iter().copied().rfind(|earlier| {
        let other = &surfaces[*earlier];
        let agree =
            surface.gender == Gender::Unknown || other.gender == Gender::Unknown || surface.gender == other.gender;
        other.words == surface.words && agree
    })
}
