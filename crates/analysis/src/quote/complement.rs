//! Complements of reporting verbs, as listed in `crates/analysis/assets/lexicon/en/complements.txt`.

use crate::lexicon::entries;
use foldhash::{HashMap, HashMapExt};

/// Grammatical form of what follows a reporting verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Complement {
    /// Clause with or without "that", as in "said (that) it rained".
    Clause = 1,
    /// Infinitive, as in "vowed to resign".
    Infinitive = 2,
    /// Addressee, then a clause, as in "told reporters it rained".
    Person = 4,
    /// Addressee, then an infinitive, as in "urged voters to wait".
    Directive = 8,
    /// Noun phrase, as in "denied the charge".
    Thing = 16,
    /// Gerund, as in "denied taking money".
    Gerund = 32,
    /// Person, then "of" and a gerund, as in "accused him of lying".
    Accusation = 64,
}

/// Set of complements that a single verb takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ComplementSet(u8);

impl ComplementSet {
    /// Returns whether the set contains `complement`.
    #[must_use]
    pub(crate) const fn takes(self, complement: Complement) -> bool {
        self.0 & complement as u8 != 0
    }
}

/// Complements of all reporting verbs, keyed by lemma.
#[derive(Debug, Default)]
pub(crate) struct Complements {
    verbs: HashMap<&'static str, ComplementSet>,
}

impl Complements {
    /// Returns the bundled complements of all reporting verbs.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        let mut verbs = HashMap::new();
        for entry in entries(include_str!("../../assets/lexicon/en/complements.txt")) {
            let mut columns = entry.split_whitespace();
            let Some(lemma) = columns.next() else { continue };
            verbs.insert(lemma, ComplementSet(columns.map(bit).sum()));
        }
        Self { verbs }
    }

    /// Returns the complements of the verb with this lemma, or an empty set if the verb is not listed.
    #[must_use]
    #[inline]
    pub(crate) fn of(&self, lemma: &str) -> ComplementSet {
        self.verbs.get(lemma).copied().unwrap_or_default()
    }
}

fn bit(name: &str) -> u8 {
    match name {
        "clause" => Complement::Clause as u8,
        "to" => Complement::Infinitive as u8,
        "person" => Complement::Person as u8,
        "bid" => Complement::Directive as u8,
        "thing" => Complement::Thing as u8,
        "doing" => Complement::Gerund as u8,
        "of" => Complement::Accusation as u8,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_take_what_the_list_says() {
        let complements = Complements::bundled();
        assert!(complements.of("tell").takes(Complement::Person));
        assert!(complements.of("vow").takes(Complement::Infinitive));
        assert!(!complements.of("say").takes(Complement::Infinitive));
        assert!(!complements.of("walk").takes(Complement::Clause));
    }
}
