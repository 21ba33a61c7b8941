//! Demonyms by place: "Azerbaijani" and "Azeris" for Azerbaijan, "Congolese" for either Congo.

use super::entries;
use crate::hash::{Map, folded, mix};

/// Possible places of each demonym. Keys and values are hashes of the folded words.
#[derive(Debug, Default)]
pub(crate) struct Demonyms {
    places: Map<Vec<Vec<u64>>>,
}

impl Demonyms {
    /// Loads the bundled list, whose lines have the form `place: demonyms`.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        let mut demonyms = Self::default();
        for entry in entries(include_str!("../../assets/lexicon/en/demonyms.txt")) {
            let Some((place, forms)) = entry.split_once(':') else { continue };
            let place: Vec<u64> = place.split_whitespace().map(folded).collect();
            for form in forms.split(',') {
                demonyms.places.entry(key(form)).or_default().push(place.clone());
            }
        }
        demonyms
    }

    /// Returns the possible places of the demonym `name`. Each place is a list of hashes, one per folded word.
    #[must_use]
    pub(crate) fn places(&self, name: &str) -> &[Vec<u64>] {
        let singular = || name.strip_suffix('s').and_then(|singular| self.places.get(&key(singular)));
        self.places.get(&key(name)).or_else(singular).map_or(&[], Vec::as_slice)
    }
}

/// Returns every demonym in the list.
pub(crate) fn forms() -> impl Iterator<Item = &'static str> {
    let lines = entries(include_str!("../../assets/lexicon/en/demonyms.txt"));
    lines.filter_map(|line| line.split_once(':')).flat_map(|(_, forms)| forms.split(',')).map(str::trim)
}

#[inline]
fn key(form: &str) -> u64 {
    form.split_whitespace().map(folded).fold(0, mix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_people_has_its_place() {
        let demonyms = Demonyms::bundled();
        let azerbaijan = [vec![folded("Azerbaijan")]];
        for form in ["Azerbaijani", "Azerbaijanis", "Azeri"] {
            assert_eq!(demonyms.places(form), azerbaijan);
        }
        assert_eq!(demonyms.places("New Yorkers"), [vec![folded("New"), folded("York")]]);
        assert!(demonyms.places("Congolese").len() > 1);
        assert!(demonyms.places("Democrats").is_empty());
    }
}
