//! Builds the rows of the page that shows where the versions of a happening differ, and lists the versions.

use crate::tui::happening::{Disagreement, Happening, Statement, VersionSummary};
use crate::tui::state::overlay::{Overlay, OverlayRow, RowTarget, Subject};
use dateline_analysis::Aspect;
use dateline_core::Named;
use dateline_core::text::Span;

/// Builds the page of a happening: first the points on which versions differ, then the versions.
#[must_use]
pub(crate) fn differences(title: &str, happening: &Happening) -> Overlay {
    let mut rows = Vec::new();
    for point in &happening.differences {
        rows.push(OverlayRow::heading(format!("{} · {}", capitalised(&point.aspect), point.about)));
        rows.extend(statements(point, happening));
    }
    if happening.differences.is_empty() {
        rows.push(OverlayRow::heading("The versions do not differ in figures, days, speakers or quoted words."));
    }
    rows.push(OverlayRow::heading(super::counted(happening.versions.len(), "version", "versions")));
    let times = happening.times(&happening.versions);
    rows.extend(happening.versions.iter().zip(times).map(|(version, time)| summary(version, &time, happening)));
    Overlay::new(Subject::Differences, format!("Where they differ · {title}"), rows)
}

/// Builds the rows of a point: one for each version that makes a statement on it. Those with the same statement follow
/// each other, because together they would not fit on a line.
fn statements(point: &Disagreement, happening: &Happening) -> Vec<OverlayRow> {
    let places = point.claims.iter().flat_map(|claim| {
        let places = claim.places.iter().enumerate().map(move |(number, place)| (claim, number, place));
        places.filter_map(|(claim, number, place)| Some((claim, number, place, happening.versions.get(place.0)?)))
    });
    let places: Vec<_> = places.collect();
    let times = happening.times(places.iter().map(|(.., version)| *version));
    let row = |((claim, number, &(_, span, ref sentence), version), time): (
        (&Statement, usize, &_, &VersionSummary),
        String,
    )| {
        let left = if claim.later { format!("{} · later", claim.text) } else { claim.text.clone() };
        let right = format!("{} {time}", version.outlet);
        let full = format!("{left} · {}: {sentence}", right.trim_end());
        let row = OverlayRow::new(left, right.trim_end(), RowTarget::Place(version.id, span));
        // Different words of one quote are compared with each other, so they are not truncated.
        let is_whole = point.aspect == Aspect::Words.name() && number == 0;
        OverlayRow { sign: if number == 0 { "·" } else { " " }, full, is_whole, ..row }
    };
    places.into_iter().zip(times).map(row).collect()
}

/// Builds the row of a version.
fn summary(version: &VersionSummary, time: &str, happening: &Happening) -> OverlayRow {
    let read = if version.read { "read" } else { "unread" };
    let state = if version.reprint { format!("{read}, reprint") } else { read.to_owned() };
    let left = format!("{} · {}", version.outlet, version.headline);
    let right = format!("{time} · {state}");
    let right = right.trim_start_matches(" · ").to_owned();
    let adds = version.adds.as_ref().map(|words| format!(" · adds: {words}")).unwrap_or_default();
    let full = format!("{left} · {right}{adds}");
    let sign = if version.id == happening.story { "▸" } else { " " };
    OverlayRow { sign, full, ..OverlayRow::new(left, right, RowTarget::Place(version.id, Span::default())) }
}

/// Capitalises the first letter of a word.
fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn happening() -> Happening {
        let version = |(id, outlet): (i64, &str)| VersionSummary {
            id,
            outlet: outlet.to_owned(),
            headline: format!("Landslip {id}"),
            published: Some(format!("2024-05-03T0{id}:10:00Z")),
            read: id == 1,
            adds: (id == 3).then(|| "six dead".to_owned()),
            ..VersionSummary::default()
        };
        let claim = |text: &str, later, versions: &[usize]| Statement {
            text: text.to_owned(),
            later,
            places: versions.iter().map(|&at| (at, Span::new(10, 20), format!("It killed {text}."))).collect(),
        };
        Happening {
            story: 1,
            versions: [(1, "Vale Echo"), (2, "Harbour Post"), (3, "Tarn Gazette")].map(version).into(),
            differences: vec![Disagreement {
                aspect: "figure".to_owned(),
                about: "people killed".to_owned(),
                claims: vec![claim("5", false, &[0, 1]), claim("6", true, &[2])],
            }],
            ..Happening::default()
        }
    }

    #[test]
    fn each_point_lists_who_states_what_and_leads_to_the_words() {
        let page = differences("Landslip", &happening());
        let shown: Vec<String> = page.rows.iter().map(|row| format!("{}|{}", row.left, row.right)).collect();
        assert_eq!(
            shown,
            [
                "Figure · people killed|",
                "5|Vale Echo 3 May 01:10",
                "5|Harbour Post 02:10",
                "6 · later|Tarn Gazette 03:10",
                "3 versions|",
                "Vale Echo · Landslip 1|3 May 01:10 · read",
                "Harbour Post · Landslip 2|02:10 · unread",
                "Tarn Gazette · Landslip 3|03:10 · unread",
            ]
        );
        assert_eq!(page.rows[3].target, RowTarget::Place(3, Span::new(10, 20)));
        assert_eq!(page.rows[3].full, "6 · later · Tarn Gazette 03:10: It killed 6.");
        assert!(page.rows[7].full.ends_with("adds: six dead"));
        assert_eq!(page.selected, 1);
    }

    #[test]
    fn different_words_of_a_quote_are_shown_in_full() {
        let mut happening = happening();
        happening.differences[0].aspect = "words".to_owned();
        let page = differences("Landslip", &happening);
        let whole: Vec<bool> = page.rows.iter().map(|row| row.is_whole).collect();
        assert_eq!(whole, [false, true, false, true, false, false, false, false]);
    }

    #[test]
    fn versions_that_agree_are_listed_with_one_sentence() {
        let page = differences("Landslip", &Happening { differences: Vec::new(), ..happening() });
        assert!(page.rows[0].left.starts_with("The versions do not differ"), "{:?}", page.rows);
        assert_eq!((page.rows.len(), page.selected), (5, 2));
    }
}
