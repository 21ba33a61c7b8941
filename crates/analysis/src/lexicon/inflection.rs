//! Regular inflection of English verbs and nouns.

/// Inflected forms of a regular verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VerbForms {
    /// Third person singular of the present: "stops".
    pub third: String,
    /// Past tense, which is also the past participle: "stopped".
    pub past: String,
    /// Gerund: "stopping".
    pub gerund: String,
}

/// Inflects a regular verb. `doubled` repeats the final consonant, as in "stopped".
#[must_use]
pub(crate) fn verb(base: &str, doubled: bool) -> VerbForms {
    let stem = if doubled { double(base) } else { base.to_owned() };
    VerbForms { third: with_s(base), past: with_ed(base, &stem), gerund: with_ing(base, &stem) }
}

fn double(base: &str) -> String {
    base.chars().chain(base.chars().last()).collect()
}

fn with_ed(base: &str, stem: &str) -> String {
    if base.ends_with('e') {
        return format!("{base}d");
    }
    match consonant_y(base) {
        Some(before) => format!("{before}ied"),
        None => format!("{stem}ed"),
    }
}

fn with_ing(base: &str, stem: &str) -> String {
    if let Some(before) = base.strip_suffix("ie") {
        return format!("{before}ying");
    }
    let silent = base.ends_with('e') && !["ee", "oe", "ye", "be"].iter().any(|end| base.ends_with(end));
    let silent = silent || (base.ends_with("be") && base.len() > 3);
    if silent { format!("{}ing", base.trim_end_matches('e')) } else { format!("{stem}ing") }
}

/// Returns the plural of a noun, or the third person singular of a verb.
#[must_use]
pub(crate) fn with_s(base: &str) -> String {
    if let Some(before) = consonant_y(base) {
        return format!("{before}ies");
    }
    if let Some(before) = base.strip_suffix("sman").or_else(|| base.strip_suffix("swoman")) {
        let man = &base[before.len()..];
        return format!("{before}{}", man.replace("man", "men"));
    }
    let sibilant = ["s", "x", "z", "ch", "sh"].iter().any(|end| base.ends_with(end));
    let after_o = base.ends_with('o') && !["eo", "io", "oo", "deo", "oto"].iter().any(|end| base.ends_with(end));
    if sibilant || (after_o && base != "solo") { format!("{base}es") } else { format!("{base}s") }
}

/// Returns the part before a final "y" that follows a consonant; `None` for any other ending.
fn consonant_y(base: &str) -> Option<&str> {
    let before = base.strip_suffix('y')?;
    (!before.ends_with(['a', 'e', 'i', 'o', 'u'])).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_verbs_are_inflected_as_written() {
        let forms = |base, doubled| {
            let VerbForms { third, past, gerund } = verb(base, doubled);
            [third, past, gerund]
        };
        assert_eq!(forms("argue", false), ["argues", "argued", "arguing"]);
        assert_eq!(forms("deny", false), ["denies", "denied", "denying"]);
        assert_eq!(forms("admit", true), ["admits", "admitted", "admitting"]);
        assert_eq!(forms("tie", false), ["ties", "tied", "tying"]);
        assert_eq!(forms("agree", false), ["agrees", "agreed", "agreeing"]);
        assert_eq!(forms("push", false), ["pushes", "pushed", "pushing"]);
    }

    #[test]
    fn plurals_follow_the_ending() {
        assert_eq!(with_s("party"), "parties");
        assert_eq!(with_s("spokesman"), "spokesmen");
        assert_eq!(with_s("day"), "days");
    }
}
