//! Builds the rows of the page that lists names that may belong to the same person, organisation or place.

use super::counted;
use crate::tui::labels;
use crate::tui::state::overlay::{Overlay, OverlayRow, RowTarget, Subject};
use dateline_library::{EntitySummary, Suggestion};

/// Builds the page of all suggestions.
#[must_use]
pub(crate) fn suggestions(found: &[Suggestion]) -> Overlay {
    let title = format!("Names that may be the same · {}", counted(found.len(), "pair", "pairs"));
    let mut rows: Vec<OverlayRow> = found.iter().map(row).collect();
    if rows.is_empty() {
        let words = "Nothing to suggest. Two similar names are listed here when stories give them the same role, company or time.";
        rows.push(OverlayRow::new(words, "", RowTarget::Nowhere));
    }
    Overlay::new(Subject::Suggestions, title, rows)
}

/// Formats two names, with the evidence in full.
fn row(found: &Suggestion) -> OverlayRow {
    let [one, other] = &found.names;
    let left = format!("{} · {}", one.name, other.name);
    let full = format!("{left} — {}", found.reasons.join("; "));
    let right = format!(
        "{} · {} + {}",
        labels::entity_type(&one.kind),
        one.stories,
        counted(other.stories, "story", "stories")
    );
    OverlayRow { full, ..OverlayRow::new(left, right, RowTarget::Pair(one.id, other.id)) }
}

/// Formats the suggestions for one name, without repeating the name.
pub(super) fn rows_for(name: &EntitySummary, found: &[Suggestion], rows: &mut Vec<OverlayRow>) {
    if found.is_empty() {
        return;
    }
    rows.push(OverlayRow::heading("May be the same"));
    for suggestion in found {
        let [one, other] = &suggestion.names;
        let other = if one.id == name.id { other } else { one };
        let full = format!("{} — {}", other.name, suggestion.reasons.join("; "));
        let right = counted(other.stories, "story", "stories");
        let target = RowTarget::Pair(name.id, other.id);
        rows.push(OverlayRow { sign: "?", full, ..OverlayRow::new(&other.name, right, target) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_suggestions_the_page_says_when_there_are_some() {
        let overlay = suggestions(&[]);
        assert!(overlay.title.ends_with("0 pairs"), "{}", overlay.title);
        assert!(overlay.rows[0].left.starts_with("Nothing to suggest"));
    }
}
