//! Turns a form of a verb into its past participle: "issues" and "issuing" become "issued".

use crate::lexicon::entries;
use crate::lexicon::inflection::with_s;
use crate::lexicon::verbs::Verbs;
use foldhash::{HashMap, HashSet};
use std::sync::LazyLock;

/// Verbs by their forms.
struct Forms {
    verbs: Verbs,
    /// Base forms of the regular verbs.
    regular: HashSet<&'static str>,
    /// Participles of the irregular verbs by their other forms.
    irregular: HashMap<String, String>,
}

/// Forms of the listed verbs, read on first use.
static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let verbs = Verbs::bundled();
    let regular = entries(include_str!("../../assets/lexicon/en/verbs.txt")).flat_map(str::split_whitespace);
    let regular = regular.map(|entry| entry.trim_end_matches(['~', '+'])).collect();
    let mut irregular: HashMap<String, String> = HashMap::default();
    // The past comes first, because "saw" is that of "see" rather than the base of "saw".
    for past in [true, false] {
        for entry in entries(include_str!("../../assets/lexicon/en/irregular_verbs.txt")) {
            let base = entry.split_whitespace().next().unwrap_or_default().trim_end_matches('~');
            let Some(participle) = verbs.participle(base).into_iter().next() else { continue };
            let others = || vec![base.to_owned(), with_s(base), verbs.gerund(base), participle.clone()];
            for form in if past { verbs.past(base) } else { others() } {
                irregular.entry(form).or_insert_with(|| participle.clone());
            }
        }
    }
    Forms { verbs, regular, irregular }
});

/// Returns the past participle of a verb from any of its forms, in lower case; `None` if the verb is unknown.
pub(super) fn of(form: &str) -> Option<String> {
    let forms: &Forms = &FORMS;
    if let Some(participle) = forms.irregular.get(form) {
        return Some(participle.clone());
    }
    if form.ends_with("ed") {
        return Some(form.to_owned());
    }
    let base = base(form, &forms.regular)?;
    forms.verbs.participle(&base).into_iter().next()
}

/// Returns the base of a regular form without the ending of the past.
fn base(form: &str, regular: &HashSet<&'static str>) -> Option<String> {
    let known = |base: String| regular.contains(base.as_str()).then_some(base);
    let whole = || known(form.to_owned());
    if let Some(stem) = form.strip_suffix("ing") {
        let mut letters = stem.chars().rev();
        let doubled = letters.next().zip(letters.next()).is_some_and(|(last, before)| last == before);
        let single = || known(stem.get(..stem.len().saturating_sub(usize::from(doubled)))?.to_owned());
        return known(stem.to_owned()).or_else(|| known(format!("{stem}e"))).or_else(single).or_else(whole);
    }
    let third = form.strip_suffix("ies").and_then(|stem| known(format!("{stem}y")));
    let third = third.or_else(|| known(form.strip_suffix("es")?.to_owned()));
    third.or_else(|| known(form.strip_suffix('s')?.to_owned())).or_else(whole)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_form_leads_to_the_participle() {
        let forms = ["issue", "issues", "issued", "issuing", "carries", "shipping", "bought", "buys", "takes", "wrote"];
        let found = forms.map(|form| super::of(form).unwrap_or_default());
        let expected =
            ["issued", "issued", "issued", "issued", "carried", "shipped", "bought", "bought", "taken", "written"];
        assert_eq!(found, expected);
        assert_eq!(super::of("saw").as_deref(), Some("seen"));
        assert_eq!(super::of("table-top"), None);
    }
}
