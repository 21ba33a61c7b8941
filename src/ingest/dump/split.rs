//! Several articles in one dump, and the seams between them.

use super::line::Unit;
use std::ops::Range;

/// The units of each article.
#[must_use]
pub fn parts(units: &[Unit]) -> Vec<Range<usize>> {
    vec![0..units.len()]
}
