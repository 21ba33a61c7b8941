//! Builds the rows of the page that shows the changes between the versions of a story, latest change first.

use super::moment;
use crate::tui::state::overlay::{Overlay, OverlayRow, RowTarget, Subject};
use dateline_library::{Difference, Version};

/// Number of unchanged words to show before the first changed word of a paragraph.
const CONTEXT: usize = 4;

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
        rows.extend(changed(differences));
    }
    Overlay::new(Subject::Versions, format!("What changed · {title}"), rows)
}

/// Builds the rows of one change. If there are as many old paragraphs as new ones, each is shown from its first
/// difference.
fn changed(differences: &[Difference]) -> Vec<OverlayRow> {
    let mut rows = Vec::new();
    let row = |sign, words: String, full: &str| {
        let row = OverlayRow::new(words, "", RowTarget::Nowhere);
        OverlayRow { sign, full: full.trim().to_owned(), ..row }
    };
    let is_same = |one: &Difference| matches!(one, Difference::Same(_));
    for run in differences.chunk_by(|one, other| is_same(one) == is_same(other)) {
        if run.first().is_some_and(is_same) {
            let paragraphs = super::counted(run.len(), "paragraph", "paragraphs");
            rows.push(row("=", format!("{paragraphs} unchanged"), ""));
            continue;
        }
        let words = |is_new: bool| {
            run.iter().filter_map(move |one| match one {
                Difference::Gone(words) if !is_new => Some(words.as_str()),
                Difference::New(words) if is_new => Some(words.as_str()),
                _ => None,
            })
        };
        // Pair old paragraphs with new ones only if their counts match.
        let is_paired = words(false).count() == words(true).count();
        let from =
            |one: &str, other: Option<&str>| other.filter(|_| is_paired).map_or(0, |other| differing(one, other));
        for (sign, is_new) in [("−", false), ("+", true)] {
            let others = words(!is_new).map(Some).chain(std::iter::repeat(None));
            rows.extend(
                words(is_new).zip(others).map(|(one, other)| row(sign, shown_from(one, from(one, other)), one)),
            );
        }
    }
    rows
}

/// Returns the byte offset of the first word in which two versions of a text differ.
fn differing(one: &str, other: &str) -> usize {
    let mut start = 0;
    for (word, its_other) in one.split_inclusive(char::is_whitespace).zip(other.split_inclusive(char::is_whitespace)) {
        if word != its_other {
            break;
        }
        start += word.len();
    }
    start.min(one.len())
}

/// Returns the text from a few words before an offset, with an ellipsis for the omitted part.
fn shown_from(text: &str, offset: usize) -> String {
    let before = text.get(..offset).unwrap_or_default().trim_start();
    let context: Vec<&str> = before.split_whitespace().rev().take(CONTEXT).collect();
    let is_cut = before.split_whitespace().nth(CONTEXT).is_some();
    let lead: String = context.iter().rev().map(|word| format!("{word} ")).collect();
    let rest = text.get(offset..).unwrap_or_default().trim();
    format!("{}{lead}{rest}", if is_cut { "… " } else { "" })
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

    #[test]
    fn replaced_paragraphs_begin_shortly_before_the_words_that_differ() {
        let same = "The ferry between Vale and Ostrel Island will resume on";
        let changes = [
            Difference::Gone(format!("{same} Monday, the operator said.")),
            Difference::New(format!("{same} Thursday, the operator said.")),
            Difference::Same("Three.".into()),
            Difference::New("Four.".into()),
        ];
        let overlay = versions("Weir", &[(Version { id: 1, added: 0, replaced: 86_400 }, changes.into())]);
        let lefts: Vec<&str> = overlay.rows.iter().skip(1).map(|row| row.left.as_str()).collect();
        assert_eq!(
            lefts,
            [
                "… Island will resume on Monday, the operator said.",
                "… Island will resume on Thursday, the operator said.",
                "one paragraph unchanged",
                "Four.",
            ]
        );
        assert!(overlay.rows[1].full.starts_with(same), "the selected row is shown in full");
    }
}
