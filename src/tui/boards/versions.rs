//! Rows of the changes between the versions of a story, the latest change first.

use super::moment;
use crate::tui::state::board::{Board, Goal, Row, Subject};
use dateline_library::{Difference, Version};

/// Builds the page of changes for a story with older versions.
#[must_use]
pub(crate) fn versions(title: &str, changes: &[(Version, Vec<Difference>)]) -> Board {
    let mut rows = Vec::new();
    for (version, differences) in changes {
        let gone = differences.iter().filter(|one| matches!(one, Difference::Gone(_))).count();
        let new = differences.iter().filter(|one| matches!(one, Difference::New(_))).count();
        rows.push(Row::heading(format!(
            "Changed on {} · added on {} · {gone} out, {new} in",
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
            rows.push(Row { sign, ..Row::new(words.trim(), "", Goal::Nowhere) });
        }
        unchanged(&mut same, &mut rows);
    }
    Board::new(Subject::Versions, format!("What changed · {title}"), rows)
}

/// Adds a row for paragraphs that are the same in both versions.
fn unchanged(count: &mut usize, rows: &mut Vec<Row>) {
    if *count > 0 {
        let paragraphs = super::counted(*count, "paragraph", "paragraphs");
        rows.push(Row { sign: "=", ..Row::new(format!("{paragraphs} unchanged"), "", Goal::Nowhere) });
    }
    *count = 0;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_is_counted_and_what_changed_is_told() {
        let changes = [
            Difference::Same("One.".into()),
            Difference::Gone("Two.".into()),
            Difference::New("Two and a half.".into()),
            Difference::Same("Three.".into()),
        ];
        let board = versions("Weir", &[(Version { id: 1, added: 0, replaced: 86_400 }, changes.into())]);
        let signs: Vec<&str> = board.rows.iter().skip(1).map(|row| row.sign).collect();
        assert_eq!(signs, ["=", "−", "+", "="]);
    }
}
