//! Principal parts of verbs. Regular forms follow rules, and irregular forms are listed.

use super::{entries, inflection};
use foldhash::{HashMap, HashSet};

/// Spelling and irregular forms of the listed verbs.
#[derive(Debug, Default)]
pub(crate) struct Verbs {
    /// Regular verbs that double their final consonant: "stop".
    doubled: HashSet<&'static str>,
    /// Past tense and past participle of each irregular verb, keyed by base form. Variants are separated by "/".
    irregular: HashMap<&'static str, (&'static str, &'static str)>,
}

impl Verbs {
    /// Loads the bundled lists.
    #[must_use]
    pub(crate) fn bundled() -> Self {
        let mut verbs = Self::default();
        let regular = entries(include_str!("../../assets/lexicon/en/verbs.txt")).flat_map(str::split_whitespace);
        verbs
            .doubled
            .extend(regular.filter(|entry| entry.contains('+')).map(|entry| entry.trim_end_matches(['~', '+'])));
        for entry in entries(include_str!("../../assets/lexicon/en/irregular_verbs.txt")) {
            let mut columns = entry.split_whitespace();
            if let (Some(base), Some(past), Some(participle)) = (columns.next(), columns.next(), columns.next()) {
                verbs.irregular.insert(base.trim_end_matches('~'), (past, participle));
            }
        }
        verbs
    }

    /// Returns the past tense of a verb: "wrote". There may be several variants, as for "bid".
    #[must_use]
    pub(crate) fn past(&self, base: &str) -> Vec<String> {
        self.irregular.get(base).map_or_else(|| vec![self.regular(base).past], |(past, _)| alternatives(past))
    }

    /// Returns all variants of a verb's past participle, such as "written".
    #[must_use]
    pub(crate) fn participle(&self, base: &str) -> Vec<String> {
        self.irregular.get(base).map_or_else(|| vec![self.regular(base).past], |(_, form)| alternatives(form))
    }

    /// Returns the gerund of a verb. The final consonant of an irregular verb is never doubled, because the list does
    /// not mark such verbs.
    #[must_use]
    pub(crate) fn gerund(&self, base: &str) -> String {
        self.regular(base).gerund
    }

    fn regular(&self, base: &str) -> inflection::VerbForms {
        inflection::verb(base, self.doubled.contains(base))
    }
}

fn alternatives(forms: &str) -> Vec<String> {
    forms.split('/').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_are_inflected_by_list_and_by_rule() {
        let verbs = Verbs::bundled();
        assert_eq!((verbs.past("go"), verbs.participle("go")), (vec!["went".into()], vec!["gone".into()]));
        assert_eq!((verbs.past("deny"), verbs.participle("deny")), (vec!["denied".into()], vec!["denied".into()]));
        assert_eq!(verbs.gerund("plan"), "planning");
        assert_eq!(verbs.past("bid"), ["bid", "bade"]);
    }
}
