//! Builds the rows of the page that shows the changes between the versions of a story, latest change first.

use super::moment;
use crate::tui::state::overlay::{Overlay, OverlayRow, RowTarget, Subject};
use dateline_library::{Difference, Version};

/// Builds the page that shows the changes to a story.
#[must_use]
pub(crate) fn versions(title: &str, changes: &[(Version, Vec<Difference>)]) -> Overlay {
    let mut rows = Vec::new();
    for (version, differences) in changes {
        let gone = differences.iter().filter(|one| matches!(one, Difference::Gone(_))).count();
        let new = differences.iter().filter(|one| matches!(one, Difference::New(_))).count();
        rows.push(OverlayRow::heading(format!(
            "Changed on {} · added on {} · {gone} removed, {new} added",
            moment(version.replaced),
            moment(version.added)
        )));
        let mut same = 0;
        for difference in differences {
            let (sign, words) = match difference {
                Difference::Same(_) => {
                    same += 1;
                    continue;
                }
                Difference::Gone(words) => ("−", words),
                Difference::New(words) => ("+", words),
            };
            unchanged(&mut same, &mut rows);
            rows.push(OverlayRow { sign, ..OverlayRow::new(words.trim(), "", RowTarget::Nowhere) });
        }
        unchanged(&mut same, &mut rows);
    }
    Overlay::new(Subject::Versions, format!("What changed · {title}"), rows)
}

/// Adds a row with the number of unchanged paragraphs, if there are any, and resets the number.
fn unchanged(count: &mut usize, rows: &mut Vec<OverlayRow>) {
    if *count > 0 {
        let paragraphs = super::counted(*count, "paragraph", "paragraphs");
        rows.push(OverlayRow {
            sign: "=",
            ..OverlayRow::new(format!("{paragraphs} unchanged"), "", RowTarget::Nowhere)
        });
    }
    *count = 0;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unchanged_paragraphs_are_counted_and_changes_are_shown() {
        let changes = [
            Difference::Same("One.".into()),
            Difference::Gone("Two.".into()),
            Difference::New("Two and a half.".into()),
            Difference::Same("Three.".into()),
        ];
        let overlay = versions("Weir", &[(Version { id: 1, added: 0, replaced: 86_400 }, changes.into())]);
        let signs: Vec<&str> = overlay.rows.iter().skip(1).map(|row| row.sign).collect();
        assert_eq!(signs, ["=", "−", "+", "="]);
    }
}
