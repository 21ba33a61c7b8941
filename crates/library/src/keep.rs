//! Saves the open story to the library.

use super::edit::Edit;
use super::journal::perform;
use super::store::{self, Added, Outcome};
use super::{Error, Library, Prepared, Result, now};

impl Library {
    /// Stores a story and records this in the journal as one change. If the story is in the bin, it is restored.
    /// Undoing the change moves the story to the bin instead of deleting it, because notes may have been added to it in
    /// the meantime. If `read` is `true`, the story is marked as read.
    ///
    /// # Errors
    /// Returns an error if the library cannot be written to. Nothing is stored in that case.
    pub fn keep(&mut self, story: &Prepared, read: bool) -> Result<Added> {
        self.change(|db, by| {
            let added = store::store_all(db, std::slice::from_ref(story), &[], now())?.pop().ok_or(Error::NoArticle)?;
            if read {
                db.execute("UPDATE articles SET read = 1 WHERE id = ?", [added.id])?;
            }
            let sql = "SELECT binned_at FROM articles WHERE id = ?";
            let binned_at: Option<i64> = db.query_row(sql, [added.id], |row| row.get(0))?;
            let was = binned_at.or_else(|| (added.outcome == Outcome::New).then(now));
            perform(db, by, "saved a story to the library", &[Edit::Bin { article: added.id, was, is: None }])?;
            Ok(added)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{By, Change, Direction, Incoming, List};
    use dateline_analysis::Analysis;
    use dateline_core::article::Article;

    /// Undoes or redoes the last change. Returns the label of the change.
    fn replay(library: &mut Library, direction: Direction) -> String {
        let id = library.last_change(direction, By::Session).unwrap().unwrap().id;
        library.replay(direction, id).unwrap().label
    }

    fn counts(library: &Library) -> (usize, usize) {
        (library.count(List::Inbox).unwrap(), library.count(List::Bin).unwrap())
    }

    #[test]
    fn a_story_that_is_kept_can_be_given_up_and_kept_again() {
        let mut library = Library::open_in_memory().unwrap();
        let story = Article::verbatim("pasted text", "The mill has closed.");
        let story = Incoming::new(story, Analysis::default(), "pasted text").prepare().unwrap();
        let id = library.keep(&story, true).unwrap().id;
        assert!(library.rows(&[id]).unwrap()[0].read);
        assert_eq!(replay(&mut library, Direction::Undo), "saved a story to the library");
        assert_eq!(counts(&library), (0, 1));
        assert_eq!(replay(&mut library, Direction::Redo), "saved a story to the library");
        assert_eq!(counts(&library), (1, 0));
        replay(&mut library, Direction::Undo);
        assert_eq!(library.keep(&story, false).unwrap().id, id);
        assert_eq!(counts(&library), (1, 0));
        // A story that is in the library but not in the bin remains unchanged, so there is nothing to undo.
        library.set(&[id], &Change::Tag("sea".into())).unwrap();
        assert_eq!(library.keep(&story, false).unwrap().outcome, Outcome::Known);
        assert_eq!(replay(&mut library, Direction::Undo), "tagged 1 story “sea”");
    }
}
