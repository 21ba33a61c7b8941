//! Given names and their short forms: "Larry" for Lawrence, "Bill" and "Will" both for William.

use super::entries;
use crate::hash::{Map, folded};

/// Full names that each form may represent, all as folded hashes.
#[derive(Debug, Default)]
pub(crate) struct Nicknames {
    full: Map<Vec<u64>>,
}

impl Nicknames {
    /// Loads the bundled list, whose lines have the form `full name: other forms`.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        let mut nicknames = Self::default();
        for entry in entries(include_str!("../../assets/lexicon/en/nicknames.txt")) {
            let Some((name, forms)) = entry.split_once(':') else { continue };
            let name = folded(name.trim());
            for form in forms.split(',').map(|form| folded(form.trim())).chain([name]) {
                nicknames.full.entry(form).or_default().push(name);
            }
        }
        nicknames
    }

    /// Returns whether two given names, passed as folded hashes, can belong to the same person.
    #[must_use]
    pub(crate) fn agree(&self, one: u64, other: u64) -> bool {
        let full = |form: u64| self.full.get(&form).map(Vec::as_slice).unwrap_or_default();
        one == other || full(one).iter().any(|name| full(other).contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_name_agree() {
        let nicknames = Nicknames::bundled();
        let agree = |one: &str, other: &str| nicknames.agree(folded(one), folded(other));
        assert!(agree("Larry", "Lawrence") && agree("Bill", "Will") && agree("Mohamed", "Muhammad"));
        assert!(!agree("Larry", "Harry") && !agree("Ana", "Peter"));
    }
}
