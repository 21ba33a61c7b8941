//! Captions that belong to another story: a scraped page often carries the picture of its neighbour.

use super::document::Document;
use super::name::Name;
use super::reference::Reference;
use super::time::Timex;

/// Indices of the caption blocks that share no person, organisation or place with the story and
/// whose own date is far from it.
#[must_use]
pub fn find(_document: &Document<'_>, _names: &[Name], _times: &[Timex], _reference: Option<&Reference>) -> Vec<usize> {
    Vec::new()
}
