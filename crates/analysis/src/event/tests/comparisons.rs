//! Tests that dates in comparisons do not become timeline rows.

use super::{row, timeline};
use crate::Status;

#[test]
fn the_former_of_two_figures_is_no_event() {
    assert_eq!(
        timeline("Turnout dropped to 41 percent on Sunday, down from 60 percent in 2018."),
        [row("2023-09-24", Status::Past, "Turnout dropped to 41 percent")]
    );
    let rows = timeline("Exports rose from 20 percent in 2015 to 35 percent in 2022.");
    assert!(rows.iter().all(|(begin, ..)| begin == "2022-01-01") && rows.len() == 1, "{rows:?}");
}

#[test]
fn a_ranking_since_a_year_is_no_event_of_that_year() {
    let rows = timeline("The two-day summit, the first since 2019, ended on Sunday without a deal.");
    assert_eq!(rows, [row("2023-09-24", Status::Past, "The two-day summit ended without a deal")]);
}
