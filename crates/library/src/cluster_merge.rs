//! Merges and splits clusters for the user, and records these changes in the journal like all others.

use super::cluster::{Changed, decide};
use super::edit::Edit;
use super::journal::perform;
use super::{Library, Result};

impl Library {
    /// Merges the clusters of stories (`same`), or takes each story out of its cluster. `label` describes the change for a
    /// number of stories. Returns this number.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to.
    pub(crate) fn regroup_by_hand(
        &mut self,
        stories: &[i64],
        same: bool,
        label: impl Fn(usize) -> String,
    ) -> Result<usize> {
        self.change(|db, by| {
            let Changed { was, is, stories } = decide(db, stories, same)?;
            if stories > 0 {
                perform(db, by, &label(stories), &[Edit::Clusters { was, is }])?;
            }
            Ok(stories)
        })
    }
}
