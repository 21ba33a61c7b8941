//! Display names for values of the analysis whose JSON names read badly in a sentence.

use dateline_analysis::Polarity;
use dateline_core::Named;

/// Returns the display name of an entity type, in British spelling like all displayed text. `name` is the type's name
/// in JSON.
#[must_use]
pub(crate) fn entity_type(name: &str) -> &str {
    if name == "organization" { "organisation" } else { name }
}

/// Returns the display name for an entity type with its article, such as "an organisation".
#[must_use]
pub(crate) fn an_entity_type(name: &str) -> &'static str {
    match name {
        "organization" => "an organisation",
        "place" => "a place",
        "group" => "a group",
        "work" => "a work",
        _ => "something else",
    }
}

/// Returns the display name for the polarity of a quote, such as "denied".
#[must_use]
pub(crate) fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Unreal => "hypothetical",
        other => other.name(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_json_are_replaced_by_words_for_people() {
        assert_eq!(["organization", "place"].map(entity_type), ["organisation", "place"]);
        assert_eq!([Polarity::Unreal, Polarity::Denied].map(polarity), ["hypothetical", "denied"]);
    }
}
